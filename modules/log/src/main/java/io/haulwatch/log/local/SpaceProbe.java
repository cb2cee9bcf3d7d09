package io.haulwatch.log.local;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says how much can still be written. */
@FunctionalInterface
public interface SpaceProbe {
    /** Bytes this process may still write in {@code directory}. */
    long usableBytes(Path directory) throws IOException;

    /** Asks the file system. */
    static SpaceProbe ofFileSystem() {
        return directory -> {
            FileStore store = Files.getFileStore(directory);
            return store.getUsableSpace();
        };
    }
}

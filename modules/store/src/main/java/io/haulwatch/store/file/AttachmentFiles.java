package io.haulwatch.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Scans and photos that people attach to papers, hazards, services and accidents. Names of files are ids made here; what the sender calls one
 * is only shown. They stay as long as what they belong to.
 */
public final class AttachmentFiles {
    /** Largest one, bytes. */
    public static final int MOST_BYTES = 8 * 1024 * 1024;

    private final Path folder;
    private final long leastFree;

    /**
     * @param folder made when it is needed
     * @param leastFree bytes of free space below which nothing is kept: the log comes first
     */
    public AttachmentFiles(Path folder, long leastFree) {
        this.folder = folder;
        this.leastFree = leastFree;
    }

    /** Keeps one; durable when it returns. */
    public void keep(UUID id, byte[] content) throws IOException {
        Files.createDirectories(folder);
        DurableFile.write(folder, path(id), content, leastFree);
    }

    /** @throws java.nio.file.NoSuchFileException if it is not there */
    public byte[] read(UUID id) throws IOException {
        return Files.readAllBytes(path(id));
    }

    /** Lets go of one that no row names. */
    public void drop(UUID id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    private Path path(UUID id) {
        String name = id.toString();
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }
}

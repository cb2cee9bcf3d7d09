package io.haulwatch.console.port;

import java.io.IOException;
import java.util.UUID;

/** Where the bytes of scans and photos lie that people attach. */
public interface AttachmentStore {
    /** Keeps one; durable when it returns. */
    void keep(UUID id, byte[] content) throws IOException;

    /** @throws java.nio.file.NoSuchFileException if it is not there */
    byte[] read(UUID id) throws IOException;

    /** Lets go of one that no row names. */
    void drop(UUID id) throws IOException;
}

package io.haulwatch.console.port;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/** What terminals sent that is too large for the database. */
@FunctionalInterface
public interface StoredFiles {
    /**
     * The bytes of one.
     *
     * @param received as its row says
     * @throws java.nio.file.NoSuchFileException if it is gone
     */
    byte[] read(UUID id, Instant received) throws IOException;
}

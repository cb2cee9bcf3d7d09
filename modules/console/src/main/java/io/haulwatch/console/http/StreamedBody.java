package io.haulwatch.console.http;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;

/** A body that is made while it is sent, for what would not fit into memory. Runs on a worker thread. */
@FunctionalInterface
public interface StreamedBody {
    /**
     * Writes the whole body. What it throws breaks the connection off, so that nobody takes half of a table for the whole of it.
     *
     * @param out waits for a reader who is slow, and throws {@link IOException} when he has gone or reads no more
     */
    void write(OutputStream out) throws IOException, SQLException;
}

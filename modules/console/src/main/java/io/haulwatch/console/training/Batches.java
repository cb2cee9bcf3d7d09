package io.haulwatch.console.training;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a list too long for the memory, one batch after the other; for one thread, once. */
final class Batches<T> {
    private final int size;
    private final Reader<T> reader;
    private @Nullable T last;
    private boolean over;

    /** Reads a batch. */
    @FunctionalInterface
    interface Reader<T> {
        /** @param last row of the batch before, null for the first */
        List<T> after(@Nullable T last) throws SQLException;
    }

    Batches(int size, Reader<T> reader) {
        this.size = size;
        this.reader = reader;
    }

    /** The next rows; none at the end. */
    List<T> next() throws SQLException {
        if (over) {
            return List.of();
        }
        List<T> batch = reader.after(last);
        over = batch.size() < size;
        if (!batch.isEmpty()) {
            last = batch.getLast();
        }
        return batch;
    }
}

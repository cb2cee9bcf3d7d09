package io.haulwatch.store.position;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** How far a reader is in each partition: in the database, and with what it has taken since. */
final class ReaderOffsets {
    private final String reader;
    private int[] partitions = {};
    /** All before it is stored. */
    private long[] stored = {};
    /** Where a next life resumes. */
    private long[] resume = {};
    /** After the last record taken. */
    private long[] taken = {};
    /** {@link #taken} as of the last commit. */
    private long[] committed = {};

    ReaderOffsets(String reader) {
        this.reader = reader;
    }

    void load(Connection connection, int... wanted) throws SQLException {
        forget();
        partitions = wanted.clone();
        stored = new long[wanted.length];
        resume = new long[wanted.length];
        try (PreparedStatement query = connection.prepareStatement(
                "select partition, next_offset, resume_offset from hw.reader_offset where reader = ?")) {
            query.setString(1, reader);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    for (int i = 0; i < partitions.length; i++) {
                        if (partitions[i] == found.getInt(1)) {
                            stored[i] = found.getLong(2);
                            resume[i] = found.getLong(3);
                        }
                    }
                }
            }
        }
        taken = resume.clone();
        committed = resume.clone();
    }

    void forget() {
        partitions = new int[0];
    }

    /** Takes the record at {@code offset}. @return whether an earlier life has stored it */
    boolean take(int partition, long offset) {
        int i = index(partition);
        if (offset < taken[i]) {
            throw new IllegalArgumentException("offsets rise: reader=" + reader + ", partition=" + partition
                    + ", offset=" + offset + ", next=" + taken[i]);
        }
        taken[i] = offset + 1;
        return offset < stored[i];
    }

    private int index(int partition) {
        for (int i = 0; i < partitions.length; i++) {
            if (partitions[i] == partition) {
                return i;
            }
        }
        throw new IllegalArgumentException("not a partition of this reader: reader=" + reader + ", partition="
                + partition + ", known=" + Arrays.toString(partitions));
    }

    long resumeAt(int partition) {
        return resume[index(partition)];
    }

    long storedUpTo(int partition) {
        return stored[index(partition)];
    }

    boolean moved() {
        return !Arrays.equals(taken, committed);
    }

    boolean hasUnflushed() {
        return !Arrays.equals(taken, resume);
    }

    /** Writes the offsets in the transaction of their rows. */
    void store(Connection connection, boolean flush) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into hw.reader_offset (reader, partition, next_offset, resume_offset) values (?, ?, ?, ?)
                on conflict (reader, partition) do update
                    set next_offset = excluded.next_offset, resume_offset = excluded.resume_offset""")) {
            for (int i = 0; i < partitions.length; i++) {
                if (taken[i] == committed[i] && !(flush && resume[i] != taken[i])) {
                    continue;
                }
                upsert.setString(1, reader);
                upsert.setInt(2, partitions[i]);
                upsert.setLong(3, Math.max(stored[i], taken[i]));
                upsert.setLong(4, flush ? taken[i] : resume[i]);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /** The transaction of {@link #store} is committed. */
    void stored(boolean flush) {
        for (int i = 0; i < partitions.length; i++) {
            stored[i] = Math.max(stored[i], taken[i]);
            committed[i] = taken[i];
            if (flush) {
                resume[i] = taken[i];
            }
        }
    }
}

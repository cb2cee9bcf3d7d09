package io.haulwatch.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An ordered, durable log with a few report partitions and one stream of episodes. A vehicle's records all go to partition
 * {@code vehicleId % partitions()}. Offsets count records, from 0, and are never handed out twice.
 *
 * <p>Thread safety: one appending thread for reports, one for episodes, any number of readers.
 */
public interface ReportLog extends AutoCloseable {
    /** Name of the partition that holds the episode stream; reports live in {@code 0 .. partitions()-1}. */
    int EPISODES = -1;

    /** Number of report partitions, fixed when the log is created. */
    int partitions();

    /** The partition of a vehicle's records. */
    default int partitionOf(int vehicleId) {
        return Math.floorMod(vehicleId, partitions());
    }

    /**
     * Appends a group all or nothing and returns when it is durable. After an exception nothing of the group counts and the same
     * offsets are used by the next group.
     *
     * @throws LogUnavailableException while it cannot be written (no space, damaged device); the log resumes by itself
     */
    void append(AppendGroup group) throws LogUnavailableException;

    /** A new empty group; make one an appending thread and reuse it. */
    AppendGroup newGroup();

    /** Offset of the next record to be appended. */
    long end(int partition);

    /** Lowest offset still kept. */
    long start(int partition);

    /** Opens a cursor at {@code offset}, or at {@link #start} if that is higher. */
    Cursor read(int partition, long offset);

    /**
     * Remembers that {@code reader} needs nothing before {@code nextOffset} any more. Not synced: it may fall back a little after a
     * crash, readers are idempotent.
     */
    void commit(String reader, int partition, long nextOffset);

    /** What {@link #commit} remembered, or -1 for a reader never seen. */
    long committed(String reader, int partition);

    /**
     * Deletes from each partition's beginning what all of its {@link #commit}'s readers have passed and what is older than the age limit:
     * both must be true, and a partition that nobody reads keeps everything. A reader therefore commits its first offset when it starts. The
     * log also does this by itself now and then.
     */
    void purge();

    /** Whether appends are accepted now, and if not, why. */
    Availability availability();

    /** Sleeps until something was appended to any partition after this call's start, or until the time is over. */
    boolean awaitAppend(long timeoutMillis) throws InterruptedException;

    /**
     * Groups appended since the log was opened. Read it before reading to the end and give it to {@link #awaitAppend(long, long)}: then
     * nothing that comes in between is slept through.
     */
    default long appends() {
        return 0;
    }

    /** Sleeps until {@link #appends} is no longer {@code seen}, or until the time is over; true in the first case. */
    default boolean awaitAppend(long seen, long timeoutMillis) throws InterruptedException {
        return awaitAppend(timeoutMillis);
    }

    /**
     * For a reader that keeps its offset elsewhere (in a database) and finds it above {@link #end}: records are missing. The log says
     * so loudly and goes on from {@code offset}, so that no offset is handed out twice. Nothing happens if it is not above the end. Call it
     * before anything is appended.
     */
    default void raiseEnd(int partition, long offset) {
        if (offset > end(partition)) {
            throw new IllegalStateException("a reader is ahead of the log: partition=" + partition + " end="
                    + end(partition) + " offset=" + offset);
        }
    }

    @Override
    void close() throws IOException;

    /** Whether appends are accepted. @param reason one sentence for people, empty while accepted */
    record Availability(boolean accepting, String reason) {
        public static final Availability OK = new Availability(true, "");
    }

    /** Reads forward; not thread-safe; close it. */
    interface Cursor extends AutoCloseable {
        /**
         * Moves to the next record.
         *
         * @return false at the end of the log as of now; calling again later sees what was appended since
         */
        boolean next();

        /** Offset of the current record. */
        long offset();

        /** Buffer of the current block, big-endian; valid until the next call of {@link #next}. */
        ByteBuffer buffer();

        /** Where the current record starts in {@link #buffer}. */
        int position();

        /** Bytes of the current record. */
        int length();

        /**
         * Where the records after the current one start in {@link #buffer}, as far as they are at hand there and {@code into} has room; a
         * hint for reading ahead.
         *
         * @return how many
         */
        default int following(int[] into) {
            return 0;
        }

        @Override
        void close();
    }
}

package io.haulwatch.log;

import java.nio.ByteBuffer;

/** Records collected for one durable append. Reused: no allocation once it has grown. One thread. */
public interface AppendGroup {
    /**
     * Makes room for a record of at most {@code maxLength} bytes in {@code partition} and returns the buffer to write it into, at
     * {@link #position}; big-endian. End with {@link #commit}.
     */
    ByteBuffer begin(int partition, int maxLength);

    /** Where the record that was begun starts. */
    int position();

    /** Ends the record that was begun; it has {@code length} bytes. */
    void commit(int length);

    /** Records in the group. */
    int records();

    /** Bytes in the group. */
    int bytes();

    /** Empties the group for reuse. */
    void clear();
}

package io.haulwatch.gateway.link;

/**
 * The last few reports of one session that are durable. A terminal that missed an acknowledgement sends the report again, with the same
 * serial and the same content: then it is acknowledged again and not appended again. This only spares work; storing twice is
 * prevented by the identity of the position. One thread.
 */
final class RecentReports {
    private static final int SIZE = 8;

    /** messageId << 16 | serial; −1 is free. No message id is 0xFFFF. */
    private final int[] keys = {-1, -1, -1, -1, -1, -1, -1, -1};

    private final long[] hashes = new long[SIZE];
    private int next;

    /** Remembers a report that is durable now. */
    void add(int messageId, int serial, long hash) {
        keys[next] = key(messageId, serial);
        hashes[next] = hash;
        next = (next + 1) & (SIZE - 1);
    }

    /** Whether a report with this id and serial is remembered, whatever it said. */
    boolean knows(int messageId, int serial) {
        int key = key(messageId, serial);
        for (int known : keys) {
            if (known == key) {
                return true;
            }
        }
        return false;
    }

    /** Whether exactly this report is remembered. */
    boolean holds(int messageId, int serial, long hash) {
        int key = key(messageId, serial);
        for (int i = 0; i < SIZE; i++) {
            if (keys[i] == key && hashes[i] == hash) {
                return true;
            }
        }
        return false;
    }

    private static int key(int messageId, int serial) {
        return messageId << 16 | serial;
    }
}

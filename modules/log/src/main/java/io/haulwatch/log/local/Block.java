package io.haulwatch.log.local;

import java.nio.ByteBuffer;

/**
 * A block: one partition's part of one group, the value under the offset of its first record (8 bytes, big-endian). The key holds nothing
 * else: after a failed write the next group uses the same key, so it replaces whatever of the failed one may come back at recovery.
 *
 * <pre>
 *  0  version, 1
 *  1  number of records, 4 bytes
 *  5  time of the append, milliseconds UTC, 8 bytes
 * 13  records, each: length 4 bytes, then its bytes
 * </pre>
 */
final class Block {
    static final byte VERSION = 1;
    static final int HEADER = 13;
    static final int LENGTH_BYTES = 4;

    private Block() {}

    static void writeHeader(ByteBuffer block, int count, long millis) {
        block.put(0, VERSION);
        block.putInt(1, count);
        block.putLong(5, millis);
    }

    static boolean isReadable(ByteBuffer block, int length) {
        return length >= HEADER && block.get(0) == VERSION && block.getInt(1) > 0;
    }

    static int count(ByteBuffer block) {
        return block.getInt(1);
    }

    static long millis(ByteBuffer block) {
        return block.getLong(5);
    }

    static byte[] key(long offset) {
        return ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
    }

    static long offset(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }
}

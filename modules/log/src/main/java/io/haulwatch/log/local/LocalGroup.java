package io.haulwatch.log.local;

import io.haulwatch.log.AppendGroup;
import io.haulwatch.log.ReportLog;
import java.nio.ByteBuffer;

/** One direct buffer for each partition, filled in the very layout of {@link Block}, so that appending copies nothing more in Java. */
final class LocalGroup implements AppendGroup {
    private static final int FIRST_CAPACITY = 16 * 1024;
    /** RocksDB holds a batch in memory twice; a group of this size is a mistake of the caller. */
    private static final int LIMIT = 256 << 20;

    private final ByteBuffer[] blocks;
    private final int[] used;
    private final int[] counts;
    private int records;
    private int bytes;
    private int begun = -1;
    private int begunMaxLength;

    /** @param slots report partitions and, last, the episode stream */
    LocalGroup(int slots) {
        blocks = new ByteBuffer[slots];
        used = new int[slots];
        counts = new int[slots];
        for (int i = 0; i < slots; i++) {
            blocks[i] = ByteBuffer.allocateDirect(FIRST_CAPACITY);
            used[i] = Block.HEADER;
        }
    }

    @Override
    public ByteBuffer begin(int partition, int maxLength) {
        int slot = partition == ReportLog.EPISODES ? blocks.length - 1 : partition;
        if (slot < 0 || slot >= blocks.length || (slot == blocks.length - 1 && partition != ReportLog.EPISODES)) {
            throw new IllegalArgumentException(
                    "no such partition: partition=" + partition + " partitions=" + (blocks.length - 1));
        }
        if (maxLength < 0 || maxLength > LIMIT - bytes) {
            throw new IllegalArgumentException("record does not fit: maxLength=" + maxLength + " groupBytes=" + bytes);
        }
        ByteBuffer block = blocks[slot];
        int needed = used[slot] + Block.LENGTH_BYTES + maxLength;
        if (needed > block.capacity()) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(needed, block.capacity() * 2));
            larger.put(0, block, 0, used[slot]);
            blocks[slot] = larger;
            block = larger;
        }
        begun = slot;
        begunMaxLength = maxLength;
        block.clear().position(used[slot] + Block.LENGTH_BYTES);
        return block;
    }

    @Override
    public int position() {
        if (begun < 0) {
            throw new IllegalStateException("no record begun");
        }
        return used[begun] + Block.LENGTH_BYTES;
    }

    @Override
    public void commit(int length) {
        if (begun < 0) {
            throw new IllegalStateException("no record begun");
        }
        if (length < 0 || length > begunMaxLength) {
            throw new IllegalArgumentException(
                    "record longer than announced: length=" + length + " maxLength=" + begunMaxLength);
        }
        blocks[begun].putInt(used[begun], length);
        used[begun] += Block.LENGTH_BYTES + length;
        counts[begun]++;
        records++;
        bytes += length;
        begun = -1;
    }

    @Override
    public int records() {
        return records;
    }

    @Override
    public int bytes() {
        return bytes;
    }

    @Override
    public void clear() {
        for (int i = 0; i < blocks.length; i++) {
            used[i] = Block.HEADER;
            counts[i] = 0;
        }
        records = 0;
        bytes = 0;
        begun = -1;
    }

    int count(int slot) {
        return counts[slot];
    }

    /** The finished block of {@code slot}, from position to limit. */
    ByteBuffer block(int slot, long millis) {
        ByteBuffer block = blocks[slot];
        Block.writeHeader(block, counts[slot], millis);
        return block.limit(used[slot]).position(0);
    }
}

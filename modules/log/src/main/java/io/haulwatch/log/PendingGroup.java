package io.haulwatch.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records that one producer has encoded and the log does not hold yet, with the tokens to give back. Owned by one thread at a time:
 * the producer's while it fills, the committer's while it is in flight, the producer's again when it comes back.
 *
 * <p>Layout: for each record its partition (4 bytes), its length (4 bytes), its bytes; big-endian.
 */
final class PendingGroup implements Runnable {
    private static final int RECORD_HEADER = 8;

    private final GroupProducer owner;
    private ByteBuffer data;
    private int used;
    private int records;
    private int begunPartition;
    private int begunMaxLength = -1;
    private long[] tokens = new long[256];
    private int tokenCount;
    private @Nullable LogUnavailableException refusal;

    PendingGroup(GroupProducer owner, int bytes) {
        this.owner = owner;
        this.data = ByteBuffer.allocate(bytes);
    }

    ByteBuffer begin(int partition, int maxLength) {
        int needed = Math.addExact(Math.addExact(used, RECORD_HEADER), maxLength);
        if (needed > data.capacity()) {
            data = ByteBuffer.wrap(Arrays.copyOf(data.array(), Math.max(needed, data.capacity() * 2)));
        }
        begunPartition = partition;
        begunMaxLength = maxLength;
        return data;
    }

    int position() {
        return used + RECORD_HEADER;
    }

    void commit(int length) {
        if (length < 0 || length > begunMaxLength) {
            throw new IllegalArgumentException(
                    "record longer than announced or not begun: length=" + length + " maxLength=" + begunMaxLength);
        }
        begunMaxLength = -1;
        data.putInt(used, begunPartition);
        data.putInt(used + 4, length);
        used += RECORD_HEADER + length;
        records++;
    }

    void addToken(long token) {
        if (tokenCount == tokens.length) {
            tokens = Arrays.copyOf(tokens, tokenCount * 2);
        }
        tokens[tokenCount++] = token;
    }

    /** Takes over all of {@code other}, which may be cleared then. */
    void addAll(PendingGroup other) {
        if (used + other.used > data.capacity()) {
            data = ByteBuffer.wrap(Arrays.copyOf(data.array(), used + other.used));
        }
        data.put(used, other.data, 0, other.used);
        used += other.used;
        records += other.records;
        if (tokenCount + other.tokenCount > tokens.length) {
            tokens = Arrays.copyOf(tokens, tokenCount + other.tokenCount);
        }
        System.arraycopy(other.tokens, 0, tokens, tokenCount, other.tokenCount);
        tokenCount += other.tokenCount;
    }

    void copyTo(AppendGroup group) {
        int at = 0;
        while (at < used) {
            int partition = data.getInt(at);
            int length = data.getInt(at + 4);
            ByteBuffer target = group.begin(partition, length);
            target.put(group.position(), data, at + RECORD_HEADER, length);
            group.commit(length);
            at += RECORD_HEADER + length;
        }
    }

    int bytes() {
        return used;
    }

    int records() {
        return records;
    }

    long[] tokens() {
        return tokens;
    }

    int tokenCount() {
        return tokenCount;
    }

    void settle(@Nullable LogUnavailableException why) {
        refusal = why;
    }

    @Nullable
    LogUnavailableException refusal() {
        return refusal;
    }

    /** Comes back to its producer, on the producer's executor. */
    @Override
    public void run() {
        owner.takeBack(this);
    }

    /** Forgets everything; gives back what one huge frame made it grow to beyond {@code keepBytes}. */
    void clear(int keepBytes) {
        used = 0;
        begunMaxLength = -1;
        records = 0;
        tokenCount = 0;
        refusal = null;
        if (data.capacity() > keepBytes) {
            data = ByteBuffer.allocate(keepBytes);
        }
    }
}

package io.haulwatch.gateway.link;

import io.haulwatch.jt808.frame.TerminalAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers that wait for the log, in the order of their records, which is the order in which the log gives the tokens back: a ring
 * that grows to what the log's buffers can hold and then allocates nothing. One thread.
 */
final class PendingAnswers {
    private @Nullable TerminalLink[] links = new @Nullable TerminalLink[1024];
    private @Nullable TerminalAddress[] addresses = new @Nullable TerminalAddress[1024];
    private int[] keys = new int[1024];
    private int[] positions = new int[1024];
    private long[] hashes = new long[1024];
    private long[] readNanos = new long[1024];
    private long head;
    private long tail;

    /** Keeps an answer. @return its token */
    long add(
            TerminalLink link,
            TerminalAddress address,
            int messageId,
            int serial,
            int positionCount,
            long hash,
            long readAtNanos) {
        if (tail - head == keys.length) {
            grow();
        }
        int slot = slot(tail);
        links[slot] = link;
        addresses[slot] = address;
        keys[slot] = messageId << 16 | serial;
        positions[slot] = positionCount;
        hashes[slot] = hash;
        readNanos[slot] = readAtNanos;
        return tail++;
    }

    /** The link that waits under the oldest token, which must be {@code token}. */
    TerminalLink link(long token) {
        if (token != head) {
            throw new IllegalStateException("tokens come back in order: token=" + token + " expected=" + head);
        }
        TerminalLink link = links[slot(token)];
        if (link == null) {
            throw new IllegalStateException("no answer waits: token=" + token);
        }
        return link;
    }

    TerminalAddress address(long token) {
        TerminalAddress address = addresses[slot(token)];
        if (address == null) {
            throw new IllegalStateException("no answer waits: token=" + token);
        }
        return address;
    }

    int messageId(long token) {
        return keys[slot(token)] >>> 16;
    }

    int serial(long token) {
        return keys[slot(token)] & 0xFFFF;
    }

    int positions(long token) {
        return positions[slot(token)];
    }

    long hash(long token) {
        return hashes[slot(token)];
    }

    long readNanos(long token) {
        return readNanos[slot(token)];
    }

    /** Forgets the oldest answer, which must be {@code token}. */
    void remove(long token) {
        if (token != head) {
            throw new IllegalStateException("tokens come back in order: token=" + token + " expected=" + head);
        }
        int slot = slot(token);
        links[slot] = null;
        addresses[slot] = null;
        head++;
    }

    /** Answers that wait. */
    int size() {
        return (int) (tail - head);
    }

    private int slot(long token) {
        return (int) token & (keys.length - 1);
    }

    private void grow() {
        int size = keys.length;
        int first = slot(head);
        // The ring is full: unrolled, the oldest stands at slot(head) of the doubled ring only if we put it there.
        TerminalLink[] oldLinks = links;
        TerminalAddress[] oldAddresses = addresses;
        int[] oldKeys = keys;
        int[] oldPositions = positions;
        long[] oldHashes = hashes;
        long[] oldNanos = readNanos;
        links = new @Nullable TerminalLink[2 * size];
        addresses = new @Nullable TerminalAddress[2 * size];
        keys = Arrays.copyOf(oldKeys, 2 * size);
        positions = Arrays.copyOf(oldPositions, 2 * size);
        hashes = Arrays.copyOf(oldHashes, 2 * size);
        readNanos = Arrays.copyOf(oldNanos, 2 * size);
        for (int i = 0; i < size; i++) {
            int from = (first + i) & (size - 1);
            int to = slot(head + i);
            links[to] = oldLinks[from];
            addresses[to] = oldAddresses[from];
            keys[to] = oldKeys[from];
            positions[to] = oldPositions[from];
            hashes[to] = oldHashes[from];
            readNanos[to] = oldNanos[from];
        }
    }
}

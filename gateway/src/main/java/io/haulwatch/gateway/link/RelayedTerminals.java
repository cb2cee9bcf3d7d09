package io.haulwatch.gateway.link;

import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.TerminalAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The terminals of one relay by phone, found without allocating: open addressing over the last 16 digits, then the whole phone. Never more than
 * the register has. One thread.
 */
final class RelayedTerminals {
    private static final int DIGIT_BYTES = 8;

    private long[] keys = new long[64];
    private @Nullable TerminalLink[] links = new @Nullable TerminalLink[64];
    private int size;

    int size() {
        return size;
    }

    /** The terminal that a frame names, or null. */
    @Nullable
    TerminalLink find(FrameView frame) {
        long key = key(frame);
        int mask = keys.length - 1;
        for (int at = spread(key) & mask; ; at = (at + 1) & mask) {
            TerminalLink link = links[at];
            if (link == null) {
                return null;
            }
            TerminalAddress address = link.address();
            if (keys[at] == key && address != null && frame.isFrom(address)) {
                return link;
            }
        }
    }

    /** Enters a terminal that {@link #find} did not find; it is to be bound to the frame's phone next. */
    void add(FrameView frame, TerminalLink link) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        put(key(frame), link);
        size++;
    }

    /** Takes a terminal out. @return whether it was there */
    boolean remove(TerminalLink link) {
        int mask = keys.length - 1;
        for (int at = 0; at < links.length; at++) {
            if (links[at] == link) {
                links[at] = null;
                size--;
                // What lay behind it may have been pushed there by it.
                for (int next = (at + 1) & mask; links[next] != null; next = (next + 1) & mask) {
                    TerminalLink moved = links[next];
                    long key = keys[next];
                    links[next] = null;
                    if (moved != null) {
                        put(key, moved);
                    }
                }
                return true;
            }
        }
        return false;
    }

    void forEach(Consumer<TerminalLink> each) {
        for (TerminalLink link : links) {
            if (link != null) {
                each.accept(link);
            }
        }
    }

    /** Takes all out, telling each. */
    void clear(Consumer<TerminalLink> each) {
        @Nullable TerminalLink[] all = links;
        links = new @Nullable TerminalLink[64];
        keys = new long[64];
        size = 0;
        for (TerminalLink link : all) {
            if (link != null) {
                each.accept(link);
            }
        }
    }

    private void put(long key, TerminalLink link) {
        int mask = keys.length - 1;
        int at = spread(key) & mask;
        while (links[at] != null) {
            at = (at + 1) & mask;
        }
        keys[at] = key;
        links[at] = link;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable TerminalLink[] oldLinks = links;
        keys = new long[2 * oldKeys.length];
        links = new @Nullable TerminalLink[2 * oldLinks.length];
        for (int i = 0; i < oldLinks.length; i++) {
            TerminalLink link = oldLinks[i];
            if (link != null) {
                put(oldKeys[i], link);
            }
        }
    }

    /** The last 16 digits: the 6-byte and the 10-byte form of a number have them in common. */
    private static long key(FrameView frame) {
        byte[] bytes = frame.bytes();
        int end = frame.phoneOffset() + frame.phoneLength();
        long key = 0;
        for (int at = Math.max(frame.phoneOffset(), end - DIGIT_BYTES); at < end; at++) {
            key = key << 8 | (bytes[at] & 0xFF);
        }
        return key;
    }

    private static int spread(long key) {
        long mixed = key * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32);
    }
}

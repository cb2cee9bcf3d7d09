package io.haulwatch.jt808.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Escaping (转义) and checksum (校验码) of section 1: 0x7D travels as 0x7D 0x01, 0x7E as 0x7D 0x02, the checksum is one XOR over all. */
public final class FrameEscaping {
    static final byte FLAG = 0x7E;
    static final byte ESCAPE = 0x7D;

    private static final VarHandle LANES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long ESCAPES = ESCAPE * ONES;

    private FrameEscaping() {}

    /**
     * Un-escapes in place the bytes between two flags.
     *
     * @return the new length, or −1 if 0x7D is followed by anything but 0x01 and 0x02
     */
    public static int unescape(byte[] bytes, int length) {
        int from = untilEscape(bytes, length);
        int to = from;
        while (from < length) {
            byte b = bytes[from++];
            if (b == ESCAPE) {
                if (from == length) {
                    return -1;
                }
                byte code = bytes[from++];
                if (code == 1) {
                    b = ESCAPE;
                } else if (code == 2) {
                    b = FLAG;
                } else {
                    return -1;
                }
            }
            bytes[to++] = b;
        }
        return to;
    }

    /** XOR of the first {@code length} bytes, 0..255; 0 for a good frame with its checksum. */
    public static int xor(byte[] bytes, int length) {
        long lanes = 0;
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            lanes ^= (long) LANES.get(bytes, at);
        }
        lanes ^= lanes >>> 32;
        lanes ^= lanes >>> 16;
        int xor = (int) (lanes ^ lanes >>> 8);
        for (; at < length; at++) {
            xor ^= bytes[at];
        }
        return xor & 0xFF;
    }

    /** Offset of the first 0x7D, eight bytes at a time, or {@code length}. */
    private static int untilEscape(byte[] bytes, int length) {
        int at = 0;
        while (at <= length - Long.BYTES) {
            // A byte equal to 0x7D becomes zero, and only a zero byte borrows into its top bit without having had it.
            long difference = (long) LANES.get(bytes, at) ^ ESCAPES;
            if (((difference - ONES) & ~difference & TOPS) != 0) {
                break;
            }
            at += Long.BYTES;
        }
        while (at < length && bytes[at] != ESCAPE) {
            at++;
        }
        return at;
    }
}

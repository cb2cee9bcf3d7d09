package io.haulwatch.console;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A film that lies nowhere: each of its bytes follows from its place. It begins as MP4 does. */
final class MadeFilm extends InputStream {
    private static final byte[] HEAD = {
        0, 0, 0, 24, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 2, 0, 'i', 's', 'o', 'm', 'm', 'p', '4', '2'
    };

    private long at;
    private final long end;

    /** The bytes from one place to another. */
    MadeFilm(long from, long end) {
        this.at = from;
        this.end = end;
    }

    static byte[] bytes(long from, int length) {
        byte[] bytes = new byte[length];
        fill(from, bytes, 0, length);
        return bytes;
    }

    @Override
    public int read() {
        if (at >= end) {
            return -1;
        }
        return bytes(at++, 1)[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (at >= end) {
            return -1;
        }
        int part = (int) Math.min(length, end - at);
        fill(at, bytes, offset, part);
        at += part;
        return part;
    }

    private static void fill(long from, byte[] bytes, int offset, int length) {
        ByteBuffer out = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
        long place = from;
        while (out.hasRemaining()) {
            if (place >= HEAD.length && place % Long.BYTES == 0 && out.remaining() >= Long.BYTES) {
                out.putLong(word(place / Long.BYTES));
                place += Long.BYTES;
            } else {
                out.put(
                        place < HEAD.length
                                ? HEAD[(int) place]
                                : (byte) (word(place / Long.BYTES) >>> (Byte.SIZE * (place % Long.BYTES))));
                place++;
            }
        }
    }

    /** SplitMix64: every place looks different, and a byte that came from another place shows. */
    private static long word(long place) {
        long z = place * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

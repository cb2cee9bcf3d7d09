package io.haulwatch.jt808;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages frames: on the wire, or between the flags with a checksum that is right again, so that the damage gets through. */
final class Mutator {
    private static final int[] TELLING = {
        0x00, 0x01, 0x02, 0x7D, 0x7E, 0x7F, 0x80, 0xFF, 0x04, 0x30, 0x31, 0x40, 0x60, 0x99
    };

    private final Random random;
    private final List<byte[]> wires;

    Mutator(long seed, List<byte[]> wires) {
        this.random = new Random(seed);
        this.wires = wires;
    }

    /** One damaged frame with its flags. */
    byte[] next() {
        byte[] wire = wires.get(random.nextInt(wires.size()));
        if (random.nextInt(4) == 0) {
            return damage(wire);
        }
        return framed(damage(content(wire)));
    }

    /** Flags, escapes and a right checksum around a content. */
    static byte[] framed(byte[] content) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream(content.length + 16);
        int check = 0;
        wire.write(0x7E);
        for (byte b : content) {
            check ^= b;
            writeEscaped(wire, b);
        }
        writeEscaped(wire, (byte) check);
        wire.write(0x7E);
        return wire.toByteArray();
    }

    private static void writeEscaped(ByteArrayOutputStream wire, byte b) {
        if (b == 0x7D) {
            wire.write(0x7D);
            wire.write(1);
        } else if (b == 0x7E) {
            wire.write(0x7D);
            wire.write(2);
        } else {
            wire.write(b);
        }
    }

    /** What stands between the flags, un-escaped as far as it goes, without the checksum. */
    static byte[] content(byte[] wire) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(wire.length);
        for (int i = 1; i < wire.length - 1; i++) {
            boolean escaped = wire[i] == 0x7D && (wire[i + 1] == 1 || wire[i + 1] == 2);
            content.write(escaped ? 0x7C + wire[++i] : wire[i]);
        }
        byte[] bytes = content.toByteArray();
        return Arrays.copyOf(bytes, Math.max(0, bytes.length - 1));
    }

    private byte[] damage(byte[] original) {
        byte[] bytes = original;
        int changes = 1 + random.nextInt(random.nextInt(8) + 1);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] original) {
        byte[] bytes = original.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(8)) {
            case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2, 3 -> bytes[at] = (byte) TELLING[random.nextInt(TELLING.length)];
            case 4 -> bytes[at] = (byte) random.nextInt(256);
            case 5 -> bytes = Arrays.copyOf(bytes, at);
            case 6 -> bytes = splice(bytes, at, bytes, Math.min(bytes.length, at + random.nextInt(6)));
            default -> {
                byte[] other = wires.get(random.nextInt(wires.size()));
                int from = random.nextInt(other.length);
                byte[] piece = Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(40)));
                bytes = splice(bytes, at, splice(piece, piece.length, bytes, at), 0);
            }
        }
        return bytes;
    }

    /** The first bytes of one, then the rest of another. */
    private static byte[] splice(byte[] head, int headLength, byte[] tail, int tailFrom) {
        byte[] bytes = Arrays.copyOf(head, headLength + tail.length - tailFrom);
        System.arraycopy(tail, tailFrom, bytes, headLength, tail.length - tailFrom);
        return bytes;
    }
}

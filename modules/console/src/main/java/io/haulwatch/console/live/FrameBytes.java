package io.haulwatch.console.live;

import java.util.Arrays;

/** Growing little-endian bytes of one frame. One thread. */
public final class FrameBytes {
    private byte[] bytes;
    private int length;

    public FrameBytes(int expected) {
        bytes = new byte[Math.max(32, expected)];
    }

    public FrameBytes u8(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public FrameBytes u16(int value) {
        return u8(value).u8(value >>> 8);
    }

    public FrameBytes i32(int value) {
        room(4);
        bytes[length++] = (byte) value;
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) (value >>> 16);
        bytes[length++] = (byte) (value >>> 24);
        return this;
    }

    public FrameBytes f64(double value) {
        long bits = Double.doubleToLongBits(value);
        return i32((int) bits).i32((int) (bits >>> 32));
    }

    /** Unsigned LEB128 of 32 bits, low group first. */
    public FrameBytes varint(int value) {
        room(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** Small numbers of either sign become small varints. */
    public FrameBytes zigzag(int value) {
        return varint((value << 1) ^ (value >> 31));
    }

    public FrameBytes raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    public byte[] done() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}

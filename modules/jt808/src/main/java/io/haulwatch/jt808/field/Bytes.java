package io.haulwatch.jt808.field;

import java.util.Arrays;

/** Bytes that rest: copied when made, equal by content. For what a message carries without saying what it is. */
public final class Bytes {
    /** No bytes. */
    public static final Bytes NONE = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of these bytes. */
    public static Bytes of(byte... bytes) {
        return bytes.length == 0 ? NONE : new Bytes(bytes.clone());
    }

    /** A copy of a part. */
    public static Bytes of(byte[] bytes, int offset, int length) {
        return length == 0 ? NONE : new Bytes(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** How many. */
    public int size() {
        return content.length;
    }

    /** A copy. */
    public byte[] toArray() {
        return content.clone();
    }

    /** A reader over them; nothing is copied, and the reader cannot write. */
    public BodyReader reader() {
        return new BodyReader(content, 0, content.length);
    }

    /** Hex, capitals. */
    public String hex() {
        return Bcd.hex(content, 0, content.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return hex();
    }
}

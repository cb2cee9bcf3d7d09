package io.haulwatch.jt808.field;

/** What a writer refuses: numbers that their field cannot hold. Each returns its value. */
public final class Range {
    private Range() {}

    /** BYTE. */
    public static int u8(String name, int value) {
        return of(name, value, 0, 0xFF);
    }

    /** WORD. */
    public static int u16(String name, int value) {
        return of(name, value, 0, 0xFFFF);
    }

    /** DWORD. */
    public static long u32(String name, long value) {
        if (value < 0 || value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("a DWORD holds 0 to 4294967295: " + name + "=" + value);
        }
        return value;
    }

    /** Any whole range, both ends included. */
    public static int of(String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(
                    "the field holds " + lowest + " to " + highest + ": " + name + "=" + value);
        }
        return value;
    }
}

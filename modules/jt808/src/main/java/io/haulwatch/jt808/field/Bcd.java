package io.haulwatch.jt808.field;

/** BCD[n]: 8421 code, two decimal digits a byte. */
public final class Bcd {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final byte[] VALUE = values();

    private Bcd() {}

    /** 0..99, or −1 if a nibble is above 9. */
    public static int value(byte bcd) {
        return VALUE[bcd & 0xFF];
    }

    /** The BCD byte of a number 0..99. */
    public static byte of(int number) {
        if (number < 0 || number > 99) {
            throw new IllegalArgumentException("two BCD digits hold 0 to 99: number=" + number);
        }
        return (byte) (((number / 10) << 4) | (number % 10));
    }

    /** Both nibbles of each byte as hex digits, capitals, nothing stripped. */
    public static String hex(byte[] bytes, int offset, int length) {
        char[] digits = new char[2 * length];
        for (int i = 0; i < length; i++) {
            int b = bytes[offset + i] & 0xFF;
            digits[2 * i] = HEX[b >>> 4];
            digits[2 * i + 1] = HEX[b & 15];
        }
        return new String(digits);
    }

    /**
     * A phone number as the key of a terminal: hex digits without leading zeros, "0" if all are zero. Terminals that put a
     * device id there send digits above 9, so it is text and never a number.
     */
    public static String key(byte[] bytes, int offset, int length) {
        String digits = hex(bytes, offset, length);
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        for (int i = 0; i < 256; i++) {
            int high = i >>> 4;
            int low = i & 15;
            values[i] = (byte) (high > 9 || low > 9 ? -1 : high * 10 + low);
        }
        return values;
    }
}

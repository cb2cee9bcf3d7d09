package io.haulwatch.jt808.frame;

/** Escaping (转义) and checksum (校验码) of section 1: 0x7D travels as 0x7D 0x01, 0x7E as 0x7D 0x02, the checksum is one XOR over all. */
public final class FrameEscaping {
    static final byte FLAG = 0x7E;
    static final byte ESCAPE = 0x7D;

    private FrameEscaping() {}

    /**
     * Un-escapes in place the bytes between two flags.
     *
     * @return the new length, or −1 if 0x7D is followed by anything but 0x01 and 0x02
     */
    public static int unescape(byte[] bytes, int length) {
        int from = 0;
        while (from < length && bytes[from] != ESCAPE) {
            from++;
        }
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
        int xor = 0;
        for (int i = 0; i < length; i++) {
            xor ^= bytes[i];
        }
        return xor & 0xFF;
    }
}

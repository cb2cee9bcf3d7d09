package io.haulwatch.jt808.frame;

import java.util.Locale;

/** What became of the bytes between two flags. All but {@link #COMPLETE} are dropped, counted by cause, and harm no neighbour. */
public enum FrameStatus {
    /** A frame with a good checksum and a header that fits. */
    COMPLETE,
    /** Bytes before the first flag of a connection: a modem's echo, a vendor's greeting. */
    NOISE,
    /** 0x7D followed by something other than 0x01 or 0x02. */
    BAD_ESCAPE,
    /** The XOR over everything between the flags is not zero. */
    BAD_CHECKSUM,
    /** Fewer than 13 bytes between two flags: no room for the shortest header and the checksum. */
    TOO_SHORT,
    /** No closing flag within the longest legal frame. */
    TOO_LONG,
    /** The checksum is good, but the header that the body attributes announce does not fit. */
    BAD_HEADER;

    /** The value of the metric label {@code cause}. */
    public String cause() {
        return name().toLowerCase(Locale.ROOT);
    }
}

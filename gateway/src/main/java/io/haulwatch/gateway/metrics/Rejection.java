package io.haulwatch.gateway.metrics;

import io.haulwatch.jt808.frame.FrameStatus;

/** Why a frame, or a part of one, was not taken. */
public enum Rejection {
    /** Bytes before the first flag of a connection. */
    NOISE,
    /** 0x7D followed by something other than 0x01 or 0x02. */
    BAD_ESCAPE,
    /** The XOR is not zero. */
    BAD_CHECKSUM,
    /** No room for the shortest header. */
    TOO_SHORT,
    /** No closing flag within 2,092 bytes. */
    TOO_LONG,
    /** The announced header does not fit. */
    BAD_HEADER,
    /** Something else than 0x0100 and 0x0102 before authentication. */
    UNAUTHENTICATED,
    /** Another phone than the one that the connection authenticated as. */
    FOREIGN_ID,
    /** A body that cannot be read; answered with result 2. */
    BAD_BODY,
    /** An item of a 0x0704 that cannot be read; its neighbours were taken. */
    BAD_BATCH_ITEM,
    /** An encrypted body; answered with result 3. */
    ENCRYPTED,
    /** A sub-package beyond the quota, or of a message that was given up. */
    PACKAGE_QUOTA,
    /** A sub-packaged message that was never complete. */
    PACKAGE_INCOMPLETE,
    /** A medium or another thing to keep beyond what the truck may send within a day; answered with result 1. */
    FILE_QUOTA,
    /** A medium whose bytes are none of the formats that are kept; answered with result 3. */
    FILE_TYPE;

    /** The same cause for bytes that are no frame. */
    public static Rejection of(FrameStatus status) {
        return switch (status) {
            case NOISE -> NOISE;
            case BAD_ESCAPE -> BAD_ESCAPE;
            case BAD_CHECKSUM -> BAD_CHECKSUM;
            case TOO_SHORT -> TOO_SHORT;
            case TOO_LONG -> TOO_LONG;
            case BAD_HEADER -> BAD_HEADER;
            case COMPLETE -> throw new IllegalArgumentException("a complete frame is not rejected: status=" + status);
        };
    }
}

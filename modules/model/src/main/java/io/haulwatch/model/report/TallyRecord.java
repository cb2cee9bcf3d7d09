package io.haulwatch.model.report;

import java.nio.ByteBuffer;

/**
 * How many of a terminal's frames were not taken, or were taken before, since its last tally: {@code version u8, type u8, cause u8, 0 u8,
 * vehicle i32, received i64, count i32}. The gateway keeps count in memory and writes a tally about once a minute, so the books of reports
 * received know what never became a position.
 *
 * @param receivedMillis when the first of them came, ms since 1970; none came in another hour of UTC
 * @param count at least 1
 */
public record TallyRecord(int vehicleId, Cause cause, int count, long receivedMillis) {
    /** Bytes of the record. */
    public static final int LENGTH = 20;

    /** Why a frame did not become a position. */
    public enum Cause {
        /** Said and acknowledged before. */
        REPEATED(1),
        /** A body that cannot be read. */
        BAD_BODY(2),
        /** A position within a 0x0704 that cannot be read. */
        BAD_BATCH_ITEM(3),
        /** An encrypted body. */
        ENCRYPTED(4),
        /** A message that is not supported. */
        UNSUPPORTED(5),
        /** Another phone than that of the connection. */
        FOREIGN_ID(6),
        /** Bytes that are no frame: wrong checksum, length or escape. */
        DAMAGED(7),
        /** A part beyond the quota of unfinished messages. */
        PACKAGE_QUOTA(8),
        /** A message whose parts never all came. */
        PACKAGE_INCOMPLETE(9),
        /** The log did not take it; the terminal was not answered and says it again. */
        LOG_CLOSED(10),
        /** A picture or another file beyond what a truck may send in a day, or of no format that is kept. */
        FILE_REFUSED(11),
        /** A cause of a later release. */
        OTHER(255);

        private final int code;

        Cause(int code) {
            this.code = code;
        }

        private static Cause of(int code) {
            for (Cause cause : values()) {
                if (cause.code == code) {
                    return cause;
                }
            }
            return OTHER;
        }
    }

    public TallyRecord {
        if (count < 1) {
            throw new IllegalArgumentException("a tally counts something: count=" + count);
        }
    }

    /** The record as it stands in the log. */
    public byte[] bytes() {
        ByteBuffer target = ByteBuffer.allocate(LENGTH);
        target.put((byte) RecordType.VERSION)
                .put((byte) RecordType.TALLY)
                .put((byte) cause.code)
                .put((byte) 0)
                .putInt(vehicleId)
                .putLong(receivedMillis)
                .putInt(count);
        return target.array();
    }

    public static TallyRecord read(ByteBuffer source, int offset) {
        return new TallyRecord(
                source.getInt(offset + 4),
                Cause.of(source.get(offset + 2) & 0xFF),
                source.getInt(offset + 16),
                source.getLong(offset + 8));
    }
}

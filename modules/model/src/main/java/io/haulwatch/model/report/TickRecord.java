package io.haulwatch.model.report;

import java.nio.ByteBuffer;

/** The gateway's minute hand, one a partition and minute, because rules have no clock: {@code version u8, type u8, 0 u16, 0 i32,
 * received i64}. */
public record TickRecord(long receivedMillis) {
    /** Bytes of the record. */
    public static final int LENGTH = 16;

    /** Writes the record at {@code offset}. @return {@link #LENGTH} */
    public int write(ByteBuffer target, int offset) {
        target.put(offset, (byte) RecordType.VERSION);
        target.put(offset + 1, (byte) RecordType.TICK);
        target.putShort(offset + 2, (short) 0);
        target.putInt(offset + 4, 0);
        target.putLong(offset + 8, receivedMillis);
        return LENGTH;
    }

    public static TickRecord read(ByteBuffer source, int offset) {
        return new TickRecord(source.getLong(offset + 8));
    }
}

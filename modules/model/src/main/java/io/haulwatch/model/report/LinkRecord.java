package io.haulwatch.model.report;

import java.nio.ByteBuffer;

/** A terminal signed on or its link was lost: {@code version u8, type u8, event u8, 0 u8, vehicle i32, received i64}. */
public record LinkRecord(int vehicleId, Event event, long receivedMillis) {
    /** Bytes of the record. */
    public static final int LENGTH = 16;

    /** What happened to the link. */
    public enum Event {
        ONLINE,
        OFFLINE
    }

    /** Writes the record at {@code offset}. @return {@link #LENGTH} */
    public int write(ByteBuffer target, int offset) {
        target.put(offset, (byte) RecordType.VERSION);
        target.put(offset + 1, (byte) RecordType.LINK);
        target.put(offset + 2, (byte) (event == Event.ONLINE ? 0 : 1));
        target.put(offset + 3, (byte) 0);
        target.putInt(offset + 4, vehicleId);
        target.putLong(offset + 8, receivedMillis);
        return LENGTH;
    }

    public static LinkRecord read(ByteBuffer source, int offset) {
        return new LinkRecord(
                source.getInt(offset + 4),
                source.get(offset + 2) == 0 ? Event.ONLINE : Event.OFFLINE,
                source.getLong(offset + 8));
    }
}

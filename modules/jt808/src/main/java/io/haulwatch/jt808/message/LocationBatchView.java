package io.haulwatch.jt808.message;

import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.model.report.PositionRecord;

/**
 * A batch of position reports (定位数据批量上传, body of 0x0704), read in place: {@link #wrap}, then {@link #next} until it says false. It goes to
 * the end of the body whatever count is announced, and an item that is no position costs only itself, since its length leads on.
 */
public final class LocationBatchView {
    /** Type of a batch from a dead zone (盲区补报). */
    public static final int BLIND_AREA = 1;

    private static final int ITEMS = 3;

    private byte[] bytes = new byte[ITEMS];
    private int start;
    private int end = ITEMS;
    private int at = ITEMS;
    private int items;
    private int rejected;

    /**
     * Looks at a body.
     *
     * @return false if it has no room for count and type; the view must not be read then
     */
    public boolean wrap(byte[] bytes, int offset, int length) {
        if (length < ITEMS) {
            return false;
        }
        this.bytes = bytes;
        this.start = offset;
        this.end = offset + length;
        this.at = offset + ITEMS;
        this.items = 0;
        this.rejected = 0;
        return true;
    }

    /** Count (数据项个数) as sent. */
    public int declaredCount() {
        return BigEndian.u16(bytes, start);
    }

    /** Type as sent: 0 normal batch, 1 blind-area backfill. */
    public int type() {
        return bytes[start + 2] & 0xFF;
    }

    /** What every position of this batch carries: {@code FLAG_BATCH}, and {@code FLAG_BACKFILL} for type 1. */
    public int recordFlags() {
        return type() == BLIND_AREA
                ? PositionRecord.FLAG_BATCH | PositionRecord.FLAG_BACKFILL
                : PositionRecord.FLAG_BATCH;
    }

    /**
     * Puts the next position into {@code item}. A last item whose end is missing still counts, marked partial, if its base is there.
     *
     * @return false at the end of the body; {@code item} is unchanged then
     */
    public boolean next(LocationView item) {
        while (at + 2 <= end) {
            int declared = BigEndian.u16(bytes, at);
            int body = at + 2;
            int length = Math.min(declared, end - body);
            at = body + length;
            if (item.wrap(bytes, body, length, length < declared)) {
                items++;
                return true;
            }
            rejected++;
        }
        return false;
    }

    /** Positions found so far. */
    public int items() {
        return items;
    }

    /** Items found so far that are shorter than the base of a position. */
    public int rejectedItems() {
        return rejected;
    }

    /** After the last item: the announced count is not the number of items, or a byte is left over. */
    public boolean crooked() {
        return declaredCount() != items + rejected || at != end;
    }
}

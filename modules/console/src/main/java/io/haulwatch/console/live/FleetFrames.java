package io.haulwatch.console.live;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Frames of {@code docs/live-feed.md}, version 1. Stateless: what goes in is already quantised. */
public final class FleetFrames {
    static final int MAGIC = 0x48;
    static final int VERSION = 1;
    static final int SNAPSHOT = 1;
    static final int DELTA = 2;
    static final int GONE = 3;
    static final int DICT = 4;
    static final int HEARTBEAT = 6;

    /** State bit of a DELTA: the report is the old one, only state or risk changed. */
    static final int NO_NEW_REPORT = 128;
    /** Risk decile of a company that has no score. */
    public static final int DECILE_UNKNOWN = 31;

    private static final int HEADER = 24;
    private static final int TYPE_AT = 2;
    private static final int COUNT_AT = 12;
    private static final String NO_NAMES = "{\"vehicles\":[],\"companies\":[]}";
    private static final int SNAPSHOT_ROW = 18;
    private static final int DELTA_ROW_EXPECTED = 10;
    private static final int MAX_LATITUDE = 85_000_000;
    private static final int MAX_LONGITUDE = 180_000_000;

    private FleetFrames() {}

    /** A whole picture; its rows come in slot order. */
    public static FrameBytes snapshot(int epoch, int seq, int count, long serverMillis) {
        return header(SNAPSHOT, epoch, seq, count, serverMillis, count * SNAPSHOT_ROW);
    }

    /** One row of a snapshot. @param refLon reference longitude in 10⁻⁵ degrees @param ageSeconds since the last report */
    public static void snapshotRow(
            FrameBytes out,
            int slot,
            int refLon,
            int refLat,
            int speed,
            int heading,
            int state,
            int risk,
            long ageSeconds) {
        out.i32(slot).i32(refLon * 10).i32(refLat * 10);
        out.u8(speed).u8(heading).u8(state).u8(risk);
        out.u16(Math.clamp(ageSeconds, 0, 65_535));
    }

    /** Changes, column by column; the first {@code count} entries of each array count and slots rise. */
    public static byte[] delta(
            int epoch,
            int seq,
            long serverMillis,
            int count,
            int[] slots,
            int[] lonDifference,
            int[] latDifference,
            byte[] speed,
            byte[] heading,
            byte[] state,
            byte[] risk) {
        FrameBytes out = header(DELTA, epoch, seq, count, serverMillis, count * DELTA_ROW_EXPECTED);
        slotList(out, slots, count);
        for (int i = 0; i < count; i++) {
            out.zigzag(lonDifference[i]);
        }
        for (int i = 0; i < count; i++) {
            out.zigzag(latDifference[i]);
        }
        column(out, speed, count);
        column(out, heading, count);
        column(out, state, count);
        column(out, risk, count);
        return out.done();
    }

    /** Trucks that left; slots rise. */
    public static byte[] gone(int epoch, int seq, long serverMillis, int count, int[] slots) {
        FrameBytes out = header(GONE, epoch, seq, count, serverMillis, count * 2);
        slotList(out, slots, count);
        return out.done();
    }

    /** Dictionary entries. @param json UTF-8 */
    public static byte[] dictionary(int epoch, int seq, long serverMillis, int count, byte[] json) {
        return header(DICT, epoch, seq, count, serverMillis, json.length)
                .raw(json)
                .done();
    }

    /** The frame as a big screen gets it: of dictionary entries the head alone, so that it misses no number, every other as it is. */
    static Buffer nameless(Buffer frame) {
        if (frame.getByte(TYPE_AT) != DICT) {
            return frame;
        }
        return frame.getBuffer(0, HEADER).setIntLE(COUNT_AT, 0).appendBytes(NO_NAMES.getBytes(StandardCharsets.UTF_8));
    }

    /** Says that the line is alive. */
    public static byte[] heartbeat(int epoch, int seq, long serverMillis) {
        return header(HEARTBEAT, epoch, seq, 0, serverMillis, 0).done();
    }

    /** Whole 10⁻⁵ degrees of a coordinate in 10⁻⁶ degrees. */
    public static int q5(int microdeg) {
        return Math.floorDiv(microdeg + 5, 10);
    }

    /** Whether a place may be drawn: not 0/0, inside ±180° and ±85°. */
    public static boolean drawable(int latMicrodeg, int lonMicrodeg) {
        return (latMicrodeg != 0 || lonMicrodeg != 0)
                && Math.abs((long) latMicrodeg) <= MAX_LATITUDE
                && Math.abs((long) lonMicrodeg) <= MAX_LONGITUDE;
    }

    /** Whole km/h, 255 for that or more, of a speed in 0.1 km/h. */
    public static int speedByte(int deciKmh) {
        return Math.clamp((deciKmh + 5) / 10, 0, 255);
    }

    /** Heading in 1/256 of a turn. */
    public static int headingByte(int degrees) {
        return (int) Math.round(degrees * 256.0 / 360.0) & 0xFF;
    }

    /** @param severity 0 none to 4 critical @param decile 0 to 10, or {@link #DECILE_UNKNOWN} */
    public static int riskByte(int severity, int decile) {
        return (severity & 0x7) | (decile << 3);
    }

    private static FrameBytes header(int type, int epoch, int seq, int count, long serverMillis, int bodyExpected) {
        return new FrameBytes(HEADER + bodyExpected)
                .u8(MAGIC)
                .u8(VERSION)
                .u8(type)
                .u8(0)
                .i32(epoch)
                .i32(seq)
                .i32(count)
                .f64((double) serverMillis);
    }

    private static void slotList(FrameBytes out, int[] slots, int count) {
        int before = 0;
        for (int i = 0; i < count; i++) {
            if (i > 0 && slots[i] <= before) {
                throw new IllegalArgumentException("slots rise: slot=" + slots[i] + ", before=" + before);
            }
            out.varint(slots[i] - before);
            before = slots[i];
        }
    }

    private static void column(FrameBytes out, byte[] values, int count) {
        for (int i = 0; i < count; i++) {
            out.u8(values[i]);
        }
    }
}

package io.haulwatch.jt808.message;

import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.field.DeviceTime;
import io.haulwatch.jt808.field.XxHash64;
import io.haulwatch.model.report.PositionRecord;
import java.nio.ByteBuffer;

/**
 * A position report (位置信息汇报, body of 0x0200), read in place: no copy, no allocation, one thread. The base of 28 bytes is the same in all
 * editions; the additional items behind it are walked once for the four that every position carries on.
 *
 * <p>All three printed editions put the time at offset 21; direction is a WORD at 20, so it stands at 22.
 */
public final class LocationView {
    /** Bytes of the fixed part. */
    public static final int BASE = 28;

    private static final int STATUS = 4;
    private static final int LATITUDE = 8;
    private static final int LONGITUDE = 12;
    private static final int ALTITUDE = 16;
    private static final int SPEED = 18;
    private static final int HEADING = 20;
    private static final int TIME = 22;

    private static final int BIT_FIXED = 1 << 1;
    private static final int BIT_SOUTH = 1 << 2;
    private static final int BIT_WEST = 1 << 3;

    /** Slots of the wanted items in {@link #found}; slot 0 is for all others. */
    private static final int MILEAGE = 1;

    private static final int RECORDER_SPEED = 2;
    private static final int SIGNAL = 3;
    private static final int SATELLITES = 4;
    private static final int SAFETY = 5;
    private static final byte[] SLOTS = slots();
    /** By slot, a bit for each length that the item may have. */
    private static final int[] LENGTHS = {0, 1 << 4, 1 << 2, (1 << 1) | (1 << 2), (1 << 1) | (1 << 2), 1 << 31};
    /** Stands for all lengths above it; only active-safety items are as long. */
    private static final int NO_LENGTH = 31;

    private static final int NOT_FOUND = Integer.MAX_VALUE;

    private final int[] found = new int[LENGTHS.length];
    private byte[] bytes = new byte[BASE];
    private int start;
    private int length = BASE;
    private boolean partial;
    private long mileage = PositionRecord.ABSENT_MILEAGE;
    private int recorderSpeed = PositionRecord.ABSENT_SPEED;
    private int satellites = PositionRecord.ABSENT_BYTE;
    private int signal = PositionRecord.ABSENT_BYTE;
    private boolean safety;

    /**
     * Looks at a body.
     *
     * @return false if it is shorter than the base; the view must not be read then
     */
    public boolean wrap(byte[] bytes, int offset, int length) {
        return wrap(bytes, offset, length, false);
    }

    /** As {@link #wrap(byte[], int, int)} for a body of which the end is missing. */
    boolean wrap(byte[] bytes, int offset, int length, boolean truncated) {
        if (length < BASE) {
            return false;
        }
        this.bytes = bytes;
        this.start = offset;
        this.length = length;
        this.partial = truncated;
        mileage = PositionRecord.ABSENT_MILEAGE;
        recorderSpeed = PositionRecord.ABSENT_SPEED;
        satellites = PositionRecord.ABSENT_BYTE;
        signal = PositionRecord.ABSENT_BYTE;
        safety = false;
        if (length > BASE) {
            walkItems(bytes, offset + BASE, offset + length);
        }
        return true;
    }

    /** Alarm flags (报警标志), bit 0 is the lowest. */
    public int alarms() {
        return BigEndian.i32(bytes, start);
    }

    /** Status bits (状态), bit 0 is the lowest. */
    public int status() {
        return BigEndian.i32(bytes, start + STATUS);
    }

    /**
     * Latitude (纬度), 10⁻⁶ degree, south negative by status bit 2; not checked for 90°. A wire value above 2³¹−1 becomes 2³¹−1, so that what
     * cannot be a latitude does not turn into one.
     */
    public int latitudeMicrodeg() {
        int magnitude = saturated(BigEndian.i32(bytes, start + LATITUDE));
        return (status() & BIT_SOUTH) != 0 ? -magnitude : magnitude;
    }

    /** Longitude (经度), 10⁻⁶ degree, west negative by status bit 3; not checked for 180°, saturated as the latitude is. */
    public int longitudeMicrodeg() {
        int magnitude = saturated(BigEndian.i32(bytes, start + LONGITUDE));
        return (status() & BIT_WEST) != 0 ? -magnitude : magnitude;
    }

    /** Altitude (高程), m. The standard says WORD; it is read as signed for ground below the sea. */
    public int altitudeMetres() {
        return (short) BigEndian.u16(bytes, start + ALTITUDE);
    }

    /** Ground speed (速度), 0.1 km/h, 0..65535 as sent. */
    public int speedDeciKmh() {
        return BigEndian.u16(bytes, start + SPEED);
    }

    /** Direction (方向), degrees clockwise from north, 0..65535 as sent; 0..359 makes sense. */
    public int headingDeg() {
        return BigEndian.u16(bytes, start + HEADING);
    }

    /** Terminal's clock, ms since 1970 UTC, or {@link PositionRecord#UNREADABLE_TIME}. */
    public long deviceMillis() {
        return DeviceTime.millis(bytes, start + TIME);
    }

    /** XXH64 of the base, or of the whole body when the time is unreadable and the base says little about the report. */
    public long hash() {
        return hash(deviceMillis());
    }

    /** Odometer (里程, item 0x01), 0.1 km; {@link PositionRecord#ABSENT_MILEAGE} if not sent in four bytes. */
    public long mileageDeciKm() {
        return mileage;
    }

    /** Recorder speed (行驶记录速度, item 0x03), 0.1 km/h; {@link PositionRecord#ABSENT_SPEED} if not sent in two bytes. */
    public int recorderSpeedDeciKmh() {
        return recorderSpeed;
    }

    /** Satellites (item 0x31), 0..254; {@link PositionRecord#ABSENT_BYTE} if not sent in one or two bytes. */
    public int satellites() {
        return satellites;
    }

    /** Network signal (item 0x30), 0..254; {@link PositionRecord#ABSENT_BYTE} if not sent in one or two bytes. */
    public int signal() {
        return signal;
    }

    /** An item runs over the end, has id 0 and length 0, or is a lone trailing byte: what parsed is kept. */
    public boolean partial() {
        return partial;
    }

    /** Status bit 1 is set and the coordinates are not both zero: the usual false fix of a cold receiver. */
    public boolean fixed() {
        return (status() & BIT_FIXED) != 0
                && (BigEndian.i32(bytes, start + LATITUDE) | BigEndian.i32(bytes, start + LONGITUDE)) != 0;
    }

    /** The array under the view. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the body starts in {@link #bytes}. */
    public int offset() {
        return start;
    }

    /** Bytes of the body, base and items. */
    public int length() {
        return length;
    }

    /** Bytes that {@link #toRecord} writes. */
    public int recordLength() {
        return PositionRecord.HEAD + length;
    }

    /**
     * Writes the report as a record of the log, head and raw body. Coordinates, speed and heading go in as decoded, nothing is judged.
     *
     * @param flags {@code FLAG_BATCH}, {@code FLAG_BACKFILL}, {@code FLAG_2019}, {@code FLAG_ANSWER} of {@link PositionRecord};
     *     {@code FLAG_PARTIAL} and {@code FLAG_SAFETY} are added here
     * @param receivedMillis gateway's clock, ms since 1970 UTC
     * @param target big-endian, with room for {@link #recordLength} bytes from {@code offset}; its position stays
     * @return {@link #recordLength}
     */
    public int toRecord(int flags, int vehicleId, long receivedMillis, ByteBuffer target, int offset) {
        long device = deviceMillis();
        int head = PositionRecord.writeHead(
                target,
                offset,
                flags | (partial ? PositionRecord.FLAG_PARTIAL : 0) | (safety ? PositionRecord.FLAG_SAFETY : 0),
                vehicleId,
                receivedMillis,
                device,
                hash(device),
                alarms(),
                status(),
                latitudeMicrodeg(),
                longitudeMicrodeg(),
                altitudeMetres(),
                speedDeciKmh(),
                headingDeg(),
                satellites,
                signal,
                mileage,
                recorderSpeed,
                length);
        target.put(offset + head, bytes, start, length);
        return head + length;
    }

    private long hash(long deviceMillis) {
        return XxHash64.hash(bytes, start, deviceMillis == PositionRecord.UNREADABLE_TIME ? length : BASE);
    }

    /**
     * Notes where the four wanted items stand. Terminals send items in sets of all kinds, so a branch on the id would be guessed wrong again and
     * again: a table turns the id into a slot, slot 0 takes what is not wanted, and only the walk itself branches.
     */
    private void walkItems(byte[] bytes, int from, int end) {
        int[] found = this.found;
        found[MILEAGE] = NOT_FOUND;
        found[RECORDER_SPEED] = NOT_FOUND;
        found[SIGNAL] = NOT_FOUND;
        found[SATELLITES] = NOT_FOUND;
        found[SAFETY] = NOT_FOUND;
        int at = from;
        int padding = 0;
        while (at + 2 <= end) {
            int head = BigEndian.u16(bytes, at);
            int size = head & 0xFF;
            int next = at + 2 + size;
            if (next > end) {
                break;
            }
            // Below zero from the first item of id 0 and length 0 on.
            padding |= head - 1;
            int slot = SLOTS[head >>> 8];
            int fitting = slot & -(LENGTHS[slot] >>> Math.min(size, NO_LENGTH) & 1);
            found[fitting] = Math.min(found[fitting], at);
            at = next;
        }
        partial |= padding < 0 || at < end;
        readFound(bytes, found);
    }

    /** Of an item sent twice the first that has a right length counts: what vendors append stands behind the standard's items. */
    private void readFound(byte[] bytes, int[] found) {
        if (found[MILEAGE] != NOT_FOUND) {
            mileage = BigEndian.u32(bytes, found[MILEAGE] + 2);
        }
        if (found[RECORDER_SPEED] != NOT_FOUND) {
            recorderSpeed = BigEndian.u16(bytes, found[RECORDER_SPEED] + 2);
        }
        if (found[SIGNAL] != NOT_FOUND) {
            signal = small(found[SIGNAL]);
        }
        if (found[SATELLITES] != NOT_FOUND) {
            satellites = small(found[SATELLITES]);
        }
        safety = found[SAFETY] != NOT_FOUND;
    }

    /** One byte by the standard, two from some terminals; more than 254 is no count and no signal. */
    private int small(int item) {
        int number = bytes[item + 1] == 1 ? bytes[item + 2] & 0xFF : BigEndian.u16(bytes, item + 2);
        return Math.min(number, PositionRecord.ABSENT_BYTE);
    }

    private static byte[] slots() {
        byte[] slots = new byte[256];
        slots[ItemId.MILEAGE] = MILEAGE;
        slots[ItemId.RECORDER_SPEED] = RECORDER_SPEED;
        slots[ItemId.SIGNAL] = SIGNAL;
        slots[ItemId.SATELLITES] = SATELLITES;
        slots[ItemId.ADAS] = SAFETY;
        slots[ItemId.DSM] = SAFETY;
        slots[ItemId.TPMS] = SAFETY;
        slots[ItemId.BSD] = SAFETY;
        return slots;
    }

    private static int saturated(int word) {
        return word < 0 ? Integer.MAX_VALUE : word;
    }
}

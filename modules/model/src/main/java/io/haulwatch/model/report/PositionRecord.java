package io.haulwatch.model.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One position report (位置信息) in the report log: a fixed head that rules read in place, then the raw 0x0200 body as the
 * terminal sent it. A view over somebody else's buffer: no copy, no allocation, one thread.
 *
 * <p>All numbers are big-endian. Device time is what the terminal's clock said (GMT+8 on the wire, UTC here); receive time is
 * the gateway's. The identity of a position is (vehicle, device time, {@link #hash}).
 */
public final class PositionRecord {
    /** The terminal's clock could not be read: month 0, nibbles above 9. */
    public static final long UNREADABLE_TIME = Long.MIN_VALUE;

    /** Sent inside a 0x0704 batch. */
    public static final int FLAG_BATCH = 1;
    /** Sent inside a 0x0704 of type 1, blind-area backfill (盲区补报). */
    public static final int FLAG_BACKFILL = 1 << 1;
    /** An additional item ran over the end of the body; what parsed is kept. */
    public static final int FLAG_PARTIAL = 1 << 2;
    /** Body in the 2019 form. */
    public static final int FLAG_2019 = 1 << 3;
    /** Answer to a position query (0x0201). */
    public static final int FLAG_ANSWER = 1 << 4;
    /** Carries an active-safety item (0x64 to 0x67). */
    public static final int FLAG_SAFETY = 1 << 5;

    /** Value of {@link #satellites} and {@link #signal} when the terminal did not say. */
    public static final int ABSENT_BYTE = 0xFF;
    /** Value of {@link #recorderSpeedDeciKmh} when the terminal did not say. */
    public static final int ABSENT_SPEED = 0xFFFF;
    /** Value of {@link #mileageDeciKm} when the terminal did not say. */
    public static final long ABSENT_MILEAGE = 0xFFFF_FFFFL;

    private static final int FLAGS = 2;
    private static final int VEHICLE = 4;
    private static final int RECEIVED = 8;
    private static final int DEVICE = 16;
    private static final int HASH = 24;
    private static final int ALARMS = 32;
    private static final int STATUS = 36;
    private static final int LATITUDE = 40;
    private static final int LONGITUDE = 44;
    private static final int ALTITUDE = 48;
    private static final int SPEED = 50;
    private static final int HEADING = 52;
    private static final int SATELLITES = 54;
    private static final int SIGNAL = 55;
    private static final int MILEAGE = 56;
    private static final int RECORDER_SPEED = 60;
    private static final int BODY_LENGTH = 62;
    /** Bytes before the raw body. */
    public static final int HEAD = 64;

    private ByteBuffer buffer = ByteBuffer.allocate(HEAD);
    private int start;

    /** Looks at the record that starts at {@code offset}; {@code buffer} must be big-endian. */
    public PositionRecord wrap(ByteBuffer buffer, int offset) {
        if (buffer.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException("records are big-endian: order=" + buffer.order());
        }
        this.buffer = buffer;
        this.start = offset;
        return this;
    }

    public int flags() {
        return buffer.get(start + FLAGS) & 0xFF;
    }

    public int vehicleId() {
        return buffer.getInt(start + VEHICLE);
    }

    /** Gateway's clock when the frame was read, ms since 1970 UTC. */
    public long receivedMillis() {
        return buffer.getLong(start + RECEIVED);
    }

    /** Terminal's clock, ms since 1970 UTC, whole seconds; {@link #UNREADABLE_TIME} if it made no sense. */
    public long deviceMillis() {
        return buffer.getLong(start + DEVICE);
    }

    /** 64-bit hash of the 28-byte base (of the whole body if the time is unreadable); ordered as unsigned. */
    public long hash() {
        return buffer.getLong(start + HASH);
    }

    /** Alarm flags (报警标志) of the base, JT/T 808 table of 0x0200, as sent. */
    public int alarms() {
        return buffer.getInt(start + ALARMS);
    }

    /** Status bits (状态) of the base, as sent. */
    public int status() {
        return buffer.getInt(start + STATUS);
    }

    /** WGS84, 10⁻⁶ degree, south negative; not checked for range. */
    public int latitudeMicrodeg() {
        return buffer.getInt(start + LATITUDE);
    }

    /** WGS84, 10⁻⁶ degree, west negative; not checked for range. */
    public int longitudeMicrodeg() {
        return buffer.getInt(start + LONGITUDE);
    }

    /** Metres, signed. */
    public int altitudeMetres() {
        return buffer.getShort(start + ALTITUDE);
    }

    /** GNSS ground speed, 0.1 km/h, 0..65535 as sent. */
    public int speedDeciKmh() {
        return buffer.getShort(start + SPEED) & 0xFFFF;
    }

    /** Degrees clockwise from north, as sent (a sane terminal says 0..359). */
    public int headingDeg() {
        return buffer.getShort(start + HEADING) & 0xFFFF;
    }

    /** Satellites used, item 0x31; {@link #ABSENT_BYTE} if not sent. */
    public int satellites() {
        return buffer.get(start + SATELLITES) & 0xFF;
    }

    /** Network signal strength, item 0x30; {@link #ABSENT_BYTE} if not sent. */
    public int signal() {
        return buffer.get(start + SIGNAL) & 0xFF;
    }

    /** Odometer, item 0x01, 0.1 km; {@link #ABSENT_MILEAGE} if not sent. */
    public long mileageDeciKm() {
        return buffer.getInt(start + MILEAGE) & 0xFFFF_FFFFL;
    }

    /** Recorder (pulse) speed, item 0x03, 0.1 km/h; {@link #ABSENT_SPEED} if not sent. */
    public int recorderSpeedDeciKmh() {
        return buffer.getShort(start + RECORDER_SPEED) & 0xFFFF;
    }

    /** Bytes of the raw 0x0200 body that follow the head. */
    public int bodyLength() {
        return buffer.getShort(start + BODY_LENGTH) & 0xFFFF;
    }

    /** Bytes of the whole record. */
    public int length() {
        return HEAD + bodyLength();
    }

    /** A byte of the raw body. @param at below {@link #bodyLength} */
    public int bodyByte(int at) {
        return buffer.get(start + HEAD + at) & 0xFF;
    }

    /** Copies the raw body; allocates, so only off the hot path. */
    public byte[] body() {
        byte[] body = new byte[bodyLength()];
        buffer.get(start + HEAD, body);
        return body;
    }

    /** Copies the raw body to {@code target} at {@code targetOffset}. */
    public void copyBody(ByteBuffer target, int targetOffset) {
        target.put(targetOffset, buffer, start + HEAD, bodyLength());
    }

    /** Status bit 1: the receiver had a fix (定位). */
    public boolean fixed() {
        return (status() & 2) != 0;
    }

    /** Status bit 0: ignition (ACC). */
    public boolean ignition() {
        return (status() & 1) != 0;
    }

    /**
     * Writes the fixed head at {@code offset}; the caller puts {@code bodyLength} raw bytes behind it.
     *
     * @return {@link #HEAD}
     */
    public static int writeHead(
            ByteBuffer target,
            int offset,
            int flags,
            int vehicleId,
            long receivedMillis,
            long deviceMillis,
            long hash,
            int alarms,
            int status,
            int latitudeMicrodeg,
            int longitudeMicrodeg,
            int altitudeMetres,
            int speedDeciKmh,
            int headingDeg,
            int satellites,
            int signal,
            long mileageDeciKm,
            int recorderSpeedDeciKmh,
            int bodyLength) {
        target.put(offset, (byte) RecordType.VERSION);
        target.put(offset + 1, (byte) RecordType.POSITION);
        target.put(offset + FLAGS, (byte) flags);
        target.put(offset + 3, (byte) 0);
        target.putInt(offset + VEHICLE, vehicleId);
        target.putLong(offset + RECEIVED, receivedMillis);
        target.putLong(offset + DEVICE, deviceMillis);
        target.putLong(offset + HASH, hash);
        target.putInt(offset + ALARMS, alarms);
        target.putInt(offset + STATUS, status);
        target.putInt(offset + LATITUDE, latitudeMicrodeg);
        target.putInt(offset + LONGITUDE, longitudeMicrodeg);
        target.putShort(offset + ALTITUDE, (short) altitudeMetres);
        target.putShort(offset + SPEED, (short) speedDeciKmh);
        target.putShort(offset + HEADING, (short) headingDeg);
        target.put(offset + SATELLITES, (byte) satellites);
        target.put(offset + SIGNAL, (byte) signal);
        target.putInt(offset + MILEAGE, (int) mileageDeciKm);
        target.putShort(offset + RECORDER_SPEED, (short) recorderSpeedDeciKmh);
        target.putShort(offset + BODY_LENGTH, (short) bodyLength);
        return HEAD;
    }
}

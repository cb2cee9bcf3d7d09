package io.haulwatch.store.track;

import io.haulwatch.model.report.PositionRecord;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;

/**
 * A position as the database has it, without its raw body; units as in {@code hw.position}.
 *
 * @param hash with the device time its identity; ordered as unsigned
 */
public record StoredPosition(
        long deviceMillis,
        long receivedMillis,
        long hash,
        int flags,
        int alarms,
        int status,
        int latitudeMicrodeg,
        int longitudeMicrodeg,
        int altitudeMetres,
        int speedDeciKmh,
        int headingDeg,
        int satellites,
        long mileageDeciKm,
        int recorderSpeedDeciKmh) {

    private static final int STATUS_FIXED = 2;

    /** The order in which the rules read them. */
    public static final Comparator<StoredPosition> ORDER = Comparator.comparingLong(StoredPosition::deviceMillis)
            .thenComparing((a, b) -> Long.compareUnsigned(a.hash, b.hash));

    /** What {@link #of} reads. */
    static final String COLUMNS =
            "p.device_time, p.receive_time, p.body_hash, p.flags, p.alarms, p.status, p.lat, p.lon, p.altitude, p.speed, "
                    + "p.heading, p.satellites, p.mileage, p.recorder_speed";

    static StoredPosition of(ResultSet row) throws SQLException {
        int satellites = row.getInt(12);
        satellites = row.wasNull() ? PositionRecord.ABSENT_BYTE : satellites;
        long mileage = row.getLong(13);
        mileage = row.wasNull() ? PositionRecord.ABSENT_MILEAGE : mileage;
        int recorder = row.getInt(14);
        recorder = row.wasNull() ? PositionRecord.ABSENT_SPEED : recorder;
        return new StoredPosition(
                row.getTimestamp(1).getTime(),
                row.getTimestamp(2).getTime(),
                row.getLong(3),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                row.getInt(8),
                row.getInt(9),
                row.getInt(10),
                row.getInt(11),
                satellites,
                mileage,
                recorder);
    }

    /** What tells it from the vehicle's others. */
    public Key key() {
        return new Key(deviceMillis, hash);
    }

    /** Whether the receiver had a fix. */
    public boolean fixed() {
        return (status & STATUS_FIXED) != 0;
    }

    /** Whether there is a place at all: terminals send 0/0 when they have none. */
    public boolean hasPlace() {
        return latitudeMicrodeg != 0 || longitudeMicrodeg != 0;
    }

    /** Writes it as the rules read it. */
    public PositionRecord put(ByteBuffer head, PositionRecord view, int vehicleId) {
        PositionRecord.writeHead(
                head,
                0,
                flags,
                vehicleId,
                receivedMillis,
                deviceMillis,
                hash,
                alarms,
                status,
                latitudeMicrodeg,
                longitudeMicrodeg,
                altitudeMetres,
                speedDeciKmh,
                headingDeg,
                satellites,
                PositionRecord.ABSENT_BYTE,
                mileageDeciKm,
                recorderSpeedDeciKmh,
                0);
        return view.wrap(head, 0);
    }

    /** What tells a vehicle's positions apart. */
    public record Key(long deviceMillis, long hash) {}
}

package io.haulwatch.console.history;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.store.scope.Scope;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A position as the database has it, without its raw body.
 *
 * @param hash with the device time its identity; ordered as unsigned
 */
record StoredPosition(
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

    /** Positions of one answer: a day at one a second, and some more. */
    static final int MOST = 100_000;

    /** The order in which the rules read them. */
    private static final Comparator<StoredPosition> ORDER = Comparator.comparingLong(StoredPosition::deviceMillis)
            .thenComparing((a, b) -> Long.compareUnsigned(a.hash, b.hash));

    /**
     * Reads a vehicle's positions from {@code from} until before {@code to}, the first {@link #MOST}. One range of the primary key, so the
     * database reads nothing that it does not give.
     */
    static List<StoredPosition> read(Connection connection, Scope scope, int vehicleId, Instant from, Instant to)
            throws SQLException {
        List<StoredPosition> found = new ArrayList<>();
        query("", scope, vehicleId, from, to).each(connection, row -> found.add(of(row)));
        // The database orders hashes of the same second as signed numbers.
        found.sort(ORDER);
        return found;
    }

    /** @param prefix {@code explain} for who wants to know how */
    static SqlText query(String prefix, Scope scope, int vehicleId, Instant from, Instant to) {
        return new SqlText(prefix + """
                select p.device_time, p.receive_time, p.body_hash, p.flags, p.alarms, p.status, p.lat, p.lon, p.altitude, p.speed,
                    p.heading, p.satellites, p.mileage, p.recorder_speed
                from hw.position_scoped p where true
                """)
                .within(scope, "p.company_id = any (?)")
                .and("p.vehicle_id = ? and p.device_time >= ? and p.device_time < ?", vehicleId, from, to)
                .add("order by p.device_time, p.body_hash limit ?", MOST);
    }

    private static StoredPosition of(ResultSet row) throws SQLException {
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

    /** Which of a vehicle's positions the rules did not believe when they came. */
    static Set<Key> doubted(Connection connection, Scope scope, int vehicleId, Instant from, Instant to)
            throws SQLException {
        Set<Key> found = new HashSet<>();
        new SqlText("select device_time, body_hash from hw.doubt where true")
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ? and device_time >= ? and device_time < ?", vehicleId, from, to)
                .add("limit ?", MOST)
                .each(connection, row -> found.add(new Key(row.getTimestamp(1).getTime(), row.getLong(2))));
        return found;
    }

    Key key() {
        return new Key(deviceMillis, hash);
    }

    /** Whether there is a place at all: terminals send 0/0 when they have none. */
    boolean hasPlace() {
        return latitudeMicrodeg != 0 || longitudeMicrodeg != 0;
    }

    /** Writes it as the rules read it. */
    PositionRecord put(ByteBuffer head, PositionRecord view, int vehicleId) {
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
    record Key(long deviceMillis, long hash) {}
}

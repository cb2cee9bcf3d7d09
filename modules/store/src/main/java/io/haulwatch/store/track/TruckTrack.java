package io.haulwatch.store.track;

import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads where a truck was: packed hours where they stand, row by row where an hour is not packed or changed since. */
public final class TruckTrack {
    private static final int TIMEOUT_SECONDS = 20;
    private static final int FETCH = 5_000;
    private static final Duration AT_A_TIME = Duration.ofDays(1);
    /** Of one stretch of a day at most: more than a position a second. */
    private static final int MOST_ROWS = 100_000;

    private TruckTrack() {}

    /**
     * Reads a vehicle's positions from {@code from} until before {@code to}, in their order.
     *
     * @param connection inside a transaction of the console's role with its scope set
     * @param most of the first of them
     */
    public static List<StoredPosition> read(
            Connection connection, Scope scope, int vehicleId, Instant from, Instant to, int most) throws SQLException {
        List<StoredPosition> found = new ArrayList<>();
        each(connection, scope, vehicleId, from, to, position -> {
            found.add(position);
            return found.size() < most;
        });
        return found;
    }

    /** Takes one position after another. */
    @FunctionalInterface
    public interface Taker {
        /** @return whether more are wanted */
        boolean take(StoredPosition position);
    }

    /** As {@link #read}, some thousands in memory at a time. */
    public static void each(Connection connection, Scope scope, int vehicleId, Instant from, Instant to, Taker taker)
            throws SQLException {
        Instant at = from;
        for (Packed hour : packed(connection, scope, vehicleId, from, to)) {
            Instant start = Instant.ofEpochMilli(hour.hour * Hours.MILLIS);
            if (at.isBefore(start) && !eachRow(connection, scope, vehicleId, at, start, taker)) {
                return;
            }
            for (StoredPosition position : PackedHour.unpack(hour.bytes)) {
                boolean asked =
                        position.deviceMillis() >= from.toEpochMilli() && position.deviceMillis() < to.toEpochMilli();
                if (asked && !taker.take(position)) {
                    return;
                }
            }
            at = start.plusMillis(Hours.MILLIS);
        }
        if (at.isBefore(to)) {
            eachRow(connection, scope, vehicleId, at, to, taker);
        }
    }

    /** Rows of the stretches between packed hours, which are short unless nothing is packed; a day at a time. */
    private static boolean eachRow(
            Connection connection, Scope scope, int vehicleId, Instant from, Instant to, Taker taker)
            throws SQLException {
        Instant at = from;
        while (at.isBefore(to)) {
            Instant end = at.plus(AT_A_TIME).isBefore(to) ? at.plus(AT_A_TIME) : to;
            for (StoredPosition position : rows(connection, scope, vehicleId, at, end, MOST_ROWS)) {
                if (!taker.take(position)) {
                    return false;
                }
            }
            at = end;
        }
        return true;
    }

    private static final class Packed {
        private final long hour;
        private final byte[] bytes;

        Packed(long hour, byte[] bytes) {
            this.hour = hour;
            this.bytes = bytes;
        }
    }

    private static List<Packed> packed(Connection connection, Scope scope, int vehicleId, Instant from, Instant to)
            throws SQLException {
        List<Packed> hours = new ArrayList<>();
        Timestamp first = Hours.start(Hours.of(from.toEpochMilli()));
        try (PreparedStatement query = prepare(
                connection,
                "select h.hour, h.packed from hw.position_hour_scoped h where h.vehicle_id = ? and h.hour >= ? and h.hour < ? and not h.stale",
                scope,
                "h",
                " order by h.hour",
                vehicleId,
                first,
                Timestamp.from(to))) {
            query.setFetchSize(FETCH);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    hours.add(new Packed(Hours.of(row.getTimestamp(1).getTime()), row.getBytes(2)));
                }
            }
        }
        return hours;
    }

    /** The same without packed hours: one range of the primary key, each row on a page of its own if the truck was one of many. */
    public static List<StoredPosition> rows(
            Connection connection, Scope scope, int vehicleId, Instant from, Instant to, int most) throws SQLException {
        List<StoredPosition> found = new ArrayList<>();
        try (PreparedStatement query = prepare(
                connection,
                rowsQuery(),
                scope,
                "p",
                " order by p.device_time, p.body_hash limit " + most,
                vehicleId,
                Timestamp.from(from),
                Timestamp.from(to))) {
            query.setFetchSize(FETCH);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(StoredPosition.of(row));
                }
            }
        }
        // The database orders hashes of the same second as signed numbers.
        found.sort(StoredPosition.ORDER);
        return found;
    }

    /** What {@link #rows} asks, without the companies, for who wants to know how the database answers it. */
    public static String rowsQuery() {
        return "select " + StoredPosition.COLUMNS
                + " from hw.position_scoped p where p.vehicle_id = ? and p.device_time >= ? and p.device_time < ?";
    }

    private static PreparedStatement prepare(
            Connection connection, String select, Scope scope, String alias, String end, Object... values)
            throws SQLException {
        boolean some = scope instanceof Scope.Companies;
        PreparedStatement query =
                connection.prepareStatement(select + (some ? " and " + alias + ".company_id = any (?)" : "") + end);
        try {
            query.setQueryTimeout(TIMEOUT_SECONDS);
            for (int i = 0; i < values.length; i++) {
                query.setObject(i + 1, values[i]);
            }
            if (scope instanceof Scope.Companies companies) {
                query.setArray(
                        values.length + 1,
                        connection.createArrayOf("int4", companies.ids().toArray()));
            }
            return query;
        } catch (SQLException | RuntimeException e) {
            query.close();
            throw e;
        }
    }
}

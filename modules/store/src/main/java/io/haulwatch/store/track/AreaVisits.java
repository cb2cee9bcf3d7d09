package io.haulwatch.store.track;

import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** Which trucks may have been in a rectangle: those whose packed hour reaches into it. Answered by one index. */
public final class AreaVisits {
    private static final int TIMEOUT_SECONDS = 20;
    private static final String VISITORS =
            "select distinct h.vehicle_id from hw.position_hour_scoped h where h.hour >= ? and h.hour < ? and h.min_lat <= ? "
                    + "and h.max_lat >= ? and h.min_lon <= ? and h.max_lon >= ?";

    private AreaVisits() {}

    /** A rectangle, 10⁻⁶ degrees WGS84, its edges included; it does not reach over 180°. */
    public record Box(int west, int south, int east, int north) {
        public Box {
            if (west > east || south > north) {
                throw new IllegalArgumentException("a rectangle from west to east and south to north: west=" + west
                        + ", south=" + south + ", east=" + east + ", north=" + north);
            }
        }

        /** Whether a place lies in it. */
        public boolean holds(int latitudeMicrodeg, int longitudeMicrodeg) {
            return latitudeMicrodeg >= south
                    && latitudeMicrodeg <= north
                    && longitudeMicrodeg >= west
                    && longitudeMicrodeg <= east;
        }
    }

    /**
     * Vehicles whose packed hours between {@code from} and {@code to} reach into the rectangle, at most {@code most}; among them some that passed
     * it by. Hours that were not packed yet are not known here: see {@link #packedBefore}.
     *
     * @param connection inside a transaction of the console's role with its scope set
     */
    public static Set<Integer> of(Connection connection, Scope scope, Box box, Instant from, Instant to, int most)
            throws SQLException {
        boolean some = scope instanceof Scope.Companies;
        Set<Integer> found = new TreeSet<>();
        try (PreparedStatement query = connection.prepareStatement(
                VISITORS + (some ? " and h.company_id = any (?)" : "") + " order by h.vehicle_id limit " + most)) {
            query.setQueryTimeout(TIMEOUT_SECONDS);
            query.setTimestamp(1, Hours.start(Hours.of(from.toEpochMilli())));
            query.setTimestamp(2, Timestamp.from(to));
            query.setInt(3, box.north());
            query.setInt(4, box.south());
            query.setInt(5, box.east());
            query.setInt(6, box.west());
            if (scope instanceof Scope.Companies companies) {
                query.setArray(
                        7, connection.createArrayOf("int4", companies.ids().toArray()));
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(row.getInt(1));
                }
            }
        }
        return found;
    }

    /** Hours from here on may not be packed at all. */
    public static Instant packedBefore(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("select packed_before from hw.position_hours_packed");
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getTimestamp(1).toInstant() : Instant.EPOCH;
        }
    }
}

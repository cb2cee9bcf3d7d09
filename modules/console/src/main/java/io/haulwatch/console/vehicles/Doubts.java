package io.haulwatch.console.vehicles;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.track.StoredPosition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Which of a vehicle's positions the rules did not believe when they came. */
public final class Doubts {
    /** Of one answer. */
    private static final int MOST = 100_000;

    private Doubts() {}

    /** Those from {@code from} until before {@code to}. */
    public static Set<StoredPosition.Key> read(
            Connection connection, Scope scope, int vehicleId, Instant from, Instant to) throws SQLException {
        Set<StoredPosition.Key> found = new HashSet<>();
        new SqlText("select device_time, body_hash from hw.doubt where true")
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ? and device_time >= ? and device_time < ?", vehicleId, from, to)
                .add("limit ?", MOST)
                .each(
                        connection,
                        row -> found.add(
                                new StoredPosition.Key(row.getTimestamp(1).getTime(), row.getLong(2))));
        return found;
    }
}

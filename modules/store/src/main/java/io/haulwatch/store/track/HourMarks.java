package io.haulwatch.store.track;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashSet;
import java.util.Set;

/** Marks hours that are packed already, or are about to be, when a row of theirs is stored. In the transaction that stores the row. */
public final class HourMarks {
    // Shared lock on the row: the packer moves the line only between two batches, so none stores behind it unseen.
    private static final String LINE =
            "select (extract(epoch from packed_before) * 1000)::bigint from hw.position_hours_packed for share";
    // A mark that stands already is held until the commit: the packer cannot take it and then read without the row
    // that is not committed yet. Both go by hour and vehicle, so that neither waits for the other in a circle.
    private static final String MARK = """
            insert into hw.position_hour_due as d (vehicle_id, hour)
            select vehicle_id, hour from unnest(?::integer[], ?::timestamptz[]) as n (vehicle_id, hour)
            order by hour, vehicle_id
            on conflict (vehicle_id, hour) do update set since = d.since""";

    private record Hour(int vehicleId, long number) {}

    private final Connection connection;
    private final Set<Hour> behind = new HashSet<>();
    private final long lineMillis;

    /** Holds the line until the transaction of {@code connection} ends. */
    public HourMarks(Connection connection) throws SQLException {
        this.connection = connection;
        try (PreparedStatement query = connection.prepareStatement(LINE);
                ResultSet row = query.executeQuery()) {
            lineMillis = row.next() ? row.getLong(1) : Long.MIN_VALUE;
        }
    }

    /** A row was inserted. */
    public void stored(int vehicleId, long deviceMillis) {
        if (deviceMillis < lineMillis) {
            behind.add(new Hour(vehicleId, Hours.of(deviceMillis)));
        }
    }

    /** Writes the marks. */
    public void write() throws SQLException {
        if (behind.isEmpty()) {
            return;
        }
        int[] vehicles = behind.stream().mapToInt(Hour::vehicleId).toArray();
        Timestamp[] hours =
                behind.stream().map(hour -> Hours.start(hour.number())).toArray(Timestamp[]::new);
        try (PreparedStatement mark = connection.prepareStatement(MARK)) {
            mark.setObject(1, vehicles);
            mark.setArray(2, connection.createArrayOf("timestamptz", hours));
            mark.executeUpdate();
        }
    }
}

package io.haulwatch.store.position;

import io.haulwatch.store.position.VehicleFigures.FinishedDay;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** Reads and writes what {@link VehicleFigures} holds, a whole batch a statement. */
final class FigureTables {
    private static final String LOAD = """
            select vehicle_id, (extract(epoch from highest_time) * 1000)::bigint, highest_hash, highest_lat, highest_lon,
                highest_speed, highest_usable
            from hw.vehicle_counter where vehicle_id = any (?) and highest_time is not null""";

    private static final String ADD_COUNTS = """
            insert into hw.vehicle_counter as c (vehicle_id, company_id, stored, late, duplicate, quarantined)
            select n.vehicle_id, coalesce(v.company_id, 0), n.late, n.late, n.duplicate, n.quarantined
            from unnest(?::integer[], ?::integer[], ?::integer[], ?::integer[]) as n (vehicle_id, late, duplicate, quarantined)
            left join hw.vehicle v using (vehicle_id)
            on conflict (vehicle_id) do update set stored = c.stored + excluded.stored, late = c.late + excluded.late,
                duplicate = c.duplicate + excluded.duplicate, quarantined = c.quarantined + excluded.quarantined""";

    private static final String FLUSH_HIGHEST = """
            insert into hw.vehicle_counter as c (vehicle_id, company_id, stored, highest_time, highest_hash, highest_lat,
                highest_lon, highest_speed, highest_usable)
            select n.vehicle_id, coalesce(v.company_id, 0), n.stored, timestamptz 'epoch' + n.millis * interval '1 ms', n.hash,
                n.lat, n.lon, n.speed, n.usable
            from unnest(?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::integer[], ?::integer[], ?::integer[],
                ?::boolean[]) as n (vehicle_id, stored, millis, hash, lat, lon, speed, usable)
            left join hw.vehicle v using (vehicle_id)
            on conflict (vehicle_id) do update set stored = c.stored + excluded.stored, highest_time = excluded.highest_time,
                highest_hash = excluded.highest_hash, highest_lat = excluded.highest_lat, highest_lon = excluded.highest_lon,
                highest_speed = excluded.highest_speed, highest_usable = excluded.highest_usable""";

    private static final String FLUSH_DAYS = """
            insert into hw.vehicle_day as d (vehicle_id, company_id, day, distance_mm, driving_ms, points)
            select n.vehicle_id, coalesce(v.company_id, 0), n.day, sum(n.distance_mm), sum(n.driving_ms), sum(n.points)
            from unnest(?::integer[], ?::date[], ?::bigint[], ?::bigint[], ?::integer[])
                as n (vehicle_id, day, distance_mm, driving_ms, points)
            left join hw.vehicle v using (vehicle_id)
            group by n.vehicle_id, v.company_id, n.day
            on conflict (vehicle_id, day) do update set distance_mm = d.distance_mm + excluded.distance_mm,
                driving_ms = d.driving_ms + excluded.driving_ms, points = d.points + excluded.points""";

    private final Connection connection;

    FigureTables(Connection connection) {
        this.connection = connection;
    }

    /** Reads the highest keys of vehicles that were not seen before. */
    void load(VehicleFigures figures) throws SQLException {
        int[] ids = figures.vehiclesToLoad();
        if (ids.length == 0) {
            return;
        }
        try (PreparedStatement query = connection.prepareStatement(LOAD)) {
            query.setObject(1, ids);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    int slot = figures.slot(found.getInt(1));
                    figures.highestMillis[slot] = found.getLong(2);
                    figures.highestHash[slot] = found.getLong(3);
                    figures.latitude[slot] = found.getInt(4);
                    figures.longitude[slot] = found.getInt(5);
                    figures.speed[slot] = found.getInt(6);
                    figures.usable[slot] = found.getBoolean(7);
                }
            }
        }
        figures.loadedAll();
    }

    /** Adds what the batch found late, repeated and in quarantine. */
    void addCounts(VehicleFigures figures) throws SQLException {
        int count = figures.touchedCount();
        if (count == 0) {
            return;
        }
        int[] vehicles = new int[count];
        int[] late = new int[count];
        int[] duplicate = new int[count];
        int[] quarantined = new int[count];
        for (int i = 0; i < count; i++) {
            int slot = figures.touchedSlot(i);
            vehicles[i] = figures.vehicles[slot];
            late[i] = figures.batchLate[slot];
            duplicate[i] = figures.batchDuplicate[slot];
            quarantined[i] = figures.batchQuarantined[slot];
        }
        try (PreparedStatement upsert = connection.prepareStatement(ADD_COUNTS)) {
            upsert.setObject(1, vehicles);
            upsert.setObject(2, late);
            upsert.setObject(3, duplicate);
            upsert.setObject(4, quarantined);
            upsert.executeUpdate();
        }
    }

    /** Writes highest keys and daily sums. */
    void flush(VehicleFigures figures) throws SQLException {
        flushHighest(figures);
        flushDays(figures.takeDays());
    }

    private void flushHighest(VehicleFigures figures) throws SQLException {
        int count = figures.dirtyCount();
        if (count == 0) {
            return;
        }
        int[] vehicles = new int[count];
        long[] stored = new long[count];
        long[] millis = new long[count];
        long[] hash = new long[count];
        int[] latitude = new int[count];
        int[] longitude = new int[count];
        int[] speed = new int[count];
        boolean[] usable = new boolean[count];
        for (int i = 0; i < count; i++) {
            int slot = figures.dirtySlot(i);
            vehicles[i] = figures.vehicles[slot];
            stored[i] = figures.stored[slot];
            millis[i] = figures.highestMillis[slot];
            hash[i] = figures.highestHash[slot];
            latitude[i] = figures.latitude[slot];
            longitude[i] = figures.longitude[slot];
            speed[i] = figures.speed[slot];
            usable[i] = figures.usable[slot];
        }
        try (PreparedStatement upsert = connection.prepareStatement(FLUSH_HIGHEST)) {
            upsert.setObject(1, vehicles);
            upsert.setObject(2, stored);
            upsert.setObject(3, millis);
            upsert.setObject(4, hash);
            upsert.setObject(5, latitude);
            upsert.setObject(6, longitude);
            upsert.setObject(7, speed);
            upsert.setObject(8, usable);
            upsert.executeUpdate();
        }
    }

    private void flushDays(List<FinishedDay> days) throws SQLException {
        if (days.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement(FLUSH_DAYS)) {
            upsert.setObject(1, days.stream().mapToInt(FinishedDay::vehicleId).toArray());
            upsert.setArray(
                    2,
                    connection.createArrayOf(
                            "date",
                            days.stream()
                                    .map(day -> Date.valueOf(LocalDate.ofEpochDay(day.epochDay())))
                                    .toArray()));
            upsert.setObject(
                    3, days.stream().mapToLong(FinishedDay::millimetres).toArray());
            upsert.setObject(
                    4, days.stream().mapToLong(FinishedDay::drivingMillis).toArray());
            upsert.setObject(5, days.stream().mapToInt(FinishedDay::points).toArray());
            upsert.executeUpdate();
        }
    }
}

package io.haulwatch.console.vehicles;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a vehicle was, as columns of equal length in device-time order.
 *
 * @param tMs device time, ms since 1970 UTC
 * @param lat 10⁻⁶ degrees WGS84
 * @param lon 10⁻⁶ degrees WGS84
 * @param speed 0.1 km/h
 * @param heading degrees clockwise from north
 * @param flags sum of {@link #DOUBTFUL}, {@link #BACKFILL}, {@link #LATE}
 * @param everyNth 1 for all positions; n when only each n-th is given because there were too many
 */
public record Track(
        @JsonProperty("t_ms") List<Long> tMs,
        List<Integer> lat,
        List<Integer> lon,
        List<Integer> speed,
        List<Integer> heading,
        List<Integer> flags,
        int everyNth) {
    /** The rules did not believe this fix, or the receiver had none. */
    public static final int DOUBTFUL = 1;
    /** Came in a blind-area upload. */
    public static final int BACKFILL = 2;
    /** Received more than ten minutes after its device time. */
    public static final int LATE = 4;

    /** Points of one answer. */
    public static final int MOST = 10_000;

    private static final Duration LATE_AFTER = Duration.ofMinutes(10);
    private static final int RECORD_BACKFILL = 2;
    private static final int STATUS_FIXED = 2;

    /** No point at all. */
    public static Track empty() {
        return new Track(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 1);
    }

    /** Reads the positions of a vehicle from {@code from} to {@code to}, both included, at most {@code most}. Places at 0/0 are left out. */
    public static Track read(Connection connection, Scope scope, int vehicleId, Instant from, Instant to, int most)
            throws SQLException {
        long count = new SqlText("select count(*) from hw.position_scoped p where true")
                .within(scope, "p.company_id = any (?)")
                .and("p.vehicle_id = ? and p.device_time >= ? and p.device_time <= ?", vehicleId, from, to)
                .and("p.lat <> 0 or p.lon <> 0")
                .first(connection, row -> row.getLong(1))
                .orElse(0L);
        int everyNth = (int) Math.max(1, (count + most - 1) / most);
        Track track = new Track(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                everyNth);
        new SqlText("""
                select q.* from (
                    select p.device_time, p.lat, p.lon, p.speed, p.heading, p.flags, p.status, p.receive_time,
                        d.vehicle_id is not null as doubtful, row_number() over (order by p.device_time, p.body_hash) as n
                    from hw.position_scoped p
                        left join hw.doubt d on d.vehicle_id = p.vehicle_id and d.device_time = p.device_time
                            and d.body_hash = p.body_hash
                    where true
                """)
                .within(scope, "p.company_id = any (?)")
                .and("p.vehicle_id = ? and p.device_time >= ? and p.device_time <= ?", vehicleId, from, to)
                .and("p.lat <> 0 or p.lon <> 0")
                .add(") q where (q.n - 1) % ? = 0 order by q.n limit ?", everyNth, most)
                .list(connection, row -> {
                    Instant device = row.getTimestamp(1).toInstant();
                    track.tMs.add(device.toEpochMilli());
                    track.lat.add(row.getInt(2));
                    track.lon.add(row.getInt(3));
                    track.speed.add(row.getInt(4));
                    track.heading.add(row.getInt(5));
                    boolean fixed = (row.getInt(7) & STATUS_FIXED) != 0;
                    boolean late = row.getTimestamp(8).toInstant().isAfter(device.plus(LATE_AFTER));
                    track.flags.add((row.getBoolean(9) || !fixed ? DOUBTFUL : 0)
                            | ((row.getInt(6) & RECORD_BACKFILL) != 0 ? BACKFILL : 0)
                            | (late ? LATE : 0));
                    return track;
                });
        return track;
    }
}

package io.haulwatch.console.wall;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.haulwatch.console.companies.Regions;
import io.haulwatch.console.companies.Regions.Region;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The SQL of the big screen. */
final class WallQueries {
    /** Slots of a local day in which alarms are counted. */
    static final int SLOTS = 144;

    private static final int SLOT_SECONDS = 600;
    private static final int USUAL_DAYS = 28;
    /** Fewer days say nothing about what is usual. */
    private static final int FEWEST_DAYS = 7;

    private static final int RATE_DAYS = 7;
    private static final double LEAST_KM = 1_000;
    private static final Duration SOON = Duration.ofMinutes(5);
    private static final int MOST_CRITICAL = 10;
    private static final int PLATE_SHOWN = 4;

    private static final String REAL =
            "state in ('open', 'closed', 'amended') and handling not in ('false', 'overturned')";

    private WallQueries() {}

    /** Kilometres of a day, all trucks together. */
    static double kilometres(Connection connection, Scope scope, LocalDate day) throws SQLException {
        return new SqlText("select coalesce(sum(distance_m), 0) from hw.vehicle_day where day = ?", day)
                .within(scope, "company_id = any (?)")
                .first(connection, row -> Math.round(row.getLong(1) / 100.0) / 10.0)
                .orElse(0.0);
    }

    /** What is usual in a slot: the middle half of the days before, and their median. */
    record Usual(double low, double middle, double high) {}

    /** Alarms of a local day by slots of ten minutes, and what is usual. @param usual empty with fewer than seven days */
    record Arrivals(List<Integer> today, List<Usual> usual) {}

    static Arrivals arrivals(Connection connection, Scope scope, Instant now) throws SQLException {
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        Instant start =
                today.minusDays(USUAL_DAYS).atStartOfDay(PaperState.ZONE).toInstant();
        Map<Integer, int[]> byDay = new TreeMap<>();
        new SqlText(
                        "select floor(extract(epoch from started_at - ?::timestamptz) / ?)::int, count(*) from hw.episode where started_at >= ? and started_at <= ?",
                        start,
                        SLOT_SECONDS,
                        start,
                        now)
                .and(REAL)
                .within(scope, "company_id = any (?)")
                .add("group by 1")
                .each(connection, row -> {
                    int slot = row.getInt(1);
                    byDay.computeIfAbsent(slot / SLOTS, day -> new int[SLOTS])[slot % SLOTS] = row.getInt(2);
                });
        int[] counted = byDay.getOrDefault(USUAL_DAYS, new int[SLOTS]);
        int passed = (int) Duration.between(today.atStartOfDay(PaperState.ZONE).toInstant(), now)
                        .toSeconds()
                / SLOT_SECONDS;
        List<Integer> current = new ArrayList<>();
        for (int slot = 0; slot <= passed; slot++) {
            current.add(counted[slot]);
        }
        byDay.remove(USUAL_DAYS);
        return new Arrivals(current, byDay.size() < FEWEST_DAYS ? List.of() : usual(byDay));
    }

    /** Days from the first with an alarm on; quiet ones among them count. */
    private static List<Usual> usual(Map<Integer, int[]> byDay) {
        int first = byDay.keySet().iterator().next();
        List<Usual> usual = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            int[] counts = new int[USUAL_DAYS - first];
            for (int day = first; day < USUAL_DAYS; day++) {
                int[] counted = byDay.get(day);
                counts[day - first] = counted == null ? 0 : counted[slot];
            }
            Arrays.sort(counts);
            usual.add(new Usual(part(counts, 0.25), part(counts, 0.5), part(counts, 0.75)));
        }
        return usual;
    }

    private static double part(int[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** Alarms that wait, by how their clock stands. */
    record Waiting(int severity, long inTime, long soon, long overdue) {}

    static List<Waiting> waiting(Connection connection, Scope scope, Instant now) throws SQLException {
        return new SqlText("""
                        select severity, count(*) filter (where due_at >= ?), count(*) filter (where due_at >= ? and due_at < ?),
                            count(*) filter (where due_at < ?)
                        from hw.episode where state in ('open', 'closed', 'amended') and handling in ('new', 'claimed', 'acting', 'waiting')
                        """, now.plus(SOON), now, now.plus(SOON), now)
                .within(scope, "company_id = any (?)")
                .add("group by severity order by severity desc")
                .list(connection, row -> new Waiting(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4)));
    }

    /** One of the newest critical alarms. @param plate masked: a wall hangs where everybody sees it */
    record Critical(String id, int vehicleId, String startedAt, String plate, String rule) {}

    static List<Critical> critical(Connection connection, Scope scope, Instant now) throws SQLException {
        return new SqlText("""
                        select e.episode_id, e.vehicle_id, e.started_at, v.plate, e.rule from hw.episode e
                            join hw.vehicle v on v.vehicle_id = e.vehicle_id
                        where e.severity = 4 and e.started_at >= ? and e.state in ('open', 'closed', 'amended')
                            and e.handling not in ('false', 'overturned')
                        """, now.minus(Duration.ofDays(1)))
                .within(scope, "e.company_id = any (?)")
                .add("order by e.started_at desc, e.episode_id limit ?", MOST_CRITICAL)
                .list(
                        connection,
                        row -> new Critical(
                                row.getString(1),
                                row.getInt(2),
                                Json.time(row.getTimestamp(3).toInstant()),
                                masked(row.getString(4)),
                                row.getString(5)));
    }

    static String masked(String plate) {
        return plate.length() <= PLATE_SHOWN ? plate : plate.substring(0, PLATE_SHOWN) + "***";
    }

    /** Alarms per 1,000 km of the companies registered in a province, last seven local days. */
    record Rate(
            String code,
            @Nullable Region region,
            @JsonProperty("per_1000km") double per1000km,
            double km) {}

    static List<Rate> rates(Connection connection, Scope scope, LocalDate today) throws SQLException {
        Map<String, Double> metres = new HashMap<>();
        new SqlText(
                        "select substr(c.adcode, 1, 2), sum(d.distance_m) from hw.vehicle_day d join hw.company c using (company_id) where d.day > ?",
                        today.minusDays(RATE_DAYS))
                .within(scope, "d.company_id = any (?)")
                .add("group by 1")
                .list(connection, row -> metres.put(row.getString(1), row.getDouble(2)));
        Map<String, Long> alarms = new HashMap<>();
        new SqlText(
                        "select substr(c.adcode, 1, 2), count(*) from hw.episode e join hw.company c using (company_id) where e.started_at >= ? and "
                                + "e.state in ('open', 'closed', 'amended') and e.handling not in ('false', 'overturned')",
                        today.minusDays(RATE_DAYS - 1L)
                                .atStartOfDay(PaperState.ZONE)
                                .toInstant())
                .within(scope, "e.company_id = any (?)")
                .add("group by 1")
                .list(connection, row -> alarms.put(row.getString(1), row.getLong(2)));
        List<Rate> rates = new ArrayList<>();
        metres.forEach((code, driven) -> {
            double km = driven / 1_000;
            if (km >= LEAST_KM) {
                rates.add(new Rate(
                        code,
                        Regions.of(code),
                        Math.round(alarms.getOrDefault(code, 0L) * 100_000.0 / km) / 100.0,
                        Math.round(km)));
            }
        });
        rates.sort(Comparator.comparingDouble((Rate rate) -> -rate.per1000km()).thenComparing(Rate::code));
        return rates;
    }
}

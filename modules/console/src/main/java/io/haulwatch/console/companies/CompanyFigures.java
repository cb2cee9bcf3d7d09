package io.haulwatch.console.companies;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.haulwatch.console.companies.CompanyScores.Score;
import io.haulwatch.console.companies.Regions.Region;
import io.haulwatch.console.live.FleetState;
import io.haulwatch.console.live.FleetState.Motion;
import io.haulwatch.console.sql.Recent;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The figures of every company in a scope, counted in the database and kept for each scope, because a list of hundreds of companies is asked for
 * again and again. Thread-safe.
 */
public final class CompanyFigures {
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final Duration SHOWN = Duration.ofMinutes(1);
    private static final int KM_DAYS = 7;
    /** A rate per 1,000 km of less than that says nothing: the first alarm of a small fleet would be its worst. */
    private static final double LEAST_KM = 1_000;

    private final CompanyScores scores;
    private final FleetState fleet;
    private final Recent<Scope, List<CompanyRow>> recent;

    /** @param workers count what has grown old */
    public CompanyFigures(
            ScopedDatabase database, CompanyScores scores, FleetState fleet, Executor workers, InstantSource clock) {
        this.scores = scores;
        this.fleet = fleet;
        this.recent = new Recent<>(
                KEPT,
                SHOWN,
                workers,
                clock,
                scope -> database.read(
                        scope, ScopedDatabase.NO_USER, connection -> count(connection, scope, clock.instant())));
    }

    /** All companies in the scope, in no order: ten seconds old, or a minute at most if nobody has asked meanwhile. */
    public List<CompanyRow> of(Scope scope) throws SQLException {
        return recent.of(scope);
    }

    private List<CompanyRow> count(Connection connection, Scope scope, Instant now) throws SQLException {
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        Map<Integer, Integer> drivers = new HashMap<>();
        new SqlText("select company_id, count(*) from hw.driver where retired_at is null")
                .within(scope, "company_id = any (?)")
                .add("group by company_id")
                .list(connection, row -> drivers.put(row.getInt(1), row.getInt(2)));
        Map<Integer, int[]> vehicles = new HashMap<>();
        new SqlText("select company_id, vehicle_id from hw.vehicle where retired_at is null")
                .within(scope, "company_id = any (?)")
                .list(connection, row -> {
                    int[] counts = vehicles.computeIfAbsent(row.getInt(1), key -> new int[2]);
                    counts[0]++;
                    Motion motion = fleet.motionOf(row.getInt(2));
                    if (motion == Motion.MOVING || motion == Motion.STOPPED) {
                        counts[1]++;
                    }
                    return counts;
                });
        Map<Integer, Integer> overdue = new HashMap<>();
        new SqlText("""
                select company_id, count(*) from (
                    select company_id, max(last_day) as last_day from hw.paper_counted_on(?)
                    where kind = any (?)
                """, today, PaperKind.CRITICAL)
                .within(scope, "company_id = any (?)")
                .add(
                        "group by company_id, owner_kind, owner_id, kind) best where last_day < ? group by company_id",
                        today)
                .list(connection, row -> overdue.put(row.getInt(1), row.getInt(2)));
        Map<Integer, Integer> waiting = new HashMap<>();
        new SqlText("select company_id, count(*) from hw.paper where review = 'pending' and effective_to > now()")
                .within(scope, "company_id = any (?)")
                .add("group by company_id")
                .list(connection, row -> waiting.put(row.getInt(1), row.getInt(2)));
        Map<Integer, Map<String, Long>> open = new HashMap<>();
        new SqlText("""
                select company_id, severity, count(*) from hw.episode
                where state in ('open', 'closed', 'amended') and handling in ('new', 'claimed', 'acting', 'waiting')
                """)
                .within(scope, "company_id = any (?)")
                .add("group by company_id, severity")
                .list(
                        connection,
                        row -> open.computeIfAbsent(row.getInt(1), key -> new TreeMap<>())
                                .put(Integer.toString(row.getInt(2)), row.getLong(3)));
        Map<Integer, Long> metres = new HashMap<>();
        new SqlText("select company_id, sum(distance_m) from hw.vehicle_day where day > ?", today.minusDays(KM_DAYS))
                .within(scope, "company_id = any (?)")
                .add("group by company_id")
                .list(connection, row -> metres.put(row.getInt(1), row.getLong(2)));
        Map<Integer, Score> scored = scores.newest(connection, scope);
        List<CompanyRow> rows = new ArrayList<>();
        new SqlText("select company_id, name, adcode from hw.company where retired_at is null")
                .within(scope, "company_id = any (?)")
                .list(connection, row -> {
                    int id = row.getInt(1);
                    int[] counts = vehicles.getOrDefault(id, new int[2]);
                    Map<String, Long> bySeverity = open.getOrDefault(id, Map.of());
                    long openAlarms = bySeverity.values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
                    double km = Math.round(metres.getOrDefault(id, 0L) / 100.0) / 10.0;
                    Score score = scored.getOrDefault(id, new Score(null, null));
                    return rows.add(new CompanyRow(
                            id,
                            row.getString(2),
                            row.getString(3),
                            Regions.of(row.getString(3)),
                            counts[0],
                            drivers.getOrDefault(id, 0),
                            counts[1],
                            overdue.getOrDefault(id, 0),
                            waiting.getOrDefault(id, 0),
                            openAlarms,
                            bySeverity,
                            km,
                            km < LEAST_KM ? null : Math.round(openAlarms * 100_000.0 / km) / 100.0,
                            score));
                });
        return List.copyOf(rows);
    }

    /**
     * A company with its figures.
     *
     * @param online trucks that are connected now
     * @param overdueCritical papers of the veto list that have run out, of the company, its trucks and its drivers
     * @param papersToReview papers that were entered and that nobody of the centre has looked at
     * @param openAlarms alarms that wait for somebody
     * @param km7d driven in the last seven local days
     * @param openPer1000km open alarms per 1,000 km of these days, null below 1,000 km
     */
    public record CompanyRow(
            int id,
            String name,
            String adcode,
            @Nullable Region region,
            int vehicles,
            int drivers,
            int online,
            int overdueCritical,
            int papersToReview,
            long openAlarms,
            Map<String, Long> openBySeverity,
            @JsonProperty("km_7d") double km7d,
            @JsonProperty("open_per_1000km") @Nullable Double openPer1000km,
            Score risk) {}
}

package io.haulwatch.analytics.kpi;

import io.haulwatch.analytics.kpi.KpiQueries.TruckDay;
import io.haulwatch.rules.kpi.AlarmCounts;
import io.haulwatch.rules.kpi.DayTrace;
import io.haulwatch.rules.kpi.KpiParameters;
import io.haulwatch.rules.kpi.SpeedingCount;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.store.track.TruckTrack;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Counts what the regulator's indicators are made of, for each truck and local day, from the stored positions and episodes. Whoever runs
 * the product calls {@link #run} now and then; each day is one transaction, so a reader sees a day as it was or as it is.
 */
public final class KpiJob {
    private static final int TRUCKS_AT_A_TIME = 100;
    /** The status bit of the engine, ACC. */
    private static final int STATUS_ENGINE = 1;

    private final DataSource writer;
    private final ScopedDatabase reader;
    private final KpiParameters parameters;
    private final InstantSource clock;

    /**
     * @param writer pool of the writer's role
     * @param reader of positions, which the writer's role does not see
     */
    public KpiJob(DataSource writer, ScopedDatabase reader, KpiParameters parameters, InstantSource clock) {
        this.writer = writer;
        this.reader = reader;
        this.parameters = parameters;
        this.clock = clock;
    }

    /**
     * Counts the days that are due and freezes what may not change any more.
     *
     * @param stop asked between hundreds of trucks; a day that was begun stays as it was then
     * @return days counted
     * @throws SQLException if the database does not answer; the days before stand then
     */
    public int run(BooleanSupplier stop) throws SQLException {
        sumMonths(stop);
        List<KpiDays.Due> due;
        try (Connection connection = writer.getConnection()) {
            KpiQueries queries = new KpiQueries(connection);
            due = KpiDays.due(queries.firstDay(), queries.days(), clock.instant());
        }
        int counted = 0;
        for (KpiDays.Due each : due) {
            if (!count(each, stop)) {
                return counted;
            }
            counted++;
        }
        inTransaction(queries -> queries.freezePeriods(clock.instant(), parameters.driftPoints()));
        return counted;
    }

    /** Months that were counted before there were sums of months. */
    private void sumMonths(BooleanSupplier stop) throws SQLException {
        List<LocalDate> months;
        try (Connection connection = writer.getConnection()) {
            months = new KpiQueries(connection).unsummed();
        }
        for (LocalDate month : months) {
            if (stop.getAsBoolean()) {
                return;
            }
            inTransaction(queries -> {
                queries.sumMonth(month, clock.instant(), parameters.driftPoints());
                return 1;
            });
        }
    }

    private boolean count(KpiDays.Due due, BooleanSupplier stop) throws SQLException {
        LocalDate day = due.day();
        Instant from = day.atStartOfDay(KpiDays.ZONE).toInstant();
        Instant to = day.plusDays(1).atStartOfDay(KpiDays.ZONE).toInstant();
        Instant now = clock.instant();
        List<int[]> trucks;
        Map<Integer, Integer> unreadable;
        Map<Integer, Integer> fatigue;
        Map<Integer, List<long[]>> speeding;
        Map<Integer, AlarmCounts> alarms;
        try (Connection connection = writer.getConnection()) {
            KpiQueries queries = new KpiQueries(connection);
            trucks = queries.trucks(from);
            unreadable = queries.unreadable(from, to);
            fatigue = queries.fatigueSeconds(from, to);
            speeding = queries.speeding(from, to);
            alarms = queries.alarms(from, to);
        }
        DayTrace trace = new DayTrace(parameters);
        List<TruckDay> rows = new ArrayList<>();
        for (int start = 0; start < trucks.size(); start += TRUCKS_AT_A_TIME) {
            if (stop.getAsBoolean()) {
                return false;
            }
            List<int[]> some = trucks.subList(start, Math.min(start + TRUCKS_AT_A_TIME, trucks.size()));
            reader.read(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
                for (int[] truck : some) {
                    int vehicleId = truck[0];
                    fold(connection, trace, vehicleId, from, to, unreadable.getOrDefault(vehicleId, 0));
                    TruckDay row = new TruckDay(
                            vehicleId,
                            truck[1],
                            trace.received(),
                            trace.qualified(),
                            trace.totalMetres(),
                            trace.gapMetres(),
                            trace.drifts(),
                            trace.offlineMoves(),
                            speedings(speeding.getOrDefault(vehicleId, List.of())),
                            fatigue.getOrDefault(vehicleId, 0),
                            alarms.getOrDefault(vehicleId, AlarmCounts.NONE));
                    if (!row.isEmpty()) {
                        rows.add(row);
                    }
                }
                return rows.size();
            });
        }
        inTransaction(queries -> {
            queries.store(day, rows, trucks.size(), now, due.freeze(), parameters.driftPoints());
            return rows.size();
        });
        return true;
    }

    private static void fold(
            Connection connection, DayTrace trace, int vehicleId, Instant from, Instant to, int unreadable)
            throws SQLException {
        trace.begin();
        trace.unreadable(unreadable);
        TruckTrack.each(connection, Scope.ALL, vehicleId, from, to, position -> {
            trace.position(
                    position.deviceMillis(),
                    position.latitudeMicrodeg(),
                    position.longitudeMicrodeg(),
                    position.altitudeMetres(),
                    position.speedDeciKmh(),
                    position.headingDeg(),
                    (position.status() & STATUS_ENGINE) != 0);
            return true;
        });
        trace.end();
    }

    private int speedings(List<long[]> stretches) {
        long[] starts = stretches.stream().mapToLong(stretch -> stretch[0]).toArray();
        long[] ends = stretches.stream().mapToLong(stretch -> stretch[1]).toArray();
        return SpeedingCount.count(starts, ends, parameters);
    }

    @FunctionalInterface
    private interface Work {
        int on(KpiQueries queries) throws SQLException;
    }

    private void inTransaction(Work work) throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.on(new KpiQueries(connection));
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}

package io.haulwatch.console.indicators;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.rules.kpi.AlarmCounts;
import io.haulwatch.rules.kpi.KpiParameters;
import io.haulwatch.rules.kpi.TruckFigures;
import io.haulwatch.rules.kpi.TruckFigures.Counts;
import io.haulwatch.store.kpi.TruckSums;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL of the indicators. */
public final class IndicatorQueries {
    /** A mean over fewer companies would tell one from another: {@code kpi.min_companies}. */
    private static final int FEWEST_COMPANIES = 5;

    private static final int PREFECTURE_DIGITS = 4;

    private static final String FROZEN = """
            select v.vehicle_id, v.company_id, v.entered, v.online_days, v.received, v.qualified, v.total_m, v.gap_m, v.drift_days,
                v.offline_moves, v.speedings, v.fatigue_s, v.due, v.handled, v.in_time, v.loops_due, v.looped, v.appeals, v.rejected
            from hw.kpi_period_vehicle v where v.period_id = ?""";

    private static final String SUMS = """
            select t.company_id, count(*), count(*) filter (where t.entered), count(*) filter (where t.online_days > 0), sum(t.received),
                sum(t.qualified), sum(t.total_m), sum(t.gap_m), count(*) filter (where t.drift_days > 0),
                count(*) filter (where t.offline_moves > 0), sum(t.speedings), sum(t.fatigue_s), sum(t.due), sum(t.handled), sum(t.in_time),
                sum(t.loops_due), sum(t.looped), sum(t.appeals), sum(t.rejected)
            from (""";

    // Sums that were made with the newest of the month's days, unless some of these lie behind the last one asked for.
    private static final String MONTH = """
            from hw.kpi_company_month
            where month = ? and counted_at >= (select max(counted_at) from hw.kpi_day where day >= ? and day < ?::date + interval '1 month')
                and not exists (select from hw.kpi_day where day > ? and date_trunc('month', day) = month)""";

    private static final String MONTH_SUMS = """
            select company_id, trucks, entered, online, received, qualified, total_m, gap_m, drifting, moved_offline, speedings, fatigue_s, due,
                handled, in_time, loops_due, looped, appeals, rejected
            """ + MONTH;

    private IndicatorQueries() {}

    /** A company in the question. */
    record Company(int id, String name, String adcode) {}

    /** Companies that somebody sees and asks for, by id; without those that no truck belongs to any more. */
    static Map<Integer, Company> companies(Connection connection, Scope scope, Asked asked) throws SQLException {
        Map<Integer, Company> found = new LinkedHashMap<>();
        new SqlText("select company_id, name, adcode from hw.company where company_id > 0")
                .within(scope, "company_id = any (?)")
                .add("order by company_id")
                .each(connection, row -> {
                    Company company = new Company(row.getInt(1), row.getString(2), row.getString(3));
                    if (asked.takes(company.id, company.adcode)) {
                        found.put(company.id, company);
                    }
                });
        return found;
    }

    private static SqlText trucks(Scope scope, Asked asked, Set<Integer> companies) {
        SqlText sql = asked.periodId() == null
                ? new SqlText(
                        TruckSums.OF_DAYS,
                        asked.last(),
                        KpiParameters.STANDARD.driftPoints(),
                        asked.first(),
                        asked.last(),
                        asked.last().atStartOfDay(PaperState.ZONE).toInstant())
                : new SqlText(FROZEN, asked.periodId());
        sql.within(scope, "v.company_id = any (?)").and("v.company_id = any (?)", companies);
        return asked.periodId() == null ? sql.add(TruckSums.GROUPS) : sql;
    }

    /** Whether the answer is there: of a frozen period, of a month whose sums are made, or of days of which none is counted yet. */
    static boolean isSummed(Connection connection, Scope scope, Asked asked) throws SQLException {
        if (asked.periodId() != null
                || counted(connection, asked.first(), asked.last()).days() == 0) {
            return true;
        }
        if (!asked.isMonth()) {
            return false;
        }
        return new SqlText("select 1 " + MONTH, asked.first(), asked.first(), asked.first(), asked.last())
                .within(scope, "company_id = any (?)")
                .add("limit 1")
                .first(connection, row -> row.getInt(1))
                .isPresent();
    }

    /** What was counted, by company. */
    static Map<Integer, Counts> sums(Connection connection, Scope scope, Asked asked, Set<Integer> companies)
            throws SQLException {
        Map<Integer, Counts> found = new HashMap<>();
        if (asked.periodId() == null && asked.isMonth()) {
            new SqlText(MONTH_SUMS, asked.first(), asked.first(), asked.first(), asked.last())
                    .within(scope, "company_id = any (?)")
                    .and("company_id = any (?)", companies)
                    .list(connection, row -> found.put(row.getInt(1), counts(row)));
            if (!found.isEmpty()) {
                return found;
            }
        }
        trucks(scope, asked, companies)
                .around(SUMS, ") t group by t.company_id")
                .list(connection, row -> found.put(row.getInt(1), counts(row)));
        return found;
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return new Counts(
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getDouble(7),
                row.getDouble(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                new AlarmCounts(
                        row.getLong(13),
                        row.getLong(14),
                        row.getLong(15),
                        row.getLong(16),
                        row.getLong(17),
                        row.getLong(18),
                        row.getLong(19)));
    }

    /** A truck's figures. */
    record Truck(int id, int companyId, TruckFigures figures) {}

    static List<Truck> trucks(Connection connection, Scope scope, Asked asked, int companyId) throws SQLException {
        return trucks(scope, asked, Set.of(companyId)).list(connection, IndicatorQueries::truck);
    }

    private static Truck truck(ResultSet row) throws SQLException {
        return new Truck(
                row.getInt("vehicle_id"),
                row.getInt("company_id"),
                new TruckFigures(
                        row.getBoolean("entered"),
                        row.getInt("online_days"),
                        row.getLong("received"),
                        row.getLong("qualified"),
                        row.getDouble("total_m"),
                        row.getDouble("gap_m"),
                        row.getInt("drift_days"),
                        row.getInt("offline_moves"),
                        row.getInt("speedings"),
                        row.getLong("fatigue_s"),
                        new AlarmCounts(
                                row.getLong("due"),
                                row.getLong("handled"),
                                row.getLong("in_time"),
                                row.getLong("loops_due"),
                                row.getLong("looped"),
                                row.getLong("appeals"),
                                row.getLong("rejected"))));
    }

    /** Plates by truck, also of those that left service. */
    static Map<Integer, String> plates(Connection connection, Scope scope, int companyId) throws SQLException {
        Map<Integer, String> plates = new HashMap<>();
        new SqlText("select vehicle_id, plate from hw.vehicle where true")
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .list(connection, row -> plates.put(row.getInt(1), row.getString(2)));
        return plates;
    }

    /** A truck's day, with whether it is frozen. */
    record Day(
            String day,
            int received,
            int qualified,
            double totalKm,
            double gapKm,
            int drifts,
            int offlineMoves,
            int speedings,
            int fatigueS,
            int due,
            int handled,
            int inTime,
            int loopsDue,
            int looped,
            int appeals,
            int rejected,
            boolean frozen) {}

    static List<Day> days(Connection connection, Scope scope, int vehicleId, LocalDate first, LocalDate last)
            throws SQLException {
        return new SqlText("""
                        select v.day, v.received, v.qualified, v.total_m, v.gap_m, v.drifts, v.offline_moves, v.speedings, v.fatigue_s,
                            v.due, v.handled, v.in_time, v.loops_due, v.looped, v.appeals, v.rejected, d.frozen_at is not null
                        from hw.kpi_vehicle_day v join hw.kpi_day d using (day) where v.day between ? and ?
                        """, first, last)
                .within(scope, "v.company_id = any (?)")
                .and("v.vehicle_id = ?", vehicleId)
                .add("order by v.day")
                .list(
                        connection,
                        row -> new Day(
                                row.getString(1),
                                row.getInt(2),
                                row.getInt(3),
                                kilometres(row.getDouble(4)),
                                kilometres(row.getDouble(5)),
                                row.getInt(6),
                                row.getInt(7),
                                row.getInt(8),
                                row.getInt(9),
                                row.getInt(10),
                                row.getInt(11),
                                row.getInt(12),
                                row.getInt(13),
                                row.getInt(14),
                                row.getInt(15),
                                row.getInt(16),
                                row.getBoolean(17)));
    }

    private static double kilometres(double metres) {
        return Math.round(metres / 100) / 10.0;
    }

    /** How far days are counted: all, and of them frozen; and when the last one was. */
    record Counted(int days, int frozen, @Nullable Instant at) {}

    static Counted counted(Connection connection, LocalDate first, LocalDate last) throws SQLException {
        return new SqlText(
                        "select count(*), count(frozen_at), max(counted_at) from hw.kpi_day where day between ? and ?",
                        first,
                        last)
                .first(
                        connection,
                        row -> new Counted(
                                row.getInt(1),
                                row.getInt(2),
                                row.getTimestamp(3) == null
                                        ? null
                                        : row.getTimestamp(3).toInstant()))
                .orElseThrow();
    }

    /** A period that was frozen, or waits to be. @param madeAt null while its days are counted again */
    public record Period(
            int id,
            String firstDay,
            String lastDay,
            int version,
            String formula,
            String askedAt,
            @Nullable String askedBy,
            String reason,
            @Nullable String madeAt) {}

    private static final String PERIODS = """
            select p.period_id, p.first_day, p.last_day, p.version, p.formula, p.asked_at, u.display_name, p.reason, p.made_at
            from hw.kpi_period p left join hw.app_user u on u.user_id = p.asked_by where true""";

    static List<Period> periods(Connection connection, int most) throws SQLException {
        return new SqlText(PERIODS)
                .add("order by p.first_day desc, p.version desc limit ?", most)
                .list(connection, IndicatorQueries::period);
    }

    static Optional<Period> period(Connection connection, int id) throws SQLException {
        return new SqlText(PERIODS).and("p.period_id = ?", id).first(connection, IndicatorQueries::period);
    }

    /** The newest version of a period that has been made. */
    static Optional<Period> newest(Connection connection, LocalDate first, LocalDate last) throws SQLException {
        return new SqlText(PERIODS)
                .and("p.first_day = ? and p.last_day = ? and p.made_at is not null", first, last)
                .add("order by p.version desc limit 1")
                .first(connection, IndicatorQueries::period);
    }

    private static Period period(ResultSet row) throws SQLException {
        return new Period(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                Json.time(row.getTimestamp(6).toInstant()),
                row.getString(7),
                row.getString(8),
                row.getTimestamp(9) == null
                        ? null
                        : Json.time(row.getTimestamp(9).toInstant()));
    }

    /** Means that a company is held against. */
    record Means(
            @Nullable Double speeding,
            @Nullable Double fatigueHours,
            @Nullable String month,
            int companies) {
        static final Means NONE = new Means(null, null, null, 0);
    }

    /** Of the prefecture and month, or of the newest month before that has enough companies. */
    static Means means(Connection connection, String adcode, LocalDate month) throws SQLException {
        if (adcode.length() < PREFECTURE_DIGITS) {
            return Means.NONE;
        }
        return new SqlText(
                        "select month, companies, online, speedings, fatigue_s from hw.kpi_region_month where adcode = ? and month <= ?",
                        adcode.substring(0, PREFECTURE_DIGITS),
                        month.withDayOfMonth(1))
                .and("companies >= ?", FEWEST_COMPANIES)
                .add("order by month desc limit 1")
                .first(connection, row -> {
                    double online = row.getDouble(3);
                    return online == 0
                            ? Means.NONE
                            : new Means(
                                    row.getDouble(4) / online,
                                    row.getDouble(5) / 3_600 / online,
                                    row.getString(1),
                                    row.getInt(2));
                })
                .orElse(Means.NONE);
    }

    /** Asks for a period once more: its days are counted again, and it gets its next version. @return its id */
    static int again(
            Connection connection,
            LocalDate first,
            LocalDate last,
            String formula,
            int userId,
            String reason,
            Instant now)
            throws SQLException {
        new SqlText("update hw.kpi_day set frozen_at = null where day between ? and ?", first, last).run(connection);
        return new SqlText("""
                        insert into hw.kpi_period (first_day, last_day, version, formula, asked_at, asked_by, reason)
                        select ?, ?, coalesce(max(version), 0) + 1, ?, ?, ?, ? from hw.kpi_period where first_day = ? and last_day = ?
                        returning period_id""", first, last, formula, now, userId, reason, first, last)
                .first(connection, row -> row.getInt(1))
                .orElseThrow();
    }

    /** Whether a period of these days waits to be made. */
    static boolean waits(Connection connection, LocalDate first, LocalDate last) throws SQLException {
        return new SqlText(
                        "select 1 from hw.kpi_period where made_at is null and first_day <= ? and last_day >= ?",
                        last,
                        first)
                .first(connection, row -> row.getInt(1))
                .isPresent();
    }
}

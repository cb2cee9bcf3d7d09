package io.haulwatch.console.reports;

import io.haulwatch.console.reports.MonthlyReport.Month;
import io.haulwatch.console.reports.MonthlyReport.Why;
import io.haulwatch.console.reports.MonthlyReport.WorstDriver;
import io.haulwatch.console.reports.MonthlyReport.WorstTruck;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.risk.DrivingAlarms;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a report adds up from a month's alarms, and from half a year of days: the dear part of it, for thousands of trucks. */
record ReportSums(List<WorstDriver> drivers, List<WorstTruck> trucks, List<Month> months) {
    private static final int WORST = 5;
    private static final int MONTHS = 6;

    ReportSums {
        drivers = List.copyOf(drivers);
        trucks = List.copyOf(trucks);
        months = List.copyOf(months);
    }

    static ReportSums read(Connection connection, Scope scope, int companyId, YearMonth month) throws SQLException {
        MonthSpan span = MonthSpan.of(1, month);
        return new ReportSums(
                drivers(connection, scope, companyId, span),
                trucks(connection, scope, companyId, span),
                months(connection, scope, companyId, month));
    }

    /** Whom alarms are of, and the words for it. */
    private record Ranked(int id, String label, int points, int alarms, int severity) {}

    private static List<Ranked> ranked(
            Connection connection, Scope scope, int companyId, MonthSpan span, String column, String label)
            throws SQLException {
        return new SqlText(
                        "select r.id, " + label + """
                , r.points, r.alarms, r.severity from (select id, sum(least(points, 30)) as points, sum(alarms) as alarms,
                    max(severity) as severity from (
                select %s as id, (started_at at time zone 'Asia/Shanghai')::date as day, count(*) as alarms, max(severity) as severity,
                    sum(%s) as points
                from hw.episode where
                """.formatted(column, DrivingAlarms.POINTS) + DrivingAlarms.COUNTED)
                .within(scope, "company_id = any (?)")
                .and(
                        "company_id = ? and started_at >= ? and started_at < ? and " + column + " is not null",
                        companyId,
                        span.from(),
                        span.to())
                .add(
                        "group by 1, 2) a group by id) r left join hw.vehicle v on v.vehicle_id = r.id"
                                + " left join hw.driver d on d.driver_id = r.id order by r.points desc, r.alarms desc, r.id limit ?",
                        WORST)
                .list(connection, row -> {
                    String named = row.getString(2);
                    return new Ranked(
                            row.getInt(1), named == null ? "" : named, row.getInt(3), row.getInt(4), row.getInt(5));
                });
    }

    private static Map<Integer, Map<String, Integer>> byRule(
            Connection connection, Scope scope, int companyId, MonthSpan span, String column, List<Ranked> ranked)
            throws SQLException {
        Map<Integer, Map<String, Integer>> found = new HashMap<>();
        if (ranked.isEmpty()) {
            return found;
        }
        new SqlText("select " + column + ", rule, count(*) from hw.episode where " + DrivingAlarms.COUNTED)
                .within(scope, "company_id = any (?)")
                .and("company_id = ? and started_at >= ? and started_at < ?", companyId, span.from(), span.to())
                .and(column + " = any (?)", ranked.stream().map(Ranked::id).collect(Collectors.toSet()))
                .add("group by 1, 2 order by 3 desc, 2")
                .each(
                        connection,
                        row -> found.computeIfAbsent(row.getInt(1), id -> new LinkedHashMap<>())
                                .put(row.getString(2), row.getInt(3)));
        return found;
    }

    private static Why why(Ranked of, Map<Integer, Map<String, Integer>> byRule) {
        return new Why(of.points, of.alarms, of.severity, byRule.getOrDefault(of.id, Map.of()));
    }

    private static List<WorstDriver> drivers(Connection connection, Scope scope, int companyId, MonthSpan span)
            throws SQLException {
        List<Ranked> ranked = ranked(connection, scope, companyId, span, "driver_id", "d.name");
        var byRule = byRule(connection, scope, companyId, span, "driver_id", ranked);
        return ranked.stream()
                .map(each -> new WorstDriver(each.id, each.label, why(each, byRule)))
                .toList();
    }

    private static List<WorstTruck> trucks(Connection connection, Scope scope, int companyId, MonthSpan span)
            throws SQLException {
        List<Ranked> ranked = ranked(connection, scope, companyId, span, "vehicle_id", "v.plate");
        var byRule = byRule(connection, scope, companyId, span, "vehicle_id", ranked);
        Map<Integer, Double> km = new HashMap<>();
        if (ranked.isEmpty()) {
            return List.of();
        }
        new SqlText(
                        "select vehicle_id, sum(distance_m) / 1000.0 from hw.vehicle_day where day >= ? and day < ?",
                        span.first(),
                        span.end())
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = any (?)", ranked.stream().map(Ranked::id).collect(Collectors.toSet()))
                .add("group by 1")
                .each(connection, row -> km.put(row.getInt(1), row.getDouble(2)));
        return ranked.stream()
                .map(each -> {
                    double driven = tenths(km.getOrDefault(each.id, 0.0));
                    return new WorstTruck(each.id, each.label, driven, per1000(each.points, driven), why(each, byRule));
                })
                .toList();
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static @Nullable Double per1000(int count, double km) {
        return km <= 0 ? null : (Double) tenths(count * 1_000 / km);
    }

    private static List<Month> months(Connection connection, Scope scope, int companyId, YearMonth month)
            throws SQLException {
        MonthSpan span = MonthSpan.of(MONTHS, month);
        Map<String, Integer> alarms = new HashMap<>();
        new SqlText(
                        "select to_char(started_at at time zone 'Asia/Shanghai', 'YYYY-MM'), count(*) from hw.episode where "
                                + DrivingAlarms.COUNTED)
                .within(scope, "company_id = any (?)")
                .and("company_id = ? and started_at >= ? and started_at < ?", companyId, span.from(), span.to())
                .add("group by 1")
                .each(connection, row -> alarms.put(row.getString(1), row.getInt(2)));
        Map<String, Double> km = new HashMap<>();
        new SqlText(
                        "select to_char(month, 'YYYY-MM'), km from (select date_trunc('month', day) as month, sum(distance_m) / 1000.0 as km"
                                + " from hw.vehicle_day where day >= ? and day < ?",
                        span.first(),
                        span.end())
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .add("group by 1) sums")
                .each(connection, row -> km.put(row.getString(1), row.getDouble(2)));
        Map<String, Double> scores = new HashMap<>();
        new SqlText(
                        "select distinct on (1) to_char(as_of at time zone 'Asia/Shanghai', 'YYYY-MM'), score from hw.company_risk where score is not null")
                .within(scope, "company_id = any (?)")
                .and("company_id = ? and as_of >= ? and as_of < ?", companyId, span.from(), span.to())
                .add("order by 1, as_of desc")
                .each(connection, row -> scores.put(row.getString(1), row.getDouble(2)));
        List<Month> months = new ArrayList<>();
        for (int back = MONTHS - 1; back >= 0; back--) {
            String name = month.minusMonths(back).toString();
            int counted = alarms.getOrDefault(name, 0);
            double driven = tenths(km.getOrDefault(name, 0.0));
            months.add(new Month(name, counted, driven, per1000(counted, driven), scores.get(name)));
        }
        return months;
    }
}

package io.haulwatch.console.reports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.companies.CompanyScores;
import io.haulwatch.console.companies.CompanyScores.Explained;
import io.haulwatch.console.companies.DutyQueries;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.indicators.IndicatorFigures;
import io.haulwatch.console.reports.MonthlyReport.Company;
import io.haulwatch.console.reports.MonthlyReport.Done;
import io.haulwatch.console.reports.MonthlyReport.Month;
import io.haulwatch.console.reports.MonthlyReport.Open;
import io.haulwatch.console.reports.MonthlyReport.Overdue;
import io.haulwatch.console.reports.MonthlyReport.Risk;
import io.haulwatch.console.reports.MonthlyReport.Why;
import io.haulwatch.console.reports.MonthlyReport.WorstDriver;
import io.haulwatch.console.reports.MonthlyReport.WorstTruck;
import io.haulwatch.console.risk.DrivingAlarms;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts a company's month together. */
final class ReportReader {
    private static final int WORST = 5;
    private static final int MOST_OVERDUE = 40;

    private final CompanyScores scores;
    private final DutyQueries duties;
    private final ObjectMapper json;

    ReportReader(CompanyScores scores, DutyQueries duties, ObjectMapper json) {
        this.duties = duties;
        this.scores = scores;
        this.json = json;
    }

    /** @throws Refusal if the company may not be seen, or the month has not begun */
    MonthlyReport read(Connection connection, Scope scope, int companyId, YearMonth month, MonthSums sums, Instant now)
            throws SQLException {
        Company company = company(connection, scope, companyId);
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        LocalDate first = month.atDay(1);
        if (first.isAfter(today)) {
            throw Refusal.ruleBroken("month-not-begun", "This month has not begun: month=" + month + ".");
        }
        LocalDate lastDay = month.atEndOfMonth().isAfter(today) ? today : month.atEndOfMonth();
        Span span = new Span(first, first.plusMonths(1));
        IndicatorFigures figures = IndicatorFigures.ofMonth(connection, scope, companyId, first, now);
        Explained explained = scores.explained(connection, scope, companyId, span.from(), span.to())
                .orElse(null);
        return new MonthlyReport(
                company,
                month.toString(),
                state(figures, month, today),
                today.toString(),
                figures,
                risk(explained),
                drivers(connection, scope, companyId, span),
                trucks(connection, scope, companyId, span),
                done(connection, scope, companyId, span),
                open(connection, scope, companyId, today, now),
                months(connection, scope, companyId, month, sums),
                scores.weeks(
                        connection,
                        scope,
                        companyId,
                        explained == null
                                ? ""
                                : explained.parts().path("size_class").asText(""),
                        lastDay));
    }

    /** Local days, the last one excluded. */
    private record Span(LocalDate first, LocalDate end) {
        Instant from() {
            return first.atStartOfDay(PaperState.ZONE).toInstant();
        }

        Instant to() {
            return end.atStartOfDay(PaperState.ZONE).toInstant();
        }
    }

    static String state(IndicatorFigures figures, YearMonth month, LocalDate today) {
        if (figures.daysCounted() == 0) {
            return "none";
        }
        if (!month.atEndOfMonth().isBefore(today)) {
            return "running";
        }
        return figures.state().equals("frozen") ? "final" : "provisional";
    }

    private static Company company(Connection connection, Scope scope, int companyId) throws SQLException {
        return new SqlText("""
                select c.company_id, c.name, c.adcode,
                    (select count(*) from hw.vehicle v where v.company_id = c.company_id and v.retired_at is null),
                    (select count(*) from hw.driver d where d.company_id = c.company_id and d.retired_at is null)
                from hw.company c where c.company_id > 0
                """)
                .within(scope, "c.company_id = any (?)")
                .and("c.company_id = ?", companyId)
                .first(
                        connection,
                        row -> new Company(
                                row.getInt(1), row.getString(2), row.getString(3), row.getInt(4), row.getInt(5)))
                .orElseThrow(() -> Refusal.notFound(
                        "There is no such company among those that you may see: id=" + companyId + "."));
    }

    private @Nullable Risk risk(@Nullable Explained explained) {
        if (explained == null) {
            return null;
        }
        JsonNode stored = explained.parts();
        return new Risk(
                explained.asOf(),
                explained.score(),
                explained.band(),
                explained.formulaVersion(),
                list(stored.isArray() ? stored : stored.path("parts")),
                list(stored.path("missing")),
                list(stored.path("veto")));
    }

    private JsonNode list(JsonNode node) {
        return node.isArray() ? node : json.createArrayNode();
    }

    /** Whom alarms are of, and the words for it. */
    private record Ranked(int id, String label, int points, int alarms, int severity) {}

    private static List<Ranked> ranked(
            Connection connection, Scope scope, int companyId, Span span, String column, String label)
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
            Connection connection, Scope scope, int companyId, Span span, String column, List<Ranked> ranked)
            throws SQLException {
        Map<Integer, Map<String, Integer>> found = new HashMap<>();
        if (ranked.isEmpty()) {
            return found;
        }
        new SqlText("select " + column + ", rule, count(*) from hw.episode where " + DrivingAlarms.COUNTED)
                .within(scope, "company_id = any (?)")
                .and("company_id = ? and started_at >= ? and started_at < ?", companyId, span.from(), span.to())
                .and(
                        column + " = any (?)",
                        ranked.stream().map(Ranked::id).collect(java.util.stream.Collectors.toSet()))
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

    private static List<WorstDriver> drivers(Connection connection, Scope scope, int companyId, Span span)
            throws SQLException {
        List<Ranked> ranked = ranked(connection, scope, companyId, span, "driver_id", "d.name");
        var byRule = byRule(connection, scope, companyId, span, "driver_id", ranked);
        return ranked.stream()
                .map(each -> new WorstDriver(each.id, each.label, why(each, byRule)))
                .toList();
    }

    private static List<WorstTruck> trucks(Connection connection, Scope scope, int companyId, Span span)
            throws SQLException {
        List<Ranked> ranked = ranked(connection, scope, companyId, span, "vehicle_id", "v.plate");
        var byRule = byRule(connection, scope, companyId, span, "vehicle_id", ranked);
        Map<Integer, Double> km = new HashMap<>();
        if (ranked.isEmpty()) {
            return List.of();
        }
        new SqlText(
                        "select vehicle_id, sum(distance_m) / 1000.0 from hw.vehicle_day where day >= ? and day < ?",
                        span.first,
                        span.end)
                .within(scope, "company_id = any (?)")
                .and(
                        "vehicle_id = any (?)",
                        ranked.stream().map(Ranked::id).collect(java.util.stream.Collectors.toSet()))
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

    private static Done done(Connection connection, Scope scope, int companyId, Span span) throws SQLException {
        Map<String, Integer> severities = new TreeMap<>();
        Map<String, Integer> handlings = new TreeMap<>();
        new SqlText("""
                select severity, handling, count(*) from hw.episode where state not in ('prewarned', 'withdrawn')
                    and ended_by is distinct from 'joined'
                """)
                .within(scope, "company_id = any (?)")
                .and("company_id = ? and started_at >= ? and started_at < ?", companyId, span.from(), span.to())
                .add("group by 1, 2")
                .each(connection, row -> {
                    severities.merge(row.getString(1), row.getInt(3), Integer::sum);
                    handlings.merge(row.getString(2), row.getInt(3), Integer::sum);
                });
        Map<String, Integer> papers = new LinkedHashMap<>();
        new SqlText("select kind, count(*) from hw.paper where corrects is null")
                .within(scope, "company_id = any (?)")
                .and("company_id = ? and created_at >= ? and created_at < ?", companyId, span.from(), span.to())
                .add("group by 1 order by 2 desc, 1")
                .each(connection, row -> papers.put(row.getString(1), row.getInt(2)));
        int[] notices = counts(
                connection,
                new SqlText(
                                "select count(*), count(answered_at), count(*) filter (where answered_at <= due_at) from hw.notice where true")
                        .within(scope, "company_id = any (?)")
                        .and("company_id = ? and sent_at >= ? and sent_at < ?", companyId, span.from(), span.to()),
                3);
        int[] cases = counts(
                connection,
                new SqlText(
                                "select count(*) filter (where opened_at >= ? and opened_at < ?),"
                                        + " count(*) filter (where closed_at >= ? and closed_at < ?) from hw.safety_case where true",
                                span.from(),
                                span.to(),
                                span.from(),
                                span.to())
                        .within(scope, "company_id = any (?)")
                        .and("company_id = ?", companyId),
                2);
        int[] appeals = counts(
                connection,
                new SqlText("select count(*), count(*) filter (where accepted) from hw.appeal where true")
                        .within(scope, "company_id = any (?)")
                        .and(
                                "company_id = ? and appealed_at >= ? and appealed_at < ?",
                                companyId,
                                span.from(),
                                span.to()),
                2);
        int[] hazards = counts(
                connection,
                new SqlText(
                                "select count(*) filter (where found_on >= ? and found_on < ?), count(*) filter (where rectified_on >= ? and"
                                        + " rectified_on < ?), count(*) filter (where closed_on >= ? and closed_on < ?) from hw.hazard where true",
                                span.first,
                                span.end,
                                span.first,
                                span.end,
                                span.first,
                                span.end)
                        .within(scope, "company_id = any (?)")
                        .and("company_id = ?", companyId),
                3);
        int[] services = counts(
                connection,
                new SqlText("select count(*) from hw.maintenance_record where true")
                        .within(scope, "company_id = any (?)")
                        .and("company_id = ? and done_on >= ? and done_on < ?", companyId, span.first, span.end),
                1);
        int[] accidents = counts(
                connection,
                new SqlText(
                                "select count(*), coalesce(sum(deaths), 0), coalesce(sum(injured), 0) from hw.accident where true")
                        .within(scope, "company_id = any (?)")
                        .and(
                                "company_id = ? and happened_on >= ? and happened_on < ?",
                                companyId,
                                span.first,
                                span.end),
                3);
        double[] hours = {0};
        int[] trained = {0};
        new SqlText("select count(distinct driver_id), coalesce(sum(hours), 0) from hw.training_record where true")
                .within(scope, "company_id = any (?)")
                .and("company_id = ? and held_on >= ? and held_on < ?", companyId, span.first, span.end)
                .each(connection, row -> {
                    trained[0] = row.getInt(1);
                    hours[0] = row.getDouble(2);
                });
        return new Done(
                severities,
                handlings,
                notices[0],
                notices[1],
                notices[2],
                cases[0],
                cases[1],
                appeals[0],
                appeals[1],
                hazards[0],
                hazards[1],
                hazards[2],
                papers,
                services[0],
                trained[0],
                hours[0],
                accidents[0],
                accidents[1],
                accidents[2]);
    }

    private static int[] counts(Connection connection, SqlText sql, int columns) throws SQLException {
        return sql.first(connection, row -> numbers(row, columns)).orElseThrow();
    }

    private static int[] numbers(ResultSet row, int columns) throws SQLException {
        int[] numbers = new int[columns];
        for (int i = 0; i < columns; i++) {
            numbers[i] = row.getInt(i + 1);
        }
        return numbers;
    }

    private Open open(Connection connection, Scope scope, int companyId, LocalDate today, Instant now)
            throws SQLException {
        int[] alarms = counts(
                connection,
                new SqlText("select count(*) from hw.episode where state in ('open', 'closed', 'amended')"
                                + " and handling in ('new', 'claimed', 'acting', 'waiting')")
                        .within(scope, "company_id = any (?)")
                        .and("company_id = ?", companyId),
                1);
        int[] notices = counts(
                connection,
                new SqlText(
                                "select count(*), count(*) filter (where due_at < ?) from hw.notice where answered_at is null",
                                now)
                        .within(scope, "company_id = any (?)")
                        .and("company_id = ?", companyId),
                2);
        int[] cases = counts(
                connection,
                new SqlText("select count(*) from hw.safety_case where state = 'open'")
                        .within(scope, "company_id = any (?)")
                        .and("company_id = ?", companyId),
                1);
        int[] steps = counts(
                connection,
                new SqlText(
                                "select count(*) from hw.case_step s join hw.safety_case c using (case_id)"
                                        + " where c.state = 'open' and s.done_at is null and s.due_at < ?",
                                now)
                        .within(scope, "s.company_id = any (?)")
                        .and("s.company_id = ?", companyId),
                1);
        List<DutyQueries.Due> overdue = duties.read(connection, scope, companyId, today, vehicle -> false)
                .overdue();
        List<Overdue> shown = new ArrayList<>();
        for (DutyQueries.Due due : overdue.subList(0, Math.min(MOST_OVERDUE, overdue.size()))) {
            Long days = due.daysOverdue();
            shown.add(new Overdue(
                    due.ownerKind(),
                    due.ownerLabel(),
                    due.kind(),
                    due.expires(),
                    days == null ? 0 : days,
                    due.critical()));
        }
        return new Open(
                alarms[0],
                notices[0],
                notices[1],
                cases[0],
                steps[0],
                overdue.size(),
                (int) overdue.stream().filter(DutyQueries.Due::critical).count(),
                shown);
    }

    private static List<Month> months(
            Connection connection, Scope scope, int companyId, YearMonth month, MonthSums sums) throws SQLException {
        Span span = new Span(
                month.minusMonths(MonthSums.MONTHS - 1).atDay(1),
                month.plusMonths(1).atDay(1));
        Map<String, Double> scores = new HashMap<>();
        new SqlText(
                        "select distinct on (1) to_char(as_of at time zone 'Asia/Shanghai', 'YYYY-MM'), score from hw.company_risk where score is not null")
                .within(scope, "company_id = any (?)")
                .and("company_id = ? and as_of >= ? and as_of < ?", companyId, span.from(), span.to())
                .add("order by 1, as_of desc")
                .each(connection, row -> scores.put(row.getString(1), row.getDouble(2)));
        List<Month> months = new ArrayList<>();
        for (int back = MonthSums.MONTHS - 1; back >= 0; back--) {
            String name = month.minusMonths(back).toString();
            int counted = sums.alarms().getOrDefault(name, 0);
            double driven = tenths(sums.km().getOrDefault(name, 0.0));
            months.add(new Month(name, counted, driven, per1000(counted, driven), scores.get(name)));
        }
        return months;
    }
}

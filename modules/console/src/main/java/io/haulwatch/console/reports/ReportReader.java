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
import io.haulwatch.console.reports.MonthlyReport.Open;
import io.haulwatch.console.reports.MonthlyReport.Overdue;
import io.haulwatch.console.reports.MonthlyReport.Risk;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts a company's month together. */
final class ReportReader {
    private static final int MOST_OVERDUE = 40;

    private final CompanyScores scores;
    private final DutyQueries duties;
    private final ObjectMapper json;

    ReportReader(CompanyScores scores, DutyQueries duties, ObjectMapper json) {
        this.duties = duties;
        this.scores = scores;
        this.json = json;
    }

    /** @param month that has begun @throws Refusal if the company may not be seen */
    MonthlyReport read(Connection connection, Scope scope, int companyId, YearMonth month, ReportSums sums, Instant now)
            throws SQLException {
        Company company = company(connection, scope, companyId);
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        LocalDate first = month.atDay(1);
        LocalDate lastDay = month.atEndOfMonth().isAfter(today) ? today : month.atEndOfMonth();
        MonthSpan span = MonthSpan.of(1, month);
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
                sums.drivers(),
                sums.trucks(),
                done(connection, scope, companyId, span),
                open(connection, scope, companyId, today, now),
                sums.months(),
                scores.weeks(
                        connection,
                        scope,
                        companyId,
                        explained == null
                                ? ""
                                : explained.parts().path("size_class").asText(""),
                        lastDay));
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

    private static Done done(Connection connection, Scope scope, int companyId, MonthSpan span) throws SQLException {
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
                                span.first(),
                                span.end(),
                                span.first(),
                                span.end(),
                                span.first(),
                                span.end())
                        .within(scope, "company_id = any (?)")
                        .and("company_id = ?", companyId),
                3);
        int[] services = counts(
                connection,
                new SqlText("select count(*) from hw.maintenance_record where true")
                        .within(scope, "company_id = any (?)")
                        .and("company_id = ? and done_on >= ? and done_on < ?", companyId, span.first(), span.end()),
                1);
        int[] accidents = counts(
                connection,
                new SqlText(
                                "select count(*), coalesce(sum(deaths), 0), coalesce(sum(injured), 0) from hw.accident where true")
                        .within(scope, "company_id = any (?)")
                        .and(
                                "company_id = ? and happened_on >= ? and happened_on < ?",
                                companyId,
                                span.first(),
                                span.end()),
                3);
        double[] hours = {0};
        int[] trained = {0};
        new SqlText("select count(distinct driver_id), coalesce(sum(hours), 0) from hw.training_record where true")
                .within(scope, "company_id = any (?)")
                .and("company_id = ? and held_on >= ? and held_on < ?", companyId, span.first(), span.end())
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
}

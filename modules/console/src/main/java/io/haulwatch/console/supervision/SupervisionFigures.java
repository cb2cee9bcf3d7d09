package io.haulwatch.console.supervision;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How orders come to an end: what is open now, and of each month's deadlines how many were met (督办按时办结率). */
final class SupervisionFigures {
    private static final int MONTHS = 12;

    private static final String OPEN = """
            select count(*) filter (where o.state in ('issued', 'returned')), count(*) filter (where o.state in ('issued', 'returned') and o.due_at < ?),
                count(*) filter (where o.state = 'answered')
            from hw.supervision_order o join hw.company c on c.company_id = o.company_id where o.state in ('issued', 'returned', 'answered')
            """;

    // A deadline that lies ahead is nobody's failure yet; one that was met early counts.
    private static final String BY_MONTH = """
            select to_char(o.due_at at time zone 'Asia/Shanghai', 'YYYY-MM'), count(*), count(*) filter (where o.state = 'accepted'),
                count(*) filter (where o.state = 'accepted' and o.answered_at <= o.due_at)
            from hw.supervision_order o join hw.company c on c.company_id = o.company_id
            where o.state <> 'withdrawn' and o.due_at >= ? and (o.due_at <= ? or o.state = 'accepted')
            """;

    private SupervisionFigures() {}

    /**
     * The figures.
     *
     * @param waiting for the company's answer
     * @param overdue of them
     * @param answered that the regulator has to judge
     */
    record Figures(int waiting, int overdue, int answered, List<Month> months) {}

    /**
     * Orders whose deadline lies in a month, without those withdrawn.
     *
     * @param closed accepted
     * @param inTime of them answered, with what was accepted, by the deadline
     */
    record Month(String month, int due, int closed, int inTime) {}

    static Figures of(Connection connection, Scope scope, @Nullable String region, Instant now) throws SQLException {
        LocalDate first =
                now.atZone(PaperState.ZONE).toLocalDate().withDayOfMonth(1).minusMonths(MONTHS - 1L);
        Map<String, Month> found = new HashMap<>();
        within(new SqlText(BY_MONTH, first.atStartOfDay(PaperState.ZONE).toInstant(), now), scope, region)
                .add("group by 1")
                .list(
                        connection,
                        row -> found.put(
                                row.getString(1),
                                new Month(row.getString(1), row.getInt(2), row.getInt(3), row.getInt(4))));
        List<Month> months = new ArrayList<>();
        for (int i = 0; i < MONTHS; i++) {
            String name = first.plusMonths(i).toString().substring(0, 7);
            months.add(found.getOrDefault(name, new Month(name, 0, 0, 0)));
        }
        return within(new SqlText(OPEN, now), scope, region)
                .first(connection, row -> new Figures(row.getInt(1), row.getInt(2), row.getInt(3), months))
                .orElseThrow();
    }

    private static SqlText within(SqlText sql, Scope scope, @Nullable String region) {
        sql.within(scope, "o.company_id = any (?)");
        return region == null ? sql : sql.and("starts_with(c.adcode, ?)", region);
    }
}

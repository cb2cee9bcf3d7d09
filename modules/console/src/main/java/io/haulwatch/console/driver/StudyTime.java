package io.haulwatch.console.driver;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What a driver has studied, by local day. */
final class StudyTime {
    private StudyTime() {}

    /** @param monthWantedS what the tasks that are due this month ask for: their lessons once, or more where more was asked */
    record Month(int monthS, int monthWantedS) {}

    record Day(String day, int seconds) {}

    static Month ofMonth(Connection connection, int driverId, Instant now) throws SQLException {
        LocalDate first = today(now).withDayOfMonth(1);
        LocalDate next = first.plusMonths(1);
        int studied = TodayRoutes.count(
                connection,
                new SqlText(
                        "select coalesce(sum(credited_s), 0) from hw.study_day where driver_id = ? and day >= ? and day < ?",
                        driverId,
                        first,
                        next));
        int wanted = TodayRoutes.count(
                connection,
                new SqlText(
                        """
                        select coalesce(sum(greatest(t.minutes * 60, (
                                select coalesce(sum(v.seconds), 0) from hw.lesson l cross join lateral (
                                    select seconds from hw.lesson_version v where v.lesson_id = l.lesson_id order by version desc limit 1) v
                                where l.course_id = t.course_id and l.retired_at is null))), 0)
                        from hw.training_task t
                        where t.driver_id = ? and t.state not in ('excused', 'taken_back', 'revoked') and t.due_at >= ? and t.due_at < ?
                        """,
                        driverId,
                        first.atStartOfDay(PaperState.ZONE).toInstant(),
                        next.atStartOfDay(PaperState.ZONE).toInstant()));
        return new Month(studied, wanted);
    }

    /** Days with study since a day, newest first. */
    static List<Day> days(Connection connection, int driverId, LocalDate from) throws SQLException {
        return new SqlText(
                        "select day::text, sum(credited_s)::integer from hw.study_day where driver_id = ? and day >= ?",
                        driverId,
                        from)
                .add("group by day having sum(credited_s) > 0 order by day desc")
                .list(connection, row -> new Day(row.getString(1), row.getInt(2)));
    }

    /** The local day of a moment. */
    static LocalDate today(Instant now) {
        return now.atZone(PaperState.ZONE).toLocalDate();
    }
}

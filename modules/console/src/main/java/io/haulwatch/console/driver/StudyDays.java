package io.haulwatch.console.driver;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.training.study.StudyHours;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/** The book of days: how much of each task counts on which local day, and what a driver's day has room for. */
final class StudyDays {
    private static final StudyHours HOURS = StudyHours.USUAL;
    private static final long SECOND = 1_000;

    private StudyDays() {}

    private record DayOfTask(LocalDate day, int seconds) {}

    /** What this day of a driver has still room for, over all his tasks. */
    static long roomMillis(Connection connection, int driver, Instant now) throws SQLException {
        long today = TodayRoutes.count(
                connection,
                new SqlText(
                        "select coalesce(sum(credited_s), 0) from hw.study_day where driver_id = ? and day = ?",
                        driver,
                        HOURS.day(now)));
        return HOURS.roomMillis(today * SECOND);
    }

    /** Adds seconds to this day of a task. */
    static void add(Connection connection, Study study, int seconds, Instant now) throws SQLException {
        new SqlText("""
                        insert into hw.study_day (task_id, day, company_id, driver_id, credited_s) values (?, ?, ?, ?, ?)
                        on conflict (task_id, day) do update set credited_s = hw.study_day.credited_s + excluded.credited_s
                        """, study.taskId(), HOURS.day(now), study.companyId(), study.driverId(), seconds).run(connection);
    }

    /** Takes seconds back from the days of a task: from this day and those before it, newest first, then from what is later. */
    static void takeBack(Connection connection, long task, int seconds, Instant from) throws SQLException {
        int left = seconds;
        for (DayOfTask each : new SqlText(
                        "select day, credited_s from hw.study_day where task_id = ? and credited_s > 0 order by day > ?, day desc for update",
                        task,
                        HOURS.day(from))
                .list(connection, row -> new DayOfTask(row.getObject(1, LocalDate.class), row.getInt(2)))) {
            int taken = Math.min(left, each.seconds);
            if (taken == 0) {
                return;
            }
            new SqlText(
                            "update hw.study_day set credited_s = credited_s - ? where task_id = ? and day = ?",
                            taken,
                            task,
                            each.day)
                    .run(connection);
            left -= taken;
        }
    }
}

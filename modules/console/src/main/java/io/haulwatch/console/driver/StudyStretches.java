package io.haulwatch.console.driver;

import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** When study was credited, stretch by stretch. */
final class StudyStretches {
    private StudyStretches() {}

    /** @param creditedMillis what still counts of it */
    private record Row(long id, long creditedMillis) {}

    /** Adds what the time between two beats was credited. */
    static void add(
            Connection connection,
            long study,
            long task,
            int company,
            int driver,
            Instant from,
            Instant to,
            long creditedMillis)
            throws SQLException {
        int grown = new SqlText(
                        "update hw.study_stretch set ended_at = ?, credited_ms = credited_ms + ? where study_id = ? and ended_at = ?",
                        to,
                        creditedMillis,
                        study,
                        from)
                .run(connection);
        if (grown == 0) {
            new SqlText("""
                            insert into hw.study_stretch (study_id, task_id, company_id, driver_id, begun_at, ended_at, credited_ms)
                            values (?, ?, ?, ?, ?, ?, ?)
                            """, study, task, company, driver, from, to, creditedMillis).run(connection);
        }
    }

    /** Takes credit back from the newest stretches of a study. */
    static void takeBack(Connection connection, long study, long millis) throws SQLException {
        long left = millis;
        for (Row row : new SqlText(
                        "select stretch_id, credited_ms from hw.study_stretch where study_id = ? and credited_ms > 0"
                                + " order by ended_at desc for update",
                        study)
                .list(connection, row -> new Row(row.getLong(1), row.getInt(2)))) {
            long taken = Math.min(left, row.creditedMillis);
            if (taken == 0) {
                return;
            }
            new SqlText("update hw.study_stretch set credited_ms = credited_ms - ? where stretch_id = ?", taken, row.id)
                    .run(connection);
            left -= taken;
        }
    }
}

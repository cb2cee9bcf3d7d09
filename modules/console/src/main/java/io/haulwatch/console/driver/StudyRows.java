package io.haulwatch.console.driver;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.driver.TaskBook.Lesson;
import io.haulwatch.console.driver.TaskBook.Task;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.training.study.StudyState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of studies: made, held and written. */
final class StudyRows {
    private static final long SECOND = 1_000;

    private static final String STUDY = """
            select s.study_id, s.task_id, s.company_id, s.driver_id, s.lesson_id, s.version, s.session_id, s.seed, s.state, s.done_at, s.sitting, v.seconds
            from hw.study s join hw.lesson_version v on v.lesson_id = s.lesson_id and v.version = s.version
            where s.driver_id = ?
            """;

    private final ObjectMapper json;

    StudyRows(ObjectMapper json) {
        this.json = json;
    }

    void make(Connection connection, Task task, Lesson lesson, int driverId, long session, long seed, Instant now)
            throws SQLException {
        new SqlText(
                        """
                        insert into hw.study (task_id, company_id, driver_id, lesson_id, version, session_id, seed, begun_at, sitting)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                        """,
                        task.id(),
                        task.companyId(),
                        driverId,
                        lesson.id(),
                        lesson.version(),
                        session,
                        seed,
                        now,
                        Sitting.FRESH.write(json))
                .run(connection);
    }

    /** Holds a study, its task first, as everything does that holds both. @throws Refusal if he has no such study */
    Study hold(Connection connection, int driverId, long studyId) throws SQLException {
        new SqlText("""
                        select from hw.training_task t where t.driver_id = ?
                            and t.task_id = (select s.task_id from hw.study s where s.study_id = ? and s.driver_id = ?) for update
                        """, driverId, studyId, driverId).first(connection, row -> true);
        return new SqlText(STUDY, driverId)
                .and("s.study_id = ?", studyId)
                .add("for update of s")
                .first(connection, this::study)
                .orElseThrow(
                        () -> Refusal.notFound("You have no such lesson under way: open it from your task again."));
    }

    /** Holds the study of a lesson of a task that is held already; empty if he has not begun it. */
    Optional<Study> holdOf(Connection connection, int driverId, long taskId, int lessonId) throws SQLException {
        return new SqlText(STUDY, driverId)
                .and("s.task_id = ? and s.lesson_id = ?", taskId, lessonId)
                .add("for update of s")
                .first(connection, this::study);
    }

    /** Writes where a study is now. @return as the player sees it */
    StudyView store(
            Connection connection, Study study, Sitting sitting, String state, @Nullable Long session, Instant now)
            throws SQLException {
        StudyState at = sitting.state();
        SqlText sql = new SqlText(
                """
                update hw.study set state = ?, session_id = nullif(?, -1), sitting = ?::jsonb, beat_at = ?, sequence = ?, position_s = ?, reached_s = ?,
                    credited_s = ?, proved_s = ?, checks = ?, missed = ?
                """,
                state,
                session == null ? -1L : session,
                sitting.write(json),
                now,
                Math.max(0, at.lastSequence()),
                (int) (at.positionMillis() / SECOND),
                (int) (at.maxPositionMillis() / SECOND),
                (int) at.creditedSeconds(),
                (int) (at.securedMillis() / SECOND),
                at.checksAsked(),
                at.missedInARow());
        if (at.checkOpen()) {
            sql.add(
                    ", check_due_at = ?, check_until = ?",
                    Instant.ofEpochMilli(at.checkAskedAtMillis()),
                    Instant.ofEpochMilli(at.checkAskedAtMillis() + Study.FIGURES.answerMillis()));
        } else {
            sql.add(", check_due_at = null, check_until = null");
        }
        sql.add("where study_id = ?", study.id()).run(connection);
        return StudyView.of(study, sitting, state);
    }

    private Study study(ResultSet row) throws SQLException {
        long session = row.getLong("session_id");
        Long sessionId = row.wasNull() ? null : (Long) session;
        Timestamp done = row.getTimestamp("done_at");
        return new Study(
                row.getLong("study_id"),
                row.getLong("task_id"),
                row.getInt("company_id"),
                row.getInt("driver_id"),
                row.getInt("lesson_id"),
                sessionId,
                row.getLong("seed"),
                row.getString("state"),
                done == null ? null : done.toInstant(),
                Sitting.read(json, row.getString("sitting")),
                row.getInt("seconds"));
    }
}

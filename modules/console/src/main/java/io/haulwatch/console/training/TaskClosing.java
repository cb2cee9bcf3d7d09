package io.haulwatch.console.training;

import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Ends open tasks without an exam that was passed: excused, or taken back. An exam that is open over one of them ends with it, and its driver is told.
 * One transaction, so that nobody sees half of it.
 */
final class TaskClosing {
    /** The driver has left. */
    static final String LEFT = "driver-left";
    /** The driver drives for another company. */
    static final String MOVED = "driver-moved";
    /** The plan was withdrawn. */
    static final String PLAN = "plan-withdrawn";
    /** Every alarm that asked for it fell. */
    static final String ALARMS = "alarms-withdrawn";

    private TaskClosing() {}

    /** What was closed. @param attempts exams that were open over it */
    private record Closed(int tasks, List<String> attempts) {}

    /** How a task ends. */
    enum As {
        EXCUSED("excused"),
        TAKEN_BACK("taken_back");

        private final String word;

        As(String word) {
            this.word = word;
        }
    }

    /**
     * Closes the tasks of a question that are still open.
     *
     * @param chosen gives task_id and reason
     * @param words what the driver reads besides
     * @param userId who closes them, {@link io.haulwatch.store.scope.ScopedDatabase#NO_USER} for a rule
     * @return how many it closed
     */
    static int close(Connection connection, SqlText chosen, As as, String words, int userId, Instant now)
            throws SQLException {
        Closed closed = chosen.around("with chosen as materialized (", ")")
                .add("""
                        , closed as (
                            update hw.training_task t set state = ?, closed_at = ?, closed_by = nullif(?, 0), reason = c.reason
                            from chosen c where t.task_id = c.task_id and t.closed_at is null
                            returning t.task_id, t.company_id, t.driver_id),
                        attempts as (
                            update hw.exam_attempt a set closed_at = ?, closed_by = 'taken_back'
                            from closed c where a.task_id = c.task_id and a.closed_at is null returning a.attempt_id),
                        told as (
                            insert into hw.driver_message (company_id, driver_id, kind, task_id, words, at)
                            select company_id, driver_id, 'taken_back', task_id, ?, ? from closed)
                        select count(*), array(select attempt_id::text from attempts) from closed
                        """, as.word, now, userId, now, words, now)
                .first(
                        connection,
                        row -> new Closed(row.getInt(1), List.of((String[])
                                row.getArray(2).getArray())))
                .orElseThrow();
        for (String attempt : closed.attempts) {
            LearningRecords.examVoided(connection, UUID.fromString(attempt), now);
        }
        return closed.tasks;
    }
}

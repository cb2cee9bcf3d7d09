package io.haulwatch.console.training;

import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.training.certificate.CertificateNumber;
import io.haulwatch.training.study.StudyHours;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What follows from an exam, in the transaction that marks it: the task is closed, the days of study stand in the ledger, the driver has his
 * certificate and a message, and the statement is there to be told. All of it or nothing.
 */
public final class TaskCompletion {
    private static final StudyHours HOURS = StudyHours.USUAL;
    private static final long SECOND = 1_000;
    /** The ledger knows no shorter time. */
    private static final BigDecimal LEAST_HOURS = new BigDecimal("0.01");
    /** Numbers by lot meet once in a thousand million. */
    private static final int DRAWS = 10;

    private final RandomGenerator random;

    /** @param random a source that nobody can predict */
    public TaskCompletion(RandomGenerator random) {
        this.random = random;
    }

    private record Exam(
            long taskId,
            int companyId,
            int driverId,
            int courseId,
            String title,
            int validMonths,
            String kind,
            int studiedS,
            boolean closed,
            UUID attemptId,
            BigDecimal score,
            String holder) {}

    /** @param companyId whom he drove for then */
    private record Day(LocalDate day, int seconds, int companyId) {}

    /** An exam was passed. A task that was closed before stays as it is. */
    public void passed(Connection connection, long taskId, UUID attemptId, Instant now) throws SQLException {
        Exam exam = exam(connection, taskId, attemptId);
        LearningRecords.examMarked(connection, attemptId);
        if (exam.closed) {
            return;
        }
        new SqlText(
                        "update hw.training_task set state = 'exam_passed', closed_at = ? where task_id = ? and closed_at is null",
                        now,
                        taskId)
                .run(connection);
        String number = certify(connection, exam, now);
        enter(connection, exam, now);
        new SqlText(
                        "insert into hw.driver_message (company_id, driver_id, kind, task_id, words, at) values (?, ?, 'certificate', ?, ?, ?)",
                        exam.companyId,
                        exam.driverId,
                        taskId,
                        number,
                        now)
                .run(connection);
    }

    /** An exam was not passed: that is told, and nothing else follows. */
    public void failed(Connection connection, UUID attemptId) throws SQLException {
        LearningRecords.examMarked(connection, attemptId);
    }

    private static Exam exam(Connection connection, long taskId, UUID attemptId) throws SQLException {
        return new SqlText("""
                        select t.company_id, t.driver_id, t.course_id, c.title, c.valid_months, t.kind, t.studied_s, t.closed_at is not null,
                            a.score, d.name
                        from hw.training_task t join hw.course c on c.course_id = t.course_id join hw.driver d on d.driver_id = t.driver_id
                            join hw.exam_attempt a on a.task_id = t.task_id
                        where t.task_id = ? and a.attempt_id = ? and a.closed_at is not null and a.score is not null for update of t
                        """, taskId, attemptId)
                .first(
                        connection,
                        row -> new Exam(
                                taskId,
                                row.getInt(1),
                                row.getInt(2),
                                row.getInt(3),
                                row.getString(4),
                                row.getInt(5),
                                row.getString(6),
                                row.getInt(7),
                                row.getBoolean(8),
                                attemptId,
                                row.getBigDecimal(9),
                                row.getString(10)))
                .orElseThrow(() -> new IllegalStateException(
                        "no marked exam of this task: task=" + taskId + ", attempt=" + attemptId));
    }

    private String certify(Connection connection, Exam exam, Instant now) throws SQLException {
        LocalDate today = HOURS.day(now);
        for (int i = 0; i < DRAWS; i++) {
            String number = CertificateNumber.draw(today.getYear(), random).text();
            int made = new SqlText(
                            """
                            insert into hw.certificate (certificate_no, task_id, company_id, driver_id, course_id, attempt_id, holder, score, studied_s,
                                issued_at, expires_on)
                            values (?, ?, ?, ?, ?, ?, ?, ?::numeric, ?, ?, ?) on conflict (certificate_no) do nothing
                            """,
                            number,
                            exam.taskId,
                            exam.companyId,
                            exam.driverId,
                            exam.courseId,
                            exam.attemptId,
                            Sight.maskedName(exam.holder),
                            exam.score.toPlainString(),
                            exam.studiedS,
                            now,
                            today.plusMonths(exam.validMonths))
                    .run(connection);
            if (made == 1) {
                return number;
            }
        }
        throw new IllegalStateException("every number that was drawn is taken: task=" + exam.taskId);
    }

    /** A row of the ledger for each day with study, of the company that he drove for then; the score with the last. What is left of a day's rounding goes on to the next. */
    private static void enter(Connection connection, Exam exam, Instant now) throws SQLException {
        List<Day> days = new ArrayList<>(new SqlText(
                        "select day, credited_s, company_id from hw.study_day where task_id = ? and credited_s > 0 order by day",
                        exam.taskId)
                .list(connection, row -> new Day(row.getObject(1, LocalDate.class), row.getInt(2), row.getInt(3))));
        if (days.isEmpty()) {
            days.add(new Day(HOURS.day(now), exam.studiedS, exam.companyId));
        }
        long seconds = 0;
        BigDecimal entered = BigDecimal.ZERO;
        for (int i = 0; i < days.size(); i++) {
            Day day = days.get(i);
            boolean last = i == days.size() - 1;
            seconds += day.seconds;
            BigDecimal hours = HOURS.hours(seconds * SECOND).subtract(entered);
            if (hours.signum() <= 0 && !last) {
                continue;
            }
            BigDecimal written = hours.signum() > 0 ? hours : LEAST_HOURS;
            entered = entered.add(written);
            SqlText row = new SqlText(
                    """
                    insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic, task_id, score, entered_at)
                    values (?, ?, ?, ?, ?::numeric, ?, ?, nullif(?, '')::numeric, ?) on conflict do nothing
                    """,
                    day.companyId,
                    exam.driverId,
                    exam.kind,
                    day.day,
                    written.toPlainString(),
                    exam.title,
                    exam.taskId,
                    last ? exam.score.toPlainString() : "",
                    now);
            row.run(connection);
        }
    }
}

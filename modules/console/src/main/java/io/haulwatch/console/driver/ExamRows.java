package io.haulwatch.console.driver;

import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of exams: attempts, and the lines of their papers. */
final class ExamRows {
    private static final String ATTEMPT = """
            select a.attempt_id, a.task_id, a.company_id, a.driver_id, a.number, a.device, a.pass_percent, a.begun_at, a.ends_at, a.left_page,
                a.closed_at, a.closed_by, a.score, a.passed
            from hw.exam_attempt a where true
            """;

    private ExamRows() {}

    /** A question on a paper, with what was answered and, once it is marked, whether that is right. */
    record Line(
            int place,
            int questionId,
            List<Integer> shown,
            @Nullable Set<Integer> given,
            int answerNo,
            @Nullable Boolean right) {}

    /** Holds an attempt, its task first, as everything does that holds both. @throws Refusal if he has no such attempt */
    static ExamAttempt hold(Connection connection, int driverId, UUID id) throws SQLException {
        new SqlText("""
                        select from hw.training_task t where t.driver_id = ?
                            and t.task_id = (select a.task_id from hw.exam_attempt a where a.attempt_id = ? and a.driver_id = ?) for update
                        """, driverId, id, driverId).first(connection, row -> true);
        return new SqlText(ATTEMPT)
                .and("a.attempt_id = ? and a.driver_id = ?", id, driverId)
                .add("for update")
                .first(connection, ExamRows::attempt)
                .orElseThrow(() -> Refusal.notFound("You have no such exam: id=" + id + "."));
    }

    /** Attempts that nobody closed by this moment, those first that ended first. */
    static List<ExamAttempt> open(Connection connection, Instant endedBefore, int most) throws SQLException {
        return new SqlText(ATTEMPT)
                .and("a.closed_at is null and a.ends_at < ?", endedBefore)
                .add("order by a.ends_at limit ?", most)
                .list(connection, ExamRows::attempt);
    }

    /** The paper by place. */
    static Map<Integer, Line> lines(Connection connection, ExamAttempt attempt) throws SQLException {
        Map<Integer, Line> lines = new TreeMap<>();
        new SqlText(
                        "select place, question_id, shown, given, answer_no, is_right from hw.exam_answer where attempt_id = ? order by place",
                        attempt.id())
                .each(connection, row -> {
                    boolean right = row.getBoolean("is_right");
                    Boolean marked = row.wasNull() ? null : (Boolean) right;
                    Array given = row.getArray("given");
                    lines.put(
                            row.getInt("place"),
                            new Line(
                                    row.getInt("place"),
                                    row.getInt("question_id"),
                                    numbers(row.getArray("shown")),
                                    given == null ? null : new TreeSet<>(numbers(given)),
                                    row.getInt("answer_no"),
                                    marked));
                });
        return lines;
    }

    static List<Integer> numbers(Array array) throws SQLException {
        return Stream.of((Object[]) array.getArray())
                .map(each -> ((Number) each).intValue())
                .toList();
    }

    private static ExamAttempt attempt(ResultSet row) throws SQLException {
        Timestamp closed = row.getTimestamp("closed_at");
        double score = row.getDouble("score");
        Double scored = row.wasNull() ? null : (Double) score;
        boolean passed = row.getBoolean("passed");
        Boolean judged = row.wasNull() ? null : (Boolean) passed;
        return new ExamAttempt(
                row.getObject("attempt_id", UUID.class),
                row.getLong("task_id"),
                row.getInt("company_id"),
                row.getInt("driver_id"),
                row.getInt("number"),
                row.getString("device"),
                row.getInt("pass_percent"),
                row.getTimestamp("begun_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                row.getInt("left_page"),
                closed == null ? null : closed.toInstant(),
                scored,
                judged);
    }
}

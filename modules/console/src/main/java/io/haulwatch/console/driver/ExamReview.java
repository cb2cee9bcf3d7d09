package io.haulwatch.console.driver;

import io.haulwatch.console.driver.ExamRows.Line;
import io.haulwatch.console.driver.Questions.Asked;
import io.haulwatch.console.driver.Questions.OptionView;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Shows an attempt to its driver: the paper while it is open, and what is right once it is over, but nothing that another open exam asks. */
final class ExamReview {
    private final Questions questions;

    ExamReview(Questions questions) {
        this.questions = questions;
    }

    /**
     * An attempt as the phone shows it.
     *
     * @param leavesLeft how often its page may still be left
     * @param review null until it is closed; without what another open exam asks
     */
    record AttemptView(
            String id,
            long taskId,
            int number,
            String begunAt,
            String endsAt,
            String now,
            int leavesLeft,
            List<PaperLine> questions,
            @Nullable String closedAt,
            @Nullable Double score,
            @Nullable Boolean passed,
            int passPercent,
            @Nullable List<ReviewLine> review) {}

    /** A question on the paper. @param options in the order in which they are shown; answers name them by {@code n} */
    record PaperLine(
            int place,
            String kind,
            String stem,
            @Nullable String stemEn,
            List<OptionView> options,
            @Nullable List<Integer> given,
            int answerNo) {}

    record ReviewLine(
            int place,
            boolean right,
            List<Integer> rightOptions,
            String explanation,
            @Nullable String explanationEn,
            String clause,
            @Nullable String clauseEn,
            @Nullable String effective) {}

    /** Questions of his exam that is open: what is right in them is told when it is over. */
    private static Set<Integer> askedNow(Connection connection, int driverId, Instant now) throws SQLException {
        return Set.copyOf(
                new SqlText("""
                        select distinct w.question_id from hw.exam_attempt a join hw.exam_answer w on w.attempt_id = a.attempt_id
                        where a.driver_id = ? and a.closed_at is null and a.ends_at >= ?
                        """, driverId, now.minus(ExamAttempt.GRACE)).list(connection, row -> row.getInt(1)));
    }

    /** @throws Refusal if a question stands in an exam of his that is open */
    static void refuseWhileAsked(Connection connection, int driverId, int question, Instant now) throws SQLException {
        if (askedNow(connection, driverId, now).contains(question)) {
            throw Refusal.conflict(
                    "exam-open", "Your exam asks this question just now: what is right is told when it is over.");
        }
    }

    AttemptView of(Connection connection, ExamAttempt attempt, Instant now) throws SQLException {
        Map<Integer, Asked> asked = questions.ofAttempt(connection, attempt.id());
        Set<Integer> askedNow =
                attempt.closedAt() == null ? Set.<Integer>of() : askedNow(connection, attempt.driverId(), now);
        List<PaperLine> paper = new ArrayList<>();
        List<ReviewLine> review = new ArrayList<>();
        for (Line line : ExamRows.lines(connection, attempt).values()) {
            Asked question = asked.get(line.questionId());
            if (question == null) {
                continue;
            }
            Set<Integer> given = line.given();
            paper.add(new PaperLine(
                    line.place(),
                    question.kind(),
                    question.stem(),
                    question.stemEn(),
                    line.shown().stream().map(n -> question.options().get(n)).toList(),
                    given == null ? null : List.copyOf(given),
                    line.answerNo()));
            if (askedNow.contains(line.questionId())) {
                continue;
            }
            review.add(new ReviewLine(
                    line.place(),
                    Boolean.TRUE.equals(line.right()),
                    List.copyOf(new TreeSet<>(question.right())),
                    question.explanation(),
                    question.explanationEn(),
                    question.clause(),
                    question.clauseEn(),
                    question.effective()));
        }
        Instant closedAt = attempt.closedAt();
        return new AttemptView(
                attempt.id().toString(),
                attempt.taskId(),
                attempt.number(),
                Json.time(attempt.begunAt()),
                Json.time(attempt.endsAt()),
                Json.time(now),
                attempt.leavesLeft(),
                paper,
                closedAt == null ? null : Json.time(closedAt),
                attempt.score(),
                attempt.passed(),
                attempt.passPercent(),
                closedAt == null ? null : review);
    }
}

package io.haulwatch.console.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.driver.ExamRows.Line;
import io.haulwatch.console.driver.Questions.Asked;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.TaskCompletion;
import io.haulwatch.training.exam.Grading;
import io.haulwatch.training.exam.Grading.Grade;
import io.haulwatch.training.exam.Grading.Partial;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends attempts: handed in, left too often, or out of time. The paper is marked with that, and what follows from the mark stands in the same transaction. */
final class ExamClosing {
    /** Attempts that one sweep closes. */
    private static final int SWEEP = 200;

    private final Questions questions;
    private final TaskCompletion completion;
    private final ObjectMapper json;

    ExamClosing(Questions questions, TaskCompletion completion, ObjectMapper json) {
        this.questions = questions;
        this.completion = completion;
        this.json = json;
    }

    /** Hands the paper in. One that is closed stays as it is. */
    ExamAttempt handIn(
            Connection connection, int driverId, UUID id, String device, @Nullable JsonNode strokes, Instant now)
            throws SQLException {
        ExamAttempt attempt = ExamRows.hold(connection, driverId, id);
        if (attempt.closedAt() == null) {
            if (attempt.isOver(now)) {
                close(connection, attempt, "time", now);
            } else if (!attempt.device().equals(device)) {
                throw Refusal.conflict(
                        "exam-elsewhere",
                        "This exam goes on on another phone: hand it in there, or take it over here first.");
            } else {
                close(connection, attempt, now.isAfter(attempt.endsAt()) ? "time" : "driver", now);
            }
            attempt = ExamRows.hold(connection, driverId, id);
        }
        if (strokes != null && Boolean.TRUE.equals(attempt.passed())) {
            sign(connection, attempt, strokes, now);
        }
        return attempt;
    }

    private void sign(Connection connection, ExamAttempt attempt, JsonNode strokes, Instant now) throws SQLException {
        try {
            new SqlText(
                            """
                            insert into hw.training_signature (task_id, company_id, driver_id, strokes, signed_at) values (?, ?, ?, ?::jsonb, ?)
                            on conflict (task_id) do nothing
                            """,
                            attempt.taskId(),
                            attempt.companyId(),
                            attempt.driverId(),
                            json.writeValueAsString(strokes),
                            now)
                    .run(connection);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strokes were JSON when they came", e);
        }
    }

    /**
     * Closes exams whose time is over, of whoever forgot them; at most {@link #SWEEP}.
     *
     * @return how many
     */
    int closeOverdue(Connection connection, Instant now) throws SQLException {
        List<ExamAttempt> over = ExamRows.open(connection, now.minus(ExamAttempt.GRACE), SWEEP);
        int closed = 0;
        for (ExamAttempt each : over) {
            // Whoever has it in his hands just now closes it himself.
            boolean free = new SqlText(
                            "select from hw.training_task where task_id = ? for update skip locked", each.taskId())
                    .first(connection, row -> true)
                    .isPresent();
            ExamAttempt attempt = free ? ExamRows.hold(connection, each.driverId(), each.id()) : each;
            if (free && attempt.closedAt() == null) {
                close(connection, attempt, "time", now);
                closed++;
            }
        }
        return closed;
    }

    /** The attempt, which is closed by this if its time is over. */
    ExamAttempt closedIfOver(Connection connection, ExamAttempt attempt, Instant now) throws SQLException {
        if (attempt.closedAt() != null || !attempt.isOver(now)) {
            return attempt;
        }
        close(connection, attempt, "time", now);
        return ExamRows.hold(connection, attempt.driverId(), attempt.id());
    }

    /** Marks the paper. @param by a word of the row: who or what ended it */
    void close(Connection connection, ExamAttempt attempt, String by, Instant now) throws SQLException {
        Map<Integer, Asked> asked = questions.ofAttempt(connection, attempt.id());
        Map<Integer, Line> lines = ExamRows.lines(connection, attempt);
        Map<Long, Set<Integer>> answers = new HashMap<>();
        List<Grading.Asked> paper = new ArrayList<>();
        Map<Long, Integer> places = new HashMap<>();
        for (Line line : lines.values()) {
            Asked question = asked.get(line.questionId());
            if (question == null) {
                throw new IllegalStateException("an attempt keeps its questions: attempt=" + attempt.id());
            }
            long questionId = line.questionId();
            paper.add(new Grading.Asked(questionId, question.right()));
            places.put(questionId, line.place());
            if (line.given() != null) {
                answers.put(questionId, line.given());
            }
        }
        Grade grade = Grading.grade(paper, answers, new Grading.Rule(attempt.passPercent(), Partial.NONE));
        for (Grading.Marked marked : grade.marks()) {
            new SqlText(
                            "update hw.exam_answer set is_right = ? where attempt_id = ? and place = ?",
                            marked.right(),
                            attempt.id(),
                            places.getOrDefault(marked.questionId(), 0))
                    .run(connection);
        }
        Instant closedAt = now.isAfter(attempt.endsAt()) ? attempt.endsAt() : now;
        new SqlText(
                        "update hw.exam_attempt set closed_at = ?, closed_by = ?, score = ?::numeric, passed = ? where attempt_id = ?",
                        closedAt,
                        by,
                        grade.score().toPlainString(),
                        grade.passed(),
                        attempt.id())
                .run(connection);
        BigDecimal score = grade.score();
        new SqlText(
                        "update hw.training_task set best_score = greatest(best_score, ?::numeric) where task_id = ?",
                        score.toPlainString(),
                        attempt.taskId())
                .run(connection);
        if (grade.passed()) {
            completion.passed(connection, attempt.taskId(), attempt.id(), now);
        } else {
            completion.failed(connection, attempt.id());
        }
    }
}

package io.haulwatch.console.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.driver.ExamReview.AttemptView;
import io.haulwatch.console.driver.ExamRows.Line;
import io.haulwatch.console.driver.Questions.Asked;
import io.haulwatch.console.driver.TaskBook.Attempts;
import io.haulwatch.console.driver.TaskBook.Task;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.LearningRecords;
import io.haulwatch.console.training.TaskCompletion;
import io.haulwatch.training.content.Difficulty;
import io.haulwatch.training.exam.AttemptRule;
import io.haulwatch.training.exam.PaperDraw;
import io.haulwatch.training.exam.PaperDraw.Drawn;
import io.haulwatch.training.exam.PaperRule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exams. The server draws the paper, runs the clock and marks; the phone shows and remembers. Every call holds the attempt's row, so what is said
 * twice, late, or from two phones is settled here, in the order in which it comes.
 */
public final class ExamBook {
    /** Weights of the draw: mostly middling questions, some easy, some hard. */
    private static final Map<Difficulty, Integer> DIFFICULTIES =
            Map.of(Difficulty.EASY, 3, Difficulty.MEDIUM, 5, Difficulty.HARD, 2);

    private final Questions questions;
    private final ExamClosing closing;
    private final ExamReview review;
    private final LongSupplier seeds;
    private final Supplier<UUID> ids;

    /** @param seeds of papers, from a source that nobody can predict */
    public ExamBook(TaskCompletion completion, ObjectMapper json, LongSupplier seeds, Supplier<UUID> ids) {
        this.questions = new Questions(json);
        this.closing = new ExamClosing(questions, completion, json);
        this.review = new ExamReview(questions);
        this.seeds = seeds;
        this.ids = ids;
    }

    /** What came of answers. @param closedAt if that was the end: the page was left too often, or the time is over */
    record Taken(
            List<Integer> taken,
            List<Refused> refused,
            int leavesLeft,
            @Nullable String closedAt,
            String endsAt,
            String now) {}

    /** An answer that changed nothing. @param stored what stands */
    record Refused(
            int place,
            String code,
            String sentence,
            @Nullable Stored stored) {}

    record Stored(@Nullable List<Integer> given, int answerNo) {}

    /** An attempt, and whether it was made now. */
    record Begun(AttemptView attempt, boolean fresh) {}

    /** Closes the attempt of a task whose time is over, so that what is refused then refuses by its mark too. */
    void closeForgotten(Connection connection, int driverId, long taskId, Instant now) throws SQLException {
        Task task = TaskBook.hold(connection, driverId, taskId);
        UUID open = TaskBook.attempts(connection, driverId, task).open();
        if (open != null) {
            closing.closedIfOver(connection, ExamRows.hold(connection, driverId, open), now);
        }
    }

    /** Begins an attempt, or goes on with the open one; {@link #closeForgotten} comes before. */
    Begun begin(Connection connection, int driverId, long taskId, String device, boolean takeOver, Instant now)
            throws SQLException {
        Task task = TaskBook.hold(connection, driverId, taskId);
        Attempts before = TaskBook.attempts(connection, driverId, task);
        UUID openId = before.open();
        if (openId != null) {
            ExamAttempt open = ExamRows.hold(connection, driverId, openId);
            if (!open.device().equals(device)) {
                if (!takeOver) {
                    throw Refusal.conflict(
                                    "exam-elsewhere",
                                    "This exam is open on another phone: go on there, or take it over here, which ends it there.")
                            .saying("attempt", open.id().toString());
                }
                new SqlText("update hw.exam_attempt set device = ? where attempt_id = ?", device, open.id())
                        .run(connection);
            }
            return new Begun(review.of(connection, ExamRows.hold(connection, driverId, open.id()), now), false);
        }
        refuseUnready(connection, task, before, now);
        List<Asked> pool = questions.live(connection, task.courseId());
        if (pool.isEmpty()) {
            throw Refusal.ruleBroken(
                    "no-questions", "This course has no questions yet: tell your company, it cannot be passed before.");
        }
        long seed = seeds.getAsLong();
        List<Drawn> paper = draw(pool, task.examQuestions(), seed);
        UUID id = ids.get();
        new SqlText(
                        """
                        insert into hw.exam_attempt (attempt_id, task_id, company_id, driver_id, course_id, number, seed, device, pass_percent,
                            begun_at, ends_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        id,
                        taskId,
                        task.companyId(),
                        driverId,
                        task.courseId(),
                        before.numbers() + 1,
                        seed,
                        device,
                        task.passPercent(),
                        now,
                        now.plus(Duration.ofMinutes(task.examMinutes())))
                .run(connection);
        int place = 1;
        for (Drawn drawn : paper) {
            new SqlText(
                            """
                            insert into hw.exam_answer (attempt_id, place, company_id, driver_id, question_id, version, shown)
                            values (?, ?, ?, ?, ?, ?, ?::smallint[])
                            """,
                            id,
                            place++,
                            task.companyId(),
                            driverId,
                            (int) drawn.questionId(),
                            drawn.version(),
                            drawn.optionOrder())
                    .run(connection);
        }
        if (!task.state().equals("study_done")) {
            new SqlText("update hw.training_task set state = 'study_done' where task_id = ?", taskId).run(connection);
        }
        LearningRecords.examBegun(connection, id);
        return new Begun(review.of(connection, ExamRows.hold(connection, driverId, id), now), true);
    }

    private static void refuseUnready(Connection connection, Task task, Attempts before, Instant now)
            throws SQLException {
        if (!task.isOpen()) {
            throw Refusal.conflict(
                    "task-closed",
                    "This task is closed: state=" + task.state() + ". Look at your list of tasks again.");
        }
        if (!TaskBook.progress(connection, task).studied()) {
            throw Refusal.conflict(
                    "study-first", "The exam opens when all lessons are done: go through those that are left first.");
        }
        switch (Attempts.rule(task).next(before.ended(), now)) {
            case AttemptRule.MayStart(int number) -> {}
            case AttemptRule.Wait(Instant until) ->
                throw Refusal.conflict(
                                "wait-first",
                                "After two failures there is a pause: begin again at " + Json.time(until)
                                        + ", and read the lessons once more until then.")
                        .saying("until", Json.time(until));
            case AttemptRule.NoneLeft() ->
                throw Refusal.conflict(
                        "no-attempts-left", "All attempts are used up: ask your company to assign the course again.");
            case AttemptRule.AlreadyPassed() ->
                throw Refusal.conflict("task-closed", "You have passed this exam already.");
        }
    }

    /** A paper asks of every lesson, and of each difficulty as far as there are questions. */
    private static List<Drawn> draw(List<Asked> pool, int count, long seed) {
        Map<String, Integer> lessons = new HashMap<>();
        List<PaperDraw.Item> items = pool.stream().map(Asked::item).toList();
        items.forEach(item -> lessons.put(item.topic(), 1));
        return PaperDraw.draw(items, new PaperRule(Math.min(count, items.size()), lessons, DIFFICULTIES), seed);
    }

    /** One of his attempts; one whose time is over is closed by this. */
    AttemptView read(Connection connection, int driverId, UUID id, Instant now) throws SQLException {
        return review.of(
                connection, closing.closedIfOver(connection, ExamRows.hold(connection, driverId, id), now), now);
    }

    /** Takes answers; each is taken or refused for itself. */
    Taken answers(
            Connection connection,
            int driverId,
            UUID id,
            String device,
            List<JsonNode> answers,
            @Nullable Integer leftPage,
            Instant now)
            throws SQLException {
        ExamAttempt attempt = closing.closedIfOver(connection, ExamRows.hold(connection, driverId, id), now);
        Map<Integer, Line> lines = ExamRows.lines(connection, attempt);
        Map<Integer, Asked> asked = questions.ofAttempt(connection, id);
        List<Integer> taken = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (JsonNode answer : answers) {
            int place = number(answer.path("place"));
            int answerNo = number(answer.path("answer_no"));
            Line line = lines.get(place);
            if (line == null || answerNo < 1) {
                refused.add(new Refused(
                        place,
                        "bad-answer",
                        "An answer names a place on the paper and an answer_no from 1: load the exam again.",
                        null));
                continue;
            }
            Stored stored = new Stored(line.given() == null ? null : List.copyOf(line.given()), line.answerNo());
            Asked question = asked.get(line.questionId());
            Set<Integer> given = question == null
                    ? null
                    : Questions.chosenOrNull(
                            answer.path("given"), question.options().size());
            if (attempt.closedAt() != null) {
                refused.add(new Refused(
                        place, "exam-over", "The exam is over; what had come by its end was marked.", stored));
            } else if (!attempt.device().equals(device)) {
                refused.add(new Refused(
                        place,
                        "elsewhere",
                        "This exam goes on on another phone: take it over here, or go on there.",
                        stored));
            } else if (answerNo <= line.answerNo()) {
                refused.add(new Refused(place, "older", "A newer answer to this question is here already.", stored));
            } else if (given == null) {
                refused.add(
                        new Refused(place, "bad-answer", "\"given\" is a list of the options' n, each once.", stored));
            } else {
                new SqlText(
                                "update hw.exam_answer set given = ?::smallint[], answered_at = ?, answer_no = ? where attempt_id = ? and place = ?",
                                List.copyOf(given),
                                now,
                                answerNo,
                                id,
                                place)
                        .run(connection);
                lines.put(place, new Line(place, line.questionId(), line.shown(), given, answerNo, null));
                taken.add(place);
            }
        }
        if (leftPage != null
                && leftPage > attempt.leftPage()
                && attempt.closedAt() == null
                && attempt.device().equals(device)) {
            new SqlText("update hw.exam_attempt set left_page = ? where attempt_id = ?", leftPage, id).run(connection);
            if (leftPage > ExamAttempt.MOST_LEAVES) {
                closing.close(connection, attempt, "left_page", now);
            }
            attempt = ExamRows.hold(connection, driverId, id);
        }
        return new Taken(
                taken,
                refused,
                attempt.leavesLeft(),
                attempt.closedAt() == null ? null : Json.time(attempt.closedAt()),
                Json.time(attempt.endsAt()),
                Json.time(now));
    }

    private static int number(JsonNode said) {
        return said.isIntegralNumber() && said.canConvertToInt() ? said.intValue() : -1;
    }

    /** Hands the paper in. One that is closed stays as it is. */
    AttemptView handIn(
            Connection connection, int driverId, UUID id, String device, @Nullable JsonNode strokes, Instant now)
            throws SQLException {
        return review.of(connection, closing.handIn(connection, driverId, id, device, strokes, now), now);
    }

    /**
     * Closes exams whose time is over, of whoever forgot them; some hundreds at most.
     *
     * @return how many
     */
    public int closeOverdue(Connection connection, Instant now) throws SQLException {
        return closing.closeOverdue(connection, now);
    }

    /** @throws Refusal if he has no such attempt */
    static void own(Connection connection, int driverId, UUID id) throws SQLException {
        ExamRows.hold(connection, driverId, id);
    }
}

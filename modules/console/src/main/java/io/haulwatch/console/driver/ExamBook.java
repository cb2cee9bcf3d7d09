package io.haulwatch.console.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.driver.Questions.Asked;
import io.haulwatch.console.driver.Questions.OptionView;
import io.haulwatch.console.driver.TaskBook.Attempts;
import io.haulwatch.console.driver.TaskBook.Task;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.LearningRecords;
import io.haulwatch.console.training.TaskCompletion;
import io.haulwatch.training.content.Difficulty;
import io.haulwatch.training.exam.AttemptRule;
import io.haulwatch.training.exam.Grading;
import io.haulwatch.training.exam.Grading.Grade;
import io.haulwatch.training.exam.Grading.Partial;
import io.haulwatch.training.exam.PaperDraw;
import io.haulwatch.training.exam.PaperDraw.Drawn;
import io.haulwatch.training.exam.PaperRule;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Exams. The server draws the paper, runs the clock and marks; the phone shows and remembers. Every call holds the attempt's row, so what is said
 * twice, late, or from two phones is settled here, in the order in which it comes.
 */
public final class ExamBook {
    /** After the end, for what was answered before it and is on its way. */
    static final Duration GRACE = Duration.ofSeconds(30);

    /** How often the page may be left; once more hands the paper in. */
    static final int MOST_LEAVES = 3;

    /** Attempts that one sweep closes. */
    static final int SWEEP = 200;

    /** Weights of the draw: mostly middling questions, some easy, some hard. */
    private static final Map<Difficulty, Integer> DIFFICULTIES =
            Map.of(Difficulty.EASY, 3, Difficulty.MEDIUM, 5, Difficulty.HARD, 2);

    private static final String ATTEMPT = """
            select a.attempt_id, a.task_id, a.company_id, a.driver_id, a.number, a.device, a.pass_percent, a.begun_at, a.ends_at, a.left_page,
                a.closed_at, a.closed_by, a.score, a.passed
            from hw.exam_attempt a where true
            """;

    private final Questions questions;
    private final TaskCompletion completion;
    private final ObjectMapper json;
    private final LongSupplier seeds;
    private final Supplier<UUID> ids;

    /** @param seeds of papers, from a source that nobody can predict */
    public ExamBook(TaskCompletion completion, ObjectMapper json, LongSupplier seeds, Supplier<UUID> ids) {
        this.questions = new Questions(json);
        this.completion = completion;
        this.json = json;
        this.seeds = seeds;
        this.ids = ids;
    }

    /** An attempt with its answers. */
    record Attempt(
            UUID id,
            long taskId,
            int companyId,
            int driverId,
            int number,
            String device,
            int passPercent,
            Instant begunAt,
            Instant endsAt,
            int leftPage,
            @Nullable Instant closedAt,
            @Nullable Double score,
            @Nullable Boolean passed) {
        int leavesLeft() {
            return Math.max(0, MOST_LEAVES - leftPage);
        }

        boolean isOver(Instant now) {
            return now.isAfter(endsAt.plus(GRACE));
        }
    }

    private record Line(
            int place,
            int questionId,
            List<Integer> shown,
            @Nullable Set<Integer> given,
            int answerNo,
            @Nullable Boolean right) {}

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
            closedIfOver(connection, hold(connection, driverId, open), now);
        }
    }

    /** Begins an attempt, or goes on with the open one; {@link #closeForgotten} comes before. */
    Begun begin(Connection connection, int driverId, long taskId, String device, boolean takeOver, Instant now)
            throws SQLException {
        Task task = TaskBook.hold(connection, driverId, taskId);
        Attempts before = TaskBook.attempts(connection, driverId, task);
        UUID openId = before.open();
        if (openId != null) {
            Attempt open = hold(connection, driverId, openId);
            if (!open.device.equals(device)) {
                if (!takeOver) {
                    throw Refusal.conflict(
                                    "exam-elsewhere",
                                    "This exam is open on another phone: go on there, or take it over here, which ends it there.")
                            .saying("attempt", open.id.toString());
                }
                new SqlText("update hw.exam_attempt set device = ? where attempt_id = ?", device, open.id)
                        .run(connection);
            }
            return new Begun(view(connection, hold(connection, driverId, open.id), now), false);
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
        return new Begun(view(connection, hold(connection, driverId, id), now), true);
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
        return view(connection, closedIfOver(connection, hold(connection, driverId, id), now), now);
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
        Attempt attempt = closedIfOver(connection, hold(connection, driverId, id), now);
        Map<Integer, Line> lines = lines(connection, attempt);
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
            Stored stored = new Stored(line.given == null ? null : List.copyOf(line.given), line.answerNo);
            Asked question = asked.get(line.questionId);
            Set<Integer> given = question == null
                    ? null
                    : Questions.chosenOrNull(
                            answer.path("given"), question.options().size());
            if (attempt.closedAt != null) {
                refused.add(new Refused(
                        place, "exam-over", "The exam is over; what had come by its end was marked.", stored));
            } else if (!attempt.device.equals(device)) {
                refused.add(new Refused(
                        place,
                        "elsewhere",
                        "This exam goes on on another phone: take it over here, or go on there.",
                        stored));
            } else if (answerNo <= line.answerNo) {
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
                lines.put(place, new Line(place, line.questionId, line.shown, given, answerNo, null));
                taken.add(place);
            }
        }
        if (leftPage != null
                && leftPage > attempt.leftPage
                && attempt.closedAt == null
                && attempt.device.equals(device)) {
            new SqlText("update hw.exam_attempt set left_page = ? where attempt_id = ?", leftPage, id).run(connection);
            if (leftPage > MOST_LEAVES) {
                close(connection, attempt, "left_page", now);
            }
            attempt = hold(connection, driverId, id);
        }
        return new Taken(
                taken,
                refused,
                attempt.leavesLeft(),
                attempt.closedAt == null ? null : Json.time(attempt.closedAt),
                Json.time(attempt.endsAt),
                Json.time(now));
    }

    private static int number(JsonNode said) {
        return said.isIntegralNumber() && said.canConvertToInt() ? said.intValue() : -1;
    }

    /** Hands the paper in. One that is closed stays as it is. */
    AttemptView handIn(
            Connection connection, int driverId, UUID id, String device, @Nullable JsonNode strokes, Instant now)
            throws SQLException {
        Attempt attempt = hold(connection, driverId, id);
        if (attempt.closedAt == null) {
            if (attempt.isOver(now)) {
                close(connection, attempt, "time", now);
            } else if (!attempt.device.equals(device)) {
                throw Refusal.conflict(
                        "exam-elsewhere",
                        "This exam goes on on another phone: hand it in there, or take it over here first.");
            } else {
                close(connection, attempt, now.isAfter(attempt.endsAt) ? "time" : "driver", now);
            }
            attempt = hold(connection, driverId, id);
        }
        if (strokes != null && Boolean.TRUE.equals(attempt.passed)) {
            sign(connection, attempt, strokes, now);
        }
        return view(connection, attempt, now);
    }

    private void sign(Connection connection, Attempt attempt, JsonNode strokes, Instant now) throws SQLException {
        try {
            new SqlText("""
                            insert into hw.training_signature (task_id, company_id, driver_id, strokes, signed_at) values (?, ?, ?, ?::jsonb, ?)
                            on conflict (task_id) do nothing
                            """, attempt.taskId, attempt.companyId, attempt.driverId, json.writeValueAsString(strokes), now)
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
    public int closeOverdue(Connection connection, Instant now) throws SQLException {
        List<Attempt> over = new SqlText(ATTEMPT)
                .and("a.closed_at is null and a.ends_at < ?", now.minus(GRACE))
                .add("order by a.ends_at limit ?", SWEEP)
                .list(connection, ExamBook::attempt);
        int closed = 0;
        for (Attempt each : over) {
            // Whoever has it in his hands just now closes it himself.
            boolean free = new SqlText(
                            "select from hw.training_task where task_id = ? for update skip locked", each.taskId)
                    .first(connection, row -> true)
                    .isPresent();
            Attempt attempt = free ? hold(connection, each.driverId, each.id) : each;
            if (free && attempt.closedAt == null) {
                close(connection, attempt, "time", now);
                closed++;
            }
        }
        return closed;
    }

    private Attempt closedIfOver(Connection connection, Attempt attempt, Instant now) throws SQLException {
        if (attempt.closedAt != null || !attempt.isOver(now)) {
            return attempt;
        }
        close(connection, attempt, "time", now);
        return hold(connection, attempt.driverId, attempt.id);
    }

    private void close(Connection connection, Attempt attempt, String by, Instant now) throws SQLException {
        Map<Integer, Asked> asked = questions.ofAttempt(connection, attempt.id);
        Map<Integer, Line> lines = lines(connection, attempt);
        Map<Long, Set<Integer>> answers = new HashMap<>();
        List<Grading.Asked> paper = new ArrayList<>();
        Map<Long, Integer> places = new HashMap<>();
        for (Line line : lines.values()) {
            Asked question = asked.get(line.questionId);
            if (question == null) {
                throw new IllegalStateException("an attempt keeps its questions: attempt=" + attempt.id);
            }
            long questionId = line.questionId;
            paper.add(new Grading.Asked(questionId, question.right()));
            places.put(questionId, line.place);
            if (line.given != null) {
                answers.put(questionId, line.given);
            }
        }
        Grade grade = Grading.grade(paper, answers, new Grading.Rule(attempt.passPercent, Partial.NONE));
        for (Grading.Marked marked : grade.marks()) {
            new SqlText(
                            "update hw.exam_answer set is_right = ? where attempt_id = ? and place = ?",
                            marked.right(),
                            attempt.id,
                            places.getOrDefault(marked.questionId(), 0))
                    .run(connection);
        }
        Instant closedAt = now.isAfter(attempt.endsAt) ? attempt.endsAt : now;
        new SqlText(
                        "update hw.exam_attempt set closed_at = ?, closed_by = ?, score = ?::numeric, passed = ? where attempt_id = ?",
                        closedAt,
                        by,
                        grade.score().toPlainString(),
                        grade.passed(),
                        attempt.id)
                .run(connection);
        BigDecimal score = grade.score();
        new SqlText(
                        "update hw.training_task set best_score = greatest(best_score, ?::numeric) where task_id = ?",
                        score.toPlainString(),
                        attempt.taskId)
                .run(connection);
        if (grade.passed()) {
            completion.passed(connection, attempt.taskId, attempt.id, now);
        } else {
            completion.failed(connection, attempt.id);
        }
    }

    /** @throws Refusal if he has no such attempt */
    static void own(Connection connection, int driverId, UUID id) throws SQLException {
        hold(connection, driverId, id);
    }

    /** Holds an attempt, its task first, as everything does that holds both. @throws Refusal if he has no such attempt */
    private static Attempt hold(Connection connection, int driverId, UUID id) throws SQLException {
        new SqlText("""
                        select from hw.training_task t where t.driver_id = ?
                            and t.task_id = (select a.task_id from hw.exam_attempt a where a.attempt_id = ? and a.driver_id = ?) for update
                        """, driverId, id, driverId).first(connection, row -> true);
        return new SqlText(ATTEMPT)
                .and("a.attempt_id = ? and a.driver_id = ?", id, driverId)
                .add("for update")
                .first(connection, ExamBook::attempt)
                .orElseThrow(() -> Refusal.notFound("You have no such exam: id=" + id + "."));
    }

    private static Map<Integer, Line> lines(Connection connection, Attempt attempt) throws SQLException {
        Map<Integer, Line> lines = new TreeMap<>();
        new SqlText(
                        "select place, question_id, shown, given, answer_no, is_right from hw.exam_answer where attempt_id = ? order by place",
                        attempt.id)
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

    /** Questions of his exam that is open: what is right in them is told when it is over. */
    private static Set<Integer> askedNow(Connection connection, int driverId, Instant now) throws SQLException {
        return Set.copyOf(new SqlText("""
                        select distinct w.question_id from hw.exam_attempt a join hw.exam_answer w on w.attempt_id = a.attempt_id
                        where a.driver_id = ? and a.closed_at is null and a.ends_at >= ?
                        """, driverId, now.minus(GRACE)).list(connection, row -> row.getInt(1)));
    }

    /** @throws Refusal if a question stands in an exam of his that is open */
    static void refuseWhileAsked(Connection connection, int driverId, int question, Instant now) throws SQLException {
        if (askedNow(connection, driverId, now).contains(question)) {
            throw Refusal.conflict(
                    "exam-open", "Your exam asks this question just now: what is right is told when it is over.");
        }
    }

    private AttemptView view(Connection connection, Attempt attempt, Instant now) throws SQLException {
        Map<Integer, Asked> asked = questions.ofAttempt(connection, attempt.id);
        Set<Integer> askedNow =
                attempt.closedAt == null ? Set.<Integer>of() : askedNow(connection, attempt.driverId, now);
        List<PaperLine> paper = new ArrayList<>();
        List<ReviewLine> review = new ArrayList<>();
        for (Line line : lines(connection, attempt).values()) {
            Asked question = asked.get(line.questionId);
            if (question == null) {
                continue;
            }
            Set<Integer> given = line.given;
            paper.add(new PaperLine(
                    line.place,
                    question.kind(),
                    question.stem(),
                    question.stemEn(),
                    line.shown.stream().map(n -> question.options().get(n)).toList(),
                    given == null ? null : List.copyOf(given),
                    line.answerNo));
            if (askedNow.contains(line.questionId)) {
                continue;
            }
            review.add(new ReviewLine(
                    line.place,
                    Boolean.TRUE.equals(line.right),
                    List.copyOf(new TreeSet<>(question.right())),
                    question.explanation(),
                    question.explanationEn(),
                    question.clause(),
                    question.clauseEn(),
                    question.effective()));
        }
        Instant closedAt = attempt.closedAt;
        return new AttemptView(
                attempt.id.toString(),
                attempt.taskId,
                attempt.number,
                Json.time(attempt.begunAt),
                Json.time(attempt.endsAt),
                Json.time(now),
                attempt.leavesLeft(),
                paper,
                closedAt == null ? null : Json.time(closedAt),
                attempt.score,
                attempt.passed,
                attempt.passPercent,
                closedAt == null ? null : review);
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        Timestamp closed = row.getTimestamp("closed_at");
        double score = row.getDouble("score");
        Double scored = row.wasNull() ? null : (Double) score;
        boolean passed = row.getBoolean("passed");
        Boolean judged = row.wasNull() ? null : (Boolean) passed;
        return new Attempt(
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

package io.haulwatch.console.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.training.content.Difficulty;
import io.haulwatch.training.content.Question;
import io.haulwatch.training.content.QuestionKind;
import io.haulwatch.training.content.Words;
import io.haulwatch.training.xapi.Statements;
import io.haulwatch.training.xapi.Statements.Part;
import io.haulwatch.training.xapi.Statements.Sitting;
import io.haulwatch.training.xapi.Verb;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what was learnt as xAPI statements, in the transaction of what they tell. A statement's id is made of what it tells, so whoever tells the
 * same again adds nothing, and a statement is never changed: what turned out wrong is voided by another one.
 */
public final class LearningRecords {
    private static final Logger LOG = LoggerFactory.getLogger(LearningRecords.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String QUESTION = """
            select q.code as question, v.kind, v.stem, v.stem_en, v.options, %s as given, c.code as course, l.code as lesson, t.task_id, t.company_id,
                t.driver_id, t.plan_id, %s
            """;

    private static final String ONCE = "order by s.place on conflict (statement_id) do nothing";

    private LearningRecords() {}

    /** Whom and what a statement is about. */
    private record About(Sitting sitting, Part part) {}

    /** A sitting of a lesson has begun. */
    public static void lessonBegun(Connection connection, long study, Instant at) throws SQLException {
        About about = lesson(connection, study);
        tell(
                connection,
                about,
                of("study/" + study + "/initialized/" + at.toEpochMilli(), at, about, Verb.INITIALIZED));
    }

    /** A lesson was gone through. @param credited study that counts */
    public static void lessonDone(Connection connection, long study, Instant at, Duration credited)
            throws SQLException {
        studied(connection, completion(study, at), study, at, Verb.COMPLETED, true, credited);
    }

    /** A sitting of a lesson is over, with the lesson done or not. */
    public static void lessonLeft(Connection connection, long study, Instant at, boolean done, Duration credited)
            throws SQLException {
        String name = "study/" + study + "/terminated/" + at.toEpochMilli();
        studied(connection, name, study, at, Verb.TERMINATED, done, credited);
    }

    /** A lesson counts as not gone through any more. @param doneAt when it did */
    public static void lessonUndone(Connection connection, long study, Instant doneAt, Instant now)
            throws SQLException {
        takeBack(connection, lesson(connection, study), completion(study, doneAt), now);
    }

    /** An answer between lessons. */
    public static void quizAnswered(Connection connection, long answer) throws SQLException {
        Answered answered = new SqlText(QUESTION.formatted("a.given", "a.at") + """
                        from hw.quiz_answer a join hw.training_task t on t.task_id = a.task_id
                            join hw.question q on q.question_id = a.question_id
                            join hw.question_version v on v.question_id = a.question_id and v.version = a.version
                            join hw.course c on c.course_id = q.course_id left join hw.lesson l on l.lesson_id = q.lesson_id
                        where a.answer_id = ?
                        """, answer)
                .first(connection, row -> answered(row))
                .orElse(null);
        if (answered != null && answered.question != null) {
            tell(connection, answered.about, List.of(answered("quiz/" + answer, answered, answered.question)));
        }
    }

    /** An exam has begun. */
    public static void examBegun(Connection connection, UUID attempt) throws SQLException {
        Exam exam = exam(connection, attempt);
        tell(connection, exam.about, of(beginning(attempt), exam.begunAt, exam.about, Verb.INITIALIZED));
    }

    /** A marked exam: its answers, its result, its end. */
    public static void examMarked(Connection connection, UUID attempt) throws SQLException {
        Exam exam = exam(connection, attempt);
        Instant closedAt = exam.closedAt;
        BigDecimal score = exam.score;
        if (closedAt == null || score == null) {
            throw new IllegalStateException("an exam that is marked is closed: attempt=" + attempt);
        }
        List<Answered> answers = new SqlText(
                        QUESTION.formatted("a.given", "coalesce(a.answered_at, x.closed_at) as at") + """
                        , a.place from hw.exam_answer a join hw.exam_attempt x on x.attempt_id = a.attempt_id
                            join hw.training_task t on t.task_id = x.task_id
                            join hw.question q on q.question_id = a.question_id
                            join hw.question_version v on v.question_id = a.question_id and v.version = a.version
                            join hw.course c on c.course_id = q.course_id left join hw.lesson l on false
                        where a.attempt_id = ? and a.given is not null order by a.place
                        """, attempt)
                .list(connection, row -> answered(row).at(row.getInt("place")));
        List<ObjectNode> told = new ArrayList<>();
        for (Answered each : answers) {
            if (each.question != null) {
                told.add(answered("exam/" + attempt + "/answer/" + each.place, each, each.question));
            }
        }
        told.add(Statements.examined(
                id(result(attempt)),
                closedAt,
                exam.about.sitting,
                exam.about.part,
                score,
                exam.passed,
                Duration.between(exam.begunAt, closedAt)));
        told.add(of("exam/" + attempt + "/terminated", closedAt, exam.about, Verb.TERMINATED));
        tell(connection, exam.about, told);
    }

    /** An exam does not count: it was taken back before its end, or what it gave was revoked. */
    public static void examVoided(Connection connection, UUID attempt, Instant now) throws SQLException {
        Exam exam = exam(connection, attempt);
        takeBack(connection, exam.about, exam.score == null ? beginning(attempt) : result(attempt), now);
    }

    /** The same for all that is told of one task. */
    private static UUID registration(long taskId) {
        return UUID.nameUUIDFromBytes(("urn:haulwatch:task:" + taskId).getBytes(StandardCharsets.UTF_8));
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(("urn:haulwatch:statement:" + name).getBytes(StandardCharsets.UTF_8));
    }

    private static String completion(long study, Instant at) {
        return "study/" + study + "/completed/" + at.toEpochMilli();
    }

    private static String beginning(UUID attempt) {
        return "exam/" + attempt + "/initialized";
    }

    private static String result(UUID attempt) {
        return "exam/" + attempt + "/result";
    }

    private static ObjectNode of(String name, Instant at, About about, Verb verb) {
        return Statements.of(id(name), at, about.sitting, verb, about.part);
    }

    private static void studied(
            Connection connection, String name, long study, Instant at, Verb verb, boolean done, Duration credited)
            throws SQLException {
        About about = lesson(connection, study);
        List<Boolean> checks = new SqlText(
                        "select kind = 'check_passed' from hw.study_event where study_id = ? and kind in ('check_passed', 'check_missed')"
                                + " order by event_id",
                        study)
                .list(connection, row -> row.getBoolean(1));
        tell(
                connection,
                about,
                Statements.studied(id(name), at, about.sitting, verb, about.part, done, credited, checks));
    }

    private static About lesson(Connection connection, long study) throws SQLException {
        return new SqlText("""
                        select t.task_id, t.company_id, t.driver_id, t.plan_id, c.code as course, l.code as lesson
                        from hw.study s join hw.training_task t on t.task_id = s.task_id join hw.lesson l on l.lesson_id = s.lesson_id
                            join hw.course c on c.course_id = l.course_id
                        where s.study_id = ?
                        """, study)
                .first(connection, LearningRecords::about)
                .orElseThrow(() -> new IllegalStateException("no such study: study=" + study));
    }

    private record Exam(
            About about,
            Instant begunAt,
            @Nullable Instant closedAt,
            @Nullable BigDecimal score,
            boolean passed) {}

    private static Exam exam(Connection connection, UUID attempt) throws SQLException {
        return new SqlText("""
                        select t.task_id, t.company_id, t.driver_id, t.plan_id, c.code as course, null::text as lesson, a.begun_at, a.closed_at,
                            a.score, coalesce(a.passed, false) as passed
                        from hw.exam_attempt a join hw.training_task t on t.task_id = a.task_id join hw.course c on c.course_id = a.course_id
                        where a.attempt_id = ?
                        """, attempt)
                .first(connection, row -> {
                    var closed = row.getTimestamp("closed_at");
                    return new Exam(
                            about(row),
                            row.getTimestamp("begun_at").toInstant(),
                            closed == null ? null : closed.toInstant(),
                            row.getBigDecimal("score"),
                            row.getBoolean("passed"));
                })
                .orElseThrow(() -> new IllegalStateException("no such exam: attempt=" + attempt));
    }

    private static About about(ResultSet row) throws SQLException {
        int plan = row.getInt("plan_id");
        String named = row.wasNull() ? null : Integer.toString(plan);
        return new About(
                new Sitting(
                        row.getInt("company_id"), row.getInt("driver_id"), registration(row.getLong("task_id")), named),
                new Part(row.getString("course"), row.getString("lesson")));
    }

    /** @param question null if it breaks today's rules of questions, and cannot be told @param place on a paper */
    private record Answered(About about, @Nullable Question question, SortedSet<Integer> given, Instant at, int place) {
        Answered at(int itsPlace) {
            return new Answered(about, question, given, at, itsPlace);
        }
    }

    private static Answered answered(ResultSet row) throws SQLException {
        return new Answered(
                about(row),
                question(row),
                numbers(row.getArray("given")),
                row.getTimestamp("at").toInstant(),
                0);
    }

    private static ObjectNode answered(String name, Answered answered, Question question) {
        return Statements.answered(
                id(name), answered.at, answered.about.sitting, answered.about.part, question, answered.given);
    }

    private static @Nullable Question question(ResultSet row) throws SQLException {
        try {
            List<Question.Option> options = new ArrayList<>();
            for (JsonNode option : JSON.readTree(row.getString("options"))) {
                String english = option.path("text_en").asText("");
                options.add(new Question.Option(
                        words(option.path("text").asText(""), english),
                        option.path("right").asBoolean()));
            }
            return new Question(
                    row.getString("question"),
                    null,
                    null,
                    QuestionKind.of(row.getString("kind")),
                    Difficulty.MEDIUM,
                    words(row.getString("stem"), row.getString("stem_en")),
                    options,
                    null,
                    null,
                    null);
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        } catch (IllegalArgumentException e) {
            LOG.warn("an answer is not told as a statement, its question breaks the rules: {}", e.getMessage());
            return null;
        }
    }

    private static Words words(String chinese, @Nullable String english) {
        return new Words(chinese, english == null || english.isBlank() ? null : english);
    }

    private static SortedSet<Integer> numbers(Array array) throws SQLException {
        SortedSet<Integer> numbers = new TreeSet<>();
        Stream.of((Object[]) array.getArray()).forEach(each -> numbers.add(((Number) each).intValue()));
        return numbers;
    }

    private static void tell(Connection connection, About about, ObjectNode statement) throws SQLException {
        tell(connection, about, List.of(statement));
    }

    /** All in one statement: thousands hand in their exams at the same minute. */
    private static void tell(Connection connection, About about, List<ObjectNode> statements) throws SQLException {
        insert(about, statements).add(ONCE).run(connection);
    }

    /** Nothing is taken back that was not told. */
    private static void takeBack(Connection connection, About about, String name, Instant now) throws SQLException {
        UUID earlier = id(name);
        insert(about, List.of(Statements.voided(id("void/" + earlier), now, about.sitting, earlier)))
                .add("where exists (select from hw.learning_statement where statement_id = ?)", earlier)
                .add(ONCE)
                .run(connection);
    }

    private static SqlText insert(About about, List<ObjectNode> statements) {
        return new SqlText(
                """
                insert into hw.learning_statement (statement_id, company_id, driver_id, at, body)
                select (s.body ->> 'id')::uuid, ?, ?, (s.body ->> 'timestamp')::timestamptz, s.body
                from unnest(?::jsonb[]) with ordinality s (body, place)
                """,
                (int) about.sitting.company(),
                (int) about.sitting.driver(),
                statements.stream().map(ObjectNode::toString).toList());
    }
}

package io.haulwatch.console.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.content.Difficulty;
import io.haulwatch.training.content.Question;
import io.haulwatch.training.content.QuestionKind;
import io.haulwatch.training.content.QuestionRefused;
import io.haulwatch.training.content.Words;
import io.haulwatch.training.exam.ItemStatistics;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The questions of a course, with what answers say about them. They hold their keys, so only who writes courses sees them here. */
final class QuestionRoutes {
    private static final List<String> KINDS = List.of("single", "multiple", "true_false");
    private static final List<String> DIFFICULTIES = List.of("easy", "medium", "hard");
    private static final int LONGEST_CODE = 60;
    private static final int LONGEST_STEM = 1_000;
    private static final int LONGEST_OPTION = 300;
    private static final int LONGEST_EXPLANATION = 2_000;
    private static final int LONGEST_CLAUSE = 200;
    private static final int MOST_OPTIONS = 8;
    /** Answers by which a question is judged. */
    private static final int MOST_ANSWERS = 500;

    private final ScopedDatabase database;
    private final AuditLog audit;
    private final Cursors cursors;
    private final ObjectMapper json;
    private final InstantSource clock;

    QuestionRoutes(ScopedDatabase database, AuditLog audit, Cursors cursors, ObjectMapper json, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.cursors = cursors;
        this.json = json;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/courses/:id/questions", Right.WRITE_COURSES, this::list),
                Route.post("/api/v1/courses/:id/questions", Right.WRITE_COURSES, this::add),
                Route.post("/api/v1/questions/:id/versions", Right.WRITE_COURSES, this::addVersion),
                Route.post("/api/v1/questions/:id/retire", Right.WRITE_COURSES, this::retire));
    }

    /** @param difficultyP share of those who were right @param verdict open, keep, too_easy or misleading @param retire whether it should no longer be asked */
    record Statistics(
            int answers, double difficultyP, @Nullable Double discrimination, String verdict, boolean retire) {
        static Statistics of(ItemStatistics item) {
            return new Statistics(
                    item.answers(),
                    item.difficulty(),
                    item.discrimination(),
                    item.verdict().name().toLowerCase(Locale.ROOT),
                    item.retire());
        }
    }

    /**
     * A question in its newest version.
     *
     * @param options {text, text_en, right} in their own order
     * @param builtIn whether it comes with the product, which may bring another text of it
     */
    record QuestionRow(
            int id,
            String code,
            @Nullable Integer lessonId,
            String state,
            int version,
            String kind,
            String difficulty,
            String stem,
            @Nullable String stemEn,
            JsonNode options,
            String explanation,
            @Nullable String explanationEn,
            String clause,
            @Nullable String clauseEn,
            @Nullable String effective,
            boolean builtIn,
            Statistics statistics) {}

    private static final String ROW = """
            select q.question_id, q.code, q.lesson_id, q.state, v.version, v.kind, v.difficulty, v.stem, v.stem_en, v.options::text, v.explanation,
                v.explanation_en, v.clause, v.clause_en, v.effective,
                exists (select from hw.question_version o where o.question_id = q.question_id and o.made_by = 0)
            from hw.question q join lateral (
                select * from hw.question_version v where v.question_id = q.question_id order by version desc limit 1) v on true where true
            """;

    private Answer list(Call call) throws SQLException {
        CourseRoutes.needAll(call);
        int course = call.pathId("id");
        int limit = call.limit();
        String state = call.word("state", List.of("live", "retired"));
        String listName = call.user().userId() + "|questions|" + course + "|" + state;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<QuestionRow> rows = database.read(call.scope(), call.user().userId(), connection -> {
            CourseRoutes.need(connection, call.scope(), course);
            SqlText sql = new SqlText(ROW).and("q.course_id = ?", course);
            if (state != null) {
                sql.and("q.state = ?", state);
            }
            if (after != null) {
                sql.and("q.question_id > ?", after.get(0).intValue());
            }
            return rows(connection, sql.add("order by q.question_id limit ?", limit + 1));
        });
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    private List<QuestionRow> rows(Connection connection, SqlText sql) throws SQLException {
        List<QuestionRow> bare = sql.list(connection, row -> row(row, Statistics.of(ItemStatistics.of(List.of()))));
        Map<Integer, List<ItemStatistics.Answer>> answers = new HashMap<>();
        new SqlText(
                        """
                select w.id, a.is_right, (select count(*) from hw.exam_answer b where b.attempt_id = a.attempt_id and b.place <> a.place and b.is_right)
                from unnest(?::integer[], ?::integer[]) w (id, version) cross join lateral (
                    select a.attempt_id, a.place, a.is_right from hw.exam_answer a
                    where a.question_id = w.id and a.version = w.version and a.is_right is not null limit ?) a
                """,
                        bare.stream().map(QuestionRow::id).toList(),
                        bare.stream().map(QuestionRow::version).toList(),
                        MOST_ANSWERS)
                .each(
                        connection,
                        row -> answers.computeIfAbsent(row.getInt(1), id -> new ArrayList<>())
                                .add(new ItemStatistics.Answer(row.getBoolean(2), row.getInt(3))));
        return bare.stream()
                .map(row -> with(row, Statistics.of(ItemStatistics.of(answers.getOrDefault(row.id, List.of())))))
                .toList();
    }

    private static QuestionRow with(QuestionRow row, Statistics statistics) {
        return new QuestionRow(
                row.id,
                row.code,
                row.lessonId,
                row.state,
                row.version,
                row.kind,
                row.difficulty,
                row.stem,
                row.stemEn,
                row.options,
                row.explanation,
                row.explanationEn,
                row.clause,
                row.clauseEn,
                row.effective,
                row.builtIn,
                statistics);
    }

    private QuestionRow row(ResultSet row, Statistics statistics) throws SQLException {
        try {
            return new QuestionRow(
                    row.getInt(1),
                    row.getString(2),
                    (Integer) row.getObject(3),
                    row.getString(4),
                    row.getInt(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    row.getString(9),
                    json.readTree(row.getString(10)),
                    row.getString(11),
                    row.getString(12),
                    row.getString(13),
                    row.getString(14),
                    row.getString(15),
                    row.getBoolean(16),
                    statistics);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new SQLException("options are JSON", e);
        }
    }

    private QuestionRow one(Connection connection, int id) throws SQLException {
        return rows(connection, new SqlText(ROW).and("q.question_id = ?", id)).getFirst();
    }

    private Answer add(Call call) throws SQLException {
        CourseRoutes.needAll(call);
        int course = call.pathId("id");
        int me = call.user().userId();
        return Answer.json(201, database.write(call.scope(), me, connection -> {
            CourseRoutes.need(connection, call.scope(), course);
            String code = call.saidInOneLine("code", LONGEST_CODE);
            Question question = question(call, code);
            Integer lesson = call.optionalNumber("lesson_id", 1, Integer.MAX_VALUE);
            needLesson(connection, course, lesson);
            Integer id = new SqlText(
                            "insert into hw.question (course_id, lesson_id, code) values (?, nullif(?, 0), ?)"
                                    + " on conflict (course_id, code) do nothing returning question_id",
                            course,
                            lesson == null ? 0 : lesson,
                            code)
                    .first(connection, row -> row.getInt(1))
                    .orElse(null);
            if (id == null) {
                throw Refusal.conflict(
                        "question-there", "Another question of the course has this code: code=" + code + ".");
            }
            QuestionBook.add(connection, id, question, json, me, false, clock.instant());
            audit.add(
                    connection,
                    me,
                    "question.add",
                    "question:" + id,
                    Map.of("course", course, "code", code),
                    call.address());
            return one(connection, id);
        }));
    }

    private static void needLesson(Connection connection, int course, @Nullable Integer lesson) throws SQLException {
        if (lesson == null) {
            return;
        }
        boolean there = new SqlText("select 1 from hw.lesson where lesson_id = ? and course_id = ?", lesson, course)
                .first(connection, row -> true)
                .orElse(false);
        if (!there) {
            throw Refusal.badValue("The course has no such lesson: lesson_id=" + lesson + ".");
        }
    }

    private Answer addVersion(Call call) throws SQLException {
        CourseRoutes.needAll(call);
        int id = call.pathId("id");
        int me = call.user().userId();
        return Answer.json(201, database.write(call.scope(), me, connection -> {
            String code = lock(connection, id);
            boolean moved = call.object().has("lesson_id") && move(connection, call, one(connection, id));
            int added = QuestionBook.add(connection, id, question(call, code), json, me, false, clock.instant());
            if (added == 0 && !moved) {
                throw Refusal.conflict("question-same", "The newest version says the same.");
            }
            QuestionRow row = one(connection, id);
            audit.add(
                    connection,
                    me,
                    "question.version",
                    "question:" + id,
                    Map.of("code", code, "version", row.version()),
                    call.address());
            return row;
        }));
    }

    /** Which lesson a question belongs to is no text of it, so it makes no version. @return whether it is another one now */
    private static boolean move(Connection connection, Call call, QuestionRow before) throws SQLException {
        Integer lesson = call.optionalNumber("lesson_id", 1, Integer.MAX_VALUE);
        if (Objects.equals(lesson, before.lessonId)) {
            return false;
        }
        if (before.builtIn) {
            throw Refusal.ruleBroken(
                    "question-built-in",
                    "The lesson of a question that comes with the product would be put back at its next start.");
        }
        int course = new SqlText("select course_id from hw.question where question_id = ?", before.id)
                .first(connection, row -> row.getInt(1))
                .orElseThrow();
        needLesson(connection, course, lesson);
        new SqlText(
                        "update hw.question set lesson_id = nullif(?, 0) where question_id = ?",
                        lesson == null ? 0 : lesson,
                        before.id)
                .run(connection);
        return true;
    }

    private static String lock(Connection connection, int id) throws SQLException {
        return new SqlText("select code from hw.question where question_id = ? for update", id)
                .first(connection, row -> row.getString(1))
                .orElseThrow(() -> Refusal.notFound("There is no such question: id=" + id + "."));
    }

    /** A question is retired for good: what people answered stays with it. */
    private Answer retire(Call call) throws SQLException {
        CourseRoutes.needAll(call);
        int id = call.pathId("id");
        int me = call.user().userId();
        return Answer.json(database.write(call.scope(), me, connection -> {
            String code = lock(connection, id);
            int changed = new SqlText(
                            "update hw.question set state = 'retired' where question_id = ? and state = 'live'", id)
                    .run(connection);
            if (changed == 0) {
                throw Refusal.conflict("question-retired", "The question is retired already.");
            }
            boolean tooFew = new SqlText("""
                    select c.exam_questions > (select count(*) from hw.question o where o.course_id = c.course_id and o.state = 'live')
                    from hw.question q join hw.course c using (course_id)
                    where q.question_id = ? and c.published_at is not null and c.retired_at is null
                    """, id)
                    .first(connection, row -> row.getBoolean(1))
                    .orElse(false);
            if (tooFew) {
                throw Refusal.ruleBroken(
                        "course-too-few-questions",
                        "The course is published and its exam needs this question. Add another first, or let the exam draw fewer.");
            }
            audit.add(connection, me, "question.retire", "question:" + id, Map.of("code", code), call.address());
            return one(connection, id);
        }));
    }

    private static Question question(Call call, String code) {
        JsonNode given = call.object().path("options");
        if (!given.isArray() || given.isEmpty() || given.size() > MOST_OPTIONS) {
            throw Refusal.badValue("\"options\" is a list of 2 to 8 objects {text, text_en, right}.");
        }
        List<Question.Option> options = new ArrayList<>();
        for (JsonNode each : given) {
            if (!each.path("text").isTextual() || !each.path("right").isBoolean()) {
                throw Refusal.badValue("\"options\" is a list of 2 to 8 objects {text, text_en, right}.");
            }
            String english =
                    each.path("text_en").isTextual() ? each.get("text_en").textValue() : "";
            if (each.get("text").textValue().length() > LONGEST_OPTION || english.length() > LONGEST_OPTION) {
                throw Refusal.badValue("An option has at most " + LONGEST_OPTION + " characters.");
            }
            if (!Call.isText(each.get("text").textValue()) || !Call.isText(english)) {
                throw Refusal.badValue("An option must not hold control characters or half characters.");
            }
            options.add(new Question.Option(
                    words("options", each.get("text").textValue(), english),
                    each.get("right").booleanValue()));
        }
        String explanation = text(call, "explanation", LONGEST_EXPLANATION);
        String clause = text(call, "clause", LONGEST_CLAUSE);
        try {
            return new Question(
                    code,
                    null,
                    null,
                    QuestionKind.of(call.oneOf("kind", KINDS)),
                    Difficulty.of(call.oneOf("difficulty", DIFFICULTIES)),
                    words("stem", call.said("stem", LONGEST_STEM), text(call, "stem_en", LONGEST_STEM)),
                    options,
                    explanation.isEmpty()
                            ? null
                            : words("explanation", explanation, text(call, "explanation_en", LONGEST_EXPLANATION)),
                    clause.isEmpty() ? null : words("clause", clause, text(call, "clause_en", LONGEST_CLAUSE)),
                    call.optionalDay("effective"));
        } catch (QuestionRefused e) {
            throw Refusal.ruleBroken("question-wrong", e.getMessage() + ".")
                    .saying("reason", e.reason().name().toLowerCase(Locale.ROOT));
        }
    }

    private static Words words(String name, String chinese, String english) {
        if (chinese.isBlank()) {
            throw Refusal.badValue("\"" + name + "\" must say something.");
        }
        return new Words(chinese.strip(), english.isBlank() ? null : english.strip());
    }

    private static String text(Call call, String name, int longest) {
        String text = call.optionalText(name, longest);
        return text == null ? "" : text.strip();
    }
}

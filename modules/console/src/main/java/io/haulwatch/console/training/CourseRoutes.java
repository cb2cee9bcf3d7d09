package io.haulwatch.console.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.content.LessonText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Courses with their lessons, as everybody sees them and as their writers change them. A lesson is changed by a new version; what drivers have studied
 * stays as they saw it. Texts are Markdown of anybody, so what is sent of them is made safe.
 */
final class CourseRoutes {
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{1,39}");
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_SUMMARY = 500;
    static final int LONGEST_BODY = 20_000;
    private static final int LONGEST_ADDRESS = 500;
    static final int MOST_LESSONS = 100;
    /** Of a row l of hw.lesson: whether it comes with the product. */
    static final String LESSON_BUILT_IN =
            "exists (select from hw.lesson_version o where o.lesson_id = l.lesson_id and o.made_by = 0)";

    private static final String ROW = """
            select c.course_id, c.code, c.topic, c.title, c.title_en, c.summary, c.summary_en, c.built_in, c.exam_questions, c.exam_minutes,
                c.pass_percent, c.attempts, c.valid_months, c.published_at, c.retired_at, l.lessons, l.seconds,
                (select count(*) from hw.question q where q.course_id = c.course_id and q.state = 'live'),
            """;
    private static final String FROM = """
            from hw.course c left join lateral (
                select count(*) as lessons, coalesce(sum(v.seconds), 0) as seconds from hw.lesson l join lateral (
                    select seconds from hw.lesson_version v where v.lesson_id = l.lesson_id order by version desc limit 1) v on true
                where l.course_id = c.course_id and l.retired_at is null) l on true where true
            """;

    private final ScopedDatabase database;
    private final AuditLog audit;
    private final Cursors cursors;
    private final InstantSource clock;

    CourseRoutes(ScopedDatabase database, AuditLog audit, Cursors cursors, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.cursors = cursors;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/courses", Right.WATCH, this::list),
                Route.post("/api/v1/courses", Right.WRITE_COURSES, this::make),
                Route.get("/api/v1/courses/:id", Right.WATCH, this::one),
                Route.patch("/api/v1/courses/:id", Right.WRITE_COURSES, this::change),
                Route.post("/api/v1/courses/:id/lessons", Right.WRITE_COURSES, this::addLesson),
                Route.post("/api/v1/courses/:id/publish", Right.WRITE_COURSES, this::publish),
                Route.post("/api/v1/courses/:id/retire", Right.WRITE_COURSES, this::retire),
                Route.post("/api/v1/lessons/:id/versions", Right.WRITE_COURSES, this::addVersion));
    }

    /** How a course is examined. */
    record ExamRule(int questions, int minutes, int passPercent, int attempts, int validMonths) {}

    /**
     * A course.
     *
     * @param seconds that its lessons last
     * @param questions that may be asked
     * @param state draft, published or retired
     * @param openTasks in the reader's scope
     */
    record CourseRow(
            int id,
            String code,
            String topic,
            String title,
            @Nullable String titleEn,
            String summary,
            @Nullable String summaryEn,
            boolean builtIn,
            String state,
            @Nullable String publishedAt,
            @Nullable String retiredAt,
            int lessons,
            int seconds,
            int questions,
            ExamRule exam,
            int openTasks) {}

    /**
     * A lesson in its newest version.
     *
     * @param html safe to put into a page
     * @param plain to read aloud
     * @param builtIn whether it comes with the product, which may bring another text of it
     * @param video an https address elsewhere, or the id of an uploaded one
     * @param clip the uploaded one that it names
     */
    record LessonRow(
            int id,
            String code,
            int place,
            int version,
            String title,
            @Nullable String titleEn,
            int seconds,
            String body,
            @Nullable String bodyEn,
            String html,
            @Nullable String htmlEn,
            String plain,
            @Nullable String plainEn,
            @Nullable String video,
            CourseVideos.@Nullable Clip clip,
            @Nullable String retiredAt,
            boolean builtIn) {}

    /** A course with its lessons, those in use first. */
    record CourseDetail(@JsonUnwrapped CourseRow course, List<LessonRow> content) {}

    private static SqlText courses(Scope scope) {
        SqlText sql = new SqlText(ROW);
        sql.add("(select count(*) from hw.training_task t where t.course_id = c.course_id and t.closed_at is null")
                .within(scope, "t.company_id = any (?)");
        return sql.add(") as open_tasks").add(FROM);
    }

    private Answer list(Call call) throws SQLException {
        int limit = call.limit();
        String state = call.word("state", List.of("draft", "published", "retired"));
        String listName = call.user().userId() + "|courses|" + state;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<CourseRow> rows = database.read(call.scope(), call.user().userId(), connection -> {
            SqlText sql = courses(call.scope());
            if (state != null) {
                switch (state) {
                    case "draft" -> sql.and("c.published_at is null and c.retired_at is null");
                    case "published" -> sql.and("c.published_at is not null and c.retired_at is null");
                    default -> sql.and("c.retired_at is not null");
                }
            }
            if (after != null) {
                sql.and("c.course_id > ?", after.get(0).intValue());
            }
            return sql.add("order by c.course_id limit ?", limit + 1).list(connection, CourseRoutes::course);
        });
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    private static CourseRow course(ResultSet row) throws SQLException {
        Timestamp published = row.getTimestamp(14);
        Timestamp retired = row.getTimestamp(15);
        return new CourseRow(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getBoolean(8),
                retired != null ? "retired" : published != null ? "published" : "draft",
                published == null ? null : Json.time(published.toInstant()),
                retired == null ? null : Json.time(retired.toInstant()),
                row.getInt(16),
                row.getInt(17),
                row.getInt(18),
                new ExamRule(row.getInt(9), row.getInt(10), row.getInt(11), row.getInt(12), row.getInt(13)),
                row.getInt(19));
    }

    static CourseRow need(Connection connection, Scope scope, int id) throws SQLException {
        return courses(scope)
                .and("c.course_id = ?", id)
                .first(connection, CourseRoutes::course)
                .orElseThrow(() -> Refusal.notFound("There is no such course: id=" + id + "."));
    }

    private Answer one(Call call) throws SQLException {
        int id = call.pathId("id");
        return Answer.json(
                database.read(call.scope(), call.user().userId(), connection -> detail(connection, call.scope(), id)));
    }

    static CourseDetail detail(Connection connection, Scope scope, int id) throws SQLException {
        return new CourseDetail(
                need(connection, scope, id),
                new SqlText(
                                "select l.lesson_id, l.code, l.place, v.version, v.title, v.title_en, v.seconds, v.body, v.body_en, v.video, l.retired_at, "
                                        + LESSON_BUILT_IN + " as lesson_built_in,")
                        .add(CourseVideos.CLIP)
                        .add("""
                        from hw.lesson l join lateral (
                            select * from hw.lesson_version v where v.lesson_id = l.lesson_id order by version desc limit 1) v on true
                        """)
                        .add(CourseVideos.CLIP_OF_VERSION)
                        .add("""
                        where l.course_id = ? order by l.retired_at is not null, l.place, l.lesson_id limit ?
                        """, id, 2 * MOST_LESSONS)
                        .list(connection, row -> lesson(row, id)));
    }

    private static LessonRow lesson(ResultSet row, int course) throws SQLException {
        String body = row.getString(8);
        String english = row.getString(9);
        Timestamp retired = row.getTimestamp(11);
        return new LessonRow(
                row.getInt(1),
                row.getString(2),
                row.getInt(3),
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7),
                body,
                english,
                html(body, course),
                english == null ? null : html(english, course),
                LessonText.plain(body),
                english == null ? null : LessonText.plain(english),
                row.getString(10),
                CourseVideos.Clip.of(row),
                retired == null ? null : Json.time(retired.toInstant()),
                row.getBoolean("lesson_built_in"));
    }

    /** A lesson's text as a page may hold it. */
    static String html(String markdown, int course) {
        return LessonText.html(markdown, name -> "/api/v1/course-pictures/" + course + "/" + name);
    }

    /** Courses are everyone's, so nobody writes them who does not see everyone. */
    static void needAll(Call call) {
        if (!(call.scope() instanceof Scope.All)) {
            throw Refusal.notAllowed("Courses are everyone's, so writing them takes a scope of all companies.");
        }
    }

    private Answer make(Call call) throws SQLException {
        needAll(call);
        String code = call.text("code", 2, 40);
        if (!CODE.matcher(code).matches()) {
            throw Refusal.badValue(
                    "\"code\" has 2 to 40 small letters, digits and hyphens and does not begin with a hyphen: code="
                            + code.replaceAll("[^\\x20-\\x7e]", "?") + ".");
        }
        String topic = call.saidInOneLine("topic", 40);
        String title = call.saidInOneLine("title", LONGEST_TITLE);
        ExamRule rule = rule(call, new ExamRule(10, 15, 80, 3, 12));
        int me = call.user().userId();
        return written(call, "course.make", connection -> {
            Integer id = new SqlText(
                            """
                            insert into hw.course (code, topic, title, title_en, summary, summary_en, exam_questions, exam_minutes, pass_percent, attempts,
                                valid_months, made_by, made_at)
                            values (?, ?, ?, nullif(?, ''), ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?) on conflict (code) do nothing returning course_id
                            """,
                            code,
                            topic,
                            title,
                            text(call, "title_en", 2 * LONGEST_TITLE),
                            text(call, "summary", LONGEST_SUMMARY),
                            text(call, "summary_en", 2 * LONGEST_SUMMARY),
                            rule.questions,
                            rule.minutes,
                            rule.passPercent,
                            rule.attempts,
                            rule.validMonths,
                            me,
                            clock.instant())
                    .first(connection, row -> row.getInt(1))
                    .orElse(null);
            if (id == null) {
                throw Refusal.conflict("course-there", "Another course has this code: code=" + code + ".");
            }
            return id;
        });
    }

    private Answer change(Call call) throws SQLException {
        needAll(call);
        int id = call.pathId("id");
        return written(call, "course.change", connection -> {
            CourseRow before = need(connection, call.scope(), id);
            JsonNode body = call.object();
            boolean words = body.has("topic")
                    || body.has("title")
                    || body.has("title_en")
                    || body.has("summary")
                    || body.has("summary_en");
            if (words && before.builtIn()) {
                throw Refusal.ruleBroken(
                        "course-built-in",
                        "The words of a built-in course come with the product and would be put back at its next start; its exam can be changed.");
            }
            ExamRule rule = rule(call, before.exam());
            new SqlText(
                            """
                            update hw.course set topic = ?, title = ?, title_en = nullif(?, ''), summary = ?, summary_en = nullif(?, ''), exam_questions = ?,
                                exam_minutes = ?, pass_percent = ?, attempts = ?, valid_months = ? where course_id = ?
                            """,
                            body.has("topic") ? call.saidInOneLine("topic", 40) : before.topic(),
                            body.has("title") ? call.saidInOneLine("title", LONGEST_TITLE) : before.title(),
                            body.has("title_en")
                                    ? text(call, "title_en", 2 * LONGEST_TITLE)
                                    : orEmpty(before.titleEn()),
                            body.has("summary") ? text(call, "summary", LONGEST_SUMMARY) : before.summary(),
                            body.has("summary_en")
                                    ? text(call, "summary_en", 2 * LONGEST_SUMMARY)
                                    : orEmpty(before.summaryEn()),
                            rule.questions,
                            rule.minutes,
                            rule.passPercent,
                            rule.attempts,
                            rule.validMonths,
                            id)
                    .run(connection);
            if (before.state().equals("published") && rule.questions > before.questions()) {
                throw tooFewQuestions(rule.questions, before.questions());
            }
            return id;
        });
    }

    private static ExamRule rule(Call call, ExamRule before) {
        return new ExamRule(
                or(call.optionalNumber("exam_questions", 5, 100), before.questions),
                or(call.optionalNumber("exam_minutes", 5, 180), before.minutes),
                or(call.optionalNumber("pass_percent", 50, 100), before.passPercent),
                or(call.optionalNumber("attempts", 1, 10), before.attempts),
                or(call.optionalNumber("valid_months", 1, 60), before.validMonths));
    }

    private static Refusal tooFewQuestions(int wanted, int there) {
        return Refusal.ruleBroken(
                "course-too-few-questions",
                "An exam draws " + wanted + " questions and the course has " + there
                        + " that may be asked. Write or import more, or let the exam draw fewer.");
    }

    private Answer publish(Call call) throws SQLException {
        needAll(call);
        int id = call.pathId("id");
        return written(call, "course.publish", connection -> {
            CourseRow before = need(connection, call.scope(), id);
            if (!before.state().equals("draft")) {
                throw Refusal.conflict("course-state", "Only a draft is published: state=" + before.state() + ".");
            }
            if (before.lessons() == 0) {
                throw Refusal.ruleBroken("course-empty", "A course without a lesson teaches nothing; write one first.");
            }
            if (before.questions() < before.exam().questions()) {
                throw tooFewQuestions(before.exam().questions(), before.questions());
            }
            new SqlText("update hw.course set published_at = ? where course_id = ?", clock.instant(), id)
                    .run(connection);
            return id;
        });
    }

    private Answer retire(Call call) throws SQLException {
        needAll(call);
        int id = call.pathId("id");
        return written(call, "course.retire", connection -> {
            CourseRow before = need(connection, call.scope(), id);
            if (before.state().equals("retired")) {
                throw Refusal.conflict("course-state", "The course is retired already.");
            }
            new SqlText("update hw.course set retired_at = ? where course_id = ?", clock.instant(), id).run(connection);
            return id;
        });
    }

    private Answer addLesson(Call call) throws SQLException {
        needAll(call);
        int id = call.pathId("id");
        return written(call, "lesson.add", connection -> {
            CourseRow course = need(connection, call.scope(), id);
            String code = call.text("code", 2, 40);
            if (!CODE.matcher(code).matches()) {
                throw Refusal.badValue("\"code\" has 2 to 40 small letters, digits and hyphens.");
            }
            if (course.lessons() >= MOST_LESSONS) {
                throw Refusal.ruleBroken(
                        "course-full", "A course has at most " + MOST_LESSONS + " lessons; make another one.");
            }
            Integer lesson = new SqlText(
                            "insert into hw.lesson (course_id, code, place) select ?, ?, coalesce(max(place), 0) + 1 from hw.lesson"
                                    + " where course_id = ? on conflict (course_id, code) do nothing returning lesson_id",
                            id,
                            code,
                            id)
                    .first(connection, row -> row.getInt(1))
                    .orElse(null);
            if (lesson == null) {
                throw Refusal.conflict(
                        "lesson-there", "Another lesson of the course has this code: code=" + code + ".");
            }
            version(connection, call, id, lesson);
            return id;
        });
    }

    private Answer addVersion(Call call) throws SQLException {
        needAll(call);
        int lesson = call.pathId("id");
        return written(call, "lesson.version", connection -> {
            int course = new SqlText("select course_id from hw.lesson where lesson_id = ? for update", lesson)
                    .first(connection, row -> row.getInt(1))
                    .orElseThrow(() -> Refusal.notFound("There is no such lesson: id=" + lesson + "."));
            Integer basedOn = call.optionalNumber("based_on", 1, Short.MAX_VALUE);
            int newest = new SqlText("select max(version) from hw.lesson_version where lesson_id = ?", lesson)
                    .first(connection, row -> row.getInt(1))
                    .orElseThrow();
            if (basedOn != null && basedOn != newest) {
                throw Refusal.conflict(
                                "lesson-overtaken",
                                "Somebody has written another version of the lesson since: version=" + newest
                                        + ". Look at it before you write yours.")
                        .saying("version", newest);
            }
            version(connection, call, course, lesson);
            return course;
        });
    }

    private void version(Connection connection, Call call, int course, int lesson) throws SQLException {
        String video = text(call, "video", LONGEST_ADDRESS);
        if (!video.isEmpty()) {
            CourseVideos.check(connection, course, video);
        }
        new SqlText(
                        """
                        insert into hw.lesson_version (lesson_id, version, title, title_en, body, body_en, seconds, video, made_by, made_at)
                        select ?, coalesce(max(version), 0) + 1, ?, nullif(?, ''), ?, nullif(?, ''), ?, nullif(?, ''), ?, ?
                        from hw.lesson_version where lesson_id = ?
                        """,
                        lesson,
                        call.saidInOneLine("title", LONGEST_TITLE),
                        text(call, "title_en", 2 * LONGEST_TITLE),
                        call.said("body", LONGEST_BODY),
                        text(call, "body_en", 2 * LONGEST_BODY),
                        call.wholeNumber("seconds", 10, 180),
                        video,
                        call.user().userId(),
                        clock.instant(),
                        lesson)
                .run(connection);
    }

    /** Changes a course with its row of the audit, and answers with what it is then. @param work gives the course's id */
    private Answer written(Call call, String action, ScopedDatabase.SqlFunction<Integer> work) throws SQLException {
        int me = call.user().userId();
        return Answer.json(database.write(call.scope(), me, connection -> {
            int id = work.apply(connection);
            Map<String, Object> detail = new LinkedHashMap<>();
            call.object().properties().forEach(field -> {
                // What a lesson says is in its version.
                if (field.getValue().isValueNode() && !field.getKey().startsWith("body")) {
                    detail.put(field.getKey(), field.getValue().asText());
                }
            });
            audit.add(connection, me, action, "course:" + id, detail, call.address());
            return detail(connection, call.scope(), id);
        }));
    }

    private static String text(Call call, String name, int longest) {
        String text = call.optionalText(name, longest);
        return text == null ? "" : text.strip();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int or(@Nullable Integer number, int other) {
        return number == null ? other : number;
    }
}

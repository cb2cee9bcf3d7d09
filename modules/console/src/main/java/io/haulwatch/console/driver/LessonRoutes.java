package io.haulwatch.console.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.driver.Questions.Asked;
import io.haulwatch.console.driver.Questions.OptionView;
import io.haulwatch.console.driver.StudyBook.Said;
import io.haulwatch.console.driver.TaskBook.Task;
import io.haulwatch.console.driver.TaskBook.TaskRow;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.CourseVideos;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.content.LessonText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tasks, their lessons with the time that counts, the questions between them, and the pictures. */
final class LessonRoutes {
    private static final int MOST_BEATS = 200;
    private static final int LONGEST_LESSON = 3_600;
    private static final Pattern NONCE = Pattern.compile("[\\x21-\\x7e]{1,40}");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private static final Pattern PICTURE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,79}");
    private static final Map<String, String> PICTURES =
            Map.of("svg", "image/svg+xml", "png", "image/png", "jpg", "image/jpeg");

    private final ScopedDatabase database;
    private final DriverLock lock;
    private final OwnTrack tracks;
    private final StudyBook studies;
    private final Questions questions;
    private final QuizBook quizzes;
    private final ObjectMapper json;
    private final InstantSource clock;

    LessonRoutes(
            ScopedDatabase database,
            DriverLock lock,
            StudyBook studies,
            Questions questions,
            ObjectMapper json,
            InstantSource clock) {
        this.database = database;
        this.lock = lock;
        this.tracks = new OwnTrack(database);
        this.studies = studies;
        this.questions = questions;
        this.quizzes = new QuizBook(questions, studies);
        this.json = json;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/driver/tasks", Right.LEARN, lock.before(this::tasks)),
                Route.get("/api/v1/driver/tasks/:id", Right.LEARN, lock.before(this::task)),
                Route.post("/api/v1/driver/tasks/:id/lessons/:lesson/begin", Right.LEARN, lock.before(this::begin)),
                // Beats look at the lock themselves: what runs at the wheel is written down.
                Route.post("/api/v1/driver/studies/:id/beats", Right.LEARN, this::beats),
                Route.post("/api/v1/driver/studies/:id/present", Right.LEARN, lock.before(this::present)),
                Route.post("/api/v1/driver/quiz", Right.LEARN, lock.before(this::quiz)),
                Route.get("/api/v1/course-pictures/:course/:name", Right.SIGNED_IN, this::picture));
    }

    private Answer tasks(Call call) throws SQLException {
        int me = Self.id(call);
        return Answer.json(new Page<>(
                database.read(
                        call.scope(),
                        call.user().userId(),
                        connection -> TaskBook.of(connection, me, true, clock.instant())),
                null));
    }

    private Answer task(Call call) throws SQLException {
        int me = Self.id(call);
        int id = call.pathId("id");
        TaskRow row = database.read(
                call.scope(), call.user().userId(), connection -> TaskBook.row(connection, me, id, clock.instant()));
        List<LessonView> lessons = database.read(
                call.scope(),
                call.user().userId(),
                connection -> lessons(connection, TaskBook.one(connection, me, id)));
        TaskBook.Cause cause = row.cause();
        ObjectNode detail = json.valueToTree(row);
        detail.set("lessons", json.valueToTree(lessons));
        detail.set("track", json.valueToTree(cause == null ? null : tracks.of(call, me, cause.episodeId())));
        return Answer.json(detail);
    }

    private List<LessonView> lessons(Connection connection, Task task) throws SQLException {
        Map<Integer, List<Asked>> asked = questions.ofLessons(connection, task.courseId());
        return new SqlText("select")
                .add(CourseVideos.CLIP)
                .add("""
                        , l.lesson_id, v.version, v.title, v.title_en, v.body, v.body_en, v.seconds, v.video,
                            coalesce(s.position_s, 0) as position_s, coalesce(s.reached_s, 0) as reached_s,
                            coalesce(s.credited_s, 0) as credited_s, s.done_at is not null as done
                        from hw.lesson l
                            left join hw.study s on s.task_id = ? and s.lesson_id = l.lesson_id
                            cross join lateral (select v.* from hw.lesson_version v
                                where v.lesson_id = l.lesson_id and (s.version is null or v.version = s.version)
                                order by v.version desc limit 1) v
                        """, task.id())
                .add(CourseVideos.CLIP_OF_VERSION)
                .add("where l.course_id = ? and l.retired_at is null order by l.place, l.lesson_id", task.courseId())
                .list(connection, row -> {
                    String body = row.getString("body");
                    String bodyEn = row.getString("body_en");
                    return new LessonView(
                            row.getInt("lesson_id"),
                            row.getInt("version"),
                            row.getString("title"),
                            row.getString("title_en"),
                            row.getInt("seconds"),
                            html(body, task.courseId()),
                            bodyEn == null ? null : html(bodyEn, task.courseId()),
                            LessonText.plain(body),
                            bodyEn == null ? null : LessonText.plain(bodyEn),
                            row.getString("video"),
                            CourseVideos.Clip.of(row),
                            row.getInt("position_s"),
                            row.getInt("reached_s"),
                            row.getInt("credited_s"),
                            row.getBoolean("done"),
                            asked.getOrDefault(row.getInt("lesson_id"), List.of()).stream()
                                    .map(QuizView::of)
                                    .toList());
                });
    }

    private static String html(String markdown, int course) {
        return LessonText.html(markdown, name -> "/api/v1/course-pictures/" + course + "/" + name);
    }

    private Answer begin(Call call) throws SQLException {
        int me = Self.id(call);
        int id = call.pathId("id");
        int lesson = call.pathId("lesson");
        return Answer.json(database.write(
                call.scope(),
                call.user().userId(),
                connection ->
                        studies.begin(connection, me, id, lesson, call.user().sessionId(), clock.instant())));
    }

    private Answer beats(Call call) throws SQLException {
        int me = Self.id(call);
        int id = call.pathId("id");
        boolean moving = lock.isMoving(me);
        StudyView study = database.write(
                call.scope(),
                call.user().userId(),
                connection -> studies.beats(
                        connection,
                        me,
                        id,
                        call.user().sessionId(),
                        () -> said(call.object().path("beats")),
                        moving,
                        clock.instant()));
        lock.refuseWhileMoving(me);
        return Answer.json(study);
    }

    private static List<Said> said(JsonNode list) {
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_BEATS) {
            throw Refusal.badValue("\"beats\" must be a list of 1 to " + MOST_BEATS + " beats.");
        }
        List<Said> beats = new ArrayList<>();
        for (JsonNode beat : list) {
            JsonNode position = beat.path("position_s");
            String nonce = beat.path("nonce").asText("");
            if (!beat.path("sequence").canConvertToInt()
                    || beat.path("sequence").intValue() < 0
                    || !position.isNumber()
                    || !NONCE.matcher(nonce).matches()
                    || !beat.path("visible").isBoolean()) {
                throw Refusal.badValue(
                        "A beat has a sequence from 0, a nonce of 1 to 40 characters of ASCII without spaces, position_s and visible.");
            }
            beats.add(new Said(
                    beat.path("sequence").intValue(),
                    nonce,
                    (int) Math.clamp(position.doubleValue(), 0, LONGEST_LESSON),
                    beat.path("visible").booleanValue(),
                    at(beat.path("at"))));
        }
        return beats;
    }

    private static @Nullable Instant at(JsonNode said) {
        if (!said.isTextual()) {
            return null;
        }
        try {
            Instant at = Instant.parse(said.textValue());
            if (!at.isBefore(Instant.EPOCH) && at.isBefore(LATEST)) {
                return at;
            }
        } catch (DateTimeException e) {
            // Told below in the API's words.
        }
        throw Refusal.badValue("\"at\" of a beat is a time such as 2026-11-20T16:00:00Z.");
    }

    private Answer present(Call call) throws SQLException {
        int me = Self.id(call);
        int id = call.pathId("id");
        return Answer.json(database.write(
                call.scope(),
                call.user().userId(),
                connection -> studies.present(connection, me, id, call.user().sessionId(), clock.instant())));
    }

    private Answer quiz(Call call) throws SQLException {
        int me = Self.id(call);
        int question = call.wholeNumber("question_id", 0, Integer.MAX_VALUE);
        int version = call.wholeNumber("version", 0, Short.MAX_VALUE);
        JsonNode given = call.object().path("given");
        return Answer.json(database.write(
                call.scope(),
                call.user().userId(),
                connection -> quizzes.answer(
                        connection,
                        me,
                        question,
                        version,
                        options -> Questions.chosen(given, options),
                        clock.instant())));
    }

    private Answer picture(Call call) throws SQLException {
        int course = call.pathId("course");
        String name = call.pathParameters().getOrDefault("name", "");
        Refusal unknown = Refusal.notFound("This course has no such picture: course=" + course + ".");
        if (!PICTURE.matcher(name).matches()) {
            throw unknown;
        }
        byte[] content = database.read(
                        new Scope.Companies(Set.of()),
                        call.user().userId(),
                        connection -> new SqlText(
                                        "select content from hw.lesson_picture where course_id = ? and name = ?",
                                        course,
                                        name)
                                .first(connection, row -> row.getBytes(1)))
                .orElseThrow(() -> unknown);
        String type = PICTURES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("the database keeps pictures of these kinds only: name=" + name);
        }
        return Answer.bytes(200, content, type)
                .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                .with("Cache-Control", "private, max-age=86400");
    }

    /** A lesson in the version that he began with, else the newest. @param plain to be read aloud @param clip the uploaded video that it names */
    record LessonView(
            int id,
            int version,
            String title,
            @Nullable String titleEn,
            int seconds,
            String html,
            @Nullable String htmlEn,
            String plain,
            @Nullable String plainEn,
            @Nullable String video,
            CourseVideos.@Nullable Clip clip,
            int positionS,
            int reachedS,
            int creditedS,
            boolean done,
            List<QuizView> quiz) {}

    /** A question without its answer. */
    record QuizView(
            int questionId,
            int version,
            String kind,
            String stem,
            @Nullable String stemEn,
            List<OptionView> options) {
        static QuizView of(Asked asked) {
            return new QuizView(
                    asked.questionId(), asked.version(), asked.kind(), asked.stem(), asked.stemEn(), asked.options());
        }
    }
}

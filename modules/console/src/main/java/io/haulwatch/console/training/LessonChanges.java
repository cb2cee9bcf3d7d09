package io.haulwatch.console.training;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.CourseRoutes.CourseRow;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.content.LessonText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is done to a lesson besides writing it: its place in the course, its end, and a look at a text before it is kept. What the next start would
 * put back is refused: the order of a built-in course, and the end of a lesson that comes with the product.
 */
final class LessonChanges {
    private final ScopedDatabase database;
    private final AuditLog audit;
    private final InstantSource clock;

    LessonChanges(ScopedDatabase database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/lesson-previews", Right.WRITE_COURSES, LessonChanges::preview),
                Route.patch("/api/v1/lessons/:id", Right.WRITE_COURSES, this::move),
                Route.post("/api/v1/lessons/:id/retire", Right.WRITE_COURSES, this::retire));
    }

    /** A text as a phone shows it and as it reads it aloud. @param html safe to put into a page */
    record Preview(String html, String plain) {}

    private static Answer preview(Call call) {
        CourseRoutes.needAll(call);
        int course = call.wholeNumber("course_id", 1, Integer.MAX_VALUE);
        String body = call.text("body", 0, 2 * CourseRoutes.LONGEST_BODY);
        return Answer.json(new Preview(CourseRoutes.html(body, course), LessonText.plain(body)));
    }

    /** @param builtIn whether it comes with the product */
    private record Held(int course, String code, boolean retired, boolean builtIn) {}

    /** A lesson whose course nobody else changes meanwhile. */
    private static Held hold(Connection connection, int id) throws SQLException {
        int course = new SqlText("select course_id from hw.lesson where lesson_id = ?", id)
                .first(connection, row -> row.getInt(1))
                .orElseThrow(() -> Refusal.notFound("There is no such lesson: id=" + id + "."));
        new SqlText("select course_id from hw.course where course_id = ? for update", course)
                .first(connection, row -> row.getInt(1));
        return new SqlText(
                        "select course_id, code, retired_at is not null, " + CourseRoutes.LESSON_BUILT_IN
                                + " from hw.lesson l where lesson_id = ?",
                        id)
                .first(
                        connection,
                        row -> new Held(row.getInt(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)))
                .orElseThrow();
    }

    private Answer move(Call call) throws SQLException {
        CourseRoutes.needAll(call);
        int id = call.pathId("id");
        int place = call.wholeNumber("place", 1, CourseRoutes.MOST_LESSONS);
        int me = call.user().userId();
        return Answer.json(database.write(call.scope(), me, connection -> {
            Held lesson = hold(connection, id);
            if (CourseRoutes.need(connection, call.scope(), lesson.course).builtIn()) {
                throw Refusal.ruleBroken(
                        "lesson-built-in",
                        "The order of a built-in course comes with the product and would be put back at its next start.");
            }
            needInUse(lesson);
            List<Integer> order = new ArrayList<>(new SqlText(
                            "select lesson_id from hw.lesson where course_id = ? and retired_at is null order by place, lesson_id",
                            lesson.course)
                    .list(connection, row -> row.getInt(1)));
            if (place > order.size()) {
                throw Refusal.badValue("The course has " + order.size() + " lessons: place=" + place + ".");
            }
            order.removeIf(each -> each == id);
            order.add(place - 1, id);
            new SqlText(
                            "update hw.lesson l set place = o.place from unnest(?::integer[]) with ordinality o (lesson_id, place)"
                                    + " where l.lesson_id = o.lesson_id and l.place <> o.place",
                            order)
                    .run(connection);
            audit.add(
                    connection,
                    me,
                    "lesson.move",
                    "lesson:" + id,
                    Map.of("course", lesson.course, "code", lesson.code, "place", place),
                    call.address());
            return CourseRoutes.detail(connection, call.scope(), lesson.course);
        }));
    }

    /** A lesson is retired for good: who has studied it keeps that, its questions stay in the exam. */
    private Answer retire(Call call) throws SQLException {
        CourseRoutes.needAll(call);
        int id = call.pathId("id");
        int me = call.user().userId();
        return Answer.json(database.write(call.scope(), me, connection -> {
            Held lesson = hold(connection, id);
            needInUse(lesson);
            if (lesson.builtIn) {
                throw Refusal.ruleBroken(
                        "lesson-built-in",
                        "A lesson that comes with the product would be back at its next start. Change its text, or retire the course.");
            }
            CourseRow course = CourseRoutes.need(connection, call.scope(), lesson.course);
            if (course.state().equals("published") && course.lessons() == 1) {
                throw Refusal.ruleBroken(
                        "lesson-last",
                        "The course is published and this is its last lesson. Write another first, or retire the course.");
            }
            new SqlText("update hw.lesson set retired_at = ? where lesson_id = ?", clock.instant(), id).run(connection);
            audit.add(
                    connection,
                    me,
                    "lesson.retire",
                    "lesson:" + id,
                    Map.of("course", lesson.course, "code", lesson.code),
                    call.address());
            return CourseRoutes.detail(connection, call.scope(), lesson.course);
        }));
    }

    private static void needInUse(Held lesson) {
        if (lesson.retired) {
            throw Refusal.conflict("lesson-retired", "The lesson is retired already.");
        }
    }
}

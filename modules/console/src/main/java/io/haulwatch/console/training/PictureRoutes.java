package io.haulwatch.console.training;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.file.AttachmentFormat;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.content.DrawingCheck;
import io.haulwatch.training.content.LessonText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Pictures that lessons show. A drawing only draws, or is refused with its line. The pictures of a built-in course come with the product, which would put
 * them back at its next start: they are not changed here.
 */
final class PictureRoutes {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}(\\.en)?\\.(svg|png|jpg)");
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MOST_OF_ONE = 200;

    private static final String TEXTS = """
            select v.body, coalesce(v.body_en, '') from hw.lesson l join lateral (
                select body, body_en from hw.lesson_version v where v.lesson_id = l.lesson_id order by version desc limit 1) v on true
            where l.course_id = ? and l.retired_at is null
            """;

    /** A driver who began with an earlier version goes on with it. */
    private static final String TEXTS_UNDER_WAY = """
            union select v.body, coalesce(v.body_en, '') from hw.study s
                join hw.training_task t on t.task_id = s.task_id and t.closed_at is null
                join hw.lesson_version v on v.lesson_id = s.lesson_id and v.version = s.version
            where t.course_id = ?
            """;

    private final ScopedDatabase database;
    private final AuditLog audit;
    private final InstantSource clock;

    PictureRoutes(ScopedDatabase database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/courses/:id/pictures", Right.WATCH, this::list),
                Route.put("/api/v1/courses/:id/pictures/:name", Right.WRITE_COURSES, this::put),
                Route.delete("/api/v1/courses/:id/pictures/:name", Right.WRITE_COURSES, this::drop));
    }

    /** A picture. @param used whether a lesson shows it as it is now */
    record PictureRow(String name, int bytes, String madeAt, boolean used) {}

    record Pictures(List<PictureRow> pictures) {}

    private Answer list(Call call) throws SQLException {
        int course = call.pathId("id");
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            CourseRoutes.need(connection, call.scope(), course);
            Set<String> shown = shown(new SqlText(TEXTS, course), connection);
            return new Pictures(new SqlText(
                            "select name, length(content), made_at from hw.lesson_picture where course_id = ? order by name",
                            course)
                    .list(
                            connection,
                            row -> new PictureRow(
                                    row.getString(1),
                                    row.getInt(2),
                                    Json.time(row.getTimestamp(3).toInstant()),
                                    shown.contains(row.getString(1)))));
        }));
    }

    private static Set<String> shown(SqlText texts, Connection connection) throws SQLException {
        Set<String> shown = new TreeSet<>();
        texts.list(connection, row -> {
            shown.addAll(LessonText.drawings(row.getString(1)));
            shown.addAll(LessonText.drawings(row.getString(2)));
            return true;
        });
        return shown;
    }

    private Answer put(Call call) throws SQLException {
        CourseRoutes.needAll(call);
        int course = call.pathId("id");
        String name = name(call);
        byte[] content = call.fileBytes();
        if (content.length > MOST_BYTES) {
            throw Refusal.tooLarge("A picture has at most 1 MB: bytes=" + content.length
                    + ". Phones load it over the air; make it smaller.");
        }
        check(name, content);
        int me = call.user().userId();
        return Answer.json(database.write(call.scope(), me, connection -> {
            refuseBuiltIn(connection, call.scope(), course);
            int others = new SqlText(
                            "select count(*) from hw.lesson_picture where course_id = ? and name <> ?", course, name)
                    .first(connection, row -> row.getInt(1))
                    .orElse(0);
            if (others >= MOST_OF_ONE) {
                throw Refusal.ruleBroken(
                        "pictures-full", "A course has at most " + MOST_OF_ONE + " pictures; delete some.");
            }
            new SqlText(
                            "insert into hw.lesson_picture (course_id, name, content, made_at) values (?, ?, ?, ?)"
                                    + " on conflict (course_id, name) do update set content = excluded.content, made_at = excluded.made_at",
                            course,
                            name,
                            content,
                            clock.instant())
                    .run(connection);
            audit.add(
                    connection,
                    me,
                    "picture.put",
                    "course:" + course,
                    Map.of("name", name, "bytes", content.length),
                    call.address());
            return new PictureRow(
                    name,
                    content.length,
                    Json.time(clock.instant()),
                    shown(new SqlText(TEXTS, course), connection).contains(name));
        }));
    }

    private static String name(Call call) {
        String name = call.pathParameters().getOrDefault("name", "");
        if (!NAME.matcher(name).matches()) {
            throw Refusal.badValue(
                    "A picture's name has small letters, digits and hyphens and ends in .svg, .png or .jpg; one with English words in it in .en.svg and so on.");
        }
        return name;
    }

    private static void check(String name, byte[] content) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        if (extension.equals("svg")) {
            DrawingCheck.Fault fault = DrawingCheck.of(content);
            if (fault != null) {
                throw Refusal.ruleBroken("picture-active", "Line " + fault.line() + ": " + fault.sentence() + ".")
                        .saying("line", fault.line())
                        .saying("reason", fault.reason());
            }
            return;
        }
        AttachmentFormat format = AttachmentFormat.of(content);
        if (format == null || !format.extension().equals(extension)) {
            throw Refusal.ruleBroken(
                    "picture-type",
                    "The content is no " + (extension.equals("png") ? "PNG" : "JPEG")
                            + ", whatever its name says: bytes=" + content.length + ".");
        }
    }

    private static void refuseBuiltIn(Connection connection, Scope scope, int course) throws SQLException {
        if (CourseRoutes.need(connection, scope, course).builtIn()) {
            throw Refusal.ruleBroken(
                    "course-built-in",
                    "The pictures of a built-in course come with the product and would be put back at its next start. Make a course of your own for other ones.");
        }
    }

    private Answer drop(Call call) throws SQLException {
        CourseRoutes.needAll(call);
        int course = call.pathId("id");
        String name = name(call);
        int me = call.user().userId();
        database.write(call.scope(), me, connection -> {
            refuseBuiltIn(connection, call.scope(), course);
            SqlText texts = new SqlText(TEXTS, course).add(TEXTS_UNDER_WAY, course);
            if (shown(texts, connection).contains(name)) {
                throw Refusal.ruleBroken(
                        "picture-used",
                        "A lesson shows this picture, or a driver is at a lesson that does: name=" + name
                                + ". Take it out of the lesson first.");
            }
            int rows = new SqlText("delete from hw.lesson_picture where course_id = ? and name = ?", course, name)
                    .run(connection);
            if (rows == 0) {
                throw Refusal.notFound("This course has no such picture: name=" + name + ".");
            }
            audit.add(connection, me, "picture.drop", "course:" + course, Map.of("name", name), call.address());
            return true;
        });
        return Answer.empty();
    }
}

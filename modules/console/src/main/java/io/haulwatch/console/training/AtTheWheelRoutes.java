package io.haulwatch.console.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lessons that drivers of a company studied at the wheel, newest first: what was taken back, and what stands in spite of it for people to decide on. */
final class AtTheWheelRoutes {
    private final ScopedDatabase database;
    private final DriverNames names;
    private final Cursors cursors;

    AtTheWheelRoutes(ScopedDatabase database, Cursors cursors) {
        this.database = database;
        this.names = new DriverNames(database);
        this.cursors = cursors;
    }

    List<Route> routes() {
        return List.of(Route.get("/api/v1/companies/:id/study-at-wheel", Right.WATCH, this::list));
    }

    /**
     * A lesson.
     *
     * @param drivenS driving while he studied
     * @param voidS study that counts no more
     * @param taskState of the task now: what is closed is not opened again
     * @param certificate that the task led to; null if to none
     * @param certificateIssuedAt one that was issued after {@code foundAt} does not rest on the time that was taken back
     */
    record AtTheWheel(
            long id,
            int driverId,
            @DriverName String driver,
            int vehicleId,
            @Nullable String plate,
            long taskId,
            ProgressRoutes.Course course,
            String lesson,
            @Nullable String lessonEn,
            String begunAt,
            String endedAt,
            int drivenS,
            int voidS,
            String foundAt,
            String taskState,
            @Nullable String certificate,
            @Nullable String certificateIssuedAt) {
        AtTheWheel of(String name) {
            return new AtTheWheel(
                    id,
                    driverId,
                    name,
                    vehicleId,
                    plate,
                    taskId,
                    course,
                    lesson,
                    lessonEn,
                    begunAt,
                    endedAt,
                    drivenS,
                    voidS,
                    foundAt,
                    taskState,
                    certificate,
                    certificateIssuedAt);
        }
    }

    private Answer list(Call call) throws SQLException {
        int company = call.pathId("id");
        int limit = call.limit();
        String listName = call.user().userId() + "|study-at-wheel|" + company;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<AtTheWheel> rows = database.read(call.scope(), call.user().userId(), connection -> {
            TrainingSight.company(connection, call, company);
            SqlText sql = new SqlText("""
                            select w.finding_id, w.driver_id, w.vehicle_id, v.plate, w.task_id, c.course_id, c.title, c.title_en, c.topic,
                                lv.title as lesson, lv.title_en as lesson_en, w.begun_at, w.ended_at, w.driven_s, w.void_s, w.found_at, t.state,
                                x.certificate_no, x.issued_at
                            from hw.study_at_wheel w join hw.training_task t on t.task_id = w.task_id join hw.course c on c.course_id = t.course_id
                                join hw.study s on s.study_id = w.study_id
                                join hw.lesson_version lv on lv.lesson_id = s.lesson_id and lv.version = s.version
                                left join hw.vehicle v on v.vehicle_id = w.vehicle_id left join hw.certificate x on x.task_id = w.task_id
                            where w.company_id = ?
                            """, company).within(call.scope(), "w.company_id = any (?)");
            if (after != null) {
                sql.and("w.finding_id < ?", after.get(0).longValue());
            }
            return sql.add("order by w.finding_id desc limit ?", limit + 1)
                    .list(
                            connection,
                            row -> new AtTheWheel(
                                    row.getLong("finding_id"),
                                    row.getInt("driver_id"),
                                    "",
                                    row.getInt("vehicle_id"),
                                    row.getString("plate"),
                                    row.getLong("task_id"),
                                    new ProgressRoutes.Course(
                                            row.getInt("course_id"),
                                            row.getString("title"),
                                            row.getString("title_en"),
                                            row.getString("topic")),
                                    row.getString("lesson"),
                                    row.getString("lesson_en"),
                                    Json.time(row.getTimestamp("begun_at").toInstant()),
                                    Json.time(row.getTimestamp("ended_at").toInstant()),
                                    row.getInt("driven_s"),
                                    row.getInt("void_s"),
                                    Json.time(row.getTimestamp("found_at").toInstant()),
                                    row.getString("state"),
                                    row.getString("certificate_no"),
                                    time(row.getTimestamp("issued_at"))));
        });
        Page<AtTheWheel> page = cursors.page(listName, limit, rows, last -> List.of(last.id()));
        return Answer.json(new Page<>(names.in(page.items(), AtTheWheel::driverId, AtTheWheel::of), page.nextCursor()));
    }

    private static @Nullable String time(@Nullable Timestamp moment) {
        return moment == null ? null : Json.time(moment.toInstant());
    }
}

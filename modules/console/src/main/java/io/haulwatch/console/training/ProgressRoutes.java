package io.haulwatch.console.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far companies are with what their drivers have to learn, and the tasks themselves. */
final class ProgressRoutes {
    private static final List<String> STATES = List.of("open", "overdue", "done", "excused");
    private static final int LONGEST_REASON = 300;

    private final ScopedDatabase database;
    private final DriverNames names;
    private final AuditLog audit;
    private final Cursors cursors;
    private final InstantSource clock;

    ProgressRoutes(ScopedDatabase database, AuditLog audit, Cursors cursors, InstantSource clock) {
        this.database = database;
        this.names = new DriverNames(database);
        this.audit = audit;
        this.cursors = cursors;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/training-progress", Right.WATCH, this::progress),
                Route.get("/api/v1/companies/:id/training-tasks", Right.WATCH, this::tasks),
                Route.post("/api/v1/training-tasks/:id/excuse", Right.ASSIGN_TRAINING, this::excuse));
    }

    /**
     * Drivers of a company. Whoever is excused from everything is in none of them but {@code excused}; whoever had a certificate revoked has to learn
     * again.
     *
     * @param drivers who have to learn something
     * @param done who passed everything
     * @param overdue who have something open past its day
     * @param rate done of drivers, null without drivers
     */
    record Progress(
            @Nullable Company company,
            int drivers,
            int done,
            int overdue,
            int excused,
            @Nullable BigDecimal rate) {
        static Progress of(@Nullable Company company, int drivers, int done, int overdue, int excused) {
            BigDecimal rate = drivers == 0
                    ? null
                    : BigDecimal.valueOf(done).divide(BigDecimal.valueOf(drivers), 4, RoundingMode.HALF_UP);
            return new Progress(company, drivers, done, overdue, excused, rate);
        }
    }

    record Company(int id, String name) {}

    /** A page of companies under the sum of all of them. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ProgressPage(
            @Nullable String month,
            @Nullable Integer plan,
            Progress total,
            List<Progress> items,
            @Nullable String nextCursor) {}

    private Answer progress(Call call) throws SQLException {
        Instant now = clock.instant();
        Integer plan = call.number("plan", 1, Integer.MAX_VALUE);
        YearMonth asked = TrainingDays.month(call, "month");
        YearMonth month = asked == null && plan == null ? YearMonth.from(TrainingDays.today(now)) : asked;
        Integer company = call.number("company", 1, Integer.MAX_VALUE);
        List<Progress> all = database.read(call.scope(), call.user().userId(), connection -> {
            SqlText sql = new SqlText("""
                    select company_id, driver_id,
                        bool_or(state <> 'excused') as required,
                        coalesce(bool_and(state = 'exam_passed') filter (where state <> 'excused'), false) as done,
                        bool_or(closed_at is null and due_at < ?) as overdue
                    from hw.training_task where state <> 'taken_back'
                    """, now).within(call.scope(), "company_id = any (?)");
            if (plan != null) {
                sql.and("plan_id = ?", plan);
            }
            if (month != null) {
                sql.and(
                        "due_at >= ? and due_at < ?",
                        TrainingDays.begin(month.atDay(1)),
                        TrainingDays.begin(month.plusMonths(1).atDay(1)));
            }
            if (company != null) {
                sql.and("company_id = ?", company);
            }
            return sql.add("group by company_id, driver_id")
                    .around(
                            """
                            select c.company_id, c.name, count(*) filter (where required), count(*) filter (where done),
                                count(*) filter (where overdue), count(*) filter (where not required)
                            from (
                            """,
                            ") t join hw.company c using (company_id) group by c.company_id, c.name"
                                    + " order by 5 desc, 3 desc, 1")
                    .list(
                            connection,
                            row -> Progress.of(
                                    new Company(row.getInt(1), row.getString(2)),
                                    row.getInt(3),
                                    row.getInt(4),
                                    row.getInt(5),
                                    row.getInt(6)));
        });
        String listName = call.user().userId() + "|training-progress|" + plan + "|" + month + "|" + company;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        int start = after == null ? 0 : Math.min(after.get(0).intValue(), all.size());
        int end = Math.min(start + call.limit(), all.size());
        return Answer.json(new ProgressPage(
                month == null ? null : month.toString(),
                plan,
                Progress.of(
                        null,
                        all.stream().mapToInt(Progress::drivers).sum(),
                        all.stream().mapToInt(Progress::done).sum(),
                        all.stream().mapToInt(Progress::overdue).sum(),
                        all.stream().mapToInt(Progress::excused).sum()),
                List.copyOf(all.subList(start, end)),
                end < all.size() ? cursors.write(listName, List.of(end)) : null));
    }

    /**
     * A task as a company sees it.
     *
     * @param seconds that the course's lessons take
     * @param reason why it was closed: what somebody wrote, or driver-left, driver-moved, plan-withdrawn, alarms-withdrawn
     * @param causes alarms that ask for it
     * @param alarms their ids, the newest first; at most twenty
     */
    record TaskRow(
            long id,
            int driverId,
            @DriverName String driver,
            Course course,
            @Nullable PlanName plan,
            String kind,
            String state,
            boolean overdue,
            boolean restricted,
            String assignedAt,
            String dueAt,
            int seconds,
            int studiedS,
            @Nullable BigDecimal bestScore,
            @Nullable String closedAt,
            @Nullable String reason,
            @Nullable String certificateNo,
            int causes,
            List<String> alarms) {
        TaskRow of(String name) {
            return new TaskRow(
                    id,
                    driverId,
                    name,
                    course,
                    plan,
                    kind,
                    state,
                    overdue,
                    restricted,
                    assignedAt,
                    dueAt,
                    seconds,
                    studiedS,
                    bestScore,
                    closedAt,
                    reason,
                    certificateNo,
                    causes,
                    alarms);
        }
    }

    record Course(int id, String title, @Nullable String titleEn, String topic) {}

    record PlanName(int id, String title) {}

    private static final String TASK = """
            select t.task_id, t.driver_id, c.course_id, c.title, c.title_en, c.topic, p.plan_id, p.title, t.kind, t.state, t.restricted,
                t.assigned_at, t.due_at,
                (select coalesce(sum(v.seconds), 0) from hw.lesson l cross join lateral (
                    select seconds from hw.lesson_version v where v.lesson_id = l.lesson_id order by version desc limit 1) v
                    where l.course_id = t.course_id and l.retired_at is null),
                t.studied_s, t.best_score, t.closed_at, t.reason, x.certificate_no,
                (select count(*) from hw.training_cause a where a.task_id = t.task_id and a.withdrawn_at is null),
                array(select a.episode_id::text from hw.training_cause a where a.task_id = t.task_id and a.withdrawn_at is null
                    order by a.added_at desc, a.episode_id limit 20)
            from hw.training_task t join hw.course c using (course_id) left join hw.training_plan p on p.plan_id = t.plan_id
                left join hw.certificate x on x.task_id = t.task_id where true
            """;

    private Answer tasks(Call call) throws SQLException {
        int company = call.pathId("id");
        int limit = call.limit();
        Instant now = clock.instant();
        String state = call.word("state", STATES);
        Integer plan = call.number("plan", 1, Integer.MAX_VALUE);
        Integer driver = call.number("driver", 1, Integer.MAX_VALUE);
        String listName = call.user().userId() + "|training-tasks|" + company + "|" + state + "|" + plan + "|" + driver;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<TaskRow> rows = database.read(call.scope(), call.user().userId(), connection -> {
            TrainingSight.company(connection, call, company);
            SqlText sql = new SqlText(TASK)
                    .within(call.scope(), "t.company_id = any (?)")
                    .and("t.company_id = ?", company);
            if (state != null) {
                switch (state) {
                    case "open" -> sql.and("t.closed_at is null");
                    case "overdue" -> sql.and("t.closed_at is null and t.due_at < ?", now);
                    case "done" -> sql.and("t.state = 'exam_passed'");
                    default -> sql.and("t.state = 'excused'");
                }
            }
            if (plan != null) {
                sql.and("t.plan_id = ?", plan);
            }
            if (driver != null) {
                sql.and("t.driver_id = ?", driver);
            }
            if (after != null) {
                sql.and(
                        "(t.driver_id, t.task_id) > (?, ?)",
                        after.get(0).intValue(),
                        after.get(1).longValue());
            }
            return sql.add("order by t.driver_id, t.task_id limit ?", limit + 1)
                    .list(connection, row -> task(row, now));
        });
        Page<TaskRow> page = cursors.page(listName, limit, rows, last -> List.of(last.driverId(), last.id()));
        return Answer.json(new Page<>(named(page.items()), page.nextCursor()));
    }

    private List<TaskRow> named(List<TaskRow> rows) throws SQLException {
        return names.in(rows, TaskRow::driverId, TaskRow::of);
    }

    private static TaskRow task(ResultSet row, Instant now) throws SQLException {
        Integer plan = (Integer) row.getObject(7);
        Timestamp closed = row.getTimestamp(17);
        Instant due = row.getTimestamp(13).toInstant();
        return new TaskRow(
                row.getLong(1),
                row.getInt(2),
                "",
                new Course(row.getInt(3), row.getString(4), row.getString(5), row.getString(6)),
                plan == null ? null : new PlanName(plan, row.getString(8)),
                row.getString(9),
                row.getString(10),
                closed == null && due.isBefore(now),
                row.getBoolean(11),
                Json.time(row.getTimestamp(12).toInstant()),
                Json.time(due),
                row.getInt(14),
                row.getInt(15),
                row.getBigDecimal(16),
                closed == null ? null : Json.time(closed.toInstant()),
                row.getString(18),
                row.getString(19),
                row.getInt(20),
                List.of((String[]) row.getArray(21).getArray()));
    }

    private Answer excuse(Call call) throws SQLException {
        int id = call.pathId("id");
        int me = call.user().userId();
        TaskRow row = database.write(call.scope(), me, connection -> {
            TaskRow before = task(connection, call, id);
            String reason = call.said("reason", LONGEST_REASON);
            Instant now = clock.instant();
            int closed = TaskClosing.close(
                    connection,
                    new SqlText("select task_id, ?::text as reason from hw.training_task where task_id = ?", reason, id)
                            .within(call.scope(), "company_id = any (?)"),
                    TaskClosing.As.EXCUSED,
                    reason,
                    me,
                    now);
            if (closed == 0) {
                throw Refusal.conflict(
                        "task-closed",
                        "The task is not open any more, so nobody can be excused from it: state=" + before.state()
                                + ".");
            }
            audit.add(
                    connection,
                    me,
                    "training_task.excuse",
                    "training_task:" + id,
                    Map.of("reason", reason, "driver", before.driverId()),
                    call.address());
            return task(connection, call, id);
        });
        return Answer.json(named(List.of(row)).getFirst());
    }

    private TaskRow task(Connection connection, Call call, int id) throws SQLException {
        Instant now = clock.instant();
        return new SqlText(TASK)
                .within(call.scope(), "t.company_id = any (?)")
                .and("t.task_id = ?", id)
                .first(connection, row -> task(row, now))
                .orElseThrow(
                        () -> Refusal.notFound("There is no such task among those that you may see: id=" + id + "."));
    }
}

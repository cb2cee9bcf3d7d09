package io.haulwatch.console.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.alarms.AlarmStream;
import io.haulwatch.console.desk.Trail;
import io.haulwatch.console.desk.Trail.Doer;
import io.haulwatch.console.handling.Change;
import io.haulwatch.console.handling.Duties;
import io.haulwatch.console.handling.Handling;
import io.haulwatch.console.handling.Step;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.handling.WorkTable;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appeals: a company contests an alarm with a reason, a lead decides. An accepted one overturns the alarm, which then counts in no score and no figure;
 * a rejected one puts it back.
 */
public final class AppealRoutes {
    private static final int LONGEST = 1_000;
    private static final int SHORTEST = 5;
    private static final List<String> STATUS = List.of("open", "decided", "all");

    private static final String APPEAL = """
            select p.appeal_id, p.episode_id, p.company_id, c.name as company_name, v.plate, e.rule, e.severity, e.started_at, p.reason,
                coalesce(b.display_name, b.username) as by, p.appealed_at, coalesce(d.display_name, d.username) as decider, p.decided_at,
                p.accepted, p.note, p.settled_before
            from hw.appeal p join hw.episode e on e.episode_id = p.episode_id
                left join hw.company c on c.company_id = p.company_id
                left join hw.vehicle v on v.vehicle_id = e.vehicle_id
                left join hw.app_user b on b.user_id = p.appealed_by
                left join hw.app_user d on d.user_id = p.decided_by
            where true
            """;

    private final ScopedDatabase database;
    private final Trail trail;
    private final AlarmStream stream;
    private final Cursors cursors;
    private final InstantSource clock;

    public AppealRoutes(
            ScopedDatabase database, Trail trail, AlarmStream stream, Cursors cursors, InstantSource clock) {
        this.database = database;
        this.trail = trail;
        this.stream = stream;
        this.cursors = cursors;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/appeals", Right.HANDLE_ALARMS, this::list),
                Route.post("/api/v1/alarms/:id/appeal", Right.ANSWER_NOTICES, this::appeal),
                Route.post("/api/v1/alarms/:id/appeal/decision", Right.LEAD_DESK, this::decide));
    }

    private Answer list(Call call) throws SQLException {
        String status = call.word("status", STATUS);
        int limit = call.limit();
        String listName = call.user().userId() + "|appeals|" + status;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        SqlText sql = new SqlText(APPEAL).within(call.scope(), "p.company_id = any (?)");
        if (status != null && !status.equals("all")) {
            sql.and(status.equals("open") ? "p.decided_at is null" : "p.decided_at is not null");
        }
        if (after != null) {
            sql.and("p.appeal_id < ?", after.get(0).longValue());
        }
        sql.add("order by p.appeal_id desc limit ?", limit + 1);
        List<AppealRow> rows = database.read(
                call.scope(), call.user().userId(), connection -> sql.list(connection, AppealRoutes::row));
        List<AppealRow> page = rows.subList(0, Math.min(limit, rows.size()));
        return Answer.json(new Page<>(
                page,
                rows.size() > limit
                        ? cursors.write(listName, List.of(page.getLast().id()))
                        : null));
    }

    private Answer appeal(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        Done done = database.write(call.scope(), call.user().userId(), connection -> {
            Work work = held(connection, call, id);
            String reason = call.text("reason", SHORTEST, LONGEST).strip();
            if (!work.stands()) {
                throw Refusal.conflict(
                        "alarm-withdrawn",
                        "The rules do not stand by this alarm any more: state=" + work.state() + ".");
            }
            if (!Step.APPEAL.isOpenTo(work.handling())) {
                throw Refusal.conflict(
                        work.handling().isOpen() ? "alarm-waits" : "alarm-settled",
                        "An alarm that is " + work.handling().word() + " cannot be contested now.");
            }
            Instant now = clock.instant();
            new SqlText(
                            "insert into hw.appeal (company_id, episode_id, reason, appealed_by, appealed_at, settled_before)"
                                    + " values (?, ?, ?, ?, ?, ?)",
                            work.companyId(),
                            id,
                            reason,
                            call.user().userId(),
                            now,
                            work.handling() == Handling.RESOLVED)
                    .run(connection);
            AlarmNews news = trail.step(
                    connection,
                    work,
                    Step.APPEAL,
                    Change.to(Handling.APPEALED)
                            .due(Duties.VERIFY, Duties.read(connection).due(Duties.VERIFY, work.severity(), now)),
                    Doer.of(call),
                    "appeal",
                    reason,
                    now);
            return new Done(news, newest(connection, call.scope(), id));
        });
        stream.tell(done.news);
        return Answer.json(201, done.appeal);
    }

    private Answer decide(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        Done done = database.write(call.scope(), call.user().userId(), connection -> {
            Work work = held(connection, call, id);
            boolean accept = call.flag("accept");
            String note = call.text("note", 1, LONGEST).strip();
            if (note.isEmpty()) {
                throw Refusal.ruleBroken("note-needed", "Whoever decides on an appeal says why in the note.");
            }
            Step step = accept ? Step.ACCEPT_APPEAL : Step.REJECT_APPEAL;
            if (!step.isOpenTo(work.handling())) {
                throw Refusal.conflict("alarm-settled", "No appeal against this alarm waits for a decision.");
            }
            AppealRow appeal = newest(connection, call.scope(), id);
            Instant now = clock.instant();
            int me = call.user().userId();
            new SqlText(
                            "update hw.appeal set decided_by = ?, decided_at = ?, accepted = ?, note = ?"
                                    + " where appeal_id = ? and decided_at is null",
                            me,
                            now,
                            accept,
                            note,
                            appeal.id)
                    .run(connection);
            Change change = accept
                    ? Change.to(Handling.OVERTURNED).settled(me, now)
                    : appeal.settledBefore
                            ? Change.to(Handling.RESOLVED)
                            : Change.to(Handling.NEW)
                                    .due(
                                            Duties.INTERVENE,
                                            Duties.read(connection).due(Duties.INTERVENE, work.severity(), now));
            AlarmNews news = trail.step(
                    connection,
                    work,
                    step,
                    change,
                    Doer.of(call),
                    accept ? "accept_appeal" : "reject_appeal",
                    note,
                    now);
            return new Done(news, newest(connection, call.scope(), id));
        });
        stream.tell(done.news);
        return Answer.json(done.appeal);
    }

    private static Work held(Connection connection, Call call, UUID id) throws SQLException {
        return WorkTable.hold(connection, call.scope(), id)
                .orElseThrow(
                        () -> Refusal.notFound("There is no such alarm among those that you may see: id=" + id + "."));
    }

    private static AppealRow newest(Connection connection, Scope scope, UUID id) throws SQLException {
        return new SqlText(APPEAL)
                .within(scope, "p.company_id = any (?)")
                .and("p.episode_id = ?", id)
                .add("order by p.appeal_id desc limit 1")
                .first(connection, AppealRoutes::row)
                .orElseThrow();
    }

    private static AppealRow row(ResultSet row) throws SQLException {
        String plate = row.getString("plate");
        String company = row.getString("company_name");
        Timestamp decided = row.getTimestamp("decided_at");
        boolean accepted = row.getBoolean("accepted");
        return new AppealRow(
                row.getLong("appeal_id"),
                row.getString("episode_id"),
                row.getInt("company_id"),
                company == null ? "" : company,
                plate == null ? "" : plate,
                row.getString("rule"),
                row.getInt("severity"),
                Json.time(row.getTimestamp("started_at").toInstant()),
                row.getString("reason"),
                row.getString("by"),
                Json.time(row.getTimestamp("appealed_at").toInstant()),
                row.getString("decider"),
                decided == null ? null : Json.time(decided.toInstant()),
                decided == null ? null : accepted,
                row.getString("note"),
                row.getBoolean("settled_before"));
    }

    private record Done(AlarmNews news, AppealRow appeal) {}

    /**
     * An appeal.
     *
     * @param accepted null while nobody has decided
     * @param settledBefore whether the alarm was resolved when it was contested
     */
    record AppealRow(
            long id,
            String alarmId,
            int companyId,
            String companyName,
            String plate,
            String rule,
            int severity,
            String startedAt,
            String reason,
            @Nullable String by,
            String appealedAt,
            @Nullable String decidedBy,
            @Nullable String decidedAt,
            @Nullable Boolean accepted,
            @Nullable String note,
            boolean settledBefore) {}
}

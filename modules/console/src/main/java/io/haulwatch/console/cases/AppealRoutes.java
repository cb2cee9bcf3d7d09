package io.haulwatch.console.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.alarms.AlarmStream;
import io.haulwatch.console.cases.Appeals.AppealRow;
import io.haulwatch.console.desk.Trail;
import io.haulwatch.console.desk.Trail.Doer;
import io.haulwatch.console.handling.Change;
import io.haulwatch.console.handling.Duties;
import io.haulwatch.console.handling.Handling;
import io.haulwatch.console.handling.Step;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
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
    private static final int LONGEST_MESSAGE = 500;
    private static final List<String> STATUS = List.of("open", "decided", "all");

    private final ScopedDatabase database;
    private final Trail trail;
    private final Appeals appeals;
    private final AlarmStream stream;
    private final Cursors cursors;
    private final InstantSource clock;

    public AppealRoutes(
            ScopedDatabase database,
            Trail trail,
            Appeals appeals,
            AlarmStream stream,
            Cursors cursors,
            InstantSource clock) {
        this.database = database;
        this.trail = trail;
        this.appeals = appeals;
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
        SqlText sql = new SqlText(Appeals.APPEAL).within(call.scope(), "p.company_id = any (?)");
        if (status != null && !status.equals("all")) {
            sql.and(status.equals("open") ? "p.decided_at is null" : "p.decided_at is not null");
        }
        if (after != null) {
            sql.and("p.appeal_id < ?", after.get(0).longValue());
        }
        sql.add("order by p.appeal_id desc limit ?", limit + 1);
        List<AppealRow> rows =
                database.read(call.scope(), call.user().userId(), connection -> sql.list(connection, Appeals::row));
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    private Answer appeal(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        Appeals.Done done = database.write(
                call.scope(),
                call.user().userId(),
                connection -> appeals.contest(
                        connection, call.scope(), id, work -> true, () -> Appeals.reason(call), Doer.of(call)));
        stream.tell(done.news());
        return Answer.json(201, done.appeal());
    }

    private Answer decide(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        Appeals.Done done = database.write(call.scope(), call.user().userId(), connection -> {
            Work work = Appeals.held(connection, call.scope(), id, any -> true);
            boolean accept = call.flag("accept");
            String note = call.text("note", 1, LONGEST).strip();
            if (note.isEmpty()) {
                throw Refusal.ruleBroken("note-needed", "Whoever decides on an appeal says why in the note.");
            }
            Step step = accept ? Step.ACCEPT_APPEAL : Step.REJECT_APPEAL;
            if (!step.isOpenTo(work.handling())) {
                throw Refusal.conflict("alarm-settled", "No appeal against this alarm waits for a decision.");
            }
            AppealRow appeal = Appeals.newest(connection, call.scope(), id);
            Instant now = clock.instant();
            int me = call.user().userId();
            new SqlText(
                            "update hw.appeal set decided_by = ?, decided_at = ?, accepted = ?, note = ?"
                                    + " where appeal_id = ? and decided_at is null",
                            me,
                            now,
                            accept,
                            note,
                            appeal.id())
                    .run(connection);
            Change change = accept
                    ? Change.to(Handling.OVERTURNED).settled(me, now)
                    : appeal.settledBefore()
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
            tellDriver(connection, appeal, work.driverId(), note, now);
            return new Appeals.Done(news, Appeals.newest(connection, call.scope(), id));
        });
        stream.tell(done.news());
        return Answer.json(done.appeal());
    }

    /** Who contested an alarm on his phone is told there that it was decided, and why. */
    private static void tellDriver(
            Connection connection, AppealRow appeal, @Nullable Integer driverId, String note, Instant now)
            throws SQLException {
        if (!appeal.byDriver() || driverId == null) {
            return;
        }
        new SqlText(
                        """
                        insert into hw.driver_message (company_id, driver_id, kind, episode_id, words, at)
                        select company_id, driver_id, 'appeal', ?, ?, ? from hw.driver where driver_id = ? and company_id = ?
                        """,
                        UUID.fromString(appeal.alarmId()),
                        note.substring(0, Math.min(note.length(), LONGEST_MESSAGE)),
                        now,
                        driverId,
                        appeal.companyId())
                .run(connection);
    }
}

package io.haulwatch.console.cases;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.alarms.AlarmQueries;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.alarms.AlarmStream;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.cases.CaseBook.CaseRow;
import io.haulwatch.console.cases.CaseBook.EventRow;
import io.haulwatch.console.cases.CaseBook.Held;
import io.haulwatch.console.cases.CaseBook.StepRow;
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
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Cases over HTTP: made by hand from alarms or by escalating one, worked off step by step, closed with a conclusion. */
public final class CaseRoutes {
    private static final int LONGEST = 1_000;
    private static final int LONGEST_TITLE = 100;
    private static final int MOST_ALARMS = 100;
    private static final int MOST_MINUTES = 366 * 24 * 60;
    private static final List<String> STATUS = List.of("open", "closed", "all");
    private static final List<String> PARTIES = List.of("centre", "company", "driver", "regulator");
    private static final List<String> OF_THE_COMPANY = List.of("company", "driver");
    private static final List<String> ESCALATED = List.of("lead", "manager", "regulator");

    private final ScopedDatabase database;
    private final CaseBook book;
    private final AlarmQueries alarms;
    private final Trail trail;
    private final AlarmStream stream;
    private final Cursors cursors;
    private final AuditLog audit;
    private final InstantSource clock;

    public CaseRoutes(
            ScopedDatabase database,
            CaseBook book,
            AlarmQueries alarms,
            Trail trail,
            AlarmStream stream,
            Cursors cursors,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.book = book;
        this.alarms = alarms;
        this.trail = trail;
        this.stream = stream;
        this.cursors = cursors;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/cases", Right.WATCH, this::list),
                Route.post("/api/v1/cases", Right.WORK_AT_DESK, this::open),
                Route.get("/api/v1/cases/:id", Right.WATCH, this::one),
                Route.post("/api/v1/cases/:id/alarms", Right.WORK_AT_DESK, this::add),
                Route.post("/api/v1/cases/:id/steps", Right.WORK_AT_DESK, this::step),
                Route.post("/api/v1/cases/:id/steps/:step/done", Right.HANDLE_ALARMS, this::done),
                Route.post("/api/v1/cases/:id/notes", Right.HANDLE_ALARMS, this::note),
                Route.post("/api/v1/cases/:id/close", Right.LEAD_DESK, this::close));
    }

    private Answer list(Call call) throws SQLException {
        String status = call.word("status", STATUS);
        Boolean open = (status == null || status.equals("all")) ? null : status.equals("open");
        String escalated = call.word("escalated_to", ESCALATED);
        Integer company = call.number("company", 0, Integer.MAX_VALUE);
        int limit = call.limit();
        String listName = call.user().userId() + "|cases|" + status + "|" + escalated + "|" + company;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<CaseRow> rows = database.read(
                call.scope(),
                call.user().userId(),
                connection -> book.list(
                        connection,
                        call.scope(),
                        open,
                        escalated,
                        company,
                        after == null ? null : after.get(0).longValue(),
                        limit + 1));
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    private Answer one(Call call) throws SQLException {
        int id = call.pathId("id");
        return Answer.json(
                database.read(call.scope(), call.user().userId(), connection -> detail(connection, call, id)));
    }

    private Answer open(Call call) throws SQLException {
        List<UUID> ids = call.uuids("alarms", MOST_ALARMS);
        String given = call.optionalText("title", LONGEST_TITLE);
        String note = call.said("note", LONGEST);
        List<AlarmNews> news = new ArrayList<>();
        CaseDetail made = database.write(call.scope(), call.user().userId(), connection -> {
            List<Work> held = hold(connection, call, ids);
            if (held.stream().map(Work::companyId).distinct().count() > 1) {
                throw Refusal.ruleBroken("case-one-company", "A case is of one company; its alarms are of several.");
            }
            refuseUnlessFree(call, held);
            Instant now = clock.instant();
            long id = book.open(
                    connection,
                    held,
                    given == null ? "" : given.strip(),
                    note,
                    call.user().userId(),
                    now);
            news.addAll(CaseAlarms.take(connection, trail, Doer.of(call), held, id, now));
            audit(connection, call, id, "open", note);
            return detail(connection, call, id);
        });
        news.forEach(stream::tell);
        return Answer.json(201, made);
    }

    private Answer add(Call call) throws SQLException {
        int id = call.pathId("id");
        List<AlarmNews> news = new ArrayList<>();
        CaseDetail changed = database.write(call.scope(), call.user().userId(), connection -> {
            Held found = open(connection, call, id);
            List<Work> held = hold(connection, call, call.uuids("alarms", MOST_ALARMS));
            if (held.stream().anyMatch(each -> each.companyId() != found.companyId())) {
                throw Refusal.ruleBroken("case-one-company", "A case is of one company; an alarm is of another.");
            }
            refuseUnlessFree(call, held);
            Instant now = clock.instant();
            for (Work each : held) {
                CaseBook.add(connection, id, each);
            }
            news.addAll(CaseAlarms.take(connection, trail, Doer.of(call), held, id, now));
            told(connection, call, found, "add", Integer.toString(held.size()), now);
            return detail(connection, call, id);
        });
        news.forEach(stream::tell);
        return Answer.json(changed);
    }

    private Answer step(Call call) throws SQLException {
        int id = call.pathId("id");
        return Answer.json(201, database.write(call.scope(), call.user().userId(), connection -> {
            Held held = open(connection, call, id);
            String party = call.text("party", 1, 20);
            if (!PARTIES.contains(party)) {
                throw Refusal.badValue("\"party\" must be one of " + String.join(", ", PARTIES) + ".");
            }
            String words = call.said("words", LONGEST);
            JsonNode minutes = call.object().path("minutes");
            if (!minutes.isInt() || minutes.intValue() < 1 || minutes.intValue() > MOST_MINUTES) {
                throw Refusal.badValue("\"minutes\" must be a number from 1 to " + MOST_MINUTES + ".");
            }
            Instant now = clock.instant();
            String duty =
                    party.equals("centre") ? Duties.VERIFY : party.equals("company") ? Duties.COMPANY : Duties.RECTIFY;
            Instant due = now.plus(Duration.ofMinutes(minutes.intValue()));
            CaseBook.step(connection, id, held.companyId(), party, duty, words, due, now);
            told(connection, call, held, "step", words, now);
            return detail(connection, call, id);
        }));
    }

    private Answer done(Call call) throws SQLException {
        int id = call.pathId("id");
        int stepId = call.pathId("step");
        return Answer.json(database.write(call.scope(), call.user().userId(), connection -> {
            Held held = open(connection, call, id);
            String result = call.said("result", LONGEST);
            Instant now = clock.instant();
            StepRow step = book.steps(connection, call.scope(), id, now).stream()
                    .filter(each -> each.id() == stepId)
                    .findFirst()
                    .orElseThrow(() -> Refusal.notFound("There is no such step of this case: step=" + stepId + "."));
            if (step.doneAt() != null) {
                throw Refusal.conflict("step-done", "This step is done already: by=" + step.doneBy() + ".");
            }
            if (step.orderId() != null) {
                throw Refusal.ruleBroken(
                        "step-of-order",
                        "This step belongs to an order of the regulator; answer or judge that: order=" + step.orderId()
                                + ".");
            }
            if (!call.user().may(Right.WORK_AT_DESK) && !OF_THE_COMPANY.contains(step.party())) {
                throw Refusal.ruleBroken(
                        "step-of-another", "This step is owed by another party: party=" + step.party() + ".");
            }
            new SqlText(
                            "update hw.case_step set done_by = ?, done_at = ?, result = ? where step_id = ? and done_at is null",
                            call.user().userId(),
                            now,
                            result,
                            stepId)
                    .run(connection);
            told(connection, call, held, "done", step.duty() + ": " + result, now);
            return detail(connection, call, id);
        }));
    }

    private Answer note(Call call) throws SQLException {
        int id = call.pathId("id");
        return Answer.json(201, database.write(call.scope(), call.user().userId(), connection -> {
            Held held = held(connection, call, id);
            told(connection, call, held, "note", call.said("note", LONGEST), clock.instant());
            return detail(connection, call, id);
        }));
    }

    private Answer close(Call call) throws SQLException {
        int id = call.pathId("id");
        List<AlarmNews> news = new ArrayList<>();
        CaseDetail closed = database.write(call.scope(), call.user().userId(), connection -> {
            Held held = open(connection, call, id);
            String conclusion = call.said("conclusion", LONGEST);
            Instant now = clock.instant();
            if (book.steps(connection, call.scope(), id, now).stream().anyMatch(step -> step.doneAt() == null)) {
                throw Refusal.ruleBroken("case-steps-open", "A case is closed when each of its steps is done.");
            }
            CaseBook.close(connection, id, call.user().userId(), conclusion, now);
            for (UUID alarm : book.alarms(connection, call.scope(), id)) {
                Work work = WorkTable.hold(connection, call.scope(), alarm).orElse(null);
                if (work != null && Step.CLOSE_CASE.isOpenTo(work.handling())) {
                    news.add(trail.step(
                            connection,
                            work,
                            Step.CLOSE_CASE,
                            Change.to(Handling.RESOLVED).settled(call.user().userId(), now),
                            Doer.of(call),
                            "close_case",
                            conclusion,
                            now));
                }
            }
            told(connection, call, held, "close", conclusion, now);
            return detail(connection, call, id);
        });
        news.forEach(stream::tell);
        return Answer.json(closed);
    }

    /** @throws Refusal if one of them cannot be taken into a case now */
    private void refuseUnlessFree(Call call, List<Work> held) {
        Instant now = clock.instant();
        for (Work each : held) {
            if (!Step.TAKE_INTO_CASE.isOpenTo(each.handling())) {
                throw Refusal.conflict(
                        each.handling().isOpen() ? "alarm-waits" : "alarm-settled",
                        "An alarm that is " + each.handling().word() + " cannot be taken into a case: id=" + each.id()
                                + ".");
            }
            if (each.isHeldByOther(call.user().userId(), now)) {
                throw Refusal.conflict(
                        "alarm-held", "Somebody else works on this alarm: holder=" + each.holder() + ".");
            }
        }
    }

    private CaseDetail detail(Connection connection, Call call, long id) throws SQLException {
        CaseRow row = book.one(connection, call.scope(), id).orElseThrow(() -> unknown(id));
        List<AlarmRow> found = AlarmQueries.select("")
                .within(call.scope(), "e.company_id = any (?)")
                .and("e.episode_id in (select episode_id from hw.case_alarm where case_id = ?)", id)
                .add("order by e.started_at")
                .list(connection, alarms::row);
        return new CaseDetail(
                row,
                found,
                book.steps(connection, call.scope(), id, clock.instant()),
                book.events(connection, call.scope(), id));
    }

    private void told(Connection connection, Call call, Held held, String kind, String note, Instant now)
            throws SQLException {
        CaseBook.event(connection, held.id(), held.companyId(), call.user().userId(), kind, note, now);
        audit(connection, call, held.id(), kind, note);
    }

    private void audit(Connection connection, Call call, long id, String kind, String note) throws SQLException {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("note", note);
        audit.add(connection, call.user().userId(), "case." + kind, "case:" + id, detail, call.address());
    }

    private Held open(Connection connection, Call call, long id) throws SQLException {
        Held held = held(connection, call, id);
        if (!held.state().equals("open")) {
            throw Refusal.conflict("case-closed", "This case is closed: id=" + id + ".");
        }
        return held;
    }

    private Held held(Connection connection, Call call, long id) throws SQLException {
        return CaseBook.hold(connection, call.scope(), id).orElseThrow(() -> unknown(id));
    }

    private static List<Work> hold(Connection connection, Call call, List<UUID> ids) throws SQLException {
        List<Work> held = new ArrayList<>();
        for (UUID id : ids) {
            Work work = WorkTable.hold(connection, call.scope(), id)
                    .orElseThrow(() ->
                            Refusal.notFound("There is no such alarm among those that you may see: id=" + id + "."));
            if (!work.stands()) {
                throw Refusal.conflict(
                        "alarm-withdrawn", "The rules do not stand by this alarm any more: id=" + id + ".");
            }
            held.add(work);
        }
        return held;
    }

    private static Refusal unknown(long id) {
        return Refusal.notFound("There is no such case among those that you may see: id=" + id + ".");
    }

    /** A case with everything that belongs to it. */
    record CaseDetail(
            @JsonUnwrapped CaseRow row, List<AlarmRow> alarmRows, List<StepRow> steps, List<EventRow> events) {}
}

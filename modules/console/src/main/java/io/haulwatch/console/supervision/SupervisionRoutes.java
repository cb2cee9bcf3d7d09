package io.haulwatch.console.supervision;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.alarms.AlarmQueries;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.alarms.AlarmStream;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.cases.CaseAlarms;
import io.haulwatch.console.cases.CaseBook;
import io.haulwatch.console.desk.Trail;
import io.haulwatch.console.desk.Trail.Doer;
import io.haulwatch.console.handling.Duties;
import io.haulwatch.console.handling.Step;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.handling.WorkTable;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.indicators.FrozenFigure;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.supervision.SupervisionBook.FileRow;
import io.haulwatch.console.supervision.SupervisionBook.Filter;
import io.haulwatch.console.supervision.SupervisionBook.Held;
import io.haulwatch.console.supervision.SupervisionBook.Issued;
import io.haulwatch.console.supervision.SupervisionBook.OrderRow;
import io.haulwatch.console.supervision.SupervisionBook.RowKey;
import io.haulwatch.console.supervision.SupervisionBook.Written;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Orders of the regulator over HTTP. Each write names a key of its own, so that asking again does nothing twice, and each change of an order
 * the revision that was seen, so that nobody decides about what has become something else meanwhile.
 */
public final class SupervisionRoutes {
    private static final int LONGEST = 2_000;
    private static final int LONGEST_SUBJECT = 100;
    private static final int MOST_ALARMS = 50;
    private static final Duration LONGEST_TIME = Duration.ofDays(366);
    private static final List<String> STATUS = List.of("open", "overdue", "answered", "closed", "all");
    private static final List<String> ACTIONS = List.of("accept", "return", "extend", "withdraw");

    private final ScopedDatabase database;
    private final AlarmQueries alarms;
    private final Trail trail;
    private final AlarmStream stream;
    private final Cursors cursors;
    private final AuditLog audit;
    private final ObjectMapper json;
    private final InstantSource clock;

    public SupervisionRoutes(
            ScopedDatabase database,
            AlarmQueries alarms,
            Trail trail,
            AlarmStream stream,
            Cursors cursors,
            AuditLog audit,
            ObjectMapper json,
            InstantSource clock) {
        this.database = database;
        this.alarms = alarms;
        this.trail = trail;
        this.stream = stream;
        this.cursors = cursors;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/supervision", Right.WATCH, this::list),
                Route.get("/api/v1/supervision/figures", Right.WATCH, this::figures),
                Route.post("/api/v1/supervision", Right.SUPERVISE, this::issue),
                Route.get("/api/v1/supervision/:id", Right.WATCH, this::one),
                Route.post("/api/v1/supervision/:id/answer", Right.ANSWER_NOTICES, this::answer),
                Route.post("/api/v1/supervision/:id/actions", Right.SUPERVISE, this::act));
    }

    private Answer list(Call call) throws SQLException {
        String status = call.word("status", STATUS);
        Filter filter = new Filter(
                status == null ? "all" : status,
                call.number("company", 0, Integer.MAX_VALUE),
                Call.region(call.query().get("region")),
                call.number("case", 0, Integer.MAX_VALUE));
        int limit = call.limit();
        String listName = call.user().userId() + "|supervision|" + filter;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        Instant now = clock.instant();
        List<OrderRow> rows = database.read(
                call.scope(),
                call.user().userId(),
                connection -> SupervisionBook.list(
                        connection,
                        call.scope(),
                        filter,
                        after == null
                                ? null
                                : new RowKey(
                                        after.get(0).intValue(),
                                        after.get(1).longValue(),
                                        after.get(2).longValue()),
                        now,
                        limit + 1));
        return Answer.json(cursors.page(listName, limit, rows, row -> {
            RowKey last = row.key();
            return List.of(last.part(), last.place(), last.id());
        }));
    }

    private Answer figures(Call call) throws SQLException {
        String region = Call.region(call.query().get("region"));
        Instant now = clock.instant();
        return Answer.json(database.read(
                call.scope(),
                call.user().userId(),
                connection -> SupervisionFigures.of(connection, call.scope(), region, now)));
    }

    private Answer one(Call call) throws SQLException {
        int id = call.pathId("id");
        return Answer.json(
                database.read(call.scope(), call.user().userId(), connection -> detail(connection, call, id)));
    }

    private Answer issue(Call call) throws SQLException {
        int me = call.user().userId();
        List<AlarmNews> news = new ArrayList<>();
        Made made = database.write(call.scope(), me, connection -> {
            UUID key = call.key();
            Instant now = clock.instant();
            Optional<Written> before = SupervisionBook.written(connection, key);
            if (before.isPresent()) {
                return new Made(200, again(connection, call, before.get(), null, "issue"));
            }
            Issued given = given(connection, call, now);
            Integer caseGiven = call.optionalNumber("case_id", 0, Integer.MAX_VALUE);
            List<Work> works = new ArrayList<>();
            Long caseId = caseGiven == null ? caseOf(connection, call, given) : Long.valueOf(caseGiven);
            if (caseId != null) {
                refuseUnlessOpen(connection, call, caseId, given.companyId());
            }
            for (UUID alarm : given.alarms()) {
                Work work = WorkTable.hold(connection, call.scope(), alarm)
                        .filter(found -> found.companyId() == given.companyId())
                        .orElseThrow(
                                () -> Refusal.notFound("There is no such alarm of that company: id=" + alarm + "."));
                if (work.stands() && Step.TAKE_INTO_CASE.isOpenTo(work.handling()) && !work.isHeldByOther(me, now)) {
                    works.add(work);
                }
            }
            boolean opened = caseId == null;
            long at = caseId != null
                    ? caseId
                    : CaseBook.open(
                            connection,
                            given.companyId(),
                            vehicle(connection, call, given),
                            given.subject(),
                            given.severity(),
                            me,
                            now);
            long id = SupervisionBook.issue(connection, at, opened, given, me, now);
            if (SupervisionBook.key(connection, key, id, given.companyId(), "issue", me, now)
                    .isPresent()) {
                throw Refusal.conflict("The same order is being issued already; look at it.");
            }
            CaseBook.Place place = new CaseBook.Place(at, given.companyId(), id);
            CaseBook.step(connection, place, "company", Duties.COMPANY, given.subject(), given.dueAt(), now);
            for (Work each : works) {
                CaseBook.add(connection, at, each);
            }
            news.addAll(CaseAlarms.take(connection, trail, Doer.of(call), works, at, now));
            told(connection, call, place, "order_issue", given.words(), now);
            return new Made(201, detail(connection, call, id));
        });
        news.forEach(stream::tell);
        return Answer.json(made.status, made.detail);
    }

    /** What the body says, checked. */
    private Issued given(Connection connection, Call call, Instant now) throws SQLException {
        int asked = call.wholeNumber("company_id", 1, Integer.MAX_VALUE);
        int company = new SqlText("select company_id from hw.company where true")
                .within(call.scope(), "company_id = any (?)")
                .and("company_id = ?", asked)
                .first(connection, row -> row.getInt(1))
                .orElseThrow(() ->
                        Refusal.notFound("There is no such company among those that you may see: id=" + asked + "."));
        String subject = call.saidInOneLine("subject", LONGEST_SUBJECT);
        String words = call.said("words", LONGEST);
        int severity = call.wholeNumber("severity", 1, 4);
        JsonNode figure = call.object().path("figure");
        boolean bound = call.object().path("alarms").isArray()
                && !call.object().path("alarms").isEmpty();
        return new Issued(
                company,
                subject,
                words,
                severity,
                due(call, now),
                bound ? call.uuids("alarms", MOST_ALARMS) : List.of(),
                figure.isMissingNode() || figure.isNull()
                        ? null
                        : text(FrozenFigure.of(connection, call.scope(), company, figure, now)));
    }

    /** The truck that an order without a case is about, if there is one. */
    private @Nullable Integer vehicle(Connection connection, Call call, Issued given) throws SQLException {
        JsonNode ofFigure = call.object().path("figure").path("vehicle");
        if (ofFigure.isInt()) {
            return ofFigure.intValue();
        }
        return given.alarms().isEmpty()
                ? null
                : WorkTable.hold(connection, call.scope(), given.alarms().getFirst())
                        .map(Work::vehicleId)
                        .orElse(null);
    }

    /** The open case in which its alarms are already. */
    private static @Nullable Long caseOf(Connection connection, Call call, Issued given) throws SQLException {
        List<Long> open =
                given.alarms().isEmpty() ? List.of() : CaseBook.openOf(connection, call.scope(), given.alarms());
        if (open.size() > 1) {
            throw Refusal.ruleBroken(
                    "order-one-case",
                    "These alarms are in several open cases; say which one the order belongs to: cases=" + open + ".");
        }
        return open.isEmpty() ? null : open.getFirst();
    }

    private static void refuseUnlessOpen(Connection connection, Call call, long caseId, int companyId)
            throws SQLException {
        CaseBook.Held found = CaseBook.hold(connection, call.scope(), caseId)
                .filter(held -> held.companyId() == companyId)
                .orElseThrow(() -> Refusal.notFound("There is no such case of that company: id=" + caseId + "."));
        if (!found.state().equals("open")) {
            throw Refusal.conflict("case-closed", "This case is closed: id=" + caseId + ".");
        }
    }

    private Answer answer(Call call) throws SQLException {
        return Answer.json(change(call, "answer", (connection, held, now) -> {
            String words = call.said("words", LONGEST);
            if (!held.waitsForCompany()) {
                throw wrongState(held);
            }
            int me = call.user().userId();
            SupervisionBook.answer(connection, held, words, me, now);
            SupervisionBook.stepDone(connection, held, words, me, now);
            CaseBook.Place place = place(held);
            Duties duties = Duties.read(connection);
            CaseBook.step(
                    connection,
                    place,
                    "regulator",
                    Duties.VERIFY,
                    held.subject(),
                    duties.due(Duties.COMPANY, held.severity(), now),
                    now);
            told(connection, call, place, "order_answer", words, now);
        }));
    }

    private Answer act(Call call) throws SQLException {
        return Answer.json(change(call, "act", (connection, held, now) -> {
            String action = call.oneOf("action", ACTIONS);
            int me = call.user().userId();
            switch (action) {
                case "accept" -> {
                    String words = call.optionalText("words", LONGEST);
                    String reason = words == null ? "" : words.strip();
                    refuseUnless(held.state().equals("answered"), held);
                    SupervisionBook.judge(connection, held, "accepted", reason, me, now);
                    SupervisionBook.change(connection, held, "accepted", held.dueAt(), now);
                    end(connection, call, held, "order_accept", reason, now);
                }
                case "return" -> {
                    String reason = call.said("words", LONGEST);
                    Instant due = due(call, now);
                    refuseUnless(held.state().equals("answered"), held);
                    SupervisionBook.judge(connection, held, "returned", reason, me, now);
                    SupervisionBook.change(connection, held, "returned", due, now);
                    SupervisionBook.stepDone(connection, held, reason, me, now);
                    CaseBook.step(connection, place(held), "company", Duties.COMPANY, held.subject(), due, now);
                    told(connection, call, place(held), "order_return", reason, now);
                }
                case "extend" -> {
                    String reason = call.said("words", LONGEST);
                    Instant due = due(call, now);
                    refuseUnless(held.waitsForCompany(), held);
                    if (!due.isAfter(held.dueAt())) {
                        throw Refusal.ruleBroken(
                                "order-not-later",
                                "A deadline is put off, not brought forward: due_at=" + held.dueAt() + ".");
                    }
                    SupervisionBook.change(connection, held, held.state(), due, now);
                    SupervisionBook.stepDue(connection, held, due);
                    told(connection, call, place(held), "order_extend", reason, now);
                }
                default -> {
                    String reason = call.said("words", LONGEST);
                    refuseUnless(held.waitsForCompany() || held.state().equals("answered"), held);
                    SupervisionBook.change(connection, held, "withdrawn", held.dueAt(), now);
                    end(connection, call, held, "order_withdraw", reason, now);
                }
            }
        }));
    }

    /** The order is over; a case that was opened for it alone is over too. */
    private void end(Connection connection, Call call, Held held, String kind, String reason, Instant now)
            throws SQLException {
        int me = call.user().userId();
        SupervisionBook.stepDone(connection, held, reason, me, now);
        told(connection, call, place(held), kind, reason, now);
        if (held.openedCase() && CaseBook.isEmpty(connection, held.caseId())) {
            CaseBook.close(connection, held.caseId(), me, reason, now);
            told(connection, call, place(held), "close", reason, now);
        }
    }

    @FunctionalInterface
    private interface Changing {
        void on(Connection connection, Held held, Instant now) throws SQLException;
    }

    /** Changes an order that is still as the caller has seen it; asked once more under the same key, it answers how the order stands. */
    private OrderDetail change(Call call, String kind, Changing work) throws SQLException {
        int id = call.pathId("id");
        int me = call.user().userId();
        return database.write(call.scope(), me, connection -> {
            long caseId = SupervisionBook.one(connection, call.scope(), id, clock.instant())
                    .map(OrderRow::caseId)
                    .orElseThrow(() -> unknown(id));
            // The case first, as everybody holds it.
            if (CaseBook.hold(connection, call.scope(), caseId).isEmpty()) {
                throw unknown(id);
            }
            Held held = SupervisionBook.hold(connection, call.scope(), id).orElseThrow(() -> unknown(id));
            Instant now = clock.instant();
            UUID key = call.key();
            Optional<Written> before = SupervisionBook.key(connection, key, id, held.companyId(), kind, me, now);
            if (before.isPresent()) {
                return again(connection, call, before.get(), (long) id, kind);
            }
            int revision = call.wholeNumber("revision", 1, Integer.MAX_VALUE);
            if (revision != held.revision()) {
                throw Refusal.conflict(
                        "order-changed",
                        "The order has changed since you looked at it: state=" + held.state() + ", revision="
                                + held.revision() + ".");
            }
            work.on(connection, held, now);
            return detail(connection, call, id);
        });
    }

    /** The answer to a write that was done before. */
    private OrderDetail again(Connection connection, Call call, Written before, @Nullable Long id, String kind)
            throws SQLException {
        if (before.userId() != call.user().userId()
                || !before.kind().equals(kind)
                || (id != null && before.orderId() != id)) {
            throw Refusal.conflict("key-used", "This key stands for something else; take a new one.");
        }
        return detail(connection, call, before.orderId());
    }

    private OrderDetail detail(Connection connection, Call call, long id) throws SQLException {
        OrderRow row = SupervisionBook.one(connection, call.scope(), id, clock.instant())
                .orElseThrow(() -> unknown(id));
        List<AlarmRow> bound = AlarmQueries.select("")
                .within(call.scope(), "e.company_id = any (?)")
                .and("e.episode_id in (select episode_id from hw.supervision_alarm where order_id = ?)", id)
                .add("order by e.started_at")
                .list(connection, alarms::row);
        SupervisionBook.Answers said = SupervisionBook.answers(connection, call.scope(), id);
        return new OrderDetail(
                row, bound, said.answers(), said.files(), CaseBook.eventsOfOrder(connection, call.scope(), id));
    }

    private void told(Connection connection, Call call, CaseBook.Place place, String kind, String note, Instant now)
            throws SQLException {
        CaseBook.event(connection, place, call.user().userId(), kind, note, now);
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("note", note);
        detail.put("case_id", place.id());
        audit.add(
                connection,
                call.user().userId(),
                "supervision." + kind.replace("order_", ""),
                "supervision:" + place.orderId(),
                detail,
                call.address());
    }

    private static CaseBook.Place place(Held held) {
        return new CaseBook.Place(held.caseId(), held.companyId(), held.id());
    }

    private static void refuseUnless(boolean right, Held held) {
        if (!right) {
            throw wrongState(held);
        }
    }

    private static Refusal wrongState(Held held) {
        return Refusal.conflict("order-state", "An order that is " + held.state() + " does not take that now.");
    }

    private static Instant due(Call call, Instant now) {
        String given = call.text("due_at", 10, 40);
        Instant due;
        try {
            due = OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.badValue("\"due_at\" must be a time such as 2026-11-20T16:00:00Z.");
        }
        if (!due.isAfter(now) || due.isAfter(now.plus(LONGEST_TIME))) {
            long days = LONGEST_TIME.toDays();
            throw Refusal.ruleBroken(
                            "order-due", "A deadline lies ahead, by at most " + days + " days: due_at=" + given + ".")
                    .saying("days", days);
        }
        return due;
    }

    private String text(Map<String, Object> figure) {
        try {
            return json.writeValueAsString(figure);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a figure is numbers and words", e);
        }
    }

    private static Refusal unknown(long id) {
        return Refusal.notFound("There is no such order among those that you may see: id=" + id + ".");
    }

    private record Made(int status, OrderDetail detail) {}

    /** An order with everything that belongs to it. @param files that no answer has taken yet */
    record OrderDetail(
            @JsonUnwrapped OrderRow row,
            List<AlarmRow> alarmRows,
            List<SupervisionBook.AnswerRow> answers,
            List<FileRow> files,
            List<CaseBook.EventRow> events) {}
}

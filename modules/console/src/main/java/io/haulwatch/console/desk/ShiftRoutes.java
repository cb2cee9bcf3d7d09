package io.haulwatch.console.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.alarms.AlarmStream;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.desk.Held.HeldAlarm;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.handling.Change;
import io.haulwatch.console.handling.Handling;
import io.haulwatch.console.handling.Step;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.handling.WorkTable;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Reach;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Role;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The end of a shift: what somebody holds goes to a colleague or back to the queue, with a note that the next one says to have read. */
final class ShiftRoutes {
    private static final int LONGEST_NOTE = 2_000;
    private static final String HANDOVER = """
            select h.handover_id, h.from_user, coalesce(f.display_name, f.username) as from_name, h.to_user,
                coalesce(t.display_name, t.username) as to_name, h.at, h.note, h.held, coalesce(r.display_name, r.username) as read_name, h.read_at
            from hw.shift_handover h left join hw.app_user f on f.user_id = h.from_user
                left join hw.app_user t on t.user_id = h.to_user left join hw.app_user r on r.user_id = h.read_by
            where true
            """;
    private static final String OWN = "not h.everywhere and h.company_ids <@ ?::integer[]";

    private final ScopedDatabase database;
    private final DeskWork work;
    private final Trail trail;
    private final AlarmStream stream;
    private final Supplier<FleetBook> book;
    private final Cursors cursors;
    private final AuditLog audit;
    private final ObjectMapper json;
    private final InstantSource clock;

    ShiftRoutes(
            ScopedDatabase database,
            DeskWork work,
            Trail trail,
            AlarmStream stream,
            Supplier<FleetBook> book,
            Cursors cursors,
            AuditLog audit,
            ObjectMapper json,
            InstantSource clock) {
        this.database = database;
        this.work = work;
        this.trail = trail;
        this.stream = stream;
        this.book = book;
        this.cursors = cursors;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/desk/shift", Right.WORK_AT_DESK, this::shift),
                Route.get("/api/v1/desk/handovers", Right.WORK_AT_DESK, this::list),
                Route.post("/api/v1/desk/handovers", Right.WORK_AT_DESK, this::handOver),
                Route.post("/api/v1/desk/handovers/:id/read", Right.WORK_AT_DESK, this::read));
    }

    private Answer shift(Call call) throws SQLException {
        int me = call.user().userId();
        return Answer.json(database.read(
                call.scope(),
                me,
                connection -> new Shift(
                        Held.of(connection, call.scope(), me, clock.instant()),
                        colleagues(connection, call),
                        unread(connection, call))));
    }

    private Answer list(Call call) throws SQLException {
        int limit = call.limit();
        String listName = call.user().userId() + "|handovers";
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        SqlText sql = new SqlText(HANDOVER).within(call.scope(), OWN);
        if (after != null) {
            sql.and("h.handover_id < ?", after.get(0).longValue());
        }
        sql.add("order by h.handover_id desc limit ?", limit + 1);
        List<Handover> rows =
                database.read(call.scope(), call.user().userId(), connection -> sql.list(connection, this::row));
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    private Answer handOver(Call call) throws SQLException {
        String note = call.text("note", 1, LONGEST_NOTE).strip();
        if (note.isEmpty()) {
            throw Refusal.badValue("\"note\" must not be blank.");
        }
        Integer to = call.optionalNumber("to", 1, Integer.MAX_VALUE);
        int me = call.user().userId();
        List<AlarmNews> news = new ArrayList<>();
        Handover made = database.write(call.scope(), me, connection -> {
            Colleague colleague = to == null ? null : colleague(connection, call, to);
            Held held = Held.of(connection, call.scope(), me, clock.instant());
            for (HeldAlarm claim : held.claims()) {
                news.addAll(pass(connection, call, UUID.fromString(claim.id()), colleague));
            }
            Instant now = clock.instant();
            Scope scope = call.scope();
            SqlText insert = new SqlText(
                    "insert into hw.shift_handover (from_user, at, everywhere, company_ids, note, held, to_user)"
                            + " values (?, ?, ?, ?::integer[], ?, ?::jsonb,",
                    me,
                    now,
                    scope instanceof Scope.All,
                    scope instanceof Scope.Companies companies ? companies.ids() : Set.<Integer>of(),
                    note,
                    written(held));
            long id = (to == null ? insert.add("null)") : insert.add("?)", to))
                    .add("returning handover_id")
                    .first(connection, row -> row.getLong(1))
                    .orElseThrow();
            audit.add(
                    connection,
                    me,
                    "desk.hand_over",
                    "handover:" + id,
                    Map.of(
                            "to",
                            colleague == null ? "" : colleague.name,
                            "alarms",
                            held.claims().size()),
                    call.address());
            return one(connection, call, id);
        });
        news.forEach(stream::tell);
        return Answer.json(201, made);
    }

    /** Gives a claim to a colleague, or back to the queue. Nothing to tell if it is not his any more. */
    private List<AlarmNews> pass(Connection connection, Call call, UUID id, @Nullable Colleague colleague)
            throws SQLException {
        if (colleague == null) {
            return work.release(connection, call, id);
        }
        Work held = WorkTable.hold(connection, call.scope(), id).orElse(null);
        Instant now = clock.instant();
        if (held == null
                || held.handling() != Handling.CLAIMED
                || !held.isHeldBy(call.user().userId(), now)) {
            return List.of();
        }
        return List.of(trail.step(
                connection,
                held,
                Step.CLAIM,
                Change.to(Handling.CLAIMED).held(colleague.id, now.plus(Work.HOLD)),
                Trail.Doer.of(call),
                "hand_over",
                colleague.name,
                now));
    }

    private Answer read(Call call) throws SQLException {
        long id = call.pathId("id");
        int me = call.user().userId();
        return Answer.json(database.write(call.scope(), me, connection -> {
            Handover found = one(connection, call, id);
            if (found.fromId == me || (found.toId != null && found.toId != me)) {
                throw Refusal.ruleBroken("handover-of-another", "This note is for somebody else: id=" + id + ".");
            }
            int read = new SqlText(
                            "update hw.shift_handover set read_by = ?, read_at = ? where handover_id = ? and read_at is null",
                            me,
                            clock.instant(),
                            id)
                    .run(connection);
            if (read == 0) {
                throw Refusal.conflict("handover-read", "Somebody has read it already: by=" + found.readBy + ".");
            }
            audit.add(connection, me, "desk.take_over", "handover:" + id, Map.of(), call.address());
            return one(connection, call, id);
        }));
    }

    private Handover one(Connection connection, Call call, long id) throws SQLException {
        return new SqlText(HANDOVER)
                .within(call.scope(), OWN)
                .and("h.handover_id = ?", id)
                .first(connection, this::row)
                .orElseThrow(
                        () -> Refusal.notFound("There is no such note among those that you may see: id=" + id + "."));
    }

    /** Notes that this one may take: for him, or for whoever comes next. */
    private List<Handover> unread(Connection connection, Call call) throws SQLException {
        int me = call.user().userId();
        return new SqlText(HANDOVER)
                .within(call.scope(), OWN)
                .and("h.read_at is null and h.from_user <> ? and (h.to_user is null or h.to_user = ?)", me, me)
                .add("order by h.handover_id limit 20")
                .list(connection, this::row);
    }

    /** Who works at the desk and sees each company that this one sees. */
    private List<Colleague> colleagues(Connection connection, Call call) throws SQLException {
        FleetBook now = book.get();
        return new SqlText(
                        "select user_id, coalesce(display_name, username), role, scope from hw.app_user where not disabled and user_id <> ?"
                                + " order by username",
                        call.user().userId())
                        .list(
                                connection,
                                row -> new Candidate(
                                        new Colleague(row.getInt(1), row.getString(2)),
                                        row.getString(3),
                                        row.getString(4)))
                        .stream()
                        .filter(each -> Right.WORK_AT_DESK.heldBy(Role.of(each.role)))
                        .filter(each -> Reach.of(each.reach)
                                .map(reach -> covers(reach.scope(now), call.scope()))
                                .orElse(false))
                        .map(Candidate::who)
                        .toList();
    }

    /** @throws Refusal if this one cannot take over */
    private Colleague colleague(Connection connection, Call call, int id) throws SQLException {
        return colleagues(connection, call).stream()
                .filter(each -> each.id == id)
                .findFirst()
                .orElseThrow(() -> Refusal.ruleBroken(
                        "no-colleague",
                        "Nobody at the desk who sees all that you see has this number: to=" + id + "."));
    }

    private record Candidate(Colleague who, String role, String reach) {}

    private static boolean covers(Scope wide, Scope narrow) {
        return wide instanceof Scope.All
                || (wide instanceof Scope.Companies many
                        && narrow instanceof Scope.Companies few
                        && many.ids().containsAll(few.ids()));
    }

    private String written(Held held) {
        try {
            return json.writeValueAsString(held);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is held is texts and numbers", e);
        }
    }

    private Handover row(ResultSet row) throws SQLException {
        int to = row.getInt("to_user");
        Integer toId = row.wasNull() ? null : (Integer) to;
        Timestamp read = row.getTimestamp("read_at");
        try {
            return new Handover(
                    row.getLong("handover_id"),
                    row.getInt("from_user"),
                    row.getString("from_name"),
                    toId,
                    row.getString("to_name"),
                    Json.time(row.getTimestamp("at").toInstant()),
                    row.getString("note"),
                    json.readTree(row.getString("held")),
                    row.getString("read_name"),
                    read == null ? null : Json.time(read.toInstant()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was held is JSON: handover=" + row.getLong("handover_id"), e);
        }
    }

    /** Where somebody stands at the end, or the begin, of his shift. @param unread notes that wait for him */
    record Shift(Held holds, List<Colleague> colleagues, List<Handover> unread) {}

    record Colleague(int id, String name) {}

    /**
     * A note at the end of a shift.
     *
     * @param toId null for whoever comes next
     * @param held what its author held then
     * @param readBy null while nobody has said that he has read it
     */
    record Handover(
            long id,
            int fromId,
            @Nullable String from,
            @Nullable Integer toId,
            @Nullable String to,
            String at,
            String note,
            JsonNode held,
            @Nullable String readBy,
            @Nullable String readAt) {}
}

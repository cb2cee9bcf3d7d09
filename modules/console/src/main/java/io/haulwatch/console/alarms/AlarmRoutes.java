package io.haulwatch.console.alarms;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.handling.Change;
import io.haulwatch.console.handling.Handling;
import io.haulwatch.console.handling.Step;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.handling.WorkTable;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.looks.TrackLooks;
import io.haulwatch.console.session.Right;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists of alarms, one alarm, and what people do about it. */
public final class AlarmRoutes {
    private static final int LONGEST_NOTE = 1_000;
    private static final int CRITICAL = 4;
    private static final int STRIP_POINTS = 4_000;

    private final ScopedDatabase database;
    private final AlarmQueries queries;
    private final AlarmStream stream;
    private final Cursors cursors;
    private final AuditLog audit;
    private final TrackLooks looks;
    private final InstantSource clock;

    public AlarmRoutes(
            ScopedDatabase database,
            AlarmQueries queries,
            AlarmStream stream,
            Cursors cursors,
            AuditLog audit,
            TrackLooks looks,
            InstantSource clock) {
        this.database = database;
        this.queries = queries;
        this.stream = stream;
        this.cursors = cursors;
        this.audit = audit;
        this.looks = looks;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/alarms", Right.WATCH, this::list),
                Route.get("/api/v1/alarms/:id", Right.WATCH, this::one),
                Route.post("/api/v1/alarms/:id/actions", Right.HANDLE_ALARMS, this::act));
    }

    private Answer list(Call call) throws SQLException {
        AlarmFilter filter = AlarmFilter.of(call);
        int limit = call.limit();
        String listName = call.user().userId() + "|" + filter.name();
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        Instant afterStarted = after == null ? null : Instant.parse(after.get(0).textValue());
        UUID afterId = after == null ? null : UUID.fromString(after.get(1).textValue());
        long streamCursor = stream.newest();
        AlarmPage page = database.read(call.scope(), call.user().userId(), connection -> {
            List<AlarmRow> rows = queries.list(connection, call.scope(), filter, afterStarted, afterId, limit + 1);
            AlarmQueries.Counts counts = queries.counts(connection, call.scope(), filter);
            Page<AlarmRow> shown = cursors.page(listName, limit, rows, last -> List.of(last.startedAt(), last.id()));
            return new AlarmPage(shown.items(), shown.nextCursor(), counts, streamCursor);
        });
        return Answer.json(page);
    }

    private Answer one(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        Scope scope = call.scope();
        LocalDate today = clock.instant().atZone(PaperState.ZONE).toLocalDate();
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
            AlarmRow row = queries.seen(connection, scope, id);
            return AlarmDetail.read(connection, queries, scope, row, looks, call, STRIP_POINTS, today);
        }));
    }

    private Answer act(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        String kind = call.text("kind", 1, 20);
        if (!AlarmWords.ACTIONS.contains(kind)) {
            throw Refusal.badValue("\"kind\" must be acknowledge or note.");
        }
        String given = call.optionalText("note", LONGEST_NOTE);
        String note = given == null ? "" : given.strip();
        int userId = call.user().userId();
        AlarmNews news = database.write(call.scope(), userId, connection -> {
            AlarmRow row = queries.seen(connection, call.scope(), id);
            if (note.isEmpty() && kind.equals("note")) {
                throw Refusal.ruleBroken("A note has at least one character.");
            }
            if (note.isEmpty() && row.severity() >= CRITICAL) {
                throw Refusal.ruleBroken(
                        "A critical alarm is acknowledged with a note that says what was done: severity=4.");
            }
            String handling = row.handling();
            if (kind.equals("acknowledge")) {
                acknowledge(connection, call, id);
                handling = Handling.RESOLVED.word();
            }
            AlarmQueries.Action action = queries.addAction(
                    connection, id, row.company().id(), userId, kind.equals("acknowledge") ? "ack" : kind, note);
            audit.add(
                    connection,
                    userId,
                    "alarm." + kind,
                    "alarm:" + id,
                    Map.of("note", note, "severity", row.severity()),
                    call.address());
            return new AlarmNews(id, row.company().id(), handling, action, null);
        });
        stream.tell(news);
        return Answer.json(201, Objects.requireNonNull(news.action()));
    }

    private void acknowledge(Connection connection, Call call, UUID id) throws SQLException {
        int userId = call.user().userId();
        Work work = WorkTable.hold(connection, call.scope(), id).orElseThrow(() -> AlarmQueries.unknown(id));
        Instant now = clock.instant();
        if (!Step.ACKNOWLEDGE.isOpenTo(work.handling())) {
            throw Refusal.conflict("This alarm does not wait any more: handling="
                    + work.handling().word() + ". Its actions say who was first.");
        }
        if (work.isHeldByOther(userId, now)) {
            throw Refusal.conflict("alarm-held", "Somebody else works on this alarm: holder=" + work.holder() + ".");
        }
        WorkTable.make(
                connection, work, Step.ACKNOWLEDGE, Change.to(Handling.RESOLVED).settled(userId, now));
    }

    /**
     * One page of alarms.
     *
     * @param counts of all that the filter finds
     * @param streamCursor place to go on from in {@code /ws/alarms?after=}
     */
    record AlarmPage(
            List<AlarmRow> items, @Nullable String nextCursor, AlarmQueries.Counts counts, long streamCursor) {}
}

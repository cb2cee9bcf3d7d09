package io.haulwatch.console.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.alarms.AlarmQueries;
import io.haulwatch.console.alarms.AlarmStream;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.commands.CommandQueries;
import io.haulwatch.console.desk.DeskQueries.DeskRow;
import io.haulwatch.console.desk.DeskQueries.Place;
import io.haulwatch.console.desk.DeskQueries.Shift;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.port.CommandDesk;
import io.haulwatch.console.session.Right;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The desk over HTTP. */
public final class DeskRoutes {
    private static final int LONGEST_NOTE = 1_000;
    /** What counts as the running shift on the page. */
    private static final Duration SHIFT = Duration.ofHours(8);

    private final ScopedDatabase database;
    private final DeskQueries queries;
    private final Trail trail;
    private final DeskWork work;
    private final DueActs due;
    private final AlarmStream stream;
    private final Cursors cursors;
    private final ObjectMapper json;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final List<Route> beside;

    public DeskRoutes(
            ScopedDatabase database,
            AlarmQueries alarms,
            CommandQueries commands,
            CaseOpener cases,
            CommandDesk gateway,
            AlarmStream stream,
            Supplier<FleetBook> book,
            Cursors cursors,
            AuditLog audit,
            ObjectMapper json,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.database = database;
        this.queries = new DeskQueries(alarms, json);
        this.stream = stream;
        this.cursors = cursors;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.trail = new Trail(alarms, queries, audit);
        Acts acts = new Acts(json);
        this.work = new DeskWork(acts, trail, commands, clock);
        this.due = new DueActs(database, acts, trail, work, cases, commands, gateway, stream, ids, clock);
        List<Route> others = new ArrayList<>(new NoticeRoutes(database, trail, stream, cursors, clock).routes());
        others.addAll(new DutyRoutes(database, audit).routes());
        others.addAll(new CabTextRoutes(database, audit, clock).routes());
        others.addAll(new ShiftRoutes(database, work, trail, stream, book, cursors, audit, json, clock).routes());
        this.beside = List.copyOf(others);
    }

    /** The desk's clock, which somebody has to look at now and then. */
    public DueActs due() {
        return due;
    }

    /** How steps are made and written down. */
    public Trail trail() {
        return trail;
    }

    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(List.of(
                Route.get("/api/v1/desk", Right.WORK_AT_DESK, this::queue),
                Route.post("/api/v1/desk/bulk", Right.WORK_AT_DESK, this::bulk),
                Route.get("/api/v1/alarms/:id/desk", Right.WORK_AT_DESK, this::one),
                Route.post("/api/v1/alarms/:id/claim", Right.WORK_AT_DESK, this::claim),
                Route.post("/api/v1/alarms/:id/release", Right.WORK_AT_DESK, this::release),
                Route.post("/api/v1/alarms/:id/acts", Right.WORK_AT_DESK, this::begin),
                Route.post("/api/v1/alarms/:id/decision", Right.WORK_AT_DESK, this::decide),
                Route.post("/api/v1/acts/:id/undo", Right.WORK_AT_DESK, this::undo)));
        routes.addAll(beside);
        return routes;
    }

    private Answer queue(Call call) throws SQLException {
        DeskFilter filter = DeskFilter.of(call);
        int limit = call.limit();
        int me = call.user().userId();
        String listName = me + "|" + filter.name();
        JsonNode cursor = cursors.read(listName, call.query().get("cursor"));
        Place after = cursor == null
                ? null
                : new Place(
                        cursor.get(0).intValue(),
                        cursor.get(1).textValue(),
                        UUID.fromString(cursor.get(2).textValue()));
        long streamCursor = stream.newest();
        Instant now = clock.instant();
        return Answer.json(database.read(call.scope(), me, connection -> {
            List<DeskRow> rows = queries.queue(connection, call.scope(), filter, me, now, after, limit + 1);
            Page<DeskRow> page = cursors.page(
                    listName,
                    limit,
                    rows,
                    last -> List.of(
                            last.row().severity(), last.dueText(), last.row().id()));
            return new Queue(
                    page.items(),
                    page.nextCursor(),
                    queries.counts(connection, call.scope(), filter, me, now),
                    DeskQueries.COUNTED,
                    queries.shift(connection, me, now.minus(SHIFT)),
                    Json.time(now),
                    streamCursor);
        }));
    }

    private Answer one(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        Instant now = clock.instant();
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            DeskRow alarm = queries.one(connection, call.scope(), id, now).orElseThrow(() -> unknown(id));
            return DeskContext.read(connection, json, call.scope(), alarm, now);
        }));
    }

    private Answer claim(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        boolean takeOver = call.body().isObject() && call.flag("take_over");
        tell(database.write(
                call.scope(), call.user().userId(), connection -> work.claim(connection, call, id, takeOver)));
        return state(call, id);
    }

    private Answer release(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        tell(database.write(call.scope(), call.user().userId(), connection -> work.release(connection, call, id)));
        return state(call, id);
    }

    private Answer begin(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        // Whoever does not see the alarm is not told what was wrong with the rest.
        database.read(
                call.scope(),
                call.user().userId(),
                connection -> queries.one(connection, call.scope(), id, clock.instant())
                        .orElseThrow(() -> unknown(id)));
        ActContent content = ActContent.of(call, json);
        AlarmNews news = database.write(
                call.scope(), call.user().userId(), connection -> work.begin(connection, call, id, content, ids.get()));
        stream.tell(news);
        return state(call, id);
    }

    private Answer bulk(Call call) throws SQLException {
        List<UUID> alarms = Bulk.alarms(call);
        ActContent content = ActContent.of(call, json);
        UUID batch = ids.get();
        Bulk.Report report = database.write(
                call.scope(),
                call.user().userId(),
                connection -> Bulk.begin(connection, call, work, alarms, content, batch));
        tell(report.news());
        return Answer.json(new BulkAnswer(report.rows(), Json.time(clock.instant())));
    }

    private Answer undo(Call call) throws SQLException {
        int id = call.pathId("id");
        List<AlarmNews> news =
                database.write(call.scope(), call.user().userId(), connection -> work.undo(connection, call, id));
        tell(news);
        return Answer.json(
                Map.of("undone", news.stream().map(each -> each.id().toString()).toList()));
    }

    private Answer decide(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        boolean approve = call.body().isObject() && call.flag("approve");
        String given = call.body().isObject() ? call.optionalText("note", LONGEST_NOTE) : null;
        AlarmNews news = database.write(
                call.scope(),
                call.user().userId(),
                connection -> work.decide(connection, call, id, approve, given == null ? "" : given.strip()));
        stream.tell(news);
        return state(call, id);
    }

    private Answer state(Call call, UUID id) throws SQLException {
        return Answer.json(database.read(
                call.scope(), call.user().userId(), connection -> queries.state(connection, id, clock.instant())));
    }

    private void tell(List<AlarmNews> news) {
        news.forEach(stream::tell);
    }

    private static Refusal unknown(UUID id) {
        return Refusal.notFound("There is no such alarm among those that you may see: id=" + id + ".");
    }

    /**
     * A page of the queue.
     *
     * @param counts by severity of all that the filter finds, whatever severities it names
     * @param countedTo a count above this means more than this
     * @param streamCursor place to go on from in {@code /ws/alarms?after=}
     */
    record Queue(
            List<DeskRow> items,
            @Nullable String nextCursor,
            Map<String, Integer> counts,
            int countedTo,
            Shift shift,
            String serverTime,
            long streamCursor) {}

    /** What became of each alarm that was acted on together. */
    record BulkAnswer(List<Bulk.Row> rows, String serverTime) {}
}

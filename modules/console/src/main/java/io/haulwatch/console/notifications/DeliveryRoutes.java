package io.haulwatch.console.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of what was sent, and what was given up: looked at, and sent again one by one or all of a receiver. */
public final class DeliveryRoutes {
    private static final List<String> STATES = List.of("waiting", "arrived", "dead");
    private static final String DELIVERY = """
            select d.delivery_no, d.delivery_id, d.receiver_id, r.name as receiver_name, r.kind, r.address, r.removed_at is not null as removed,
                d.company_id, c.name as company_name, d.event, d.body, d.state, d.tries, d.made_at,
                case when d.state = 'waiting' and r.paused_at is null then d.next_at end as next_at, d.tried_at, d.finished_at, d.fault, d.fault_detail
            from hw.delivery d join hw.receiver r on r.receiver_id = d.receiver_id
                left join hw.company c on c.company_id = d.company_id
            where true
            """;
    private static final String AGAIN = """
            update hw.delivery d set state = 'waiting', tries = 0, counts_from = ?, next_at = ?, finished_at = null
            from hw.receiver r where r.receiver_id = d.receiver_id and r.removed_at is null and d.state = 'dead'
            """;

    private final ScopedDatabase database;
    private final Cursors cursors;
    private final AuditLog audit;
    private final ObjectMapper json;
    private final InstantSource clock;

    public DeliveryRoutes(
            ScopedDatabase database, Cursors cursors, AuditLog audit, ObjectMapper json, InstantSource clock) {
        this.database = database;
        this.cursors = cursors;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/deliveries", Right.MANAGE_RECEIVERS, this::list),
                Route.post("/api/v1/deliveries/again", Right.MANAGE_RECEIVERS, this::again),
                Route.post("/api/v1/receivers/:id/again", Right.MANAGE_RECEIVERS, this::allAgain));
    }

    private Answer list(Call call) throws SQLException {
        String state = call.word("state", STATES);
        Integer receiver = call.number("receiver", 0, Integer.MAX_VALUE);
        int limit = call.limit();
        String listName = call.user().userId() + "|deliveries|" + state + "|" + receiver;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        SqlText sql = new SqlText(DELIVERY)
                .within(call.scope(), "d.company_id = any (?)")
                .within(call.scope(), Receivers.OWN);
        if (state != null) {
            sql.and("d.state = ?", state);
        }
        if (receiver != null) {
            sql.and("d.receiver_id = ?", receiver);
        }
        if (after != null) {
            sql.and("d.delivery_no < ?", after.get(0).longValue());
        }
        sql.add("order by d.delivery_no desc limit ?", limit + 1);
        List<DeliveryRow> rows =
                database.read(call.scope(), call.user().userId(), connection -> sql.list(connection, this::row));
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.number())));
    }

    /** One that was given up goes again, under the id that it had. */
    private Answer again(Call call) throws SQLException {
        List<UUID> ids = call.uuids("ids", 1);
        return Answer.json(database.write(call.scope(), call.user().userId(), connection -> {
            Instant now = clock.instant();
            int count = again(connection, call.scope(), "d.delivery_id = ?", ids.getFirst(), now);
            if (count == 0) {
                throw Refusal.notFound(
                        "There is no such dead letter of a receiver that is there still: id=" + ids.getFirst() + ".");
            }
            audit.add(
                    connection,
                    call.user().userId(),
                    "receiver.again",
                    "delivery:" + ids.getFirst(),
                    Map.of(),
                    call.address());
            return Map.of("count", count);
        }));
    }

    private Answer allAgain(Call call) throws SQLException {
        long id = call.pathId("id");
        return Answer.json(database.write(call.scope(), call.user().userId(), connection -> {
            if (!Receivers.hold(connection, call.scope(), id)) {
                throw Refusal.notFound("There is no such receiver among those that you may see: id=" + id + ".");
            }
            Instant now = clock.instant();
            int count = again(connection, call.scope(), "d.receiver_id = ?", id, now);
            audit.add(
                    connection,
                    call.user().userId(),
                    "receiver.again",
                    "receiver:" + id,
                    Map.of("count", count),
                    call.address());
            return Map.of("count", count);
        }));
    }

    /** Dead letters go again, as if they were new but under the ids that they had. @return how many */
    static int again(Connection connection, Scope scope, String which, Object value, Instant now) throws SQLException {
        return new SqlText(AGAIN, now, now)
                .within(scope, "d.company_id = any (?)")
                .within(scope, Receivers.OWN)
                .and(which, value)
                .run(connection);
    }

    private DeliveryRow row(ResultSet row) throws SQLException {
        String company = row.getString("company_name");
        try {
            return new DeliveryRow(
                    row.getLong("delivery_no"),
                    row.getString("delivery_id"),
                    row.getLong("receiver_id"),
                    row.getString("receiver_name"),
                    row.getString("kind"),
                    row.getString("address"),
                    row.getBoolean("removed"),
                    row.getInt("company_id"),
                    company == null ? "" : company,
                    row.getString("event"),
                    json.readTree(row.getString("body")),
                    row.getString("state"),
                    row.getInt("tries"),
                    Json.time(row.getTimestamp("made_at").toInstant()),
                    Receivers.time(row, "next_at"),
                    Receivers.time(row, "tried_at"),
                    Receivers.time(row, "finished_at"),
                    row.getString("fault"),
                    row.getString("fault_detail"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a body is JSON: delivery=" + row.getString("delivery_id"), e);
        }
    }

    /**
     * One thing told to one receiver.
     *
     * @param removed whether the receiver is there no more
     * @param body what a program gets
     * @param nextAt when it is sent again; null unless it waits, and while its receiver is paused
     * @param fault why the last try failed
     */
    record DeliveryRow(
            long number,
            String id,
            long receiverId,
            String receiverName,
            String kind,
            String address,
            boolean removed,
            int companyId,
            String companyName,
            String event,
            JsonNode body,
            String state,
            int tries,
            String madeAt,
            @Nullable String nextAt,
            @Nullable String triedAt,
            @Nullable String finishedAt,
            @Nullable String fault,
            @Nullable String faultDetail) {}
}

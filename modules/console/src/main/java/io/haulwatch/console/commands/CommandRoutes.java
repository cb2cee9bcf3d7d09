package io.haulwatch.console.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.looks.TrackLooks;
import io.haulwatch.console.port.CommandDesk;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Tells or asks one terminal something: {@link CommandContent} says what. The command and its audit row are stored in one transaction
 * before the gateway hears of it.
 */
public final class CommandRoutes {
    /** Commands of one vehicle that may wait. */
    public static final int MOST_UNFINISHED = 20;

    private static final int MOST_LISTED = 100;
    /** A command that could not be sent for so long is not sent at all. */
    public static final Duration EXPIRES_AFTER = Duration.ofHours(12);

    private final ScopedDatabase database;
    private final CommandQueries queries;
    private final CommandDesk desk;
    private final TrackLooks looks;
    private final AuditLog audit;
    private final ObjectMapper json;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public CommandRoutes(
            ScopedDatabase database,
            CommandQueries queries,
            CommandDesk desk,
            TrackLooks looks,
            AuditLog audit,
            ObjectMapper json,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.database = database;
        this.queries = queries;
        this.desk = desk;
        this.looks = looks;
        this.audit = audit;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/vehicles/:id/commands", Right.COMMAND_TERMINALS, this::send),
                Route.get("/api/v1/vehicles/:id/commands", Right.WATCH, this::list),
                Route.get("/api/v1/commands/:id", Right.WATCH, this::one));
    }

    private Answer send(Call call) throws SQLException {
        int vehicleId = call.pathId("id");
        CommandContent content = CommandContent.of(call, json);
        if (!call.user().may(content.right())) {
            throw Refusal.notAllowed("This takes " + content.right().words() + ", which "
                    + content.right().holders() + " hold.");
        }
        ObjectNode payload = content.payload();
        UUID id = ids.get();
        UUID checkId = ids.get();
        boolean[] checked = new boolean[1];
        int userId = call.user().userId();
        CommandQueries.CommandRow stored = database.write(call.scope(), userId, connection -> {
            int companyId = SeenVehicle.companyOf(connection, call.scope(), vehicleId);
            if (queries.unfinished(connection, call.scope(), vehicleId) >= MOST_UNFINISHED) {
                throw Refusal.ruleBroken("At most " + MOST_UNFINISHED
                        + " commands of one vehicle may wait; wait until some are answered or expired.");
            }
            if (content.ofZone()) {
                ZoneContent.put(
                        connection, json, Set.of(companyId), content.kind().equals("delete_zone"), payload);
            }
            audit.add(
                    connection,
                    userId,
                    "command.send",
                    "vehicle:" + vehicleId,
                    Map.of("command_id", id.toString(), "kind", content.kind(), "payload", payload.toString()),
                    call.address());
            Instant now = clock.instant();
            Instant expires = now.plus(EXPIRES_AFTER);
            String kind = content.kind().toUpperCase(Locale.ROOT);
            queries.add(connection, id, companyId, vehicleId, kind, payload, userId, expires, 0);
            if (content.ofZone() && queries.tellsZones(connection, vehicleId)) {
                // A terminal that says yes and does nothing is found by asking it.
                ObjectNode check = json.createObjectNode()
                        .put("shape", payload.path("shape").asText());
                queries.add(connection, checkId, companyId, vehicleId, "READ_ZONES", check, userId, expires, 1);
                checked[0] = true;
            }
            return queries.one(connection, call.scope(), id).orElseThrow();
        });
        desk.submit(vehicleId, id);
        if (checked[0]) {
            desk.submit(vehicleId, checkId);
        }
        return Answer.json(202, stored);
    }

    private Answer list(Call call) throws SQLException {
        int vehicleId = call.pathId("id");
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            SeenVehicle.require(connection, call.scope(), vehicleId);
            boolean places = !looks.isOwed(connection, call, vehicleId);
            return new Page<>(queries.ofVehicle(connection, call.scope(), vehicleId, places, MOST_LISTED), null);
        }));
    }

    private Answer one(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            CommandQueries.CommandRow command = queries.one(connection, call.scope(), id)
                    .orElseThrow(() ->
                            Refusal.notFound("There is no such command among those that you may see: id=" + id + "."));
            return looks.isOwed(connection, call, command.vehicleId()) ? command.withoutPlace() : command;
        }));
    }
}

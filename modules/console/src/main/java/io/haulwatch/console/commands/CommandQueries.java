package io.haulwatch.console.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of commands. */
public final class CommandQueries {
    private static final String COMMANDS = """
            select c.command_id, c.vehicle_id, c.kind, c.payload, c.state, c.attempts, c.created_at, c.sent_at, c.finished_at,
                c.expires_at, c.result, c.response, coalesce(u.display_name, u.username) as by_name
            from hw.command c left join hw.app_user u on u.user_id = c.created_by where true
            """;

    private final ObjectMapper json;

    public CommandQueries(ObjectMapper json) {
        this.json = json;
    }

    /**
     * A vehicle's commands, newest first.
     *
     * @param places whether the answers say where the truck was
     */
    public List<CommandRow> ofVehicle(Connection connection, Scope scope, int vehicleId, boolean places, int limit)
            throws SQLException {
        return new SqlText(COMMANDS)
                .within(scope, "c.company_id = any (?)")
                .and("c.vehicle_id = ?", vehicleId)
                .add("order by c.created_at desc limit ?", limit)
                .list(connection, row -> places ? row(row) : row(row).withoutPlace());
    }

    Optional<CommandRow> one(Connection connection, Scope scope, UUID id) throws SQLException {
        return new SqlText(COMMANDS)
                .within(scope, "c.company_id = any (?)")
                .and("c.command_id = ?", id)
                .first(connection, this::row);
    }

    /** Commands of a vehicle that are not finished. */
    public int unfinished(Connection connection, Scope scope, int vehicleId) throws SQLException {
        return new SqlText("select count(*) from hw.command where state in ('queued', 'sent')")
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ?", vehicleId)
                .first(connection, row -> row.getInt(1))
                .orElse(0);
    }

    /** Whether a vehicle's terminal is of the edition that can be asked for its zones (0x8608, 2019). */
    boolean tellsZones(Connection connection, int vehicleId) throws SQLException {
        return new SqlText("select from hw.terminal where edition = 2019 and vehicle_id = ?", vehicleId)
                .first(connection, row -> true)
                .isPresent();
    }

    /** @param place of commands that are made together, from 0: the order in which they are sent */
    public void add(
            Connection connection,
            UUID id,
            int companyId,
            int vehicleId,
            String kind,
            JsonNode payload,
            int userId,
            Instant expiresAt,
            int place)
            throws SQLException {
        new SqlText("""
                insert into hw.command (command_id, company_id, vehicle_id, kind, payload, created_by, expires_at, created_at)
                values (?, ?, ?, ?, ?::jsonb, ?, ?, now() + ? * interval '1 microsecond')
                """, id, companyId, vehicleId, kind, payload.toString(), userId, expiresAt, place).run(connection);
    }

    private CommandRow row(ResultSet row) throws SQLException {
        try {
            String response = row.getString("response");
            return new CommandRow(
                    row.getString("command_id"),
                    row.getInt("vehicle_id"),
                    row.getString("kind").toLowerCase(Locale.ROOT),
                    row.getString("state"),
                    shown(row.getString("payload")),
                    row.getInt("attempts"),
                    row.getString("by_name"),
                    Json.time(row.getTimestamp("created_at").toInstant()),
                    time(row.getTimestamp("sent_at")),
                    time(row.getTimestamp("finished_at")),
                    time(row.getTimestamp("expires_at")),
                    row.getString("result"),
                    response == null ? null : shown(response));
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
    }

    private JsonNode shown(String stored) throws JsonProcessingException {
        JsonNode tree = json.readTree(stored);
        SecretParameters.hide(tree.path("parameters"));
        return tree;
    }

    private static @Nullable String time(@Nullable Timestamp moment) {
        return moment == null ? null : Json.time(moment.toInstant());
    }

    /** A command as it stands. */
    public record CommandRow(
            String id,
            int vehicleId,
            String kind,
            String state,
            JsonNode payload,
            int attempts,
            @Nullable String createdBy,
            String createdAt,
            @Nullable String sentAt,
            @Nullable String finishedAt,
            @Nullable String expiresAt,
            @Nullable String result,
            @Nullable JsonNode response) {
        /** Without the place that its answer tells, for one who has to give a reason first. */
        CommandRow withoutPlace() {
            return response == null || !response.has("lat")
                    ? this
                    : new CommandRow(
                            id,
                            vehicleId,
                            kind,
                            state,
                            payload,
                            attempts,
                            createdBy,
                            createdAt,
                            sentAt,
                            finishedAt,
                            expiresAt,
                            result,
                            null);
        }
    }
}

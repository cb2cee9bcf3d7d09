package io.haulwatch.console.looks;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A regulator's reason, and the list in which a company reads who looked at its trucks' tracks and why. */
public final class LookRoutes {
    private static final int SHORTEST = 5;
    private static final int LONGEST = 200;

    private final ScopedDatabase database;
    private final TrackLooks looks;
    private final Cursors cursors;
    private final AuditLog audit;

    public LookRoutes(ScopedDatabase database, TrackLooks looks, Cursors cursors, AuditLog audit) {
        this.database = database;
        this.looks = looks;
        this.cursors = cursors;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/looks", Right.WATCH, this::list),
                Route.post("/api/v1/vehicles/:id/looks", Right.WATCH, this::give));
    }

    private Answer give(Call call) throws SQLException {
        int vehicleId = call.pathId("id");
        SignedIn who = call.user();
        Instant until = database.write(call.scope(), who.userId(), connection -> {
            int company = SeenVehicle.companyOf(connection, call.scope(), vehicleId);
            if (!TrackLooks.isAsked(who.role())) {
                throw Refusal.ruleBroken(
                        "reason-not-asked", "The role " + who.role().word() + " gives no reasons.");
            }
            String reason = call.text("reason", SHORTEST, LONGEST).strip();
            if (reason.length() < SHORTEST || reason.codePoints().anyMatch(Character::isISOControl)) {
                throw Refusal.badValue("A reason has " + SHORTEST + " to " + LONGEST + " characters of one line.");
            }
            audit.add(
                    connection,
                    who.userId(),
                    "history.look",
                    "vehicle:" + vehicleId,
                    Map.of("username", who.username(), "reason", reason),
                    call.address());
            return looks.add(connection, who.userId(), company, vehicleId, reason);
        });
        return Answer.json(201, Map.of("until", String.valueOf(Json.time(until))));
    }

    private Answer list(Call call) throws SQLException {
        SignedIn who = call.user();
        Integer vehicle = call.number("vehicle", 0, Integer.MAX_VALUE);
        int limit = call.limit();
        String listName = who.userId() + "|looks|" + vehicle;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        SqlText sql = new SqlText("""
                select l.look_id, l.opened_at, l.until, l.reason, l.vehicle_id, v.plate, l.company_id, c.name, u.user_id,
                    u.username, u.display_name
                from hw.track_look l left join hw.vehicle v on v.vehicle_id = l.vehicle_id
                    left join hw.company c on c.company_id = l.company_id
                    left join hw.app_user u on u.user_id = l.user_id where true
                """).within(call.scope(), "l.company_id = any (?)");
        if (TrackLooks.isAsked(who.role())) {
            // Whom another authority looks at is that one's and the company's business.
            sql.and("l.user_id = ?", who.userId());
        }
        if (vehicle != null) {
            sql.and("l.vehicle_id = ?", vehicle);
        }
        if (after != null) {
            sql.and("l.look_id < ?", after.get(0).longValue());
        }
        sql.add("order by l.look_id desc limit ?", limit + 1);
        List<Look> rows =
                database.read(call.scope(), who.userId(), connection -> sql.list(connection, LookRoutes::look));
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    private static Look look(ResultSet row) throws SQLException {
        return new Look(
                row.getLong(1),
                Json.time(row.getTimestamp(2).toInstant()),
                Json.time(row.getTimestamp(3).toInstant()),
                row.getString(4),
                row.getInt(5),
                row.getString(6),
                row.getInt(7),
                row.getString(8),
                new Who(row.getInt(9), row.getString(10), row.getString(11)));
    }

    /**
     * One look at a truck's tracks.
     *
     * @param plate null if the truck belongs to another company now
     * @param companyId whose truck it was then
     */
    record Look(
            long id,
            String at,
            String until,
            String reason,
            int vehicleId,
            @Nullable String plate,
            int companyId,
            @Nullable String companyName,
            Who who) {}

    record Who(int id, @Nullable String username, @Nullable String displayName) {}
}

package io.haulwatch.console.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The audit as administrators read it, newest first. */
public final class AuditRoutes {
    /** Which actions a page asks for together. */
    private static final List<String> KINDS = List.of(
            "user",
            "session",
            "command",
            "order",
            "alarm",
            "history",
            "import",
            "file",
            "factor",
            "token",
            "register",
            "desk",
            "receiver",
            "case",
            "kiosk");

    private final ScopedDatabase database;
    private final Cursors cursors;
    private final ObjectMapper json;

    public AuditRoutes(ScopedDatabase database, Cursors cursors, ObjectMapper json) {
        this.database = database;
        this.cursors = cursors;
        this.json = json;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/audit", Right.ADMINISTER_USERS, this::list));
    }

    private Answer list(Call call) throws SQLException {
        String kind = call.word("kind", KINDS);
        Integer user = call.number("user", 0, Integer.MAX_VALUE);
        int limit = call.limit();
        String listName = call.user().userId() + "|audit|" + kind + "|" + user;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        SqlText sql = new SqlText("""
                select a.audit_id, a.at, a.user_id, u.username, u.display_name, a.action, a.object, a.detail, a.address
                from hw.audit a left join hw.app_user u on u.user_id = a.user_id where true
                """);
        if (kind != null) {
            sql.and("a.action like ?", kind + ".%");
        }
        if (user != null) {
            sql.and("a.user_id = ? or a.object = ?", user, "user:" + user);
        }
        if (after != null) {
            sql.and("a.audit_id < ?", after.get(0).longValue());
        }
        sql.add("order by a.audit_id desc limit ?", limit + 1);
        List<Entry> rows = database.read(
                new Scope.Companies(Set.of()), call.user().userId(), connection -> sql.list(connection, this::entry));
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    private Entry entry(ResultSet row) throws SQLException {
        int userId = row.getInt(3);
        Who who = row.wasNull() ? null : new Who(userId, row.getString(4), row.getString(5));
        return new Entry(
                row.getLong(1),
                Json.time(row.getTimestamp(2).toInstant()),
                who,
                row.getString(6),
                row.getString(7),
                tree(row.getString(8)),
                row.getString(9));
    }

    private JsonNode tree(@Nullable String stored) throws SQLException {
        try {
            return stored == null ? json.createObjectNode() : json.readTree(stored);
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
    }

    /**
     * One act.
     *
     * @param who null for somebody who was not signed in, or the command line
     * @param object what it was done to: {@code user:17}
     * @param address where it came from
     */
    record Entry(
            long id,
            String at,
            @Nullable Who who,
            String action,
            @Nullable String object,
            JsonNode detail,
            @Nullable String address) {}

    /** @param username null if the user is no more */
    record Who(int id, @Nullable String username, @Nullable String displayName) {}
}

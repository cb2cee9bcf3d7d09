package io.haulwatch.console.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.handling.Duties;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long each step may take, as an administrator sets it. What runs keeps the time that it began with. */
final class DutyRoutes {
    private static final int LONGEST_S = 366 * 86_400;
    private static final List<String> DUTIES = List.of("ack", "intervene", "verify", "company", "rectify", "archive");
    private static final List<String> ESCALATES_TO = List.of("lead", "manager", "regulator");

    private final ScopedDatabase database;
    private final AuditLog audit;

    DutyRoutes(ScopedDatabase database, AuditLog audit) {
        this.database = database;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/desk/duties", Right.WORK_AT_DESK, this::read),
                Route.patch("/api/v1/desk/duties", Right.SET_DUTIES, this::change));
    }

    private Answer read(Call call) throws SQLException {
        return Answer.json(database.read(call.scope(), call.user().userId(), Duties::read));
    }

    private Answer change(Call call) throws SQLException {
        String duty = call.text("duty", 1, 20);
        JsonNode severity = call.object().path("severity");
        JsonNode limit = call.object().path("limit_s");
        String to = call.text("escalates_to", 1, 20);
        if (!DUTIES.contains(duty) || !ESCALATES_TO.contains(to)) {
            throw Refusal.badValue("\"duty\" must be one of " + String.join(", ", DUTIES) + ", \"escalates_to\" one of "
                    + String.join(", ", ESCALATES_TO) + ".");
        }
        if (!severity.isInt() || severity.intValue() < 1 || severity.intValue() > 4) {
            throw Refusal.badValue("\"severity\" must be a number from 1 to 4.");
        }
        if (!limit.isNull() && (!limit.isInt() || limit.intValue() < 1 || limit.intValue() > LONGEST_S)) {
            throw Refusal.badValue("\"limit_s\" must be seconds from 1 to " + LONGEST_S + ", or null for no limit.");
        }
        return Answer.json(database.write(call.scope(), call.user().userId(), connection -> {
            SqlText sql = new SqlText("update hw.desk_duty set escalates_to = ?", to);
            if (limit.isNull()) {
                sql.add(", limit_s = null");
            } else {
                sql.add(", limit_s = ?", limit.intValue());
            }
            sql.add("where duty = ? and severity = ?", duty, severity.intValue())
                    .run(connection);
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("severity", severity.intValue());
            detail.put("limit_s", limit.isNull() ? null : limit.intValue());
            detail.put("escalates_to", to);
            audit.add(connection, call.user().userId(), "desk.duty", "duty:" + duty, detail, call.address());
            return Duties.read(connection);
        }));
    }
}

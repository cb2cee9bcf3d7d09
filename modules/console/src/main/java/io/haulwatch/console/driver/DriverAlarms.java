package io.haulwatch.console.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.handling.Handling;
import io.haulwatch.console.handling.Step;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A driver's own alarms: what the rules stand by, with what became of his appeals. Never another driver's, were it the same truck. */
final class DriverAlarms {
    private static final Duration SHOWN = Duration.ofDays(90);
    private static final int MOST = 100;

    private static final String STANDS = " and e.state in ('open', 'closed', 'amended')";

    private final ScopedDatabase database;
    private final Supplier<FleetBook> book;
    private final ObjectMapper json;

    DriverAlarms(ScopedDatabase database, Supplier<FleetBook> book, ObjectMapper json) {
        this.database = database;
        this.book = book;
        this.json = json;
    }

    /** An alarm as its driver sees it. @param mayAppeal whether he can contest it now */
    record AlarmView(
            String id,
            String rule,
            int severity,
            String state,
            String handling,
            String plate,
            String startedAt,
            String endedAt,
            JsonNode measures,
            JsonNode facts,
            boolean mayAppeal,
            @Nullable AppealView appeal) {}

    /** The newest appeal. @param byDriver whether he made it, and not his company @param accepted null while nobody has decided */
    record AppealView(
            String reason,
            String appealedAt,
            boolean byDriver,
            @Nullable String decidedAt,
            @Nullable Boolean accepted,
            @Nullable String note) {}

    private record Found(
            String id,
            int companyId,
            int vehicleId,
            String rule,
            int severity,
            String state,
            Handling handling,
            String startedAt,
            String endedAt,
            JsonNode measures,
            JsonNode facts) {}

    /** His alarms that nobody has settled yet. */
    static int open(Connection connection, int driverId, Instant now) throws SQLException {
        return TodayRoutes.count(
                connection,
                new SqlText(
                                "select count(*) from hw.episode e where e.driver_id = ? and e.started_at >= ?",
                                driverId,
                                now.minus(SHOWN))
                        .add(STANDS)
                        .and("e.handling not in ('resolved', 'false', 'overturned')"));
    }

    List<AlarmView> newest(Scope.OneDriver scope, int userId, Instant now) throws SQLException {
        List<Found> found = database.read(
                scope,
                userId,
                connection -> new SqlText("""
                                select e.episode_id, e.company_id, e.vehicle_id, e.rule, e.severity, e.state, e.handling, e.waits_for, e.started_at,
                                    e.ended_at, e.measures, e.facts
                                from hw.episode e where e.driver_id = ? and e.started_at >= ?
                                """, scope.driverId(), now.minus(SHOWN))
                        .add(STANDS)
                        .add("order by e.started_at desc, e.episode_id desc limit ?", MOST)
                        .list(connection, this::found));
        Map<String, AppealView> appeals = appeals(found, scope.driverId(), userId);
        return found.stream().map(each -> view(each, appeals.get(each.id))).toList();
    }

    /** Appeals are the company's rows: read in the scope of those companies whose alarms were seen in his own. */
    private Map<String, AppealView> appeals(List<Found> found, int driverId, int userId) throws SQLException {
        Map<String, AppealView> appeals = new HashMap<>();
        if (found.isEmpty()) {
            return appeals;
        }
        Set<Integer> companies = found.stream().map(Found::companyId).collect(Collectors.toSet());
        List<String> ids = found.stream().map(Found::id).toList();
        database.read(new Scope.Companies(companies), userId, connection -> {
            new SqlText("""
                            select distinct on (p.episode_id) p.episode_id, p.reason, p.appealed_at, u.driver_id, p.decided_at, p.accepted, p.note
                            from hw.appeal p left join hw.app_user u on u.user_id = p.appealed_by
                            where p.episode_id = any (?::uuid[]) order by p.episode_id, p.appeal_id desc
                            """, ids).each(connection, row -> {
                Timestamp decided = row.getTimestamp(5);
                boolean accepted = row.getBoolean(6);
                appeals.put(
                        row.getString(1),
                        new AppealView(
                                row.getString(2),
                                Json.time(row.getTimestamp(3).toInstant()),
                                row.getInt(4) == driverId,
                                decided == null ? null : Json.time(decided.toInstant()),
                                decided == null ? null : (Boolean) accepted,
                                row.getString(7)));
            });
            return true;
        });
        return appeals;
    }

    private AlarmView view(Found found, @Nullable AppealView appeal) {
        FleetBook.Vehicle vehicle = book.get().vehicle(found.vehicleId);
        return new AlarmView(
                found.id,
                found.rule,
                found.severity,
                found.state,
                found.handling.word(),
                vehicle == null ? "" : vehicle.plate(),
                found.startedAt,
                found.endedAt,
                found.measures,
                found.facts,
                Step.APPEAL.isOpenTo(found.handling),
                appeal);
    }

    private Found found(ResultSet row) throws SQLException {
        try {
            return new Found(
                    row.getString("episode_id"),
                    row.getInt("company_id"),
                    row.getInt("vehicle_id"),
                    row.getString("rule"),
                    row.getInt("severity"),
                    row.getString("state"),
                    Handling.of(row.getString("handling"), row.getString("waits_for")),
                    Json.time(row.getTimestamp("started_at").toInstant()),
                    Json.time(row.getTimestamp("ended_at").toInstant()),
                    json.readTree(row.getString("measures")),
                    json.readTree(row.getString("facts")));
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
    }
}

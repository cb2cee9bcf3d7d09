package io.haulwatch.console.alarms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.alarms.AlarmRow.CompanyRef;
import io.haulwatch.console.alarms.AlarmRow.DriverRef;
import io.haulwatch.console.alarms.AlarmRow.VehicleRef;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of alarms. Every query names its companies; the row security says the same again. */
public final class AlarmQueries {
    /** Counts stop here, so that a wide question stays quick; the answer says so. */
    static final int COUNTED = 20_000;

    private static final Duration LONGEST = Duration.ofDays(7);

    private static final String COLUMNS = """
            select e.episode_id, e.stream_offset, e.revision, e.rule, e.rule_version, e.severity, e.state, e.handling, e.evidence,
                e.vehicle_id, v.plate, e.driver_id, d.name as driver_name, e.company_id, c.name as company_name,
                e.started_at, e.ended_at, e.opened_at, e.ended_by, e.measures, e.facts
            """;

    private static final String TABLES = """
            from hw.episode e
                left join hw.vehicle v on v.vehicle_id = e.vehicle_id
                left join hw.driver d on d.driver_id = e.driver_id
                left join hw.company c on c.company_id = e.company_id
            where true
            """;

    private final ObjectMapper json;

    public AlarmQueries(ObjectMapper json) {
        this.json = json;
    }

    /** Newest first, after {@code afterStarted} and {@code afterId} if they are given. */
    List<AlarmRow> list(
            Connection connection,
            Scope scope,
            AlarmFilter filter,
            @Nullable Instant afterStarted,
            @Nullable UUID afterId,
            int limit)
            throws SQLException {
        SqlText sql = new SqlText(COLUMNS + TABLES);
        filter.restrict(sql, scope);
        if (afterStarted != null && afterId != null) {
            sql.and("(e.started_at, e.episode_id) < (?, ?)", afterStarted, afterId);
        }
        sql.add("order by e.started_at desc, e.episode_id desc limit ?", limit);
        return sql.list(connection, this::row);
    }

    /** A vehicle's alarms since a moment, newest first. */
    public List<AlarmRow> ofVehicle(Connection connection, Scope scope, int vehicleId, Instant since, int limit)
            throws SQLException {
        return new SqlText(COLUMNS + TABLES)
                .within(scope, "e.company_id = any (?)")
                .and("e.vehicle_id = ? and e.started_at >= ? and e.state <> 'prewarned'", vehicleId, since)
                .add("order by e.started_at desc, e.episode_id desc limit ?", limit)
                .list(connection, this::row);
    }

    /** A vehicle's alarms that began or went on from {@code from} until before {@code to}, oldest first. */
    public List<AlarmRow> ofVehicleWithin(
            Connection connection, Scope scope, int vehicleId, Instant from, Instant to, int limit)
            throws SQLException {
        return new SqlText(COLUMNS + TABLES)
                .within(scope, "e.company_id = any (?)")
                .and("e.vehicle_id = ? and e.state not in ('prewarned', 'withdrawn')", vehicleId)
                // The index leads by the start; what began more than a week before is not looked for.
                .and("e.started_at >= ? and e.started_at < ? and e.ended_at >= ?", from.minus(LONGEST), to, from)
                .add("order by e.started_at, e.episode_id limit ?", limit)
                .list(connection, this::row);
    }

    /** When a vehicle's alarms began, from {@code from} until before {@code to}, in order; as far as they stand and count. */
    public List<Instant> startsOfVehicle(Connection connection, Scope scope, int vehicleId, Instant from, Instant to)
            throws SQLException {
        return new SqlText("select started_at from hw.episode where true")
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ? and state not in ('prewarned', 'withdrawn')", vehicleId)
                .and("handling not in ('false', 'overturned')")
                .and("started_at >= ? and started_at < ?", from, to)
                .add("order by started_at")
                .list(connection, row -> row.getTimestamp(1).toInstant());
    }

    /** Alarms whose newest revision lies between two places of the stream, in its order. */
    List<AlarmRow> between(Connection connection, Scope scope, long after, long before, int limit) throws SQLException {
        return new SqlText(COLUMNS + TABLES)
                .within(scope, "e.company_id = any (?)")
                .and("e.stream_offset > ? and e.stream_offset < ?", after, before)
                .add("order by e.stream_offset limit ?", limit)
                .list(connection, this::row);
    }

    Optional<AlarmRow> one(Connection connection, Scope scope, UUID id) throws SQLException {
        return new SqlText(COLUMNS + TABLES)
                .within(scope, "e.company_id = any (?)")
                .and("e.episode_id = ?", id)
                .first(connection, this::row);
    }

    /** One alarm. @throws Refusal if there is none among those that may be seen */
    public AlarmRow seen(Connection connection, Scope scope, UUID id) throws SQLException {
        return one(connection, scope, id).orElseThrow(() -> unknown(id));
    }

    static Refusal unknown(UUID id) {
        return Refusal.notFound("There is no such alarm among those that you may see: id=" + id + ".");
    }

    Counts counts(Connection connection, Scope scope, AlarmFilter filter) throws SQLException {
        SqlText sql = new SqlText("""
                select severity, rule, count(*) from
                    (select e.severity, e.rule from hw.episode e left join hw.vehicle v on v.vehicle_id = e.vehicle_id where true
                """);
        filter.restrict(sql, scope);
        sql.add("limit ?) found group by 1, 2", COUNTED + 1);
        Map<String, Long> bySeverity = new TreeMap<>();
        Map<String, Long> byRule = new TreeMap<>();
        long[] total = {0};
        sql.list(connection, row -> {
            long count = row.getLong(3);
            bySeverity.merge(Integer.toString(row.getInt(1)), count, Long::sum);
            byRule.merge(row.getString(2), count, Long::sum);
            total[0] += count;
            return count;
        });
        return new Counts(total[0], total[0] > COUNTED, bySeverity, byRule);
    }

    /** What colours trucks: alarms that wait for somebody and are going on or ended after {@code since}. */
    public List<Waiting> waiting(Connection connection, Instant since) throws SQLException {
        return new SqlText("""
                select episode_id, revision, vehicle_id, severity, state, ended_at from hw.episode
                where handling in ('new', 'claimed', 'acting', 'waiting')
                    and (state = 'open' or state in ('closed', 'amended') and started_at >= ?)
                """, since.minusSeconds(86_400))
                .and("state = 'open' or ended_at >= ?", since)
                .list(
                        connection,
                        row -> new Waiting(
                                row.getObject(1, UUID.class),
                                row.getInt(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getString(5).equals("open"),
                                row.getTimestamp(6).getTime()));
    }

    /** Alarms that somebody works on or has handled after {@code since}, with the word of it, the newest ones if there are many. */
    public Map<UUID, String> handled(Connection connection, Instant since) throws SQLException {
        Map<UUID, String> words = new LinkedHashMap<>();
        new SqlText("""
                select episode_id, handling from (
                    (select episode_id, handling, handled_at from hw.episode
                        where handling in ('claimed', 'acting', 'waiting') and state in ('open', 'closed', 'amended'))
                    union all
                    (select episode_id, handling, handled_at from hw.episode
                        where handled_at >= ? and handling in ('resolved', 'false', 'appealed', 'overturned'))) known
                order by handled_at desc nulls first limit ?
                """, since, LiveAlarms.MOST_HANDLED)
                .list(connection, row -> words.put(row.getObject(1, UUID.class), row.getString(2)));
        return words;
    }

    List<Revision> revisions(Connection connection, Scope scope, UUID id) throws SQLException {
        return new SqlText("""
                select revision, state, stored_at, content -> 'facts' ->> 'why', content ->> 'ended_by'
                from hw.episode_revision where true
                """)
                .within(scope, "company_id = any (?)")
                .and("episode_id = ?", id)
                .add("order by revision limit 500")
                .list(connection, row -> {
                    String why = row.getString(4);
                    return new Revision(
                            row.getInt(1),
                            row.getString(2),
                            Json.time(row.getTimestamp(3).toInstant()),
                            why == null ? row.getString(5) : why);
                });
    }

    public List<Action> actions(Connection connection, Scope scope, UUID id) throws SQLException {
        return new SqlText("""
                select a.action_id, a.at, coalesce(u.display_name, u.username), a.kind, a.note
                from hw.episode_action a left join hw.app_user u on u.user_id = a.user_id where true
                """)
                .within(scope, "a.company_id = any (?)")
                .and("a.episode_id = ?", id)
                .add("order by a.at, a.action_id limit 500")
                .list(connection, AlarmQueries::action);
    }

    /** What the terminal said of the same. */
    List<TerminalEvidence> terminalEvidence(Connection connection, Scope scope, UUID id, int vehicleId)
            throws SQLException {
        return new SqlText("select facts ->> 'alarm', started_at, ended_at from hw.episode where true")
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ? and ended_by = 'joined' and facts ->> 'joined' = ?", vehicleId, id.toString())
                .add("order by started_at limit 20")
                .list(
                        connection,
                        row -> new TerminalEvidence(
                                row.getString(1),
                                Json.time(row.getTimestamp(2).toInstant()),
                                Json.time(row.getTimestamp(3).toInstant())));
    }

    /**
     * The speed limit that a terminal has of its own (parameter 0x0055), as it last reported it; empty if it never did, or if somebody has set another since the
     * alarm.
     */
    Optional<TerminalLimit> terminalLimit(
            Connection connection, Scope scope, int vehicleId, Instant started, Instant ended) throws SQLException {
        return new SqlText("""
                        select (reported #>> '{}')::bigint, reported_at from hw.terminal_parameter
                        where parameter_id = 85 and jsonb_typeof(reported) = 'number'
                        """)
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ?", vehicleId)
                .and("(reported_at <= ? or wanted_at is null or wanted_at <= ?)", ended, started)
                .and("(reported #>> '{}')::bigint between 1 and 255")
                .first(
                        connection,
                        row -> new TerminalLimit(
                                row.getInt(1), Json.time(row.getTimestamp(2).toInstant())));
    }

    /** The evidence points as the writer stored them. */
    JsonNode points(Connection connection, Scope scope, UUID id) throws SQLException {
        return new SqlText("select points from hw.episode where true")
                .within(scope, "company_id = any (?)")
                .and("episode_id = ?", id)
                .first(connection, row -> tree(row.getString(1)))
                .orElseGet(json::createArrayNode);
    }

    /** Adds a row to what people did. */
    public Action addAction(Connection connection, UUID id, int companyId, int userId, String kind, String note)
            throws SQLException {
        return new SqlText("""
                with added as (
                    insert into hw.episode_action (episode_id, company_id, user_id, kind, note) values (?, ?, ?, ?, ?)
                    returning action_id, at, user_id, kind, note)
                select a.action_id, a.at, coalesce(u.display_name, u.username), a.kind, a.note
                from added a left join hw.app_user u on u.user_id = a.user_id
                """, id, companyId, userId, kind, note)
                .first(connection, AlarmQueries::action)
                .orElseThrow();
    }

    private static Action action(ResultSet row) throws SQLException {
        return new Action(
                row.getLong(1),
                Json.time(row.getTimestamp(2).toInstant()),
                row.getString(3),
                row.getString(4),
                row.getString(5));
    }

    /** A question for alarms with more columns; {@code more} begins with a comma, or is empty. The alias of the alarm is {@code e}. */
    public static SqlText select(String more) {
        return new SqlText(COLUMNS + more + TABLES);
    }

    /** The alarm of a row that {@link #select} gave. */
    public AlarmRow row(ResultSet row) throws SQLException {
        int driverId = row.getInt("driver_id");
        boolean driverKnown = !row.wasNull();
        String driverName = row.getString("driver_name");
        String plate = row.getString("plate");
        String company = row.getString("company_name");
        return new AlarmRow(
                row.getString("episode_id"),
                row.getLong("stream_offset"),
                row.getInt("revision"),
                row.getString("rule"),
                row.getString("rule_version"),
                row.getInt("severity"),
                row.getString("state"),
                row.getString("handling"),
                row.getString("evidence"),
                new VehicleRef(row.getInt("vehicle_id"), plate == null ? "" : plate),
                driverKnown ? new DriverRef(driverId, driverName == null ? "" : driverName) : null,
                new CompanyRef(row.getInt("company_id"), company == null ? "" : company),
                Json.time(row.getTimestamp("started_at").toInstant()),
                Json.time(row.getTimestamp("ended_at").toInstant()),
                Json.time(row.getTimestamp("opened_at").toInstant()),
                row.getString("ended_by"),
                tree(row.getString("measures")),
                tree(row.getString("facts")));
    }

    private JsonNode tree(String stored) throws SQLException {
        try {
            return json.readTree(stored);
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
    }

    /**
     * How many alarms a filter finds.
     *
     * @param capped whether counting stopped at {@link #COUNTED}
     */
    record Counts(long total, boolean capped, Map<String, Long> bySeverity, Map<String, Long> byRule) {}

    /** An alarm that waits for somebody. */
    public record Waiting(UUID id, int revision, int vehicleId, int severity, boolean goingOn, long endMillis) {}

    /** A stretch of the terminal's own alarm. @param alarm its code */
    public record TerminalEvidence(String alarm, String startedAt, String endedAt) {}

    /** A terminal's own speed limit. */
    public record TerminalLimit(int kmh, String reportedAt) {}

    /** What was said about an alarm, and when the database had it. */
    public record Revision(
            int revision, String state, String at, @Nullable String why) {}

    /** What somebody did about an alarm. */
    public record Action(long id, String at, @Nullable String user, String kind, String note) {}
}

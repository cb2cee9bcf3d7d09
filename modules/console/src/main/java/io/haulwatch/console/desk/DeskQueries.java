package io.haulwatch.console.desk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.alarms.AlarmPlace;
import io.haulwatch.console.alarms.AlarmQueries;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the queue. */
final class DeskQueries {
    /** Counts of one severity stop here, so that a long queue stays quick. */
    static final int COUNTED = 10_000;

    private static final String STATE = """
            e.handling, e.waits_for, e.duty, nullif(e.due_at, 'infinity') as due_at, e.held_by, e.held_until, e.asked_by,
                (select coalesce(u.display_name, u.username) from hw.app_user u where u.user_id = e.held_by) as holder,
                (select jsonb_build_object('id', a.act_id, 'kind', a.kind, 'by', coalesce(u.display_name, u.username, ''),
                        'until', floor(extract(epoch from a.takes_effect_at) * 1000))
                    from hw.desk_act a left join hw.app_user u on u.user_id = a.begun_by
                    where a.episode_id = e.episode_id and a.state = 'pending')::text as act
            """;

    private static final String MORE = """
            , e.due_at::text as due_text,
                (select count(*) from hw.episode s where s.vehicle_id = e.vehicle_id and s.rule = e.rule and s.state <> 'withdrawn'
                    and s.started_at > e.started_at - interval '1 day' and s.started_at <= e.started_at) as times,
                (select max(t.model) from hw.terminal t where t.vehicle_id = e.vehicle_id) as terminal_model,
                e.points -> 0 ->> 'body_hex' as first_body,
            """;

    private final AlarmQueries alarms;
    private final ObjectMapper json;

    DeskQueries(AlarmQueries alarms, ObjectMapper json) {
        this.alarms = alarms;
        this.json = json;
    }

    /** Heaviest first, then what is due first; after a place if it is given. */
    List<DeskRow> queue(
            Connection connection,
            Scope scope,
            DeskFilter filter,
            int userId,
            Instant now,
            @Nullable Place after,
            int limit)
            throws SQLException {
        SqlText sql = AlarmQueries.select(MORE + STATE);
        filter.restrict(sql, scope, userId, now);
        if (!filter.severities().isEmpty()) {
            sql.and(
                    "5 - e.severity = any (?)",
                    filter.severities().stream()
                            .map(level -> 5 - Integer.parseInt(level))
                            .toList());
        }
        if (after != null) {
            sql.and(
                    "(5 - e.severity, e.due_at, e.episode_id) > (?, ?::timestamptz, ?)",
                    5 - after.severity,
                    after.dueText,
                    after.id);
        }
        sql.add("order by 5 - e.severity, e.due_at, e.episode_id limit ?", limit);
        return sql.list(connection, row -> row(row, now));
    }

    /** One alarm as the queue shows it, wherever it stands. */
    Optional<DeskRow> one(Connection connection, Scope scope, UUID id, Instant now) throws SQLException {
        return AlarmQueries.select(MORE + STATE)
                .within(scope, "e.company_id = any (?)")
                .and("e.episode_id = ?", id)
                .first(connection, row -> row(row, now));
    }

    /** How an alarm stands. */
    DeskState state(Connection connection, UUID id, Instant now) throws SQLException {
        return new SqlText("select " + STATE + " from hw.episode e where e.episode_id = ?", id)
                .first(connection, row -> state(row, now))
                .orElseThrow();
    }

    /** How many there are by severity; a count above {@link #COUNTED} is one more than that. */
    Map<String, Integer> counts(Connection connection, Scope scope, DeskFilter filter, int userId, Instant now)
            throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        for (int severity = 1; severity <= 4; severity++) {
            SqlText sql = new SqlText(
                    "select count(*) from (select from hw.episode e left join hw.vehicle v on v.vehicle_id = e.vehicle_id"
                            + " where 5 - e.severity = ?",
                    5 - severity);
            filter.restrict(sql, scope, userId, now);
            int count = sql.add("limit ?) found", COUNTED + 1)
                    .first(connection, row -> row.getInt(1))
                    .orElse(0);
            counts.put(Integer.toString(severity), count);
        }
        return counts;
    }

    /** What somebody has done at the desk since a moment. */
    Shift shift(Connection connection, int userId, Instant since) throws SQLException {
        return new SqlText("""
                select count(*) filter (where a.state = 'done'),
                    percentile_cont(0.5) within group (order by extract(epoch from a.begun_at - e.opened_at))
                        filter (where a.state = 'done')
                from hw.desk_act a join hw.episode e on e.episode_id = a.episode_id where a.begun_by = ? and a.begun_at >= ?
                """, userId, since)
                .first(connection, row -> {
                    int done = row.getInt(1);
                    double median = row.getDouble(2);
                    return new Shift(done, row.wasNull() ? null : (int) Math.round(Math.max(0, median)));
                })
                .orElseThrow();
    }

    private DeskRow row(ResultSet row, Instant now) throws SQLException {
        return new DeskRow(
                alarms.row(row),
                state(row, now),
                row.getInt("times"),
                AlarmPlace.of(row.getString("first_body")),
                row.getString("terminal_model"),
                row.getString("due_text"));
    }

    private DeskState state(ResultSet row, Instant now) throws SQLException {
        String handling = row.getString("handling");
        Timestamp due = row.getTimestamp("due_at");
        Timestamp heldUntil = row.getTimestamp("held_until");
        int heldBy = row.getInt("held_by");
        boolean held = !row.wasNull() && heldUntil != null && Work.isLive(heldUntil.toInstant(), now);
        int asked = row.getInt("asked_by");
        Integer askedBy = row.wasNull() ? null : asked;
        String act = row.getString("act");
        boolean acting = handling.equals("acting");
        String holder = row.getString("holder");
        return new DeskState(
                handling.equals("claimed") && !held ? "new" : handling,
                row.getString("waits_for"),
                row.getString("duty"),
                due == null ? null : Json.time(due.toInstant()),
                held || acting ? new DeskState.Holder(heldBy, holder == null ? "" : holder) : null,
                held && !acting && heldUntil != null ? Json.time(heldUntil.toInstant()) : null,
                act == null ? null : begun(act),
                askedBy);
    }

    private DeskState.Begun begun(String stored) throws SQLException {
        try {
            JsonNode act = json.readTree(stored);
            return new DeskState.Begun(
                    act.path("id").asLong(),
                    act.path("kind").asText(),
                    act.path("by").asText(),
                    Json.time(act.path("until").asLong()));
        } catch (JsonProcessingException e) {
            throw new SQLException("jsonb holds JSON", e);
        }
    }

    /** Where a page of the queue ended. @param dueText as the database writes it */
    record Place(int severity, String dueText, UUID id) {}

    /**
     * An alarm of the queue.
     *
     * @param times of the same rule by the same truck within the day that ends with it, itself included
     * @param place where it began; null if nobody knows
     * @param terminalModel of the truck's terminal; null if the register has none
     * @param dueText its place for the next page; not told
     */
    record DeskRow(
            @JsonUnwrapped AlarmRow row,
            DeskState desk,
            int times,
            @Nullable AlarmPlace place,
            @Nullable String terminalModel,
            @JsonIgnore String dueText) {}

    /** What somebody has done. @param medianS seconds from an alarm's coming to what he began, null without any */
    record Shift(int done, @Nullable Integer medianS) {}
}

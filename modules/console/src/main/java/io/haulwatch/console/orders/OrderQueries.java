package io.haulwatch.console.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.commands.SecretParameters;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.orders.Chosen.Truck;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of orders. Who does not see every company of an order does not see it; row security says so too. */
final class OrderQueries {
    private static final String ORDERS = """
            select o.*, coalesce(u.display_name, u.username) as by_name, coalesce(d.display_name, d.username) as decided_name,
                s.waves, s.acknowledged, s.refused, s.timed_out, s.expired, s.under_way, s.waiting, s.dropped
            from hw.terminal_order o
                left join hw.app_user u on u.user_id = o.created_by left join hw.app_user d on d.user_id = o.decided_by
                cross join lateral (
                    select max(t.wave) as waves, count(*) filter (where c.state = 'acknowledged') as acknowledged,
                        count(*) filter (where c.state = 'refused') as refused, count(*) filter (where c.state = 'timed_out') as timed_out,
                        count(*) filter (where c.state = 'expired') as expired,
                        count(*) filter (where c.state in ('queued', 'sent')) as under_way,
                        count(*) filter (where t.command_id is null and not t.dropped) as waiting,
                        count(*) filter (where t.dropped) as dropped
                    from hw.terminal_order_target t left join hw.command c on c.command_id = t.command_id
                    where t.order_id = o.order_id) s
            where true
            """;

    private static final String WAVES = """
            select t.wave, count(*), count(*) filter (where c.state = 'acknowledged'), count(*) filter (where c.state = 'refused'),
                count(*) filter (where c.state = 'timed_out'), count(*) filter (where c.state = 'expired'),
                count(*) filter (where c.state in ('queued', 'sent')), count(*) filter (where t.command_id is null and not t.dropped),
                count(*) filter (where t.dropped)
            from hw.terminal_order_target t left join hw.command c on c.command_id = t.command_id where t.order_id = ?
            group by t.wave order by t.wave
            """;

    private static final String TARGETS = """
            select t.vehicle_id, v.plate, co.name, t.wave, t.payload, c.result, c.attempts, c.sent_at, c.finished_at,
                case when t.dropped then 'dropped' when t.command_id is null then 'waiting' else c.state end as state,
                coalesce(r.response -> 'parameters', t.before) as before
            from hw.terminal_order_target t join hw.vehicle v on v.vehicle_id = t.vehicle_id
                join hw.company co on co.company_id = t.company_id
                left join hw.command c on c.command_id = t.command_id left join hw.command r on r.command_id = t.read_id
            where t.order_id = ?
            """;

    /** What was reported before, of the parameters that the order set; trucks of which nothing is known do not come back. */
    private static final String BEFORE = """
            select t.vehicle_id, t.company_id, jsonb_build_object('parameters', jsonb_agg(distinct p)) as payload
            from hw.terminal_order_target t join hw.terminal_order o using (order_id)
                join hw.vehicle v on v.vehicle_id = t.vehicle_id and v.company_id = t.company_id and v.retired_at is null
                join hw.command c on c.command_id = t.command_id and c.state in ('acknowledged', 'timed_out')
                left join hw.command r on r.command_id = t.read_id
                cross join jsonb_array_elements(coalesce(r.response -> 'parameters', t.before)) p
            where t.order_id = ? and jsonb_typeof(p -> 'value') in ('number', 'string')
                and exists (select from jsonb_array_elements(o.payload -> 'parameters') w where w -> 'id' = p -> 'id')
            group by 1, 2 order by 1
            """;

    private final ObjectMapper json;

    OrderQueries(ObjectMapper json) {
        this.json = json;
    }

    /** Newest first. @param after the last order of the page before, null for the first page */
    List<OrderRow> list(Connection connection, Scope scope, @Nullable UUID after, int limit) throws SQLException {
        SqlText sql = new SqlText(ORDERS).within(scope, "o.company_ids <@ ?");
        if (after != null) {
            sql.and(
                    "(o.created_at, o.order_id) < (select created_at, order_id from hw.terminal_order where order_id = ?)",
                    after);
        }
        return sql.add("order by o.created_at desc, o.order_id desc limit ?", limit)
                .list(connection, this::order);
    }

    Optional<OrderRow> one(Connection connection, Scope scope, UUID id) throws SQLException {
        return new SqlText(ORDERS)
                .within(scope, "o.company_ids <@ ?")
                .and("o.order_id = ?", id)
                .first(connection, this::order);
    }

    List<Wave> waves(Connection connection, UUID id) throws SQLException {
        return new SqlText(WAVES, id)
                .list(
                        connection,
                        row -> new Wave(
                                row.getInt(1),
                                row.getInt(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getInt(5),
                                row.getInt(6),
                                row.getInt(7),
                                row.getInt(8),
                                row.getInt(9)));
    }

    List<Act> acts(Connection connection, UUID id) throws SQLException {
        return new SqlText("""
                select a.at, coalesce(u.display_name, u.username), a.action, a.detail ->> 'reason', a.user_id is not null
                from hw.audit a left join hw.app_user u on u.user_id = a.user_id where a.object = ? order by a.audit_id
                """, "order:" + id)
                .list(
                        connection,
                        row -> new Act(
                                Json.time(row.getTimestamp(1).toInstant()),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getBoolean(5)));
    }

    List<TargetRow> targets(
            Connection connection,
            UUID id,
            @Nullable Integer wave,
            @Nullable String state,
            int afterWave,
            int afterVehicle,
            int limit)
            throws SQLException {
        SqlText sql = new SqlText(TARGETS, id).and("(t.wave, t.vehicle_id) > (?, ?)", afterWave, afterVehicle);
        if (wave != null) {
            sql.and("t.wave = ?", wave);
        }
        if (state != null) {
            sql.and(
                    "case when t.dropped then 'dropped' when t.command_id is null then 'waiting' else c.state end = ?",
                    state);
        }
        return sql.add("order by t.wave, t.vehicle_id limit ?", limit).list(connection, this::target);
    }

    /** An order that is not in the table yet. */
    record Fresh(
            UUID id,
            OrderContent content,
            JsonNode chosen,
            String note,
            int waveSize,
            int stopPercent,
            int answerMinutes,
            @Nullable UUID rollsBack,
            int userId,
            Instant at) {}

    /** A truck of a fresh order. @param payload its own, or null for the order's */
    record FreshTarget(
            int vehicleId, int companyId, @Nullable String payload) {}

    static List<FreshTarget> same(List<Truck> trucks) {
        return trucks.stream()
                .map(truck -> new FreshTarget(truck.vehicleId(), truck.companyId(), null))
                .toList();
    }

    /** @param targets in the order of their waves */
    void add(Connection connection, Fresh fresh, List<FreshTarget> targets) throws SQLException {
        List<Integer> companies =
                targets.stream().map(FreshTarget::companyId).distinct().sorted().toList();
        OrderContent content = fresh.content();
        SqlText insert = new SqlText(
                """
                insert into hw.terminal_order (order_id, kind, payload, company_ids, chosen, note, targets, wave_size, stop_percent,
                    answer_minutes, second_person, state, created_by, created_at, rolls_back)
                values (?, ?, ?::jsonb, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                """,
                fresh.id(),
                content.kind(),
                content.payload().toString(),
                companies,
                fresh.chosen().toString(),
                fresh.note(),
                targets.size(),
                fresh.waveSize(),
                fresh.stopPercent(),
                fresh.answerMinutes(),
                content.secondPerson(),
                content.secondPerson() ? "awaiting" : "running",
                fresh.userId(),
                fresh.at());
        UUID rollsBack = fresh.rollsBack();
        if (rollsBack == null) {
            insert.add("null)");
        } else {
            insert.add("?)", rollsBack);
        }
        insert.run(connection);
        List<String> payloads = new ArrayList<>();
        targets.forEach(target -> payloads.add(target.payload() == null ? "" : target.payload()));
        new SqlText(
                        """
                        insert into hw.terminal_order_target (order_id, vehicle_id, company_id, wave, payload)
                        select ?, vehicle_id, company_id, 1 + (place - 1) / ?, nullif(payload, '')::jsonb
                        from unnest(?::integer[], ?::integer[], ?::text[]) with ordinality as t (vehicle_id, company_id, payload, place)
                        """,
                        fresh.id(),
                        fresh.waveSize(),
                        targets.stream().map(FreshTarget::vehicleId).toList(),
                        targets.stream().map(FreshTarget::companyId).toList(),
                        payloads)
                .run(connection);
    }

    List<FreshTarget> before(Connection connection, UUID id) throws SQLException {
        return new SqlText(BEFORE, id)
                .list(connection, row -> new FreshTarget(row.getInt(1), row.getInt(2), row.getString(3)));
    }

    /** Locks an order and says in which state it is. */
    String hold(Connection connection, UUID id) throws SQLException {
        return new SqlText("select state from hw.terminal_order where order_id = ? for update", id)
                .first(connection, row -> row.getString(1))
                .orElseThrow();
    }

    void change(Connection connection, UUID id, String state, @Nullable Instant finished) throws SQLException {
        SqlText update = new SqlText("update hw.terminal_order set state = ?", state);
        if (finished != null) {
            update.add(", finished_at = ?", finished);
        }
        update.add("where order_id = ?", id).run(connection);
    }

    void decide(Connection connection, UUID id, String state, int userId, Instant at) throws SQLException {
        new SqlText(
                        "update hw.terminal_order set state = ?, decided_by = ?, decided_at = ? where order_id = ?",
                        state,
                        userId,
                        at,
                        id)
                .run(connection);
    }

    /** The wave that halted it is not judged again; the next ones are. */
    void forgive(Connection connection, UUID id) throws SQLException {
        new SqlText("update hw.terminal_order set unjudged_wave = wave where order_id = ?", id).run(connection);
    }

    /** What is wanted and what was reported, by parameter. */
    List<TwinRow> twin(Connection connection, Scope scope, int vehicleId) throws SQLException {
        return new SqlText("select * from hw.terminal_parameter where true")
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ?", vehicleId)
                .add("order by parameter_id")
                .list(connection, this::twinRow);
    }

    private TwinRow twinRow(ResultSet row) throws SQLException {
        JsonNode wanted = tree(row.getString("wanted"));
        JsonNode reported = tree(row.getString("reported"));
        Timestamp wantedAt = row.getTimestamp("wanted_at");
        Timestamp reportedAt = row.getTimestamp("reported_at");
        String standing = wanted == null
                ? "reported"
                : wanted.equals(reported)
                        ? "same"
                        : wantedAt != null && reportedAt != null && reportedAt.after(wantedAt)
                                ? "different"
                                : "pending";
        long id = row.getLong("parameter_id");
        return new TwinRow(
                id,
                SecretParameters.shown(id, wanted),
                time(wantedAt),
                row.getString("order_id"),
                SecretParameters.shown(id, reported),
                time(reportedAt),
                standing);
    }

    private OrderRow order(ResultSet row) throws SQLException {
        return new OrderRow(
                row.getString("order_id"),
                row.getString("kind").toLowerCase(Locale.ROOT),
                tree(row.getString("payload")),
                tree(row.getString("chosen")),
                row.getString("note"),
                row.getString("state"),
                row.getInt("targets"),
                row.getInt("wave_size"),
                row.getInt("stop_percent"),
                row.getInt("answer_minutes"),
                row.getBoolean("second_person"),
                row.getInt("wave"),
                row.getInt("waves"),
                new Counts(
                        row.getInt("acknowledged"),
                        row.getInt("refused"),
                        row.getInt("timed_out"),
                        row.getInt("expired"),
                        row.getInt("under_way"),
                        row.getInt("waiting"),
                        row.getInt("dropped")),
                row.getString("rolls_back"),
                row.getInt("created_by"),
                row.getString("by_name"),
                Json.time(row.getTimestamp("created_at").toInstant()),
                row.getString("decided_name"),
                time(row.getTimestamp("decided_at")),
                time(row.getTimestamp("finished_at")));
    }

    private TargetRow target(ResultSet row) throws SQLException {
        return new TargetRow(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString("state"),
                row.getString("result"),
                row.getInt("attempts"),
                time(row.getTimestamp("sent_at")),
                time(row.getTimestamp("finished_at")),
                tree(row.getString("payload")),
                tree(row.getString("before")));
    }

    private @Nullable JsonNode tree(@Nullable String stored) throws SQLException {
        try {
            if (stored == null) {
                return null;
            }
            JsonNode tree = json.readTree(stored);
            SecretParameters.hide(tree.isArray() ? tree : tree.path("parameters"));
            return tree;
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
    }

    private static @Nullable String time(@Nullable Timestamp moment) {
        return moment == null ? null : Json.time(moment.toInstant());
    }

    /** Trucks by what became of their command. */
    record Counts(int acknowledged, int refused, int timedOut, int expired, int underWay, int waiting, int dropped) {}

    /** The same of one wave. */
    record Wave(
            int number,
            int trucks,
            int acknowledged,
            int refused,
            int timedOut,
            int expired,
            int underWay,
            int waiting,
            int dropped) {}

    /** Something that was done to an order. @param byPerson false for a halt by too many failures */
    record Act(
            String at,
            @Nullable String who,
            String action,
            @Nullable String reason,
            boolean byPerson) {}

    /** An order as it stands. */
    record OrderRow(
            String id,
            String kind,
            @Nullable JsonNode payload,
            @Nullable JsonNode chosen,
            String note,
            String state,
            int targets,
            int waveSize,
            int stopPercent,
            int answerMinutes,
            boolean secondPerson,
            int wave,
            int waves,
            Counts counts,
            @Nullable String rollsBack,
            int createdById,
            @Nullable String createdBy,
            String createdAt,
            @Nullable String decidedBy,
            @Nullable String decidedAt,
            @Nullable String finishedAt) {}

    /** A truck of an order. */
    record TargetRow(
            int vehicleId,
            String plate,
            String company,
            int wave,
            String state,
            @Nullable String result,
            int attempts,
            @Nullable String sentAt,
            @Nullable String finishedAt,
            @Nullable JsonNode payload,
            @Nullable JsonNode before) {}

    /**
     * A parameter's twin.
     *
     * @param standing reported: nothing is wanted; same; different: reported since it was wanted, and otherwise; pending: not reported since
     */
    record TwinRow(
            long id,
            @Nullable JsonNode wanted,
            @Nullable String wantedAt,
            @Nullable String orderId,
            @Nullable JsonNode reported,
            @Nullable String reportedAt,
            String standing) {}
}

package io.haulwatch.store.order;

import io.haulwatch.store.order.WaveRule.Wave;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes running orders a step further: sends a wave, halts at too many failures, ends. All of it is in the tables, so a restart changes
 * nothing; a step is one transaction, so a wave is sent once. A truck gets three commands for new parameters, one behind the other: what is
 * set now, the new values, what is set then; and for a zone two, if its terminal can say which it holds then.
 */
public final class OrderRuns {
    private static final String RUNNING =
            "select order_id from hw.terminal_order where state = 'running' order by created_at";

    /** An order that is held by somebody else at this moment is left for the next round. */
    private static final String HOLD = """
            select kind, wave, unjudged_wave, stop_percent, answer_minutes,
                (select max(wave) from hw.terminal_order_target t where t.order_id = o.order_id)
            from hw.terminal_order o where order_id = ? and state = 'running' for update skip locked
            """;

    private static final String WAVE = """
            select count(*), count(*) filter (where t.command_id is null),
                count(*) filter (where c.state in ('queued', 'sent')), count(*) filter (where c.state in ('refused', 'timed_out'))
            from hw.terminal_order_target t left join hw.command c on c.command_id = t.command_id
            where t.order_id = ? and t.wave = ? and not t.dropped
            """;

    /** A truck that has gone to another company since, or out of service, gets nothing. */
    private static final String DROP = """
            update hw.terminal_order_target t set dropped = true
            where t.order_id = ? and t.wave = ? and t.command_id is null and not t.dropped and not exists (
                select from hw.vehicle v where v.vehicle_id = t.vehicle_id and v.company_id = t.company_id and v.retired_at is null)
            """;

    private static final String SEND = """
            with chosen as materialized (
                select t.vehicle_id, t.company_id, o.kind, o.created_by, coalesce(t.payload, o.payload) as payload,
                    gen_random_uuid() as read_id, gen_random_uuid() as command_id, gen_random_uuid() as check_id
                from hw.terminal_order_target t join hw.terminal_order o using (order_id)
                where t.order_id = ?1 and t.wave = ?2 and t.command_id is null and not t.dropped
            ), ids as (
                select vehicle_id, jsonb_build_object('ids', jsonb_agg(p -> 'id')) as payload
                from chosen cross join jsonb_array_elements(payload -> 'parameters') p where kind = 'SET_PARAMETERS' group by 1
            ), commands as (
                select command_id, vehicle_id, company_id, created_by, kind, payload, 2 as place from chosen
                union all select read_id, c.vehicle_id, company_id, created_by, 'READ_PARAMETERS', i.payload, 1
                    from chosen c join ids i using (vehicle_id)
                union all select check_id, c.vehicle_id, company_id, created_by, 'READ_PARAMETERS', i.payload, 3
                    from chosen c join ids i using (vehicle_id)
                union all select check_id, c.vehicle_id, company_id, created_by, 'READ_ZONES', jsonb_build_object('shape', payload -> 'shape'), 3
                    from chosen c where kind in ('SET_ZONE', 'DELETE_ZONE')
                        and exists (select from hw.terminal e where e.vehicle_id = c.vehicle_id and e.edition = 2019)
            ), made as (
                insert into hw.command (command_id, company_id, vehicle_id, kind, payload, created_by, created_at, expires_at, order_id)
                select command_id, company_id, vehicle_id, kind, payload, created_by, ?3::timestamptz + place * interval '1 microsecond',
                    ?3::timestamptz + ?4::integer * interval '1 minute', ?1::uuid from commands
            ), wanted as (
                insert into hw.terminal_parameter as old (vehicle_id, parameter_id, company_id, wanted, wanted_at, order_id)
                select vehicle_id, (p ->> 'id')::bigint, company_id, p -> 'value', ?3::timestamptz, ?1::uuid
                from chosen cross join jsonb_array_elements(payload -> 'parameters') p where kind = 'SET_PARAMETERS'
                on conflict (vehicle_id, parameter_id) do update set company_id = excluded.company_id, wanted = excluded.wanted,
                    wanted_at = excluded.wanted_at, order_id = excluded.order_id
            )
            update hw.terminal_order_target t set command_id = c.command_id,
                read_id = case when c.kind = 'SET_PARAMETERS' then c.read_id end,
                before = (select jsonb_agg(jsonb_build_object('id', r.parameter_id, 'value', r.reported))
                    from hw.terminal_parameter r join ids i on i.vehicle_id = r.vehicle_id
                    where r.vehicle_id = t.vehicle_id and r.reported is not null and i.payload -> 'ids' @> to_jsonb(r.parameter_id))
            from chosen c where t.order_id = ?1 and t.vehicle_id = c.vehicle_id
            returning t.vehicle_id, t.command_id
            """;

    /** A truck whose command was sent keeps what follows it: how it is set then is worth knowing. */
    private static final String TAKE_BACK = """
            with unsent as (
                select t.vehicle_id from hw.terminal_order_target t join hw.command c on c.command_id = t.command_id
                where t.order_id = ?1 and c.state = 'queued'
            ), taken as (
                update hw.command set state = 'withdrawn', finished_at = ?2::timestamptz,
                    result = 'Its order was stopped before it was sent.'
                where order_id = ?1 and state = 'queued' and vehicle_id in (select vehicle_id from unsent) returning command_id
            )
            update hw.terminal_order_target set command_id = null, read_id = null
            where order_id = ?1 and command_id in (select command_id from taken)
            """;

    private final DataSource writer;

    /** @param writer pool of the role that stores what terminals say */
    public OrderRuns(DataSource writer) {
        this.writer = writer;
    }

    /** A command that is in the table now. */
    public record Sent(int vehicleId, UUID commandId) {}

    /** Takes each running order one step further. @return what the gateway has to hear of */
    public List<Sent> advance(Instant now) throws SQLException {
        List<Sent> sent = new ArrayList<>();
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                for (UUID order : running(connection)) {
                    List<Sent> wave = advance(connection, order, now);
                    connection.commit();
                    sent.addAll(wave);
                }
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
        return sent;
    }

    /** Takes back what has not been sent; its trucks wait again. For the transaction that stops an order. */
    public static void takeBack(Connection connection, UUID order, Instant at) throws SQLException {
        try (PreparedStatement update = numbered(connection, TAKE_BACK, order, Timestamp.from(at))) {
            update.executeUpdate();
        }
    }

    private static List<UUID> running(Connection connection) throws SQLException {
        List<UUID> orders = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(RUNNING);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                orders.add(rows.getObject(1, UUID.class));
            }
        }
        return orders;
    }

    private static List<Sent> advance(Connection connection, UUID order, Instant now) throws SQLException {
        int wave;
        int unjudged;
        int stopPercent;
        int answerMinutes;
        int lastWave;
        try (PreparedStatement hold = statement(connection, HOLD, order);
                ResultSet row = hold.executeQuery()) {
            if (!row.next()) {
                return List.of();
            }
            wave = row.getInt(2);
            unjudged = row.getInt(3);
            stopPercent = row.getInt(4);
            answerMinutes = row.getInt(5);
            lastWave = row.getInt(6);
        }
        drop(connection, order, wave);
        return switch (WaveRule.next(wave(connection, order, wave), wave >= lastWave, wave != unjudged, stopPercent)) {
            case WAIT -> List.of();
            case SEND_REST -> send(connection, order, wave, answerMinutes, now);
            case SEND_NEXT -> {
                drop(connection, order, wave + 1);
                change(connection, order, "running", wave + 1, null);
                yield send(connection, order, wave + 1, answerMinutes, now);
            }
            case HALT -> {
                halt(connection, order, wave, now);
                yield List.of();
            }
            case DONE -> {
                change(connection, order, "done", wave, now);
                yield List.of();
            }
        };
    }

    private static Wave wave(Connection connection, UUID order, int wave) throws SQLException {
        try (PreparedStatement query = statement(connection, WAVE, order, wave);
                ResultSet row = query.executeQuery()) {
            row.next();
            return new Wave(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4));
        }
    }

    private static void drop(Connection connection, UUID order, int wave) throws SQLException {
        try (PreparedStatement update = statement(connection, DROP, order, wave)) {
            update.executeUpdate();
        }
    }

    private static List<Sent> send(Connection connection, UUID order, int wave, int answerMinutes, Instant now)
            throws SQLException {
        List<Sent> sent = new ArrayList<>();
        Timestamp at = Timestamp.from(now);
        // pgjdbc has no numbered parameters, so they are written out in the order in which they stand.
        try (PreparedStatement query = numbered(connection, SEND, order, wave, at, answerMinutes);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                sent.add(new Sent(rows.getInt(1), rows.getObject(2, UUID.class)));
            }
        }
        return sent;
    }

    private static void halt(Connection connection, UUID order, int wave, Instant now) throws SQLException {
        takeBack(connection, order, now);
        change(connection, order, "halted", wave, null);
        try (PreparedStatement audit = statement(
                connection,
                "insert into hw.audit (action, object, detail) values ('order.halt', ?, jsonb_build_object('wave', ?::integer))",
                "order:" + order,
                wave)) {
            audit.executeUpdate();
        }
    }

    private static void change(Connection connection, UUID order, String state, int wave, @Nullable Instant finished)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update hw.terminal_order set state = ?, wave = ?, finished_at = ? where order_id = ?")) {
            update.setString(1, state);
            update.setInt(2, wave);
            update.setTimestamp(3, finished == null ? null : Timestamp.from(finished));
            update.setObject(4, order);
            update.executeUpdate();
        }
    }

    private static PreparedStatement statement(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static PreparedStatement numbered(Connection connection, String sql, Object... values) throws SQLException {
        List<Object> inOrder = new ArrayList<>();
        StringBuilder plain = new StringBuilder(sql.length());
        for (int i = 0; i < sql.length(); i++) {
            plain.append(sql.charAt(i));
            if (sql.charAt(i) == '?') {
                inOrder.add(values[sql.charAt(++i) - '1']);
            }
        }
        return statement(connection, plain.toString(), inOrder.toArray());
    }
}

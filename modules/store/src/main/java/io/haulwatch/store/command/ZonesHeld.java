package io.haulwatch.store.command;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;

/** What zones a terminal holds: what it said yes to, and what it told when it was asked. An answer about a kind says which of that kind are not there, too. */
final class ZonesHeld {
    private static final String CONFIRMED = """
            insert into hw.terminal_zone as old (vehicle_id, shape, zone_id, company_id, confirmed, confirmed_at)
            select c.vehicle_id, upper(c.payload ->> 'shape'), (c.payload ->> 'zone_id')::bigint, v.company_id,
                case c.kind when 'SET_ZONE' then c.payload end, ?
            from hw.command c join hw.vehicle v using (vehicle_id)
            where c.command_id = ? and c.kind in ('SET_ZONE', 'DELETE_ZONE') and c.payload ->> 'shape' is not null
            on conflict (vehicle_id, shape, zone_id) do update
                set company_id = excluded.company_id, confirmed = excluded.confirmed, confirmed_at = excluded.confirmed_at
            """;

    private static final String FORGET = """
            update hw.terminal_zone z set held = null, reported_at = ?
            from hw.command c where c.command_id = ? and c.kind = 'READ_ZONES' and c.response is not null
                and z.vehicle_id = c.vehicle_id and z.shape = upper(c.payload ->> 'shape')
            """;

    private static final String HELD = """
            insert into hw.terminal_zone as old (vehicle_id, shape, zone_id, company_id, held, reported_at)
            select distinct on (3) c.vehicle_id, upper(c.payload ->> 'shape'), (z ->> 'zone_id')::bigint, v.company_id, z, ?
            from hw.command c join hw.vehicle v using (vehicle_id)
                cross join jsonb_array_elements(c.response -> 'zones') with ordinality e (z, place)
            where c.command_id = ? and c.kind = 'READ_ZONES' order by 3, place desc
            on conflict (vehicle_id, shape, zone_id) do update
                set company_id = excluded.company_id, held = excluded.held, reported_at = excluded.reported_at
            """;

    private ZonesHeld() {}

    static void note(Connection connection, CommandStore.Step step) throws SQLException {
        run(connection, CONFIRMED, step);
        if (step.responseJson() != null) {
            run(connection, FORGET, step);
            run(connection, HELD, step);
        }
    }

    private static void run(Connection connection, String sql, CommandStore.Step step) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setTimestamp(1, new Timestamp(step.atMillis()));
            statement.setObject(2, step.commandId());
            statement.executeUpdate();
        }
    }
}

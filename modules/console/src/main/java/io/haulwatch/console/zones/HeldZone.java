package io.haulwatch.console.zones;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A zone in a truck's terminal.
 *
 * @param standing confirmed: it said yes and was not asked since; held: it told so; different: it holds something else by this id; missing: it said yes, and told
 *     that it does not hold it; extra: it holds it, though it was not sent from here or was removed
 * @param inRegister whether a zone of this id and shape is in force
 * @param at when it said so
 */
record HeldZone(
        String shape,
        long id,
        @Nullable String name,
        String standing,
        boolean inRegister,
        @Nullable String at) {
    /** What was told after the last yes counts; names are left out, because only edition 2019 carries them, shortened. */
    private static final String HELD = """
            select * from (
                select t.company_id, t.vehicle_id, t.shape, t.zone_id, coalesce(z.name, t.confirmed ->> 'name', t.held ->> 'name') as name,
                    z.zone_id is not null as in_register,
                    case when t.reported_at is not null and t.reported_at >= coalesce(t.confirmed_at, t.reported_at) then t.reported_at
                        else t.confirmed_at end as at,
                    case when t.reported_at is not null and t.reported_at >= coalesce(t.confirmed_at, t.reported_at) then
                            case when t.confirmed is null then case when t.held is not null then 'extra' end
                                when t.held is null then 'missing'
                                when t.confirmed - 'name' = t.held - 'name' then 'held'
                                else 'different' end
                        when t.confirmed is not null then 'confirmed' end as standing
                from hw.terminal_zone t left join hw.zone z
                    on z.zone_id = t.zone_id and z.shape = t.shape and z.effective_to > now()) s
            where standing is not null
            """;

    static List<HeldZone> of(Connection connection, Scope scope, int vehicleId) throws SQLException {
        return new SqlText(HELD)
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ?", vehicleId)
                .add("order by shape, zone_id")
                .list(connection, row -> {
                    Timestamp at = row.getTimestamp("at");
                    return new HeldZone(
                            row.getString("shape").toLowerCase(Locale.ROOT),
                            row.getLong("zone_id"),
                            row.getString("name"),
                            row.getString("standing"),
                            row.getBoolean("in_register"),
                            at == null ? null : Json.time(at.toInstant()));
                });
    }
}

package io.haulwatch.console.vehicles;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL of trucks. */
final class VehicleQueries {
    private static final String VEHICLES = """
            select v.vehicle_id, v.plate, v.plate_colour, v.company_id, c.name as company_name, v.vehicle_class, v.model_name,
                t.phone as terminal_phone, t.maker, t.model as terminal_model, t.edition, t.last_seen_at, t.registered_at,
                a.driver_id, d.name as driver_name, d.phone as driver_phone
            from hw.vehicle v
                left join hw.company c on c.company_id = v.company_id
                left join lateral (select * from hw.terminal t where t.vehicle_id = v.vehicle_id
                    order by t.registered_at desc nulls last, t.terminal_id desc limit 1) t on true
                left join lateral (select * from hw.assignment a where a.vehicle_id = v.vehicle_id
                    and a.effective_from <= now() and a.effective_to > now() order by a.effective_from desc limit 1) a on true
                left join hw.driver d on d.driver_id = a.driver_id
            where v.retired_at is null
            """;

    private static final String CANDIDATES = """
            v.vehicle_id in (select vehicle_id from hw.vehicle where plate ilike ?
                union all select vehicle_id from hw.terminal where phone ilike ?
                union all select n.vehicle_id from hw.vehicle n join hw.company m using (company_id) where m.name ilike ?
                union all select s.vehicle_id from hw.assignment s join hw.driver w using (driver_id)
                    where w.name ilike ? and s.effective_from <= now() and s.effective_to > now())""";

    private VehicleQueries() {}

    /**
     * Trucks by plate.
     *
     * @param query part of plate, driver's name, company's name or terminal number
     * @param byDriver whether the name of a driver may find a truck: whoever may not read it could else guess it
     * @param ids only these, or null
     */
    static List<VehicleRow> list(
            Connection connection,
            Scope scope,
            @Nullable String query,
            boolean byDriver,
            @Nullable Integer company,
            @Nullable Set<Integer> ids,
            int @Nullable [] inState,
            @Nullable String afterPlate,
            int afterId,
            int limit)
            throws SQLException {
        SqlText sql = new SqlText(VEHICLES).within(scope, "v.company_id = any (?)");
        if (query != null) {
            String pattern = SqlText.anywhere(query);
            // Which trucks it may be is told by one table each; the row itself has the last word.
            sql.and(CANDIDATES, pattern, pattern, pattern, pattern);
            sql.and(
                    "v.plate ilike ? or (? and d.name ilike ?) or c.name ilike ? or t.phone ilike ?",
                    pattern,
                    byDriver,
                    pattern,
                    pattern,
                    pattern);
        }
        if (company != null) {
            sql.and("v.company_id = ?", company);
        }
        if (ids != null) {
            sql.and("v.vehicle_id = any (?)", ids);
        }
        if (inState != null) {
            sql.and("v.vehicle_id = any (?)", inState);
        }
        if (afterPlate != null) {
            sql.and("(v.plate, v.vehicle_id) > (?, ?)", afterPlate, afterId);
        }
        sql.add("order by v.plate, v.vehicle_id limit ?", limit);
        return sql.list(connection, VehicleQueries::row);
    }

    static Optional<VehicleRow> one(Connection connection, Scope scope, int vehicleId) throws SQLException {
        return new SqlText(VEHICLES)
                .within(scope, "v.company_id = any (?)")
                .and("v.vehicle_id = ?", vehicleId)
                .first(connection, VehicleQueries::row);
    }

    /** A driver of the companies that may be seen. */
    static Optional<DriverRow> driver(Connection connection, Scope scope, int driverId) throws SQLException {
        return new SqlText("select driver_id, name, phone from hw.driver where true")
                .within(scope, "company_id = any (?)")
                .and("driver_id = ?", driverId)
                .first(connection, row -> new DriverRow(row.getInt(1), row.getString(2), row.getString(3)));
    }

    static Today today(Connection connection, Scope scope, int vehicleId, LocalDate day) throws SQLException {
        return new SqlText("select distance_m, driving_s from hw.vehicle_day where true")
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ? and day = ?", vehicleId, day)
                .first(connection, row -> new Today(Math.round(row.getLong(1) / 100.0) / 10.0, row.getLong(2)))
                .orElse(new Today(0, 0));
    }

    static Counters counters(Connection connection, Scope scope, int vehicleId) throws SQLException {
        return new SqlText("select stored, duplicate, late, quarantined from hw.vehicle_counter where true")
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ?", vehicleId)
                .first(connection, row -> new Counters(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .orElse(new Counters(0, 0, 0, 0));
    }

    private static VehicleRow row(ResultSet row) throws SQLException {
        int driverId = row.getInt("driver_id");
        boolean driverKnown = !row.wasNull() && row.getString("driver_name") != null;
        int edition = row.getInt("edition");
        boolean editionKnown = !row.wasNull();
        Timestamp seen = row.getTimestamp("last_seen_at");
        String phone = row.getString("terminal_phone");
        String companyName = row.getString("company_name");
        return new VehicleRow(
                row.getInt("vehicle_id"),
                row.getString("plate"),
                row.getInt("plate_colour"),
                row.getInt("company_id"),
                companyName == null ? "" : companyName,
                row.getString("vehicle_class"),
                row.getString("model_name"),
                phone == null
                        ? null
                        : new Terminal(
                                phone,
                                row.getString("maker"),
                                row.getString("terminal_model"),
                                editionKnown ? edition : null,
                                seen == null ? null : Json.time(seen.toInstant())),
                driverKnown
                        ? new DriverRow(driverId, row.getString("driver_name"), row.getString("driver_phone"))
                        : null);
    }

    /** A truck as the register has it. */
    record VehicleRow(
            int id,
            String plate,
            int plateColour,
            int companyId,
            String companyName,
            String vehicleClass,
            @Nullable String model,
            @Nullable Terminal terminal,
            @Nullable DriverRow driver) {}

    /** A truck's terminal. @param edition of JT/T 808: 2011, 2013 or 2019 */
    record Terminal(
            String phone,
            @Nullable String maker,
            @Nullable String model,
            @Nullable Integer edition,
            @Nullable String lastSeen) {}

    /** A driver with the full number; never sent as it is. */
    record DriverRow(int id, String name, @Nullable String phone) {}

    /** A truck's local day. @param km driven, one decimal */
    record Today(double km, long drivingS) {}

    /** What the writer counted for a truck. */
    record Counters(long stored, long duplicate, long late, long quarantined) {}
}

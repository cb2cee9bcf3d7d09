package io.haulwatch.console.companies;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.haulwatch.console.live.FleetState.Motion;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The SQL of one company's page. */
final class CompanyQueries {
    private static final int DAYS = 30;
    private static final int MOST_DRIVERS = 500;
    /** Whoever drove less is not put first for one alarm. */
    private static final double LEAST_KM = 100;

    private static final int MOST_VEHICLES = 1_000;

    private CompanyQueries() {}

    static OpenAlarms openAlarms(Connection connection, Scope scope, int companyId) throws SQLException {
        Map<String, Long> byRule = new TreeMap<>();
        Map<String, Long> bySeverity = new TreeMap<>();
        long[] total = {0};
        new SqlText("""
                select rule, severity, count(*) from hw.episode
                where state in ('open', 'closed', 'amended') and handling in ('new', 'claimed', 'acting', 'waiting')
                """)
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .add("group by 1, 2")
                .list(connection, row -> {
                    long count = row.getLong(3);
                    byRule.merge(row.getString(1), count, Long::sum);
                    bySeverity.merge(Integer.toString(row.getInt(2)), count, Long::sum);
                    return total[0] += count;
                });
        return new OpenAlarms(total[0], byRule, bySeverity);
    }

    /** What drivers drove in the last 30 days with the trucks assigned to them, metres by driver. */
    static Map<Integer, Long> driven(Connection connection, Scope scope, int companyId, LocalDate today)
            throws SQLException {
        Map<Integer, Long> metres = new HashMap<>();
        new SqlText("""
                select a.driver_id, sum(vd.distance_m) from hw.vehicle_day vd
                    join hw.assignment a on a.vehicle_id = vd.vehicle_id
                        and a.effective_from < (vd.day + 1)::timestamp at time zone 'Asia/Shanghai'
                        and a.effective_to > vd.day::timestamp at time zone 'Asia/Shanghai'
                where vd.day > ? and vd.company_id = ?
                """, today.minusDays(DAYS), companyId)
                .within(scope, "vd.company_id = any (?)")
                .add("group by a.driver_id")
                .list(connection, row -> metres.put(row.getInt(1), row.getLong(2)));
        return metres;
    }

    /** Alarms of the last 30 days by driver. */
    private static Map<Integer, Long> events(Connection connection, Scope scope, int companyId, LocalDate today)
            throws SQLException {
        Map<Integer, Long> events = new HashMap<>();
        new SqlText(
                        """
                select driver_id, count(*) from hw.episode
                where company_id = ? and started_at >= ? and state in ('open', 'closed', 'amended')
                    and handling not in ('false', 'overturned') and driver_id is not null
                """,
                        companyId,
                        today.minusDays(DAYS - 1L).atStartOfDay(PaperState.ZONE).toInstant())
                .within(scope, "company_id = any (?)")
                .add("group by driver_id")
                .list(connection, row -> events.put(row.getInt(1), row.getLong(2)));
        return events;
    }

    /** Drivers with their alarms of the last 30 days per 1,000 km, worst first. @param metres see {@link #driven} */
    static List<DriverFigures> drivers(
            Connection connection, Scope scope, int companyId, LocalDate today, Map<Integer, Long> metres)
            throws SQLException {
        Map<Integer, Long> events = events(connection, scope, companyId, today);
        List<DriverFigures> all = new SqlText("select driver_id, name from hw.driver where retired_at is null")
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .list(connection, row -> {
                    double km = Math.round(metres.getOrDefault(row.getInt(1), 0L) / 100.0) / 10.0;
                    long count = events.getOrDefault(row.getInt(1), 0L);
                    return new DriverFigures(
                            row.getInt(1),
                            row.getString(2),
                            km,
                            count,
                            km < 1 ? null : Math.round(count * 100_000.0 / km) / 100.0);
                });
        return all.stream()
                .sorted(Comparator.comparingDouble(
                                (DriverFigures driver) -> -driver.events / Math.max(driver.km, LEAST_KM))
                        .thenComparingInt(DriverFigures::id))
                .limit(MOST_DRIVERS)
                .toList();
    }

    /** What the register and the papers say of each truck. */
    static List<Truck> trucks(Connection connection, Scope scope, int companyId, LocalDate today) throws SQLException {
        return new SqlText("""
                select v.vehicle_id, v.plate, d.name, coalesce(p.overdue, 0), coalesce(p.service, false) from hw.vehicle v
                    left join lateral (select driver_id from hw.assignment a where a.vehicle_id = v.vehicle_id
                        and a.effective_from <= now() and a.effective_to > now() order by a.effective_from desc limit 1) a on true
                    left join hw.driver d on d.driver_id = a.driver_id
                    left join (select owner_id, count(*) filter (where kind <> 'veh.maintenance2') as overdue,
                            bool_or(kind = 'veh.maintenance2') as service
                        from (select owner_id, kind, max(last_day) as last_day from hw.paper_counted_on(?)
                            where company_id = ? and owner_kind = 'VEHICLE'
                            group by owner_id, kind) best
                        where last_day < ? group by owner_id) p on p.owner_id = v.vehicle_id
                where v.retired_at is null
                """, today, companyId, today)
                .within(scope, "v.company_id = any (?)")
                .and("v.company_id = ?", companyId)
                .list(
                        connection,
                        row -> new Truck(
                                row.getInt(1), row.getString(2), row.getString(3), row.getInt(4), row.getBoolean(5)));
    }

    /** Trucks with what is overdue and open for each, the worst first. @param serviced whose services are recorded: no paper says when they are due */
    static List<VehicleFigures> vehicles(
            Connection connection,
            Scope scope,
            int companyId,
            List<Truck> trucks,
            Set<Integer> serviced,
            IntFunction<Motion> motion)
            throws SQLException {
        Map<Integer, Integer> open = new HashMap<>();
        new SqlText("""
                select vehicle_id, count(*) from hw.episode where state in ('open', 'closed', 'amended')
                    and handling in ('new', 'claimed', 'acting', 'waiting')
                """)
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .add("group by vehicle_id")
                .list(connection, row -> open.put(row.getInt(1), row.getInt(2)));
        return trucks.stream()
                .map(truck -> new VehicleFigures(
                        truck.id,
                        truck.plate,
                        truck.driver,
                        motion.apply(truck.id).word(),
                        truck.overdue + (truck.serviceOverdue && !serviced.contains(truck.id) ? 1 : 0),
                        open.getOrDefault(truck.id, 0)))
                .sorted(Comparator.comparingInt((VehicleFigures truck) -> -truck.overdue)
                        .thenComparingInt(truck -> -truck.openAlarms)
                        .thenComparing(VehicleFigures::plate))
                .limit(MOST_VEHICLES)
                .toList();
    }

    /** A truck as register and papers have it. @param overdue papers, without that of its service @param serviceOverdue by its paper */
    record Truck(int id, String plate, @Nullable String driver, int overdue, boolean serviceOverdue) {}

    /** Alarms that wait for somebody. */
    record OpenAlarms(long total, Map<String, Long> byRule, Map<String, Long> bySeverity) {}

    /** A driver's last 30 days. @param per1000km null below 1 km */
    record DriverFigures(
            int id,
            @DriverName String name,
            double km,
            long events,
            @JsonProperty("per_1000km") @Nullable Double per1000km) {}

    /** A truck with what is overdue and open. */
    record VehicleFigures(
            int id, String plate, @DriverName @Nullable String driver, String state, int overdue, int openAlarms) {}
}

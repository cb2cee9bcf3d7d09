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

    /** Drivers with their alarms of the last 30 days per 1,000 km, worst first. @param metres see {@link #driven} */
    static List<DriverFigures> drivers(
            Connection connection, Scope scope, int companyId, LocalDate today, Map<Integer, Long> metres)
            throws SQLException {
        List<DriverFigures> all = new SqlText(
                        """
                select d.driver_id, d.name, coalesce(e.events, 0) as events from hw.driver d
                    left join (select driver_id, count(*) as events from hw.episode
                        where company_id = ? and started_at >= ? and state in ('open', 'closed', 'amended')
                            and handling not in ('false', 'overturned') and driver_id is not null
                        group by driver_id) e on e.driver_id = d.driver_id
                where d.retired_at is null
                """,
                        companyId,
                        today.minusDays(DAYS - 1L).atStartOfDay(PaperState.ZONE).toInstant())
                .within(scope, "d.company_id = any (?)")
                .and("d.company_id = ?", companyId)
                .list(connection, row -> {
                    double km = Math.round(metres.getOrDefault(row.getInt(1), 0L) / 100.0) / 10.0;
                    long events = row.getLong(3);
                    return new DriverFigures(
                            row.getInt(1),
                            row.getString(2),
                            km,
                            events,
                            km < 1 ? null : Math.round(events * 100_000.0 / km) / 100.0);
                });
        return all.stream()
                .sorted(Comparator.comparingDouble(
                                (DriverFigures driver) -> -driver.events / Math.max(driver.km, LEAST_KM))
                        .thenComparingInt(DriverFigures::id))
                .limit(MOST_DRIVERS)
                .toList();
    }

    /** Trucks with what is overdue and open for each. */
    static List<VehicleFigures> vehicles(
            Connection connection, Scope scope, int companyId, LocalDate today, IntFunction<Motion> motion)
            throws SQLException {
        return new SqlText("""
                select v.vehicle_id, v.plate, d.name, coalesce(p.overdue, 0), coalesce(e.open, 0) from hw.vehicle v
                    left join lateral (select driver_id from hw.assignment a where a.vehicle_id = v.vehicle_id
                        and a.effective_from <= now() and a.effective_to > now() order by a.effective_from desc limit 1) a on true
                    left join hw.driver d on d.driver_id = a.driver_id
                    left join (select owner_id, count(*) as overdue from (
                            select owner_id, kind, max(last_day) as last_day from hw.paper_counted
                            where company_id = ? and owner_kind = 'VEHICLE' and (issued is null or issued <= ?)
                                and not (kind = 'veh.maintenance2'
                                    and exists (select 1 from hw.maintenance_record m where m.vehicle_id = owner_id))
                            group by owner_id, kind) best
                        where last_day < ? group by owner_id) p on p.owner_id = v.vehicle_id
                    left join (select vehicle_id, count(*) as open from hw.episode
                        where company_id = ? and state in ('open', 'closed', 'amended')
                            and handling in ('new', 'claimed', 'acting', 'waiting')
                        group by vehicle_id) e on e.vehicle_id = v.vehicle_id
                where v.retired_at is null
                """, companyId, today, today, companyId)
                .within(scope, "v.company_id = any (?)")
                .and("v.company_id = ?", companyId)
                .add("order by coalesce(p.overdue, 0) desc, coalesce(e.open, 0) desc, v.plate limit ?", MOST_VEHICLES)
                .list(
                        connection,
                        row -> new VehicleFigures(
                                row.getInt(1),
                                row.getString(2),
                                row.getString(3),
                                motion.apply(row.getInt(1)).word(),
                                row.getInt(4),
                                row.getInt(5)));
    }

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

package io.haulwatch.store.duty;

import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.paper.ServiceDue;
import io.haulwatch.model.paper.ServiceDue.Interval;
import io.haulwatch.model.register.VehicleClass;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When each truck's next second-level service is due, of all trucks whose services are recorded; the others have a paper with a day, or none. */
public final class ServiceBook {
    private static final int MEAN_DAYS = 30;

    private static final String LAST = """
            with last as (
                select distinct on (r.vehicle_id) r.vehicle_id, v.plate, v.company_id, v.vehicle_class, r.record_id, r.done_on, r.odometer_km
                from hw.maintenance_record r join hw.vehicle v on v.vehicle_id = r.vehicle_id
                where v.retired_at is null and r.done_on <= ?::date and (?::integer is null or v.company_id = ?)
                order by r.vehicle_id, r.done_on desc, r.record_id desc),
            driven as (
                select l.vehicle_id, sum(d.distance_m) filter (where d.day > l.done_on) as since,
                    sum(d.distance_m) filter (where d.day > ?::date - 30) as mean
                from last l join hw.vehicle_day d on d.vehicle_id = l.vehicle_id and d.day > least(l.done_on, ?::date - 30)
                    and d.day <= ?::date
                group by l.vehicle_id)
            select l.vehicle_id, l.company_id, l.vehicle_class, l.done_on, l.odometer_km, p.every_km, p.every_days,
                coalesce(d.since, 0) / 1000.0, coalesce(d.mean, 0) / 1000.0, l.plate
            from last l left join driven d on d.vehicle_id = l.vehicle_id
                left join hw.maintenance_plan p on p.vehicle_id = l.vehicle_id
            """;

    private ServiceBook() {}

    /**
     * One truck.
     *
     * @param odometerKm at the last service, null if nobody wrote it down
     * @param kmSince driven since
     * @param dailyKm on a mean day of the last 30
     * @param dueOn last day in time
     */
    public record Service(
            int vehicleId,
            String plate,
            int companyId,
            LocalDate doneOn,
            @Nullable Integer odometerKm,
            Interval interval,
            double kmSince,
            double dailyKm,
            LocalDate dueOn,
            PaperState state) {}

    /** @param companyId null for all that the connection may see */
    public static Map<Integer, Service> read(Connection connection, @Nullable Integer companyId, LocalDate today)
            throws SQLException {
        Map<Integer, Service> services = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(LAST)) {
            query.setObject(1, today);
            query.setObject(2, companyId, Types.INTEGER);
            query.setObject(3, companyId, Types.INTEGER);
            for (int i = 4; i <= 6; i++) {
                query.setObject(i, today);
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Service service = service(row, today);
                    services.put(service.vehicleId(), service);
                }
            }
        }
        return services;
    }

    private static Service service(ResultSet row, LocalDate today) throws SQLException {
        int everyKm = row.getInt(6);
        Interval interval = row.wasNull()
                ? Interval.of(VehicleClass.valueOf(row.getString(3)))
                : new Interval(everyKm, row.getInt(7));
        LocalDate doneOn = row.getObject(4, LocalDate.class);
        double since = row.getDouble(8);
        double daily = row.getDouble(9) / MEAN_DAYS;
        LocalDate due = ServiceDue.of(interval, doneOn, since, daily, today);
        return new Service(
                row.getInt(1),
                row.getString(10),
                row.getInt(2),
                doneOn,
                (Integer) row.getObject(5),
                interval,
                since,
                daily,
                due,
                ServiceDue.state(due, interval.everyKm() - since, today));
    }
}

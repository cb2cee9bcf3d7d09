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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When each truck's next second-level service is due, of all trucks whose services are recorded; the others have a paper with a day, or none. */
public final class ServiceBook {
    private static final int MEAN_DAYS = 30;

    private static final String LAST = """
            select v.vehicle_id, v.plate, v.company_id, v.vehicle_class, r.done_on, r.odometer_km, p.every_km, p.every_days,
                l.vehicle_id is not null
            from hw.vehicle v
                cross join lateral (select m.done_on, m.odometer_km from hw.maintenance_record m
                    where m.vehicle_id = v.vehicle_id and m.done_on <= ?::date order by m.done_on desc limit 1) r
                left join hw.maintenance_plan p on p.vehicle_id = v.vehicle_id
                left join hw.laid_up(?::date) l on l.vehicle_id = v.vehicle_id
            where v.retired_at is null and (?::integer is null or v.company_id = ?)
            order by v.vehicle_id""";

    private static final String DRIVEN = """
            select l.vehicle_id, coalesce(sum(d.distance_m) filter (where d.day > l.done_on), 0) / 1000.0,
                coalesce(sum(d.distance_m) filter (where d.day > ?::date - 30), 0) / 1000.0
            from unnest(?::integer[], ?::date[]) l (vehicle_id, done_on)
                join hw.vehicle_day d on d.vehicle_id = l.vehicle_id and d.day > least(l.done_on, ?::date - 30) and d.day <= ?::date
            group by l.vehicle_id""";

    private ServiceBook() {}

    /**
     * One truck.
     *
     * @param odometerKm at the last service, null if nobody wrote it down
     * @param kmSince driven since
     * @param dailyKm on a mean day of the last 30
     * @param dueOn last day in time
     * @param state {@link PaperState#INACTIVE} while it is laid up: then it is not counted
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
            PaperState state) {
        /** Whether it is one of those that have to be serviced now. */
        public boolean isCounted() {
            return state != PaperState.INACTIVE;
        }
    }

    /** The last service of a truck. @param own interval, null for that of its class @param laidUp on the day that was asked for */
    public record Done(
            int vehicleId,
            String plate,
            int companyId,
            VehicleClass vehicleClass,
            LocalDate doneOn,
            @Nullable Integer odometerKm,
            @Nullable Interval own,
            boolean laidUp) {}

    /** What a truck drove. @param since after which day @param km since then @param monthKm in the last 30 days */
    public record Driven(LocalDate since, double km, double monthKm) {}

    /** @param companyId null for all that the connection may see */
    public static Map<Integer, Service> read(Connection connection, @Nullable Integer companyId, LocalDate today)
            throws SQLException {
        List<Done> done = done(connection, companyId, today);
        return due(done, driven(connection, done, today), today);
    }

    /** The last services. @param companyId null for all that the connection may see */
    public static List<Done> done(Connection connection, @Nullable Integer companyId, LocalDate today)
            throws SQLException {
        List<Done> done = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(LAST)) {
            query.setObject(1, today);
            query.setObject(2, today);
            query.setObject(3, companyId, Types.INTEGER);
            query.setObject(4, companyId, Types.INTEGER);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    int everyKm = row.getInt(7);
                    Interval own = row.wasNull() ? null : new Interval(everyKm, row.getInt(8));
                    done.add(new Done(
                            row.getInt(1),
                            row.getString(2),
                            row.getInt(3),
                            VehicleClass.valueOf(row.getString(4)),
                            row.getObject(5, LocalDate.class),
                            (Integer) row.getObject(6),
                            own,
                            row.getBoolean(9)));
                }
            }
        }
        return done;
    }

    /** What trucks drove since their last services, by truck; one that drove nothing has no entry. */
    public static Map<Integer, Driven> driven(Connection connection, List<Done> done, LocalDate today)
            throws SQLException {
        Map<Integer, LocalDate> since = new HashMap<>();
        done.forEach(each -> since.put(each.vehicleId, each.doneOn));
        Map<Integer, Driven> driven = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(DRIVEN)) {
            query.setObject(1, today);
            query.setArray(2, connection.createArrayOf("int4", since.keySet().toArray()));
            query.setArray(
                    3,
                    connection.createArrayOf(
                            "date",
                            since.values().stream().map(LocalDate::toString).toArray()));
            query.setObject(4, today);
            query.setObject(5, today);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    int vehicle = row.getInt(1);
                    driven.put(
                            vehicle,
                            new Driven(Objects.requireNonNull(since.get(vehicle)), row.getDouble(2), row.getDouble(3)));
                }
            }
        }
        return driven;
    }

    /** When the next services are due, by truck. @param driven as {@link #driven} tells */
    public static Map<Integer, Service> due(List<Done> done, Map<Integer, Driven> driven, LocalDate today) {
        Map<Integer, Service> services = new LinkedHashMap<>();
        for (Done each : done) {
            Driven since = driven.get(each.vehicleId);
            services.put(
                    each.vehicleId,
                    since == null ? service(each, 0, 0, today) : service(each, since.km, since.monthKm, today));
        }
        return services;
    }

    private static Service service(Done done, double since, double month, LocalDate today) {
        Interval interval = done.own == null ? Interval.of(done.vehicleClass) : done.own;
        double daily = month / MEAN_DAYS;
        LocalDate due = ServiceDue.of(interval, done.doneOn, since, daily, today);
        return new Service(
                done.vehicleId,
                done.plate,
                done.companyId,
                done.doneOn,
                done.odometerKm,
                interval,
                since,
                daily,
                due,
                done.laidUp ? PaperState.INACTIVE : ServiceDue.state(due, interval.everyKm() - since, today));
    }
}

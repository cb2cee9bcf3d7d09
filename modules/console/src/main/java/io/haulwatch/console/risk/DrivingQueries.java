package io.haulwatch.console.risk;

import io.haulwatch.console.risk.Driving.Driven;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** Adds up half a year of alarms and kilometres of a company's trucks and drivers. */
final class DrivingQueries {
    static final int DAYS = 180;
    private static final int DAYS_30 = 30;

    // A driver's kilometres are those of the trucks assigned to him, as on the company's page.
    private static final String ASSIGNED = """
            (select driver_id, vehicle_id, (effective_from at time zone 'Asia/Shanghai')::date as first_day,
                effective_to at time zone 'Asia/Shanghai' as until from hw.assignment) a""";

    private final Connection connection;
    private final Scope scope;
    private final int companyId;
    private final Instant now;
    private final LocalDate today;
    private final LocalDate firstDay;

    DrivingQueries(Connection connection, Scope scope, int companyId, Instant now) {
        this.connection = connection;
        this.scope = scope;
        this.companyId = companyId;
        this.now = now;
        this.today = now.atZone(PaperState.ZONE).toLocalDate();
        this.firstDay = today.minusDays(DAYS - 1);
    }

    /** All trucks and drivers of the company. */
    Driving all() throws SQLException {
        Map<Integer, Driven> trucks = new HashMap<>();
        Map<Integer, Driven> drivers = new HashMap<>();
        ofTrucks().add("group by 1").each(connection, row -> add(trucks, row));
        if (!trucks.isEmpty()) {
            // Most drivers keep a truck all the time: its sums are theirs, and its days need not be joined once more.
            new SqlText(
                            "select a.driver_id, a.vehicle_id from " + ASSIGNED
                                    + " where a.first_day <= ? and a.until > ?",
                            firstDay,
                            today)
                    .and("a.vehicle_id = any (?)", trucks.keySet())
                    .each(connection, row -> {
                        Driven truck = trucks.get(row.getInt(2));
                        if (truck != null) {
                            drivers.merge(row.getInt(1), truck, Driven::plus);
                        }
                    });
            ofDrivers()
                    .and("not (a.first_day <= ? and a.until > ?)", firstDay, today)
                    .add("group by 1")
                    .each(connection, row -> add(drivers, row));
        }
        points(alarms(), trucks, drivers);
        return new Driving(trucks, drivers);
    }

    /** One of them; {@link Driven#NOTHING} if it did nothing. */
    Driven one(Subject subject, int id) throws SQLException {
        Map<Integer, Driven> trucks = new HashMap<>();
        Map<Integer, Driven> drivers = new HashMap<>();
        if (subject == Subject.TRUCK) {
            ofTrucks().and("d.vehicle_id = ?", id).add("group by 1").each(connection, row -> add(trucks, row));
        } else {
            ofDrivers().and("a.driver_id = ?", id).add("group by 1").each(connection, row -> add(drivers, row));
        }
        points(alarms().and(subject.column + " = ?", id), trucks, drivers);
        return new Driving(trucks, drivers).of(subject, id);
    }

    private SqlText ofTrucks() {
        return kilometres("d.vehicle_id", "");
    }

    private SqlText ofDrivers() {
        return kilometres(
                "a.driver_id",
                " join " + ASSIGNED + " on a.vehicle_id = d.vehicle_id and a.first_day <= d.day and a.until > d.day");
    }

    private SqlText kilometres(String id, String assigned) {
        return new SqlText(
                        "select " + id
                                + ", sum(d.distance_m) / 1000.0, coalesce(sum(d.distance_m) filter (where d.day > ?), 0) / 1000.0"
                                + " from hw.vehicle_day d" + assigned + " where d.day >= ?",
                        today.minusDays(DAYS_30),
                        firstDay)
                .within(scope, "d.company_id = any (?)")
                .and("d.company_id = ?", companyId);
    }

    private static void add(Map<Integer, Driven> sums, ResultSet row) throws SQLException {
        sums.merge(row.getInt(1), new Driven(0, row.getDouble(2), row.getDouble(3)), Driven::plus);
    }

    /** The alarms that count, each with its points and how many days ago it was; open at the end for more conditions. */
    private SqlText alarms() {
        return new SqlText(
                        "select vehicle_id, driver_id, ?::date - (started_at at time zone 'Asia/Shanghai')::date as age, "
                                + DrivingAlarms.POINTS + " as weight from hw.episode where " + DrivingAlarms.COUNTED,
                        today)
                .within(scope, "company_id = any (?)")
                .and(
                        "company_id = ? and started_at >= ? and started_at < ?",
                        companyId,
                        now.minus(Duration.ofDays(DAYS)),
                        now);
    }

    /** As for companies: a truck's day counts 30 at most, a month three times, a quarter twice. */
    private void points(SqlText alarms, Map<Integer, Driven> trucks, Map<Integer, Driven> drivers) throws SQLException {
        alarms.around("""
                        select truck, id, sum(least(points, 30) * case when age <= 30 then 3 when age <= 90 then 2 else 1 end) from (
                            select grouping(driver_id) = 1 as truck, case grouping(driver_id) when 1 then vehicle_id else driver_id end as id,
                                age, sum(weight) as points
                            from (
                        """, """
                        ) alarm group by grouping sets ((vehicle_id, age), (vehicle_id, driver_id, age))) day
                        where age between 0 and 180 and id is not null group by 1, 2""")
                .each(
                        connection,
                        row -> (row.getBoolean(1) ? trucks : drivers)
                                .merge(row.getInt(2), new Driven(row.getDouble(3), 0, 0), Driven::plus));
    }
}

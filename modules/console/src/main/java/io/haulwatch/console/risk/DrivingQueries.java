package io.haulwatch.console.risk;

import io.haulwatch.console.risk.Driving.Driven;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.risk.DrivingAlarms;
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
    private static final int DAYS_90 = 90;
    private static final int MOST_OF_A_DAY = 30;

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

    /**
     * As for companies: a truck's day counts 30 at most, a month three times, a quarter twice. They are added up here, because most are the only one
     * of their truck and day: a database would sort a hundred thousand of them twice to find that out.
     */
    private void points(SqlText alarms, Map<Integer, Driven> trucks, Map<Integer, Driven> drivers) throws SQLException {
        Map<Day, Integer> ofTrucks = new HashMap<>();
        Map<Day, Integer> ofDrivers = new HashMap<>();
        alarms.each(connection, row -> {
            int vehicle = row.getInt(1);
            int driver = row.getInt(2);
            boolean driven = !row.wasNull();
            int age = row.getInt(3);
            int points = row.getInt(4);
            ofTrucks.merge(new Day(vehicle, vehicle, age), points, Integer::sum);
            if (driven) {
                ofDrivers.merge(new Day(driver, vehicle, age), points, Integer::sum);
            }
        });
        ofTrucks.forEach((day, points) -> add(trucks, day, points));
        ofDrivers.forEach((day, points) -> add(drivers, day, points));
    }

    /** A day with one truck. @param age how many days ago */
    private record Day(int id, int vehicleId, int age) {}

    private static void add(Map<Integer, Driven> sums, Day day, int points) {
        if (day.age >= 0 && day.age <= DAYS) {
            int times = day.age <= DAYS_30 ? 3 : day.age <= DAYS_90 ? 2 : 1;
            sums.merge(day.id, new Driven(times * Math.min(points, MOST_OF_A_DAY), 0, 0), Driven::plus);
        }
    }
}

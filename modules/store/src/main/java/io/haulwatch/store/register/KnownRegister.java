package io.haulwatch.store.register;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The register as an import finds it, with the tables locked against other changes. */
final class KnownRegister {
    record Company(
            int id,
            String adcode,
            @Nullable String licenceNo,
            @Nullable String contactName,
            @Nullable String contactPhone) {}

    record Vehicle(
            int id,
            int company,
            String plate,
            int colour,
            @Nullable String vin,
            String vehicleClass,
            @Nullable String model,
            @Nullable LocalDate registeredOn) {}

    record Terminal(
            long id,
            int vehicle,
            int company,
            @Nullable String maker,
            @Nullable String model,
            @Nullable String deviceId,
            @Nullable Integer edition) {}

    record Driver(
            int id,
            String name,
            @Nullable String phone,
            @Nullable String idCard,
            @Nullable String licenceNo) {}

    /**
     * @param from null for always
     * @param to null for an open end
     */
    record Assignment(
            int driver, @Nullable Instant from, @Nullable Instant to) {}

    record Zone(
            int id,
            String kind,
            int limitKmh,
            @Nullable String windowStart,
            @Nullable String windowEnd,
            double radiusMetres,
            String geometry,
            @Nullable String sections,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** Both ends of effect in ms since 1970, null for infinity. */
    private static final String FINITE =
            "case when isfinite(effective_from) then (extract(epoch from effective_from) * 1000)::bigint end,"
                    + " case when isfinite(effective_to) then (extract(epoch from effective_to) * 1000)::bigint end";

    final Map<String, Company> companies = new HashMap<>();
    private final Map<Integer, String> companyNames = new HashMap<>();
    final Map<String, Vehicle> vehiclesByPlate = new HashMap<>();
    final Map<Integer, Vehicle> vehicles = new HashMap<>();
    final Map<String, Terminal> terminals = new HashMap<>();
    final Map<String, Driver> drivers = new HashMap<>();
    final Map<Integer, Integer> companyOfDriver = new HashMap<>();
    final Map<Integer, List<Assignment>> assignments = new HashMap<>();
    final Map<String, List<Zone>> zones = new HashMap<>();
    final boolean hasPositions;

    /** Lets nobody else change the register before the end of the transaction. */
    static void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "lock table hw.company, hw.vehicle, hw.terminal, hw.driver in share row exclusive mode")) {
            lock.execute();
        }
    }

    KnownRegister(Connection connection) throws SQLException {
        lock(connection);
        each(
                connection,
                "select company_id, name, adcode, licence_no, contact_name, contact_phone from hw.company"
                        + " where retired_at is null",
                row -> {
                    companyNames.put(row.getInt(1), row.getString(2));
                    companies.put(
                            row.getString(2),
                            new Company(
                                    row.getInt(1),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getString(6)));
                });
        each(
                connection,
                "select vehicle_id, company_id, plate, plate_colour, vin, vehicle_class, model_name, registered_on"
                        + " from hw.vehicle where retired_at is null",
                row -> {
                    Vehicle vehicle = new Vehicle(
                            row.getInt(1),
                            row.getInt(2),
                            row.getString(3),
                            row.getInt(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7),
                            row.getObject(8, LocalDate.class));
                    vehicles.put(vehicle.id(), vehicle);
                    vehiclesByPlate.put(plateKey(vehicle.plate(), vehicle.colour()), vehicle);
                });
        each(
                connection,
                "select terminal_id, vehicle_id, company_id, phone, maker, model, device_id, edition from hw.terminal",
                row -> terminals.put(
                        row.getString(4),
                        new Terminal(
                                row.getLong(1),
                                row.getInt(2),
                                row.getInt(3),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                row.getObject(8, Integer.class))));
        each(
                connection,
                "select driver_id, company_id, name, phone, id_card, licence_no from hw.driver where retired_at is null",
                row -> {
                    Driver driver = new Driver(
                            row.getInt(1), row.getString(3), row.getString(4), row.getString(5), row.getString(6));
                    drivers.put(driverKey(row.getInt(2), driver.name(), driver.phone(), driver.licenceNo()), driver);
                    companyOfDriver.put(driver.id(), row.getInt(2));
                });
        each(
                connection,
                "select vehicle_id, driver_id, " + FINITE + " from hw.assignment" + " order by assignment_id",
                row -> assignments
                        .computeIfAbsent(row.getInt(1), id -> new ArrayList<>())
                        .add(new Assignment(row.getInt(2), instant(row, 3), instant(row, 4))));
        each(
                connection,
                "select zone_id, company_id, name, kind, limit_kmh, window_start::text, window_end::text, radius_m,"
                        + " geometry::text, sections::text, " + FINITE + " from hw.zone order by effective_from",
                row -> zones.computeIfAbsent(zoneKey(row.getInt(2), row.getString(3)), key -> new ArrayList<>())
                        .add(new Zone(
                                row.getInt(1),
                                row.getString(4),
                                row.getInt(5),
                                row.getString(6),
                                row.getString(7),
                                row.getDouble(8),
                                row.getString(9),
                                row.getString(10),
                                instant(row, 11),
                                instant(row, 12))));
        boolean[] any = new boolean[1];
        each(connection, "select exists (select vehicle_id from hw.position)", row -> any[0] = row.getBoolean(1));
        hasPositions = any[0];
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** The present name of a company, or null. */
    @Nullable
    String nameOf(int company) {
        return companyNames.get(company);
    }

    /** A driver of the register, or null. */
    @Nullable
    Driver driver(int id) {
        return drivers.values().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElse(null);
    }

    /** The name of a company, or its number in words if it is retired. */
    String companyName(int company) {
        return companyNames.getOrDefault(company, "companyId=" + company);
    }

    static String plateKey(String plate, int colour) {
        return plate + '|' + colour;
    }

    /** A driver is who has the licence; without its number, who has name and phone. */
    static String driverKey(int company, String name, @Nullable String phone, @Nullable String licenceNo) {
        return licenceNo != null ? company + "|L|" + licenceNo : company + "|N|" + name + '|' + phone;
    }

    static String zoneKey(int company, String name) {
        return company + "|" + name;
    }

    /** Takes one row. */
    @FunctionalInterface
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, String sql, Row taker) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setFetchSize(5_000);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
        }
    }
}

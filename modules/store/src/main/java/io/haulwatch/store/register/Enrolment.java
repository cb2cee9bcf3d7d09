package io.haulwatch.store.register;

import io.haulwatch.model.register.ReferenceSet;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** Changes to the register that terminals bring about: an unknown one signs on, a known one says something new, one leaves. */
public final class Enrolment {
    private final DataSource writer;

    /** @param writer pool of the role that writes the register */
    public Enrolment(DataSource writer) {
        this.writer = writer;
    }

    /**
     * What a terminal said of itself in 0x0100 (终端注册).
     *
     * @param phone hex digits without leading zeros
     * @param edition 2011, 2013 or 2019
     */
    public record Said(
            String phone, String maker, String model, String deviceId, int plateColour, String plate, int edition) {}

    /** Answer to a registration that differs from the register. */
    public sealed interface Outcome {
        /** The register has it now. */
        record Accepted(ReferenceSet.Terminal terminal) implements Outcome {}

        /** The plate is not the one of the vehicle that the terminal belongs to. */
        record OtherVehicle() implements Outcome {}

        /** The phone is in the register no longer. */
        record Unknown() implements Outcome {}
    }

    /**
     * Puts unknown terminals into the company "unassigned" (未分配), each with a vehicle of its own. One that is in the register by
     * now is returned as it is there. A plate that another vehicle has is not taken over: the vehicle gets the phone as its name.
     *
     * @return by phone; not one that is a retired vehicle's
     */
    public Map<String, ReferenceSet.Terminal> enrol(List<Said> terminals) throws SQLException {
        Map<String, Said> byPhone = new LinkedHashMap<>();
        terminals.forEach(said -> byPhone.put(said.phone(), said));
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Map<String, ReferenceSet.Terminal> known = known(connection, byPhone.keySet());
                Set<String> retired = retired(connection, byPhone.keySet());
                List<Said> unknown = byPhone.values().stream()
                        .filter(said -> !known.containsKey(said.phone()) && !retired.contains(said.phone()))
                        .toList();
                if (!unknown.isEmpty()) {
                    insert(connection, unknown);
                    known.putAll(known(
                            connection,
                            Set.copyOf(unknown.stream().map(Said::phone).toList())));
                }
                connection.commit();
                return known;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /**
     * Takes in what a known terminal says anew. Another device on the same vehicle ends the code of the old one. Another plate is
     * refused, unless the vehicle is unassigned and its plate was only ever a guess.
     */
    public Outcome accept(int vehicleId, Said said) throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Outcome outcome = accept(connection, vehicleId, said);
                connection.commit();
                return outcome;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** Ends the present authentication code of a vehicle's terminal. @return the terminal as it is now, or Unknown */
    public Outcome raiseGeneration(int vehicleId) throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(true);
            try (PreparedStatement update = connection.prepareStatement("""
                    update hw.terminal t set generation = generation + 1
                    from hw.vehicle v where t.vehicle_id = ? and v.vehicle_id = t.vehicle_id
                    returning t.vehicle_id, t.company_id, t.phone, t.device_id, v.plate, t.generation""")) {
                update.setInt(1, vehicleId);
                return accepted(update);
            }
        }
    }

    private static Outcome accept(Connection connection, int vehicleId, Said said) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select v.plate, v.company_id from hw.terminal t join hw.vehicle v using (vehicle_id)
                where t.vehicle_id = ? and t.phone = ? for update of t""")) {
            query.setInt(1, vehicleId);
            query.setString(2, said.phone());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return new Outcome.Unknown();
                }
                boolean assigned = row.getInt(2) != 0;
                if (assigned && !said.plate().isEmpty() && !said.plate().equals(row.getString(1))) {
                    return new Outcome.OtherVehicle();
                }
            }
        }
        try (PreparedStatement update = connection.prepareStatement("""
                update hw.terminal t set
                    generation = generation + case when device_id is not null and device_id <> ? then 1 else 0 end,
                    device_id = ?, maker = ?, model = ?, edition = ?, registered_at = now()
                from hw.vehicle v where t.vehicle_id = ? and v.vehicle_id = t.vehicle_id
                returning t.vehicle_id, t.company_id, t.phone, t.device_id, v.plate, t.generation""")) {
            update.setString(1, said.deviceId());
            update.setString(2, said.deviceId());
            update.setString(3, said.maker());
            update.setString(4, said.model());
            update.setInt(5, said.edition());
            update.setInt(6, vehicleId);
            return accepted(update);
        }
    }

    private static Outcome accepted(PreparedStatement update) throws SQLException {
        try (ResultSet row = update.executeQuery()) {
            return row.next() ? new Outcome.Accepted(terminal(row)) : new Outcome.Unknown();
        }
    }

    private static ReferenceSet.Terminal terminal(ResultSet row) throws SQLException {
        return new ReferenceSet.Terminal(
                row.getInt(1), row.getInt(2), row.getString(3), row.getString(4), row.getString(5), row.getInt(6));
    }

    private static Map<String, ReferenceSet.Terminal> known(Connection connection, Set<String> phones)
            throws SQLException {
        Map<String, ReferenceSet.Terminal> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
                select t.vehicle_id, t.company_id, t.phone, t.device_id, v.plate, t.generation
                from hw.terminal t join hw.vehicle v using (vehicle_id)
                where t.phone = any (?) and v.retired_at is null""")) {
            query.setArray(1, texts(connection, List.copyOf(phones)));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ReferenceSet.Terminal terminal = terminal(rows);
                    found.put(terminal.phone(), terminal);
                }
            }
        }
        return found;
    }

    /** Numbers that stay with vehicles which were taken out of the register. */
    private static Set<String> retired(Connection connection, Set<String> phones) throws SQLException {
        Set<String> found = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement("""
                select t.phone from hw.terminal t join hw.vehicle v using (vehicle_id)
                where t.phone = any (?) and v.retired_at is not null""")) {
            query.setArray(1, texts(connection, List.copyOf(phones)));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private static void insert(Connection connection, List<Said> unknown) throws SQLException {
        Set<String> taken = takenPlates(connection, unknown);
        List<String> plates = new ArrayList<>();
        for (Said said : unknown) {
            boolean usable = !said.plate().isEmpty() && taken.add(said.plate());
            plates.add(usable ? said.plate() : said.phone());
        }
        Map<String, Integer> vehicleOfPlate = new HashMap<>();
        try (PreparedStatement insert = connection.prepareStatement("""
                with made as (
                    insert into hw.vehicle (company_id, plate, plate_colour, vehicle_class)
                    select 0, s.plate, s.colour, 'GENERAL' from unnest(?::text[], ?::int[]) as s (plate, colour)
                    returning vehicle_id, plate),
                versions as (
                    insert into hw.vehicle_version (vehicle_id, company_id, vehicle_class, effective_from)
                    select vehicle_id, 0, 'GENERAL', '-infinity' from made)
                select vehicle_id, plate from made""")) {
            insert.setArray(1, texts(connection, plates));
            insert.setArray(
                    2,
                    numbers(connection, unknown.stream().map(Said::plateColour).toList()));
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    vehicleOfPlate.put(rows.getString(2), rows.getInt(1));
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into hw.terminal (vehicle_id, company_id, phone, maker, model, device_id, edition, registered_at)
                select s.vehicle_id, 0, s.phone, s.maker, s.model, s.device_id, s.edition, now()
                from unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[])
                    as s (vehicle_id, phone, maker, model, device_id, edition)""")) {
            insert.setArray(
                    1,
                    numbers(connection, plates.stream().map(vehicleOfPlate::get).toList()));
            insert.setArray(
                    2, texts(connection, unknown.stream().map(Said::phone).toList()));
            insert.setArray(
                    3, texts(connection, unknown.stream().map(Said::maker).toList()));
            insert.setArray(
                    4, texts(connection, unknown.stream().map(Said::model).toList()));
            insert.setArray(
                    5, texts(connection, unknown.stream().map(Said::deviceId).toList()));
            insert.setArray(
                    6, numbers(connection, unknown.stream().map(Said::edition).toList()));
            insert.executeUpdate();
        }
    }

    private static Set<String> takenPlates(Connection connection, List<Said> unknown) throws SQLException {
        Set<String> taken = new HashSet<>();
        try (PreparedStatement query =
                connection.prepareStatement("select plate from hw.vehicle where plate = any (?)")) {
            query.setArray(
                    1, texts(connection, unknown.stream().map(Said::plate).toList()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    taken.add(rows.getString(1));
                }
            }
        }
        return taken;
    }

    private static Array texts(Connection connection, List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static Array numbers(Connection connection, List<Integer> values) throws SQLException {
        return connection.createArrayOf("int4", values.toArray());
    }
}

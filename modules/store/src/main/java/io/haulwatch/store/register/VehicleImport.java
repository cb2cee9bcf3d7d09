package io.haulwatch.store.register;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Vehicles and their terminals. A vehicle is its plate and colour; one that a terminal enrolled under company "unassigned" is recognised by
 * the terminal's phone and keeps its positions.
 */
final class VehicleImport {
    private static final int UNASSIGNED = 0;
    /** Tables whose rows go with a vehicle that leaves "unassigned". */
    private static final List<String> GOES_WITH_IT =
            List.of("vehicle_counter", "vehicle_day", "doubt", "position_quarantine", "episode", "command");

    private final Connection connection;
    private final KnownRegister known;
    private final Effect effect;
    private final List<String> faults;

    private final Map<String, Integer> plates = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();
    private final Map<Integer, Integer> companyOf = new HashMap<>();
    private final Set<Integer> added = new HashSet<>();

    VehicleImport(Connection connection, KnownRegister known, Effect effect, List<String> faults) {
        this.connection = connection;
        this.known = known;
        this.effect = effect;
        this.faults = faults;
        known.vehicles.values().forEach(vehicle -> {
            companyOf.put(vehicle.id(), vehicle.company());
            note(vehicle.plate(), vehicle.id());
        });
    }

    private void note(String plate, int vehicle) {
        Integer other = plates.put(plate, vehicle);
        if (other != null && other != vehicle) {
            ambiguous.add(plate);
        }
    }

    /** The vehicle with a plate, or null after writing down a fault. */
    @Nullable
    Integer byPlate(String path, String field, String plate) {
        Integer vehicle = plates.get(plate);
        if (vehicle == null) {
            faults.add(path + "." + field + "=" + plate + ": must be the plate of a vehicle");
        } else if (ambiguous.contains(plate)) {
            faults.add(path + "." + field + "=" + plate + ": two vehicles have this plate in different colours");
            return null;
        }
        return vehicle;
    }

    boolean isNew(int vehicle) {
        return added.contains(vehicle);
    }

    int companyOf(int vehicle) {
        return companyOf.getOrDefault(vehicle, UNASSIGNED);
    }

    ImportReport.Count store(List<RegisterDocument.Vehicle> said, Map<String, Integer> companies) throws SQLException {
        Deque<Integer> ids = ImportRun.ids(connection, "vehicle", "vehicle_id", said.size());
        Set<String> plateKeys = new HashSet<>();
        Set<String> phones = new HashSet<>();
        int changed = 0;
        try (RowBatch insert = new RowBatch(
                        connection,
                        "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vin, vehicle_class, model_name,"
                                + " registered_on) values (?, ?, ?, ?, ?, ?, ?, ?)");
                RowBatch version = new RowBatch(
                        connection,
                        "insert into hw.vehicle_version (vehicle_id, company_id, vehicle_class, effective_from)"
                                + " values (?, ?, ?, ?::timestamptz)");
                TerminalRows terminals = new TerminalRows()) {
            for (RegisterDocument.Vehicle vehicle : said) {
                Integer company = companies.get(vehicle.company());
                if (company == null) {
                    faults.add(vehicle.path() + ".company=" + vehicle.company()
                            + ": must be the key of a company in this file");
                    continue;
                }
                if (!plateKeys.add(KnownRegister.plateKey(vehicle.plate(), vehicle.plateColour()))) {
                    faults.add(vehicle.path() + ".plate=" + vehicle.plate() + ": is in the file twice");
                    continue;
                }
                RegisterDocument.Terminal terminal = vehicle.terminal();
                if (terminal != null && !phones.add(terminal.phone())) {
                    faults.add(vehicle.path() + ".terminal.phone=" + terminal.phone() + ": is in the file twice");
                    continue;
                }
                KnownRegister.Vehicle before = find(vehicle);
                int id;
                if (before == null) {
                    id = ids.remove();
                    added.add(id);
                    insert.add(
                            id,
                            company,
                            vehicle.plate(),
                            vehicle.plateColour(),
                            vehicle.vin(),
                            vehicle.vehicleClass().name(),
                            vehicle.model(),
                            vehicle.registeredOn());
                    version.add(id, company, vehicle.vehicleClass().name(), Effect.ALWAYS);
                } else {
                    id = before.id();
                    if (before.company() != UNASSIGNED && before.company() != company) {
                        faults.add(vehicle.path() + ".company=" + vehicle.company()
                                + ": the vehicle belongs to another company" + " (companyId=" + before.company()
                                + "); retire it there first");
                        continue;
                    }
                    changed += change(before, vehicle, company) ? 1 : 0;
                }
                companyOf.put(id, company);
                note(vehicle.plate(), id);
                if (terminal != null) {
                    terminals.store(vehicle.path(), terminal, id, company);
                }
            }
            insert.finish();
            version.finish();
            terminals.finish();
        }
        return new ImportReport.Count(said.size(), added.size(), changed);
    }

    private KnownRegister.@Nullable Vehicle find(RegisterDocument.Vehicle said) {
        KnownRegister.Vehicle byPlate =
                known.vehiclesByPlate.get(KnownRegister.plateKey(said.plate(), said.plateColour()));
        RegisterDocument.Terminal terminal = said.terminal();
        if (byPlate != null || terminal == null) {
            return byPlate;
        }
        KnownRegister.Terminal enrolled = known.terminals.get(terminal.phone());
        KnownRegister.Vehicle vehicle = enrolled == null ? null : known.vehicles.get(enrolled.vehicle());
        return vehicle != null && vehicle.company() == UNASSIGNED ? vehicle : null;
    }

    private boolean change(KnownRegister.Vehicle before, RegisterDocument.Vehicle said, int company)
            throws SQLException {
        KnownRegister.Vehicle after = new KnownRegister.Vehicle(
                before.id(),
                company,
                said.plate(),
                said.plateColour(),
                said.vin(),
                said.vehicleClass().name(),
                said.model(),
                said.registeredOn());
        if (after.equals(before)) {
            return false;
        }
        run(
                "update hw.vehicle set company_id = ?, plate = ?, plate_colour = ?, vin = ?, vehicle_class = ?, model_name = ?,"
                        + " registered_on = ? where vehicle_id = ?",
                company,
                after.plate(),
                after.colour(),
                after.vin(),
                after.vehicleClass(),
                after.model(),
                after.registeredOn(),
                after.id());
        if (!after.vehicleClass().equals(before.vehicleClass()) || after.company() != before.company()) {
            newVersion(after);
        }
        if (after.company() != before.company()) {
            for (String table : GOES_WITH_IT) {
                run(
                        "update hw." + table + " set company_id = ? where vehicle_id = ? and company_id = 0",
                        company,
                        after.id());
            }
            run(
                    "update hw.episode_revision r set company_id = ? from hw.episode e"
                            + " where r.episode_id = e.episode_id and e.vehicle_id = ? and r.company_id = 0",
                    company,
                    after.id());
            run(
                    "update hw.episode_action a set company_id = ? from hw.episode e"
                            + " where a.episode_id = e.episode_id and e.vehicle_id = ? and a.company_id = 0",
                    company,
                    after.id());
        }
        return true;
    }

    private void newVersion(KnownRegister.Vehicle vehicle) throws SQLException {
        String from = effect.soonest();
        // A version that would begin later than the change is overtaken by it.
        run(
                "update hw.vehicle_version set effective_to = ?::timestamptz"
                        + " where vehicle_id = ? and effective_to = 'infinity' and effective_from < ?::timestamptz",
                from,
                vehicle.id(),
                from);
        run(
                "insert into hw.vehicle_version (vehicle_id, company_id, vehicle_class, effective_from)"
                        + " values (?, ?, ?, ?::timestamptz)",
                vehicle.id(),
                vehicle.company(),
                vehicle.vehicleClass(),
                from);
    }

    private void run(String sql, @Nullable Object... values) throws SQLException {
        try (RowBatch one = new RowBatch(connection, sql)) {
            one.add(values);
            one.finish();
        }
    }

    /** Terminals: new ones in one go, the others one by one. */
    private final class TerminalRows implements AutoCloseable {
        private final RowBatch insert;

        TerminalRows() throws SQLException {
            insert = new RowBatch(
                    connection,
                    "insert into hw.terminal (vehicle_id, company_id, phone, maker, model, device_id, edition)"
                            + " values (?, ?, ?, ?, ?, ?, ?)");
        }

        void store(String path, RegisterDocument.Terminal said, int vehicle, int company) throws SQLException {
            KnownRegister.Terminal before = known.terminals.get(said.phone());
            if (before == null) {
                insert.add(vehicle, company, said.phone(), said.maker(), said.model(), said.deviceId(), said.edition());
                return;
            }
            if (before.vehicle() != vehicle) {
                KnownRegister.Vehicle other = known.vehicles.get(before.vehicle());
                if (other != null && other.company() != UNASSIGNED) {
                    faults.add(path + ".terminal.phone=" + said.phone() + ": belongs to the vehicle " + other.plate()
                            + " already; retire that vehicle first");
                    return;
                }
                run("update hw.vehicle set retired_at = now() where vehicle_id = ?", before.vehicle());
            }
            KnownRegister.Terminal after = new KnownRegister.Terminal(
                    before.id(),
                    vehicle,
                    company,
                    said.maker() != null ? said.maker() : before.maker(),
                    said.model() != null ? said.model() : before.model(),
                    // A terminal that has registered says better than a file which device it is.
                    before.deviceId() != null ? before.deviceId() : said.deviceId(),
                    said.edition());
            if (!after.equals(before)) {
                run(
                        "update hw.terminal set vehicle_id = ?, company_id = ?, maker = ?, model = ?, device_id = ?,"
                                + " edition = ? where terminal_id = ?",
                        vehicle,
                        company,
                        after.maker(),
                        after.model(),
                        after.deviceId(),
                        after.edition(),
                        after.id());
            }
        }

        void finish() throws SQLException {
            insert.finish();
        }

        @Override
        public void close() throws SQLException {
            insert.close();
        }
    }
}

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
    private static final List<String> GOES_WITH_IT = List.of(
            "vehicle_counter",
            "vehicle_day",
            "doubt",
            "position_quarantine",
            "episode",
            "command",
            "terminal_parameter",
            "terminal_zone");

    /** What hangs on its alarms and goes with them. */
    private static final List<String> GOES_WITH_ITS_ALARMS =
            List.of("episode_revision", "episode_action", "desk_act", "notice", "appeal");

    private final Connection connection;
    private final KnownRegister known;
    private final Effect effect;
    private final RegisterDocument file;
    private final Faults faults;
    private final LineLog lines;

    private final Map<String, Integer> plates = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();
    private final Map<Integer, Integer> companyOf = new HashMap<>();
    private final Set<Integer> added = new HashSet<>();
    private final Map<Integer, String> newPlates = new HashMap<>();

    /** The vehicle that the one line means, whatever its plate is now; null for what its plate says. */
    private @Nullable Integer meant;

    VehicleImport(
            Connection connection,
            RegisterDocument file,
            KnownRegister known,
            Effect effect,
            Faults faults,
            LineLog lines) {
        this.connection = connection;
        this.known = known;
        this.effect = effect;
        this.file = file;
        this.faults = faults;
        this.lines = lines;
        known.vehicles.values().forEach(vehicle -> {
            companyOf.put(vehicle.id(), vehicle.company());
            note(vehicle.plate(), vehicle.id());
        });
    }

    /** The file is one line about this vehicle. */
    void means(int vehicle) {
        meant = vehicle;
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
            faults.add(
                    path,
                    field,
                    plate,
                    file.refused.contains(plate) ? ImportRule.REFERS_TO_REFUSED : ImportRule.NO_PLATE);
        } else if (ambiguous.contains(plate)) {
            faults.add(path, field, plate, ImportRule.AMBIGUOUS_PLATE);
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
                    faults.add(
                            vehicle.path(),
                            "company",
                            vehicle.company(),
                            !file.isTable
                                    ? ImportRule.NO_COMPANY_KEY
                                    : file.refused.contains(vehicle.company())
                                            ? ImportRule.REFERS_TO_REFUSED
                                            : ImportRule.NO_COMPANY);
                    refused(vehicle);
                    continue;
                }
                if (!plateKeys.add(KnownRegister.plateKey(vehicle.plate(), vehicle.plateColour()))) {
                    faults.add(vehicle.path(), "plate", vehicle.plate(), ImportRule.TWICE);
                    refused(vehicle);
                    continue;
                }
                RegisterDocument.Terminal terminal = vehicle.terminal();
                if (terminal != null && !phones.add(terminal.phone())) {
                    faults.add(terminal.path(), "phone", terminal.phone(), ImportRule.TWICE);
                    terminal = null;
                }
                KnownRegister.Vehicle before = find(vehicle);
                if (meant != null && !isMeant(vehicle, before, meant)) {
                    continue;
                }
                if (meant != null) {
                    before = known.vehicles.get(meant);
                }
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
                    newPlates.put(id, vehicle.plate());
                    lines.created(vehicle.path()).is(id);
                } else {
                    id = before.id();
                    if (before.company() != UNASSIGNED && before.company() != company) {
                        faults.add(
                                vehicle.path(),
                                "company",
                                vehicle.company(),
                                ImportRule.OTHER_COMPANY,
                                known.companyName(before.company()));
                        refused(vehicle);
                        continue;
                    }
                    changed += change(before, vehicle, company) ? 1 : 0;
                }
                companyOf.put(id, company);
                note(vehicle.plate(), id);
                if (terminal != null) {
                    terminals.store(terminal, id, company);
                }
            }
            for (RegisterDocument.TerminalOf line : file.terminals) {
                Integer id = byPlate(line.terminal().path(), "plate", line.plate());
                if (id == null) {
                    continue;
                }
                if (phones.add(line.terminal().phone())) {
                    insert.finish(); // the terminal may be that of a vehicle of this very file
                    terminals.store(line.terminal(), id, companyOf(id));
                } else {
                    faults.add(line.terminal().path(), "phone", line.terminal().phone(), ImportRule.TWICE);
                }
            }
            insert.finish();
            version.finish();
            terminals.finish();
        }
        return new ImportReport.Count(said.size(), added.size(), changed);
    }

    /** Lines of a table that refer to a refused one are told so. */
    private void refused(RegisterDocument.Vehicle vehicle) {
        file.refused.add(vehicle.plate());
        RegisterDocument.Terminal terminal = vehicle.terminal();
        if (file.isTable && terminal != null) {
            faults.add(terminal.path(), "plate", vehicle.plate(), ImportRule.REFERS_TO_REFUSED);
        }
    }

    /** Whether the line can be that vehicle's: it is there, and no other has the plate. */
    private boolean isMeant(RegisterDocument.Vehicle said, KnownRegister.@Nullable Vehicle found, int vehicle) {
        if (!known.vehicles.containsKey(vehicle)) {
            faults.add(said.path(), "", said.plate(), ImportRule.LINE_GONE);
            return false;
        }
        if (found != null && found.id() != vehicle) {
            faults.add(said.path(), "plate", said.plate(), ImportRule.NAME_TAKEN);
            return false;
        }
        return true;
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
                said.vin() == null && file.isTable ? before.vin() : said.vin(),
                said.vehicleClass().name(),
                said.model() == null && file.isTable ? before.model() : said.model(),
                said.registeredOn() == null && file.isTable ? before.registeredOn() : said.registeredOn());
        lines.known(said.path())
                .is(before.id())
                .differs("plate", before.plate(), after.plate())
                .differs("plate_colour", before.colour(), after.colour())
                .differs(
                        "company",
                        known.companyName(before.company()),
                        before.company() == company ? known.companyName(company) : said.company())
                .differs("vehicle_class", before.vehicleClass(), after.vehicleClass())
                .differs("vin", before.vin(), after.vin())
                .differs("model", before.model(), after.model())
                .differs("registered_on", before.registeredOn(), after.registeredOn());
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
            for (String table : GOES_WITH_ITS_ALARMS) {
                run(
                        "update hw." + table + " r set company_id = ? from hw.episode e"
                                + " where r.episode_id = e.episode_id and e.vehicle_id = ? and r.company_id = 0",
                        company,
                        after.id());
            }
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

    private @Nullable String plateOf(int vehicle) {
        KnownRegister.Vehicle before = known.vehicles.get(vehicle);
        return before != null ? before.plate() : newPlates.get(vehicle);
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

        void store(RegisterDocument.Terminal said, int vehicle, int company) throws SQLException {
            KnownRegister.Terminal before = known.terminals.get(said.phone());
            if (before == null) {
                insert.add(vehicle, company, said.phone(), said.maker(), said.model(), said.deviceId(), said.edition());
                if (file.isTable) {
                    lines.created(said.path());
                }
                return;
            }
            if (before.vehicle() != vehicle) {
                KnownRegister.Vehicle other = known.vehicles.get(before.vehicle());
                if (other != null && other.company() != UNASSIGNED) {
                    faults.add(said.path(), "phone", said.phone(), ImportRule.TERMINAL_TAKEN, other.plate());
                    return;
                }
                run(
                        "update hw.vehicle set retired_at = now() where vehicle_id = ? and retired_at is null",
                        before.vehicle());
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
            if (file.isTable) {
                lines.known(said.path())
                        .differs("plate", plateOf(before.vehicle()), plateOf(vehicle))
                        .differs("maker", before.maker(), after.maker())
                        .differs("model", before.model(), after.model())
                        .differs("device_id", before.deviceId(), after.deviceId())
                        .differs("edition", before.edition(), after.edition());
            }
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

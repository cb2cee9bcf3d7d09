package io.haulwatch.store.register;

import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One import in one transaction: what the file says beside what the register knows. The vehicles have {@link VehicleImport}. */
final class ImportRun {
    private static final int UNASSIGNED = 0;

    private final Connection connection;
    private final RegisterDocument file;
    private final KnownRegister known;
    private final Effect effect;
    private final Faults faults = new Faults();
    private final LineLog lines;
    private final Map<String, ImportReport.Count> counts = new LinkedHashMap<>();

    private final Map<String, Integer> companies = new HashMap<>();
    private final Map<String, Integer> companiesByName = new HashMap<>();
    private final Set<Integer> newCompanies = new HashSet<>();
    private final Map<String, Integer> drivers = new HashMap<>();
    private final Map<Integer, Integer> companyOfDriver = new HashMap<>();
    private final Set<Integer> newDrivers = new HashSet<>();
    private final VehicleImport vehicles;
    private final DriverMatch driverMatch;
    private final @Nullable LineEdit edit;

    /** @param lines is told what becomes of each object */
    ImportRun(Connection connection, RegisterDocument file, LineLog lines) throws SQLException {
        this(connection, file, lines, null);
    }

    /** @param edit which row the file's one line means; null for what its name says */
    ImportRun(Connection connection, RegisterDocument file, LineLog lines, @Nullable LineEdit edit)
            throws SQLException {
        this.edit = edit;
        this.connection = connection;
        this.file = file;
        this.lines = lines;
        this.known = new KnownRegister(connection);
        this.effect = new Effect(connection);
        this.vehicles = new VehicleImport(connection, file, known, effect, faults, lines);
        this.driverMatch = new DriverMatch(known);
        if (edit != null && edit.part() == TablePart.VEHICLES) {
            vehicles.means(edit.id());
        }
    }

    Faults faults() {
        return faults;
    }

    Map<String, ImportReport.Count> counts() {
        return counts;
    }

    /** Does everything; faults are to be looked at before a commit. */
    void all() throws SQLException {
        companies();
        counts.put("vehicles", vehicles.store(file.vehicles, companies));
        drivers();
        if (!faults.isEmpty() && !file.isTable) {
            return; // what follows refers to what was refused; its faults would only be echoes
        }
        assignments();
        papers();
        new DutyImport(connection, file, lines, faults, vehicles, driverMatch).store(companies, counts);
        zones();
        if (edit != null) {
            one(edit);
        }
        if (faults.isEmpty()) {
            effect.settle();
        }
    }

    /** The rest of what is said of one line only. */
    private void one(LineEdit edit) throws SQLException {
        RegisterDocument.TerminalOf terminal = file.terminals.isEmpty() ? null : file.terminals.getFirst();
        if (edit.part() == TablePart.TERMINALS && terminal != null) {
            KnownRegister.Terminal found =
                    known.terminals.get(terminal.terminal().phone());
            if (found != null && found.id() != edit.id()) {
                faults.add(
                        terminal.terminal().path(), "phone", terminal.terminal().phone(), ImportRule.NAME_TAKEN);
            }
        }
        if (faults.isEmpty()) {
            new EmptiedColumns(connection, effect).empty(edit, lines.only());
        }
    }

    private void companies() throws SQLException {
        known.companies.forEach((name, company) -> companiesByName.put(name, company.id()));
        if (file.isTable) {
            // A table has no keys: its lines name companies, those of the register too.
            companies.putAll(companiesByName);
            companies.values().remove(UNASSIGNED);
        }
        Set<String> names = new HashSet<>();
        Deque<Integer> ids = ids(connection, "company", "company_id", file.companies.size());
        int changed = 0;
        try (RowBatch insert = new RowBatch(
                        connection,
                        "insert into hw.company (company_id, name, adcode, licence_no, contact_name, contact_phone)"
                                + " values (?, ?, ?, ?, ?, ?)");
                RowBatch update = new RowBatch(
                        connection,
                        "update hw.company set adcode = ?, licence_no = ?, contact_name = ?, contact_phone = ?"
                                + " where company_id = ?")) {
            for (RegisterDocument.Company said : file.companies) {
                KnownRegister.Company before = known.companies.get(said.name());
                if (before != null && before.id() == UNASSIGNED) {
                    faults.add(said.path(), "name", said.name(), ImportRule.UNASSIGNED_NAME);
                    continue;
                }
                if (!names.add(said.name())) {
                    faults.add(said.path(), "name", said.name(), ImportRule.TWICE);
                    continue;
                }
                if (edit != null && edit.part() == TablePart.COMPANIES) {
                    String name = known.nameOf(edit.id());
                    if (name == null || (before != null && before.id() != edit.id())) {
                        faults.add(
                                said.path(),
                                name == null ? "" : "name",
                                said.name(),
                                name == null ? ImportRule.LINE_GONE : ImportRule.NAME_TAKEN);
                        continue;
                    }
                    before = known.companies.get(name);
                    lines.known(said.path()).differs("name", name, said.name());
                    rename(edit.id(), said.name());
                }
                int id = before != null ? before.id() : ids.remove();
                Integer other = companies.putIfAbsent(said.key(), id);
                if (other != null && !(file.isTable && other == id)) {
                    faults.add(said.path(), "key", said.key(), ImportRule.TWICE);
                    continue;
                }
                companiesByName.put(said.name(), id);
                if (before == null) {
                    newCompanies.add(id);
                    insert.add(
                            id, said.name(), said.adcode(), said.licenceNo(), said.contactName(), said.contactPhone());
                    lines.created(said.path()).is(id);
                    continue;
                }
                KnownRegister.Company after = new KnownRegister.Company(
                        id,
                        said.adcode(),
                        stated(said.licenceNo(), before.licenceNo()),
                        stated(said.contactName(), before.contactName()),
                        stated(said.contactPhone(), before.contactPhone()));
                lines.known(said.path())
                        .is(id)
                        .differs("adcode", before.adcode(), after.adcode())
                        .differs("licence_no", before.licenceNo(), after.licenceNo())
                        .differs("contact_name", before.contactName(), after.contactName())
                        .differs("contact_phone", before.contactPhone(), after.contactPhone());
                if (!before.equals(after)) {
                    changed++;
                    update.add(after.adcode(), after.licenceNo(), after.contactName(), after.contactPhone(), id);
                }
            }
            insert.finish();
            update.finish();
        }
        counts.put("companies", new ImportReport.Count(file.companies.size(), newCompanies.size(), changed));
    }

    private void rename(int company, String name) throws SQLException {
        try (RowBatch update = new RowBatch(connection, "update hw.company set name = ? where company_id = ?")) {
            update.add(name, company);
            update.finish();
        }
    }

    /** What a file says; where it says nothing, a table leaves what is there. */
    private @Nullable String stated(@Nullable String said, @Nullable String before) {
        return said == null && file.isTable ? before : said;
    }

    private void noCompany(String path, String said) {
        faults.add(
                path,
                "company",
                said,
                !file.isTable
                        ? ImportRule.NO_COMPANY_KEY
                        : file.refused.contains(said) ? ImportRule.REFERS_TO_REFUSED : ImportRule.NO_COMPANY);
    }

    private void drivers() throws SQLException {
        Deque<Integer> ids = ids(connection, "driver", "driver_id", file.drivers.size());
        Map<String, Integer> made = new HashMap<>();
        int changed = 0;
        try (RowBatch insert = new RowBatch(
                        connection,
                        "insert into hw.driver (driver_id, company_id, name, phone, id_card, licence_no)"
                                + " values (?, ?, ?, ?, ?, ?)");
                RowBatch update = new RowBatch(
                        connection,
                        "update hw.driver set name = ?, phone = ?, id_card = ?, licence_no = ? where driver_id = ?")) {
            for (RegisterDocument.Driver said : file.drivers) {
                Integer company = companies.get(said.company());
                if (company == null) {
                    noCompany(said.path(), said.company());
                    continue;
                }
                KnownRegister.Driver meant = null;
                if (edit != null && edit.part() == TablePart.DRIVERS) {
                    meant = meant(said, company, edit.id());
                    if (meant == null) {
                        continue;
                    }
                } else if (file.isTable && driverMatch.isUnclear(company, said)) {
                    faults.add(said.path(), "name", said.name(), ImportRule.AMBIGUOUS_DRIVER);
                    continue;
                }
                String key = KnownRegister.driverKey(company, said.name(), said.phone(), said.licenceNo());
                KnownRegister.Driver before =
                        meant != null ? meant : file.isTable ? driverMatch.find(company, said) : known.drivers.get(key);
                Integer same = made.get(key);
                if (file.isTable && same != null) {
                    faults.add(said.path(), "name", said.name(), ImportRule.TWICE);
                    continue;
                }
                int id = before != null ? before.id() : same != null ? same : ids.remove();
                if (drivers.putIfAbsent(said.key(), id) != null) {
                    faults.add(said.path(), "key", said.key(), ImportRule.TWICE);
                    continue;
                }
                companyOfDriver.put(id, company);
                if (file.isTable) {
                    made.put(key, id);
                    driverMatch.note(id, said.name(), said.licenceNo());
                }
                if (before == null && same == null) {
                    made.put(key, id);
                    newDrivers.add(id);
                    insert.add(id, company, said.name(), said.phone(), said.idCard(), said.licenceNo());
                    lines.created(said.path()).is(id);
                } else if (before != null) {
                    KnownRegister.Driver after = new KnownRegister.Driver(
                            id,
                            said.name(),
                            stated(said.phone(), before.phone()),
                            stated(said.idCard(), before.idCard()),
                            stated(said.licenceNo(), before.licenceNo()));
                    lines.known(said.path())
                            .is(id)
                            .differs("name", before.name(), after.name())
                            .differs("phone", before.phone(), after.phone())
                            .differs("id_card", before.idCard(), after.idCard())
                            .differs("licence_no", before.licenceNo(), after.licenceNo());
                    if (!before.equals(after)) {
                        changed++;
                        update.add(after.name(), after.phone(), after.idCard(), after.licenceNo(), id);
                    }
                }
            }
            insert.finish();
            update.finish();
        }
        counts.put("drivers", new ImportReport.Count(file.drivers.size(), newDrivers.size(), changed));
    }

    /** The driver whom the one line means, whatever his name is now; null after writing down a fault. */
    private KnownRegister.@Nullable Driver meant(RegisterDocument.Driver said, int company, int id) {
        KnownRegister.Driver driver = known.driver(id);
        if (driver == null) {
            faults.add(said.path(), "", said.name(), ImportRule.LINE_GONE);
            return null;
        }
        if (driverMatch.companyOf(id) != company) {
            faults.add(
                    said.path(),
                    "company",
                    said.company(),
                    ImportRule.OTHER_COMPANYS_DRIVER,
                    known.companyName(driverMatch.companyOf(id)));
            return null;
        }
        String licence = said.licenceNo();
        KnownRegister.Driver licensed = licence == null
                ? null
                : known.drivers.get(KnownRegister.driverKey(company, said.name(), null, licence));
        if (licensed != null && licensed.id() != id) {
            faults.add(said.path(), "licence_no", licence, ImportRule.NAME_TAKEN);
            return null;
        }
        return driver;
    }

    private void assignments() throws SQLException {
        int added = 0;
        Set<Integer> withoutDate = new HashSet<>();
        try (RowBatch close = new RowBatch(
                        connection,
                        "update hw.assignment set effective_to = ?::timestamptz"
                                + " where vehicle_id = ? and effective_to = 'infinity' and effective_from < ?::timestamptz");
                RowBatch insert = new RowBatch(
                        connection,
                        "insert into hw.assignment (vehicle_id, driver_id, company_id, effective_from, effective_to)"
                                + " values (?, ?, ?, ?::timestamptz, ?::timestamptz)")) {
            for (RegisterDocument.Assignment said : file.assignments) {
                Integer vehicle = vehicles.byPlate(said.path(), "vehicle", said.vehicle());
                Integer driver = drivers.get(said.driver());
                if (driver == null && file.isTable) {
                    continue; // the driver's own line says what is wrong
                }
                if (driver == null) {
                    faults.add(said.path(), "driver", said.driver(), ImportRule.NO_DRIVER_KEY);
                }
                if (vehicle == null || driver == null) {
                    continue;
                }
                List<KnownRegister.Assignment> before =
                        known.assignments.computeIfAbsent(vehicle, id -> new ArrayList<>());
                if (said.from() == null && !withoutDate.add(vehicle)) {
                    faults.add(said.path(), "vehicle", said.vehicle(), ImportRule.ASSIGNED_TWICE);
                    continue;
                }
                boolean goesOn = said.from() == null
                        && before.stream().anyMatch(old -> old.driver() == driver && old.to() == null);
                boolean stated = said.from() != null
                        && before.stream()
                                .anyMatch(old ->
                                        old.driver() == driver && said.from().equals(old.from()));
                if (goesOn || stated) {
                    continue;
                }
                if (file.isTable && vehicles.companyOf(vehicle) != companyOfDriver.getOrDefault(driver, UNASSIGNED)) {
                    faults.add(said.path(), "vehicle", said.vehicle(), ImportRule.OTHER_COMPANYS_TRUCK);
                    continue;
                }
                String from = effect.from(said.from(), before.isEmpty() && vehicles.isNew(vehicle));
                if (from == null) {
                    faults.add(said.path(), "from", said.from(), ImportRule.TOO_EARLY);
                    continue;
                }
                String to = said.to() == null ? Effect.FOREVER : said.to().toString();
                if (!before.isEmpty() && !from.equals(Effect.ALWAYS)) {
                    insert.finish(); // an assignment of this very file may be the one to close
                    close.add(from, vehicle, from);
                    close.finish();
                }
                before.add(new KnownRegister.Assignment(
                        driver, from.equals(Effect.ALWAYS) ? null : Instant.parse(from), said.to()));
                insert.add(vehicle, driver, vehicles.companyOf(vehicle), from, to);
                lines.known(said.path()).differs("vehicle", null, said.vehicle());
                added++;
            }
            insert.finish();
        }
        counts.put("assignments", new ImportReport.Count(file.assignments.size(), added, 0));
    }

    private void papers() throws SQLException {
        file.wrongPapers.forEach(this::owner);
        List<RegisterDocument.Paper> papers = new ArrayList<>(file.papers);
        List<OwnedPaper> sent = new ArrayList<>();
        for (RegisterDocument.Company company : file.companies) {
            if (company.licenceExpires() != null) {
                papers.add(new RegisterDocument.Paper(
                        company.path(),
                        Owner.COMPANY,
                        company.key(),
                        "co.licence",
                        Objects.requireNonNullElse(company.licenceNo(), ""),
                        "",
                        null,
                        company.licenceExpires()));
            }
        }
        try (RowBatch insert = new RowBatch(
                        connection,
                        "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, category, issued, expires, effective_from)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz) on conflict do nothing");
                RowBatch allow = new RowBatch(
                        connection,
                        "update hw.paper set category = ? where owner_kind = ? and owner_id = ? and kind = ? and number = ?"
                                + " and expires is not distinct from ?::date and category <> ? and effective_to = 'infinity' and review <> 'rejected'")) {
            for (RegisterDocument.Paper said : papers) {
                Integer owner = owner(said);
                if (owner == null) {
                    continue;
                }
                boolean ownerIsNew = switch (said.ownerKind()) {
                    case COMPANY -> newCompanies.contains(owner);
                    case VEHICLE -> vehicles.isNew(owner);
                    case DRIVER -> newDrivers.contains(owner);
                };
                int company = switch (said.ownerKind()) {
                    case COMPANY -> owner;
                    case VEHICLE -> vehicles.companyOf(owner);
                    case DRIVER -> companyOfDriver.getOrDefault(owner, driverMatch.companyOf(owner));
                };
                insert.add(
                        company,
                        said.ownerKind().name(),
                        owner,
                        said.kind(),
                        said.number(),
                        said.category(),
                        said.issued(),
                        said.expires(),
                        ownerIsNew ? Effect.ALWAYS : effect.soonest());
                sent.add(new OwnedPaper(owner, said));
            }
            int added = insert.finish();
            List<RegisterDocument.Paper> asked = new ArrayList<>();
            for (int i = 0; i < sent.size(); i++) {
                RegisterDocument.Paper said = sent.get(i).paper;
                paperLine(said, insert.changed(i));
                if (!insert.changed(i) && !said.category().isEmpty()) {
                    allow.add(
                            said.category(),
                            said.ownerKind().name(),
                            sent.get(i).owner,
                            said.kind(),
                            said.number(),
                            said.expires(),
                            said.category());
                    asked.add(said);
                }
            }
            counts.put("papers", new ImportReport.Count(papers.size(), added, allow.finish()));
            for (int i = 0; i < asked.size(); i++) {
                lines.known(asked.get(i).path())
                        .differs(
                                "category",
                                null,
                                allow.changed(i) ? asked.get(i).category() : null);
            }
        }
    }

    /** A paper of a file, with whose it is. */
    private record OwnedPaper(int owner, RegisterDocument.Paper paper) {}

    private void paperLine(RegisterDocument.Paper said, boolean isNew) {
        if (said.isOfCompanyLine()) {
            lines.known(said.path()).differs("licence_expires", null, isNew ? said.expires() : null);
        } else if (isNew) {
            lines.created(said.path());
        } else {
            lines.known(said.path());
        }
    }

    /** Whose paper it is, or null after writing down a fault. */
    private @Nullable Integer owner(RegisterDocument.Paper said) {
        return switch (said.ownerKind()) {
            case VEHICLE -> vehicles.byPlate(said.path(), "owner", said.owner());
            case COMPANY -> {
                Integer company = companies.get(said.owner());
                if (company == null && file.isTable) {
                    faults.add(
                            said.path(),
                            "owner",
                            said.owner(),
                            file.refused.contains(said.owner()) ? ImportRule.REFERS_TO_REFUSED : ImportRule.NO_COMPANY);
                } else if (company == null) {
                    faults.add(said.path(), "owner", said.owner(), ImportRule.NO_KEY);
                }
                yield company;
            }
            case DRIVER -> {
                if (file.isTable) {
                    yield driverMatch.owner(said.path(), said.owner(), file.refused, faults);
                }
                Integer driver = drivers.get(said.owner());
                if (driver == null) {
                    faults.add(said.path(), "owner", said.owner(), ImportRule.NO_KEY);
                }
                yield driver;
            }
        };
    }

    private void zones() throws SQLException {
        int added = 0;
        int changed = 0;
        for (RegisterDocument.Zone said : file.zones) {
            Integer company =
                    said.company() == null ? Integer.valueOf(UNASSIGNED) : companiesByName.get(said.company());
            if (company == null) {
                faults.add(said.path(), "company", said.company(), ImportRule.NO_COMPANY);
                continue;
            }
            List<KnownRegister.Zone> before =
                    known.zones.getOrDefault(KnownRegister.zoneKey(company, said.name()), List.of());
            KnownRegister.Zone newest = before.isEmpty() ? null : before.getLast();
            if (newest != null && newest.to() == null && isSame(newest, said)) {
                continue;
            }
            String from = effect.from(said.effectiveFrom(), !known.hasPositions && before.isEmpty());
            if (from == null) {
                faults.add(said.path(), "effective_from", said.effectiveFrom(), ImportRule.TOO_EARLY);
                continue;
            }
            if (newest != null) {
                closeZone(newest.id(), from);
                changed++;
            } else {
                added++;
            }
            insertZone(company, said, from);
        }
        counts.put("zones", new ImportReport.Count(file.zones.size(), added, changed));
    }

    private boolean isSame(KnownRegister.Zone before, RegisterDocument.Zone said) throws SQLException {
        boolean sameWords = before.kind().equals(said.kind())
                && before.limitKmh() == said.limitKmh()
                && Objects.equals(before.windowStart(), time(said.windowStart()))
                && Objects.equals(before.windowEnd(), time(said.windowEnd()))
                && Double.compare(before.radiusMetres(), said.radiusMetres()) == 0
                && (said.effectiveFrom() == null || said.effectiveFrom().equals(before.from()));
        if (!sameWords) {
            return false;
        }
        // Numbers have many spellings; the database compares what they mean.
        try (PreparedStatement query =
                connection.prepareStatement("select ?::jsonb = ?::jsonb and ?::jsonb is not distinct from ?::jsonb")) {
            query.setString(1, before.geometry());
            query.setString(2, said.geometry());
            query.setString(3, before.sections());
            query.setString(4, said.sections());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** A time of day as PostgreSQL writes it. */
    private static @Nullable String time(@Nullable LocalTime time) {
        return time == null ? null : time.format(DateTimeFormatter.ofPattern("HH:mm:ss"));
    }

    private void closeZone(int zone, String at) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update hw.zone set effective_to = ?::timestamptz where zone_id = ? and effective_to > ?::timestamptz")) {
            update.setString(1, at);
            update.setInt(2, zone);
            update.setString(3, at);
            update.executeUpdate();
        }
    }

    private void insertZone(int company, RegisterDocument.Zone said, String from) throws SQLException {
        try (RowBatch insert = new RowBatch(
                connection,
                "insert into hw.zone (company_id, name, kind, limit_kmh, window_start, window_end, radius_m, shape,"
                        + " geometry, sections, effective_from)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::timestamptz)")) {
            insert.add(
                    company,
                    said.name(),
                    said.kind(),
                    said.limitKmh(),
                    said.windowStart(),
                    said.windowEnd(),
                    said.radiusMetres(),
                    said.shape().name(),
                    said.geometry(),
                    said.sections(),
                    from);
            insert.finish();
        }
    }

    /** Ids for new rows, taken ahead, so that rows can refer to each other before they are sent. */
    static Deque<Integer> ids(Connection connection, String table, String column, int count) throws SQLException {
        Deque<Integer> ids = new ArrayDeque<>(count);
        try (PreparedStatement query = connection.prepareStatement("select nextval(pg_get_serial_sequence('hw." + table
                + "', '" + column + "')) from generate_series(1, ?)")) {
            query.setInt(1, count);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getInt(1));
                }
            }
        }
        return ids;
    }
}

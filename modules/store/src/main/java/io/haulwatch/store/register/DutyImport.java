package io.haulwatch.store.register;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a file says of services, hazards, accidents and training. A line that is there already stays as it is; only a hazard goes on. */
final class DutyImport {
    private final Connection connection;
    private final RegisterDocument file;
    private final LineLog lines;
    private final Faults faults;
    private final VehicleImport vehicles;
    private final DriverMatch drivers;

    DutyImport(
            Connection connection,
            RegisterDocument file,
            LineLog lines,
            Faults faults,
            VehicleImport vehicles,
            DriverMatch drivers) {
        this.connection = connection;
        this.file = file;
        this.lines = lines;
        this.faults = faults;
        this.vehicles = vehicles;
        this.drivers = drivers;
    }

    /** @param companies by their key in the file, or by name if it is a table */
    void store(Map<String, Integer> companies, Map<String, ImportReport.Count> counts) throws SQLException {
        hazards(companies, counts);
        if (file.isTable) {
            services();
            accidents(companies);
            trainings();
        }
    }

    /** A hazard as the database has it. */
    private record Known(
            String grade,
            LocalDate dueOn,
            @Nullable LocalDate closedOn,
            @Nullable String owner) {}

    private void hazards(Map<String, Integer> companies, Map<String, ImportReport.Count> counts) throws SQLException {
        Map<String, Known> known = file.hazards.isEmpty() ? Map.of() : known();
        try (RowBatch insert = new RowBatch(connection, """
                insert into hw.hazard as h (company_id, title, grade, found_on, due_on, closed_on, owner_name)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (company_id, title, found_on) do update set grade = excluded.grade, due_on = excluded.due_on,
                    closed_on = excluded.closed_on, owner_name = excluded.owner_name
                where (h.grade, h.due_on, h.closed_on, h.owner_name)
                    is distinct from (excluded.grade, excluded.due_on, excluded.closed_on, excluded.owner_name)""")) {
            for (RegisterDocument.Hazard said : file.hazards) {
                Integer company = company(said.path(), said.company(), companies);
                if (company == null) {
                    continue;
                }
                Known before = known.get(key(company, said.title(), said.foundOn()));
                // In a table an empty cell leaves what is there.
                LocalDate closedOn =
                        said.closedOn() == null && file.isTable && before != null ? before.closedOn : said.closedOn();
                String owner =
                        said.ownerName() == null && file.isTable && before != null ? before.owner : said.ownerName();
                insert.add(company, said.title(), said.grade(), said.foundOn(), said.dueOn(), closedOn, owner);
                if (before == null) {
                    lines.created(said.path());
                } else {
                    lines.known(said.path())
                            .differs("grade", before.grade, said.grade())
                            .differs("due_on", before.dueOn, said.dueOn())
                            .differs("closed_on", before.closedOn, closedOn)
                            .differs("owner_name", before.owner, owner);
                }
            }
            // PostgreSQL does not tell new from changed here.
            counts.put("hazards", new ImportReport.Count(file.hazards.size(), insert.finish(), 0));
        }
    }

    private Map<String, Known> known() throws SQLException {
        Map<String, Known> known = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "select company_id, title, found_on, grade, due_on, closed_on, owner_name from hw.hazard");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                known.put(
                        key(row.getInt(1), row.getString(2), row.getObject(3, LocalDate.class)),
                        new Known(
                                row.getString(4),
                                row.getObject(5, LocalDate.class),
                                row.getObject(6, LocalDate.class),
                                row.getString(7)));
            }
        }
        return known;
    }

    private static String key(int company, String title, LocalDate foundOn) {
        return company + "|" + foundOn + "|" + title;
    }

    private void services() throws SQLException {
        List<String> sent = new ArrayList<>();
        try (RowBatch insert = new RowBatch(
                connection,
                "insert into hw.maintenance_record (company_id, vehicle_id, done_on, odometer_km, workshop, note)"
                        + " values (?, ?, ?, ?::integer, ?, ?) on conflict do nothing")) {
            for (RegisterDocument.Service said : file.services) {
                Integer vehicle = vehicles.byPlate(said.path(), "plate", said.plate());
                if (vehicle != null) {
                    insert.add(
                            vehicles.companyOf(vehicle),
                            vehicle,
                            said.doneOn(),
                            said.odometerKm(),
                            said.workshop(),
                            said.note());
                    sent.add(said.path());
                }
            }
            finish(insert, sent);
        }
    }

    private void accidents(Map<String, Integer> companies) throws SQLException {
        List<String> sent = new ArrayList<>();
        try (RowBatch insert = new RowBatch(
                connection,
                "insert into hw.accident (company_id, vehicle_id, driver_id, happened_on, place, deaths, injured, responsibility, note)"
                        + " values (?, ?::integer, ?::integer, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            for (RegisterDocument.Accident said : file.accidents) {
                Integer company = company(said.path(), said.company(), companies);
                Integer vehicle = said.plate() == null ? null : vehicles.byPlate(said.path(), "plate", said.plate());
                Integer driver = said.driver() == null
                        ? null
                        : drivers.named(said.path(), "driver", said.driver(), file.refused, faults);
                if (company == null
                        || (said.plate() != null && vehicle == null)
                        || (said.driver() != null && driver == null)) {
                    continue;
                }
                if (vehicle != null && !Objects.equals(vehicles.companyOf(vehicle), company)) {
                    faults.add(said.path(), "plate", said.plate(), ImportRule.OTHER_COMPANYS_TRUCK);
                    continue;
                }
                if (driver != null && drivers.companyOf(driver) != 0 && drivers.companyOf(driver) != company) {
                    faults.add(said.path(), "driver", said.driver(), ImportRule.OTHER_COMPANYS_DRIVER, said.company());
                    continue;
                }
                insert.add(
                        company,
                        vehicle,
                        driver,
                        said.happenedOn(),
                        said.place(),
                        said.deaths(),
                        said.injured(),
                        said.responsibility(),
                        said.note());
                sent.add(said.path());
            }
            finish(insert, sent);
        }
    }

    private void trainings() throws SQLException {
        List<String> sent = new ArrayList<>();
        try (RowBatch insert = new RowBatch(
                connection,
                "insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic)"
                        + " select d.company_id, d.driver_id, ?, ?, ?, ? from hw.driver d where d.driver_id = ? on conflict do nothing")) {
            for (RegisterDocument.Training said : file.trainings) {
                Integer driver = drivers.named(said.path(), "driver", said.driver(), file.refused, faults);
                if (driver != null) {
                    insert.add(said.kind(), said.heldOn(), new BigDecimal(said.hours()), said.topic(), driver);
                    sent.add(said.path());
                }
            }
            finish(insert, sent);
        }
    }

    private void finish(RowBatch insert, List<String> sent) throws SQLException {
        insert.finish();
        for (int i = 0; i < sent.size(); i++) {
            if (insert.changed(i)) {
                lines.created(sent.get(i));
            } else {
                lines.known(sent.get(i));
            }
        }
    }

    private @Nullable Integer company(String path, String name, Map<String, Integer> companies) {
        Integer company = companies.get(name);
        if (company == null) {
            faults.add(
                    path,
                    "company",
                    name,
                    !file.isTable
                            ? ImportRule.NO_COMPANY_KEY
                            : file.refused.contains(name) ? ImportRule.REFERS_TO_REFUSED : ImportRule.NO_COMPANY);
        }
        return company;
    }
}

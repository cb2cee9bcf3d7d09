package io.haulwatch.console.duties;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.paper.ServiceDue.Interval;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.store.duty.ServiceBook;
import io.haulwatch.store.register.ImportWords;
import io.haulwatch.store.register.TablePart;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a company's duties. Rows know the cells of the table that they came in with, so that what is given out can be taken in again. */
final class DutyRows {
    private DutyRows() {}

    /** A row that a table can hold. */
    interface Told {
        /** Cells in the order of the columns of its table. */
        @JsonIgnore
        List<String> cells(ImportWords words, Sight sight);
    }

    /** Where each truck of the company stands with its services, the most urgent first. */
    static List<ServiceRow> services(
            Connection connection, Scope scope, Services services, int companyId, LocalDate today) throws SQLException {
        Map<Integer, ServiceBook.Service> recorded = services.of(connection, companyId, today);
        List<ServiceRow> rows = new ArrayList<>(new SqlText("""
                select v.vehicle_id, v.plate, v.vehicle_class, p.every_km, p.every_days, l.vehicle_id is not null from hw.vehicle v
                    left join hw.maintenance_plan p using (vehicle_id) left join hw.laid_up(?) l on l.vehicle_id = v.vehicle_id
                where v.retired_at is null
                """, today)
                .within(scope, "v.company_id = any (?)")
                .and("v.company_id = ?", companyId)
                .list(connection, row -> {
                    int everyKm = row.getInt(4);
                    boolean own = !row.wasNull();
                    Interval interval = own
                            ? new Interval(everyKm, row.getInt(5))
                            : Interval.of(VehicleClass.valueOf(row.getString(3)));
                    ServiceBook.Service service = recorded.get(row.getInt(1));
                    return new ServiceRow(
                            row.getInt(1),
                            row.getString(2),
                            interval.everyKm(),
                            interval.everyDays(),
                            own,
                            service == null ? null : service.doneOn().toString(),
                            service == null ? null : service.odometerKm(),
                            service == null ? null : (Long) Math.round(service.kmSince()),
                            service == null ? null : (Long) Math.round(service.dailyKm()),
                            service == null ? null : service.dueOn().toString(),
                            (service != null
                                            ? service.state()
                                            : row.getBoolean(6) ? PaperState.INACTIVE : PaperState.MISSING)
                                    .word());
                }));
        rows.sort(Comparator.comparing((ServiceRow row) -> row.dueOn == null ? "9999" : row.dueOn)
                .thenComparing(ServiceRow::plate));
        return rows;
    }

    /** Some rows of a long table. */
    record Slice(int from, int most) {
        static final Slice ALL = new Slice(0, Integer.MAX_VALUE);
    }

    /** Tables that grow with the years and are read in slices; the others are read whole. */
    static boolean isLong(TablePart part) {
        return part == TablePart.MAINTENANCE || part == TablePart.TRAINING;
    }

    /** @param slice of a table that {@link #isLong} */
    static List<? extends Told> of(
            Connection connection, Scope scope, TablePart part, int companyId, Slice slice, LocalDate today)
            throws SQLException {
        return switch (part) {
            case MAINTENANCE -> maintenance(connection, scope, companyId, slice);
            case HAZARDS -> hazards(connection, scope, companyId, today);
            case ACCIDENTS -> accidents(connection, scope, companyId);
            case TRAINING -> training(connection, scope, companyId, slice);
            case COMPANIES, VEHICLES, TERMINALS, DRIVERS, PAPERS ->
                throw new IllegalArgumentException("no table of duties: " + part);
        };
    }

    private static List<MaintenanceRow> maintenance(Connection connection, Scope scope, int companyId, Slice slice)
            throws SQLException {
        return new SqlText("""
                select r.record_id, r.vehicle_id, v.plate, r.done_on, r.odometer_km, r.workshop, r.note, coalesce(u.display_name, u.username)
                from hw.maintenance_record r join hw.vehicle v using (vehicle_id) left join hw.app_user u on u.user_id = r.entered_by
                where true
                """)
                .within(scope, "r.company_id = any (?)")
                .and("r.company_id = ?", companyId)
                .add("order by r.done_on desc, r.record_id desc limit ? offset ?", slice.most, slice.from)
                .list(
                        connection,
                        row -> new MaintenanceRow(
                                row.getLong(1),
                                row.getInt(2),
                                row.getString(3),
                                row.getString(4),
                                (Integer) row.getObject(5),
                                row.getString(6),
                                row.getString(7),
                                row.getString(8)));
    }

    private static List<HazardRow> hazards(Connection connection, Scope scope, int companyId, LocalDate today)
            throws SQLException {
        Map<Long, List<HazardEvent>> events = new HashMap<>();
        new SqlText("""
                select e.hazard_id, e.at, coalesce(u.display_name, u.username), e.kind, e.note from hw.hazard_event e
                    left join hw.app_user u using (user_id) where true
                """)
                .within(scope, "e.company_id = any (?)")
                .and("e.company_id = ?", companyId)
                .add("order by e.event_id")
                .list(
                        connection,
                        row -> events.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                                .add(new HazardEvent(
                                        Json.time(row.getTimestamp(2).toInstant()),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getString(5))));
        Map<Long, List<Photo>> photos = new HashMap<>();
        new SqlText("select subject_id, attachment_id, title, content_type from hw.attachment where subject = 'hazard'")
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .add("order by added_at, attachment_id")
                .list(
                        connection,
                        row -> photos.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                                .add(new Photo(row.getString(2), row.getString(3), row.getString(4))));
        return new SqlText("""
                select hazard_id, title, grade, place, found_on, due_on, measure, owner_name, rectified_on, closed_on from hw.hazard
                where true
                """)
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .add("order by closed_on is not null, due_on, hazard_id")
                .list(connection, row -> {
                    LocalDate due = row.getObject(6, LocalDate.class);
                    Date rectified = row.getDate(9);
                    Date closed = row.getDate(10);
                    String state = closed != null
                            ? "closed"
                            : rectified != null ? "rectified" : due.isBefore(today) ? "overdue" : "open";
                    return new HazardRow(
                            row.getLong(1),
                            companyName(connection, scope, companyId),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            due.toString(),
                            row.getString(7),
                            row.getString(8),
                            rectified == null ? null : rectified.toString(),
                            closed == null ? null : closed.toString(),
                            state,
                            photos.getOrDefault(row.getLong(1), List.of()),
                            events.getOrDefault(row.getLong(1), List.of()));
                });
    }

    private static String companyName(Connection connection, Scope scope, int companyId) throws SQLException {
        return new SqlText("select name from hw.company where true")
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .first(connection, row -> row.getString(1))
                .orElse("");
    }

    private static List<AccidentRow> accidents(Connection connection, Scope scope, int companyId) throws SQLException {
        return new SqlText("""
                select a.accident_id, c.name, a.happened_on, a.place, v.plate, d.name, a.deaths, a.injured, a.responsibility, a.note
                from hw.accident a join hw.company c on c.company_id = a.company_id left join hw.vehicle v on v.vehicle_id = a.vehicle_id
                    left join hw.driver d on d.driver_id = a.driver_id where true
                """)
                .within(scope, "a.company_id = any (?)")
                .and("a.company_id = ?", companyId)
                .add("order by a.happened_on desc, a.accident_id desc")
                .list(
                        connection,
                        row -> new AccidentRow(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getInt(7),
                                row.getInt(8),
                                row.getString(9),
                                row.getString(10)));
    }

    private static List<TrainingRow> training(Connection connection, Scope scope, int companyId, Slice slice)
            throws SQLException {
        return new SqlText("""
                select t.record_id, t.driver_id, d.name, d.licence_no, t.kind, t.held_on, t.hours, t.topic
                from hw.training_record t join hw.driver d using (driver_id) where true
                """)
                .within(scope, "t.company_id = any (?)")
                .and("t.company_id = ?", companyId)
                .add("order by t.held_on desc, t.record_id desc limit ? offset ?", slice.most, slice.from)
                .list(
                        connection,
                        row -> new TrainingRow(
                                row.getLong(1),
                                row.getInt(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getBigDecimal(7).stripTrailingZeros().toPlainString(),
                                row.getString(8)));
    }

    private static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String word(ImportWords words, String group, String value) {
        return words.group(group).getOrDefault(value, value);
    }

    /**
     * Where a truck stands with its second-level services.
     *
     * @param ownInterval whether the operator has set it; otherwise that of the truck's class
     * @param doneOn last one, null if none is recorded
     */
    record ServiceRow(
            int vehicleId,
            String plate,
            int everyKm,
            int everyDays,
            boolean ownInterval,
            @Nullable String doneOn,
            @Nullable Integer odometerKm,
            @Nullable Long kmSince,
            @Nullable Long dailyKm,
            @Nullable String dueOn,
            String state) {}

    record MaintenanceRow(
            long id,
            int vehicleId,
            String plate,
            String doneOn,
            @Nullable Integer odometerKm,
            String workshop,
            String note,
            @Nullable String by)
            implements Told {
        @Override
        public List<String> cells(ImportWords words, Sight sight) {
            return List.of(plate, doneOn, orEmpty(odometerKm), workshop, note);
        }
    }

    /** A photo of a hazard. */
    record Photo(String id, String title, String contentType) {}

    record HazardEvent(String at, @Nullable String by, String kind, String note) {}

    /** @param state open, overdue, rectified (to be checked) or closed */
    record HazardRow(
            long id,
            @JsonIgnore String company,
            String title,
            String grade,
            String place,
            String foundOn,
            String dueOn,
            String measure,
            @Nullable String ownerName,
            @Nullable String rectifiedOn,
            @Nullable String closedOn,
            String state,
            List<Photo> photos,
            List<HazardEvent> events)
            implements Told {
        @Override
        public List<String> cells(ImportWords words, Sight sight) {
            return List.of(
                    title, company, word(words, "grade", grade), foundOn, dueOn, orEmpty(closedOn), orEmpty(ownerName));
        }
    }

    record AccidentRow(
            long id,
            @JsonIgnore String company,
            String happenedOn,
            String place,
            @Nullable String plate,
            @DriverName @Nullable String driver,
            int deaths,
            int injured,
            String responsibility,
            String note)
            implements Told {
        @Override
        public List<String> cells(ImportWords words, Sight sight) {
            return List.of(
                    place,
                    company,
                    happenedOn,
                    orEmpty(plate),
                    driver == null || sight.drivers() ? orEmpty(driver) : Sight.maskedName(driver),
                    Integer.toString(deaths),
                    Integer.toString(injured),
                    word(words, "responsibility", responsibility),
                    note);
        }
    }

    record TrainingRow(
            long id,
            int driverId,
            @DriverName String driver,
            @JsonIgnore @Nullable String licence,
            String kind,
            String heldOn,
            String hours,
            String topic)
            implements Told {
        @Override
        public List<String> cells(ImportWords words, Sight sight) {
            // Of two drivers with one name the licence says which one.
            String who = !sight.drivers() ? Sight.maskedName(driver) : licence == null ? driver : licence;
            return List.of(who, word(words, "training", kind), heldOn, hours, topic);
        }
    }
}

package io.haulwatch.console.duties;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.duties.DutyRows.ServiceRow;
import io.haulwatch.console.duties.DutyRows.Slice;
import io.haulwatch.console.duties.DutyRows.Told;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.register.ImportWords;
import io.haulwatch.store.register.TableFiles;
import io.haulwatch.store.register.TablePart;
import io.haulwatch.store.scope.ScopedDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a company has to do besides papers: services of its trucks, hazards put right, accidents and training written down. */
public final class DutyRoutes {
    private static final List<String> TABLES = Arrays.stream(TablePart.values())
            .filter(TablePart::isOfDuties)
            .map(TablePart::word)
            .toList();
    private static final List<String> LANGUAGES = List.of("zh-CN", "en");
    private static final List<String> RESPONSIBILITIES = List.of("unknown", "none", "minor", "equal", "main", "full");
    private static final List<String> TRAININGS = List.of("monthly", "continuing", "prejob", "remedial");
    private static final int LONGEST_NOTE = 500;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_HOURS = 24;
    private static final String UNIQUE = "23505";

    private final ScopedDatabase database;
    private final Services services;
    private final AuditLog audit;
    private final Cursors cursors;
    private final InstantSource clock;

    public DutyRoutes(
            ScopedDatabase database, Services services, AuditLog audit, Cursors cursors, InstantSource clock) {
        this.database = database;
        this.services = services;
        this.audit = audit;
        this.cursors = cursors;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/companies/:id/services", Right.WATCH, this::services),
                Route.get("/api/v1/companies/:id/duties/:table", Right.WATCH, this::list),
                Route.get("/api/v1/companies/:id/duties/:table/file", Right.WATCH, this::file),
                Route.post("/api/v1/vehicles/:id/services", Right.KEEP_DUTIES, this::addService),
                Route.post("/api/v1/vehicles/:id/service-interval", Right.KEEP_DUTIES, this::setInterval),
                Route.post("/api/v1/companies/:id/hazards", Right.KEEP_DUTIES, this::addHazard),
                Route.post("/api/v1/hazards/:id/actions", Right.KEEP_DUTIES, this::actOnHazard),
                Route.post("/api/v1/companies/:id/accidents", Right.KEEP_DUTIES, this::addAccident),
                Route.post("/api/v1/drivers/:id/training", Right.KEEP_DUTIES, this::addTraining));
    }

    private Answer services(Call call) throws SQLException {
        int id = call.pathId("id");
        List<ServiceRow> rows = database.read(call.scope(), call.user().userId(), connection -> {
            company(connection, call, id);
            return DutyRows.services(connection, call.scope(), services, id, today());
        });
        return Answer.json(page(call, "services", rows));
    }

    private Answer list(Call call) throws SQLException {
        TablePart part = part(call);
        if (!DutyRows.isLong(part)) {
            return Answer.json(page(call, part.word(), rows(call, part, Slice.ALL)));
        }
        int start = start(call, part.word());
        List<? extends Told> rows = rows(call, part, new Slice(start, call.limit() + 1));
        boolean more = rows.size() > call.limit();
        return Answer.json(new Page<>(
                List.copyOf(more ? rows.subList(0, call.limit()) : rows),
                more ? cursors.write(listName(call, part.word()), List.of(start + call.limit())) : null));
    }

    private static String listName(Call call, String name) {
        return call.user().userId() + "|" + name + "|" + call.pathId("id");
    }

    private int start(Call call, String name) {
        JsonNode after = cursors.read(listName(call, name), call.query().get("cursor"));
        return after == null ? 0 : after.get(0).intValue();
    }

    private <T> Page<T> page(Call call, String name, List<T> rows) {
        int limit = call.limit();
        int start = Math.min(start(call, name), rows.size());
        int end = Math.min(start + limit, rows.size());
        return new Page<>(
                List.copyOf(rows.subList(start, end)),
                end < rows.size() ? cursors.write(listName(call, name), List.of(end)) : null);
    }

    private Answer file(Call call) throws SQLException {
        TablePart part = part(call);
        String format = call.word("format", List.of("xlsx", "csv"));
        String language = call.word("language", LANGUAGES);
        ImportWords words = ImportWords.of(language == null ? call.user().locale() : language);
        Sight sight = Sight.of(call.user().role());
        List<List<String>> cells = new ArrayList<>();
        cells.add(part.columns().stream()
                .map(column -> words.title(part, column.key()))
                .toList());
        rows(call, part, Slice.ALL).forEach(row -> cells.add(row.cells(words, sight)));
        boolean sheet = !"csv".equals(format);
        String name = "haulwatch-" + part.word() + "-company-" + call.pathId("id") + "-" + today()
                + (sheet ? ".xlsx" : ".csv");
        return Answer.bytes(
                        200,
                        sheet ? TableFiles.workbook(words.title(part), cells) : TableFiles.csv(cells),
                        sheet
                                ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                : "text/csv; charset=utf-8")
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    private List<? extends Told> rows(Call call, TablePart part, Slice slice) throws SQLException {
        int id = call.pathId("id");
        return database.read(call.scope(), call.user().userId(), connection -> {
            company(connection, call, id);
            return DutyRows.of(connection, call.scope(), part, id, slice, today());
        });
    }

    private Answer addService(Call call) throws SQLException {
        int vehicle = call.pathId("id");
        LocalDate doneOn = pastDay(call, "done_on");
        Integer odometer = call.optionalNumber("odometer_km", 0, 9_999_999);
        String workshop = text(call, "workshop", LONGEST_NAME);
        String note = text(call, "note", LONGEST_NOTE);
        return created(call, "service.add", "vehicle:" + vehicle, connection -> {
            int company = companyOf(connection, call, "vehicle", vehicle);
            return new SqlText(
                            "insert into hw.maintenance_record (company_id, vehicle_id, done_on, odometer_km, workshop, note, entered_by) values (?, ?, ?, "
                                    + (odometer == null ? "null" : odometer.toString())
                                    + ", ?, ?, ?) returning record_id",
                            company,
                            vehicle,
                            doneOn,
                            workshop,
                            note,
                            call.user().userId())
                    .first(connection, row -> row.getLong(1))
                    .orElseThrow();
        });
    }

    private Answer setInterval(Call call) throws SQLException {
        int vehicle = call.pathId("id");
        int everyKm = call.wholeNumber("every_km", 100, 500_000);
        int everyDays = call.wholeNumber("every_days", 1, 1_100);
        return created(call, "service.interval", "vehicle:" + vehicle, connection -> {
            int company = companyOf(connection, call, "vehicle", vehicle);
            new SqlText(
                            "insert into hw.maintenance_plan (vehicle_id, company_id, every_km, every_days, set_by) values (?, ?, ?, ?, ?)"
                                    + " on conflict (vehicle_id) do update set company_id = excluded.company_id, every_km = excluded.every_km,"
                                    + " every_days = excluded.every_days, set_by = excluded.set_by, set_at = now()",
                            vehicle,
                            company,
                            everyKm,
                            everyDays,
                            call.user().userId())
                    .run(connection);
            return (long) vehicle;
        });
    }

    private Answer addHazard(Call call) throws SQLException {
        int company = call.pathId("id");
        String title = call.text("title", 1, LONGEST_NAME).strip();
        String grade = call.oneOf("grade", List.of("general", "major"));
        LocalDate foundOn = pastDay(call, "found_on");
        LocalDate dueOn = needDay(call, "due_on");
        if (dueOn.isBefore(foundOn)) {
            throw Refusal.ruleBroken(
                    "paper-dates",
                    "A hazard is not to be right before it was found: found_on=" + foundOn + ", due_on=" + dueOn + ".");
        }
        String place = text(call, "place", LONGEST_NAME);
        String measure = text(call, "measure", LONGEST_NOTE);
        String owner = text(call, "owner_name", LONGEST_NAME);
        int user = call.user().userId();
        return created(call, "hazard.add", "company:" + company, connection -> {
            company(connection, call, company);
            long id = new SqlText(
                            "insert into hw.hazard (company_id, title, grade, found_on, due_on, place, measure, owner_name, entered_by)"
                                    + " values (?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?) returning hazard_id",
                            company,
                            title,
                            grade,
                            foundOn,
                            dueOn,
                            place,
                            measure,
                            owner,
                            user)
                    .first(connection, row -> row.getLong(1))
                    .orElseThrow();
            event(connection, company, id, user, "found", "");
            return id;
        });
    }

    private Answer actOnHazard(Call call) throws SQLException {
        int id = call.pathId("id");
        String action = call.oneOf("action", List.of("rectify", "accept", "refuse"));
        String note = text(call, "note", LONGEST_NOTE);
        int user = call.user().userId();
        if (action.equals("refuse") && note.isEmpty()) {
            throw Refusal.ruleBroken("reason-missing", "Say what is not right yet: \"note\".");
        }
        return created(call, "hazard." + action, "hazard:" + id, connection -> {
            int company = companyOf(connection, call, "hazard", id);
            SqlText update = switch (action) {
                case "rectify" ->
                    new SqlText(
                            "update hw.hazard set rectified_on = ?, rectified_by = ? where rectified_on is null and closed_on is null",
                            today(),
                            user);
                case "accept" ->
                    new SqlText(
                            "update hw.hazard set closed_on = ?, checked_by = ? where rectified_on is not null and closed_on is null",
                            today(),
                            user);
                default ->
                    new SqlText(
                            "update hw.hazard set rectified_on = null, rectified_by = null where rectified_on is not null and closed_on is null");
            };
            int changed = update.within(call.scope(), "company_id = any (?)")
                    .and("hazard_id = ?", id)
                    .run(connection);
            if (changed == 0) {
                throw Refusal.conflict(
                        "hazard-state", "The hazard is not where that can be done: action=" + action + ".");
            }
            String kind = switch (action) {
                case "rectify" -> "rectified";
                case "accept" -> "accepted";
                default -> "refused";
            };
            event(connection, company, id, user, kind, note);
            return (long) id;
        });
    }

    private Answer addAccident(Call call) throws SQLException {
        int company = call.pathId("id");
        LocalDate happenedOn = pastDay(call, "happened_on");
        String place = call.text("place", 1, LONGEST_NAME).strip();
        Integer vehicle = call.optionalNumber("vehicle_id", 1, Integer.MAX_VALUE);
        Integer driver = call.optionalNumber("driver_id", 1, Integer.MAX_VALUE);
        int deaths = orZero(call.optionalNumber("deaths", 0, 999));
        int injured = orZero(call.optionalNumber("injured", 0, 999));
        String responsibility = call.oneOf("responsibility", RESPONSIBILITIES);
        String note = text(call, "note", LONGEST_NOTE);
        return created(call, "accident.add", "company:" + company, connection -> {
            company(connection, call, company);
            needOf(connection, call, company, "vehicle", vehicle);
            needOf(connection, call, company, "driver", driver);
            return new SqlText(
                            "insert into hw.accident (company_id, vehicle_id, driver_id, happened_on, place, deaths, injured, responsibility, note, entered_by)"
                                    + " values (?, " + vehicle + ", " + driver
                                    + ", ?, ?, ?, ?, ?, ?, ?) returning accident_id",
                            company,
                            happenedOn,
                            place,
                            deaths,
                            injured,
                            responsibility,
                            note,
                            call.user().userId())
                    .first(connection, row -> row.getLong(1))
                    .orElseThrow();
        });
    }

    private Answer addTraining(Call call) throws SQLException {
        int driver = call.pathId("id");
        String kind = call.oneOf("kind", TRAININGS);
        LocalDate heldOn = pastDay(call, "held_on");
        BigDecimal hours = hours(call);
        String topic = text(call, "topic", LONGEST_NAME);
        return created(call, "training.add", "driver:" + driver, connection -> {
            int company = companyOf(connection, call, "driver", driver);
            return new SqlText(
                            "insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic, entered_by)"
                                    + " values (?, ?, ?, ?, ?::numeric, ?, ?) returning record_id",
                            company,
                            driver,
                            kind,
                            heldOn,
                            hours.toPlainString(),
                            topic,
                            call.user().userId())
                    .first(connection, row -> row.getLong(1))
                    .orElseThrow();
        });
    }

    /** Adds something, with its row of the audit in the same transaction. */
    private Answer created(Call call, String action, String object, ScopedDatabase.SqlFunction<Long> work)
            throws SQLException {
        int user = call.user().userId();
        try {
            return Answer.json(201, new Made(database.write(call.scope(), user, connection -> {
                long id = work.apply(connection);
                audit.add(connection, user, action, object, Map.of("id", id), call.address());
                return id;
            })));
        } catch (SQLException e) {
            if (UNIQUE.equals(e.getSQLState())) {
                throw Refusal.conflict("duty-there", "The same is written down already.");
            }
            throw e;
        }
    }

    private static void event(Connection connection, int company, long hazard, int user, String kind, String note)
            throws SQLException {
        new SqlText(
                        "insert into hw.hazard_event (company_id, hazard_id, user_id, kind, note) values (?, ?, ?, ?, ?)",
                        company,
                        hazard,
                        user,
                        kind,
                        note)
                .run(connection);
    }

    private static void company(Connection connection, Call call, int id) throws SQLException {
        companyOf(connection, call, "company", id);
    }

    /** The company of something that is in the register and in the scope. */
    private static int companyOf(Connection connection, Call call, String what, int id) throws SQLException {
        String there = what.equals("hazard")
                ? "select h.company_id from hw.hazard h join hw.company c using (company_id) where c.retired_at is null"
                : "select h.company_id from hw." + what + " h where h.retired_at is null";
        return new SqlText(there)
                .within(call.scope(), "h.company_id = any (?)")
                .and("h." + what + "_id = ?", id)
                .first(connection, row -> row.getInt(1))
                .orElseThrow(() ->
                        Refusal.notFound("There is no such " + what + " among those that you may see: id=" + id + "."));
    }

    private static void needOf(Connection connection, Call call, int company, String what, @Nullable Integer id)
            throws SQLException {
        if (id != null && companyOf(connection, call, what, id) != company) {
            throw Refusal.badValue("The " + what + " belongs to another company: " + what + "_id=" + id + ".");
        }
    }

    private static TablePart part(Call call) {
        String word = call.pathParameters().getOrDefault("table", "");
        if (!TABLES.contains(word)) {
            throw Refusal.notFound("There is no such table: one of " + String.join(", ", TABLES) + ".");
        }
        return TablePart.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private LocalDate pastDay(Call call, String name) {
        LocalDate day = needDay(call, name);
        if (day.isAfter(today())) {
            throw Refusal.badValue("\"" + name + "\" lies ahead: " + name + "=" + day + ".");
        }
        return day;
    }

    private static LocalDate needDay(Call call, String name) {
        LocalDate day = call.optionalDay(name);
        if (day == null) {
            throw Refusal.badValue("The body needs the day \"" + name + "\", such as 2026-11-20.");
        }
        return day;
    }

    private static BigDecimal hours(Call call) {
        JsonNode node = call.object().path("hours");
        if (!node.isNumber()
                || node.decimalValue().scale() > 2
                || node.doubleValue() <= 0
                || node.doubleValue() > MOST_HOURS) {
            throw Refusal.badValue("\"hours\" must be a number above 0 and up to 24, with at most two decimals.");
        }
        return node.decimalValue();
    }

    private static String text(Call call, String name, int longest) {
        String text = call.optionalText(name, longest);
        return text == null ? "" : text.strip();
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private LocalDate today() {
        return clock.instant().atZone(PaperState.ZONE).toLocalDate();
    }

    record Made(long id) {}
}

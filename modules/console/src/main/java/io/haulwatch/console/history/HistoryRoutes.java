package io.haulwatch.console.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.alarms.AlarmQueries;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.history.DayViews.DayView;
import io.haulwatch.console.history.DayViews.TripView;
import io.haulwatch.console.history.DayViews.VehicleRef;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.looks.TrackLooks;
import io.haulwatch.console.port.RulesInForce;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.rules.vehicle.VehicleHistory;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A truck's day, its trips over some days, and the day as a file. */
public final class HistoryRoutes {
    private static final int MOST_DAYS = 31;
    private static final int MOST_ALARMS = 500;
    private static final Map<String, DayFile> FILES =
            new TreeMap<>(Map.of("gpx", new GpxFile(), "geojson", new GeoJsonFile(), "csv", new CsvFile()));

    private final ScopedDatabase database;
    private final AlarmQueries alarms;
    private final RulesInForce rules;
    private final Cursors cursors;
    private final AuditLog audit;
    private final TrackLooks looks;
    private final InstantSource clock;

    public HistoryRoutes(
            ScopedDatabase database,
            AlarmQueries alarms,
            RulesInForce rules,
            Cursors cursors,
            AuditLog audit,
            TrackLooks looks,
            InstantSource clock) {
        this.database = database;
        this.alarms = alarms;
        this.rules = rules;
        this.cursors = cursors;
        this.audit = audit;
        this.looks = looks;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/vehicles/:id/days/:day", Right.WATCH, this::day),
                Route.get("/api/v1/vehicles/:id/days/:day/export", Right.WATCH, this::export),
                Route.get("/api/v1/vehicles/:id/trips", Right.WATCH, this::trips));
    }

    private Answer day(Call call) throws SQLException {
        int id = call.pathId("id");
        LocalDay day = new LocalDay(call.pathDay("day"));
        Scope scope = call.scope();
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
            VehicleRef vehicle = vehicle(connection, scope, id);
            looks.ask(connection, call, id);
            DayHistory history = DayHistory.read(connection, scope, rules.reference(), id, day);
            List<Instant> starts = alarms.startsOfVehicle(connection, scope, id, day.from(), day.to());
            return new DayView(
                    vehicle,
                    day.date().toString(),
                    day.from().toString(),
                    day.to().toString(),
                    history.cut(),
                    DayViews.track(history.points()),
                    history.movements().trips().stream()
                            .map(trip -> DayViews.trip(day, trip, starts))
                            .toList(),
                    history.movements().stops().stream().map(DayViews::stop).toList(),
                    alarms.ofVehicleWithin(connection, scope, id, day.from(), day.to(), MOST_ALARMS),
                    DayViews.totals(history, starts.size()));
        }));
    }

    private Answer export(Call call) throws SQLException {
        int id = call.pathId("id");
        LocalDay day = new LocalDay(call.pathDay("day"));
        String format = call.word("format", List.copyOf(FILES.keySet()));
        DayFile file = format == null ? null : FILES.get(format);
        if (file == null) {
            throw Refusal.badValue("An export needs a format: one of " + String.join(", ", FILES.keySet()) + ".");
        }
        Scope scope = call.scope();
        int userId = call.user().userId();
        byte[] bytes = database.write(scope, userId, connection -> {
            VehicleRef vehicle = vehicle(connection, scope, id);
            looks.ask(connection, call, id);
            DayHistory history = DayHistory.read(connection, scope, rules.reference(), id, day);
            List<AlarmRow> found = alarms.ofVehicleWithin(connection, scope, id, day.from(), day.to(), MOST_ALARMS);
            audit.add(
                    connection,
                    userId,
                    "history.export",
                    "vehicle:" + id,
                    Map.of(
                            "day", day.date().toString(),
                            "format", format,
                            "points", history.points().size()),
                    call.address());
            return file.bytes(vehicle.plate(), history, found, Stamp.of(call, clock.instant()));
        });
        String name = "haulwatch-vehicle-" + id + "-" + day.date() + "." + format;
        return Answer.bytes(200, bytes, file.contentType())
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    private Answer trips(Call call) throws SQLException {
        int id = call.pathId("id");
        LocalDate from = call.day("from");
        LocalDate to = call.day("to");
        if (from == null || to == null) {
            throw Refusal.badValue("A list of trips needs from and to, the first and the last day.");
        }
        if (from.isAfter(to) || ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw Refusal.badValue("from must not lie behind to, and both within " + MOST_DAYS + " days: from=" + from
                    + ", to=" + to + ".");
        }
        int limit = call.limit();
        String listName = call.user().userId() + "|trips|" + id + "|" + from + "|" + to;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        LocalDate newest = after == null ? to : LocalDate.parse(after.get(0).textValue());
        long before = after == null ? Long.MAX_VALUE : after.get(1).longValue();
        Scope scope = call.scope();
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
            vehicle(connection, scope, id);
            looks.ask(connection, call, id);
            List<TripView> page = new ArrayList<>();
            for (LocalDate date = newest; !date.isBefore(from); date = date.minusDays(1)) {
                LocalDay day = new LocalDay(date);
                List<Instant> starts = alarms.startsOfVehicle(connection, scope, id, day.from(), day.to());
                DayHistory history = DayHistory.read(connection, scope, rules.reference(), id, day);
                for (VehicleHistory.Trip trip : history.movements().trips().reversed()) {
                    if (trip.fromMillis() >= before) {
                        continue;
                    }
                    if (page.size() == limit) {
                        TripView last = page.getLast();
                        long lastFrom = Instant.parse(last.from()).toEpochMilli();
                        return new Page<>(page, cursors.write(listName, List.of(last.day(), lastFrom)));
                    }
                    page.add(DayViews.trip(day, trip, starts));
                }
            }
            return new Page<>(page, null);
        }));
    }

    private static VehicleRef vehicle(Connection connection, Scope scope, int id) throws SQLException {
        return new SqlText("""
                select v.vehicle_id, v.plate, v.company_id, coalesce(c.name, '') from hw.vehicle v
                    left join hw.company c on c.company_id = v.company_id where v.retired_at is null
                """)
                .within(scope, "v.company_id = any (?)")
                .and("v.vehicle_id = ?", id)
                .first(
                        connection,
                        row -> new VehicleRef(row.getInt(1), row.getString(2), row.getInt(3), row.getString(4)))
                .orElseThrow(() -> SeenVehicle.unknown(id));
    }
}

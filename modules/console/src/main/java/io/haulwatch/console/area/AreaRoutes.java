package io.haulwatch.console.area;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.live.FleetScopes;
import io.haulwatch.console.live.FleetState;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.store.track.AreaVisits;
import io.haulwatch.store.track.AreaVisits.Box;
import io.haulwatch.store.track.StoredPosition;
import io.haulwatch.store.track.TruckTrack;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The film of a rectangle. Area, time and number of trucks are bounded; what lies beyond is refused and never cut in silence. */
public final class AreaRoutes {
    private static final int MOST_MICRODEG = 4_000_000;
    private static final int MOST_MINUTES = 60;
    private static final int MOST_TRUCKS = 500;
    /** Trucks whose hours reach into the rectangle; most of them only pass it by. */
    private static final int MOST_CANDIDATES = 1_500;

    private static final int MOST_STEPS = 400_000;
    private static final int MOST_POSITIONS = 10_000;
    private static final int MOST_ALARMS = 5_000;
    /** No truck is faster, 150 km/h. */
    private static final double METRES_A_SECOND = 42;

    private static final double METRES_A_DEGREE = 111_000;

    private final ScopedDatabase database;
    private final FleetState fleet;
    private final Supplier<FleetBook> book;
    private final ObjectMapper json;
    private final InstantSource clock;

    public AreaRoutes(
            ScopedDatabase database,
            FleetState fleet,
            Supplier<FleetBook> book,
            ObjectMapper json,
            InstantSource clock) {
        this.database = database;
        this.fleet = fleet;
        this.book = book;
        this.json = json;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/area-replay", Right.REPLAY_AREAS, this::film));
    }

    private Answer film(Call call) throws SQLException {
        Box box = box(call);
        Instant from = call.moment("from");
        Integer asked = call.number("minutes", 1, MOST_MINUTES);
        if (from == null) {
            throw Refusal.badValue("A replay of an area needs from, when it begins.");
        }
        Instant now = clock.instant();
        if (from.isAfter(now)) {
            throw Refusal.badValue("from lies in the future: from=" + from + ".");
        }
        Instant wanted = from.plus(Duration.ofMinutes(asked == null ? 10 : asked));
        Instant to = wanted.isAfter(now) ? now : wanted;
        Scope scope = call.scope();
        byte[] film =
                database.read(scope, call.user().userId(), connection -> film(connection, scope, box, from, to, now));
        return Answer.bytes(200, film, "application/octet-stream").with("Cache-Control", "private, no-store");
    }

    private static Box box(Call call) {
        int west = microdeg(call, "west", 180);
        int south = microdeg(call, "south", 85);
        int east = microdeg(call, "east", 180);
        int north = microdeg(call, "north", 85);
        if (west >= east || south >= north) {
            throw Refusal.badValue("west lies west of east and south south of north: west=" + west / 1e6 + ", south="
                    + south / 1e6 + ", east=" + east / 1e6 + ", north=" + north / 1e6 + ".");
        }
        if ((long) east - west > MOST_MICRODEG || (long) north - south > MOST_MICRODEG) {
            throw Refusal.ruleBroken(
                    "area-too-large",
                    "A replay shows at most " + MOST_MICRODEG / 1_000_000 + " degrees each way; this is "
                            + (east - west) / 1e6 + " by " + (north - south) / 1e6 + ". Choose a smaller area.");
        }
        return new Box(west, south, east, north);
    }

    private static int microdeg(Call call, String name, int most) {
        String text = call.query().get(name);
        if (text == null || text.isEmpty()) {
            throw Refusal.badValue("An area needs west, south, east and north in degrees: " + name + " is missing.");
        }
        try {
            if (text.length() <= 20) {
                double degrees = new BigDecimal(text).doubleValue();
                if (Math.abs(degrees) <= most) {
                    return (int) Math.round(degrees * 1e6);
                }
            }
        } catch (NumberFormatException e) {
            // Told below in the API's words.
        }
        throw Refusal.badValue(name + " must be degrees between -" + most + " and " + most + ".");
    }

    private byte[] film(Connection connection, Scope scope, Box box, Instant from, Instant to, Instant now)
            throws SQLException {
        FleetBook known = book.get();
        Instant first = from.minusMillis(AreaFilm.FRESH_MILLIS);
        Set<Integer> candidates = AreaVisits.of(connection, scope, box, first, to, MOST_CANDIDATES + 1);
        Instant packedBefore = AreaVisits.packedBefore(connection);
        if (to.isAfter(packedBefore)) {
            near(known, scope, box, Duration.between(first, now), candidates);
        }
        if (candidates.size() > MOST_CANDIDATES) {
            throw tooMany(
                    to.isAfter(packedBefore)
                            ? "Choose a smaller area, or a time before " + packedBefore
                                    + ", which is looked up more precisely."
                            : "Choose a smaller area.");
        }
        Map<Integer, List<AreaFilm.Alarm>> alarms = alarms(connection, scope, candidates, from, to);
        AreaFilm film = new AreaFilm(box, from.toEpochMilli(), to.toEpochMilli());
        List<FleetBook.Vehicle> seen = new ArrayList<>();
        for (int id : candidates) {
            FleetBook.Vehicle vehicle = known.vehicle(id);
            if (vehicle == null) {
                continue;
            }
            List<StoredPosition> way = TruckTrack.read(connection, scope, id, first, to.plusMillis(1), MOST_POSITIONS);
            if (film.take(way, alarms.getOrDefault(id, List.of()))) {
                seen.add(vehicle);
            }
            if (seen.size() > MOST_TRUCKS) {
                throw tooMany("Choose a smaller area.");
            }
            if (film.steps() > MOST_STEPS || way.size() == MOST_POSITIONS) {
                throw Refusal.ruleBroken(
                        "area-too-many",
                        "There are more positions in this area and time than a replay shows. Choose a shorter time or a "
                                + "smaller area.");
            }
        }
        return film.frames(dictionary(known, seen));
    }

    private static Refusal tooMany(String what) {
        return Refusal.ruleBroken(
                "area-too-many",
                "More than " + MOST_TRUCKS + " trucks may have been in this area, and a replay shows no more. " + what);
    }

    /** Trucks that are near enough now to have been in the rectangle since: of hours that are not packed nothing else is known. */
    private void near(FleetBook known, Scope scope, Box box, Duration since, Set<Integer> into) {
        double degrees = METRES_A_SECOND * since.toSeconds() / METRES_A_DEGREE;
        double middle = Math.toRadians(Math.min(80, Math.max(Math.abs(box.south()), Math.abs(box.north())) / 1e6));
        int up = (int) Math.min(90e6, degrees * 1e6);
        int aside = (int) Math.min(180e6, degrees / Math.cos(middle) * 1e6);
        Box around = new Box(box.west() - aside, box.south() - up, box.east() + aside, box.north() + up);
        for (FleetBook.Vehicle vehicle : known.allVehicles()) {
            if (into.size() > MOST_CANDIDATES) {
                return;
            }
            FleetState.VehicleState state =
                    FleetScopes.sees(scope, vehicle.companyId()) ? fleet.of(vehicle.id()) : null;
            if (state != null && state.hasPlace() && around.holds(state.latMicrodeg(), state.lonMicrodeg())) {
                into.add(vehicle.id());
            }
        }
    }

    private static Map<Integer, List<AreaFilm.Alarm>> alarms(
            Connection connection, Scope scope, Set<Integer> vehicles, Instant from, Instant to) throws SQLException {
        Map<Integer, List<AreaFilm.Alarm>> alarms = new HashMap<>();
        int[] found = {0};
        new SqlText("select vehicle_id, started_at, ended_at, severity from hw.episode where state <> 'withdrawn'")
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = any (?)", vehicles)
                .and("started_at >= ? and started_at < ?", from.minus(Duration.ofDays(1)), to)
                .and("state = 'open' or ended_at >= ?", from)
                .add("order by started_at desc limit ?", MOST_ALARMS + 1)
                .each(connection, row -> {
                    if (++found[0] > MOST_ALARMS) {
                        throw Refusal.ruleBroken(
                                "area-too-many",
                                "There are more alarms in this area and time than a replay shows. Choose a shorter time or a "
                                        + "smaller area.");
                    }
                    Timestamp end = row.getTimestamp(3);
                    alarms.computeIfAbsent(row.getInt(1), id -> new ArrayList<>())
                            .add(new AreaFilm.Alarm(
                                    row.getTimestamp(2).getTime(),
                                    end == null ? Long.MAX_VALUE : end.getTime(),
                                    row.getInt(4)));
                });
        return alarms;
    }

    private byte[] dictionary(FleetBook known, List<FleetBook.Vehicle> seen) {
        Map<Integer, String> companies = new TreeMap<>();
        List<List<Object>> vehicles = new ArrayList<>();
        for (FleetBook.Vehicle vehicle : seen) {
            FleetBook.Company company = known.company(vehicle.companyId());
            companies.put(vehicle.companyId(), company == null ? "" : company.name());
            vehicles.add(List.of(
                    vehicles.size(), vehicle.id(), vehicle.plate(), vehicle.companyId(), vehicle.vehicleClass()));
        }
        List<List<Object>> names = new ArrayList<>();
        companies.forEach((id, name) -> names.add(List.of(id, name)));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("vehicles", vehicles);
        body.put("companies", names);
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and strings are JSON", e);
        }
    }
}

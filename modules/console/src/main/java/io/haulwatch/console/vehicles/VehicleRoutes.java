package io.haulwatch.console.vehicles;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.alarms.AlarmQueries;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.alarms.LiveAlarms;
import io.haulwatch.console.commands.CommandQueries;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.live.FleetState;
import io.haulwatch.console.live.FleetState.Motion;
import io.haulwatch.console.live.FleetState.VehicleState;
import io.haulwatch.console.looks.TrackLooks;
import io.haulwatch.console.papers.PaperQueries;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.personal.DriverNumber;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.port.DriverCards;
import io.haulwatch.console.port.DrivingClock;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.console.vehicles.VehicleQueries.Counters;
import io.haulwatch.console.vehicles.VehicleQueries.Terminal;
import io.haulwatch.console.vehicles.VehicleQueries.Today;
import io.haulwatch.console.vehicles.VehicleQueries.VehicleRow;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Trucks: list, drawer, track. */
public final class VehicleRoutes {
    private static final Duration LONGEST_TRACK = Duration.ofDays(31);
    private static final List<String> STATES = List.of("moving", "stopped", "offline", "never");
    private static final int MOST_IDS = 500;
    private static final int ALARMS_TODAY = 50;
    private static final int LAST_COMMANDS = 10;

    private final ScopedDatabase database;
    private final FleetState fleet;
    private final LiveAlarms liveAlarms;
    private final DrivingClock drivingClock;
    private final DriverCards driverCards;
    private final AlarmQueries alarms;
    private final CommandQueries commands;
    private final Supplier<FleetBook> book;
    private final Cursors cursors;
    private final TrackLooks looks;
    private final InstantSource clock;

    public VehicleRoutes(
            ScopedDatabase database,
            FleetState fleet,
            LiveAlarms liveAlarms,
            DrivingClock drivingClock,
            DriverCards driverCards,
            AlarmQueries alarms,
            CommandQueries commands,
            Supplier<FleetBook> book,
            Cursors cursors,
            TrackLooks looks,
            InstantSource clock) {
        this.database = database;
        this.fleet = fleet;
        this.liveAlarms = liveAlarms;
        this.drivingClock = drivingClock;
        this.driverCards = driverCards;
        this.alarms = alarms;
        this.commands = commands;
        this.book = book;
        this.cursors = cursors;
        this.looks = looks;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/vehicles", Right.WATCH, this::list),
                Route.get("/api/v1/vehicles/:id", Right.WATCH, this::one),
                Route.get("/api/v1/vehicles/:id/track", Right.WATCH, this::track));
    }

    private Answer list(Call call) throws SQLException {
        String query = call.search("query");
        Integer company = call.number("company", 0, Integer.MAX_VALUE);
        Set<String> states = call.words("state", STATES);
        Set<Integer> ids = call.numbers("ids", MOST_IDS);
        int limit = call.limit();
        String listName = call.user().userId() + "|vehicles|" + query + "|" + company + "|" + states + "|" + ids;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        Page<VehicleView> page = database.read(call.scope(), call.user().userId(), connection -> {
            List<VehicleRow> rows = VehicleQueries.list(
                    connection,
                    call.scope(),
                    query,
                    call.user().may(Right.SEE_DRIVERS),
                    company,
                    ids.isEmpty() ? null : ids,
                    states.isEmpty() ? null : inStates(states),
                    after == null ? null : after.get(0).textValue(),
                    after == null ? 0 : after.get(1).intValue(),
                    limit + 1);
            boolean phones = call.user().may(Right.SEE_DRIVER_PHONES);
            return cursors.page(listName, limit, rows, last -> List.of(last.plate(), last.id()))
                    .map(row -> view(row, phones));
        });
        return Answer.json(page);
    }

    private Answer one(Call call) throws SQLException {
        int id = call.pathId("id");
        Scope scope = call.scope();
        Instant now = clock.instant();
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        Instant midnight = today.atStartOfDay(PaperState.ZONE).toInstant();
        boolean phones = call.user().may(Right.SEE_DRIVER_PHONES);
        DrivingClock.Clock driving = drivingClock.of(id);
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
            VehicleRow row = VehicleQueries.one(connection, scope, id).orElseThrow(() -> SeenVehicle.unknown(id));
            AtTheWheel wheel = atTheWheel(connection, scope, row, driverCards.inTruck(id), phones);
            return new Drawer(
                    view(row, phones),
                    wheel,
                    row.terminal(),
                    PaperQueries.ofVehicle(
                            connection,
                            scope,
                            id,
                            wheel.driver() == null ? null : wheel.driver().id(),
                            today),
                    alarms.ofVehicle(connection, scope, id, midnight, ALARMS_TODAY),
                    VehicleQueries.today(connection, scope, id, today),
                    driving == null
                            ? null
                            : new ClockView(
                                    driving.continuousSeconds(),
                                    driving.limitSeconds(),
                                    driving.driving() ? Json.time(driving.deadlineMillis()) : null,
                                    driving.driving(),
                                    Json.time(driving.asOfMillis())),
                    VehicleQueries.counters(connection, scope, id),
                    commands.ofVehicle(connection, scope, id, !looks.isOwed(connection, call, id), LAST_COMMANDS));
        }));
    }

    /** Who drives and whence that is known: the card before the register, and a card that names nobody before a guess. */
    private static AtTheWheel atTheWheel(
            Connection connection, Scope scope, VehicleRow row, DriverCards.@Nullable Card card, boolean phones)
            throws SQLException {
        if (card == null) {
            DriverView assigned = driverView(row.driver(), phones);
            return new AtTheWheel(assigned == null ? "nobody" : "assigned", assigned, null, null);
        }
        Integer named = card.driverId();
        String end = card.numberEnd().isEmpty() ? null : card.numberEnd();
        String since = Json.time(card.sinceMillis());
        if (named == null) {
            return new AtTheWheel("unknown_card", null, end, since);
        }
        VehicleQueries.DriverRow driver =
                VehicleQueries.driver(connection, scope, named).orElse(null);
        return new AtTheWheel("card", driverView(driver, phones), end, since);
    }

    private static @Nullable DriverView driverView(VehicleQueries.@Nullable DriverRow driver, boolean phones) {
        return driver == null
                ? null
                : new DriverView(
                        driver.id(), driver.name(), Sight.maskedPhone(driver.phone()), phones ? driver.phone() : null);
    }

    private Answer track(Call call) throws SQLException {
        int id = call.pathId("id");
        Instant from = call.moment("from");
        Instant to = call.moment("to");
        if (from == null || to == null) {
            throw Refusal.badValue("A track needs from and to.");
        }
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST_TRACK) > 0) {
            throw Refusal.badValue("from must lie before to by at most 31 days: from=" + from + ", to=" + to + ".");
        }
        call.word("format", List.of("json"));
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            if (VehicleQueries.one(connection, call.scope(), id).isEmpty()) {
                throw SeenVehicle.unknown(id);
            }
            looks.ask(connection, call, id);
            return Track.read(connection, call.scope(), id, from, to, Track.MOST);
        }));
    }

    private int[] inStates(Set<String> states) {
        int[] ids = new int[256];
        int count = 0;
        for (FleetBook.Vehicle vehicle : book.get().allVehicles()) {
            if (states.contains(fleet.motionOf(vehicle.id()).word())) {
                if (count == ids.length) {
                    ids = Arrays.copyOf(ids, count * 2);
                }
                ids[count++] = vehicle.id();
            }
        }
        return Arrays.copyOf(ids, count);
    }

    private VehicleView view(VehicleRow row, boolean phones) {
        VehicleState state = fleet.of(row.id());
        VehicleState placed = state != null && state.hasPlace() ? state : null;
        Terminal terminal = row.terminal();
        return new VehicleView(
                row.id(),
                row.plate(),
                row.plateColour(),
                row.companyId(),
                row.companyName(),
                row.vehicleClass(),
                row.model(),
                driverView(row.driver(), phones),
                terminal == null ? null : terminal.phone(),
                state == null ? Motion.NEVER.word() : state.motion().word(),
                placed == null ? null : placed.latMicrodeg() / 1e6,
                placed == null ? null : placed.lonMicrodeg() / 1e6,
                state == null ? null : state.speedDeciKmh() / 10.0,
                state == null ? null : state.headingDeg(),
                state == null ? null : Json.time(state.deviceMillis()),
                liveAlarms.severityOf(row.id()));
    }

    /**
     * One truck in a list.
     *
     * @param phone number of its terminal
     * @param openSeverity highest of its live alarms, 0 without any
     */
    record VehicleView(
            int id,
            String plate,
            int plateColour,
            int companyId,
            String companyName,
            String vehicleClass,
            @Nullable String model,
            @Nullable DriverView driver,
            @Nullable String phone,
            String state,
            @Nullable Double lat,
            @Nullable Double lon,
            @Nullable Double speedKmh,
            @Nullable Integer headingDeg,
            @Nullable String deviceTime,
            int openSeverity) {}

    /** The driver assigned now. @param phone in full, only for those who may call him */
    record DriverView(
            int id,
            @DriverName String name,
            @Nullable String phoneMasked,
            @Nullable String phone) {}

    /** Everything about one truck. */
    record Drawer(
            @JsonUnwrapped VehicleView vehicle,
            AtTheWheel atTheWheel,
            @Nullable Terminal terminal,
            List<PaperQueries.Paper> papers,
            List<AlarmRow> alarmsToday,
            Today today,
            @Nullable ClockView clock,
            Counters counters,
            List<CommandQueries.CommandRow> commands) {}

    /**
     * Who drives now.
     *
     * @param source card, unknown_card (its number stands in no register), assigned, or nobody
     * @param driver null if nobody is known, or if the card is that of a company that may not be seen
     * @param cardNumberEnd last digits of the card's number
     * @param since when the card was read, by the terminal's clock
     */
    record AtTheWheel(
            String source,
            @Nullable DriverView driver,
            @DriverNumber @Nullable String cardNumberEnd,
            @Nullable String since) {}

    /** How long the driver has been driving. @param deadline null while he rests */
    record ClockView(
            long continuousS, long limitS, @Nullable String deadline, boolean driving, String asOf) {}
}

package io.haulwatch.console.driver;

import io.haulwatch.console.driver.DriverLock.Truck;
import io.haulwatch.console.driver.TaskBook.TaskRow;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.port.DrivingClock;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a driver sees first, and his rest-time clock: both answer while his truck moves, the first with nothing to learn on it then. */
final class TodayRoutes {
    private final ScopedDatabase database;
    private final DriverLock lock;
    private final DrivingClock drivingClock;
    private final InstantSource clock;

    TodayRoutes(ScopedDatabase database, DriverLock lock, DrivingClock drivingClock, InstantSource clock) {
        this.database = database;
        this.lock = lock;
        this.drivingClock = drivingClock;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/driver/today", Right.LEARN, this::today),
                Route.get("/api/v1/driver/clock", Right.LEARN, this::restClock));
    }

    private Answer today(Call call) throws SQLException {
        int me = Self.id(call);
        Instant now = clock.instant();
        Truck truck = lock.truck(me);
        boolean locked = truck != null && truck.moving();
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            Self.of(connection, call);
            return new Today(
                    Json.time(now),
                    locked,
                    vehicle(truck),
                    clockOf(truck),
                    locked ? List.of() : TaskBook.of(connection, me, false, now),
                    locked
                            ? 0
                            : count(
                                    connection,
                                    new SqlText(
                                            "select count(*) from hw.driver_message where driver_id = ? and read_at is null",
                                            me)),
                    locked ? 0 : DriverAlarms.open(connection, me, now),
                    StudyTime.ofMonth(connection, me, now));
        }));
    }

    private Answer restClock(Call call) {
        Truck truck = lock.truck(Self.id(call));
        return Answer.json(new RestClock(Json.time(clock.instant()), vehicle(truck), clockOf(truck)));
    }

    private static @Nullable VehicleView vehicle(@Nullable Truck truck) {
        return truck == null ? null : new VehicleView(truck.plate(), truck.moving());
    }

    private @Nullable ClockView clockOf(@Nullable Truck truck) {
        DrivingClock.Clock driving = truck == null ? null : drivingClock.of(truck.id());
        return driving == null
                ? null
                : new ClockView(
                        driving.continuousSeconds(),
                        driving.limitSeconds(),
                        driving.driving() ? Json.time(driving.deadlineMillis()) : null,
                        driving.driving(),
                        Json.time(driving.asOfMillis()));
    }

    static int count(Connection connection, SqlText sql) throws SQLException {
        return sql.first(connection, row -> row.getInt(1)).orElse(0);
    }

    /**
     * The first page.
     *
     * @param locked whether the truck moves: then there is nothing to learn, read or answer
     * @param vehicle whose truck it is, null if none is known
     */
    record Today(
            String now,
            boolean locked,
            @Nullable VehicleView vehicle,
            @Nullable ClockView clock,
            List<TaskRow> tasks,
            int unread,
            int openAlarms,
            StudyTime.Month hours) {}

    record RestClock(
            String now,
            @Nullable VehicleView vehicle,
            @Nullable ClockView clock) {}

    record VehicleView(String plate, boolean moving) {}

    /** How long he has been driving. @param deadline null while he rests */
    record ClockView(
            long continuousS, long limitS, @Nullable String deadline, boolean driving, String asOf) {}
}

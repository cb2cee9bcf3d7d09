package io.haulwatch.console.driver;

import io.haulwatch.console.alarms.AlarmStream;
import io.haulwatch.console.cases.Appeals;
import io.haulwatch.console.desk.Trail.Doer;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A driver's own alarms, and contesting one of them. */
final class DriverAlarmRoutes {
    private final ScopedDatabase database;
    private final DriverLock lock;
    private final DriverAlarms alarms;
    private final OwnTrack tracks;
    private final Appeals appeals;
    private final AlarmStream stream;
    private final InstantSource clock;

    DriverAlarmRoutes(
            ScopedDatabase database,
            DriverLock lock,
            DriverAlarms alarms,
            Appeals appeals,
            AlarmStream stream,
            InstantSource clock) {
        this.database = database;
        this.lock = lock;
        this.alarms = alarms;
        this.tracks = new OwnTrack(database);
        this.appeals = appeals;
        this.stream = stream;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/driver/alarms", Right.LEARN, lock.before(this::list)),
                Route.get("/api/v1/driver/alarms/:id/track", Right.LEARN, lock.before(this::track)),
                Route.post("/api/v1/driver/alarms/:id/appeal", Right.LEARN, lock.before(this::appeal)));
    }

    private Answer list(Call call) throws SQLException {
        return Answer.json(new Page<>(
                alarms.newest(new Scope.OneDriver(Self.id(call)), call.user().userId(), clock.instant()), null));
    }

    private Answer track(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        OwnTrack.TrackView found = tracks.of(call, Self.id(call), id.toString());
        if (found == null) {
            throw unknown(id);
        }
        return Answer.json(found);
    }

    private Answer appeal(Call call) throws SQLException {
        int me = Self.id(call);
        UUID id = call.pathUuid("id");
        int company = database.read(
                        call.scope(),
                        call.user().userId(),
                        connection -> new SqlText(
                                        "select company_id from hw.episode where episode_id = ? and driver_id = ?",
                                        id,
                                        me)
                                .first(connection, row -> row.getInt(1)))
                .orElseThrow(() -> unknown(id));
        // The work on an alarm is its company's; it may have been found to be another driver's in between.
        Scope scope = new Scope.Companies(Set.of(company));
        Appeals.Done done = database.write(
                scope,
                call.user().userId(),
                connection -> appeals.contest(
                        connection,
                        scope,
                        id,
                        work -> Integer.valueOf(me).equals(work.driverId()),
                        () -> Appeals.reason(call),
                        Doer.of(call)));
        stream.tell(done.news());
        return Answer.json(201, done.appeal());
    }

    private static Refusal unknown(UUID id) {
        return Refusal.notFound("You have no such alarm: id=" + id + ".");
    }
}

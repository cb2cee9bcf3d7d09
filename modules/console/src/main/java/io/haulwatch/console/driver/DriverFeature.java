package io.haulwatch.console.driver;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.alarms.AlarmStream;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.cases.Appeals;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.live.FleetState;
import io.haulwatch.console.port.ConsolePorts;
import io.haulwatch.console.session.Entrance;
import io.haulwatch.console.users.DriverAccounts;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.store.secret.SecretBox;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The phone's side of the console, put together. */
public final class DriverFeature {
    private final List<Route> routes = new ArrayList<>();
    private final StudyAtTheWheel atTheWheel;

    public DriverFeature(
            ScopedDatabase database,
            FleetState fleet,
            ConsolePorts ports,
            Supplier<FleetBook> book,
            Entrance entrance,
            CodeDelivery delivery,
            SecretBox secrets,
            Appeals appeals,
            AlarmStream alarms,
            ExamBook exams,
            AuditLog audit,
            ObjectMapper json,
            SecureRandom random,
            InstantSource clock) {
        DriverLock lock = new DriverLock(fleet, ports.driverCards(), book, clock);
        routes.addAll(new EntryRoutes(
                        database,
                        new EntryCodes(secrets, random),
                        delivery,
                        new DriverAccounts(audit, random),
                        entrance,
                        book,
                        audit,
                        clock)
                .routes());
        routes.addAll(new TodayRoutes(database, lock, ports.drivingClock(), clock).routes());
        routes.addAll(
                new DriverAlarmRoutes(database, lock, new DriverAlarms(database, book, json), appeals, alarms, clock)
                        .routes());
        StudyBook studies = new StudyBook(json, random::nextLong);
        atTheWheel = new StudyAtTheWheel(database, ports.drivenTimes(), studies, audit, clock);
        routes.addAll(new LessonRoutes(database, lock, studies, new Questions(json), json, clock).routes());
        routes.addAll(new VideoContent(database, ports.videos(), lock).routes());
        routes.addAll(new ExamRoutes(database, lock, exams, clock).routes());
        routes.addAll(new DriverFileRoutes(database, lock, clock).routes());
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Looks whether somebody studied while he drove; called again and again by one thread. */
    public void look() {
        atTheWheel.look();
    }
}

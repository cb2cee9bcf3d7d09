package io.haulwatch.console.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.documents.IssuedDocuments;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.live.FleetState;
import io.haulwatch.console.port.ConsolePorts;
import io.haulwatch.console.print.PrintShop;
import io.haulwatch.store.file.CourseVideoFiles;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.content.Courses;
import io.haulwatch.training.remedial.RemedialRules;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that the centre and the companies ask about training, and the work that goes on without being asked. */
public final class TrainingRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRoutes.class);
    private static final Duration REMINDERS = Duration.ofMinutes(10);
    private static final Duration SWEEPS = Duration.ofHours(1);

    private final List<Route> routes = new ArrayList<>();
    private final BuiltInCourses courses;
    private final PlanAssignment assignment;
    private final RemedialTraining remedial;
    private final TrainingReminders reminders;
    private final TrainingEffects effects;
    private final VideoRoutes videos;
    private final InstantSource clock;
    private boolean installed;
    private @Nullable Instant reminded;
    private @Nullable Instant swept;

    /**
     * @param files bytes of the videos of courses
     * @param publicOrigin under which the console is reached from outside, null if that is not known
     */
    public TrainingRoutes(
            ScopedDatabase database,
            IssuedDocuments documents,
            PrintShop shop,
            AuditLog audit,
            Cursors cursors,
            ObjectMapper json,
            CourseVideoFiles files,
            @Nullable String publicOrigin,
            FleetState fleet,
            ConsolePorts ports,
            Supplier<FleetBook> book,
            StatementPush push,
            InstantSource clock) {
        this.courses = new BuiltInCourses(database, json, clock);
        this.assignment = new PlanAssignment(database, clock);
        this.remedial = new RemedialTraining(database, audit, RemedialRules.USUAL, clock);
        this.reminders = new TrainingReminders(
                database,
                new DriversAtWork(
                        vehicle -> reportedMillis(fleet, vehicle),
                        ports.drivingClock(),
                        ports.driverCards(),
                        book,
                        clock),
                clock);
        this.effects = new TrainingEffects(database, clock);
        this.videos = new VideoRoutes(database, files, audit, UUID::randomUUID, clock);
        this.clock = clock;
        routes.addAll(new CourseRoutes(database, audit, cursors, clock).routes());
        routes.addAll(new CourseCopies(database, audit, clock).routes());
        routes.addAll(new LessonChanges(database, audit, clock).routes());
        routes.addAll(videos.routes());
        routes.addAll(new PictureRoutes(database, audit, clock).routes());
        routes.addAll(new QuestionRoutes(database, audit, cursors, json, clock).routes());
        routes.addAll(new QuestionImport(database, audit, json, clock).routes());
        routes.addAll(new PlanRoutes(database, audit, cursors, clock).routes());
        routes.addAll(new ProgressRoutes(database, audit, cursors, clock).routes());
        routes.addAll(new LedgerRoutes(database, documents, shop, audit, cursors, json, clock).routes());
        routes.addAll(new CertificateRoutes(database, shop, audit, cursors, publicOrigin, clock).routes());
        routes.addAll(new StatementRoutes(database, push).routes());
        routes.addAll(new AtTheWheelRoutes(database, cursors).routes());
        routes.addAll(new EffectRoutes(database).routes());
    }

    private static long reportedMillis(FleetState fleet, int vehicle) {
        FleetState.VehicleState state = fleet.of(vehicle);
        return state == null ? 0 : state.receivedMillis();
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Does what is due; called again and again by one thread. */
    public void look() {
        if (!installed) {
            installed = courses.install(Courses.builtIn());
        }
        remedial.look();
        assignment.look();
        Instant now = clock.instant();
        if (isDue(reminded, REMINDERS, now)) {
            try {
                reminders.look();
                reminded = now;
            } catch (SQLException e) {
                LOG.debug("reminders wait until the database answers: {}", e.getMessage());
            }
        }
        try {
            effects.look();
        } catch (SQLException e) {
            LOG.debug("what courses do is counted when the database answers: {}", e.getMessage());
        }
        if (isDue(swept, SWEEPS, now)) {
            swept = now;
            try {
                videos.sweep();
            } catch (SQLException | IOException e) {
                LOG.warn("videos that nobody needs stay until the next look: {}", e.toString());
            }
        }
    }

    private static boolean isDue(@Nullable Instant last, Duration pause, Instant now) {
        return last == null || !last.plus(pause).isAfter(now);
    }
}

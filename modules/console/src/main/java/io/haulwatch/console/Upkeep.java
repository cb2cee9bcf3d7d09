package io.haulwatch.console;

import io.haulwatch.console.alarms.AlarmQueries;
import io.haulwatch.console.alarms.AlarmStream;
import io.haulwatch.console.alarms.LiveAlarms;
import io.haulwatch.console.cases.CaseClock;
import io.haulwatch.console.companies.CompanyScores;
import io.haulwatch.console.desk.DueActs;
import io.haulwatch.console.directory.Directory;
import io.haulwatch.console.driver.ExamBook;
import io.haulwatch.console.http.SocketGate;
import io.haulwatch.console.imports.ImportStore;
import io.haulwatch.console.papers.PaperReminders;
import io.haulwatch.console.status.StatusWatch;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the console looks after by itself: names, scores, live alarms, sessions of open sockets, and telling how the system is. */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration HANDLED_REMEMBERED = Duration.ofDays(2);
    private static final long DIRECTORY_MILLIS = 2_000;
    private static final long SCORES_MILLIS = 30_000;
    private static final long SWEEP_MILLIS = 10_000;
    private static final long STANDING_MILLIS = 5_000;
    private static final long DESK_MILLIS = 250;
    private static final long CASES_MILLIS = 1_000;
    private static final long IMPORTS_MILLIS = 600_000;
    private static final long REMINDERS_MILLIS = 60_000;
    private static final long EXAMS_MILLIS = 60_000;
    private static final long TRAINING_MILLIS = 1_000;

    private final ScopedDatabase database;
    private final Directory directory;
    private final LiveAlarms liveAlarms;
    private final AlarmQueries alarmQueries;
    private final CompanyScores scores;
    private final TruckColours colours;
    private final StatusWatch status;
    private final AlarmStream alarms;
    private final ImportStore imports;
    private final DueActs due;
    private final CaseClock cases;
    private final PaperReminders reminders;
    private final ExamBook exams;
    private final Runnable training;
    private final InstantSource clock;
    /** Work that may wait for the database, and work that never may. */
    private final ScheduledExecutorService slow = daemon("haulwatch-console-upkeep");

    private final ScheduledExecutorService quick = daemon("haulwatch-console-status");
    /** What somebody waits for after the seconds of undoing: nothing else may hold it up. */
    private final ScheduledExecutorService desk = daemon("haulwatch-console-desk");

    /** A plan of every driver takes a while; nothing else waits for it. */
    private final ScheduledExecutorService lessons = daemon("haulwatch-console-training");

    private final List<ScheduledFuture<?>> running = new ArrayList<>();
    private boolean seeded;

    Upkeep(
            ScopedDatabase database,
            Directory directory,
            LiveAlarms liveAlarms,
            AlarmQueries alarmQueries,
            CompanyScores scores,
            TruckColours colours,
            StatusWatch status,
            AlarmStream alarms,
            ImportStore imports,
            DueActs due,
            CaseClock cases,
            PaperReminders reminders,
            ExamBook exams,
            Runnable training,
            InstantSource clock) {
        this.database = database;
        this.directory = directory;
        this.liveAlarms = liveAlarms;
        this.alarmQueries = alarmQueries;
        this.scores = scores;
        this.colours = colours;
        this.status = status;
        this.alarms = alarms;
        this.imports = imports;
        this.due = due;
        this.cases = cases;
        this.reminders = reminders;
        this.exams = exams;
        this.training = training;
        this.clock = clock;
        directory.onNeed(this::refreshDirectorySoon);
    }

    /** What is loaded before the first request, if the database answers. */
    void begin() {
        refreshDirectory();
        refreshScores();
    }

    void start(SocketGate sockets) {
        every(slow, DIRECTORY_MILLIS, this::refreshDirectory);
        every(slow, SCORES_MILLIS, this::refreshScores);
        every(quick, StatusWatch.LOOK.toMillis(), () -> status.look(alarms::tellAll));
        every(quick, SWEEP_MILLIS, () -> liveAlarms.sweep(clock.instant()));
        every(desk, DESK_MILLIS, due::look);
        every(desk, CASES_MILLIS, cases::look);
        every(slow, IMPORTS_MILLIS, this::sweepImports);
        every(slow, REMINDERS_MILLIS, reminders::look);
        every(slow, EXAMS_MILLIS, this::closeExams);
        every(lessons, TRAINING_MILLIS, training);
        every(slow, STANDING_MILLIS, () -> {
            sockets.check();
            alarms.checkStanding();
        });
    }

    @Override
    public void close() {
        running.forEach(work -> work.cancel(false));
        slow.shutdownNow();
        quick.shutdownNow();
        desk.shutdownNow();
        lessons.shutdownNow();
    }

    private void refreshDirectorySoon() {
        try {
            slow.execute(() -> guarded(directory::refresh));
        } catch (RejectedExecutionException e) {
            LOG.debug("the console stops, names are not read again");
        }
    }

    private void refreshDirectory() {
        directory.refresh();
        if (!seeded) {
            seed();
        }
    }

    private void seed() {
        try {
            Instant now = clock.instant();
            liveAlarms.seedHandled(database.read(
                    Scope.ALL,
                    ScopedDatabase.NO_USER,
                    connection -> alarmQueries.handled(connection, now.minus(HANDLED_REMEMBERED))));
            liveAlarms.seed(database.read(
                    Scope.ALL,
                    ScopedDatabase.NO_USER,
                    connection -> alarmQueries.waiting(connection, now.minus(LiveAlarms.AFTERGLOW))));
            seeded = true;
        } catch (SQLException e) {
            LOG.debug("alarms that wait cannot be read yet: {}", e.getMessage());
        }
    }

    private void sweepImports() {
        try {
            database.write(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
                imports.sweep(connection, clock.instant());
                return true;
            });
        } catch (SQLException e) {
            LOG.debug("imports that are over stay until the database answers: {}", e.getMessage());
        }
    }

    /** Some at a time, each in a transaction of its own, so that nobody waits long for an exam that is held here. */
    private void closeExams() {
        try {
            int closed;
            do {
                closed = database.write(
                        Scope.ALL,
                        ScopedDatabase.NO_USER,
                        connection -> exams.closeOverdue(connection, clock.instant()));
            } while (closed > 0);
        } catch (SQLException e) {
            LOG.debug("exams whose time is over stay open until the database answers: {}", e.getMessage());
        }
    }

    private void refreshScores() {
        try {
            colours.scores(database.read(
                    Scope.ALL, ScopedDatabase.NO_USER, connection -> scores.newest(connection, Scope.ALL)));
        } catch (SQLException e) {
            LOG.debug("scores cannot be read, they stay as they were: {}", e.getMessage());
        }
    }

    private void every(ScheduledExecutorService thread, long millis, Runnable work) {
        running.add(thread.scheduleWithFixedDelay(() -> guarded(work), millis, millis, TimeUnit.MILLISECONDS));
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // The schedule would end silently.
            LOG.error("the console's upkeep failed; it goes on", e);
        }
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}

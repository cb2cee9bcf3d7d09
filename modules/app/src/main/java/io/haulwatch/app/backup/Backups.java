package io.haulwatch.app.backup;

import io.haulwatch.app.config.Config;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes backups while the service runs and throws the oldest away. One that fails is tried again soon, counted and told. */
public final class Backups implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    /** The first start is busy enough without. */
    private static final Duration FIRST = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofMinutes(10);

    private final Backup backup;
    private final Path folder;
    private final Config.Backup wanted;
    private final InstantSource clock;
    private final Counter failures;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("backup").daemon(true).factory());
    private volatile @Nullable Instant last;

    private Backups(Backup backup, Path folder, Config.Backup wanted, MeterRegistry meters, InstantSource clock) {
        this.backup = backup;
        this.folder = folder;
        this.wanted = wanted;
        this.clock = clock;
        this.last = lastIn(folder);
        failures = Counter.builder("haulwatch.backup.failures")
                .description("Backups that failed since the start")
                .register(meters);
        Gauge.builder("haulwatch.backup.age", this, Backups::ageSeconds)
                .description("Age of the last whole backup; NaN without one")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Starts making them; the first as soon as the last one in the folder is old enough. */
    public static AutoCloseable start(Backup backup, Config.Backup wanted, MeterRegistry meters, InstantSource clock) {
        Path folder = wanted.folder();
        if (folder == null) {
            return () -> {};
        }
        Backups backups = new Backups(backup, folder, wanted, meters, clock);
        Instant last = backups.last;
        Duration first = last == null ? FIRST : Duration.between(clock.instant(), last.plus(wanted.every()));
        backups.next(first.compareTo(FIRST) < 0 ? FIRST : first);
        return backups;
    }

    private void next(Duration pause) {
        var unused = schedule.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        Instant now = clock.instant();
        try {
            Path made = backup.take(folder, now);
            last = now;
            LOG.info(
                    "backup made: folder={} seconds={}",
                    made,
                    Duration.between(now, clock.instant()).toSeconds());
            dropOld();
            next(wanted.every());
        } catch (IOException | SQLException | RuntimeException e) {
            if (schedule.isShutdown()) {
                LOG.info("a backup was broken off by the stop: folder={}", folder);
                return;
            }
            failures.increment();
            Duration pause = wanted.every().compareTo(RETRY) < 0 ? wanted.every() : RETRY;
            LOG.error("no backup could be made, tried again in {} s: folder={}", pause.toSeconds(), folder, e);
            next(pause);
        }
    }

    private void dropOld() throws IOException {
        List<Path> whole = Backup.in(folder);
        for (Path old : whole.subList(0, Math.max(0, whole.size() - wanted.keep()))) {
            Backup.delete(old);
            LOG.info("old backup dropped: folder={}", old);
        }
    }

    private double ageSeconds() {
        Instant made = last;
        return made == null
                ? Double.NaN
                : Duration.between(made, clock.instant()).toSeconds();
    }

    private static @Nullable Instant lastIn(Path folder) {
        try {
            List<Path> whole = Backup.in(folder);
            return whole.isEmpty() ? null : Backup.madeAt(whole.getLast());
        } catch (IOException | RuntimeException e) {
            LOG.warn("the last backup cannot be read, a new one is made: folder={} error={}", folder, e.toString());
            return null;
        }
    }

    @Override
    public void close() {
        // A copy that is under way ends at its next file operation; what it leaves is thrown away by the next one.
        schedule.shutdownNow();
    }
}

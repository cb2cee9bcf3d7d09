package io.haulwatch.console.notifications;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.notifications.Deliveries.Due;
import io.haulwatch.console.notifications.Deliveries.Kept;
import io.haulwatch.console.notifications.Deliveries.Sums;
import io.haulwatch.console.notifications.Outcome.Arrived;
import io.haulwatch.console.notifications.Outcome.Failed;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.store.secret.SecretBox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is to be told. All that it knows are rows, so a restart loses nothing; what was under way then is sent once more under the same
 * id. Each receiver is told one thing after the other, on a thread of its own: a slow one holds nobody up, and one that is away is asked
 * with one message now and then, not with each that waits for it. When it is back, all that waits goes at once.
 */
public final class NotificationSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationSender.class);
    private static final Duration ONE_MESSAGE = Duration.ofSeconds(10);
    private static final Duration UPKEEP = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 500;
    private static final int CLOSE_SECONDS = 5;

    private final ScopedDatabase database;
    private final Outbox outbox;
    private final Map<String, Channel> channels;
    private final InstantSource clock;
    private final MeterRegistry meters;
    /** Looking up a name blocks a thread of the machine; it shall be none of those that pages are served on. */
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("haulwatch-notifications-", 0).daemon(true).factory());

    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("haulwatch-notifications").daemon(true).factory());
    /** Receivers that are being told something. */
    private final Map<Long, Boolean> busy = new ConcurrentHashMap<>();
    /** Receivers that failed on end. A restart forgets it, which costs one try each. */
    private final Map<Long, Failing> failing = new ConcurrentHashMap<>();

    private volatile Sums sums = new Sums(0, 0);
    private volatile boolean open = true;
    private Instant keptUp = Instant.MIN;

    private record Failing(int times, Instant restsUntil) {}

    NotificationSender(
            ScopedDatabase database,
            Outbox outbox,
            Map<String, Channel> channels,
            MeterRegistry meters,
            InstantSource clock) {
        this.database = database;
        this.outbox = outbox;
        this.channels = Map.copyOf(channels);
        this.meters = meters;
        this.clock = clock;
        Gauge.builder("haulwatch.notifications.waiting", this, self -> self.sums.waiting())
                .description("Deliveries that wait to be sent or to be sent again")
                .register(meters);
        Gauge.builder("haulwatch.notifications.dead", this, self -> self.sums.dead())
                .description("Deliveries that nobody tries any more")
                .register(meters);
    }

    /** The sender of a console. */
    public static NotificationSender of(
            ScopedDatabase database,
            NotificationOptions options,
            SecretBox secrets,
            Vertx vertx,
            ObjectMapper json,
            MeterRegistry meters,
            InstantSource clock) {
        return new NotificationSender(
                database,
                new Outbox(new Bodies(json, options.publicUrl()), UUID::randomUUID),
                Map.of(
                        "webhook",
                        new WebhookChannel(vertx, secrets, options.targets(), InetAddress::getAllByName, ONE_MESSAGE),
                        "email",
                        new MailChannel(options.mail(), json)),
                meters,
                clock);
    }

    /** Looks again and again until it is closed. */
    public void start() {
        var unused = schedule.scheduleWithFixedDelay(this::looked, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void looked() {
        try {
            look();
        } catch (RuntimeException e) {
            // The schedule would end silently.
            LOG.error("notifications could not be looked after; they are again", e);
        }
    }

    /** Spreads what happened and begins to send what is due; called again and again. @return what it began */
    List<Future<?>> look() {
        List<Future<?>> begun = new ArrayList<>();
        try {
            int spread;
            do {
                spread = database.write(
                        Scope.ALL, ScopedDatabase.NO_USER, connection -> outbox.spread(connection, clock.instant()));
            } while (spread > 0 && open);
            keepUp();
            Instant now = clock.instant();
            for (long receiver : database.read(
                    Scope.ALL, ScopedDatabase.NO_USER, connection -> Deliveries.receiversDue(connection, now))) {
                if (!rests(receiver, now) && busy.putIfAbsent(receiver, true) == null) {
                    begun.add(workers.submit(() -> serve(receiver)));
                }
            }
        } catch (SQLException e) {
            LOG.debug("notifications wait until the database answers: {}", e.getMessage());
        } catch (RejectedExecutionException e) {
            LOG.debug("the console stops, notifications wait for its next start");
        }
        return begun;
    }

    /** A receiver that rests longer than a rest can be was put to rest before the clock was set back. */
    private boolean rests(long receiver, Instant now) {
        Failing since = failing.get(receiver);
        return since != null
                && now.isBefore(since.restsUntil)
                && !now.plus(Waits.rest(since.times)).isBefore(since.restsUntil);
    }

    private void keepUp() throws SQLException {
        Instant now = clock.instant();
        if (keptUp.isAfter(now.minus(UPKEEP)) && !keptUp.isAfter(now)) {
            return;
        }
        keptUp = now;
        Kept kept = database.write(Scope.ALL, ScopedDatabase.NO_USER, connection -> Deliveries.keepUp(connection, now));
        if (kept.dead() + kept.dropped() > 0) {
            LOG.warn(
                    "notifications: {} given up, {} of the oldest that were given up dropped",
                    kept.dead(),
                    kept.dropped());
        }
        counter("haulwatch.notifications.given_up", "Deliveries that nobody tries any more, since the start")
                .increment(kept.dead());
        counter("haulwatch.notifications.dropped", "Dead letters beyond their bound that went")
                .increment(kept.dropped());
        sums = database.read(Scope.ALL, ScopedDatabase.NO_USER, Deliveries::sums);
    }

    private void serve(long receiver) {
        try {
            boolean goesOn = true;
            while (open && goesOn && !Thread.currentThread().isInterrupted()) {
                Instant now = clock.instant();
                Due due = database.read(
                                Scope.ALL,
                                ScopedDatabase.NO_USER,
                                connection -> Deliveries.next(connection, receiver, now))
                        .orElse(null);
                goesOn = due != null && send(due);
            }
        } catch (SQLException e) {
            LOG.warn("a notification is sent again once the database answers: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // It would be sent again at once, for ever.
            failing.merge(receiver, new Failing(1, clock.instant().plus(Waits.rest(1))), (a, b) -> worse(a));
            LOG.error("a notification could not be sent: receiver={}", receiver, e);
        } finally {
            busy.remove(receiver);
        }
    }

    private Failing worse(Failing before) {
        int times = before.times + 1;
        return new Failing(times, clock.instant().plus(Waits.rest(times)));
    }

    /** Sends one. @return whether the next may follow at once */
    private boolean send(Due due) throws SQLException, InterruptedException {
        Channel channel = channels.get(due.receiver().kind());
        if (channel == null) {
            throw new IllegalStateException(
                    "no way to a receiver: kind=" + due.receiver().kind());
        }
        long receiver = due.receiver().id();
        Outcome outcome = channel.send(due.receiver(), due.letter(), clock.instant());
        Instant now = clock.instant();
        switch (outcome) {
            case Arrived arrived -> {
                database.write(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
                    Deliveries.arrived(connection, due, now);
                    return true;
                });
                failing.remove(receiver);
                count(due, "arrived");
                return true;
            }
            case Failed failed -> {
                boolean over = database.write(
                        Scope.ALL,
                        ScopedDatabase.NO_USER,
                        connection -> Deliveries.failed(connection, due, failed, now));
                failing.merge(receiver, new Failing(1, now.plus(Waits.rest(1))), (a, b) -> worse(a));
                count(due, failed.fault());
                if (over) {
                    counter(
                                    "haulwatch.notifications.given_up",
                                    "Deliveries that nobody tries any more, since the start")
                            .increment();
                }
                return false;
            }
        }
    }

    private void count(Due due, String result) {
        Counter.builder("haulwatch.notifications.tries")
                .description("Tries to deliver a notification, by what came of them")
                .tag("kind", due.receiver().kind())
                .tag("result", result)
                .register(meters)
                .increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }

    /** Stops; what is under way is broken off and sent again after the next start. */
    @Override
    public void close() {
        open = false;
        schedule.shutdownNow();
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("notifications did not stop in order");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channels.values().forEach(Channel::close);
    }
}

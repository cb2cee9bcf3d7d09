package io.haulwatch.console.training;

import io.haulwatch.console.notifications.LearningStore;
import io.haulwatch.console.notifications.LearningStore.Answer;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends statements to the operator's learning record store, in their order, some at a time. Which ones it has stands with each statement, so a restart
 * goes on behind the last that it took; one that was on its way then is sent again under the same id, which the store knows. A statement that it
 * refuses is found by halves and left behind as a dead letter; a store that is away is asked again, ever later.
 */
public final class StatementPush implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatementPush.class);
    /** Statements of one message. */
    static final int BATCH = 50;

    private static final String ANSWERS =
            "tries = 0, next_at = '-infinity', failing_since = null, fault = null, fault_detail = null";

    private static final long LOOK_MILLIS = 2_000;
    private static final int CLOSE_SECONDS = 5;

    private final ScopedDatabase database;
    private final @Nullable LearningStore store;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("haulwatch-statements").daemon(true).factory());
    private volatile boolean open = true;

    /** @param store null if there is none */
    public StatementPush(
            ScopedDatabase database, @Nullable LearningStore store, RandomGenerator random, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /** Whether there is a store. */
    boolean isConfigured() {
        return store != null;
    }

    /** Sends again and again until it is closed. */
    public void start() {
        if (store != null) {
            var unused = schedule.scheduleWithFixedDelay(this::looked, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void looked() {
        try {
            look();
        } catch (SQLException e) {
            LOG.debug("statements wait until the database answers: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The schedule would end silently.
            LOG.error("statements could not be sent; they are again", e);
        }
    }

    private record Waiting(long no, String body) {}

    private record Standing(int tries, Instant nextAt) {}

    /** Sends what waits, as long as the store takes it. */
    void look() throws SQLException, InterruptedException {
        LearningStore to = store;
        while (to != null && open) {
            Standing standing = database.read(
                    Scope.ALL,
                    ScopedDatabase.NO_USER,
                    connection -> new SqlText(
                                    "select tries, case when next_at = '-infinity' then 'epoch' else next_at end from hw.learning_push")
                            .first(
                                    connection,
                                    row -> new Standing(
                                            row.getInt(1), row.getTimestamp(2).toInstant()))
                            .orElseThrow());
            if (clock.instant().isBefore(standing.nextAt)) {
                return;
            }
            List<Waiting> waiting = database.read(
                    Scope.ALL,
                    ScopedDatabase.NO_USER,
                    connection -> new SqlText(
                                    "select statement_no, body from hw.learning_statement where pushed_at is null and dead_at is null"
                                            + " order by statement_no limit ?",
                                    BATCH)
                            .list(connection, row -> new Waiting(row.getLong(1), row.getString(2))));
            if (waiting.isEmpty() || !send(to, waiting, standing.tries)) {
                return;
            }
        }
    }

    /** Sends some, by halves where they are not taken together. @return whether the store answers */
    private boolean send(LearningStore to, List<Waiting> some, int tries) throws SQLException, InterruptedException {
        Answer answer = to.send(some.stream().map(Waiting::body).toList());
        switch (answer) {
            case Answer.Taken() -> taken(some);
            case Answer.Known() -> {
                if (some.size() > 1) {
                    return halves(to, some, tries);
                }
                taken(some);
            }
            case Answer.Refused(String detail) -> {
                if (some.size() > 1) {
                    return halves(to, some, tries);
                }
                refused(some.getFirst(), detail);
            }
            case Answer.Away(String fault, String detail) -> {
                away(fault, detail, tries + 1);
                return false;
            }
        }
        return open;
    }

    private boolean halves(LearningStore to, List<Waiting> some, int tries) throws SQLException, InterruptedException {
        int middle = some.size() / 2;
        return send(to, some.subList(0, middle), tries) && send(to, some.subList(middle, some.size()), tries);
    }

    private void taken(List<Waiting> some) throws SQLException {
        Instant now = clock.instant();
        database.write(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
            new SqlText(
                            "update hw.learning_statement set pushed_at = ? where statement_no = any (?::bigint[])",
                            now,
                            some.stream().map(each -> Long.toString(each.no)).toList())
                    .run(connection);
            new SqlText("update hw.learning_push set last_sent_at = ?, " + ANSWERS, now).run(connection);
            return true;
        });
    }

    private void refused(Waiting one, String detail) throws SQLException {
        LOG.warn("the learning record store does not take a statement: no={}, status={}", one.no, detail);
        Instant now = clock.instant();
        database.write(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
            new SqlText(
                            "update hw.learning_statement set dead_at = ?, fault = ? where statement_no = ?",
                            now,
                            "status " + detail,
                            one.no)
                    .run(connection);
            new SqlText("update hw.learning_push set " + ANSWERS).run(connection);
            return true;
        });
    }

    private void away(String fault, String detail, int tries) throws SQLException {
        Instant now = clock.instant();
        if (tries == 1) {
            LOG.warn("the learning record store is away: fault={} {}", fault, detail);
        }
        database.write(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection -> new SqlText(
                                "update hw.learning_push set tries = ?, next_at = ?, failing_since = coalesce(failing_since, ?), fault = ?,"
                                        + " fault_detail = ?",
                                tries,
                                LearningStore.again(tries, now, random.nextDouble()),
                                now,
                                fault,
                                detail)
                        .run(connection));
    }

    /** Stops; what is under way is broken off and sent again after the next start. */
    @Override
    public void close() {
        open = false;
        schedule.shutdownNow();
        try {
            if (!schedule.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("statements did not stop in order");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (store != null) {
            store.close();
        }
    }
}

package io.haulwatch.analytics.rounds;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;

/** Does the same work again and again on a thread of its own. A round that fails is told once, not each time, and the next one tries again. */
public final class Rounds implements AutoCloseable {
    private static final long STOP_SECONDS = 10;

    private final String name;
    private final Work work;
    private final Logger log;
    private final long everySeconds;
    private final ScheduledExecutorService thread;
    private volatile boolean closed;
    private boolean going = true;

    private Rounds(String name, Work work, long everySeconds, Logger log) {
        this.name = name;
        this.work = work;
        this.everySeconds = everySeconds;
        this.log = log;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon(true).factory());
    }

    /** One round. */
    @FunctionalInterface
    public interface Work {
        /** @param stop whether to end at the next place where that does no harm */
        void run(BooleanSupplier stop) throws SQLException;
    }

    /** Starts the first round after a while, and each next one so long after the last. @param name of the thread, and of the work in the log */
    public static Rounds start(String name, long firstSeconds, long everySeconds, Logger log, Work work) {
        Rounds rounds = new Rounds(name, work, everySeconds, log);
        var unused = rounds.thread.scheduleWithFixedDelay(rounds::run, firstSeconds, everySeconds, TimeUnit.SECONDS);
        return rounds;
    }

    private void run() {
        try {
            work.run(() -> closed);
            going = true;
        } catch (SQLException | RuntimeException e) {
            if (going && !closed) {
                log.warn("{} cannot be worked on, tried again every {} s", name, everySeconds, e);
            }
            going = false;
        }
    }

    /** Ends the round at hand early. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("work on {} did not end within {} s", name, STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

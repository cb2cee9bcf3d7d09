package io.haulwatch.analytics.kpi;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link KpiJob} on a thread of its own, because the first days of a large fleet take many minutes. It looks every minute; a day is
 * counted when it is due. With the database away, the days before stand.
 */
public final class KpiCounting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KpiCounting.class);
    private static final long FIRST_SECONDS = 40;
    private static final long EVERY_SECONDS = 60;

    private final KpiJob job;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("indicators").daemon(true).factory());
    private volatile boolean closed;
    private boolean going = true;

    private KpiCounting(KpiJob job) {
        this.job = job;
    }

    /** Starts it. */
    public static KpiCounting start(KpiJob job) {
        KpiCounting counting = new KpiCounting(job);
        var unused =
                counting.thread.scheduleWithFixedDelay(counting::run, FIRST_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        return counting;
    }

    private void run() {
        try {
            job.run(() -> closed);
            going = true;
        } catch (SQLException | RuntimeException e) {
            // Said once, not each time.
            if (going && !closed) {
                LOG.warn("indicators cannot be counted, tried again every {} s", EVERY_SECONDS, e);
            }
            going = false;
        }
    }

    /** Ends after the hundred trucks at hand. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("counting indicators did not end within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

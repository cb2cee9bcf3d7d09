package io.haulwatch.analytics.hours;

import io.haulwatch.store.track.HourPacker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the {@link HourPacker} every half minute on a thread of its own. With the database away, hours wait in their tables. */
public final class HourPacking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HourPacking.class);
    private static final long EVERY_SECONDS = 30;

    private final HourPacker packer;
    private final InstantSource clock;
    private final Counter packed;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("hours").daemon(true).factory());
    private volatile int waiting;
    private volatile boolean closed;
    private boolean going = true;

    private HourPacking(HourPacker packer, MeterRegistry meters, InstantSource clock) {
        this.packer = packer;
        this.clock = clock;
        this.packed = Counter.builder("haulwatch.position.hours.packed")
                .description("Hours of a truck packed into one row, those packed again among them")
                .register(meters);
        Gauge.builder("haulwatch.position.hours.waiting", this, packing -> packing.waiting)
                .description("Hours of a truck that wait to be packed")
                .register(meters);
    }

    /** Starts it. */
    public static HourPacking start(HourPacker packer, MeterRegistry meters, InstantSource clock) {
        HourPacking packing = new HourPacking(packer, meters, clock);
        var unused =
                packing.thread.scheduleWithFixedDelay(packing::run, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        return packing;
    }

    private void run() {
        try {
            HourPacker.Result result = packer.run(clock.instant(), () -> closed);
            packed.increment(result.packed());
            waiting = result.waiting();
            going = true;
        } catch (SQLException | RuntimeException e) {
            // Days are read row by row meanwhile; said once, not each time.
            if (going && !closed) {
                LOG.warn("hours cannot be packed, tried again every {} s", EVERY_SECONDS, e);
            }
            going = false;
        }
    }

    /** Ends after the transaction at hand. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("packing hours did not end within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.haulwatch.log.local;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log's own thread: watches the free space, brings the log back after an error, purges, writes down how far readers and log have come. */
final class Keeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private static final long TICK_MILLIS = 100;
    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MARK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PURGE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long PURGE_WHILE_REFUSED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LocalLog log;
    private final WriteGate gate;
    private final long reopenNanos;

    private boolean failing;
    private long failedAt;
    private long probedAt = System.nanoTime();
    private long markedAt = System.nanoTime();
    private long purgedAt = System.nanoTime();

    Keeper(LocalLog log, Duration reopenAfter) {
        this.log = log;
        this.gate = log.gate();
        this.reopenNanos = reopenAfter.toNanos();
    }

    @Override
    public void run() {
        while (!log.isClosed()) {
            try {
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            try {
                tick(System.nanoTime());
            } catch (RuntimeException e) {
                LOG.error("the log's keeper failed, it goes on", e);
            }
        }
    }

    private void tick(long now) {
        gate.checkSpace();
        bringBack(now);
        log.saveOffsets();
        if (now - markedAt >= MARK_NANOS) {
            markedAt = now;
            log.writeMarks();
        }
        if (now - purgedAt >= (gate.state().accepting() ? PURGE_NANOS : PURGE_WHILE_REFUSED_NANOS)) {
            purgedAt = now;
            log.purge();
        }
    }

    /** RocksDB recovers by itself in a few seconds as a rule; a small write tells. If not, the files are opened again. */
    private void bringBack(long now) {
        if (!gate.isFailed()) {
            failing = false;
        } else if (!failing) {
            failing = true;
            failedAt = now;
        } else if (now - failedAt >= reopenNanos && gate.hasSpace()) {
            log.reopen();
            failedAt = System.nanoTime();
        } else if (now - probedAt >= PROBE_NANOS) {
            probedAt = now;
            log.probe();
        }
    }
}

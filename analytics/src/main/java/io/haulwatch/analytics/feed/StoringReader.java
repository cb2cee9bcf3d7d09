package io.haulwatch.analytics.feed;

import io.haulwatch.log.ReportLog;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that carries records from the log into the database: reads until a batch is full or old enough, commits, and when the
 * database does not answer waits longer and longer, while the log keeps everything.
 */
final class StoringReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoringReader.class);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long IDLE_MILLIS = 1_000;

    private final ReportLog log;
    private final Target target;
    private final long batchNanos;
    private final InstantSource clock;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile FeedState state;

    /** @param batchMillis how long the first record of a batch may wait */
    StoringReader(ReportLog log, Target target, long batchMillis, InstantSource clock) {
        this.log = log;
        this.target = target;
        this.batchNanos = TimeUnit.MILLISECONDS.toNanos(batchMillis);
        this.clock = clock;
        this.state = new FeedState(false, clock.millis(), "not asked yet");
        this.thread = Thread.ofPlatform().name(target.reader()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    FeedState state() {
        return state;
    }

    long lagRecords() {
        return target.lagRecords();
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        while (!stopping) {
            try {
                target.resume();
                up();
                pause = FIRST_PAUSE_MILLIS;
                carry();
            } catch (InterruptedException e) {
                // Only close() interrupts.
                break;
            } catch (SQLException | IOException | RuntimeException e) {
                if (stopping) {
                    break;
                }
                down(e);
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException interrupted) {
                    break;
                }
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
        }
        Thread.interrupted();
        if (state.up()) {
            try {
                target.flush();
            } catch (SQLException | RuntimeException e) {
                LOG.warn(
                        "{} stops without a last commit, the next start reads again: {}",
                        target.reader(),
                        e.getMessage());
            }
        }
        target.close();
    }

    private void carry() throws SQLException, IOException, InterruptedException {
        long waitingSince = 0;
        boolean waiting = false;
        while (!stopping) {
            long seen = log.appends();
            int read = target.read();
            long now = System.nanoTime();
            if (read > 0 && !waiting) {
                waiting = true;
                waitingSince = now;
            }
            long left = batchNanos - (now - waitingSince);
            if (target.full() || (waiting && left <= 0)) {
                target.commit();
                up();
                waiting = false;
            } else if (waiting) {
                log.awaitAppend(seen, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            } else if (!log.awaitAppend(seen, IDLE_MILLIS)) {
                target.commit();
            }
        }
    }

    private void up() {
        FeedState before = state;
        if (!before.up()) {
            state = new FeedState(true, clock.millis(), "");
            LOG.info("{} stores again, {} records behind", target.reader(), target.lagRecords());
        }
    }

    private void down(Exception e) {
        String reason = Trouble.sentence(e);
        FeedState before = state;
        if (before.up() || !before.reason().equals(reason)) {
            LOG.error("{} cannot store, the log keeps everything: {}", target.reader(), reason, e);
            state = new FeedState(false, before.up() ? clock.millis() : before.sinceMillis(), reason);
        }
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.haulwatch.analytics.live;

import io.haulwatch.log.ReportLog;
import io.haulwatch.model.report.LinkRecord;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.model.report.RecordType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log's reader {@code live}: keeps the newest state of each vehicle in memory. It writes itself to a small file now and then, so
 * that a restart shows the fleet at once and reads only what came since. Thread-safe.
 */
public final class LiveFleet implements AutoCloseable {
    /** Name under which the log keeps the offsets. */
    public static final String READER = "live";

    private static final Logger LOG = LoggerFactory.getLogger(LiveFleet.class);
    private static final int BATCH = 1_000;
    private static final long IDLE_MILLIS = 100;
    private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MAGIC = 0x4857_4C46;

    private final ReportLog log;
    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLongArray next;
    /** Ends of the log at the start: links that came before belong to connections that are gone. */
    private final long[] connectionsFrom;

    private final Thread thread;
    private FleetTable table = new FleetTable();
    private volatile boolean stopping;

    /** Takes one vehicle's newest state; allocates nothing. */
    @FunctionalInterface
    public interface Consumer {
        /**
         * @param speedDeciKmh 0.1 km/h
         * @param stateBits 1 online, 2 moving, 4 ignition, 8 fix valid, 16 loaded
         * @param deviceMillis device time of the position, 0 if there was none yet
         */
        void accept(
                int vehicleId,
                int latitudeMicrodeg,
                int longitudeMicrodeg,
                int speedDeciKmh,
                int headingDeg,
                int stateBits,
                long deviceMillis,
                long receivedMillis);
    }

    private LiveFleet(ReportLog log, Path file, MeterRegistry meters) {
        this.log = log;
        this.file = file;
        this.next = new AtomicLongArray(log.partitions());
        this.connectionsFrom = new long[log.partitions()];
        for (int partition = 0; partition < log.partitions(); partition++) {
            next.set(partition, log.start(partition));
            connectionsFrom[partition] = log.end(partition);
        }
        restore();
        table.allOffline();
        Gauge.builder("haulwatch.log.lag.records", this, LiveFleet::lagRecords)
                .tag("reader", READER)
                .description("Records behind the end of the log")
                .register(meters);
        thread = Thread.ofPlatform().name("live").unstarted(this::run);
    }

    /** Restores what the file holds and starts reading. Call it before terminals connect. */
    public static LiveFleet start(ReportLog log, Path file, MeterRegistry meters) {
        LiveFleet fleet = new LiveFleet(log, file, meters);
        fleet.thread.start();
        return fleet;
    }

    /** Calls out for every vehicle that changed after {@code version} (0 for all that are known); returns the version reached. */
    public long changedSince(long version, Consumer out) {
        lock.lock();
        try {
            return table.changedSince(version, out);
        } finally {
            lock.unlock();
        }
    }

    /** Records behind the end of the log. */
    public long lagRecords() {
        long lag = 0;
        for (int partition = 0; partition < next.length(); partition++) {
            lag += Math.max(0, log.end(partition) - next.get(partition));
        }
        return lag;
    }

    private void run() {
        PositionRecord position = new PositionRecord();
        ReportLog.Cursor[] cursors = new ReportLog.Cursor[log.partitions()];
        for (int partition = 0; partition < cursors.length; partition++) {
            cursors[partition] = log.read(partition, next.get(partition));
        }
        long saved = System.nanoTime();
        try {
            while (!stopping) {
                boolean any = false;
                for (int partition = 0; partition < cursors.length; partition++) {
                    any |= readBatch(cursors[partition], partition, position);
                }
                if (System.nanoTime() - saved > SAVE_NANOS) {
                    save();
                    saved = System.nanoTime();
                }
                if (!any) {
                    log.awaitAppend(IDLE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            // close() asked for it
        } finally {
            for (ReportLog.Cursor cursor : cursors) {
                cursor.close();
            }
        }
        // A pending interrupt would close the file under the last save.
        Thread.interrupted();
        save();
    }

    private boolean readBatch(ReportLog.Cursor cursor, int partition, PositionRecord position) {
        int read = 0;
        lock.lock();
        try {
            while (read < BATCH && cursor.next()) {
                read++;
                switch (RecordType.of(cursor.buffer(), cursor.position())) {
                    case RecordType.POSITION -> table.position(position.wrap(cursor.buffer(), cursor.position()));
                    case RecordType.LINK -> {
                        if (cursor.offset() >= connectionsFrom[partition]) {
                            LinkRecord link = LinkRecord.read(cursor.buffer(), cursor.position());
                            table.link(link.vehicleId(), link.event());
                        }
                    }
                    default -> {
                        // ticks and cards move nothing on the map
                    }
                }
                next.set(partition, cursor.offset() + 1);
            }
        } finally {
            lock.unlock();
        }
        return read > 0;
    }

    private void restore() {
        if (!Files.exists(file)) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC || in.readInt() != next.length()) {
                throw new IOException("not a live fleet of this log");
            }
            long[] offsets = new long[next.length()];
            for (int partition = 0; partition < offsets.length; partition++) {
                offsets[partition] = in.readLong();
            }
            table = FleetTable.readFrom(in);
            for (int partition = 0; partition < offsets.length; partition++) {
                next.set(partition, Math.clamp(offsets[partition], log.start(partition), log.end(partition)));
            }
        } catch (IOException e) {
            LOG.warn("the live fleet is read again from the log: {}", e.toString());
            table = new FleetTable();
        }
    }

    private void save() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long[] offsets = new long[next.length()];
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(next.length());
            lock.lock();
            try {
                for (int partition = 0; partition < next.length(); partition++) {
                    offsets[partition] = next.get(partition);
                    out.writeLong(offsets[partition]);
                }
                table.writeTo(out);
            } finally {
                lock.unlock();
            }
            Path unfinished = file.resolveSibling(file.getFileName() + ".next");
            try (BufferedOutputStream to = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                bytes.writeTo(to);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            for (int partition = 0; partition < offsets.length; partition++) {
                log.commit(READER, partition, offsets[partition]);
            }
        } catch (IOException e) {
            // The fleet goes on in memory; a later save tries again, and a restart reads the log from further back.
            LOG.warn("the live fleet could not be saved: {}", e.toString());
        }
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

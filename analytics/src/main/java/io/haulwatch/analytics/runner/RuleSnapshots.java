package io.haulwatch.analytics.runner;

import io.haulwatch.analytics.snapshot.SnapshotFiles;
import io.haulwatch.log.ReportLog;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When snapshots are taken and how they reach the disk. The rules' thread copies its state into memory; a second thread writes and syncs
 * it, one at a time. What the older kept snapshot has passed is told to the log, so that it may be purged.
 */
final class RuleSnapshots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleSnapshots.class);

    /** A snapshot may take this share of the rules' time, one part in … */
    private static final long SHARE = 20;

    private final ReportLog log;
    private final SnapshotFiles files;
    private final long intervalNanos;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("rules-snapshot").daemon().factory());
    private final Deque<Restored> kept = new ArrayDeque<>();

    private @Nullable Future<?> writing;
    private long nextNumber = 1;
    private long dueNanos;

    /** Where a snapshot stands in the log. */
    record Restored(long number, List<Long> offsets, long episodeMark) {}

    /** Writes the part of a snapshot that is not its head. */
    interface Body {
        void writeTo(DataOutput out) throws IOException;
    }

    RuleSnapshots(RuleRunnerOptions options, ReportLog log) throws IOException {
        this.log = log;
        this.files = new SnapshotFiles(options.snapshots(), "rules");
        this.intervalNanos = options.snapshotInterval().toNanos();
        this.dueNanos = System.nanoTime() + intervalNanos;
    }

    List<SnapshotFiles.Found> readAll() throws IOException {
        List<SnapshotFiles.Found> found = files.readAll();
        for (SnapshotFiles.Found snapshot : found) {
            nextNumber = Math.max(nextNumber, snapshot.number() + 1);
        }
        return found;
    }

    static Restored readHead(DataInput in, long number, int partitions) throws IOException {
        int count = in.readInt();
        if (count != partitions) {
            throw new IOException(
                    "snapshot of a log with other partitions: partitions=" + count + ", log=" + partitions);
        }
        List<Long> offsets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            offsets.add(in.readLong());
        }
        return new Restored(number, offsets, in.readLong());
    }

    /** Whether it is time and the one before is on disk. */
    boolean due() {
        Future<?> before = writing;
        return System.nanoTime() - dueNanos >= 0 && (before == null || before.isDone());
    }

    void take(List<Long> offsets, long episodeMark, Body body) {
        long begun = System.nanoTime();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(offsets.size());
            for (long offset : offsets) {
                out.writeLong(offset);
            }
            out.writeLong(episodeMark);
            body.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        long number = nextNumber++;
        Restored snapshot = new Restored(number, offsets, episodeMark);
        writing = writer.submit(() -> write(snapshot, bytes.toByteArray()));
        long took = System.nanoTime() - begun;
        dueNanos = System.nanoTime() + Math.max(intervalNanos, took * SHARE);
    }

    private void write(Restored snapshot, byte[] body) {
        try {
            files.write(snapshot.number(), ByteBuffer.wrap(body));
        } catch (IOException e) {
            LOG.error("snapshot {} cannot be written, the one before stays: {}", snapshot.number(), e.getMessage());
            return;
        }
        kept.addLast(snapshot);
        if (kept.size() > 2) {
            kept.removeFirst();
        }
        if (kept.size() == 2) {
            Restored older = kept.getFirst();
            for (int partition = 0; partition < older.offsets().size(); partition++) {
                log.commit(RuleRunner.READER, partition, older.offsets().get(partition));
            }
            log.commit(RuleRunner.READER, ReportLog.EPISODES, older.episodeMark());
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.error("the last snapshot was not written within 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

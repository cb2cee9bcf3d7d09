package io.haulwatch.log;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the records of all event loops and appends them in groups, one durable write each, on a thread of its own. A write costs
 * about 0.3 ms of CPU whatever it holds, so groups are what makes durability cheap: a group closes {@code groupTime} after its first
 * record or at {@code groupBytes}, whichever comes first.
 *
 * <p>Memory is bounded: each producer has {@link GroupProducer#BUFFERS} buffers of {@code groupBytes / 2}; when the log is behind, {@link
 * GroupProducer#full} says so and the caller stops reading from its sockets.
 *
 * <p>Make one for a log and close it before the log. It is the log's only appender of reports.
 */
public final class GroupCommitter implements AutoCloseable {
    /** What a terminal's acknowledgement can wait for without being noticed. */
    public static final Duration DEFAULT_GROUP_TIME = Duration.ofMillis(5);

    /** Group size from which waiting longer saves nothing, bytes. */
    public static final int DEFAULT_GROUP_BYTES = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitter.class);
    private static final int OCCASIONAL_LIMIT = 8192;
    private static final long CLOSE_MILLIS = 10_000;

    private final ReportLog log;
    private final AppendGroup group;
    private final long groupNanos;
    private final int groupBytes;
    private final LongConsumer commitNanos;
    private final Thread thread;
    private volatile boolean closing;

    private final List<GroupProducer> producers = new CopyOnWriteArrayList<>();
    /** Bytes handed over and not yet fetched. */
    private final AtomicLong waitingBytes = new AtomicLong();

    // The committing thread's own.
    private final List<Fetched> fetched = new ArrayList<>();
    private int nextProducer;

    /** Guarded by itself. At most OCCASIONAL_LIMIT. */
    private final List<Occasional> occasional = new ArrayList<>();

    private boolean occasionalStopped;

    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder groups = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder undelivered = new LongAdder();

    /** Answers of a producer's records; called on the producer's executor. */
    public interface Completion {
        /** The records of these tokens are durable: acknowledge them. Only the first {@code count} tokens count; the array is reused. */
        void durable(long[] tokens, int count);

        /** The records of these tokens are not in the log: do not acknowledge them. Only the first {@code count} tokens count. */
        void refused(long[] tokens, int count, LogUnavailableException why);
    }

    private record Fetched(GroupProducer producer, PendingGroup group) {}

    private static final class Occasional {
        final int partition;
        final byte[] record;
        final CompletableFuture<Void> done = new CompletableFuture<>();

        Occasional(int partition, byte[] record) {
            this.partition = partition;
            this.record = record;
        }
    }

    /** With the default group time and size and nobody watching the commit time. */
    public GroupCommitter(ReportLog log) {
        this(log, DEFAULT_GROUP_TIME, DEFAULT_GROUP_BYTES, nanos -> {});
    }

    /**
     * @param groupTime how long a group stays open after its first record, at least 0
     * @param groupBytes bytes at which a group is closed at once, at least 4096
     * @param commitNanos told the duration of each successful append, on the committing thread
     */
    public GroupCommitter(ReportLog log, Duration groupTime, int groupBytes, LongConsumer commitNanos) {
        if (groupTime.isNegative()) {
            throw new IllegalArgumentException("group time must not be negative: groupTime=" + groupTime);
        }
        if (groupBytes < 4096) {
            throw new IllegalArgumentException("group must hold at least 4096 bytes: groupBytes=" + groupBytes);
        }
        this.log = log;
        this.group = log.newGroup();
        this.groupNanos = groupTime.toNanos();
        this.groupBytes = groupBytes;
        this.commitNanos = commitNanos;
        this.thread = Thread.ofPlatform().name("log-committer").unstarted(this::run);
        thread.start();
    }

    /**
     * A producer for one event loop.
     *
     * @param loop runs completions and {@code onSpace}; the one thread that uses the producer
     * @param onSpace runs after {@link GroupProducer#full} said true, when there is room again: read from the sockets again
     */
    public GroupProducer newProducer(Executor loop, Completion completion, Runnable onSpace) {
        if (closing) {
            throw new IllegalStateException("committer is closed");
        }
        GroupProducer producer = new GroupProducer(this, loop, completion, onSpace, groupBytes / 2, log.partitions());
        producers.add(producer);
        return producer;
    }

    /**
     * Appends a record that comes rarely (a tick, a link that was lost), from any thread, with the next group. The future completes on
     * the committing thread, with {@link LogUnavailableException} if the log refuses it or more than 8192 such records wait; do little
     * there. No order between this and a producer's records: what must follow a vehicle's positions goes through its producer.
     */
    public CompletableFuture<Void> submit(int partition, byte[] record) {
        if (partition < 0 || partition >= log.partitions()) {
            throw new IllegalArgumentException("no such report partition: partition=" + partition);
        }
        Occasional entry = new Occasional(partition, record.clone());
        synchronized (occasional) {
            if (occasionalStopped) {
                return CompletableFuture.failedFuture(new LogUnavailableException("the log is being closed"));
            }
            if (occasional.size() >= OCCASIONAL_LIMIT) {
                refused.increment();
                return CompletableFuture.failedFuture(
                        new LogUnavailableException("too many records wait for the log: waiting=" + OCCASIONAL_LIMIT));
            }
            occasional.add(entry);
            handedOver(record.length + 1);
        }
        return entry.done;
    }

    /** Records made durable so far. */
    public long records() {
        return records.sum();
    }

    /** Bytes of the records made durable so far. */
    public long bytes() {
        return bytes.sum();
    }

    /** Groups made durable so far. */
    public long groups() {
        return groups.sum();
    }

    /** Records that the log refused so far; none of them was acknowledged. */
    public long refused() {
        return refused.sum();
    }

    /** Answers that found their event loop gone. */
    public long undelivered() {
        return undelivered.sum();
    }

    /** Bytes handed over that no group has taken yet. */
    public long waitingBytes() {
        return waitingBytes.get();
    }

    /** Appends what was handed over, ends the thread; later records are refused. The log stays open. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        long until = System.nanoTime() + Duration.ofMillis(CLOSE_MILLIS).toNanos();
        while (thread.isAlive() && System.nanoTime() < until) {
            try {
                if (thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())))) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (thread.isAlive()) {
            LOG.error("the log's committing thread did not end within {} ms", CLOSE_MILLIS);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void handedOver(int count) {
        long before = waitingBytes.getAndAdd(count);
        if (before == 0 || (before < groupBytes && before + count >= groupBytes)) {
            LockSupport.unpark(thread);
        }
    }

    void countUndelivered(int tokens) {
        undelivered.add(tokens);
    }

    private void run() {
        while (!closing) {
            if (waitingBytes.get() == 0) {
                LockSupport.park(this);
                continue;
            }
            long closesAt = System.nanoTime() + groupNanos;
            long left = groupNanos;
            while (left > 0 && waitingBytes.get() < groupBytes && !closing) {
                LockSupport.parkNanos(this, left);
                left = closesAt - System.nanoTime();
            }
            commitOne();
        }
        for (GroupProducer producer : producers) {
            producer.stop();
        }
        synchronized (occasional) {
            occasionalStopped = true;
        }
        while (waitingBytes.get() > 0 && commitOne()) {
            // until nothing is left
        }
    }

    /** One group: fetch, append, answer. False if there was nothing. */
    private boolean commitOne() {
        List<Occasional> rare = fetchOccasional();
        LogUnavailableException refusal = null;
        long taken = 0;
        try {
            group.clear();
            fetch();
            for (Occasional entry : rare) {
                ByteBuffer target = group.begin(entry.partition, entry.record.length);
                target.put(group.position(), entry.record);
                group.commit(entry.record.length);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            // Direct memory is limited: the group is refused, the terminals send it again.
            LOG.error("a group could not be collected, its records are refused", e);
            refusal = new LogUnavailableException("a group could not be collected: " + e, e);
        }
        for (Fetched each : fetched) {
            taken += each.group.bytes();
        }
        for (Occasional entry : rare) {
            taken += entry.record.length + 1;
        }
        waitingBytes.addAndGet(-taken);
        if (fetched.isEmpty() && rare.isEmpty()) {
            return false;
        }
        settle(refusal == null ? append() : refusal, rare);
        return true;
    }

    /** Takes whole pending groups, each producer in turn, until the group is full. */
    private void fetch() {
        long taken = 0;
        int count = producers.size();
        int silent = 0;
        while (silent < count && taken < groupBytes) {
            GroupProducer producer = producers.get(nextProducer++ % count);
            PendingGroup pending = producer.fetch();
            if (pending == null) {
                silent++;
                continue;
            }
            silent = 0;
            fetched.add(new Fetched(producer, pending));
            pending.copyTo(group);
            taken += pending.bytes();
        }
        nextProducer = count == 0 ? 0 : nextProducer % count;
    }

    private List<Occasional> fetchOccasional() {
        synchronized (occasional) {
            if (occasional.isEmpty()) {
                return List.of();
            }
            List<Occasional> rare = List.copyOf(occasional);
            occasional.clear();
            return rare;
        }
    }

    private @Nullable LogUnavailableException append() {
        long start = System.nanoTime();
        try {
            log.append(group);
        } catch (LogUnavailableException e) {
            refused.add(group.records());
            return e;
        } catch (RuntimeException e) {
            LOG.error("append failed unexpectedly, its records are refused: records={}", group.records(), e);
            refused.add(group.records());
            return new LogUnavailableException("append failed unexpectedly: " + e, e);
        }
        long nanos = System.nanoTime() - start;
        groups.increment();
        records.add(group.records());
        bytes.add(group.bytes());
        try {
            commitNanos.accept(nanos);
        } catch (RuntimeException e) {
            LOG.error("the watcher of commit times failed", e);
        }
        return null;
    }

    private void settle(@Nullable LogUnavailableException refusal, List<Occasional> rare) {
        for (Fetched each : fetched) {
            each.group.settle(refusal);
            each.producer.giveBack(each.group);
        }
        fetched.clear();
        for (Occasional entry : rare) {
            if (refusal == null) {
                entry.done.complete(null);
            } else {
                entry.done.completeExceptionally(refusal);
            }
        }
    }
}

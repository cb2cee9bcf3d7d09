package io.haulwatch.gateway.link;

import io.haulwatch.gateway.auth.AuthenticationCodes;
import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.GatewayCounters;
import io.haulwatch.gateway.register.TerminalRegister;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.LocationBatchView;
import io.haulwatch.jt808.message.LocationView;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.log.GroupCommitter;
import io.haulwatch.log.GroupProducer;
import io.haulwatch.log.LogUnavailableException;
import io.haulwatch.log.ReportLog;
import io.haulwatch.model.report.CardRecord;
import io.haulwatch.model.report.LinkRecord;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.model.report.TallyRecord.Cause;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connections of one event loop share: the way into the log, the answers that wait for it, the scratch objects of decoding and
 * answering, and the clock, read once for all connections that one wake-up of the loop reads from. All of it belongs to the loop's thread.
 *
 * <p>When the log is behind, a connection that has something to read is put aside with what it has read, and nothing more is read from it
 * until there is room. When the log refuses, nothing is acknowledged and nothing read until the log accepts again. So memory is
 * bounded by the log's buffers and one read for each connection.
 */
public final class Lane implements GroupCommitter.Completion {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final long LOG_CHECK_MILLIS = 200;
    private static final Duration SWEEP = Duration.ofMillis(100);
    private static final long SLOW_SWEEP_MILLIS = 1_000;
    private static final int LARGE_BURST = 32;

    final EventLoop loop;
    final GatewayCounters counters;
    final AuthenticationCodes codes;
    final LinkLimits limits;
    final FrameWriter writer = new FrameWriter();
    final LocationView location = new LocationView();
    final LocationBatchView batch = new LocationBatchView();

    private final ReportLog log;
    private final GroupCommitter committer;
    private final GroupProducer producer;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final PositionRecord written = new PositionRecord();

    private final PendingAnswers pending = new PendingAnswers();
    private final ArrayList<Connection> answering = new ArrayList<>();
    private final ArrayDeque<Connection> aside = new ArrayDeque<>();
    private final ArrayDeque<Connection> unauthenticated = new ArrayDeque<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Set<TerminalLink> commanding = new LinkedHashSet<>();

    private final long gatherNanos;
    private final Runnable endOfBurst = this::endBurst;
    private boolean inBurst;
    private int readInBurst;
    private boolean appendable;
    private boolean refusing;
    private long nowMillis;
    private long nowNanos;
    private long nextSlowSweepNanos;
    private long seenRegister = -1;

    /**
     * @param log where positions go
     * @param committer of that log
     * @param gather how long the loop may look away after a small burst, so that it finds several reports at once; 0 for not at all
     * @param clock receive time
     * @param nanoTime durations
     */
    public Lane(
            EventLoop loop,
            ReportLog log,
            GroupCommitter committer,
            AuthenticationCodes codes,
            LinkLimits limits,
            GatewayCounters counters,
            Duration gather,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.loop = loop;
        this.log = log;
        this.committer = committer;
        this.codes = codes;
        this.limits = limits;
        this.counters = counters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.gatherNanos = gather.toNanos();
        this.producer = committer.newProducer(loop, this, this::resume);
        this.nextSlowSweepNanos = nanoTime.getAsLong();
    }

    /** Begins to look after time limits. */
    public void start() {
        var unused =
                loop.scheduleWithFixedDelay(this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes all connections; on the loop. */
    public void closeAll(CloseCause cause) {
        for (Connection connection : List.copyOf(connections)) {
            connection.close(cause);
        }
    }

    // ---- bursts

    /** A connection has something: reads the clock unless this wake-up of the loop has read it already. */
    void enterBurst() {
        if (!inBurst) {
            inBurst = true;
            nowMillis = clock.millis();
            nowNanos = nanoTime.getAsLong();
            // Runs when the loop has read from all connections that were ready.
            loop.execute(endOfBurst);
        }
        readInBurst++;
        appendable = !refusing && !producer.full();
    }

    private void endBurst() {
        inBurst = false;
        producer.flush();
        flushAnswers();
        int read = readInBurst;
        readInBurst = 0;
        if (gatherNanos > 0 && read < LARGE_BURST) {
            // With trucks that report one by one, the wake-ups cost more than the reports. So the loop looks away for a
            // moment and then
            // finds several; an acknowledgement waits for its group anyway.
            LockSupport.parkNanos(gatherNanos);
        }
    }

    /** Receive time of this burst, ms since 1970. */
    long nowMillis() {
        return nowMillis;
    }

    /** Monotonic time of this burst. */
    long nowNanos() {
        return nowNanos;
    }

    /** Monotonic time now, for what is no burst. */
    long readNanos() {
        return nanoTime.getAsLong();
    }

    /** Whether records can be appended in this burst. */
    boolean appendable() {
        return appendable;
    }

    // ---- appending

    /** Appends one position; its answer waits for the log. Allocates nothing. */
    void append(
            TerminalLink link, LocationView position, int flags, TerminalAddress address, int messageId, int serial) {
        int length = begin(link, position, flags);
        long token = pending.add(link, address, messageId, serial, 1, written.hash(), nowNanos);
        producer.commit(length, token);
    }

    /** Appends the position that {@code batch} stands at and all behind it; one answer waits for the last. Allocates nothing. */
    void appendBatch(
            TerminalLink link,
            LocationBatchView batch,
            LocationView position,
            int flags,
            TerminalAddress address,
            int serial) {
        long hash = 0;
        boolean more = true;
        while (more) {
            int length = begin(link, position, flags);
            hash = hash * 31 + written.hash();
            more = batch.next(position);
            if (more) {
                producer.commit(length);
            } else {
                producer.commit(
                        length,
                        pending.add(link, address, MessageId.LOCATION_BATCH, serial, batch.items(), hash, nowNanos));
            }
        }
    }

    private int begin(TerminalLink link, LocationView position, int flags) {
        int vehicleId = link.vehicleId();
        ByteBuffer buffer = producer.begin(log.partitionOf(vehicleId), position.recordLength());
        int start = producer.position();
        int length = position.toRecord(flags, vehicleId, nowMillis, buffer, start);
        written.wrap(buffer, start);
        return length;
    }

    /** Appends that a driver's card went in or came out; its answer waits for the log. */
    void append(TerminalLink link, CardRecord card, TerminalAddress address, int serial, long hash) {
        byte[] record = card.bytes();
        ByteBuffer buffer = producer.begin(log.partitionOf(card.vehicleId()), record.length);
        buffer.put(producer.position(), record);
        producer.commit(record.length, pending.add(link, address, MessageId.DRIVER, serial, 0, hash, nowNanos));
    }

    /** Appends that a link came or went, in order with its positions if the log keeps up. */
    void linkRecord(int vehicleId, LinkRecord.Event event) {
        byte[] bytes = new byte[LinkRecord.LENGTH];
        new LinkRecord(vehicleId, event, clock.millis()).write(ByteBuffer.wrap(bytes), 0);
        note(vehicleId, bytes);
    }

    /** Whether a note would reach the log now; what is counted can wait. */
    boolean takesNotes() {
        return !refusing && !producer.full();
    }

    /** Appends what nobody waits for, in order with the vehicle's positions if the log keeps up. */
    void note(int vehicleId, byte[] record) {
        int partition = log.partitionOf(vehicleId);
        if (takesNotes()) {
            ByteBuffer buffer = producer.begin(partition, record.length);
            buffer.put(producer.position(), record);
            producer.commit(record.length);
            if (!inBurst) {
                producer.flush();
            }
            return;
        }
        var unused = committer.submit(partition, record).whenComplete((done, failure) -> {
            if (failure != null) {
                counters.linkRecordsLost.increment();
            }
        });
    }

    @Override
    public void durable(long[] tokens, int count) {
        long now = nanoTime.getAsLong();
        for (int i = 0; i < count; i++) {
            long token = tokens[i];
            TerminalLink link = pending.link(token);
            int messageId = pending.messageId(token);
            int serial = pending.serial(token);
            int positions = pending.positions(token);
            link.stored(pending.address(token), messageId, serial, pending.hash(token));
            counters.positionsAccepted.add(positions);
            counters.acknowledged(now - pending.readNanos(token));
            pending.remove(token);
        }
        flushAnswers();
    }

    @Override
    public void refused(long[] tokens, int count, LogUnavailableException why) {
        for (int i = 0; i < count; i++) {
            long token = tokens[i];
            TerminalLink link = pending.link(token);
            link.refused(pending.serial(token));
            link.tally(Cause.LOG_CLOSED, Math.max(1, pending.positions(token)));
            pending.remove(token);
            counters.reportsRefused.increment();
        }
        if (!refusing) {
            refusing = true;
            LOG.warn(
                    "the log refuses, nothing is acknowledged and nothing read until it accepts again: {}",
                    why.getMessage());
            var unused = loop.schedule(this::checkLog, LOG_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void checkLog() {
        if (log.availability().accepting()) {
            refusing = false;
            LOG.info("the log accepts again, reading goes on");
            resume();
        } else {
            var unused = loop.schedule(this::checkLog, LOG_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    // ---- reading stops and goes on

    /** Puts a connection aside that has read something which cannot be taken now. */
    void putAside(Connection connection) {
        aside.addLast(connection);
        counters.pauses.increment();
        counters.paused.increment();
    }

    private void resume() {
        while (!aside.isEmpty()) {
            enterBurst();
            if (!appendable) {
                return;
            }
            Connection connection = aside.removeFirst();
            counters.paused.decrement();
            connection.resume();
        }
    }

    // ---- answers

    /** Remembers that a connection has answers to flush. */
    void willAnswer(Connection connection) {
        answering.add(connection);
        if (!inBurst && answering.size() == 1) {
            loop.execute(this::flushAnswers);
        }
    }

    private void flushAnswers() {
        for (int i = 0; i < answering.size(); i++) {
            answering.get(i).flushAnswers();
        }
        answering.clear();
    }

    // ---- time limits

    void opened(Connection connection) {
        connections.add(connection);
        if (connection.awaitsSignOn()) {
            unauthenticated.addLast(connection);
        }
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    /** Closes the connection that has waited longest for its authentication. @return false if there is none */
    public boolean evictUnauthenticated() {
        Connection oldest;
        while ((oldest = unauthenticated.pollFirst()) != null) {
            if (oldest.awaitsSignOn()) {
                oldest.close(CloseCause.EVICTED);
                return true;
            }
        }
        return false;
    }

    /** This link's commands need to know that time passes. */
    void commanding(TerminalLink link) {
        commanding.add(link);
    }

    private void sweep() {
        try {
            sweepNow();
        } catch (RuntimeException e) {
            // A thrown exception would end the schedule, and with it every time limit of this loop.
            LOG.error("looking after time limits failed, tried again", e);
        }
    }

    private void sweepNow() {
        long now = nanoTime.getAsLong();
        // Whoever would be late at the next sweep is late: the limit is not exceeded.
        long signOnNanos = limits.signOn().minus(SWEEP).toNanos();
        Connection oldest;
        while ((oldest = unauthenticated.peekFirst()) != null
                && (!oldest.awaitsSignOn() || now - oldest.openedNanos() >= signOnNanos)) {
            unauthenticated.removeFirst();
            if (oldest.awaitsSignOn()) {
                oldest.close(CloseCause.SIGN_ON_TIME);
            }
        }
        long millis = clock.millis();
        if (!commanding.isEmpty()) {
            commanding.removeIf(link -> !link.tickCommands(millis));
        }
        if (now - nextSlowSweepNanos >= 0) {
            nextSlowSweepNanos = now + TimeUnit.MILLISECONDS.toNanos(SLOW_SWEEP_MILLIS);
            slowSweep(now, millis);
        }
    }

    private void slowSweep(long now, long millis) {
        long idleNanos = limits.idle().toNanos();
        List<TerminalLink> idle = new ArrayList<>();
        for (Connection connection : connections) {
            connection.forEachLink(link -> {
                if (link.idleSince(now) >= idleNanos) {
                    idle.add(link);
                } else {
                    link.everySecond(millis);
                }
            });
        }
        idle.forEach(link -> link.close(CloseCause.IDLE));
    }

    /** Looks whether the register still knows each signed-on terminal as it signed on; on the loop, after the register changed. */
    public void checkRegister(TerminalRegister register) {
        long version = register.version();
        if (version == seenRegister) {
            return;
        }
        seenRegister = version;
        List<TerminalLink> all = new ArrayList<>();
        connections.forEach(connection -> connection.forEachLink(all::add));
        all.forEach(link -> link.checkRegister(register));
    }
}

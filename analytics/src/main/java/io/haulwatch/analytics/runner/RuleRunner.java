package io.haulwatch.analytics.runner;

import io.haulwatch.analytics.clock.CardHolders;
import io.haulwatch.analytics.clock.DrivenStretches;
import io.haulwatch.analytics.clock.DrivingClocks;
import io.haulwatch.analytics.snapshot.SnapshotFiles;
import io.haulwatch.analytics.stages.RuleSink;
import io.haulwatch.analytics.stages.TwoStages;
import io.haulwatch.analytics.stream.EpisodeStream;
import io.haulwatch.log.AppendGroup;
import io.haulwatch.log.LogUnavailableException;
import io.haulwatch.log.ReportLog;
import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.report.CardRecord;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.model.report.RecordType;
import io.haulwatch.model.report.TickRecord;
import io.haulwatch.rules.driver.CardOutcome;
import io.haulwatch.rules.hours.HoursProfiles;
import io.haulwatch.rules.vehicle.CompiledReference;
import io.haulwatch.rules.vehicle.PositionOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log's reader {@code rules}: one thread that feeds both stages from all partitions and appends what they say to the episode
 * stream. It stands on snapshots; after a crash it reads again from the last one that checks and appends only what the stream does
 * not hold yet. While the log takes no appends it stands still; a record that the rules cannot bear is counted, named once by its cause,
 * and skipped.
 */
public final class RuleRunner implements AutoCloseable {
    /** Name under which the log keeps the offsets. */
    public static final String READER = "rules";

    private static final Logger LOG = LoggerFactory.getLogger(RuleRunner.class);
    private static final int MAX_GROUP_BYTES = 256 * 1024;
    private static final int MAX_CAUSES = 100;
    private static final int MAX_OPENED = 10_000;
    private static final int READ_AHEAD = 16;
    /** Questions that are answered between two batches. */
    private static final int MOST_ANSWERS = 64;

    private static final long IDLE_MILLIS = 500;
    private static final long BLOCKED_MILLIS = 200;

    private final ReportLog log;
    private final RuleRunnerOptions options;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final RuleSnapshots snapshots;
    private final DrivingClocks clocks = new DrivingClocks();
    private final CardHolders cardHolders = new CardHolders();
    private final DrivenStretches drivenStretches = new DrivenStretches();
    private final AtomicReference<@Nullable CompiledReference> nextReference = new AtomicReference<>();
    /** The newest that was handed over, for those who judge stored positions again. */
    private volatile CompiledReference newestReference;

    private final AtomicLongArray nextOffsets;
    private final Thread thread;
    private final Timer delay;
    private final Counter poisoned;
    private final Map<PositionOutcome, AtomicLong> positions = new EnumMap<>(PositionOutcome.class);
    private final Map<CardOutcome, AtomicLong> cards = new EnumMap<>(CardOutcome.class);
    private final AtomicLong terminalAlone = new AtomicLong();
    private final AtomicLong terminalJoined = new AtomicLong();
    private final Out out = new Out();

    private EpisodeGate gate = new EpisodeGate();
    private TwoStages stages;
    private final long[] catchUpTo;
    private boolean caughtUp;
    /** The log still holds everything behind the snapshot. */
    private boolean whole = true;

    private volatile boolean stopping;
    private volatile String blocked = "";

    private final AppendGroup group;
    private final List<Pending> pending = new ArrayList<>();
    private final PositionRecord view = new PositionRecord();
    private final int[] following = new int[READ_AHEAD];
    /** Records to come that the stages have been told of. */
    private int expected;

    private final Set<String> causes = new HashSet<>();
    /** Episodes that were opened lately: the delay is that of the opening, not of what is added later. */
    private final LinkedHashSet<UUID> opened = new LinkedHashSet<>();
    /** Receive time of the record in hand, for the delay of what it brings about. */
    private long receivedMillis;

    /** What waits to be appended, for the metrics. @param receivedMillis 0 if no delay is to be measured */
    private record Pending(@Nullable Episode episode, long receivedMillis) {}

    private RuleRunner(
            ReportLog log, ReferenceSet reference, RuleRunnerOptions options, MeterRegistry meters, InstantSource clock)
            throws IOException {
        this.log = log;
        this.options = options;
        this.clock = clock;
        this.meters = meters;
        this.group = log.newGroup();
        this.nextOffsets = new AtomicLongArray(log.partitions());
        this.catchUpTo = new long[log.partitions()];
        this.snapshots = new RuleSnapshots(options, log);
        this.delay = Timer.builder("haulwatch.alarm.delay")
                .description("From receiving the deciding position to the episode being durable")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(meters);
        this.poisoned = Counter.builder("haulwatch.rules.skipped")
                .description("Records that the rules could not bear")
                .register(meters);
        for (PositionOutcome outcome : PositionOutcome.values()) {
            AtomicLong count = new AtomicLong();
            positions.put(outcome, count);
            FunctionCounter.builder("haulwatch.rules.positions", count, AtomicLong::get)
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .description("Positions that the rules took in, what they say of them being durable")
                    .register(meters);
        }
        for (CardOutcome outcome : CardOutcome.values()) {
            AtomicLong count = new AtomicLong();
            cards.put(outcome, count);
            FunctionCounter.builder("haulwatch.rules.cards", count, AtomicLong::get)
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .description("Driver cards in and out, by what the rules made of them")
                    .register(meters);
        }
        for (Map.Entry<String, AtomicLong> entry :
                Map.of("alone", terminalAlone, "joined", terminalJoined).entrySet()) {
            FunctionCounter.builder("haulwatch.rules.terminal.alarms", entry.getValue(), AtomicLong::get)
                    .tag("source", entry.getKey())
                    .description("Stretches of what terminals call alarms: alone, or joined to one of the platform")
                    .register(meters);
        }
        Gauge.builder("haulwatch.log.lag.records", this, RuleRunner::lagRecords)
                .tag("reader", READER)
                .description("Records behind the end of the log")
                .register(meters);
        this.stages = recover(reference);
        this.newestReference = stages.reference();
        this.thread = Thread.ofPlatform().name("rules").unstarted(this::run);
    }

    /**
     * Recovers and starts. Call it before anything is appended to the log.
     *
     * @param reference the register as known now
     * @throws IOException if the snapshot folder or the episode stream cannot be read
     */
    public static RuleRunner start(
            ReportLog log, ReferenceSet reference, RuleRunnerOptions options, MeterRegistry meters, InstantSource clock)
            throws IOException {
        RuleRunner runner = new RuleRunner(log, reference, options, meters, clock);
        runner.thread.start();
        return runner;
    }

    /**
     * Hands over a new register; it is made ready on the caller's thread and takes effect between two batches. From any thread.
     */
    public void reference(ReferenceSet next) {
        new HoursProfiles(next).faults().forEach(LOG::error);
        CompiledReference compiled = CompiledReference.of(next);
        newestReference = compiled;
        nextReference.set(compiled);
    }

    /** The newest register that was handed over, made ready. From any thread. */
    public CompiledReference reference() {
        return newestReference;
    }

    /** How long drivers have been driving; readable from any thread. */
    public DrivingClocks clocks() {
        return clocks;
    }

    /** Whose card is in which truck; readable from any thread. */
    public CardHolders cardHolders() {
        return cardHolders;
    }

    /** When drivers drove; to be asked from any thread. */
    public DrivenStretches drivenStretches() {
        return drivenStretches;
    }

    /** Records behind the end of the log. From any thread. */
    public long lagRecords() {
        long lag = 0;
        for (int partition = 0; partition < nextOffsets.length(); partition++) {
            lag += Math.max(0, log.end(partition) - nextOffsets.get(partition));
        }
        return lag;
    }

    /** Why nothing can be appended now, empty while it can. From any thread. */
    public String blocked() {
        return blocked;
    }

    /** Stops after the batch in hand and writes a last snapshot. */
    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        snapshots.close();
    }

    private TwoStages recover(ReferenceSet reference) throws IOException {
        RuleSnapshots.@Nullable Restored restored = null;
        TwoStages found = null;
        for (SnapshotFiles.Found candidate : snapshots.readAll()) {
            try {
                DataInputStream in = candidate.body();
                restored = RuleSnapshots.readHead(in, candidate.number(), log.partitions());
                EpisodeGate restoredGate = new EpisodeGate();
                restoredGate.readFrom(in);
                found = TwoStages.readFrom(in, reference, clocks, cardHolders, out);
                gate = restoredGate;
                break;
            } catch (IOException | RuntimeException e) {
                LOG.error("snapshot {} cannot be taken back and is passed over", candidate.number(), e);
                restored = null;
                found = null;
            }
        }
        long mark = restored == null ? 0 : restored.episodeMark();
        for (int partition = 0; partition < log.partitions(); partition++) {
            long offset =
                    restored == null ? log.start(partition) : restored.offsets().get(partition);
            log.raiseEnd(partition, offset);
            if (offset < log.start(partition)) {
                LOG.error(
                        "the log begins behind the rules' snapshot, records are missing: partition={} start={} offset={}",
                        partition,
                        log.start(partition),
                        offset);
                offset = log.start(partition);
                whole = false;
            }
            whole &= restored != null || offset == 0;
            nextOffsets.set(partition, offset);
            catchUpTo[partition] = log.end(partition);
            if (log.committed(READER, partition) < 0) {
                log.commit(READER, partition, offset);
            }
        }
        log.raiseEnd(ReportLog.EPISODES, mark);
        if (log.committed(READER, ReportLog.EPISODES) < 0) {
            log.commit(READER, ReportLog.EPISODES, mark);
        }
        int tail = 0;
        try (ReportLog.Cursor cursor = log.read(ReportLog.EPISODES, mark)) {
            while (cursor.next()) {
                EpisodeStream.decode(cursor).ifPresent(gate::seen);
                tail++;
            }
        }
        LOG.info(
                "rules start from {} with {} records to read and {} episode records behind it",
                restored == null ? "nothing" : "snapshot " + restored.number(),
                lagRecords(),
                tail);
        if (found != null) {
            return found;
        }
        return new TwoStages(reference, clocks, cardHolders, out);
    }

    private void run() {
        ReportLog.Cursor[] cursors = new ReportLog.Cursor[log.partitions()];
        try {
            for (int partition = 0; partition < cursors.length; partition++) {
                cursors[partition] = log.read(partition, nextOffsets.get(partition));
            }
            stages.resume();
            flush();
            while (!stopping) {
                long seen = log.appends();
                CompiledReference next = nextReference.getAndSet(null);
                if (next != null) {
                    stages.reference(next);
                }
                int read = 0;
                for (int partition = 0; partition < cursors.length; partition++) {
                    read += drain(cursors[partition], partition);
                }
                lookWhetherCaughtUp();
                flush();
                drivenStretches.answer(stages::driven, MOST_ANSWERS);
                publishCounts();
                if (stopping) {
                    break;
                }
                if (caughtUp && snapshots.due()) {
                    snapshot();
                }
                if (read == 0) {
                    log.awaitAppend(seen, IDLE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            if (!stopping) {
                LOG.error("the rules' thread was interrupted and stops", e);
            }
        } catch (RuntimeException e) {
            LOG.error("the rules stop on an error of their own; no new episodes until the next start", e);
            blocked = "the rules have stopped: " + e;
        } finally {
            for (ReportLog.@Nullable Cursor cursor : cursors) {
                if (cursor != null) {
                    cursor.close();
                }
            }
        }
        if (stopping && caughtUp && pending.isEmpty()) {
            Thread.interrupted();
            snapshot();
        }
    }

    private int drain(ReportLog.Cursor cursor, int partition) throws InterruptedException {
        int read = 0;
        while (read < options.batch() && !stopping && cursor.next()) {
            record(cursor, partition);
            nextOffsets.lazySet(partition, cursor.offset() + 1);
            read++;
            if (group.bytes() > MAX_GROUP_BYTES) {
                flush();
            }
        }
        return read;
    }

    /** Has the stages fetch what the next records need, all at once: what would be one wait for the memory each is one for all. */
    private void readAhead(ReportLog.Cursor cursor) {
        ByteBuffer buffer = cursor.buffer();
        int count = cursor.following(following);
        for (int i = 0; i < count; i++) {
            if (RecordType.of(buffer, following[i]) == RecordType.POSITION) {
                stages.expect(view.wrap(buffer, following[i]));
            }
        }
        expected = count;
    }

    private void record(ReportLog.Cursor cursor, int partition) {
        if (--expected < 0) {
            readAhead(cursor);
        }
        ByteBuffer buffer = cursor.buffer();
        int position = cursor.position();
        try {
            switch (RecordType.of(buffer, position)) {
                case RecordType.POSITION -> {
                    view.wrap(buffer, position);
                    receivedMillis = view.receivedMillis();
                    stages.onPosition(view);
                }
                case RecordType.TICK -> {
                    long tick = TickRecord.read(buffer, position).receivedMillis();
                    receivedMillis = 0;
                    stages.onTick(partition, log.partitions(), tick);
                }
                case RecordType.DRIVER -> {
                    CardRecord card = CardRecord.read(buffer, position);
                    receivedMillis = card.receivedMillis();
                    stages.onCard(card);
                }
                default -> {
                    // LINK says nothing that the rules of this release read.
                }
            }
        } catch (RuntimeException e) {
            poisoned.increment();
            StackTraceElement[] trace = e.getStackTrace();
            String cause = e.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
            if (causes.size() < MAX_CAUSES && causes.add(cause)) {
                LOG.error(
                        "the rules cannot bear a record and skip it, and all others of the same cause in silence:"
                                + " partition={} offset={}",
                        partition,
                        cursor.offset(),
                        e);
            }
        }
    }

    private void lookWhetherCaughtUp() {
        if (caughtUp) {
            return;
        }
        for (int partition = 0; partition < catchUpTo.length; partition++) {
            if (nextOffsets.get(partition) < catchUpTo[partition]) {
                return;
            }
        }
        caughtUp = true;
        for (Episode correction : gate.caughtUp(whole)) {
            append(EpisodeStream.encode(correction), new Pending(correction, 0));
        }
    }

    private void append(byte[] record, Pending said) {
        ByteBuffer buffer = group.begin(ReportLog.EPISODES, record.length);
        buffer.put(group.position(), record);
        group.commit(record.length);
        pending.add(said);
    }

    private void flush() throws InterruptedException {
        if (group.records() == 0) {
            return;
        }
        while (true) {
            try {
                log.append(group);
                break;
            } catch (LogUnavailableException e) {
                if (blocked.isEmpty()) {
                    LOG.error("episodes cannot be appended, the rules wait: {}", e.getMessage());
                }
                blocked = String.valueOf(e.getMessage());
                if (stopping) {
                    return;
                }
                Thread.sleep(BLOCKED_MILLIS);
            }
        }
        blocked = "";
        group.clear();
        long now = clock.millis();
        for (Pending said : pending) {
            Episode episode = said.episode();
            if (episode == null) {
                continue;
            }
            meters.counter(
                            "haulwatch.episodes",
                            "rule",
                            episode.rule().name().toLowerCase(Locale.ROOT),
                            "event",
                            episode.state().name().toLowerCase(Locale.ROOT))
                    .increment();
            if (said.receivedMillis() > 0) {
                delay.record(Duration.ofMillis(Math.max(0, now - said.receivedMillis())));
            }
        }
        pending.clear();
    }

    /** The counts belong to this thread; the metrics are read from others. */
    private void publishCounts() {
        positions.forEach((outcome, count) -> count.lazySet(stages.count(outcome)));
        cards.forEach((outcome, count) -> count.lazySet(stages.count(outcome)));
        terminalAlone.lazySet(stages.terminalAlone());
        terminalJoined.lazySet(stages.terminalJoined());
    }

    private void snapshot() {
        List<Long> offsets = new ArrayList<>(nextOffsets.length());
        for (int partition = 0; partition < nextOffsets.length(); partition++) {
            offsets.add(nextOffsets.get(partition));
        }
        snapshots.take(offsets, log.end(ReportLog.EPISODES), out -> {
            gate.writeTo(out);
            stages.writeTo(out);
        });
    }

    /** Takes what the stages say into the group in hand. */
    private final class Out implements RuleSink {
        @Override
        public void episode(Episode revision) {
            Episode passed = gate.pass(revision);
            if (passed != null) {
                boolean opens = passed.state() == EpisodeState.OPEN && opened.add(passed.id());
                append(EpisodeStream.encode(passed), new Pending(passed, opens ? receivedMillis : 0));
                if (opened.size() > MAX_OPENED) {
                    opened.removeFirst();
                }
            }
        }

        @Override
        public void doubt(DoubtMark mark) {
            if (gate.pass(mark)) {
                append(EpisodeStream.encode(mark), new Pending(null, 0));
            }
        }
    }
}

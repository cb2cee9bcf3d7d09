package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.VehicleBlocks.BAD_RUN;
import static io.haulwatch.rules.vehicle.VehicleBlocks.FRONTIER;
import static io.haulwatch.rules.vehicle.VehicleBlocks.FRONTIER_HASH;
import static io.haulwatch.rules.vehicle.VehicleBlocks.LAST;
import static io.haulwatch.rules.vehicle.VehicleBlocks.NONE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.PAPERS;
import static io.haulwatch.rules.vehicle.VehicleBlocks.PLACE;
import static io.haulwatch.rules.vehicle.VehicleBlocks.RECEIVED;
import static io.haulwatch.rules.vehicle.VehicleBlocks.SOURCES;
import static io.haulwatch.rules.vehicle.VehicleBlocks.SPEED;
import static io.haulwatch.rules.vehicle.VehicleBlocks.SPEEDING;
import static io.haulwatch.rules.vehicle.VehicleBlocks.TERMINAL;
import static io.haulwatch.rules.vehicle.VehicleBlocks.WAKE;

import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.report.FixChecks;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.rules.driver.Card;
import io.haulwatch.rules.driver.Wheels;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one vehicle's positions say, for all vehicles: motion, speeding, papers while moving, speed sources that differ. One thread; nothing
 * is allocated for a position that changes nothing.
 *
 * <p>Order within a vehicle is (device time, hash as unsigned). A position at or before the vehicle's frontier never enters the state; it is
 * counted. So is one whose time cannot be true, see {@link FixChecks#timeFault}; the writer keeps those apart.
 *
 * <p>Vehicle numbers are array positions: they count from 0 and have few holes.
 */
public final class VehicleStage {
    /** The wake time that never comes. */
    public static final long NO_WAKE = Long.MAX_VALUE;

    /** A vehicle that has sent nothing for this long is silent, ms of receive time. */
    public static final long SILENCE_MILLIS = 600_000;

    private static final int MAGIC = 0x48_57_56_53;
    private static final int VERSION = 2;
    /** The layout before there were terminal alarms. */
    private static final int WITHOUT_TERMINAL = 1;

    private final VehicleSink sink;
    private final VehicleBlocks blocks;
    private final StretchPool pool;
    private final Standings standings;
    /** What holds at the position judged last; {@link VehicleHistory} looks at it. */
    final Limits limits;

    private final FixQuality quality;
    private final Motion motion;
    private final SpeedingRule speeding;
    private final PapersRule papers;
    private final SpeedSourceRule sources;
    private final TerminalAlarmRule terminal;
    /** The position taken in last; {@link VehicleHistory} looks at it. */
    final Fix fix = new Fix();

    private final Map<DoubtMark.Reason, Long> doubts = new EnumMap<>(DoubtMark.Reason.class);
    /** A position is on its way through the rules, so what is said now may not be all that it says. */
    private boolean busy;
    /** Vehicles besides the one at hand whose wake was asked for meanwhile. */
    private int[] others = new int[8];

    private int othersAsked;

    /** See {@link #expect}; written and never read. */
    long touched;

    private long positions;
    private long judged;
    private long sameSecond;
    private long late;
    private long repeated;
    private long impossible;
    private long unpositioned;

    public VehicleStage(ReferenceSet reference, VehicleSink sink) {
        this(CompiledReference.of(reference), sink);
    }

    VehicleStage(CompiledReference reference, VehicleSink sink) {
        this(reference, new Wheels(reference.drivers()), sink);
    }

    /** @param wheels who drives, told of cards by somebody else */
    public VehicleStage(CompiledReference reference, Wheels wheels, VehicleSink sink) {
        this(reference, wheels, sink, new VehicleBlocks(), new StretchPool());
    }

    private VehicleStage(
            CompiledReference reference, Wheels wheels, VehicleSink sink, VehicleBlocks blocks, StretchPool pool) {
        this.sink = sink;
        this.blocks = blocks;
        this.pool = pool;
        standings = new Standings(reference, blocks, wheels);
        limits = new Limits(reference.zones());
        quality = new FixQuality(blocks, pool);
        motion = new Motion(blocks, sink);
        speeding = new SpeedingRule(blocks, pool, limits, new SpeedingReport(standings, sink));
        papers = new PapersRule(blocks, pool, standings, sink);
        sources = new SpeedSourceRule(blocks, pool, standings, sink);
        terminal = new TerminalAlarmRule(blocks, standings, sink);
    }

    /**
     * Says that a position comes soon: what it needs is fetched from memory. Told of several, one after another, it waits for them together
     * instead of one by one. A hint only; nothing depends on it but time.
     */
    public void expect(PositionRecord position) {
        touched += blocks.touch(position.vehicleId())
                + limits.zones().touch(position.latitudeMicrodeg(), position.longitudeMicrodeg());
    }

    /** Takes one position in; the view is not kept. */
    public void onPosition(PositionRecord position) {
        positions++;
        long time = position.deviceMillis();
        long received = position.receivedMillis();
        if (FixChecks.timeFault(time, received, FixChecks.RETENTION_MILLIS) != FixChecks.TimeFault.NONE) {
            impossible++;
            return;
        }
        int vehicleId = position.vehicleId();
        int dense = blocks.findOrAdd(vehicleId);
        int base = VehicleBlocks.base(dense);
        long[] words = blocks.words;
        if (received > RECEIVED.get(words, base)) {
            RECEIVED.set(words, base, received);
        }
        fix.position = position;
        fix.vehicleId = vehicleId;
        fix.dense = dense;
        fix.base = base;
        fix.time = time;
        read(position);
        // Before anything waits for the vehicle's block: neither needs the other, so their cache misses overlap.
        limits.lookUp(fix);
        long hash = position.hash();
        long frontier = FRONTIER.get(words, base);
        if (time <= frontier && !isAhead(time, hash, frontier, FRONTIER_HASH.get(words, base))) {
            return;
        }
        FRONTIER.set(words, base, time);
        FRONTIER_HASH.set(words, base, hash);
        if (terminal.concerns(position, base)) {
            terminal.step(fix);
        }
        if (!position.fixed()) {
            unpositioned++;
            return;
        }
        standings.resolve(fix);
        busy = true;
        try {
            judge();
        } finally {
            busy = false;
        }
        if (WAKE.get(blocks.words, base) <= time) {
            wake(vehicleId, base);
        }
        if (othersAsked > 0) {
            wakeOthers();
        }
    }

    /** What this position said of one vehicle's driver can ask for another vehicle that is already past that time and may never report again. */
    private void wakeOthers() {
        int count = othersAsked;
        othersAsked = 0;
        for (int i = 0; i < count; i++) {
            int vehicleId = others[i];
            wake(vehicleId, VehicleBlocks.base(blocks.find(vehicleId)));
        }
    }

    private boolean isAhead(long time, long hash, long frontier, long frontierHash) {
        if (time == frontier) {
            int order = Long.compareUnsigned(hash, frontierHash);
            if (order > 0) {
                return true;
            }
            if (order == 0) {
                repeated++;
                return false;
            }
        }
        late++;
        return false;
    }

    private void read(PositionRecord position) {
        fix.latitude = position.latitudeMicrodeg();
        fix.longitude = position.longitudeMicrodeg();
        fix.gnss = position.speedDeciKmh();
        fix.recorder = position.recorderSpeedDeciKmh();
        fix.ignition = position.ignition();
        fix.backfill = (position.flags() & PositionRecord.FLAG_BACKFILL) != 0;
    }

    private void judge() {
        DoubtMark.Reason against = quality.alone(fix);
        if (against != null) {
            doubt(against);
            return;
        }
        quality.measure(fix);
        if (fix.first) {
            quality.first(fix);
        } else if (fix.step == 0) {
            // A second fix of the same second: kept by the writer, but neither speed nor way can be judged by it.
            sameSecond++;
            return;
        } else {
            against = quality.movement(fix);
            if (against != null) {
                doubt(against);
                return;
            }
        }
        quality.accept(fix);
        motion.step(fix);
        int limit = speeding.judgedLimit(fix);
        if (quality.slowerThanReported(fix, limit, fix.rules.speeding().maxPointGapMillis())) {
            doubt(DoubtMark.Reason.FROZEN);
        } else {
            if (BAD_RUN.get(blocks.words, fix.base) != 0) {
                BAD_RUN.set(blocks.words, fix.base, 0);
            }
            judged++;
            speeding.step(fix, limit);
        }
        papers.step(fix);
        sources.step(fix);
        long[] words = blocks.words;
        LAST.set(words, fix.base, fix.time);
        PLACE.set(words, fix.base, (long) fix.latitude << 32 | (fix.longitude & 0xFFFF_FFFFL));
        SPEED.set(words, fix.base, fix.speed);
    }

    private void doubt(DoubtMark.Reason reason) {
        doubts.merge(reason, 1L, Long::sum);
        int run = Math.min(3, BAD_RUN.get(blocks.words, fix.base) + 1);
        BAD_RUN.set(blocks.words, fix.base, run);
        speeding.doubt(fix, run);
        sink.doubt(new DoubtMark(fix.vehicleId, fix.time, fix.position.hash(), reason));
    }

    /**
     * How fast a vehicle was, by the last believed fix up to that time and no older than {@code gap_s}, 0.1 km/h; {@link Card#UNKNOWN_SPEED} if there is none.
     */
    public int speedAt(int vehicleId, long millis) {
        int dense = blocks.find(vehicleId);
        if (dense < 0) {
            return Card.UNKNOWN_SPEED;
        }
        int base = VehicleBlocks.base(dense);
        long last = LAST.get(blocks.words, base);
        long gap = standings.at(vehicleId, millis).rules().motion().gapMillis();
        return last == NONE || millis < last || millis - last > gap
                ? Card.UNKNOWN_SPEED
                : SPEED.get(blocks.words, base);
    }

    /** Whether a believed fix of the vehicle is newer than that. */
    public boolean isPast(int vehicleId, long millis) {
        int dense = blocks.find(vehicleId);
        return dense >= 0 && LAST.get(blocks.words, VehicleBlocks.base(dense)) > millis;
    }

    /** Whether such a speed is moving. */
    public boolean moves(int vehicleId, long millis, int speedDeciKmh) {
        return speedDeciKmh >= standings.at(vehicleId, millis).rules().motion().moveDeciKmh();
    }

    /** Another drives a vehicle than was known; what holds for it is asked anew. */
    public void driverChanged(int vehicleId) {
        int dense = blocks.find(vehicleId);
        if (dense >= 0) {
            standings.forget(dense);
        }
    }

    /**
     * The gateway's minute hand of one partition: open episodes of vehicles that have been silent for 10 minutes close at their last point. A
     * later fix that would have continued one opens it again under the same id.
     *
     * @param partition partition of the report log that the tick was read from; it speaks for vehicles with
     *     {@code vehicleId mod partitions == partition}
     * @param partitions number of report partitions
     * @param receivedMillis gateway's clock, ms since 1970 UTC
     */
    public void onTick(int partition, int partitions, long receivedMillis) {
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException(
                    "no such partition: partition=" + partition + ", partitions=" + partitions);
        }
        for (int dense = 0; dense < blocks.count(); dense++) {
            int vehicleId = blocks.vehicleId(dense);
            if (Math.floorMod(vehicleId, partitions) == partition) {
                silence(vehicleId, dense, receivedMillis);
            }
        }
    }

    private void silence(int vehicleId, int dense, long receivedMillis) {
        int base = VehicleBlocks.base(dense);
        long[] words = blocks.words;
        if (receivedMillis - RECEIVED.get(words, base) < SILENCE_MILLIS) {
            return;
        }
        int handle = SPEEDING.get(words, base);
        if (handle != 0) {
            speeding.silence(vehicleId, pool.get(handle));
        }
        handle = PAPERS.get(words, base);
        if (handle != 0) {
            papers.silence(vehicleId, pool.get(handle));
        }
        handle = SOURCES.get(words, base);
        if (handle != 0) {
            sources.silence(vehicleId, pool.get(handle));
        }
        if (TERMINAL.isSet(words, base)) {
            terminal.silence(vehicleId, dense);
        }
    }

    /** Judges all positions from now on with {@code next}, in one step. */
    public void reference(ReferenceSet next) {
        reference(CompiledReference.of(next));
    }

    /** Judges all positions from now on with {@code next}, which was made ready elsewhere. */
    public void reference(CompiledReference next) {
        standings.reference(next);
        limits.zones(next.zones());
    }

    /** The set in force. */
    public ReferenceSet reference() {
        return standings.reference().set();
    }

    /** The same as it was made ready; may be shared with other stages. */
    public CompiledReference compiled() {
        return standings.reference();
    }

    /**
     * Asks for {@link VehicleSink#wake} at the first position at or after {@code millis} with which the time up to {@code millis} is settled;
     * if that is so already it is called at once, from within this call, or, when asked from within the sink, at the end of the position at
     * hand. Replaces what was asked before.
     *
     * @param millis device time, ms since 1970 UTC, or {@link #NO_WAKE}
     */
    public void wakeAt(int vehicleId, long millis) {
        if (busy && blocks.find(vehicleId) < 0) {
            throw new IllegalStateException(
                    "asked within a position for a vehicle without any: vehicleId=" + vehicleId);
        }
        int base = VehicleBlocks.base(blocks.findOrAdd(vehicleId));
        WAKE.set(blocks.words, base, millis);
        if (millis == NO_WAKE) {
            return;
        }
        if (!busy) {
            wake(vehicleId, base);
        } else if (vehicleId != fix.vehicleId) {
            if (othersAsked == others.length) {
                others = Arrays.copyOf(others, othersAsked * 2);
            }
            others[othersAsked++] = vehicleId;
        }
    }

    private void wake(int vehicleId, int base) {
        long[] words = blocks.words;
        long asked = WAKE.get(words, base);
        long last = LAST.get(words, base);
        if (last != NONE && asked <= last && asked < motion.settledBefore(base)) {
            WAKE.set(words, base, NO_WAKE);
            sink.wake(vehicleId, asked, last);
        }
    }

    /** Device time of the vehicle's newest position, ms since 1970 UTC; {@link Long#MIN_VALUE} before the first. */
    public long frontier(int vehicleId) {
        int dense = blocks.find(vehicleId);
        return dense < 0 ? Long.MIN_VALUE : FRONTIER.get(blocks.words, VehicleBlocks.base(dense));
    }

    /** Vehicles with a state. */
    public int vehicleCount() {
        return blocks.count();
    }

    /** Positions taken in since this object was made, whatever became of them. */
    public long positionCount() {
        return positions;
    }

    /** Positions with this outcome, since this object was made; all outcomes together are {@link #positionCount}. */
    public long count(PositionOutcome outcome) {
        return switch (outcome) {
            case JUDGED -> judged;
            case DOUBTED -> doubted();
            case SAME_SECOND -> sameSecond;
            case UNPOSITIONED -> unpositioned;
            case LATE -> late;
            case REPEATED -> repeated;
            case IMPOSSIBLE -> impossible;
        };
    }

    private long doubted() {
        long sum = 0;
        for (long count : doubts.values()) {
            sum += count;
        }
        return sum;
    }

    /** Positions that came behind their vehicle's frontier, since this object was made. */
    public long lateCount() {
        return late;
    }

    /** Positions that came again while they were their vehicle's newest, since this object was made. */
    public long repeatedCount() {
        return repeated;
    }

    /** Positions whose time cannot be true, since this object was made. */
    public long impossibleCount() {
        return impossible;
    }

    /** Positions that the receiver itself marked as without a fix, since this object was made. */
    public long unpositionedCount() {
        return unpositioned;
    }

    /** Positions that were not believed, since this object was made. */
    public long doubtCount(DoubtMark.Reason reason) {
        return doubts.getOrDefault(reason, 0L);
    }

    /** Writes the state of all vehicles; {@link #readFrom} takes it back. The reference is no part of it, nor are the counts. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        blocks.writeTo(out);
        pool.writeTo(out);
        terminal.writeTo(out);
    }

    /**
     * A stage that goes on exactly where the one that wrote {@code in} stood.
     *
     * @throws IOException if it was not written by this layout's version
     */
    public static VehicleStage readFrom(DataInput in, ReferenceSet reference, VehicleSink sink) throws IOException {
        CompiledReference compiled = CompiledReference.of(reference);
        return readFrom(in, compiled, new Wheels(compiled.drivers()), sink);
    }

    /** The same with those who are at the wheel, who may still be on their way out of the snapshot. */
    public static VehicleStage readFrom(DataInput in, CompiledReference reference, Wheels wheels, VehicleSink sink)
            throws IOException {
        int magic = in.readInt();
        if (magic != MAGIC) {
            throw new IOException("not a vehicle stage's state: magic=" + Integer.toHexString(magic));
        }
        int version = in.readInt();
        if (version != VERSION && version != WITHOUT_TERMINAL) {
            throw new IOException("state of another layout: version=" + version + ", readable=" + VERSION);
        }
        VehicleBlocks blocks = VehicleBlocks.readFrom(in);
        VehicleStage stage = new VehicleStage(reference, wheels, sink, blocks, StretchPool.readFrom(in));
        if (version != WITHOUT_TERMINAL) {
            stage.terminal.readFrom(in);
        }
        return stage;
    }
}

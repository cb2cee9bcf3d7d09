package io.haulwatch.rules.vehicle;

import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.report.PositionRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What one vehicle's positions say, for all vehicles: motion, speeding, papers while moving, speed sources that differ. One thread.
 *
 * <p>Order within a vehicle is (device time, hash as unsigned). A position at or before the vehicle's frontier never enters the state.
 */
public final class VehicleStage {
    private static final int VERSION = 1;
    /** The wake time that never comes. */
    public static final long NO_WAKE = Long.MAX_VALUE;

    private final VehicleSink sink;
    private ReferenceSet reference;
    private int[] denseOf = new int[1024];
    private int[] vehicleOf = new int[64];
    private long[] frontierMillis = new long[64];
    private long[] frontierHash = new long[64];
    private long[] wakeMillis = new long[64];
    private int vehicles;
    private long late;

    public VehicleStage(ReferenceSet reference, VehicleSink sink) {
        this.reference = reference;
        this.sink = sink;
    }

    /** Takes one position in; the view is not kept. */
    public void onPosition(PositionRecord position) {
        int vehicle = dense(position.vehicleId());
        long time = position.deviceMillis();
        if (time < frontierMillis[vehicle]
                || (time == frontierMillis[vehicle]
                        && Long.compareUnsigned(position.hash(), frontierHash[vehicle]) <= 0)) {
            late++;
            return;
        }
        frontierMillis[vehicle] = time;
        frontierHash[vehicle] = position.hash();
        if (time >= wakeMillis[vehicle]) {
            fire(position.vehicleId(), vehicle);
        }
    }

    /**
     * The gateway's minute hand of one partition: open episodes of vehicles that have been silent for 10 minutes close at their last point.
     *
     * @param partition partition of the report log that the tick was read from
     * @param partitions number of report partitions
     * @param receivedMillis gateway's clock, ms since 1970 UTC
     */
    public void onTick(int partition, int partitions, long receivedMillis) {
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException(
                    "partition=" + partition + " of partitions=" + partitions + ", receivedMillis=" + receivedMillis);
        }
    }

    /** Judges all positions from now on with {@code next}, in one step. */
    public void reference(ReferenceSet next) {
        reference = next;
    }

    /** The set in force. */
    public ReferenceSet reference() {
        return reference;
    }

    /**
     * Asks for {@link VehicleSink#wake} at the first position at or after {@code wakeMillis}; if that is already behind the vehicle it is
     * called at once, from within this call. Replaces what was asked before.
     *
     * @param millis device time, ms since 1970 UTC, or {@link #NO_WAKE}
     */
    public void wakeAt(int vehicleId, long millis) {
        int vehicle = dense(vehicleId);
        wakeMillis[vehicle] = millis;
        if (frontierMillis[vehicle] >= millis) {
            fire(vehicleId, vehicle);
        }
    }

    /** Device time of the vehicle's newest position, ms since 1970 UTC; {@link Long#MIN_VALUE} before the first. */
    public long frontier(int vehicleId) {
        int dense = vehicleId < denseOf.length && vehicleId >= 0 ? denseOf[vehicleId] : 0;
        return dense == 0 ? Long.MIN_VALUE : frontierMillis[dense - 1];
    }

    /** Positions that came at or behind their vehicle's frontier, since this object was made. */
    public long lateCount() {
        return late;
    }

    /** Writes the state of all vehicles; {@link #readFrom} takes it back. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(VERSION);
        out.writeInt(vehicles);
        for (int i = 0; i < vehicles; i++) {
            out.writeInt(vehicleOf[i]);
            out.writeLong(frontierMillis[i]);
            out.writeLong(frontierHash[i]);
            out.writeLong(wakeMillis[i]);
        }
    }

    /** A stage that goes on exactly where the one that wrote {@code in} stood. */
    public static VehicleStage readFrom(DataInput in, ReferenceSet reference, VehicleSink sink) throws IOException {
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("state of another layout: version=" + version + ", readable=" + VERSION);
        }
        VehicleStage stage = new VehicleStage(reference, sink);
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int vehicle = stage.dense(in.readInt());
            stage.frontierMillis[vehicle] = in.readLong();
            stage.frontierHash[vehicle] = in.readLong();
            stage.wakeMillis[vehicle] = in.readLong();
        }
        return stage;
    }

    private void fire(int vehicleId, int vehicle) {
        long asked = wakeMillis[vehicle];
        wakeMillis[vehicle] = NO_WAKE;
        sink.wake(vehicleId, asked, frontierMillis[vehicle]);
    }

    private int dense(int vehicleId) {
        if (vehicleId >= denseOf.length) {
            denseOf = Arrays.copyOf(denseOf, Math.max(vehicleId + 1, denseOf.length * 2));
        }
        int dense = denseOf[vehicleId];
        if (dense != 0) {
            return dense - 1;
        }
        if (vehicles == vehicleOf.length) {
            vehicleOf = Arrays.copyOf(vehicleOf, vehicles * 2);
            frontierMillis = Arrays.copyOf(frontierMillis, vehicles * 2);
            frontierHash = Arrays.copyOf(frontierHash, vehicles * 2);
            wakeMillis = Arrays.copyOf(wakeMillis, vehicles * 2);
        }
        int next = vehicles++;
        vehicleOf[next] = vehicleId;
        frontierMillis[next] = Long.MIN_VALUE;
        wakeMillis[next] = NO_WAKE;
        denseOf[vehicleId] = next + 1;
        return next;
    }
}

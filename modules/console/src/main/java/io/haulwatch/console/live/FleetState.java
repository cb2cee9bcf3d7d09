package io.haulwatch.console.live;

import io.haulwatch.console.port.FleetSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The console's copy of every vehicle's newest state, by vehicle id. One thread refreshes it, any thread reads; both hold the lock for
 * microseconds.
 */
public final class FleetState {
    private final FleetSource source;

    private long version;
    private int size;
    private int[] lat = new int[1024];
    private int[] lon = new int[1024];
    private int[] speed = new int[1024];
    private int[] heading = new int[1024];
    private int[] state = new int[1024];
    private long[] device = new long[1024];
    private long[] received = new long[1024];
    private boolean[] known = new boolean[1024];
    private int[] changed = new int[1024];
    private int changedCount;

    public FleetState(FleetSource source) {
        this.source = source;
    }

    /**
     * Takes what changed since the last call.
     *
     * @return ids of the vehicles that changed, each once, in no order; a copy
     */
    synchronized int[] refresh() {
        changedCount = 0;
        version = source.changedSince(version, this::take);
        return Arrays.copyOf(changed, changedCount);
    }

    /** The newest state of a vehicle, or null if it never reported. */
    public synchronized @Nullable VehicleState of(int vehicleId) {
        if (vehicleId < 0 || vehicleId >= size || !known[vehicleId]) {
            return null;
        }
        return new VehicleState(
                lat[vehicleId],
                lon[vehicleId],
                speed[vehicleId],
                heading[vehicleId],
                state[vehicleId],
                device[vehicleId],
                received[vehicleId]);
    }

    /** Motion of a vehicle without making an object. */
    public synchronized Motion motionOf(int vehicleId) {
        if (vehicleId < 0 || vehicleId >= size || !known[vehicleId]) {
            return Motion.NEVER;
        }
        return Motion.of(state[vehicleId]);
    }

    private void take(
            int vehicleId,
            int latMicrodeg,
            int lonMicrodeg,
            int speedDeciKmh,
            int headingDeg,
            int stateBits,
            long deviceMillis,
            long receivedMillis) {
        if (vehicleId < 0) {
            throw new IllegalArgumentException("vehicle ids are not negative: vehicleId=" + vehicleId);
        }
        room(vehicleId);
        lat[vehicleId] = latMicrodeg;
        lon[vehicleId] = lonMicrodeg;
        speed[vehicleId] = speedDeciKmh;
        heading[vehicleId] = headingDeg;
        state[vehicleId] = stateBits;
        device[vehicleId] = deviceMillis;
        received[vehicleId] = receivedMillis;
        known[vehicleId] = true;
        if (changedCount == changed.length) {
            changed = Arrays.copyOf(changed, changed.length * 2);
        }
        changed[changedCount++] = vehicleId;
    }

    private void room(int vehicleId) {
        size = Math.max(size, vehicleId + 1);
        if (vehicleId < lat.length) {
            return;
        }
        int length = Math.max(lat.length * 2, vehicleId + 1);
        lat = Arrays.copyOf(lat, length);
        lon = Arrays.copyOf(lon, length);
        speed = Arrays.copyOf(speed, length);
        heading = Arrays.copyOf(heading, length);
        state = Arrays.copyOf(state, length);
        device = Arrays.copyOf(device, length);
        received = Arrays.copyOf(received, length);
        known = Arrays.copyOf(known, length);
    }

    /** What a vehicle is doing, in the API's words. */
    public enum Motion {
        MOVING,
        STOPPED,
        OFFLINE,
        /** Never reported since the log began. */
        NEVER;

        static Motion of(int stateBits) {
            if ((stateBits & FleetSource.ONLINE) == 0) {
                return OFFLINE;
            }
            return (stateBits & FleetSource.MOVING) != 0 ? MOVING : STOPPED;
        }

        /** The word of the API. */
        public String word() {
            return switch (this) {
                case MOVING -> "moving";
                case STOPPED -> "stopped";
                case OFFLINE -> "offline";
                case NEVER -> "never";
            };
        }
    }

    /**
     * One vehicle's newest state; units as in {@link FleetSource.Consumer}.
     *
     * @param stateBits sum of {@link FleetSource}'s bits
     */
    public record VehicleState(
            int latMicrodeg,
            int lonMicrodeg,
            int speedDeciKmh,
            int headingDeg,
            int stateBits,
            long deviceMillis,
            long receivedMillis) {
        /** Whether it has a place that can be drawn. */
        public boolean hasPlace() {
            return FleetFrames.drawable(latMicrodeg, lonMicrodeg);
        }

        /** What it is doing. */
        public Motion motion() {
            return Motion.of(stateBits);
        }
    }
}

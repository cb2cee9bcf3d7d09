package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.ItemId;
import io.haulwatch.jt808.message.LocationReport;
import io.haulwatch.simulator.SimulatorOptions;
import io.haulwatch.simulator.world.TruckState;
import io.haulwatch.simulator.world.World;
import java.time.Duration;

/**
 * Turns the world's state into 0x0200 bodies and says when a truck reports: every 10 s with the engine on, once when it was switched
 * off, every 60 s or as asked while it is off, not at all in a tunnel. What was missed is sent at 30 s. A body depends on truck and time alone, so
 * a repetition is identical.
 */
public final class Reports {
    static final long STEP_MILLIS = 10_000;
    private static final int HISTORY_STEPS = 3;
    private static final int STATUS_ACC = 1;
    private static final int STATUS_FIX = 1 << 1;
    private static final int STATUS_GPS_BEIDOU = 3 << 18;

    private final World world;
    private final long parkedSteps;
    private final TruckState state = new TruckState();

    public Reports(World world) {
        this(world, SimulatorOptions.PARKED);
    }

    /** @param parked how often a truck reports while its engine is off, a multiple of ten seconds */
    Reports(World world, Duration parked) {
        this.world = world;
        this.parkedSteps = parked.toMillis() / STEP_MILLIS;
    }

    /** Time of the truck's report number {@code step}; each truck has its own second within the ten. */
    public static long millis(int truck, long step) {
        return step * STEP_MILLIS + (truck * 7L) % 10 * 1_000;
    }

    /** The last step whose time is not after {@code millis}. */
    public static long stepAt(int truck, long millis) {
        return Math.floorDiv(millis - (truck * 7L) % 10 * 1_000, STEP_MILLIS);
    }

    /** Whether the truck reports at this step; fills the state for {@link #put}. */
    public boolean reports(int truck, long step, boolean history) {
        if (history && Math.floorMod(step, HISTORY_STEPS) != 0) {
            return false;
        }
        long millis = millis(truck, step);
        boolean due = Math.floorMod(step, parkedSteps) == 0
                || world.ignition(truck, millis)
                || world.ignition(truck, millis - (history ? HISTORY_STEPS : 1) * STEP_MILLIS);
        if (!due) {
            return false;
        }
        world.at(truck, millis, state);
        return state.received();
    }

    /** Writes the body of the report that {@link #reports} just looked at. */
    public FrameWriter put(FrameWriter writer, int truck, long step) {
        return putBase(writer, truck, step, 0)
                .putU8(ItemId.MILEAGE)
                .putU8(4)
                .putU32(state.mileageMetres() / 100)
                .putU8(ItemId.RECORDER_SPEED)
                .putU8(2)
                .putU16((int) Math.round(state.speedKmh() * 10))
                .putU8(ItemId.SIGNAL)
                .putU8(1)
                .putU8(18 + Math.floorMod(step, 8))
                .putU8(ItemId.SATELLITES)
                .putU8(1)
                .putU8(state.satellites());
    }

    /** Its 28 bytes without items, as a medium carries them. @param status bits besides its own */
    FrameWriter putBase(FrameWriter writer, int truck, long step, int status) {
        int all = status | STATUS_FIX | STATUS_GPS_BEIDOU | (state.ignition() ? STATUS_ACC : 0);
        LocationReport.putBase(
                writer,
                0,
                all,
                latitudeMicrodeg(),
                longitudeMicrodeg(),
                state.altitudeMetres(),
                (int) Math.round(state.speedKmh() * 10),
                (int) Math.round(state.headingDeg()) % 360,
                millis(truck, step));
        return writer;
    }

    int latitudeMicrodeg() {
        return (int) Math.round(state.latitude() * 1e6);
    }

    int longitudeMicrodeg() {
        return (int) Math.round(state.longitude() * 1e6);
    }
}

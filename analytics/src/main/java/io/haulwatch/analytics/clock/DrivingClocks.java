package io.haulwatch.analytics.clock;

import io.haulwatch.rules.hours.HoursJudgement;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The driving clock (连续驾驶时间) of each truck's present driver. Written by the rules' thread, readable from any. */
public final class DrivingClocks {
    private final ConcurrentHashMap<Integer, HoursJudgement.Clock> clocks = new ConcurrentHashMap<>();

    /** Takes the newest figures of whoever drives {@code vehicleId}. */
    public void put(int vehicleId, HoursJudgement.Clock clock) {
        clocks.put(vehicleId, clock);
    }

    /** Nothing is known of whoever drives {@code vehicleId} now. */
    public void remove(int vehicleId) {
        clocks.remove(vehicleId);
    }

    /** The clock of the truck's present driver as of its last event, or null while nothing is known. */
    public HoursJudgement.@Nullable Clock of(int vehicleId) {
        return clocks.get(vehicleId);
    }
}

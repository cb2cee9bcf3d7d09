package io.haulwatch.rules.vehicle;

import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.rules.terminal.TerminalStretch;

/** What the vehicle stage says. Called only on a transition, never per position, on the thread that feeds the stage. */
public interface VehicleSink {
    /** A revision of an episode: speeding, papers, speed sources that differ. */
    void episode(Episode revision);

    /** A stretch of what the terminal calls an alarm began, or ended. */
    default void terminal(TerminalStretch stretch) {
        // Only those who make episodes of it listen.
    }

    /** A stored position that the rules did not believe. */
    void doubt(DoubtMark mark);

    /** A stretch of the vehicle's time began, grew or ended; see {@link ActivitySegment}. */
    void activity(int vehicleId, ActivitySegment segment);

    /**
     * The time asked for with {@link VehicleStage#wakeAt} is behind the vehicle, and what the vehicle did up to that time is settled: it
     * neither stands in a stop that may still turn out to be a red light, nor has it moved for less than the hold time. Segments that
     * settled it were given before this call. The wake is spent; ask again for the next.
     *
     * @param wakeMillis the time asked for, device time, ms since 1970 UTC
     * @param positionMillis device time of the position that says so, at or after {@code wakeMillis}
     */
    void wake(int vehicleId, long wakeMillis, long positionMillis);
}

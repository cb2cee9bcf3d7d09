package io.haulwatch.rules.hours;

import io.haulwatch.model.episode.Episode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the hours of one subject amount to.
 *
 * @param episodes each as its first revision, by start; the caller compares them with what it said before
 * @param periods continuous periods of driving, oldest first
 * @param wakes by vehicle, the device time at which there is something new to say if the truck goes on as it does now
 * @param clock the running period, or null before the first drive
 */
public record HoursJudgement(
        List<Episode> episodes,
        List<Period> periods,
        Map<Integer, Long> wakes,
        @Nullable Clock clock) {

    public HoursJudgement {
        episodes = List.copyOf(episodes);
        periods = List.copyOf(periods);
        wakes = Map.copyOf(wakes);
    }

    /**
     * From the first driving instant after a rest to the last before the next.
     *
     * @param rested a rest has ended it
     */
    public record Period(long startMillis, long endMillis, boolean rested) {}

    /**
     * How long somebody has been driving (连续驾驶).
     *
     * @param continuousSeconds driven since the last rest, 0 after one
     * @param deadlineMillis device time at which the limit is reached if the drive goes on, ms since 1970 UTC
     * @param driving at {@code asOfMillis}
     * @param asOfMillis device time that the figures are of
     */
    public record Clock(
            long continuousSeconds, long limitSeconds, long deadlineMillis, boolean driving, long asOfMillis) {}
}

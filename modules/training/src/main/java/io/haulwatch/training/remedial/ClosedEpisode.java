package io.haulwatch.training.remedial;

import java.time.Instant;
import java.util.UUID;

/**
 * One closed episode of a driver.
 *
 * @param severity 1 to 4
 * @param at when it ended, by the device
 * @param standing whether it still stands: not withdrawn, not overturned by an appeal
 * @param answered by which task that was done
 */
public record ClosedEpisode(
        UUID id, RemedialTopic topic, int severity, Instant at, boolean standing, Answered answered) {
    public ClosedEpisode {
        if (severity < 1 || severity > 4) {
            throw new IllegalArgumentException("severity is 1 to 4: episode=" + id + ", severity=" + severity);
        }
    }

    /** Whether a driver has done a task for an episode. */
    public enum Answered {
        NO,
        /** The half hour: it asks for no other, but counts still among three. */
        BRIEF,
        /** The two hours: it counts no more. */
        FULL
    }
}

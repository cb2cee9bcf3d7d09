package io.haulwatch.rules.hours;

import io.haulwatch.model.episode.Evidence;
import io.haulwatch.rules.vehicle.ActivitySegment;

/**
 * A stretch of one truck's time while one subject (a driver, or the truck itself) answers for it.
 *
 * @param kind what the truck did
 * @param fromMillis device time of its first instant, ms since 1970 UTC
 * @param toMillis device time of its last instant; of an open stretch, the instant up to which it is settled
 * @param open goes on at {@code toMillis}
 * @param inferred see {@link ActivitySegment#inferred}
 * @param possibleRestSeconds see {@link ActivitySegment#possibleRestSeconds}
 */
public record HoursSegment(
        int vehicleId,
        Kind kind,
        long fromMillis,
        long toMillis,
        boolean open,
        Evidence evidence,
        boolean inferred,
        long possibleRestSeconds) {

    /** What the truck did. */
    public enum Kind {
        DRIVING,
        STOPPED,
        /** A long stretch without data. */
        UNKNOWN,
        /** A hole between two stretches: less than what is told, counted neither as driving nor as rest. */
        HOLE
    }

    public HoursSegment {
        if (toMillis < fromMillis) {
            throw new IllegalArgumentException(
                    "ends before it starts: fromMillis=" + fromMillis + ", toMillis=" + toMillis);
        }
    }

    /** The segment of {@code vehicleId} as the vehicle stage said it. */
    public static HoursSegment of(int vehicleId, ActivitySegment said) {
        Kind kind = switch (said.kind()) {
            case DRIVING -> Kind.DRIVING;
            case STOPPED -> Kind.STOPPED;
            case UNKNOWN -> Kind.UNKNOWN;
        };
        return new HoursSegment(
                vehicleId,
                kind,
                said.fromMillis(),
                said.toMillis(),
                said.open(),
                said.evidence(),
                said.inferred(),
                said.possibleRestSeconds());
    }

    /** The same stretch between other bounds. */
    public HoursSegment between(long from, long to, boolean stillOpen) {
        return new HoursSegment(vehicleId, kind, from, to, stillOpen, evidence, inferred, possibleRestSeconds);
    }
}

package io.haulwatch.rules.vehicle;

import io.haulwatch.model.episode.Evidence;

/**
 * One stretch of one vehicle's time. Segments of a vehicle never overlap; a stretch that is in none of them is not known (before the
 * first report, or less than the bridged stop after an unknown stretch).
 *
 * <p>A later segment of the same vehicle with the same {@code fromMillis} replaces an earlier one, whatever its kind. Boundaries:
 *
 * <ul>
 *   <li>a drive is told when it has moved for {@code move_hold_s}, from its first moving fix;
 *   <li>a drive ends, and a stop begins, at the first standing fix of a stop that has lasted {@code bridge_stop_s}; both are told then;
 *   <li>a stop ends where the next drive begins, told when that drive is;
 *   <li>a spacing above {@code gap_s} is a stretch of its own, or part of the stop if the truck cannot have gone anywhere.
 * </ul>
 *
 * @param fromMillis device time of its first instant, ms since 1970 UTC
 * @param toMillis device time of its last instant; while open, of the last fix seen when this was said
 * @param open still going on at {@code toMillis}; a drive or stop goes on until a later segment says otherwise
 * @param evidence {@link Evidence#GAP} for a stretch without data, {@link Evidence#BACKFILL} if any of it came as backfill
 * @param inferred no fix inside says so. A {@link Kind#DRIVING} that is inferred moved more than {@code gap_move_m}; whether that is
 *     plain driving is for the hours rule to say with {@code possibleRestSeconds}. A {@link Kind#STOPPED} that is inferred has at least one
 *     spacing without data in it.
 * @param possibleRestSeconds for an inferred drive or an unknown stretch: the longest rest that fits, its length less its displacement at
 *     {@code gap_v_max_kmh}; 0 otherwise
 */
public record ActivitySegment(
        Kind kind,
        long fromMillis,
        long toMillis,
        boolean open,
        Evidence evidence,
        boolean inferred,
        long possibleRestSeconds) {

    /** What the vehicle did. */
    public enum Kind {
        DRIVING,
        STOPPED,
        UNKNOWN
    }

    public ActivitySegment {
        if (toMillis < fromMillis) {
            throw new IllegalArgumentException(
                    "ends before it starts: fromMillis=" + fromMillis + ", toMillis=" + toMillis);
        }
        if (open && kind == Kind.UNKNOWN) {
            throw new IllegalArgumentException("an unknown stretch is known by its end: fromMillis=" + fromMillis);
        }
    }
}

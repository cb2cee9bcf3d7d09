package io.haulwatch.console.notifications;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How long is waited before something is sent again, and when nobody tries any more. */
final class Waits {
    private static final List<Duration> BETWEEN = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4));

    /** Tries of one delivery; between the first and the last lie a good eight hours. */
    static final int MOST_TRIES = BETWEEN.size() + 1;

    /** A delivery that waits behind others of a receiver that is away is given up after this long, tried or not. */
    static final Duration LONGEST = Duration.ofHours(24);

    private static final int LONGEST_REST_SECONDS = 60;
    /** Part of a wait by which it may be longer. */
    private static final double JITTER = 0.25;

    private Waits() {}

    /** When to send again after so many tries, 1 up to one less than {@link #MOST_TRIES}. */
    static Instant next(int tries, Instant now) {
        return now.plus(BETWEEN.get(tries - 1));
    }

    /** When to send to somebody again who failed so many times on end: ever later, never given up, and not all at the same moment. @param chance from 0 to 1 */
    static Instant again(int failures, Instant now, double chance) {
        Duration wait = BETWEEN.get(Math.clamp(failures - 1L, 0, BETWEEN.size() - 1));
        return now.plusMillis(wait.toMillis() + (long) (wait.toMillis() * JITTER * chance));
    }

    /** Whether a delivery is given up after so many tries. */
    static boolean isOver(int tries, Instant countsFrom, Instant now) {
        return tries >= MOST_TRIES || !now.isBefore(countsFrom.plus(LONGEST));
    }

    /** How long a receiver that failed so many times on end is left alone: whatever waits for it does not wait for its answer one by one. */
    static Duration rest(int failures) {
        return Duration.ofSeconds(Math.min(LONGEST_REST_SECONDS, 1L << Math.min(failures, 6)));
    }
}

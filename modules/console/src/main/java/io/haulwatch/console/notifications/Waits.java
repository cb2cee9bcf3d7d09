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

    private Waits() {}

    /** When to send again after so many tries, 1 up to one less than {@link #MOST_TRIES}. */
    static Instant next(int tries, Instant now) {
        return now.plus(BETWEEN.get(tries - 1));
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

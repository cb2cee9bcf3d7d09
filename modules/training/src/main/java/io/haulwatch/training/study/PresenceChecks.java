package io.haulwatch.training.study;

import java.util.SplittableRandom;

/** When a lesson asks whether somebody is there (随机签到). Drawn before it starts, so that nobody can tell and everybody can check. */
@FunctionalInterface
public interface PresenceChecks {
    long MEAN_MILLIS = 600_000;
    long SPREAD_MILLIS = 300_000;

    /**
     * After how much study the check with this number is asked.
     *
     * @param index from 0; there is always a next one, for what was revoked is studied again
     */
    long dueMillis(int index);

    /**
     * Ten minutes apart, five more or less. A lesson that may be over before the first is asked once each time through, at a moment that is neither
     * its first nor its last tenth.
     */
    static PresenceChecks drawn(long seed, long lessonMillis) {
        if (lessonMillis < 10) {
            throw new IllegalArgumentException("a lesson lasts: lessonMillis=" + lessonMillis);
        }
        return index -> {
            SplittableRandom random = new SplittableRandom(seed);
            if (lessonMillis <= MEAN_MILLIS + SPREAD_MILLIS) {
                long moment = 0;
                for (int i = 0; i <= index; i++) {
                    moment = i * lessonMillis + lessonMillis / 10 + random.nextLong(lessonMillis * 8 / 10);
                }
                return moment;
            }
            long sum = 0;
            for (int i = 0; i <= index; i++) {
                sum += MEAN_MILLIS - SPREAD_MILLIS + random.nextLong(2 * SPREAD_MILLIS + 1);
            }
            return sum;
        };
    }
}

package io.haulwatch.training.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PresenceChecksTest {
    @Test
    void checksOfALongLessonAreFiveToFifteenMinutesApart() {
        for (long seed = 0; seed < 500; seed++) {
            PresenceChecks checks = PresenceChecks.drawn(seed, 3_600_000);
            long before = 0;
            for (int i = 0; i < 8; i++) {
                assertThat(checks.dueMillis(i) - before).as("seed %d", seed).isBetween(300_000L, 900_000L);
                before = checks.dueMillis(i);
            }
        }
        double mean = LongStream.range(0, 2_000)
                .map(seed -> PresenceChecks.drawn(seed, 3_600_000).dueMillis(0))
                .average()
                .orElseThrow();
        // Ten minutes; the mean of 2000 has a standard deviation of four seconds.
        assertThat(mean).isBetween(580_000.0, 620_000.0);
    }

    @Test
    void aShortLessonAsksOnceEachTimeThrough() {
        for (long seed = 0; seed < 500; seed++) {
            PresenceChecks checks = PresenceChecks.drawn(seed, 180_000);
            for (int i = 0; i < 4; i++) {
                assertThat(checks.dueMillis(i) - i * 180_000L)
                        .as("seed %d", seed)
                        .isBetween(18_000L, 162_000L);
            }
        }
    }

    @Test
    void theSameSeedAsksAtTheSameMoments() {
        assertThat(PresenceChecks.drawn(5, 1_800_000).dueMillis(2))
                .isEqualTo(PresenceChecks.drawn(5, 1_800_000).dueMillis(2))
                .isNotEqualTo(PresenceChecks.drawn(6, 1_800_000).dueMillis(2));
    }
}

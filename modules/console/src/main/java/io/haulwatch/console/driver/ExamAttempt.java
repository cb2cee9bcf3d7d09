package io.haulwatch.console.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An attempt at an exam, as its row holds it. */
record ExamAttempt(
        UUID id,
        long taskId,
        int companyId,
        int driverId,
        int number,
        String device,
        int passPercent,
        Instant begunAt,
        Instant endsAt,
        int leftPage,
        @Nullable Instant closedAt,
        @Nullable Double score,
        @Nullable Boolean passed) {
    /** After the end, for what was answered before it and is on its way. */
    static final Duration GRACE = Duration.ofSeconds(30);

    /** How often the page may be left; once more hands the paper in. */
    static final int MOST_LEAVES = 3;

    int leavesLeft() {
        return Math.max(0, MOST_LEAVES - leftPage);
    }

    boolean isOver(Instant now) {
        return now.isAfter(endsAt.plus(GRACE));
    }
}

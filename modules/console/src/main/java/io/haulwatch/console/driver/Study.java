package io.haulwatch.console.driver;

import io.haulwatch.training.study.PresenceChecks;
import io.haulwatch.training.study.StudyClock;
import io.haulwatch.training.study.StudyParameters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One driver's study of one lesson of a task, as its row holds it.
 *
 * @param sessionId whose beats count; null before the first
 * @param seconds of the lesson
 */
record Study(
        long id,
        long taskId,
        int companyId,
        int driverId,
        int lessonId,
        @Nullable Long sessionId,
        long seed,
        String state,
        @Nullable Instant doneAt,
        Sitting sitting,
        int seconds) {
    static final StudyParameters FIGURES = StudyParameters.USUAL;

    boolean done() {
        return doneAt != null;
    }

    StudyClock clock() {
        long nominal = seconds * 1_000L;
        return new StudyClock(nominal, done(), PresenceChecks.drawn(seed, nominal), FIGURES);
    }
}

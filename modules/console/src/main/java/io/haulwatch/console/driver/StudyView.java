package io.haulwatch.console.driver;

import io.haulwatch.console.http.Json;
import io.haulwatch.training.study.StudyState;
import org.jspecify.annotations.Nullable;

/**
 * A study as the player sees it.
 *
 * @param positionS where it goes on, and where a player that is elsewhere goes back to
 * @param reachedS up to where he may go without skipping
 * @param checkUntil by when he must show that he is there; null if nobody asks
 * @param reason why it pauses
 */
record StudyView(
        long id,
        int lessonId,
        String state,
        long positionS,
        long reachedS,
        long creditedS,
        int seconds,
        long beatS,
        @Nullable String checkUntil,
        @Nullable String reason) {
    private static final long SECOND = 1_000;

    static StudyView of(Study study, Sitting sitting, String state) {
        StudyState at = sitting.state();
        return new StudyView(
                study.id(),
                study.lessonId(),
                state,
                at.positionMillis() / SECOND,
                at.maxPositionMillis() / SECOND,
                at.creditedSeconds(),
                study.seconds(),
                Study.FIGURES.beatMillis() / SECOND,
                at.checkOpen() ? Json.time(at.checkAskedAtMillis() + Study.FIGURES.answerMillis()) : null,
                sitting.reason());
    }
}

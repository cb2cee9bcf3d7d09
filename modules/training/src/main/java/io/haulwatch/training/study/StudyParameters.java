package io.haulwatch.training.study;

/**
 * Figures of measured study.
 *
 * @param beatMillis time between two beats, and the most that one is worth
 * @param missingBeats after more missing ones than these, the time between is worth nothing
 * @param toleranceMillis how far a position may lie ahead of where it can be, for beats are late on poor networks
 * @param answerMillis how long a presence check waits for its answer
 * @param missesToEnd so many missed checks in a row end a sitting
 * @param donePercent of its nominal length that must be credited for a lesson to be done; beats that jitter lose a little each
 */
public record StudyParameters(
        long beatMillis, int missingBeats, long toleranceMillis, long answerMillis, int missesToEnd, int donePercent) {
    public static final StudyParameters USUAL = new StudyParameters(15_000, 3, 5_000, 60_000, 2, 95);

    public StudyParameters {
        if (beatMillis < 1
                || missingBeats < 1
                || toleranceMillis < 0
                || answerMillis < 1
                || missesToEnd < 1
                || donePercent < 1
                || donePercent > 100) {
            throw new IllegalArgumentException("no such figures: beatMillis=" + beatMillis + ", missingBeats="
                    + missingBeats + ", toleranceMillis=" + toleranceMillis + ", answerMillis=" + answerMillis
                    + ", missesToEnd=" + missesToEnd + ", donePercent=" + donePercent);
        }
    }
}

package io.haulwatch.training.study;

/**
 * Where one driver is in one lesson; what a row of it holds.
 *
 * @param creditedMillis study that counts, as of now
 * @param securedMillis of these, what no missed check can revoke any more
 * @param studiedMillis all that was ever credited, revoked or not: the time by which presence checks run
 * @param positionMillis place that was accepted last; where a player that is elsewhere has to go back to
 * @param maxPositionMillis farthest place that was reached
 * @param lastBeatAtMillis by our clock, 0 before the first beat of a sitting
 * @param lastSequence of the last beat of this sitting, −1 before the first
 * @param lastNonce of the last beat of this sitting, empty before the first
 * @param visible whether the page has been seen since the last beat
 * @param checksAsked presence checks that were ever asked in this lesson
 * @param checkAskedAtMillis when the open check was asked, 0 if none is open
 * @param missedInARow checks missed since the last one that was answered, in this sitting
 * @param ended whether this sitting is over because checks were missed
 */
public record StudyState(
        long creditedMillis,
        long securedMillis,
        long studiedMillis,
        long positionMillis,
        long maxPositionMillis,
        long lastBeatAtMillis,
        int lastSequence,
        String lastNonce,
        boolean visible,
        int checksAsked,
        long checkAskedAtMillis,
        int missedInARow,
        boolean ended) {
    /** Nothing studied yet. */
    public static final StudyState FRESH = new StudyState(0, 0, 0, 0, 0, 0, -1, "", false, 0, 0, 0, false);

    public StudyState {
        if (creditedMillis < securedMillis
                || securedMillis < 0
                || studiedMillis < creditedMillis
                || maxPositionMillis < positionMillis
                || positionMillis < 0) {
            throw new IllegalArgumentException("no such study: creditedMillis=" + creditedMillis + ", securedMillis="
                    + securedMillis + ", studiedMillis=" + studiedMillis + ", positionMillis=" + positionMillis
                    + ", maxPositionMillis=" + maxPositionMillis);
        }
    }

    /**
     * A new sitting of the same lesson. It goes on at the same place; a check that was left open has been missed, so that leaving is no way around
     * it.
     */
    public StudyState nextSitting() {
        long kept = checkOpen() ? securedMillis : creditedMillis;
        return new StudyState(
                kept,
                securedMillis,
                studiedMillis,
                positionMillis,
                maxPositionMillis,
                0,
                -1,
                "",
                false,
                checksAsked,
                0,
                0,
                false);
    }

    /** Whether a presence check waits for its answer. */
    public boolean checkOpen() {
        return checkAskedAtMillis != 0;
    }

    /** Study that counts, in whole seconds. */
    public long creditedSeconds() {
        return creditedMillis / 1_000;
    }
}

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
        return credited(kept, securedMillis, studiedMillis)
                .heard(0, -1, "", false)
                .check(checksAsked, 0, 0, false);
    }

    /** The same with less credited, as far as it is not secured: the day has no more room. */
    public StudyState withoutCredit(long millis) {
        return credited(Math.max(securedMillis, creditedMillis - millis), securedMillis, studiedMillis - millis);
    }

    /** The same with so much credited and no more, though it was secured. */
    public StudyState creditedOnly(long millis) {
        return credited(millis, Math.min(securedMillis, millis), studiedMillis);
    }

    /** The same at this place, as if nobody had been farther. */
    public StudyState backAt(long millis) {
        return placed(millis, millis);
    }

    /** The same with its check asked at this moment, which is also when it was heard last. */
    public StudyState askedAt(long millis) {
        return heard(millis, lastSequence, lastNonce, visible).check(checksAsked, millis, missedInARow, ended);
    }

    StudyState credited(long credited, long secured, long studied) {
        return new StudyState(
                credited,
                secured,
                studied,
                positionMillis,
                maxPositionMillis,
                lastBeatAtMillis,
                lastSequence,
                lastNonce,
                visible,
                checksAsked,
                checkAskedAtMillis,
                missedInARow,
                ended);
    }

    StudyState placed(long position, long maxPosition) {
        return new StudyState(
                creditedMillis,
                securedMillis,
                studiedMillis,
                position,
                maxPosition,
                lastBeatAtMillis,
                lastSequence,
                lastNonce,
                visible,
                checksAsked,
                checkAskedAtMillis,
                missedInARow,
                ended);
    }

    StudyState heard(long atMillis, int sequence, String nonce, boolean seen) {
        return new StudyState(
                creditedMillis,
                securedMillis,
                studiedMillis,
                positionMillis,
                maxPositionMillis,
                atMillis,
                sequence,
                nonce,
                seen,
                checksAsked,
                checkAskedAtMillis,
                missedInARow,
                ended);
    }

    StudyState check(int asked, long askedAtMillis, int missed, boolean over) {
        return new StudyState(
                creditedMillis,
                securedMillis,
                studiedMillis,
                positionMillis,
                maxPositionMillis,
                lastBeatAtMillis,
                lastSequence,
                lastNonce,
                visible,
                asked,
                askedAtMillis,
                missed,
                over);
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

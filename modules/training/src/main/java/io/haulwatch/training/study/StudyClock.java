package io.haulwatch.training.study;

/**
 * Measures study of one lesson: a fold over beats and answers, without a clock of its own.
 *
 * <p>A beat is worth the least of fifteen seconds, the time by our clock since the one before, and the way that the position went. Time on a hidden
 * page, across more than three missing beats, and after a jump ahead of what was seen is worth nothing. A lesson is never worth more than its
 * nominal length. A presence check that is missed takes back all since the last one that was answered; two in a row end the sitting.
 *
 * @param nominalMillis length of the lesson
 * @param freeSeek whether jumping ahead is allowed, because the lesson was done before
 */
public record StudyClock(long nominalMillis, boolean freeSeek, PresenceChecks checks, StudyParameters parameters) {
    public StudyClock {
        if (nominalMillis < 1) {
            throw new IllegalArgumentException("a lesson lasts: nominalMillis=" + nominalMillis);
        }
    }

    /** What became of a beat or an answer. */
    public enum Outcome {
        /** First beat of a sitting: time runs from here. */
        STARTED,
        /** Time was credited, or could have been had the lesson gone on. */
        CREDITED,
        /** The page was hidden. */
        HIDDEN,
        /** Too many beats were missing; the player has paused. */
        GAP,
        /** The position is ahead of what was seen; the player goes back to the accepted one. */
        JUMPED,
        /** Number or nonce was there before; nothing is changed. */
        REPLAYED,
        /** A presence check was answered in time. */
        PRESENT,
        /** A presence check was not answered in time: study since the last success is revoked, the player pauses. */
        CHECK_MISSED,
        /** No check was open; nothing is changed. */
        NOT_ASKED,
        /** The sitting is over. */
        ENDED
    }

    /**
     * One step.
     *
     * @param creditedMillis what this step added
     * @param revokedMillis what this step took back
     * @param askPresence whether a presence check is to be shown now
     */
    public record Step(
            StudyState state, Outcome outcome, long creditedMillis, long revokedMillis, boolean askPresence) {}

    /** Takes one beat. */
    public Step beat(StudyState state, Beat beat) {
        if (state.ended()) {
            return nothing(state, Outcome.ENDED);
        }
        if (beat.sequence() <= state.lastSequence() || beat.nonce().equals(state.lastNonce())) {
            return nothing(state, Outcome.REPLAYED);
        }
        boolean first = state.lastBeatAtMillis() == 0;
        long elapsed = first ? 0 : Math.max(0, beat.serverMillis() - state.lastBeatAtMillis());
        boolean gap = elapsed > parameters.missingBeats() * parameters.beatMillis();
        long asked = Math.clamp(beat.positionMillis(), 0, nominalMillis);
        long reach =
                gap ? state.maxPositionMillis() : Math.max(state.maxPositionMillis(), state.positionMillis() + elapsed);
        boolean jumped = !freeSeek && asked > reach + parameters.toleranceMillis();
        long position = jumped ? state.maxPositionMillis() : asked;
        if (isMissed(state, beat.serverMillis())) {
            return missed(after(state, beat, position, 0));
        }
        boolean counts = !first && !gap && !jumped && state.visible();
        long credit = counts ? worth(state, elapsed, position - state.positionMillis()) : 0;
        StudyState after = after(state, beat, position, credit);
        boolean ask = after.visible()
                && !after.checkOpen()
                && after.creditedMillis() < nominalMillis
                && after.studiedMillis() >= checks.dueMillis(after.checksAsked());
        if (ask) {
            after = after.check(after.checksAsked() + 1, beat.serverMillis(), after.missedInARow(), false);
        }
        return new Step(after, outcome(state, first, gap, jumped), credit, 0, ask);
    }

    /** Takes the answer to a presence check. */
    public Step answer(StudyState state, long serverMillis) {
        if (state.ended()) {
            return nothing(state, Outcome.ENDED);
        }
        if (!state.checkOpen()) {
            return nothing(state, Outcome.NOT_ASKED);
        }
        if (isMissed(state, serverMillis)) {
            return missed(state);
        }
        StudyState present = state.credited(state.creditedMillis(), state.creditedMillis(), state.studiedMillis())
                .check(state.checksAsked(), 0, 0, false);
        return new Step(present, Outcome.PRESENT, 0, 0, false);
    }

    /** Whether the lesson is done: seen to its end and credited nearly in full, with no check open. */
    public boolean isDone(StudyState state) {
        return state.creditedMillis() * 100 >= nominalMillis * parameters.donePercent()
                && state.maxPositionMillis() + parameters.toleranceMillis() >= nominalMillis
                && !state.checkOpen();
    }

    private long worth(StudyState state, long elapsed, long way) {
        long room = nominalMillis - state.creditedMillis();
        long most = Math.min(Math.min(parameters.beatMillis(), elapsed), Math.min(way, room));
        return Math.max(0, most);
    }

    private static Outcome outcome(StudyState before, boolean first, boolean gap, boolean jumped) {
        if (jumped) {
            return Outcome.JUMPED;
        }
        if (first) {
            return Outcome.STARTED;
        }
        if (gap) {
            return Outcome.GAP;
        }
        return before.visible() ? Outcome.CREDITED : Outcome.HIDDEN;
    }

    private static Step nothing(StudyState state, Outcome outcome) {
        return new Step(state, outcome, 0, 0, false);
    }

    private boolean isMissed(StudyState state, long serverMillis) {
        return state.checkOpen() && serverMillis - state.checkAskedAtMillis() > parameters.answerMillis();
    }

    private static StudyState after(StudyState before, Beat beat, long position, long credit) {
        return before.credited(
                        before.creditedMillis() + credit, before.securedMillis(), before.studiedMillis() + credit)
                .placed(position, Math.max(before.maxPositionMillis(), position))
                .heard(
                        Math.max(before.lastBeatAtMillis(), beat.serverMillis()),
                        beat.sequence(),
                        beat.nonce(),
                        beat.visible());
    }

    /** The time in which it was missed ran up to this moment, so it is worth nothing either. */
    private Step missed(StudyState before) {
        int missed = before.missedInARow() + 1;
        StudyState after = before.credited(before.securedMillis(), before.securedMillis(), before.studiedMillis())
                .check(before.checksAsked(), 0, missed, missed >= parameters.missesToEnd());
        return new Step(after, Outcome.CHECK_MISSED, 0, before.creditedMillis() - before.securedMillis(), false);
    }
}

package io.haulwatch.training.study;

import io.haulwatch.training.study.StudyClock.Outcome;
import io.haulwatch.training.study.StudyClock.Step;

/** A player in tests: plays, hides, jumps and answers on a clock of its own making. */
final class Player {
    private static final long BEAT = 15_000;

    private final StudyClock clock;
    private StudyState state = StudyState.FRESH;
    private long now = 1_788_000_000_000L;
    private long position;
    private int sequence;
    private boolean visible = true;
    private boolean asked;

    Player(StudyClock clock) {
        this.clock = clock;
        beat();
    }

    static Player ofLesson(int seconds, long... checksAtSeconds) {
        return new Player(new StudyClock(
                seconds * 1_000L,
                false,
                index -> index < checksAtSeconds.length ? checksAtSeconds[index] * 1_000 : Long.MAX_VALUE,
                StudyParameters.USUAL));
    }

    StudyState state() {
        return state;
    }

    long creditedSeconds() {
        return state.creditedSeconds();
    }

    boolean asked() {
        return asked;
    }

    /** Plays in whole beats at its own pace. */
    Step play(int seconds) {
        Step last = null;
        for (long played = 0; played < seconds * 1_000L; played += BEAT) {
            last = pass(BEAT, BEAT);
        }
        return java.util.Objects.requireNonNull(last);
    }

    /** One beat, after so much time, with the position so much farther. */
    Step pass(long elapsed, long way) {
        now += elapsed;
        position += way;
        return beat();
    }

    Step show(boolean shown) {
        visible = shown;
        return beat();
    }

    Step seek(int second) {
        position = second * 1_000L;
        return pass(1_000, 0);
    }

    /** @param afterSeconds since the last beat, before the next */
    Step answer(int afterSeconds) {
        return took(clock.answer(state, now + afterSeconds * 1_000L));
    }

    /** The same beat again. */
    Step replay() {
        return clock.beat(state, new Beat(now, sequence, "n" + sequence, position, visible));
    }

    void nextSitting() {
        state = state.nextSitting();
        sequence = 0;
        beat();
    }

    private Step beat() {
        sequence++;
        return took(clock.beat(state, new Beat(now, sequence, "n" + sequence, position, visible)));
    }

    private Step took(Step step) {
        state = step.state();
        asked = step.askPresence();
        if (step.outcome() == Outcome.JUMPED) {
            position = state.positionMillis();
        }
        return step;
    }
}

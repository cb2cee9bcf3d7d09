package io.haulwatch.store.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.store.order.WaveRule.Step;
import io.haulwatch.store.order.WaveRule.Wave;
import org.junit.jupiter.api.Test;

final class WaveRuleTest {
    private static Step next(Wave wave, boolean isLast) {
        return WaveRule.next(wave, isLast, true, 10);
    }

    @Test
    void sendsTheFirstWaveAtOnceAndTheNextWhenEverybodyHasAnswered() {
        assertThat(next(new Wave(0, 0, 0, 0), false)).isEqualTo(Step.SEND_NEXT);
        assertThat(next(new Wave(50, 0, 1, 0), false)).isEqualTo(Step.WAIT);
        assertThat(next(new Wave(50, 0, 0, 0), false)).isEqualTo(Step.SEND_NEXT);
        assertThat(next(new Wave(50, 0, 0, 0), true)).isEqualTo(Step.DONE);
    }

    @Test
    void haltsOnceMoreHaveFailedThanTheShareAllowsAndDoesNotWaitForTheRest() {
        assertThat(next(new Wave(50, 0, 40, 5), false)).isEqualTo(Step.WAIT);
        assertThat(next(new Wave(50, 0, 40, 6), false)).isEqualTo(Step.HALT);
        assertThat(next(new Wave(50, 0, 0, 6), false)).isEqualTo(Step.HALT);
        assertThat(next(new Wave(50, 0, 1, 6), true)).isEqualTo(Step.HALT);
    }

    @Test
    void anOrderThatHasReachedEverybodyIsDoneHoweverManyRefused() {
        assertThat(next(new Wave(50, 0, 0, 50), true)).isEqualTo(Step.DONE);
    }

    @Test
    void aWaveThatSomebodyLetGoOnIsFinishedAndNotJudgedAgain() {
        assertThat(WaveRule.next(new Wave(50, 10, 0, 40), false, false, 10)).isEqualTo(Step.SEND_REST);
        assertThat(WaveRule.next(new Wave(50, 0, 0, 50), false, false, 10)).isEqualTo(Step.SEND_NEXT);
    }

    @Test
    void noFailureAtAllIsAllowedWhenTheShareIsZero() {
        assertThat(WaveRule.next(new Wave(50, 0, 49, 1), false, true, 0)).isEqualTo(Step.HALT);
        assertThat(WaveRule.next(new Wave(50, 0, 50, 0), false, true, 0)).isEqualTo(Step.WAIT);
    }
}

package io.haulwatch.training.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.training.exam.AttemptRule.AlreadyPassed;
import io.haulwatch.training.exam.AttemptRule.Attempt;
import io.haulwatch.training.exam.AttemptRule.MayStart;
import io.haulwatch.training.exam.AttemptRule.NoneLeft;
import io.haulwatch.training.exam.AttemptRule.Outcome;
import io.haulwatch.training.exam.AttemptRule.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptRuleTest {
    private static final Instant MORNING = Instant.parse("2026-09-08T01:00:00Z");
    private static final AttemptRule RULE = AttemptRule.USUAL;

    private static Attempt failed(int hour) {
        return new Attempt(Outcome.FAILED, MORNING.plus(Duration.ofHours(hour)));
    }

    private static Instant at(int hour) {
        return MORNING.plus(Duration.ofHours(hour));
    }

    @Test
    void theSecondAttemptFollowsAtOnceAndTheThirdADayLater() {
        assertThat(RULE.next(List.of(), at(0))).isEqualTo(new MayStart(1));
        assertThat(RULE.next(List.of(failed(0)), at(0))).isEqualTo(new MayStart(2));
        List<Attempt> two = List.of(failed(0), failed(1));
        assertThat(RULE.next(two, at(1))).isEqualTo(new Wait(at(25)));
        assertThat(RULE.next(two, at(25).minusMillis(1))).isEqualTo(new Wait(at(25)));
        assertThat(RULE.next(two, at(25))).isEqualTo(new MayStart(3));
        assertThat(RULE.next(two.reversed(), at(2))).isEqualTo(new Wait(at(25)));
    }

    @Test
    void afterThreeFailuresNoneIsLeft() {
        assertThat(RULE.next(List.of(failed(0), failed(1), failed(30)), at(500)))
                .isEqualTo(new NoneLeft());
    }

    @Test
    void whatWasPassedIsNotSatAgain() {
        assertThat(RULE.next(List.of(failed(0), new Attempt(Outcome.PASSED, at(1))), at(2)))
                .isEqualTo(new AlreadyPassed());
    }

    @Test
    void anAttemptThatTheCentreTookBackDoesNotCount() {
        Attempt voided = new Attempt(Outcome.VOIDED, at(1));
        assertThat(RULE.next(List.of(failed(0), voided), at(2))).isEqualTo(new MayStart(2));
    }

    @Test
    void aLongerRuleWaitsAfterEverySecondFailure() {
        AttemptRule five = new AttemptRule(5, 2, Duration.ofHours(24));
        assertThat(five.next(List.of(failed(0), failed(1), failed(30)), at(31))).isEqualTo(new MayStart(4));
        assertThat(five.next(List.of(failed(0), failed(1), failed(30), failed(31)), at(32)))
                .isEqualTo(new Wait(at(55)));
        assertThatThrownBy(() -> new AttemptRule(0, 2, Duration.ZERO)).hasMessageContaining("attempts=0");
    }
}

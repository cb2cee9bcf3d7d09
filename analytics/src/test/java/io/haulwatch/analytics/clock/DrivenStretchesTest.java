package io.haulwatch.analytics.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.analytics.clock.DrivenStretches.Driven;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DrivenStretchesTest {
    private final DrivenStretches stretches = new DrivenStretches();

    @Test
    void answersSoManyAtATimeInTheirOrder() {
        List<CompletableFuture<List<Driven>>> asked = new ArrayList<>();
        for (int driver = 1; driver <= 3; driver++) {
            asked.add(stretches.ask(driver));
        }
        stretches.answer(driver -> List.of(new Driven(driver, 10, 20)), 2);
        assertThat(asked.get(0)).isCompletedWithValue(List.of(new Driven(1, 10, 20)));
        assertThat(asked.get(1)).isCompletedWithValue(List.of(new Driven(2, 10, 20)));
        assertThat(asked.get(2)).isNotDone();
        stretches.answer(driver -> List.of(), 2);
        assertThat(asked.get(2)).isCompletedWithValue(List.of());
    }

    @Test
    void anErrorIsTheAskersAndNotTheRules() {
        CompletableFuture<List<Driven>> asked = stretches.ask(1);
        stretches.answer(
                driver -> {
                    throw new IllegalStateException("no such driver");
                },
                1);
        assertThat(asked).isCompletedExceptionally();
    }

    @Test
    void rulesThatStandStillAreNotBuriedUnderQuestions() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(stretches.ask(i)).isNotDone();
        }
        assertThat(stretches.ask(1_001)).isCompletedExceptionally();
    }
}

package io.haulwatch.training.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.haulwatch.training.exam.ItemStatistics.Answer;
import io.haulwatch.training.exam.ItemStatistics.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ItemStatisticsTest {
    private static List<Answer> times(int times, List<Answer> answers) {
        return Collections.nCopies(times, answers).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Right with 8, 6, 7 and wrong with 3, 5, 4, 2: mean 5, distances of the right ones 3 + 1 + 2 = 6, squares 28, r = 6 ÷ √(28 · 12/7) = √0.75. */
    @Test
    void discriminationIsTheCorrelationWithTheOtherQuestions() {
        List<Answer> seven = List.of(
                new Answer(true, 8),
                new Answer(true, 6),
                new Answer(true, 7),
                new Answer(false, 3),
                new Answer(false, 5),
                new Answer(false, 4),
                new Answer(false, 2));
        ItemStatistics statistics = ItemStatistics.of(seven);
        assertThat(statistics.difficulty()).isCloseTo(3 / 7.0, within(1e-12));
        assertThat(statistics.discrimination()).isCloseTo(Math.sqrt(0.75), within(1e-12));
        assertThat(statistics.verdict()).isEqualTo(Verdict.OPEN);
        assertThat(ItemStatistics.of(times(8, seven)).verdict()).isEqualTo(Verdict.KEEP);
    }

    @Test
    void aQuestionThatNearlyEverybodyKnowsIsRetired() {
        List<Answer> easy = Stream.concat(
                        IntStream.range(0, 96).mapToObj(i -> new Answer(true, i)),
                        Stream.generate(() -> new Answer(false, 0)).limit(4))
                .toList();
        assertThat(ItemStatistics.of(easy).verdict()).isEqualTo(Verdict.TOO_EASY);
        assertThat(ItemStatistics.of(easy).retire()).isTrue();
        assertThat(ItemStatistics.of(easy.subList(1, 100)).difficulty()).isGreaterThan(0.95);
        assertThat(ItemStatistics.of(easy.subList(16, 100)).verdict()).isEqualTo(Verdict.TOO_EASY);
        assertThat(ItemStatistics.of(easy.subList(20, 100)).verdict())
                .as("76 of 80 are 0.95 and no more")
                .isEqualTo(Verdict.KEEP);
    }

    @Test
    void aQuestionThatTheBetterOnesGetWrongIsRetired() {
        List<Answer> turned = times(25, List.of(new Answer(true, 40), new Answer(false, 90)));
        assertThat(ItemStatistics.of(turned).discrimination()).isCloseTo(-1, within(1e-12));
        assertThat(ItemStatistics.of(turned).verdict()).isEqualTo(Verdict.MISLEADING);
        assertThat(ItemStatistics.of(turned.subList(0, 48)).retire()).isFalse();
    }

    @Test
    void whereEverybodyIsAlikeThereIsNothingToDiscriminate() {
        assertThat(ItemStatistics.of(List.of()).verdict()).isEqualTo(Verdict.OPEN);
        assertThat(ItemStatistics.of(times(60, List.of(new Answer(true, 40), new Answer(true, 90))))
                        .discrimination())
                .isNull();
        assertThat(ItemStatistics.of(times(60, List.of(new Answer(true, 40), new Answer(false, 40))))
                        .discrimination())
                .isNull();
    }
}

package io.haulwatch.training.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.haulwatch.training.content.Question.Option;
import io.haulwatch.training.content.QuestionRefused.Reason;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {
    /** {@code RWW}: the first of three options is right. */
    private static Question question(QuestionKind kind, String options) {
        return question(
                "q",
                kind,
                "问",
                IntStream.range(0, options.length())
                        .mapToObj(i -> new Option(Words.chinese("选项" + i), options.charAt(i) == 'R'))
                        .toList());
    }

    private static Question question(String id, QuestionKind kind, String stem, List<Option> options) {
        return new Question(id, null, null, kind, Difficulty.MEDIUM, Words.chinese(stem), options, null, null, null);
    }

    private static Reason refusal(Runnable making) {
        return catchThrowableOfType(QuestionRefused.class, making::run).reason();
    }

    @ParameterizedTest
    @CsvSource({
        "SINGLE, WRW",
        "SINGLE, RW",
        "SINGLE, WWWWWWWR",
        "MULTIPLE, RRW",
        "MULTIPLE, RRRW",
        "TRUE_FALSE, RW",
        "TRUE_FALSE, WR"
    })
    void takesWhatCanBeAnswered(QuestionKind kind, String options) {
        assertThat(question(kind, options).right())
                .isEqualTo(IntStream.range(0, options.length())
                        .filter(i -> options.charAt(i) == 'R')
                        .boxed()
                        .collect(java.util.stream.Collectors.toSet()));
    }

    @ParameterizedTest
    @CsvSource({
        "SINGLE, WW, SINGLE_NEEDS_ONE_RIGHT",
        "SINGLE, RRW, SINGLE_NEEDS_ONE_RIGHT",
        "SINGLE, R, OPTION_COUNT",
        "SINGLE, WWWWWWWWR, OPTION_COUNT",
        "MULTIPLE, RWW, MULTIPLE_NEEDS_TWO_RIGHT",
        "MULTIPLE, RRR, MULTIPLE_NEEDS_ONE_WRONG",
        "TRUE_FALSE, RWW, TRUE_FALSE_NEEDS_TWO",
        "TRUE_FALSE, RR, TRUE_FALSE_NEEDS_TWO"
    })
    void refusesWhatCannotBeAnswered(QuestionKind kind, String options, Reason reason) {
        assertThat(refusal(() -> question(kind, options))).isEqualTo(reason);
    }

    @Test
    void refusesWhatIsTooLongOrSaidTwice() {
        List<Option> two = List.of(new Option(Words.chinese("甲"), true), new Option(Words.chinese("乙"), false));
        assertThat(refusal(() -> question(" ", QuestionKind.SINGLE, "问", two))).isEqualTo(Reason.ID);
        assertThat(refusal(() -> question("a\nb", QuestionKind.SINGLE, "问", two)))
                .isEqualTo(Reason.ID);
        assertThat(refusal(() -> question("q", QuestionKind.SINGLE, "问".repeat(1_001), two)))
                .isEqualTo(Reason.STEM_LENGTH);
        assertThat(refusal(() -> question(
                        "q",
                        QuestionKind.SINGLE,
                        "问",
                        List.of(two.getFirst(), new Option(Words.chinese("乙".repeat(301)), false)))))
                .isEqualTo(Reason.OPTION_LENGTH);
        assertThat(refusal(() -> question(
                        "q",
                        QuestionKind.SINGLE,
                        "问",
                        List.of(two.getFirst(), new Option(Words.chinese("甲 "), false)))))
                .isEqualTo(Reason.OPTION_TWICE);
    }

    @Test
    void saysInASentenceWhatIsWrong() {
        assertThat(catchThrowableOfType(QuestionRefused.class, () -> question(QuestionKind.SINGLE, "RRW")))
                .hasMessage("a single choice has exactly one right option: question=q, count=2");
    }
}

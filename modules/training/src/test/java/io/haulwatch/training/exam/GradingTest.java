package io.haulwatch.training.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.training.exam.Grading.Asked;
import io.haulwatch.training.exam.Grading.Grade;
import io.haulwatch.training.exam.Grading.Partial;
import io.haulwatch.training.exam.Grading.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures are those of the training sheet §4, the others worked by hand. */
class GradingTest {
    private static final Rule EIGHTY = new Rule(80, Partial.NONE);
    private static final Rule PROPORTIONAL = new Rule(80, Partial.PROPORTIONAL);

    private static List<Asked> singles(int count) {
        return LongStream.range(0, count)
                .mapToObj(id -> new Asked(id, Set.of(1)))
                .toList();
    }

    private static Map<Long, Set<Integer>> firstRight(int right, int answered) {
        Map<Long, Set<Integer>> answers = new HashMap<>();
        IntStream.range(0, answered).forEach(i -> answers.put((long) i, i < right ? Set.of(1) : Set.of(0)));
        return answers;
    }

    @ParameterizedTest
    @CsvSource({
        "50, 41, 50, 82.00, true",
        "50, 40, 50, 80.00, true",
        "50, 39, 50, 78.00, false",
        "50, 38, 38, 76.00, false",
        "50, 0, 0, 0.00, false",
        "50, 50, 50, 100.00, true",
        "3, 2, 3, 66.66, false",
        "3, 3, 3, 100.00, true",
        "10, 8, 10, 80.00, true"
    })
    void eachQuestionIsWorthTheSameAndThePassMarkIsPassed(
            int count, int right, int answered, String score, boolean passed) {
        Grade grade = Grading.grade(singles(count), firstRight(right, answered), EIGHTY);
        assertThat(grade.score()).isEqualTo(score);
        assertThat(grade.right()).isEqualTo(right);
        assertThat(grade.passed()).isEqualTo(passed);
    }

    @ParameterizedTest
    @CsvSource({
        "'0,1,2', 2.00, 2.00",
        "'0,1', 0.00, 1.33",
        "'0', 0.00, 0.66",
        "'0,1,3', 0.00, 0.00",
        "'0,1,2,3', 0.00, 0.00",
        "'3', 0.00, 0.00",
        "'', 0.00, 0.00"
    })
    void aMultipleChoiceIsAllOrNothingOrTheShareThatWasChosen(String chosen, String whole, String share) {
        List<Asked> asked = new ArrayList<>(singles(49));
        asked.add(new Asked(99, Set.of(0, 1, 2)));
        Set<Integer> places = chosen.isEmpty()
                ? Set.of()
                : java.util.Arrays.stream(chosen.split(","))
                        .map(Integer::valueOf)
                        .collect(java.util.stream.Collectors.toSet());
        Map<Long, Set<Integer>> answers = Map.of(99L, places);
        assertThat(Grading.grade(asked, answers, EIGHTY).score()).isEqualTo(whole);
        assertThat(Grading.grade(asked, answers, PROPORTIONAL).score()).isEqualTo(share);
        assertThat(Grading.grade(asked, answers, PROPORTIONAL).marks().getLast().points())
                .isEqualTo(share);
    }

    @Test
    void aMarkThatIsMissedByAHairIsNeitherPassedNorShownAsPassed() {
        // 5 of 7 questions and 4 of 7 right options: 5.571… of 7 are 79.591…
        List<Asked> asked = new ArrayList<>(singles(6));
        asked.add(new Asked(99, Set.of(0, 1, 2, 3, 4, 5, 6)));
        Map<Long, Set<Integer>> answers = firstRight(5, 6);
        answers.put(99L, Set.of(0, 1, 2, 3));
        Grade grade = Grading.grade(asked, answers, PROPORTIONAL);
        assertThat(grade.score()).isEqualTo("79.59");
        assertThat(grade.passed()).isFalse();
        // Three thirds of three questions are one whole, exactly.
        List<Asked> thirds = LongStream.range(0, 3)
                .mapToObj(id -> new Asked(id, Set.of(0, 1, 2)))
                .toList();
        Map<Long, Set<Integer>> oneEach = Map.of(0L, Set.of(0), 1L, Set.of(1), 2L, Set.of(2));
        assertThat(Grading.grade(thirds, oneEach, new Rule(34, Partial.PROPORTIONAL))
                        .passed())
                .isFalse();
        assertThat(Grading.grade(thirds, oneEach, new Rule(33, Partial.PROPORTIONAL))
                        .score())
                .isEqualTo("33.33");
    }

    @Test
    void answersToQuestionsThatWereNotAskedAreWorthNothing() {
        Map<Long, Set<Integer>> answers = firstRight(2, 9);
        assertThat(Grading.grade(singles(5), answers, EIGHTY).score()).isEqualTo("40.00");
    }

    @Test
    void refusesWhatIsNoPaper() {
        assertThatThrownBy(() -> Grading.grade(List.of(), Map.of(), EIGHTY)).hasMessageContaining("without questions");
        assertThatThrownBy(() -> new Rule(0, Partial.NONE)).hasMessageContaining("passPercent=0");
        assertThatThrownBy(() -> new Asked(7, Set.of())).hasMessageContaining("questionId=7");
        Asked one = singles(1).getFirst();
        assertThatThrownBy(() -> Grading.grade(List.of(one, one), Map.of(), EIGHTY))
                .hasMessageContaining("questionId=0");
    }
}

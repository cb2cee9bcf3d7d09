package io.haulwatch.rules.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.haulwatch.rules.inspection.InspectionPlan.Finding;
import io.haulwatch.rules.inspection.InspectionPlan.Verdict;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes and bounds worked out outside this code: hypergeometric sums as exact fractions, binomial ones with sixty decimal digits. */
class InspectionPlanTest {
    private static final int[] LOTS = {1, 6, 4, 7};

    @ParameterizedTest
    @CsvSource({
        "10, 0.1, 0.95, 8, 1",
        "20, 0.05, 0.95, 16, 1",
        "100, 0.05, 0.95, 39, 5",
        "214, 0.05, 0.95, 50, 10",
        "1000, 0.02, 0.95, 132, 20",
        "10478, 0.01, 0.99, 448, 104",
        "601, 0.1, 0.9, 22, 60",
        "41000, 0.05, 0.95, 59, 2050",
        "5, 0, 0.95, 5, 0",
        "20, 0, 0.95, 19, 0",
        "3, 0.5, 0.95, 2, 1",
        "1, 0.5, 0.95, 1, 0"
    })
    void asManyAreLookedAtAsTheExactSumDemands(
            int trucks, double tolerable, double confidence, int size, int tolerated) {
        InspectionPlan plan = new InspectionPlan(trucks, tolerable, confidence);
        assertThat(plan.sampleSize()).isEqualTo(size);
        assertThat(plan.tolerated()).isEqualTo(tolerated);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0.05, 0.95, 39, 0, 0, 5, 0, 0.073937589, KEPT",
        "100, 0.05, 0.95, 39, 2, 2, 13, -1, -1, OPEN",
        "214, 0.05, 0.95, 53, 1, 1, 16, 0.000967330, 0.086406818, OPEN",
        "214, 0.05, 0.95, 53, 20, 60, 103, 0.265961266, 0.499454150, EXCEEDED",
        "20, 0, 0.95, 19, 0, 0, 0, -1, -1, KEPT",
        "601, 0.1, 0.9, 22, 3, 32, 166, 0.051174130, 0.278937977, OPEN",
        "20, 0.2, 0.95, 20, 3, 3, 3, -1, -1, KEPT",
        "20, 0.2, 0.95, 20, 20, 20, 20, 0.860891659, 1, EXCEEDED"
    })
    void aSampleSaysNoMoreThanItRulesOut(
            int trucks,
            double tolerable,
            double confidence,
            int looked,
            int bad,
            int least,
            int most,
            double lower,
            double upper,
            Verdict verdict) {
        Finding finding = new InspectionPlan(trucks, tolerable, confidence).finding(looked, bad);
        assertThat(finding.least()).isEqualTo(least);
        assertThat(finding.most()).isEqualTo(most);
        assertThat(finding.verdict()).isEqualTo(verdict);
        if (lower >= 0) {
            assertThat(finding.lowerShare()).isCloseTo(lower, within(1e-8));
            assertThat(finding.upperShare()).isCloseTo(upper, within(1e-8));
        }
    }

    @Test
    void aCleanSampleOfTheSizeThatWasAskedForIsAlwaysEnough() {
        for (int trucks = 1; trucks <= 120; trucks++) {
            for (double tolerable : new double[] {0, 0.02, 0.05, 0.1, 0.3}) {
                InspectionPlan plan = new InspectionPlan(trucks, tolerable, 0.95);
                assertThat(plan.finding(plan.sampleSize(), 0).verdict())
                        .as("%s", plan)
                        .isEqualTo(Verdict.KEPT);
                if (plan.sampleSize() > 1) {
                    assertThat(plan.finding(plan.sampleSize() - 1, 0).verdict())
                            .as("%s", plan)
                            .isEqualTo(Verdict.OPEN);
                }
            }
        }
    }

    /** The lots are those of {@code printf '42:7' | sha256sum} and its like. */
    @Test
    void theSameSeedDrawsTheSameTrucksWhateverTheirOrder() {
        int[] ids = IntStream.rangeClosed(1, 10).toArray();
        int[] turned = IntStream.rangeClosed(1, 10).map(i -> 11 - i).toArray();
        assertThat(InspectionPlan.draw("42", ids, 4)).containsExactly(LOTS);
        assertThat(InspectionPlan.draw("42", turned, 4)).containsExactly(LOTS);
        assertThat(InspectionPlan.draw("43", ids, 4)).isNotEqualTo(LOTS);
        assertThat(InspectionPlan.draw("42", ids, 10)).containsExactlyInAnyOrder(ids);
    }

    @Test
    void everyTruckIsDrawnAboutAsOftenAsAnyOther() {
        int[] ids = IntStream.rangeClosed(1, 20).toArray();
        int[] drawn = new int[21];
        for (int seed = 0; seed < 2_000; seed++) {
            Arrays.stream(InspectionPlan.draw(Integer.toString(seed), ids, 5)).forEach(id -> drawn[id]++);
        }
        // 500 each; five standard deviations are 97.
        assertThat(Arrays.stream(drawn).skip(1).boxed()).allMatch(times -> times > 400 && times < 600);
    }

    @Test
    void refusesPlansAndSamplesThatCannotBe() {
        assertThatThrownBy(() -> new InspectionPlan(0, 0.1, 0.95)).hasMessageContaining("trucks=0");
        assertThatThrownBy(() -> new InspectionPlan(5, 1, 0.95)).hasMessageContaining("tolerable=1.0");
        assertThatThrownBy(() -> new InspectionPlan(5, 0.1, 1)).hasMessageContaining("confidence=1.0");
        assertThatThrownBy(() -> new InspectionPlan(5, 0.1, 0.95).finding(6, 0)).hasMessageContaining("looked=6");
        assertThatThrownBy(() -> InspectionPlan.draw("x", new int[] {1}, 2)).hasMessageContaining("size=2");
    }
}

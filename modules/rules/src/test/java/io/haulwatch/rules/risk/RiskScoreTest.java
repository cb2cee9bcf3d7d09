package io.haulwatch.rules.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.haulwatch.rules.risk.RiskInputs.Training;
import io.haulwatch.rules.risk.RiskInputs.Veto;
import io.haulwatch.rules.risk.RiskScore.Band;
import io.haulwatch.rules.risk.RiskScore.Contribution;
import io.haulwatch.rules.risk.RiskScore.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The worked example of the compliance sheet §5, by its numbers. */
class RiskScoreTest {
    /** Events by severity 1, 3, 6 and age 3, 2, 1. */
    private static final double POINTS =
            3 * (120 + 3 * 30 + 6 * 6) + 2 * (100 + 3 * 20 + 6 * 4) + (90 + 3 * 15 + 6 * 2);

    @Test
    void theWorkedExampleIsYellow() {
        assertThat(POINTS).isEqualTo(1_253);
        RiskScore score = RiskScore.of(example(new Training(62.0 / 70, 58.0 / 70), List.of()));

        assertThat(part(score, Part.A).value()).isCloseTo(39.2, within(0.05));
        assertThat(part(score, Part.D).value()).isCloseTo(16.0, within(0.05));
        assertThat(part(score, Part.T).value()).isCloseTo(13.7, within(0.05));
        assertThat(part(score, Part.H).value()).isCloseTo(20, within(0.05));
        assertThat(part(score, Part.M).value()).isCloseTo(46, within(0.05));
        assertThat(score.value()).isCloseTo(28.3, within(0.05));
        assertThat(score.band()).isEqualTo(Band.YELLOW);
        assertThat(score.missing()).isEmpty();
        assertThat(score.parts().stream().mapToDouble(Contribution::points).sum())
                .isCloseTo(28.3, within(0.05));
    }

    @Test
    void anOverdueLicenceAtTheWheelMakesRed() {
        RiskScore score = RiskScore.of(example(
                new Training(62.0 / 70, 58.0 / 70),
                List.of(new Veto("overdue_driving", "1", "drove with an overdue licence", Veto.RED))));
        assertThat(score.value()).isEqualTo(80);
        assertThat(score.band()).isEqualTo(Band.RED);
    }

    @Test
    void aSmallCompanyIsShrunkToTheMean() {
        RiskScore score = RiskScore.of(new RiskInputs(36, 8_000, 2_000, 3.0, 0, 0, null, 0, 0, null, null, List.of()));
        assertThat(part(score, Part.A).data().get("rate_per_1000km")).isCloseTo(3.43, within(0.005));
        assertThat(part(score, Part.A).value()).isCloseTo(43.5, within(0.05));
    }

    @Test
    void leavesOutWhatIsNotKnownAndSaysSo() {
        RiskScore score = RiskScore.of(example(null, List.of()));
        assertThat(score.missing()).containsExactly(Part.T);
        assertThat(score.parts().stream().mapToDouble(Contribution::weight).sum())
                .isCloseTo(1, within(1e-9));
        assertThat(score.value()).isCloseTo((0.40 * 39.2 + 0.25 * 16.0 + 0.10 * 20 + 0.10 * 46) / 0.85, within(0.1));
    }

    @Test
    void tooFewKilometresSayNothingOfDriving() {
        RiskScore score = RiskScore.of(new RiskInputs(500, 8_000, 999, 3.0, 100, 0, null, 0, 0, null, null, List.of()));
        assertThat(score.insufficientData()).isTrue();
        assertThat(score.missing()).containsExactly(Part.A, Part.T, Part.M);
        assertThat(score.value()).isZero();
        assertThat(score.band()).isEqualTo(Band.BLUE);
    }

    @Test
    void bandsBeginAtTheirBounds() {
        assertThat(Band.of(24.99)).isEqualTo(Band.BLUE);
        assertThat(Band.of(25)).isEqualTo(Band.YELLOW);
        assertThat(Band.of(50)).isEqualTo(Band.ORANGE);
        assertThat(Band.of(75)).isEqualTo(Band.RED);
    }

    private static RiskInputs example(@Nullable Training training, List<Veto> vetoes) {
        return new RiskInputs(POINTS, 420_000, 70_000, 3.0, 1_600, 51.2, training, 2, 0, 0.93, 0.97, vetoes);
    }

    private static Contribution part(RiskScore score, Part part) {
        return score.parts().stream()
                .filter(contribution -> contribution.part() == part)
                .findFirst()
                .orElseThrow();
    }
}

package io.haulwatch.analytics.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.haulwatch.analytics.risk.RiskBehind.DriverPoints;
import io.haulwatch.analytics.risk.RiskBehind.Gap;
import io.haulwatch.rules.risk.RiskInputs;
import io.haulwatch.rules.risk.RiskInputs.Training;
import io.haulwatch.rules.risk.RiskInputs.Veto;
import io.haulwatch.rules.risk.RiskScore;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a company can do about its score: each act is worth the difference of two computations of the sheet's formula. */
class RiskActTest {
    /** The sheet's company: weighted 51.2 of 1,600, of which six services and two qualifications. */
    private static final RiskBehind BEHIND = new RiskBehind(
            List.of(
                    new Gap("veh.maintenance2", 180, 18, 6),
                    new Gap("drv.qualification", 280, 8, 2),
                    new Gap("co.licence", 10, 10, 1)),
            List.of(),
            List.of(new DriverPoints(7, 300)),
            8,
            3);

    @Test
    void theActThatLowersMostStandsFirstAndItsPointsAreTheDifference() {
        RiskInputs company = company(List.of());
        RiskAct.Best best = RiskAct.best(company, BEHIND, 3);
        // 18 of 1,600 are 0.01125 of d, 5.625 of D, 1.41 of R; handling 0.07 late is 42 of M, 4.2 of R.
        assertThat(best.acts()).extracting(RiskAct::code).startsWith("handling");
        assertThat(RiskAct.best(company, BEHIND, 9).acts())
                .filteredOn(act -> act.kind().equals("veh.maintenance2"))
                .singleElement()
                .satisfies(act -> {
                    assertThat(act.points()).isCloseTo(0.25 * 100 * (18.0 / 1_600) / 0.20, within(1e-9));
                    assertThat(act.count()).isEqualTo(6);
                });
        double sum = best.acts().stream().mapToDouble(RiskAct::points).sum();
        double now = Objects.requireNonNull(RiskScore.of(company).value());
        assertThat(best.reachable()).isCloseTo(now - sum, within(0.5));
    }

    @Test
    void underAVetoOnlyWhatLiftsItLowersTheScoreAndTheRestSaysWhatItWouldBelow() {
        RiskInputs company = company(List.of(new Veto("company_licence", "2026-01-01", "expired", Veto.RED)));
        List<RiskAct> acts = RiskAct.best(company, BEHIND, 3).acts();
        assertThat(acts.getFirst().kind()).isEqualTo("co.licence");
        assertThat(acts.getFirst().points()).isGreaterThan(40);
        assertThat(acts.get(1).points()).isZero();
        assertThat(acts.get(1).pointsBelow()).isPositive();
    }

    @Test
    void whereTheDocumentsAreAtTheirCapAllOfThemTogetherAreTheAct() {
        RiskInputs company = new RiskInputs(0, 0, 0, 0, 100, 40, null, 0, 0, null, null, List.of());
        RiskBehind behind = new RiskBehind(
                List.of(new Gap("veh.permit", 50, 20, 5), new Gap("veh.inspection", 50, 20, 5)),
                List.of(),
                List.of(),
                0,
                0);
        RiskAct.Best best = RiskAct.best(company, behind, 3);
        assertThat(best.acts()).extracting(RiskAct::code).containsExactly("papers_all");
        assertThat(best.acts().getFirst().count()).isEqualTo(10);
        assertThat(best.reachable()).isZero();
    }

    @Test
    void aCompanyWithoutGapsHasNothingToDo() {
        RiskInputs clean =
                new RiskInputs(0, 100_000, 9_000, 3, 1_600, 0, new Training(1, 1), 0, 0, 1.0, null, List.of());
        assertThat(RiskAct.best(clean, RiskBehind.NOTHING, 3).acts()).isEmpty();
    }

    @Test
    void aFatalAccidentRaisesToNinetyAndTrainingTellsTheFormulasApart() {
        RiskScore score = RiskScore.of(company(List.of(new Veto("fatal_accident", "2026-10-01", "died", Veto.FATAL))));
        assertThat(score.value()).isEqualTo(90);
        assertThat(score.formula()).isEqualTo("risk-2026.3");
        RiskInputs untrained =
                new RiskInputs(1_253, 420_000, 60_000, 3, 1_600, 51.2, null, 2, 0, 0.93, 0.97, List.of());
        assertThat(RiskScore.of(untrained).formula()).isEqualTo("risk-2026.3-untrained");
    }

    @Test
    void sizesEndWhereTheSheetSaysAndQuartilesLieBetweenNeighbours() {
        assertThat(List.of(9, 10, 49, 50, 199, 200))
                .extracting(vehicles -> SizeClass.of(vehicles).key())
                .containsExactly("under_10", "10_49", "10_49", "50_199", "50_199", "from_200");
        SizeClass.Quartiles quartiles = SizeClass.Quartiles.of(List.of(50.0, 10.0, 20.0, 40.0, 30.0));
        assertThat(quartiles).isEqualTo(new SizeClass.Quartiles(5, 20, 30, 40));
        assertThat(SizeClass.Quartiles.of(List.of(1.0, 2.0)).median()).isEqualTo(1.5);
    }

    private static RiskInputs company(List<Veto> vetoes) {
        return new RiskInputs(
                1_253, 420_000, 60_000, 3, 1_600, 51.2, new Training(62.0 / 70, 58.0 / 70), 2, 0, 0.93, 0.97, vetoes);
    }
}

package io.haulwatch.rules.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.haulwatch.rules.kpi.TruckFigures.Counts;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The worked examples of the sheet of formulas, by their numbers there. */
final class IndicatorSheetTest {
    private static final KpiParameters STANDARD = KpiParameters.STANDARD;
    private static final int LAT = 29_500_000;

    @Test
    void k1ACompanyGetsItsPoints() {
        ScoreSheet.Score score = ScoreSheet.company(
                Map.of(
                        Indicator.NETWORK_ENTRY, new Ratio(200, 200),
                        Indicator.ONLINE, new Ratio(197, 200),
                        Indicator.TRACK, new Ratio(96.2, 100),
                        Indicator.DATA, new Ratio(99.81, 100),
                        Indicator.DRIFT, new Ratio(2, 100),
                        Indicator.SPEEDING, new Ratio(1.2, 1),
                        Indicator.FATIGUE, new Ratio(0.35, 1)),
                2.0,
                0.50,
                new Ratio(19, 20));
        double[] points =
                score.lines().stream().mapToDouble(ScoreSheet.Line::points).toArray();
        assertThat(points)
                .containsExactly(new double[] {5.00, 4.925, 14.43, 14.97, 9.80, 14.0, 13.0, 9.5}, within(0.005));
        assertThat(score.points()).isCloseTo(85.63, within(0.005));
        assertThat(score.most()).isEqualTo(100);
    }

    @Test
    void withoutAnUpperPlatformTheLineOfPostChecksIsLeftOut() {
        ScoreSheet.Score score = ScoreSheet.company(Map.of(), null, null, null);
        assertThat(score.most()).isEqualTo(90);
        assertThat(score.points()).as("what cannot be counted keeps its points").isEqualTo(90);
    }

    @Test
    void k2SpeedingIsHeldAgainstTheMeanOfTheRegion() {
        assertThat(ScoreSheet.againstMean(2.6, 2.0)).isCloseTo(7.0, within(1e-9));
        assertThat(ScoreSheet.againstMean(4.0, 2.0)).isZero();
        assertThat(ScoreSheet.againstMean(0, 2.0)).isEqualTo(20);
        assertThat(ScoreSheet.againstMean(2.0, 2.0)).as("both branches meet").isEqualTo(10);
        assertThat(ScoreSheet.againstMean(0, 0)).isEqualTo(20);
        assertThat(ScoreSheet.againstMean(0.1, 0)).isZero();
    }

    @Test
    void k3ThresholdsAreComparedUnrounded() {
        assertThat(data(79.99)).isZero();
        assertThat(data(79.996)).as("shown as 80.00 %").isZero();
        assertThat(new Ratio(79.996, 100).percent()).hasToString("80.00");
        assertThat(data(80)).isCloseTo(12, within(1e-9));
    }

    private static double data(double percent) {
        return ScoreSheet.company(Map.of(Indicator.DATA, new Ratio(percent, 100)), null, null, null).lines().stream()
                .filter(line -> line.code().equals("data"))
                .findFirst()
                .orElseThrow()
                .points();
    }

    @Test
    void k4AProvinceGetsItsPoints() {
        ScoreSheet.Score score = ScoreSheet.administration(Map.of(
                Indicator.NETWORK_ENTRY, new Ratio(100, 100),
                Indicator.ONLINE, new Ratio(42_293, 42_489),
                Indicator.DRIFT, new Ratio(1.02, 100),
                Indicator.TRACK, new Ratio(99.41, 100),
                Indicator.DATA, new Ratio(99.83, 100)));
        assertThat(new Ratio(42_293, 42_489).percent()).hasToString("99.54");
        assertThat(score.points()).isCloseTo(99.51, within(0.01));
        assertThat(score.most()).isEqualTo(100);
    }

    @Test
    void k6AGapIsBothFarAndLong() {
        // 412.0 km: stretches of 50 m a second but for three without points, of which the second one lasts 120 s.
        Road road = new Road();
        road.drive(192_000);
        road.gap(6_500, 400);
        road.drive(100_000);
        road.gap(3_200, 120);
        road.drive(92_300);
        road.gap(18_000, 900);
        road.trace.end();
        assertThat(road.trace.totalMetres()).isCloseTo(412_000, within(50.0));
        assertThat(road.trace.gapMetres()).isCloseTo(24_500, within(10.0));
        assertThat(track(road.trace)).hasToString("94.05");
    }

    @Test
    void k6WithoutAShortestTimeTheThirdOneCountsToo() {
        Road road = new Road(new KpiParameters(2_000, 0, 3, 160, 500, 20_000, 1_800, 30, 60));
        road.drive(192_000);
        road.gap(6_500, 400);
        road.drive(100_000);
        road.gap(3_200, 120);
        road.drive(92_300);
        road.gap(18_000, 900);
        road.trace.end();
        assertThat(track(road.trace)).hasToString("93.28");
    }

    private static Object track(DayTrace trace) {
        Counts counts = new TruckFigures(
                        true, 1, 1, 1, trace.totalMetres(), trace.gapMetres(), 0, 0, 0, 0, AlarmCounts.NONE)
                .counts();
        return Indicator.TRACK.of(counts).percent() + "";
    }

    @Test
    void k7DriftingTrucksCostPointsAndAboveFivePerCentAllOfThem() {
        assertThat(new Ratio(9, 400).percent()).hasToString("2.25");
        assertThat(driftPoints(9)).isCloseTo(9.775, within(1e-9));
        assertThat(driftPoints(20)).isCloseTo(9.5, within(1e-9));
        assertThat(driftPoints(21)).isZero();
    }

    private static double driftPoints(int drifting) {
        return ScoreSheet.company(Map.of(Indicator.DRIFT, new Ratio(drifting, 400)), null, null, null).lines().stream()
                .filter(line -> line.code().equals("drift"))
                .findFirst()
                .orElseThrow()
                .points();
    }

    @Test
    void k8FatigueIsAMeanOverTrucksOnline() {
        Counts counts = Counts.NONE;
        for (int truck = 0; truck < 120; truck++) {
            long minutes = truck == 0 ? 40 : truck == 1 ? 10 : truck == 2 ? 130 : 0;
            counts = counts.plus(
                    new TruckFigures(true, 1, 1, 1, 0, 0, 0, 0, 0, minutes * 60, AlarmCounts.NONE).counts());
        }
        assertThat(Indicator.FATIGUE.of(counts).value()).isCloseTo(0.025, within(1e-12));
    }

    @Test
    void k9SpeedingWithLessThanAMinuteBetweenIsOneAndWhatIsShortIsNone() {
        long[] starts = {at(10, 0, 0), at(10, 0, 50), at(10, 5, 0)};
        long[] ends = {at(10, 0, 35), at(10, 1, 30), at(10, 5, 20)};
        assertThat(SpeedingCount.count(starts, ends, STANDARD)).isEqualTo(1);
        assertThat(SpeedingCount.count(new long[] {0, 91_000}, new long[] {30_001, 130_000}, STANDARD))
                .as("60.999 s between")
                .isEqualTo(2);
        assertThat(SpeedingCount.count(new long[] {0}, new long[] {30_000}, STANDARD))
                .as("30 s is not longer than 30 s")
                .isZero();
    }

    private static long at(int hour, int minute, int second) {
        return Duration.between(LocalTime.MIDNIGHT, LocalTime.of(hour, minute, second))
                .toMillis();
    }

    @Test
    void k10HandlingIsCountedWithoutWhatWasTakenBack() {
        // 1,000 due, 30 withdrawn, 20 appeals accepted: 950.
        Counts counts =
                new TruckFigures(true, 1, 1, 1, 0, 0, 0, 0, 0, 0, new AlarmCounts(950, 880, 820, 0, 0, 0, 0)).counts();
        assertThat(Indicator.HANDLED.of(counts).percent()).hasToString("92.63");
        assertThat(Indicator.IN_TIME.of(counts).percent()).hasToString("86.32");
    }

    @Test
    void nothingToDivideByIsNoValue() {
        assertThat(Indicator.ONLINE.of(Counts.NONE).value()).isNull();
        assertThat(Indicator.ONLINE.of(Counts.NONE).percent()).isNull();
    }

    /** A truck that drives north in steps of a second. */
    private static final class Road {
        private static final double METRES_PER_MICRODEG = Math.PI / 180 * 6_371_008.8 / 1e6;

        final DayTrace trace;
        private double metres;
        private long millis;

        Road() {
            this(STANDARD);
        }

        Road(KpiParameters parameters) {
            trace = new DayTrace(parameters);
            trace.begin();
            point();
        }

        void drive(int metresDriven) {
            for (int i = 0; i < metresDriven / 40; i++) {
                metres += 40;
                millis += 1_000;
                point();
            }
            metres += metresDriven % 40;
            millis += 1_000;
            point();
        }

        void gap(int metresWithout, int seconds) {
            metres += metresWithout;
            millis += seconds * 1_000L;
            point();
        }

        private void point() {
            trace.position(
                    millis, LAT + (int) Math.round(metres / METRES_PER_MICRODEG), 106_500_000, 250, 800, 0, true);
        }
    }
}

package io.haulwatch.rules.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DayTraceTest {
    private static final int LAT = 29_500_000;
    private static final int LON = 106_500_000;
    /** 0.001° of latitude: 111.2 m. */
    private static final int STEP = 1_000;

    private final DayTrace trace = new DayTrace(KpiParameters.STANDARD);

    DayTraceTest() {
        trace.begin();
    }

    @Test
    void aPointThatFliesThereAndBackDriftedAndIsNoPartOfTheWay() {
        for (int i = 0; i < 10; i++) {
            boolean flies = i == 5;
            point(i * 10, LAT + i * STEP + (flies ? 50 * STEP : 0), true);
        }
        trace.end();
        assertThat(trace.drifts()).isEqualTo(1);
        assertThat(trace.qualified())
                .as("its fields are plausible all the same")
                .isEqualTo(10);
        assertThat(trace.totalMetres()).isCloseTo(9 * 111.2, within(1.0));
    }

    @Test
    void aJumpToAPlaceWhereTheTruckStaysIsNoDrift() {
        point(0, LAT, true);
        point(10, LAT + 50 * STEP, true);
        point(20, LAT + 51 * STEP, true);
        trace.end();
        assertThat(trace.drifts()).as("only one neighbour is too far").isZero();
    }

    @Test
    void aTruckWithItsEngineOffDoesNotMoveFiveHundredMetres() {
        point(0, LAT, false);
        point(600, LAT + 4 * STEP, false);
        point(1_200, LAT + 10 * STEP, false);
        point(1_800, LAT, false);
        trace.end();
        assertThat(trace.drifts()).as("445 m are borne, 667 m are not").isEqualTo(1);
    }

    @Test
    void whatNoTruckCanSayIsReceivedAndNotQualified() {
        trace.position(0, 0, 0, 0, 0, 0, true);
        trace.position(1_000, LAT, LON, 6_501, 0, 0, true);
        trace.position(2_000, LAT, LON, 250, 1_601, 0, true);
        trace.position(3_000, LAT, LON, 250, 100, 361, true);
        trace.position(4_000, LAT, LON, 250, 1_600, 359, true);
        trace.unreadable(2);
        trace.end();
        assertThat(trace.received()).isEqualTo(7);
        assertThat(trace.qualified()).isEqualTo(1);
    }

    @Test
    void aFarMoveDuringALongAbsenceIsCountedOnce() {
        point(0, LAT, true);
        point(1_799, LAT + 200 * STEP, true);
        point(1_799 + 1_800, LAT + 400 * STEP, true);
        trace.end();
        assertThat(trace.offlineMoves())
                .as("22 km in 29:59 is a gap, in 30:00 an absence")
                .isEqualTo(1);
        assertThat(trace.gapMetres()).isCloseTo(44_478, within(50.0));
    }

    @Test
    void theNextDayKnowsNothingOfTheOneBefore() {
        point(0, LAT, true);
        trace.end();
        trace.begin();
        point(86_400, LAT + 900 * STEP, true);
        trace.end();
        assertThat(trace.totalMetres()).isZero();
        assertThat(trace.received()).isEqualTo(1);
    }

    private void point(int seconds, int lat, boolean engine) {
        trace.position(seconds * 1_000L, lat, LON, 250, 300, 0, engine);
    }
}

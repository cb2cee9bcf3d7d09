package io.haulwatch.rules.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.haulwatch.rules.kpi.FunnelLimits.Limits;
import io.haulwatch.rules.kpi.FunnelLimits.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits worked out with sixty decimal digits, term by term of the Poisson sum, outside this code. */
class FunnelLimitsTest {
    @ParameterizedTest
    @CsvSource({
        "0.7, 0, 0, 2.322021, 3.956830",
        "4, 0, 0.091238, 7.877845, 10.955953",
        "25, 10.498533, 15.175157, 34.776717, 41.346523",
        "400, 339.136244, 360.773748, 439.171772, 462.720891",
        "10000, 9691.905363, 9803.978569, 10195.968689, 10309.944051"
    })
    void areThoseOfTheExactSum(double expected, double low998, double low95, double high95, double high998) {
        Limits limits = FunnelLimits.around(expected);
        assertThat(limits.low998()).isCloseTo(low998, within(1e-5));
        assertThat(limits.low95()).isCloseTo(low95, within(1e-5));
        assertThat(limits.high95()).isCloseTo(high95, within(1e-5));
        assertThat(limits.high998()).isCloseTo(high998, within(1e-5));
    }

    @Test
    void threeEventsOfASmallFleetAreNoScandalThoughItsRateIsFourTimesTheMean() {
        Limits limits = FunnelLimits.around(0.7);
        assertThat(limits.place(3)).as("unusual, and within what chance does").isEqualTo(Place.ABOVE_95);
        assertThat(limits.place(2)).isEqualTo(Place.WITHIN);
        assertThat(limits.place(0)).isEqualTo(Place.WITHIN);
        assertThat(FunnelLimits.around(400).place(470)).isEqualTo(Place.ABOVE_998);
        assertThat(FunnelLimits.around(400).place(340)).isEqualTo(Place.BELOW_95);
        assertThat(FunnelLimits.around(400).place(339)).isEqualTo(Place.BELOW_998);
        assertThat(FunnelLimits.around(0).place(0)).isEqualTo(Place.WITHIN);
    }

    @Test
    void nothingButACountIsExpected() {
        assertThatThrownBy(() -> FunnelLimits.around(-1)).hasMessageContaining("expected=-1");
        assertThatThrownBy(() -> FunnelLimits.around(Double.NaN)).hasMessageContaining("expected=NaN");
    }
}

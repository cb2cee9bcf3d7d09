package io.haulwatch.training.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.haulwatch.training.effect.Relapse.Comparison;
import io.haulwatch.training.effect.Relapse.Group;
import io.haulwatch.training.effect.Relapse.Verdict;
import io.haulwatch.training.effect.Wilson.Interval;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelapseTest {
    /** Table I of Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998) 857–872. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void theIntervalOfAShareIsWilsons(int k, int n, double lower, double upper) {
        Interval interval = Wilson.interval(k, n);
        assertThat(interval.share()).isEqualTo((double) k / n);
        assertThat(interval.lower()).isCloseTo(lower, within(0.00005));
        assertThat(interval.upper()).isCloseTo(upper, within(0.00005));
        Interval others = Wilson.interval(n - k, n);
        assertThat(others.lower()).isCloseTo(1 - upper, within(0.00005));
        assertThat(others.upper()).isCloseTo(1 - lower, within(0.00005));
    }

    /** Table II of Newcombe, Interval estimation for the difference between independent proportions, same volume, 873–890, method 10. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "6, 7, 2, 7, 0.0582, 0.8062",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "0, 10, 0, 20, -0.1611, 0.2775",
        "0, 10, 0, 10, -0.2775, 0.2775",
        "10, 10, 0, 20, 0.6791, 1.0000",
        "10, 10, 0, 10, 0.6075, 1.0000"
    })
    void theIntervalOfADifferenceIsNewcombes(
            int controlRelapsed, int control, int taughtRelapsed, int taught, double lower, double upper) {
        Comparison comparison = Relapse.compare(new Group(taught, taughtRelapsed), new Group(control, controlRelapsed));
        assertThat(comparison.improvement())
                .isCloseTo((double) controlRelapsed / control - (double) taughtRelapsed / taught, within(1e-12));
        assertThat(comparison.lower()).isCloseTo(lower, within(0.00005));
        assertThat(comparison.upper()).isCloseTo(upper, within(0.00005));
        assertThat(comparison.verdict()).isEqualTo(lower > 0 ? Verdict.WORKS : Verdict.OPEN);
        Comparison turned = Relapse.compare(new Group(control, controlRelapsed), new Group(taught, taughtRelapsed));
        assertThat(turned.lower()).isCloseTo(-comparison.upper(), within(1e-12));
        assertThat(turned.verdict()).isEqualTo(lower > 0 ? Verdict.HARMS : Verdict.OPEN);
    }

    @Test
    void whereOneGroupIsEmptyNothingIsSaid() {
        Comparison comparison = Relapse.compare(new Group(0, 0), new Group(10, 5));
        assertThat(comparison.verdict()).isEqualTo(Verdict.OPEN);
        assertThat(comparison.lower()).isEqualTo(-1);
        assertThat(comparison.upper()).isEqualTo(1);
        assertThat(comparison.taughtShare().upper()).isEqualTo(1);
    }

    @Test
    void whatDoesNotWorkStandsFirst() {
        Comparison useless = Relapse.compare(new Group(200, 60), new Group(200, 60));
        Comparison works = Relapse.compare(new Group(200, 20), new Group(200, 80));
        Comparison unknown = Relapse.compare(new Group(4, 1), new Group(4, 1));
        Comparison harms = Relapse.compare(new Group(200, 80), new Group(200, 20));
        assertThat(Stream.of(works, unknown, useless, harms).sorted(Comparison.DOES_NOT_WORK_FIRST))
                .isEqualTo(List.of(harms, useless, works, unknown));
    }

    @Test
    void refusesMoreThanThereAre() {
        assertThatThrownBy(() -> new Group(3, 4)).hasMessageContaining("relapsed=4");
        assertThatThrownBy(() -> Wilson.interval(-1, 3)).hasMessageContaining("k=-1");
    }
}

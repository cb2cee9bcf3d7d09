package io.haulwatch.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void isAtMostSixPerCentOff() {
        for (long micros = 1; micros <= 100_000; micros++) {
            histogram.record(micros * 1000);
        }
        assertThat(histogram.quantileSeconds(0.5)).isCloseTo(0.05, within(0.05 * 0.07));
        assertThat(histogram.quantileSeconds(0.99)).isCloseTo(0.099, within(0.099 * 0.07));
    }

    @Test
    void forgetsAfterTwoRotations() {
        histogram.record(5_000_000);
        histogram.rotate();
        assertThat(histogram.quantileSeconds(0.99)).isCloseTo(0.005, within(0.0005));
        histogram.rotate();
        assertThat(histogram.quantileSeconds(0.99)).isZero();
    }

    @Test
    void bearsWhatIsOutOfRange() {
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE);
        assertThat(histogram.quantileSeconds(0.5)).isPositive();
        assertThat(histogram.quantileSeconds(1)).isGreaterThan(1000);
    }
}

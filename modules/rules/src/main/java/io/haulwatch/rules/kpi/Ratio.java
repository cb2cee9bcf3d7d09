package io.haulwatch.rules.kpi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A figure that can be disputed: what was counted, and out of how much. Sums of many trucks are ratios of sums, never means of ratios.
 *
 * @param numerator 0 or more
 * @param denominator 0 or more; with 0 there is no value
 */
public record Ratio(double numerator, double denominator) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Nothing counted. */
    public static final Ratio NONE = new Ratio(0, 0);

    /** Refuses what cannot be counted. */
    public Ratio {
        if (!(numerator >= 0) || !(denominator >= 0)) {
            throw new IllegalArgumentException(
                    "a figure is counted: numerator=" + numerator + ", denominator=" + denominator);
        }
    }

    /** Unrounded; null when there is nothing to divide by. Thresholds are compared with this one. */
    public @Nullable Double value() {
        return denominator == 0 ? null : numerator / denominator;
    }

    /** Of a rate, as people read it: per cent with two decimals, halves up; null without a value. */
    public @Nullable BigDecimal percent() {
        return denominator == 0
                ? null
                : BigDecimal.valueOf(numerator)
                        .multiply(HUNDRED)
                        .divide(BigDecimal.valueOf(denominator), 2, RoundingMode.HALF_UP);
    }

    /** Both sums. */
    public Ratio plus(Ratio other) {
        return new Ratio(numerator + other.numerator, denominator + other.denominator);
    }
}

package io.haulwatch.rules.kpi;

import org.apache.commons.statistics.distribution.PoissonDistribution;

/**
 * How far a count may lie from what is expected of so much driving before chance is no explanation any more. Exact for a Poisson count, with
 * the interpolation that makes its limits a line: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in
 * Medicine 24 (2005) 1185–1202, appendix A.1.1.
 */
public final class FunnelLimits {
    private static final double LOW_998 = 0.001;
    private static final double LOW_95 = 0.025;
    private static final double HIGH_95 = 0.975;
    private static final double HIGH_998 = 0.999;

    private FunnelLimits() {}

    /** Where a count lies. */
    public enum Place {
        BELOW_998,
        BELOW_95,
        WITHIN,
        ABOVE_95,
        ABOVE_998
    }

    /** Limits of a count: of 95 % and of 99.8 % of all counts, were chance alone at work. */
    public record Limits(double low998, double low95, double high95, double high998) {
        /** Where a count lies; on a limit is within it. */
        public Place place(double count) {
            if (count > high998) {
                return Place.ABOVE_998;
            }
            if (count > high95) {
                return Place.ABOVE_95;
            }
            if (count < low998) {
                return Place.BELOW_998;
            }
            return count < low95 ? Place.BELOW_95 : Place.WITHIN;
        }
    }

    /** Limits where {@code expected} events are expected, 0 or more. */
    public static Limits around(double expected) {
        if (!(expected >= 0) || Double.isInfinite(expected)) {
            throw new IllegalArgumentException("events are expected or not: expected=" + expected);
        }
        if (expected == 0) {
            return new Limits(0, 0, 0, 0);
        }
        PoissonDistribution counts = PoissonDistribution.of(expected);
        return new Limits(
                limit(counts, LOW_998), limit(counts, LOW_95), limit(counts, HIGH_95), limit(counts, HIGH_998));
    }

    private static double limit(PoissonDistribution counts, double p) {
        // The library gives the first count that reaches p.
        int reached = counts.inverseCumulativeProbability(p);
        double above = counts.cumulativeProbability(reached);
        return Math.max(0, reached - (above - p) / counts.probability(reached));
    }
}

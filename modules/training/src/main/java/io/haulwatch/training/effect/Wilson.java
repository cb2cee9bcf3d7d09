package io.haulwatch.training.effect;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The score interval of a share: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
 * Statistical Association 22 (1927) 209–212. Unlike the textbook's it stays within 0 and 1 and holds for a few drivers.
 */
public final class Wilson {
    /** Of the two-sided 95 %. */
    private static final double Z = NormalDistribution.of(0, 1).inverseCumulativeProbability(0.975);

    private Wilson() {}

    /**
     * An interval of a share.
     *
     * @param share as it was seen
     */
    public record Interval(double share, double lower, double upper) {}

    /** 95 % interval of {@code k} in {@code n}; of none, everything is possible. */
    public static Interval interval(int k, int n) {
        if (k < 0 || k > n) {
            throw new IllegalArgumentException("no more than all: k=" + k + ", n=" + n);
        }
        if (n == 0) {
            return new Interval(0, 0, 1);
        }
        double p = (double) k / n;
        double square = Z * Z;
        double middle = p + square / (2 * n);
        double half = Z * Math.sqrt(p * (1 - p) / n + square / (4.0 * n * n));
        double whole = 1 + square / n;
        return new Interval(
                p,
                k == 0 ? 0 : Math.max(0, (middle - half) / whole),
                k == n ? 1 : Math.min(1, (middle + half) / whole));
    }
}

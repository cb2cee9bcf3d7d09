package io.haulwatch.rules.inspection;

import org.apache.commons.statistics.distribution.BetaDistribution;

/** One-sided exact bounds of a share: C. J. Clopper, E. S. Pearson, The use of confidence or fiducial limits, Biometrika 26 (1934) 404–413. */
final class ShareBound {
    private ShareBound() {}

    /** Not above this share, with that confidence. */
    static double upper(int looked, int bad, double confidence) {
        return bad == looked
                ? 1
                : BetaDistribution.of(bad + 1.0, looked - bad).inverseCumulativeProbability(confidence);
    }

    /** Not below this share, with that confidence. */
    static double lower(int looked, int bad, double confidence) {
        return bad == 0 ? 0 : BetaDistribution.of(bad, looked - bad + 1.0).inverseCumulativeProbability(1 - confidence);
    }
}

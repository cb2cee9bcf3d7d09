package io.haulwatch.rules.profile;

import io.haulwatch.model.report.FixChecks;
import java.util.Map;

/**
 * Parameters of the fix filter; {@code docs/rules/fix-quality.md} lists them. The area, the speed range and the clock are the same for
 * all and live in {@link FixChecks}.
 *
 * @param maxAccelDeciKmhPerSecond a larger gain of speed between two fixes is not believed
 * @param maxDecelDeciKmhPerSecond a larger loss of speed between two fixes is not believed
 * @param maxImpliedKmh distance over time above this is a jump
 * @param anchorAfter this many jumps that agree with each other move the anchor
 * @param impliedVsReportedDeciKmh speed reported above distance over time by this, twice in a row, is not judged as speeding
 * @param minSatellites fewer satellites are no fix, where the terminal says how many it used
 */
public record QualityProfile(
        int maxAccelDeciKmhPerSecond,
        int maxDecelDeciKmhPerSecond,
        int maxImpliedKmh,
        int anchorAfter,
        int impliedVsReportedDeciKmh,
        int minSatellites) {

    /** Name of the rule in {@code ReferenceSet.RuleProfile}. */
    public static final String RULE = "quality";

    /** The defaults. */
    public static final QualityProfile DEFAULTS = of(Map.of());

    /** @throws IllegalArgumentException for an unknown name or a value outside its bounds */
    public static QualityProfile of(Map<String, String> values) {
        Parameters in = new Parameters(RULE, values);
        QualityProfile profile = new QualityProfile(
                in.deciKmh("max_accel_kmh_s", 9, 1, 100),
                in.deciKmh("max_decel_kmh_s", 29, 1, 100),
                (int) in.number("max_implied_kmh", 160, 60, 300),
                (int) in.number("anchor_after", 3, 2, 15),
                in.deciKmh("implied_vs_reported_kmh", 30, 5, 160),
                (int) in.number("min_sats", FixChecks.MIN_SATELLITES, 0, 20));
        in.refuseUnknown();
        return profile;
    }
}

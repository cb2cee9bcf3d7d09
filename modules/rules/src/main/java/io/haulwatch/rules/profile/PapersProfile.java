package io.haulwatch.rules.profile;

import java.util.Map;

/**
 * Parameters of driving with overdue papers; {@code docs/rules/papers.md} lists them.
 *
 * @param version shown with each episode
 * @param minDistanceMetres driving farther than this opens
 */
public record PapersProfile(String version, int minDistanceMetres) {
    /** Name of the rule in {@code ReferenceSet.RuleProfile}. */
    public static final String RULE = "papers";

    /** The defaults. */
    public static final PapersProfile DEFAULTS = of(SpeedingProfile.DEFAULT_VERSION, Map.of());

    /** @throws IllegalArgumentException for an unknown name or a value outside its bounds */
    public static PapersProfile of(String version, Map<String, String> values) {
        Parameters in = new Parameters(RULE, values);
        PapersProfile profile = new PapersProfile(version, (int) in.number("min_distance_m", 1000, 0, 100_000));
        in.refuseUnknown();
        return profile;
    }
}

package io.haulwatch.rules.profile;

import java.util.Map;

/**
 * Parameters of motion, shared by the rules that need to know whether a truck drives; {@code docs/rules/fix-quality.md} lists them.
 *
 * @param moveDeciKmh at or above is moving
 * @param stopDeciKmh at or below is standing; in between it goes on with what it did
 * @param moveHoldMillis moving for this long is a drive, from its first moving fix
 * @param bridgeStopMillis a shorter stop is part of the drive
 * @param driftMetres movement within this radius with the ignition off is drift of the receiver
 * @param gapMillis a larger spacing of good fixes is a stretch without data
 * @param gapStillMetres a smaller displacement over such a stretch is standing still
 * @param gapMoveMetres a larger one is moving, if its mean speed is
 * @param gapMaxInferMillis over a longer stretch nothing is inferred
 * @param gapMaxKmh speed for the longest rest that fits into a stretch without data
 */
public record MotionProfile(
        int moveDeciKmh,
        int stopDeciKmh,
        long moveHoldMillis,
        long bridgeStopMillis,
        int driftMetres,
        long gapMillis,
        int gapStillMetres,
        int gapMoveMetres,
        long gapMaxInferMillis,
        int gapMaxKmh) {

    /** Name of the rule in {@code ReferenceSet.RuleProfile}. */
    public static final String RULE = "motion";

    /** The defaults. */
    public static final MotionProfile DEFAULTS = of(Map.of());

    /** @throws IllegalArgumentException for an unknown name or a value outside its bounds */
    public static MotionProfile of(Map<String, String> values) {
        Parameters in = new Parameters(RULE, values);
        MotionProfile profile = new MotionProfile(
                in.deciKmh("v_move_kmh", 5, 1, 20),
                in.deciKmh("v_stop_kmh", 3, 0, 20),
                in.seconds("move_hold_s", 10, 0, 120),
                in.seconds("bridge_stop_s", 120, 10, 1200),
                (int) in.number("drift_radius_m", 150, 0, 1000),
                in.seconds("gap_s", 120, 30, 1800),
                (int) in.number("gap_still_m", 300, 0, 5000),
                (int) in.number("gap_move_m", 500, 0, 10_000),
                in.seconds("gap_max_infer_s", 1800, 120, 86_400),
                (int) in.number("gap_v_max_kmh", 100, 30, 160));
        in.refuseUnknown();
        return profile;
    }
}

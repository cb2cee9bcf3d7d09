package io.haulwatch.rules.profile;

import io.haulwatch.model.register.VehicleClass;
import java.util.Map;

/**
 * Parameters of the speeding rule (超速) and of the comparison of speed sources; {@code docs/rules/speeding.md} lists them with their
 * sources.
 *
 * @param version shown with each episode
 * @param limitDeciKmh limit by vehicle class, 0.1 km/h; never above the law's
 * @param tolAbsDeciKmh over begins above limit · (1 + tol_pct) + tol_abs
 * @param tolPermille part of the limit that is tolerated, ‰
 * @param minDurationMillis over for longer than this opens; exactly this does not
 * @param mergeGapMillis a pause of at most this joins two runs once an episode has opened
 * @param endHoldMillis not over for this long ends an episode
 * @param prewarnMarginDeciKmh prompt above limit − margin; 0 for no prompts
 * @param prewarnHoldMillis how long above before the prompt
 * @param graceMillis the old limit holds for this long after a lower one begins
 * @param continueMillis an open episode is told again after this
 * @param maxEventMillis an episode is split after this
 * @param maxPointGapMillis an episode never bridges a larger spacing of good fixes
 * @param severityMillis an episode of this length is one step more severe
 * @param nightPermille part of the limit that holds by night, ‰; 1000 for no night rule
 * @param nightStartSecond local second of the day; the window may pass midnight
 * @param pulseVsGnssDeciKmh a larger lasting difference of recorder and GNSS speed is an episode of its own
 * @param mismatchMillis how long it must last
 */
public record SpeedingProfile(
        String version,
        int limitDeciKmh,
        int tolAbsDeciKmh,
        int tolPermille,
        long minDurationMillis,
        long mergeGapMillis,
        long endHoldMillis,
        int prewarnMarginDeciKmh,
        long prewarnHoldMillis,
        long graceMillis,
        long continueMillis,
        long maxEventMillis,
        long maxPointGapMillis,
        long severityMillis,
        int nightPermille,
        int nightStartSecond,
        int nightEndSecond,
        int pulseVsGnssDeciKmh,
        long mismatchMillis) {

    /** Name of the rule in {@code ReferenceSet.RuleProfile}. */
    public static final String RULE = "speeding";
    /** Version of the built-in defaults. */
    public static final String DEFAULT_VERSION = "cn-2026.1";

    /** The defaults for a class of vehicle. */
    public static SpeedingProfile defaults(VehicleClass vehicleClass) {
        return of(DEFAULT_VERSION, vehicleClass, Map.of());
    }

    /**
     * A version of the parameters.
     *
     * @throws IllegalArgumentException for an unknown name or a value outside its bounds
     */
    public static SpeedingProfile of(String version, VehicleClass vehicleClass, Map<String, String> values) {
        Parameters in = new Parameters(RULE, values);
        int limit = Math.min(
                in.deciKmh("limit_kmh", defaultLimitKmh(vehicleClass), 10, 120), lawfulLimitKmh(vehicleClass) * 10);
        int tolAbs = in.deciKmh("tol_abs_kmh", 0, 0, 30);
        int tolPermille = (int) Math.round(in.number("tol_pct", 0, 0, 20) * 10);
        long minDuration = in.seconds("min_duration_s", 30, 0, 600);
        long mergeGap = in.seconds("merge_gap_s", 60, 0, 600);
        long endHold = in.seconds("end_hold_s", 20, 0, 600);
        int margin = in.deciKmh("prewarn_margin_kmh", 5, 0, 30);
        long prewarnHold = in.seconds("prewarn_hold_s", 10, 0, 600);
        long grace = in.seconds("limit_change_grace_s", 15, 0, 120);
        long report = in.seconds("continue_report_s", 300, 30, 3600);
        long maxEvent = in.seconds("max_event_s", 3600, 300, 86_400);
        long maxPointGap = in.seconds("max_point_gap_s", 120, 10, 600);
        long severity = in.seconds("sev_dur_s", 180, 30, 3600);
        int night = (int) Math.round(in.number("night_factor", 1.0, 0.3, 1.0) * 1000);
        int[] window = in.window("night_window", "22:00-06:00");
        int pulse = in.deciKmh("pulse_vs_gnss_kmh", 11, 1, 100);
        long mismatch = in.seconds("mismatch_hold_s", 300, 30, 3600);
        in.refuseUnknown();
        return new SpeedingProfile(
                version,
                limit,
                tolAbs,
                tolPermille,
                minDuration,
                mergeGap,
                endHold,
                margin,
                prewarnHold,
                grace,
                report,
                maxEvent,
                maxPointGap,
                severity,
                night,
                window[0],
                window[1],
                pulse,
                mismatch);
    }

    /** Limit where no profile says otherwise, km/h. */
    public static int defaultLimitKmh(VehicleClass vehicleClass) {
        return switch (vehicleClass) {
            case GENERAL, TRAILER -> 90;
            case DANGEROUS_GOODS -> 80;
            case OVERSIZE -> 60;
        };
    }

    /** Highest limit that a profile can set, km/h: Implementing Regulation art. 78, and 80 for dangerous goods. */
    public static int lawfulLimitKmh(VehicleClass vehicleClass) {
        return switch (vehicleClass) {
            case GENERAL, TRAILER, OVERSIZE -> 100;
            case DANGEROUS_GOODS -> 80;
        };
    }
}

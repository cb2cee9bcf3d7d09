package io.haulwatch.rules.vehicle;

import io.haulwatch.model.report.PositionRecord;

/** The position at hand with what was found out about it on its way through the rules. One per stage, reused. */
final class Fix {
    PositionRecord position = new PositionRecord();
    int vehicleId;
    int dense;
    /** Where the vehicle's block begins. */
    int base;

    long time;
    int latitude;
    int longitude;
    /** Reported GNSS speed, 0.1 km/h. */
    int gnss;
    /** Reported recorder speed, 0.1 km/h, or {@link PositionRecord#ABSENT_SPEED}. */
    int recorder;

    boolean ignition;
    boolean backfill;

    RuleSet rules = NO_RULES;
    int companyId;
    long overdueFrom;
    /** What holds may be another than at the fix before. */
    boolean standingAsked;

    /** No good fix before this one. */
    boolean first;
    /** The anchor was moved: nothing is known of the way from the last good fix. */
    boolean anchored;
    /** Since the last good fix, ms; 0 if first. */
    long step;
    /** From the last good fix, metres; 0 if first or anchored. */
    double metres;
    /** Speed that the rules go by, 0.1 km/h. */
    int speed;
    /** The same at the last good fix. */
    int lastSpeed;
    /** Whether motion takes it as moving: hysteresis and drift are behind it. */
    boolean moving;

    /** Stands in until the first position has been resolved. */
    private static final RuleSet NO_RULES = new RuleSet(
            io.haulwatch.model.register.VehicleClass.GENERAL,
            io.haulwatch.rules.profile.SpeedingProfile.defaults(io.haulwatch.model.register.VehicleClass.GENERAL),
            io.haulwatch.rules.profile.MotionProfile.DEFAULTS,
            io.haulwatch.rules.profile.QualityProfile.DEFAULTS,
            io.haulwatch.rules.profile.PapersProfile.DEFAULTS);

    /** Whether the way from the last good fix is not known well enough to go on with anything. */
    boolean broken(long maxStepMillis) {
        return first || anchored || step > maxStepMillis;
    }

    /** Speed over the way from the last good fix, 0.1 km/h. */
    int impliedDeciKmh() {
        return (int) Math.min(Integer.MAX_VALUE, Math.round(metres * 36_000.0 / step));
    }
}

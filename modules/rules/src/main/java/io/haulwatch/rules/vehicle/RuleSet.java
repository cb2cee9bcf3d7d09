package io.haulwatch.rules.vehicle;

import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.rules.profile.MotionProfile;
import io.haulwatch.rules.profile.PapersProfile;
import io.haulwatch.rules.profile.QualityProfile;
import io.haulwatch.rules.profile.SpeedingProfile;

/** The profiles that judge a vehicle at a time. Thousands of vehicles share a few of these. */
public record RuleSet(
        VehicleClass vehicleClass,
        SpeedingProfile speeding,
        MotionProfile motion,
        QualityProfile quality,
        PapersProfile papers) {}

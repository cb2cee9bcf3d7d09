package io.haulwatch.simulator.truth;

import io.haulwatch.model.register.VehicleClass;

/**
 * What the observer holds trucks to: the numbers of {@code docs/rules}, written down a second time. A test makes a stricter and a laxer
 * law of it, to say how far a report every so many seconds can be from the truth.
 *
 * @param speedingSeconds faster than the limit for longer than this
 * @param mergeSeconds two such stretches with no longer pause are one
 * @param graceSeconds a limit that falls is the old one for so long
 * @param continuousSeconds driving without a rest
 * @param nightSeconds driving by night without a rest, dangerous goods
 * @param daySeconds driving in any 24 hours
 * @param restSeconds a stop of this length is a rest
 * @param stopSeconds a shorter stop is part of the drive
 * @param papersMetres driving farther than this with an overdue paper
 */
public record Law(
        int speedingSeconds,
        int mergeSeconds,
        int graceSeconds,
        int continuousSeconds,
        int nightSeconds,
        int daySeconds,
        int restSeconds,
        int stopSeconds,
        int papersMetres) {

    /** As it stands. */
    public static final Law CHINA = new Law(30, 60, 15, 4 * 3600, 2 * 3600, 8 * 3600, 20 * 60, 120, 1_000);

    /** Limit of a class of truck where no zone says less, km/h. */
    static int limitKmh(VehicleClass vehicleClass) {
        return switch (vehicleClass) {
            case GENERAL, TRAILER -> 90;
            case DANGEROUS_GOODS -> 80;
            case OVERSIZE -> 60;
        };
    }

    /** What is left of any limit by night, in tenths, whole km/h: the profile of dangerous goods has a night factor of 0.8. */
    static int nightTenths(VehicleClass vehicleClass) {
        return vehicleClass == VehicleClass.DANGEROUS_GOODS ? 8 : 10;
    }

    /** The clock of continuous driving also runs through stops that are no rest. */
    static boolean clockRunsInStops(VehicleClass vehicleClass) {
        return vehicleClass == VehicleClass.DANGEROUS_GOODS;
    }

    /** Whether the 2 hours by night hold. */
    static boolean limitedByNight(VehicleClass vehicleClass) {
        return vehicleClass == VehicleClass.DANGEROUS_GOODS;
    }

    /** 22:00 to 06:00 in China. */
    static boolean night(long second) {
        int hour = (int) (Math.floorMod(second + 8 * 3600, 86_400L) / 3600);
        return hour >= 22 || hour < 6;
    }
}

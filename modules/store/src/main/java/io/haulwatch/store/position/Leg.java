package io.haulwatch.store.position;

import io.haulwatch.model.report.FixChecks;

/**
 * The way between two positions that follow each other, for the daily sums of distance and driving time. Thresholds are those of
 * the driving-time rules: moving from 5 km/h, gaps above 120 s are judged by the distance across them, above 30 minutes not at all.
 */
final class Leg {
    private static final double EARTH_METRES = 6_371_008.8;
    private static final int MOVING_DECIKMH = 50;
    private static final long GAP_MILLIS = 120_000;
    private static final long LONGEST_GAP_MILLIS = 1_800_000;
    private static final double GAP_MOVED_METRES = 500;
    private static final int FASTEST_KMH = 160;

    private Leg() {}

    /** Great-circle distance, metres; coordinates in 10⁻⁶ degree. */
    static double metres(int latitude1, int longitude1, int latitude2, int longitude2) {
        double lat1 = Math.toRadians(latitude1 * 1e-6);
        double lat2 = Math.toRadians(latitude2 * 1e-6);
        double sinLat = Math.sin((lat2 - lat1) / 2);
        double sinLon = Math.sin(Math.toRadians(((double) longitude2 - longitude1) * 1e-6) / 2);
        double h = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon;
        return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
    }

    /** Whether the stretch was driven. */
    static boolean driven(double metres, long millis, int speed1DeciKmh, int speed2DeciKmh) {
        if (millis <= 0 || millis > LONGEST_GAP_MILLIS || FixChecks.impliesJump(metres, millis, FASTEST_KMH)) {
            return false;
        }
        if (millis <= GAP_MILLIS) {
            return speed1DeciKmh >= MOVING_DECIKMH || speed2DeciKmh >= MOVING_DECIKMH;
        }
        return metres > GAP_MOVED_METRES && metres * 36_000 >= (double) MOVING_DECIKMH * millis;
    }
}

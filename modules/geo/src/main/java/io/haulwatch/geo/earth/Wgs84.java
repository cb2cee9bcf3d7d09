package io.haulwatch.geo.earth;

/** Distances between places in 10⁻⁶ degree WGS84, on the sphere of the earth's mean radius: within 0.6 % of the ellipsoid. */
public final class Wgs84 {
    /** Mean radius of the earth, metres (IUGG). */
    public static final double EARTH_RADIUS_METRES = 6_371_008.8;

    /** Metres of 10⁻⁶ degree along a meridian. */
    public static final double METRES_PER_MICRODEG = Math.PI / 180.0 * EARTH_RADIUS_METRES / 1e6;

    /** cos of whole tenths of a degree 0..90, and one more to interpolate to: a table keeps trigonometry off the path of a report. */
    private static final double[] COSINE = new double[902];

    private static final int MICRODEG_PER_STEP = 100_000;

    static {
        for (int i = 0; i < COSINE.length; i++) {
            COSINE[i] = Math.cos(Math.toRadians(i / 10.0));
        }
    }

    private Wgs84() {}

    /**
     * Distance on the local plane, for steps between reports: within 0.1 % of {@link #haversineMetres} up to 100 km between 0 and 60
     * degrees of latitude; no trigonometry.
     */
    public static double nearMetres(int lat1, int lon1, int lat2, int lon2) {
        double dy = (double) lat2 - lat1;
        double dx = ((double) lon2 - lon1) * cosine((lat1 + (long) lat2) / 2);
        return Math.sqrt(dx * dx + dy * dy) * METRES_PER_MICRODEG;
    }

    /** cos of a latitude in 10⁻⁶ degree, within 4·10⁻⁷. */
    static double cosine(long latitudeMicrodeg) {
        long magnitude = Math.min(Math.abs(latitudeMicrodeg), 90_000_000L);
        int step = (int) (magnitude / MICRODEG_PER_STEP);
        double part = (magnitude - (long) step * MICRODEG_PER_STEP) * (1.0 / MICRODEG_PER_STEP);
        return COSINE[step] + (COSINE[step + 1] - COSINE[step]) * part;
    }

    /** Great-circle distance, for any two places. */
    public static double haversineMetres(int lat1, int lon1, int lat2, int lon2) {
        double phi1 = Math.toRadians(lat1 / 1e6);
        double phi2 = Math.toRadians(lat2 / 1e6);
        double sinPhi = Math.sin((phi2 - phi1) / 2);
        double sinLambda = Math.sin(Math.toRadians((lon2 - (double) lon1) / 1e6) / 2);
        double a = sinPhi * sinPhi + Math.cos(phi1) * Math.cos(phi2) * sinLambda * sinLambda;
        return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1.0, Math.sqrt(a)));
    }
}

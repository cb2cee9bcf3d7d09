package io.haulwatch.geo.earth;

/**
 * GCJ-02 (国测局坐标), the shifted datum of Chinese web maps, from and to WGS84. Positions are kept in WGS84; this is for maps and for
 * imports that say they are shifted. The published series (Krasovsky ellipsoid), accurate to about a metre; outside China nothing is
 * shifted.
 */
public final class Gcj02 {
    private static final double AXIS_METRES = 6_378_245.0;
    private static final double ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;
    /** Steps of the way back; each makes the error some thousand times smaller. */
    private static final int STEPS_BACK = 4;

    private Gcj02() {}

    /** A place in degrees. */
    public record Place(double latitude, double longitude) {}

    /** WGS84 to GCJ-02, degrees. */
    public static Place fromWgs84(double latitude, double longitude) {
        if (outsideChina(latitude, longitude)) {
            return new Place(latitude, longitude);
        }
        double x = longitude - 105.0;
        double y = latitude - 35.0;
        double phi = Math.toRadians(latitude);
        double sin = Math.sin(phi);
        double magic = 1 - ECCENTRICITY_SQUARED * sin * sin;
        double root = Math.sqrt(magic);
        double north = shiftNorth(x, y) / (AXIS_METRES * (1 - ECCENTRICITY_SQUARED) / (magic * root) * Math.PI / 180.0);
        double east = shiftEast(x, y) / (AXIS_METRES / root * Math.cos(phi) * Math.PI / 180.0);
        return new Place(latitude + north, longitude + east);
    }

    /** GCJ-02 to WGS84, degrees; undoes {@link #fromWgs84} to 10⁻⁷ degree. */
    public static Place toWgs84(double latitude, double longitude) {
        double lat = latitude;
        double lon = longitude;
        for (int i = 0; i < STEPS_BACK; i++) {
            Place shifted = fromWgs84(lat, lon);
            lat += latitude - shifted.latitude();
            lon += longitude - shifted.longitude();
        }
        return new Place(lat, lon);
    }

    private static boolean outsideChina(double latitude, double longitude) {
        return longitude < 72.004 || longitude > 137.8347 || latitude < 0.8293 || latitude > 55.8271;
    }

    private static double shiftNorth(double x, double y) {
        return -100.0
                + 2.0 * x
                + 3.0 * y
                + 0.2 * y * y
                + 0.1 * x * y
                + 0.2 * Math.sqrt(Math.abs(x))
                + wave(x, 20.0, 6.0, 20.0, 2.0)
                + wave(y, 20.0, 1.0, 40.0, 1.0 / 3.0)
                + wave(y, 160.0, 1.0 / 12.0, 320.0, 1.0 / 30.0);
    }

    private static double shiftEast(double x, double y) {
        return 300.0
                + x
                + 2.0 * y
                + 0.1 * x * x
                + 0.1 * x * y
                + 0.1 * Math.sqrt(Math.abs(x))
                + wave(x, 20.0, 6.0, 20.0, 2.0)
                + wave(x, 20.0, 1.0, 40.0, 1.0 / 3.0)
                + wave(x, 150.0, 1.0 / 12.0, 300.0, 1.0 / 30.0);
    }

    private static double wave(double at, double size1, double pitch1, double size2, double pitch2) {
        return (size1 * Math.sin(pitch1 * at * Math.PI) + size2 * Math.sin(pitch2 * at * Math.PI)) * 2.0 / 3.0;
    }
}

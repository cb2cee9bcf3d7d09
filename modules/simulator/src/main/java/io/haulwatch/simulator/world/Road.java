package io.haulwatch.simulator.world;

/** A road between two cities as a polyline that winds, about 2 km a step. Distances are metres along it from {@link #from}. */
public final class Road {
    /** Metres of one degree of latitude. */
    static final double METRES_PER_DEGREE = 111_320;

    private static final double STEP_METRES = 2_000;

    private final int id;
    private final int from;
    private final int to;
    private final double[] latitude;
    private final double[] longitude;
    private final double[] distance;

    Road(int id, int from, int to, City start, City end) {
        this.id = id;
        this.from = from;
        this.to = to;
        double cos = Math.cos(Math.toRadians((start.latitude() + end.latitude()) / 2));
        double north = (end.latitude() - start.latitude()) * METRES_PER_DEGREE;
        double east = (end.longitude() - start.longitude()) * METRES_PER_DEGREE * cos;
        double straight = Math.hypot(north, east);
        int steps = Math.max(8, (int) Math.round(straight / STEP_METRES));
        latitude = new double[steps + 1];
        longitude = new double[steps + 1];
        distance = new double[steps + 1];
        // Three waves that vanish at both ends; their sizes and phases belong to the road.
        double[] size = new double[3];
        double[] phase = new double[3];
        double[] wavelength = {straight, 62_000, 17_000};
        double[] most = {0.055 * straight, 3_600, 700};
        for (int k = 0; k < 3; k++) {
            size[k] = most[k] * (0.4 + 0.6 * Chance.unit(808, id, k, 1)) * (Chance.unit(808, id, k, 2) < 0.5 ? -1 : 1);
            phase[k] = k == 0 ? 0 : 2 * Math.PI * Chance.unit(808, id, k, 3);
        }
        for (int i = 0; i <= steps; i++) {
            double along = (double) i / steps;
            double taper = Math.min(1, Math.min(along, 1 - along) * straight / 12_000);
            double aside = size[0] * Math.sin(Math.PI * along);
            for (int k = 1; k < 3; k++) {
                aside += taper * size[k] * Math.sin(2 * Math.PI * along * straight / wavelength[k] + phase[k]);
            }
            double n = along * north - aside * east / straight;
            double e = along * east + aside * north / straight;
            latitude[i] = start.latitude() + n / METRES_PER_DEGREE;
            longitude[i] = start.longitude() + e / (METRES_PER_DEGREE * cos);
            if (i > 0) {
                double dn = (latitude[i] - latitude[i - 1]) * METRES_PER_DEGREE;
                double de =
                        (longitude[i] - longitude[i - 1]) * METRES_PER_DEGREE * Math.cos(Math.toRadians(latitude[i]));
                distance[i] = distance[i - 1] + Math.hypot(dn, de);
            }
        }
    }

    /** Position in the network's list. */
    public int id() {
        return id;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Metres from end to end. */
    public double length() {
        return distance[distance.length - 1];
    }

    /** The place at {@code metres} from the start of the road. */
    public void at(double metres, Place out) {
        double wanted = Math.clamp(metres, 0, length());
        int low = 0;
        int high = distance.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (distance[middle] <= wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double share = (wanted - distance[low]) / (distance[high] - distance[low]);
        out.latitude = latitude[low] + share * (latitude[high] - latitude[low]);
        out.longitude = longitude[low] + share * (longitude[high] - longitude[low]);
        double dn = latitude[high] - latitude[low];
        double de = (longitude[high] - longitude[low]) * Math.cos(Math.toRadians(out.latitude));
        out.headingDeg = (Math.toDegrees(Math.atan2(de, dn)) + 360) % 360;
    }

    /** A point on a road, reused by its caller. */
    public static final class Place {
        double latitude;
        double longitude;
        double headingDeg;

        /** Degrees WGS84. */
        public double latitude() {
            return latitude;
        }

        /** Degrees WGS84. */
        public double longitude() {
            return longitude;
        }

        /** Degrees clockwise from north, towards the end of the road. */
        public double headingDeg() {
            return headingDeg;
        }
    }
}

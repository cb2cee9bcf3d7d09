package io.haulwatch.benchmarks.rules;

import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Zones as a safety centre has them: outlines of 8 to 40 corners, 200 m to 5 km across, thick around forty towns. */
final class RandomZones {
    static final double WEST = 104.0;
    static final double SOUTH = 28.0;
    static final double SPAN = 8.0;
    private static final int TOWNS = 40;

    private final SplittableRandom random;
    final double[] townLon = new double[TOWNS];
    final double[] townLat = new double[TOWNS];
    final List<Zone> zones = new ArrayList<>();

    RandomZones(long seed, int count) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < TOWNS; i++) {
            townLon[i] = WEST + random.nextDouble(SPAN);
            townLat[i] = SOUTH + random.nextDouble(SPAN);
        }
        for (int i = 0; i < count; i++) {
            zones.add(zone(i));
        }
    }

    private Zone zone(int id) {
        double[] centre = place();
        double size = 0.001 * Math.pow(25, random.nextDouble());
        int corners = 8 + random.nextInt(33);
        List<Double> ring = new ArrayList<>();
        for (int k = 0; k < corners; k++) {
            double angle = 2 * Math.PI * k / corners;
            double radius = size * (0.6 + 0.4 * random.nextDouble());
            ring.add(centre[0] + radius * Math.cos(angle));
            ring.add(centre[1] + radius * Math.sin(angle));
        }
        return new Zone(
                id,
                0,
                "zone " + id,
                id % 20 == 0 ? "school" : "road",
                id % 3 == 0 ? 0 : 100,
                null,
                null,
                0,
                List.of(ring),
                ReferenceSet.ALWAYS,
                ReferenceSet.FOREVER);
    }

    /** Half of the places lie within some 20 km of a town, half anywhere. */
    double[] place() {
        if (random.nextBoolean()) {
            return new double[] {WEST + random.nextDouble(SPAN), SOUTH + random.nextDouble(SPAN)};
        }
        int town = random.nextInt(TOWNS);
        return new double[] {
            townLon[town] + (random.nextDouble() - 0.5) * 0.4, townLat[town] + (random.nextDouble() - 0.5) * 0.4
        };
    }
}

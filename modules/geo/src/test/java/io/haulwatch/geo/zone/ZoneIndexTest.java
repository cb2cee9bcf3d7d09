package io.haulwatch.geo.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.geo.earth.Wgs84;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Zone;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.algorithm.locate.PointOnGeometryLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.index.strtree.STRtree;

class ZoneIndexTest {
    private static final int POINTS = 400_000;
    private static final int UNITS_PER_DEGREE = 10_000_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_260_302, 77_777})
    void agreesWithJtsOnRandomPlacesAndOnPlacesBesideEdges(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Zone> zones = polygons(random, 400);
        ZoneIndex index = ZoneIndex.of(zones);
        Oracle oracle = new Oracle(zones);
        int[] hits = new int[index.mostHits()];
        int inside = 0;
        for (int i = 0; i < POINTS; i++) {
            int[] place = i % 2 == 0 ? anywhere(random) : besideAnEdge(random, zones);
            int found = index.findUnits(place[1], place[0], hits);
            int[] expected = oracle.find(place[1], place[0]);
            inside += found;
            if (!Arrays.equals(hits, 0, found, expected, 0, expected.length)) {
                throw new AssertionError("seed=" + seed + ", lonUnits=" + place[0] + ", latUnits=" + place[1]
                        + ": index says " + Arrays.toString(Arrays.copyOf(hits, found)) + ", JTS says "
                        + Arrays.toString(expected));
            }
        }
        assertThat(inside)
                .as("places inside zones, so that the test tests something")
                .isGreaterThan(POINTS / 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6})
    void agreesWithTheDistanceToTheCentreForCircles(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Zone> zones = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            zones.add(
                    circle(i, 105 + random.nextDouble(2.0), 29 + random.nextDouble(2.0), 20 + random.nextDouble(8000)));
        }
        ZoneIndex index = ZoneIndex.of(zones);
        int[] hits = new int[index.mostHits()];
        for (int i = 0; i < 10_000; i++) {
            int latitude = 29_000_000 + random.nextInt(2_000_000);
            int longitude = 105_000_000 + random.nextInt(2_000_000);
            int found = index.find(latitude, longitude, hits);
            for (Zone zone : zones) {
                double metres = Wgs84.haversineMetres(
                        latitude,
                        longitude,
                        (int) Math.round(zone.rings().getFirst().get(1) * 1e6),
                        (int) Math.round(zone.rings().getFirst().get(0) * 1e6));
                boolean inside = Arrays.stream(hits, 0, found).anyMatch(hit -> hit == zone.zoneId());
                // The local plane bends away from the sphere by less than a thousandth within eight kilometres.
                if (Math.abs(metres - zone.radiusMetres()) > 1 + zone.radiusMetres() * 0.002) {
                    assertThat(inside)
                            .as("seed=%s lat=%s lon=%s zone=%s metres=%s", seed, latitude, longitude, zone, metres)
                            .isEqualTo(metres < zone.radiusMetres());
                }
            }
        }
    }

    @Test
    void aPlaceOnTheBorderIsInsideAndAHoleIsNot() {
        Zone ring = new Zone(
                9,
                0,
                "yard",
                "depot",
                0,
                null,
                null,
                0,
                List.of(
                        List.of(106.0, 29.0, 106.4, 29.0, 106.4, 29.4, 106.0, 29.4),
                        List.of(106.1, 29.1, 106.3, 29.1, 106.3, 29.3, 106.1, 29.3)),
                ReferenceSet.ALWAYS,
                ReferenceSet.FOREVER);
        ZoneIndex index = ZoneIndex.of(List.of(ring));

        assertThat(count(index, 29_000_000, 106_000_000)).isEqualTo(1);
        assertThat(count(index, 29_200_000, 106_000_000)).isEqualTo(1);
        assertThat(count(index, 29_400_000, 106_400_000)).isEqualTo(1);
        assertThat(count(index, 29_050_000, 106_050_000)).isEqualTo(1);
        assertThat(count(index, 29_100_000, 106_200_000))
                .as("on the hole's border")
                .isEqualTo(1);
        assertThat(count(index, 29_200_000, 106_200_000)).as("in the hole").isZero();
        assertThat(count(index, 28_999_999, 106_200_000)).isZero();
        assertThat(count(index, 29_200_000, 106_400_001)).isZero();
    }

    @Test
    void findsNothingAnywhereWithoutZones() {
        ZoneIndex index = ZoneIndex.of(List.of());

        assertThat(index.find(29_000_000, 106_000_000, new int[0])).isZero();
        assertThat(index.find(Integer.MIN_VALUE, Integer.MAX_VALUE, new int[0])).isZero();
    }

    @Test
    void aZoneAsLargeAsACountryNeedsNoExactTestInItsMiddle() {
        ZoneIndex index = ZoneIndex.of(
                List.of(square(1, 75, 10, 130, 50), square(2, 106, 29, 106.01, 29.01), square(3, 74, 9, 134, 52)));

        assertThat(count(index, 35_000_000, 110_000_000)).isEqualTo(2);
        assertThat(count(index, 29_005_000, 106_005_000)).isEqualTo(3);
        assertThat(count(index, 9_500_000, 74_500_000)).isEqualTo(1);
        assertThat(count(index, -35_000_000, -110_000_000)).isZero();
    }

    @Test
    void holdsForItsCompanyInItsTimeOfEffectAndWithinItsDailyWindow() {
        Zone night = zone(1, 7, LocalTime.of(22, 0), LocalTime.of(6, 0), 1_000, 2_000);
        Zone school = zone(2, 0, LocalTime.of(7, 0), LocalTime.of(8, 30), ReferenceSet.ALWAYS, ReferenceSet.FOREVER);
        ZoneIndex index = ZoneIndex.of(List.of(night, school));

        assertThat(index.applies(0, 7, 1_000, 23 * 3600)).isTrue();
        assertThat(index.applies(0, 7, 1_999, 5 * 3600)).isTrue();
        assertThat(index.applies(0, 7, 1_500, 6 * 3600)).as("end of the window").isFalse();
        assertThat(index.applies(0, 7, 1_500, 12 * 3600)).isFalse();
        assertThat(index.applies(0, 8, 1_500, 23 * 3600)).as("another company").isFalse();
        assertThat(index.applies(0, 7, 999, 23 * 3600)).as("before its effect").isFalse();
        assertThat(index.applies(0, 7, 2_000, 23 * 3600)).as("after its effect").isFalse();
        assertThat(index.applies(1, 8, 0, 7 * 3600)).isTrue();
        assertThat(index.applies(1, 8, 0, 8 * 3600 + 1800)).isFalse();
    }

    @Test
    void refusesARingOfTwoPoints() {
        Zone line = new Zone(
                4,
                0,
                "line",
                "road",
                60,
                null,
                null,
                0,
                List.of(List.of(106.0, 29.0, 106.1, 29.1)),
                ReferenceSet.ALWAYS,
                ReferenceSet.FOREVER);

        assertThatThrownBy(() -> ZoneIndex.of(List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zone=4");
    }

    @Test
    void namesWhatIsWrongWithAnOutline() {
        assertThat(ZoneOutline.problem(square(1, 106, 29, 106.1, 29.1))).isEmpty();
        assertThat(ZoneOutline.problem(circle(2, 106, 29, 500))).isEmpty();
        assertThat(ZoneOutline.problem(circle(2, 29, 106, 500)).orElseThrow())
                .contains("longitude comes first")
                .contains("lat=106");
        assertThat(ZoneOutline.problem(circle(2, 106, 29, 500_000)).orElseThrow())
                .contains("radius_m=500000");
        Zone bowTie = new Zone(
                3,
                0,
                "bow tie",
                "road",
                60,
                null,
                null,
                0,
                List.of(List.of(106.0, 29.0, 106.1, 29.1, 106.1, 29.0, 106.0, 29.1)),
                ReferenceSet.ALWAYS,
                ReferenceSet.FOREVER);
        assertThat(ZoneOutline.problem(bowTie).orElseThrow()).contains("Self-intersection");
    }

    private static int count(ZoneIndex index, int latitude, int longitude) {
        return index.find(latitude, longitude, new int[index.mostHits()]);
    }

    private static int[] anywhere(SplittableRandom random) {
        return new int[] {
            105 * UNITS_PER_DEGREE + random.nextInt(3 * UNITS_PER_DEGREE),
            28 * UNITS_PER_DEGREE + random.nextInt(3 * UNITS_PER_DEGREE)
        };
    }

    /** A corner, a place on an edge as near as rounding allows, or one 10⁻⁷ degree beside it. */
    private static int[] besideAnEdge(SplittableRandom random, List<Zone> zones) {
        List<Double> ring = zones.get(random.nextInt(zones.size())).rings().getFirst();
        int points = ring.size() / 2;
        int from = random.nextInt(points);
        int to = (from + 1) % points;
        double part = random.nextInt(4) == 0 ? 0 : random.nextDouble();
        double x = ring.get(2 * from) + (ring.get(2 * to) - ring.get(2 * from)) * part;
        double y = ring.get(2 * from + 1) + (ring.get(2 * to + 1) - ring.get(2 * from + 1)) * part;
        return new int[] {ZoneOutline.units(x) + random.nextInt(-1, 2), ZoneOutline.units(y) + random.nextInt(-1, 2)};
    }

    /** Stars and blobs of 3 to 60 corners, from some 100 m to 40 km, some with a hole; corners on a coarse raster every fourth time. */
    private static List<Zone> polygons(SplittableRandom random, int count) {
        List<Zone> zones = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = 105 + random.nextDouble(3.0);
            double y = 28 + random.nextDouble(3.0);
            double size = 0.001 * Math.pow(400, random.nextDouble());
            double raster = random.nextInt(4) == 0 ? 1e-3 : 1e-7;
            int corners = 3 + random.nextInt(58);
            List<List<Double>> rings = new ArrayList<>();
            rings.add(star(random, x, y, size, 0.4, corners, raster));
            if (raster < 1e-6 && random.nextInt(3) == 0) {
                rings.add(star(random, x, y, size * 0.3, 0.5, 3 + random.nextInt(6), raster));
            }
            zones.add(new Zone(
                    i, 0, "zone " + i, "road", 60, null, null, 0, rings, ReferenceSet.ALWAYS, ReferenceSet.FOREVER));
        }
        return zones;
    }

    private static List<Double> star(
            SplittableRandom random, double x, double y, double size, double least, int corners, double raster) {
        List<Double> ring = new ArrayList<>();
        for (int k = 0; k < corners; k++) {
            double angle = 2 * Math.PI * k / corners;
            double radius = size * (least + (1 - least) * random.nextDouble());
            ring.add(Math.round((x + radius * Math.cos(angle)) / raster) * raster);
            ring.add(Math.round((y + radius * Math.sin(angle)) / raster) * raster);
        }
        return ring;
    }

    private static Zone square(int id, double west, double south, double east, double north) {
        return new Zone(
                id,
                0,
                "square",
                "road",
                60,
                null,
                null,
                0,
                List.of(List.of(west, south, east, south, east, north, west, north)),
                ReferenceSet.ALWAYS,
                ReferenceSet.FOREVER);
    }

    private static Zone circle(int id, double lon, double lat, double radius) {
        return new Zone(
                id,
                0,
                "circle",
                "school",
                40,
                null,
                null,
                radius,
                List.of(List.of(lon, lat)),
                ReferenceSet.ALWAYS,
                ReferenceSet.FOREVER);
    }

    private static Zone zone(
            int id, int company, @Nullable LocalTime start, @Nullable LocalTime end, long from, long to) {
        return new Zone(
                id,
                company,
                "zone",
                "road",
                60,
                start,
                end,
                0,
                square(id, 106, 29, 106.1, 29.1).rings(),
                from,
                to);
    }

    /** JTS over the same rounded outlines; its locator counts rings by parity too and is exact. */
    private static final class Oracle {
        private final STRtree tree = new STRtree();

        private record Located(int zone, PointOnGeometryLocator locator) {}

        Oracle(List<Zone> zones) {
            for (int i = 0; i < zones.size(); i++) {
                var polygon = ZoneOutline.polygon(zones.get(i));
                tree.insert(polygon.getEnvelopeInternal(), new Located(i, new IndexedPointInAreaLocator(polygon)));
            }
            tree.build();
        }

        int[] find(int latitude, int longitude) {
            Coordinate place = new Coordinate(longitude, latitude);
            List<?> near = tree.query(new Envelope(place));
            return near.stream()
                    .map(Located.class::cast)
                    .filter(located -> located.locator().locate(place) != Location.EXTERIOR)
                    .mapToInt(Located::zone)
                    .sorted()
                    .toArray();
        }
    }
}

package io.haulwatch.store.register;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Geometry of a zone in GeoJSON (RFC 7946), WGS84: a Point, a Polygon whose rings are closed, or a LineString for a route. A polygon of one ring
 * whose four corners lie on two parallels and two meridians is a rectangle, which terminals know as such.
 *
 * @param places of a route, its points; of anything else 0
 * @param json as in the file
 */
record ZoneGeometry(Shape shape, int places, String json) {
    private static final int SMALLEST_RING = 4;
    private static final int LARGEST_RING = 5_000;
    private static final int RING_OF_FOUR = 5;
    private static final int SHORTEST_ROUTE = 2;

    /** What a zone is in a terminal; words of the database. */
    enum Shape {
        CIRCLE,
        RECTANGLE,
        POLYGON,
        ROUTE
    }

    static ZoneGeometry read(Fields in) {
        String type = in.text("type");
        JsonNode coordinates = in.node("coordinates");
        Shape shape = Shape.POLYGON;
        switch (type) {
            case "Point" -> {
                place(in, coordinates);
                shape = Shape.CIRCLE;
            }
            case "Polygon" -> {
                boolean good = coordinates.isArray() && !coordinates.isEmpty();
                if (!good) {
                    in.fault("coordinates", coordinates, "must be a list of rings");
                }
                for (JsonNode ring : coordinates) {
                    good &= ring(in, ring);
                }
                shape = good && isBox(coordinates) ? Shape.RECTANGLE : Shape.POLYGON;
            }
            case "LineString" -> {
                line(in, coordinates);
                shape = Shape.ROUTE;
            }
            default -> in.fault("type", type, "must be Polygon, Point or, for a route, LineString");
        }
        return new ZoneGeometry(
                shape,
                shape == Shape.ROUTE ? coordinates.size() : 0,
                "{\"type\":\"" + type + "\",\"coordinates\":" + coordinates + "}");
    }

    /** Neighbouring corners share a parallel or a meridian in turn, and there are two of each. */
    private static boolean isBox(JsonNode rings) {
        JsonNode ring = rings.path(0);
        if (rings.size() != 1 || ring.size() != RING_OF_FOUR) {
            return false;
        }
        Set<Double> meridians = new HashSet<>();
        Set<Double> parallels = new HashSet<>();
        for (int i = 0; i < ring.size() - 1; i++) {
            JsonNode a = ring.get(i);
            JsonNode b = ring.get(i + 1);
            meridians.add(a.get(0).asDouble());
            parallels.add(a.get(1).asDouble());
            boolean sameMeridian = a.get(0).asDouble() == b.get(0).asDouble();
            boolean sameParallel = a.get(1).asDouble() == b.get(1).asDouble();
            if (sameMeridian == sameParallel) {
                return false;
            }
        }
        return meridians.size() == 2 && parallels.size() == 2;
    }

    private static void line(Fields in, JsonNode line) {
        if (!line.isArray() || line.size() < SHORTEST_ROUTE || line.size() > LARGEST_RING) {
            in.fault("coordinates", line.size() + " points", "a route has 2 to 5000 points");
            return;
        }
        for (JsonNode point : line) {
            if (!place(in, point)) {
                return;
            }
        }
    }

    private static boolean ring(Fields in, JsonNode ring) {
        if (!ring.isArray() || ring.size() < SMALLEST_RING || ring.size() > LARGEST_RING) {
            in.fault(
                    "coordinates",
                    ring.size() + " corners",
                    "a ring has 4 to 5000 corners, the last equal to the first");
            return false;
        }
        for (JsonNode corner : ring) {
            if (!place(in, corner)) {
                return false;
            }
        }
        JsonNode first = ring.get(0);
        JsonNode last = ring.get(ring.size() - 1);
        if (first.get(0).asDouble() != last.get(0).asDouble()
                || first.get(1).asDouble() != last.get(1).asDouble()) {
            in.fault("coordinates", last, "the last corner of a ring equals the first: " + first);
            return false;
        }
        return true;
    }

    private static boolean place(Fields in, JsonNode place) {
        boolean good = place.isArray()
                && place.size() >= 2
                && place.get(0).isNumber()
                && place.get(1).isNumber()
                && Math.abs(place.get(0).asDouble()) <= 180
                && Math.abs(place.get(1).asDouble()) <= 90;
        if (!good) {
            in.fault("coordinates", place, "a place is [longitude, latitude] in degrees");
        }
        return good;
    }
}

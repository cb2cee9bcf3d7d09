package io.haulwatch.store.register;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Geometry of a zone in GeoJSON (RFC 7946), WGS84: a Point, or a Polygon whose rings are closed.
 *
 * @param json as in the file
 */
record ZoneGeometry(boolean isPoint, String json) {
    private static final int SMALLEST_RING = 4;
    private static final int LARGEST_RING = 5_000;

    static ZoneGeometry read(Fields in) {
        String type = in.text("type");
        JsonNode coordinates = in.node("coordinates");
        boolean isPoint = type.equals("Point");
        if (isPoint) {
            place(in, coordinates);
        } else if (type.equals("Polygon")) {
            if (!coordinates.isArray() || coordinates.isEmpty()) {
                in.fault("coordinates", coordinates, "must be a list of rings");
            }
            for (JsonNode ring : coordinates) {
                ring(in, ring);
            }
        } else {
            in.fault("type", type, "must be Polygon or Point");
        }
        return new ZoneGeometry(
                isPoint, "{\"type\":\"" + (isPoint ? "Point" : "Polygon") + "\",\"coordinates\":" + coordinates + "}");
    }

    private static void ring(Fields in, JsonNode ring) {
        if (!ring.isArray() || ring.size() < SMALLEST_RING || ring.size() > LARGEST_RING) {
            in.fault(
                    "coordinates",
                    ring.size() + " corners",
                    "a ring has 4 to 5000 corners, the last equal to the first");
            return;
        }
        for (JsonNode corner : ring) {
            if (!place(in, corner)) {
                return;
            }
        }
        JsonNode first = ring.get(0);
        JsonNode last = ring.get(ring.size() - 1);
        if (first.get(0).asDouble() != last.get(0).asDouble()
                || first.get(1).asDouble() != last.get(1).asDouble()) {
            in.fault("coordinates", last, "the last corner of a ring equals the first: " + first);
        }
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

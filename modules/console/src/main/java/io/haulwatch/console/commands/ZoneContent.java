package io.haulwatch.console.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds a zone of the register to a command, as it stands at this moment. Terminals know circles, rectangles, polygons without holes and routes. A truck gets its own company's zones and those that hold for everyone; what a terminal holds it is told to forget also when the register does
 * not know it any more.
 */
public final class ZoneContent {
    /** Words of the API, in the order in which terminals count them (0x8608). */
    static final List<String> SHAPES = List.of("circle", "rectangle", "polygon", "route");

    private static final long MOST_ID = 0xFFFF_FFFFL;
    private static final int LONGEST_NAME = 30;
    private static final double MICRO = 1e6;

    /** Some ten packages of a route; terminals were made for less. */
    private static final int MOST_PLACES = 400;

    private ZoneContent() {}

    /** Reads which zone is meant: an id of the register, and for a removal perhaps the shape that the terminal knows it by. */
    public static void read(Call call, ObjectNode payload, boolean removal) {
        JsonNode id = call.object().path("zone_id");
        if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() < 1 || id.longValue() > MOST_ID) {
            throw Refusal.badValue("\"zone_id\" must be a whole number from 1 to " + MOST_ID + ".");
        }
        payload.put("zone_id", id.longValue());
        if (removal && call.object().hasNonNull("shape")) {
            payload.put("shape", shape(call));
        }
    }

    static String shape(Call call) {
        String shape = call.text("shape", 1, 10);
        if (!SHAPES.contains(shape)) {
            throw Refusal.badValue("\"shape\" must be one of " + String.join(", ", SHAPES) + ".");
        }
        return shape;
    }

    /**
     * Puts in what a terminal has to know.
     *
     * @param companies of the trucks that get it; the zone has to hold for all of them
     */
    public static void put(
            Connection connection, ObjectMapper json, Set<Integer> companies, boolean removal, ObjectNode payload)
            throws SQLException {
        if (payload.has("shape")) {
            return;
        }
        long zoneId = payload.path("zone_id").asLong();
        SqlText query =
                new SqlText("""
                        select name, limit_kmh, radius_m, geometry, extract(hour from window_start) * 60 + extract(minute from window_start),
                            extract(hour from window_end) * 60 + extract(minute from window_end), shape, sections
                        from hw.zone where true
                        """).and("zone_id = ? and (company_id = 0 or company_id = all (?))", zoneId, companies);
        if (!removal) {
            query.and("effective_to > now()");
        }
        Zone zone = query.first(
                        connection,
                        row -> new Zone(
                                zoneId,
                                row.getString(1),
                                row.getInt(2),
                                Math.round(row.getDouble(3)),
                                tree(json, row.getString(4)),
                                minute(row.getObject(5)),
                                minute(row.getObject(6)),
                                row.getString(7).toLowerCase(Locale.ROOT),
                                tree(json, row.getString(8))))
                .orElseThrow(() -> Refusal.ruleBroken(
                        "no-zone",
                        "The register has no such zone that holds for the companies of these trucks: id=" + zoneId
                                + "."));
        payload.put("shape", zone.shape()).put("name", zone.shortName());
        if (!removal) {
            whole(zone, payload);
        }
    }

    private static void whole(Zone zone, ObjectNode payload) {
        ArrayNode places = payload.putArray("places");
        JsonNode coordinates = zone.geometry().path("coordinates");
        switch (zone.shape()) {
            case "circle" -> {
                payload.put("radius_m", Math.max(1, zone.radiusMetres()));
                place(places, coordinates);
            }
            case "rectangle" -> box(places, coordinates.path(0));
            case "route" -> {
                payload.set("sections", zone.sections());
                coordinates.forEach(point -> place(places, point));
            }
            default -> {
                if (coordinates.size() != 1) {
                    throw Refusal.ruleBroken(
                            "zone-with-holes",
                            "A terminal takes a polygon without holes: id=" + zone.id() + ", holes="
                                    + (coordinates.size() - 1) + ".");
                }
                JsonNode ring = coordinates.path(0);
                for (int i = 0; i < ring.size() - 1; i++) {
                    place(places, ring.path(i));
                }
            }
        }
        if (!zone.shape().equals("route")) {
            payload.put("limit_kmh", zone.limitKmh());
            inOneHemisphere(zone, places);
        }
        if (zone.fromMinute() != null && zone.toMinute() != null) {
            payload.put("from_minute", zone.fromMinute()).put("to_minute", zone.toMinute());
        }
        if (places.size() > MOST_PLACES) {
            throw Refusal.ruleBroken(
                    "zone-too-large",
                    "A zone that goes to a terminal has at most " + MOST_PLACES + " points: id=" + zone.id()
                            + ", points=" + places.size() + ". Draw it with fewer, or cut it in two.");
        }
    }

    /** Upper left, lower right. */
    private static void box(ArrayNode places, JsonNode ring) {
        double west = 180;
        double south = 90;
        double east = -180;
        double north = -90;
        for (JsonNode corner : ring) {
            west = Math.min(west, corner.path(0).asDouble());
            east = Math.max(east, corner.path(0).asDouble());
            south = Math.min(south, corner.path(1).asDouble());
            north = Math.max(north, corner.path(1).asDouble());
        }
        place(places, west, north);
        place(places, east, south);
    }

    private static void inOneHemisphere(Zone zone, ArrayNode places) {
        for (int axis = 0; axis < 2; axis++) {
            Set<Integer> signs = new HashSet<>();
            for (JsonNode place : places) {
                signs.add(Long.signum(place.path(axis).asLong()));
            }
            if (signs.contains(1) && signs.contains(-1)) {
                throw Refusal.ruleBroken(
                        "zone-across-hemispheres",
                        "One bit says the hemisphere of a whole zone, so it cannot lie across the equator or the zero meridian: id="
                                + zone.id() + ".");
            }
        }
    }

    private static void place(ArrayNode places, JsonNode coordinates) {
        place(places, coordinates.path(0).asDouble(), coordinates.path(1).asDouble());
    }

    private static void place(ArrayNode places, double lon, double lat) {
        places.addArray().add(Math.round(lat * MICRO)).add(Math.round(lon * MICRO));
    }

    private static @Nullable Integer minute(@Nullable Object value) {
        return value instanceof Number number ? (Integer) number.intValue() : null;
    }

    private static JsonNode tree(ObjectMapper json, @Nullable String stored) throws SQLException {
        try {
            return json.readTree(stored == null ? "[]" : stored);
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
    }

    /** @param geometry GeoJSON */
    private record Zone(
            long id,
            String name,
            int limitKmh,
            long radiusMetres,
            JsonNode geometry,
            @Nullable Integer fromMinute,
            @Nullable Integer toMinute,
            String shape,
            JsonNode sections) {
        String shortName() {
            return name.substring(0, Math.min(LONGEST_NAME, name.length()));
        }
    }
}

package io.haulwatch.console.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Adds a zone of the register to a command, as it stands at this moment: terminals know circles and polygons without holes, in one package. A truck gets its own
 * company's zones and those that hold for everyone.
 */
final class ZoneContent {
    /** Places that fit one package beside times, speeds and a name. */
    private static final int MOST_CORNERS = 110;

    private static final int LONGEST_NAME = 30;
    private static final double MICRO = 1e6;

    private ZoneContent() {}

    static void put(Connection connection, ObjectMapper json, int companyId, ObjectNode payload) throws SQLException {
        int zoneId = payload.path("zone_id").asInt();
        Zone zone = new SqlText("""
                        select name, limit_kmh, radius_m, geometry, extract(hour from window_start) * 60 + extract(minute from window_start),
                            extract(hour from window_end) * 60 + extract(minute from window_end)
                        from hw.zone where effective_to > now()
                        """)
                .and("zone_id = ? and company_id in (0, ?)", zoneId, companyId)
                .first(
                        connection,
                        row -> new Zone(
                                row.getString(1),
                                row.getInt(2),
                                Math.round(row.getDouble(3)),
                                row.getString(4),
                                minute(row.getObject(5)),
                                minute(row.getObject(6))))
                .orElseThrow(() ->
                        Refusal.ruleBroken("no-zone", "The truck's company has no such zone: id=" + zoneId + "."));
        JsonNode geometry = geometry(json, zone);
        boolean point = geometry.path("type").asText().equals("Point");
        JsonNode rings = geometry.path("coordinates");
        if (!point && (rings.size() != 1 || rings.path(0).size() - 1 > MOST_CORNERS)) {
            throw Refusal.ruleBroken(
                    "zone-too-large",
                    "A terminal takes a polygon without holes and with at most " + MOST_CORNERS + " corners: id="
                            + zoneId + ", corners=" + (rings.path(0).size() - 1) + ", holes=" + (rings.size() - 1)
                            + ".");
        }
        payload.put(
                        "name",
                        zone.name()
                                .substring(0, Math.min(LONGEST_NAME, zone.name().length())))
                .put("limit_kmh", zone.limitKmh());
        ArrayNode places = payload.putArray("places");
        if (point) {
            payload.put("radius_m", Math.max(1, zone.radiusMetres()));
            place(places, rings);
        } else {
            JsonNode ring = rings.path(0);
            for (int i = 0; i < ring.size() - 1; i++) {
                place(places, ring.path(i));
            }
        }
        if (zone.fromMinute() != null && zone.toMinute() != null) {
            payload.put("from_minute", zone.fromMinute()).put("to_minute", zone.toMinute());
        }
    }

    private static void place(ArrayNode places, JsonNode coordinates) {
        places.addArray()
                .add(Math.round(coordinates.path(1).asDouble() * MICRO))
                .add(Math.round(coordinates.path(0).asDouble() * MICRO));
    }

    private static @Nullable Integer minute(@Nullable Object value) {
        return value instanceof Number number ? (Integer) number.intValue() : null;
    }

    private static JsonNode geometry(ObjectMapper json, Zone zone) throws SQLException {
        try {
            return json.readTree(zone.geometry());
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
    }

    /** @param geometry GeoJSON */
    private record Zone(
            String name,
            int limitKmh,
            long radiusMetres,
            String geometry,
            @Nullable Integer fromMinute,
            @Nullable Integer toMinute) {}
}

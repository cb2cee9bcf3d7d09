package io.haulwatch.app.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.gateway.command.CommandChange.Held;
import io.haulwatch.gateway.command.CommandChange.Zones;
import io.haulwatch.gateway.command.TerminalCommand;
import io.haulwatch.gateway.command.TerminalCommand.SetZone;
import io.haulwatch.gateway.command.ZoneKind;
import io.haulwatch.jt808.area.RoutePoint.DrivingTime;
import io.haulwatch.jt808.area.Vertex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Zones of terminals as tables hold them. What a terminal tells is written in the same words as what it is sent, so that both can be compared: places are pairs of latitude
 * and longitude in 10⁻⁶ degree, a rectangle's are its upper left and lower right corner.
 */
final class ZoneJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ZoneJson() {}

    static SetZone read(JsonNode payload) {
        return new SetZone(
                payload.path("zone_id").asLong(),
                payload.path("name").asText(),
                payload.path("limit_kmh").asInt(),
                payload.path("from_minute").isNumber()
                        ? new TerminalCommand.Hours(
                                payload.path("from_minute").asInt(),
                                payload.path("to_minute").asInt())
                        : null,
                shape(payload));
    }

    /** The kind of a zone; a command that was queued before kinds were written down has a circle's one place or a polygon's corners. */
    static ZoneKind kind(JsonNode payload) {
        return payload.has("shape")
                ? ZoneKind.ofWord(payload.path("shape").asText())
                : payload.path("places").size() == 1 ? ZoneKind.CIRCLE : ZoneKind.POLYGON;
    }

    private static TerminalCommand.Shape shape(JsonNode payload) {
        List<Vertex> places = new ArrayList<>();
        payload.path("places")
                .forEach(place -> places.add(
                        new Vertex(place.path(0).asInt(), place.path(1).asInt())));
        return switch (kind(payload)) {
            case CIRCLE ->
                new TerminalCommand.Round(
                        places.getFirst(), payload.path("radius_m").asLong());
            case RECTANGLE -> new TerminalCommand.Box(places.getFirst(), places.getLast());
            case POLYGON -> new TerminalCommand.Corners(places);
            case ROUTE -> {
                List<TerminalCommand.Section> sections = new ArrayList<>();
                for (JsonNode each : payload.path("sections")) {
                    sections.add(new TerminalCommand.Section(
                            places.get(sections.size()),
                            each.path("width_m").asInt(),
                            each.path("limit_kmh").asInt(),
                            time(each)));
                }
                yield new TerminalCommand.Way(sections, places.getLast());
            }
        };
    }

    private static @Nullable DrivingTime time(JsonNode section) {
        return section.has("longest_s")
                ? new DrivingTime(
                        section.path("longest_s").asInt(),
                        section.path("shortest_s").asInt())
                : null;
    }

    /** A terminal's answer; "otherwise" stands where there is more to a zone than the platform sends. */
    static ObjectNode write(Zones zones) {
        ObjectNode node = JSON.createObjectNode().put("shape", zones.kind().word());
        ArrayNode list = node.putArray("zones");
        for (Held held : zones.held()) {
            SetZone zone = held.zone();
            ObjectNode one = list.addObject()
                    .put("zone_id", zone.id())
                    .put("shape", zones.kind().word())
                    .put("name", zone.name());
            write(zone, one);
            TerminalCommand.Hours hours = zone.hours();
            if (hours != null) {
                one.put("from_minute", hours.startMinute()).put("to_minute", hours.endMinute());
            }
            if (held.otherwise()) {
                one.put("otherwise", true);
            }
        }
        return node;
    }

    private static void write(SetZone zone, ObjectNode one) {
        ArrayNode places = one.putArray("places");
        switch (zone.shape()) {
            case TerminalCommand.Round(Vertex centre, long radius) -> {
                place(places, centre);
                one.put("radius_m", radius).put("limit_kmh", zone.limitKmh());
            }
            case TerminalCommand.Box(Vertex upperLeft, Vertex lowerRight) -> {
                place(places, upperLeft);
                place(places, lowerRight);
                one.put("limit_kmh", zone.limitKmh());
            }
            case TerminalCommand.Corners(List<Vertex> corners) -> {
                corners.forEach(corner -> place(places, corner));
                one.put("limit_kmh", zone.limitKmh());
            }
            case TerminalCommand.Way(List<TerminalCommand.Section> all, Vertex end) -> {
                ArrayNode sections = one.putArray("sections");
                for (TerminalCommand.Section each : all) {
                    place(places, each.from());
                    ObjectNode section = sections.addObject()
                            .put("width_m", each.widthMetres())
                            .put("limit_kmh", each.limitKmh());
                    DrivingTime time = each.time();
                    if (time != null) {
                        section.put("longest_s", time.longestSeconds()).put("shortest_s", time.shortestSeconds());
                    }
                }
                place(places, end);
            }
        }
    }

    private static void place(ArrayNode places, Vertex vertex) {
        places.addArray().add(vertex.latitudeMicrodeg()).add(vertex.longitudeMicrodeg());
    }
}

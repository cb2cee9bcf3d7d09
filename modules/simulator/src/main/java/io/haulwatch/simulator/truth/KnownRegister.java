package io.haulwatch.simulator.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The register as somebody reads it who has the file: until when papers are valid, and which zone says what. */
final class KnownRegister {
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final Set<String> CRITICAL = Set.of(
            "co.licence", "veh.permit", "veh.inspection", "veh.ins_compulsory", "drv.licence", "drv.qualification");

    private final Map<String, String> companies = new HashMap<>();
    private final Map<String, String> drivers = new HashMap<>();
    private final Map<String, List<Paper>> papers = new HashMap<>();
    private final List<Zone> zones = new ArrayList<>();

    /** @param overdueFrom first second after its last day, s since 1970 UTC */
    record Paper(String kind, LocalDate lastDay, long overdueFrom) {}

    /** Degrees WGS84. */
    private record Corner(double longitude, double latitude) {}

    /** A place with a limit of its own: a polygon, or a circle if it has a radius. */
    private record Zone(int limitKmh, int fromSecond, int toSecond, double radiusMetres, List<Corner> corners) {
        boolean contains(double latitude, double longitude) {
            if (radiusMetres > 0) {
                double north = (latitude - corners.getFirst().latitude) * 111_195;
                double east = (longitude - corners.getFirst().longitude) * 111_195 * Math.cos(Math.toRadians(latitude));
                return Math.hypot(north, east) <= radiusMetres;
            }
            boolean inside = false;
            Corner b = corners.getLast();
            for (Corner a : corners) {
                if (a.latitude > latitude != b.latitude > latitude
                        && longitude
                                < (b.longitude - a.longitude) * (latitude - a.latitude) / (b.latitude - a.latitude)
                                        + a.longitude) {
                    inside = !inside;
                }
                b = a;
            }
            return inside;
        }
    }

    KnownRegister(JsonNode file) {
        file.path("vehicles")
                .forEach(row -> companies.put(
                        row.path("plate").asText(), row.path("company").asText()));
        file.path("assignments")
                .forEach(row -> drivers.put(
                        row.path("vehicle").asText(), row.path("driver").asText()));
        for (JsonNode row : file.path("papers")) {
            String kind = row.path("kind").asText();
            if (CRITICAL.contains(kind)) {
                LocalDate lastDay = LocalDate.parse(row.path("expires").asText());
                papers.computeIfAbsent(
                                row.path("owner_kind").asText() + " "
                                        + row.path("owner").asText(),
                                owner -> new ArrayList<>())
                        .add(new Paper(
                                kind,
                                lastDay,
                                lastDay.plusDays(1).atStartOfDay(CHINA).toEpochSecond()));
            }
        }
        for (JsonNode feature : file.path("zones").path("features")) {
            // A route is watched by terminals only, and a zone without a limit changes none.
            if (!feature.path("geometry").path("type").asText().equals("LineString")
                    && feature.path("properties").path("limit_kmh").asInt() > 0) {
                zones.add(zone(feature.path("properties"), feature.path("geometry")));
            }
        }
    }

    private static Zone zone(JsonNode properties, JsonNode geometry) {
        String window = properties.path("window").asText("");
        boolean always = window.isEmpty() || window.equals("null");
        JsonNode places = geometry.path("coordinates");
        List<Corner> corners = new ArrayList<>();
        if (geometry.path("type").asText().equals("Point")) {
            corners.add(new Corner(places.path(0).asDouble(), places.path(1).asDouble()));
        } else {
            places.path(0)
                    .forEach(place -> corners.add(
                            new Corner(place.path(0).asDouble(), place.path(1).asDouble())));
        }
        return new Zone(
                properties.path("limit_kmh").asInt(),
                always ? 0 : LocalTime.parse(window.substring(0, 5)).toSecondOfDay(),
                always ? 86_400 : LocalTime.parse(window.substring(6)).toSecondOfDay(),
                properties.path("radius_m").asDouble(0),
                corners);
    }

    /** The limit for a truck at a place and time: its own, or the lowest of the zones around it. */
    int limitKmh(int own, double latitude, double longitude, long second) {
        int limit = own;
        long local = Math.floorMod(second + 8 * 3600, 86_400L);
        for (Zone zone : zones) {
            // A quarter of a degree away is out of any zone, and quick to see.
            if (Math.abs(zone.corners.getFirst().latitude - latitude) < 0.25
                    && Math.abs(zone.corners.getFirst().longitude - longitude) < 0.25
                    && local >= zone.fromSecond
                    && local < zone.toSecond
                    && zone.contains(latitude, longitude)) {
                limit = Math.min(limit, zone.limitKmh);
            }
        }
        return limit;
    }

    /** The critical papers of a truck, its company and the driver who is assigned to it. */
    List<Paper> papers(String plate) {
        List<Paper> all = new ArrayList<>(papers.getOrDefault("VEHICLE " + plate, List.of()));
        all.addAll(papers.getOrDefault("COMPANY " + companies.getOrDefault(plate, ""), List.of()));
        all.addAll(papers.getOrDefault("DRIVER " + drivers.getOrDefault(plate, ""), List.of()));
        return all;
    }
}

package io.haulwatch.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What somebody sees who has just started the product with its simulated fleet; run by {@code scripts/check-fresh-clone.sh} against a
 * product that runs already, at the address in {@code haulwatch.running}.
 */
@EnabledIfSystemProperty(
        named = "haulwatch.running",
        matches = "http.*",
        disabledReason = "looks at a product that somebody started: scripts/check-fresh-clone.sh does")
@Isolated("holds the product to a time")
final class FirstLookTest {
    private static final int TRUCKS = 1_000;
    /** Two alarms a minute by day; in the small hours in China some minutes may pass without one. */
    private static final double NIGHT_MILLIS = 600_000;

    @Test
    void trucksMoveOnTheMapAndAlarmsOpen() {
        URI product = URI.create(Objects.requireNonNull(System.getProperty("haulwatch.running")));
        String password = Objects.requireNonNull(System.getenv("HAULWATCH_ADMIN_PASSWORD"));
        try (Chromium chromium = new Chromium();
                Desk desk = chromium.desk(product)) {
            desk.open("/map");
            desk.signIn("admin", password);
            desk.until(() -> desk.number("legend-total") == TRUCKS);
            // Few drive around midnight in China.
            desk.until(() -> desk.number("legend-moving") > TRUCKS / 50);

            Map<Long, String> before = places(desk);
            desk.until(() -> moved(before, places(desk)) > TRUCKS / 100);

            String newest = newestAlarm(desk);
            desk.until(() -> !newestAlarm(desk).equals(newest), NIGHT_MILLIS);
            desk.open("/alarms");
            desk.sees("alarm-row");
            assertThat(desk.elsewhere()).isEmpty();
            assertThat(desk.complaints()).isEmpty();
        }
    }

    private static String newestAlarm(Desk desk) {
        return desk.ask("/api/v1/alarms?status=all&limit=1")
                .path("items")
                .path(0)
                .path("id")
                .asText();
    }

    private static Map<Long, String> places(Desk desk) {
        Map<Long, String> places = new HashMap<>();
        for (JsonNode vehicle : desk.ask("/api/v1/vehicles?limit=200").path("items")) {
            places.put(
                    vehicle.path("id").asLong(),
                    vehicle.path("lat").asText() + " " + vehicle.path("lon").asText());
        }
        return places;
    }

    private static long moved(Map<Long, String> before, Map<Long, String> after) {
        return after.entrySet().stream()
                .filter(truck -> before.containsKey(truck.getKey())
                        && !Objects.equals(before.get(truck.getKey()), truck.getValue()))
                .count();
    }
}

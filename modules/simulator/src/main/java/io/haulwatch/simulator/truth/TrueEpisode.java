package io.haulwatch.simulator.truth;

import java.time.Instant;
import java.util.Map;

/**
 * An episode that really was.
 *
 * @param kind {@code speeding}, {@code fatigue}, {@code fatigue_night}, {@code cum24} or {@code papers}
 * @param start the first instant of it, device time
 * @param end the last
 * @param because what makes it, with the unit in the name: {@code limit_kmh}, {@code peak_kmh}, {@code driven_s}, {@code paper} …
 */
public record TrueEpisode(
        int truck, String phone, String plate, String kind, Instant start, Instant end, Map<String, Object> because) {}

package io.haulwatch.console.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the API writes JSON: names in snake_case, absent values as null, times as ISO 8601 in UTC. */
public final class Json {
    private Json() {}

    /** The one mapper of the console. */
    public static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxStringLength(Gate.MAX_BODY)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .serializationInclusion(JsonInclude.Include.ALWAYS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** A moment as text, {@code 2026-11-20T16:00:00Z}. */
    public static String time(Instant moment) {
        return moment.toString();
    }

    /** A moment as text, or null. */
    public static @Nullable String timeOrNull(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    /** A moment as text, of ms since 1970 UTC. */
    public static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}

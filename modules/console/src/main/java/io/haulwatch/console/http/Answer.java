package io.haulwatch.console.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answers.
 *
 * @param body a value that Jackson writes as JSON, bytes that go out as they are, a {@link StreamedBody} or
 *     {@link SizedBody}, or null for an empty body
 * @param contentType of the body
 * @param headers sent besides the usual ones
 */
public record Answer(int status, @Nullable Object body, String contentType, Map<String, String> headers) {
    public static final String JSON = "application/json; charset=utf-8";

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** 200 with JSON. */
    public static Answer json(Object body) {
        return new Answer(200, body, JSON, Map.of());
    }

    /** Another status with JSON. */
    public static Answer json(int status, Object body) {
        return new Answer(status, body, JSON, Map.of());
    }

    /** Bytes as they are. */
    public static Answer bytes(int status, byte[] body, String contentType) {
        return new Answer(status, body, contentType, Map.of());
    }

    /** 200 with a body that is made while it is sent. */
    public static Answer streamed(StreamedBody body, String contentType) {
        return new Answer(200, body, contentType, Map.of());
    }

    /** 204. */
    public static Answer empty() {
        return new Answer(204, null, JSON, Map.of());
    }

    /** Sends a browser on to a page, which it asks for with GET. @param location a path of our own, or an address that is not the caller's choice */
    public static Answer goTo(String location) {
        return new Answer(303, null, JSON, Map.of("Location", location));
    }

    /** The same with one header more. */
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, body, contentType, more);
    }
}

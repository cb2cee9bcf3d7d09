package io.haulwatch.console.http;

import io.haulwatch.console.session.Right;
import io.vertx.core.http.HttpMethod;

/**
 * One method of one path: who may call it and what answers.
 *
 * @param path with Vert.x names for parameters: {@code /api/v1/vehicles/:id}
 * @param right what a caller must hold
 * @param endpoint runs on a virtual thread, may block
 */
public record Route(HttpMethod method, String path, Right right, Endpoint endpoint) {

    public static Route get(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.GET, path, right, endpoint);
    }

    public static Route post(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.POST, path, right, endpoint);
    }

    public static Route patch(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.PATCH, path, right, endpoint);
    }

    public static Route delete(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.DELETE, path, right, endpoint);
    }

    /** Answers a call. */
    @FunctionalInterface
    public interface Endpoint {
        /** @throws Refusal for what is not served */
        Answer answer(Call call) throws Exception;
    }

    /** Whether a call changes something, so that it needs the CSRF token. */
    boolean unsafe() {
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    }
}

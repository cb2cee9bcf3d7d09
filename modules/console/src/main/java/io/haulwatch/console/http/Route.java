package io.haulwatch.console.http;

import io.haulwatch.console.session.Right;
import io.vertx.core.http.HttpMethod;

/**
 * One method of one path: who may call it and what answers.
 *
 * @param path with Vert.x names for parameters: {@code /api/v1/vehicles/:id}
 * @param right what a caller must hold
 * @param body what a call carries
 * @param endpoint runs on a virtual thread, may block
 */
public record Route(HttpMethod method, String path, Right right, Body body, Endpoint endpoint) {
    /** What a call carries. */
    public enum Body {
        NONE,
        JSON,
        /** A file as it is; received from whoever holds the right only. */
        FILE,
        /** Bytes that the endpoint reads as they come, from whoever holds the right only; never whole in memory. */
        UPLOAD
    }

    public static Route get(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.GET, path, right, Body.NONE, endpoint);
    }

    public static Route post(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.POST, path, right, Body.JSON, endpoint);
    }

    public static Route patch(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.PATCH, path, right, Body.JSON, endpoint);
    }

    public static Route delete(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.DELETE, path, right, Body.JSON, endpoint);
    }

    /** A POST with a file as its body. */
    public static Route file(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.POST, path, right, Body.FILE, endpoint);
    }

    /** A PUT with a file as its body. */
    public static Route put(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.PUT, path, right, Body.FILE, endpoint);
    }

    /** A PATCH with bytes that the endpoint reads as they come. */
    public static Route upload(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.PATCH, path, right, Body.UPLOAD, endpoint);
    }

    /** What a GET of the same path would answer, without its body. */
    public static Route head(String path, Right right, Endpoint endpoint) {
        return new Route(HttpMethod.HEAD, path, right, Body.NONE, endpoint);
    }

    /** Answers a call. */
    @FunctionalInterface
    public interface Endpoint {
        /** @throws Refusal for what is not served */
        Answer answer(Call call) throws Exception;
    }

    /** Method and path, as the table of access names it. */
    public String name() {
        return method.name() + " " + path;
    }

    /** Whether a call changes something, so that it needs the CSRF token. */
    boolean unsafe() {
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    }
}

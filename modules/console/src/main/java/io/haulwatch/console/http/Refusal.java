package io.haulwatch.console.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is not served, as a problem document (RFC 9457). The detail names the value, the rule it broke and what to do. Thrown
 * by endpoints; carries no stack, because nothing is broken.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String title;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    private Refusal(int status, String type, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.title = title;
    }

    /** A value that breaks a rule of the API. */
    public static Refusal badValue(String detail) {
        return new Refusal(400, "bad-value", "A value breaks a rule", detail);
    }

    /** Nobody is signed in. */
    public static Refusal signInNeeded(String detail) {
        return new Refusal(401, "sign-in-needed", "Sign in first", detail);
    }

    /** The same, with a name of its own, so that pages ask for what is missing. */
    public static Refusal signInNeeded(String type, String detail) {
        return new Refusal(401, type, "Sign in first", detail);
    }

    /** The right is there, but something has to be done before; with a name of its own, so that pages lead there. */
    public static Refusal notAllowedYet(String type, String detail) {
        return new Refusal(403, type, "Something else comes first", detail);
    }

    /** The right is missing. */
    public static Refusal notAllowed(String detail) {
        return new Refusal(403, "not-allowed", "The right is missing", detail);
    }

    /** No such thing, or none that may be seen: both get the same words. */
    public static Refusal notFound(String detail) {
        return new Refusal(404, "not-found", "Not found", detail);
    }

    public static Refusal methodNotAllowed(String detail) {
        return new Refusal(405, "method-not-allowed", "Another method is needed", detail);
    }

    /** Somebody else was first. */
    public static Refusal conflict(String detail) {
        return new Refusal(409, "conflict", "Changed by somebody else", detail);
    }

    /** The same, with a name of its own, so that pages say it in their own words. */
    public static Refusal conflict(String type, String detail) {
        return new Refusal(409, type, "Changed by somebody else", detail);
    }

    public static Refusal tooLarge(String detail) {
        return new Refusal(413, "too-large", "Too large", detail);
    }

    /** The first line of the request is too long. */
    public static Refusal addressTooLong(String detail) {
        return new Refusal(414, "address-too-long", "Too long an address", detail);
    }

    /** The headers together are too large. */
    public static Refusal headersTooLarge(String detail) {
        return new Refusal(431, "headers-too-large", "Too large headers", detail);
    }

    public static Refusal wrongMediaType(String detail) {
        return new Refusal(415, "wrong-media-type", "JSON is needed", detail);
    }

    /** None of the bytes that were asked for is there. @param size how many there are */
    public static Refusal rangeNotSatisfiable(long size) {
        Refusal refusal = new Refusal(
                416,
                "range-not-satisfiable",
                "No such bytes",
                "None of the ranges has a byte in it; there are " + size + " bytes.");
        refusal.headers.put("Content-Range", "bytes */" + size);
        return refusal;
    }

    /** Well formed, but a rule of the work says no. */
    public static Refusal ruleBroken(String detail) {
        return new Refusal(422, "rule-broken", "A rule of the work says no", detail);
    }

    /** The same, with a name of its own, so that pages say it in their own words. */
    public static Refusal ruleBroken(String type, String detail) {
        return new Refusal(422, type, "A rule of the work says no", detail);
    }

    /** Not while something else goes on, with a name of its own. */
    public static Refusal locked(String type, String detail) {
        return new Refusal(423, type, "Not while this goes on", detail);
    }

    /** Too many attempts. */
    public static Refusal slowDown(String detail, long retryAfterSeconds) {
        Refusal refusal = new Refusal(429, "slow-down", "Too many attempts", detail);
        refusal.headers.put("Retry-After", Long.toString(Math.max(1, retryAfterSeconds)));
        return refusal;
    }

    /** A promise of ours is broken; the error id leads to the log. */
    public static Refusal internal() {
        return new Refusal(
                500, "internal", "Something broke here", "The server's log has the cause under this error_id.");
    }

    /** Not now. */
    public static Refusal unavailable(String detail, long retryAfterSeconds) {
        return unavailable("unavailable", detail, retryAfterSeconds);
    }

    /** The same, with a name of its own, so that pages say it in their own words. */
    public static Refusal unavailable(String type, String detail, long retryAfterSeconds) {
        Refusal refusal = new Refusal(503, type, "Not available now", detail);
        refusal.headers.put("Retry-After", Long.toString(Math.max(1, retryAfterSeconds)));
        return refusal;
    }

    /** Adds a member to the document (RFC 9457, 3.2), so that pages name the value in their own words. */
    public Refusal saying(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** The name of the rule that refused. */
    public String type() {
        return type;
    }

    public int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The document. @param instance the path that was asked for, null if it could not be read */
    Map<String, Object> document(@Nullable String instance, String errorId) {
        Map<String, Object> document = new LinkedHashMap<>(members);
        document.put("type", "urn:haulwatch:problem:" + type);
        document.put("title", title);
        document.put("status", status);
        document.put("detail", getMessage());
        if (instance != null) {
            document.put("instance", instance);
        }
        document.put("error_id", errorId);
        return document;
    }
}

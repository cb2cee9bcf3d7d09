package io.haulwatch.console.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;

/**
 * What every answer tells the browser: load nothing from elsewhere, run no script that is not a file of ours, be in nobody's frame.
 *
 * @param secure whether browsers reach the console by https
 */
public record SecurityHeaders(boolean secure) {
    /** Styles may stand in the page because the component library writes them there; scripts may not. */
    public static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data: blob:; media-src 'self'; worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; "
                    + "base-uri 'none'; form-action 'self'";

    public void on(HttpServerResponse response) {
        MultiMap headers = response.headers();
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "same-origin");
        headers.set(
                "Permissions-Policy",
                "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (secure) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
    }
}

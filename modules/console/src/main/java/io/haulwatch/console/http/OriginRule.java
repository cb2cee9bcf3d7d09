package io.haulwatch.console.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from our own pages. Browsers name the page's origin on each call that changes something and on each
 * WebSocket; programs that are no browser name none and carry no cookie that they did not sign in for.
 *
 * @param secure whether browsers reach the console by https
 * @param publicOrigin the one origin allowed, or null to compare with the request's own host
 */
public record OriginRule(boolean secure, @Nullable String publicOrigin) {
    /** @param host the request's Host header */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        String expected = publicOrigin != null ? publicOrigin : (secure ? "https://" : "http://") + host;
        return origin.toLowerCase(Locale.ROOT).equals(expected.toLowerCase(Locale.ROOT));
    }
}

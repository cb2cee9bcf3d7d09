package io.haulwatch.console.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from our own pages. Browsers name the page's origin on each call that changes something and on each
 * WebSocket; programs that are no browser name none and carry no cookie that they did not sign in for.
 *
 * @param secure whether browsers reach the console by https
 * @param publicOrigin address of which the origin is the one allowed, or null to compare with the request's own host
 */
public record OriginRule(boolean secure, @Nullable String publicOrigin) {
    public OriginRule {
        publicOrigin = publicOrigin == null ? null : originOf(publicOrigin);
    }

    /** @param host the request's Host header */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        String expected = publicOrigin != null ? publicOrigin : (secure ? "https://" : "http://") + host;
        return origin.toLowerCase(Locale.ROOT).equals(expected.toLowerCase(Locale.ROOT));
    }

    /** Scheme, host and port of an address; browsers leave out the scheme's own port. */
    private static String originOf(String address) {
        URI uri = URI.create(address);
        String scheme = uri.getScheme();
        if (scheme == null || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "the console's public address is like https://safety.example.com: address=" + address);
        }
        boolean usual = uri.getPort() < 0
                || (scheme.equalsIgnoreCase("https") && uri.getPort() == 443)
                || (scheme.equalsIgnoreCase("http") && uri.getPort() == 80);
        return scheme + "://" + uri.getHost() + (usual ? "" : ":" + uri.getPort());
    }
}

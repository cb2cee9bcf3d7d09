package io.haulwatch.console.session;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that carries the session's token: no script reads it, no other site sends it. Over TLS, own or the declared proxy's, it is
 * bound to this very host by its name.
 *
 * @param secure whether browsers reach the console by https
 */
public record SessionCookie(boolean secure) {
    /** The cookie's name. */
    public String name() {
        return secure ? "__Host-hw_session" : "hw_session";
    }

    /** The token among a request's cookies, or null. */
    public @Nullable String tokenOf(Map<String, String> cookies) {
        return cookies.get(name());
    }

    /** Header value that sets it. @param kept how long the browser keeps it, null for until it is closed */
    String set(String token, @Nullable Duration kept) {
        return name() + "=" + token + attributes() + (kept == null ? "" : "; Max-Age=" + kept.toSeconds());
    }

    /** Header value that removes it. */
    String clear() {
        return name() + "=" + attributes() + "; Max-Age=0";
    }

    private String attributes() {
        return "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }
}

package io.haulwatch.console.provider;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that ties a sign-in to the browser that began it, so that nobody can make another browser finish his. It comes back on the way
 * from the provider, so it cannot be as strict as the session's; no script reads it, and it opens nothing by itself.
 *
 * @param secure whether browsers reach the console by https
 */
record BrowserCookie(boolean secure) {
    /** The token among a request's cookies, or null. */
    @Nullable
    String tokenOf(Map<String, String> cookies) {
        String token = cookies.get(name());
        return token == null || token.length() > 128 ? null : token;
    }

    /** Header value that sets it. */
    String set(String token, Duration kept) {
        return name() + "=" + token + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + kept.toSeconds()
                + (secure ? "; Secure" : "");
    }

    private String name() {
        return secure ? "__Host-hw_provider" : "hw_provider";
    }
}

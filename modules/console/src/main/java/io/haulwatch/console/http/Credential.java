package io.haulwatch.console.http;

import io.haulwatch.console.session.ApiTokens;
import io.haulwatch.console.session.Kiosks;
import org.jspecify.annotations.Nullable;

/**
 * What a request brings to say who calls: the cookie of a session, or a program's token. A request with a token is its token's alone, whatever
 * cookie a browser sends along.
 *
 * @param session of the cookie, null without one
 * @param token of the header {@code Authorization}, or a big screen's among the protocols of a WebSocket, to which browsers add no header; null without one
 */
record Credential(@Nullable String session, @Nullable String token) {
    private static final String SCHEME = "Bearer ";

    /**
     * What the headers bring.
     *
     * @param authorization one that is not ours belongs to somebody on the way and says nothing here
     * @param protocols of a WebSocket's opening request
     */
    static Credential of(@Nullable String session, @Nullable String authorization, @Nullable String protocols) {
        if (protocols != null) {
            for (String each : protocols.split(",", -1)) {
                if (each.strip().startsWith(Kiosks.PREFIX)) {
                    return new Credential(null, each.strip());
                }
            }
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Credential(session, null);
        }
        String token = authorization.substring(SCHEME.length()).strip();
        return token.startsWith(ApiTokens.PREFIX) || token.startsWith(Kiosks.PREFIX)
                ? new Credential(null, token)
                : new Credential(session, null);
    }

    /** Shows neither. */
    @Override
    public String toString() {
        return token != null ? "Credential[token]" : session != null ? "Credential[session]" : "Credential[]";
    }
}

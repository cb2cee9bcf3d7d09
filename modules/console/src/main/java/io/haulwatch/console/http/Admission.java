package io.haulwatch.console.http;

import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.session.BearerTokens;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.SessionCookie;
import io.haulwatch.console.session.Sessions;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.session.TokenScope;
import io.haulwatch.store.scope.Scope;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who calls, and whether he may: the session or the token behind a request, the right of its route, the CSRF token. */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final String SOCKET_PROTOCOLS = "Sec-WebSocket-Protocol";

    private final AccessTable access;
    private final Sessions sessions;
    private final BearerTokens tokens;
    private final SessionCookie cookie;
    private final Supplier<FleetBook> book;

    Admission(
            AccessTable access,
            Sessions sessions,
            BearerTokens tokens,
            SessionCookie cookie,
            Supplier<FleetBook> book) {
        this.access = access;
        this.sessions = sessions;
        this.tokens = tokens;
        this.cookie = cookie;
        this.book = book;
    }

    /** The companies that somebody may see now. */
    Scope scope(SignedIn who) {
        return who.scope(book.get());
    }

    /** Who calls a route. @throws Refusal if nobody does, or if he may not */
    SignedIn signedIn(Credential credential, String address, String route) throws SQLException {
        SignedIn who = found(credential, address, true);
        if (who == null && credential.token() != null) {
            Duration wait = tokens.failed(address);
            throw wait.isZero()
                    ? Refusal.signInNeeded("bad-token", "This token is unknown, over or revoked.")
                    : Refusal.slowDown("Too many tokens from this address that were not good.", wait.toSeconds() + 1);
        }
        if (who == null) {
            throw Refusal.signInNeeded("There is no valid session; POST /api/v1/session signs in.");
        }
        Right right = access.right(route);
        if (!access.allows(route, who.role())) {
            throw Refusal.notAllowed("This needs " + right.words() + ", which the role "
                    + who.role().word() + " does not have; held by: " + right.holders() + ".");
        }
        if (!mayCall(who, route)) {
            Set<TokenScope> scopes = access.tokenScopes(route);
            throw Refusal.notAllowedYet(
                    "token-scope",
                    scopes.isEmpty()
                            ? "No token may call this; sign in."
                            : "This token does not have the scope " + TokenScope.words(scopes) + ".");
        }
        if (right != Right.SIGNED_IN && sessions.owesFactor(who)) {
            throw Refusal.notAllowedYet(
                    "second-factor-owed",
                    "This installation wants a second factor of the role "
                            + who.role().word() + "; set one up in your account first.");
        }
        return who;
    }

    private @Nullable SignedIn found(Credential credential, String address, boolean used) throws SQLException {
        String token = credential.token();
        return token == null ? sessions.find(credential.session(), used) : tokens.find(token, address);
    }

    /** Whether role and, for a program, token allow a route. */
    private boolean mayCall(SignedIn who, String route) {
        Set<TokenScope> scopes = who.tokenScopes();
        return access.allows(route, who.role())
                && (scopes == null || !Collections.disjoint(scopes, access.tokenScopes(route)));
    }

    Credential credential(RoutingContext context) {
        HttpServerRequest request = context.request();
        return Credential.of(
                cookie.tokenOf(cookies(context)),
                request.getHeader(HttpHeaders.AUTHORIZATION),
                request.getHeader(SOCKET_PROTOCOLS));
    }

    static void checkCsrf(@Nullable String csrf, SignedIn who) {
        byte[] expected = who.csrf().getBytes(StandardCharsets.UTF_8);
        if (csrf == null || !MessageDigest.isEqual(expected, csrf.getBytes(StandardCharsets.UTF_8))) {
            throw Refusal.notAllowed(
                    "The header X-CSRF-Token does not hold the session's token; GET /api/v1/session tells it.");
        }
    }

    /** Whether a session may still open a socket with a scope: 0, or the code to close its socket with. */
    int standing(Credential credential, String address, String route, Scope scope, Sight sight) {
        try {
            SignedIn who = found(credential, address, false);
            if (who == null) {
                return Standing.SESSION_ENDED;
            }
            return mayCall(who, route)
                            && !sessions.owesFactor(who)
                            && scope(who).equals(scope)
                            && Sight.of(who.role()).equals(sight)
                    ? 0
                    : Standing.RIGHTS_CHANGED;
        } catch (SQLException e) {
            // The database is away; what was granted stands until it can be asked again.
            LOG.debug("a session could not be checked: {}", e.getMessage());
            return 0;
        }
    }

    static Map<String, String> cookies(RoutingContext context) {
        Map<String, String> cookies = new HashMap<>();
        for (Cookie cookie : context.request().cookies()) {
            cookies.putIfAbsent(cookie.getName(), cookie.getValue());
        }
        return cookies;
    }
}

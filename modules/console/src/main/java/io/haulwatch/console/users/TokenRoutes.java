package io.haulwatch.console.users;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.ApiTokens;
import io.haulwatch.console.session.BearerTokens;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.session.TokenScope;
import io.haulwatch.console.users.Accounts.Actor;
import io.haulwatch.store.scope.ScopedDatabase;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tokens for one's programs: made with the password (and a code, if there is a second factor), shown once, ended at any time. */
public final class TokenRoutes {
    private static final int LONGEST_NAME = 64;
    private static final int MOST_DAYS = 365;

    private final Accounts accounts;
    private final BearerTokens tokens;
    private final OwnProof proof;
    private final ScopedDatabase database;
    private final SecureRandom random;
    private final InstantSource clock;

    public TokenRoutes(
            Accounts accounts,
            BearerTokens tokens,
            OwnProof proof,
            ScopedDatabase database,
            SecureRandom random,
            InstantSource clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.proof = proof;
        this.database = database;
        this.random = random;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/account/tokens", Right.WATCH, this::own),
                Route.post("/api/v1/account/tokens", Right.WATCH, this::make),
                Route.delete("/api/v1/account/tokens/:id", Right.WATCH, this::endOwn),
                Route.get("/api/v1/users/:id/tokens", Right.ADMINISTER_USERS, this::ofUser),
                Route.delete("/api/v1/users/:id/tokens/:token", Right.ADMINISTER_USERS, this::endOfUser));
    }

    private Answer own(Call call) throws SQLException {
        return list(call, call.user().userId());
    }

    private Answer ofUser(Call call) throws SQLException {
        int id = call.pathId("id");
        if (accounts.one(id).isEmpty()) {
            throw Accounts.unknown(id);
        }
        return list(call, id);
    }

    private Answer list(Call call, int userId) throws SQLException {
        return Answer.json(Map.of(
                "items",
                database.read(
                        Accounts.NO_COMPANY,
                        call.user().userId(),
                        connection -> ApiTokens.of(connection, userId, clock.instant()))));
    }

    private Answer make(Call call) throws SQLException, InterruptedException {
        SignedIn who = call.user();
        String name = call.text("name", 1, LONGEST_NAME).strip();
        if (name.isEmpty() || name.codePoints().anyMatch(Character::isISOControl)) {
            throw Refusal.badValue("A name has 1 to 64 characters of one line.");
        }
        Set<TokenScope> scopes = scopes(call.object().path("scopes"));
        Instant expiresAt =
                clock.instant().plus(Duration.ofDays(days(call.object().path("days"))));
        List<String> words = scopes.stream().map(TokenScope::word).toList();
        String token = proof.write(call, connection -> {
            String made = ApiTokens.make(connection, random, who.userId(), name, scopes, clock.instant(), expiresAt)
                    .orElseThrow(() -> Refusal.ruleBroken(
                            "too-many-tokens", "An account has at most " + ApiTokens.MOST + " tokens; end one first."));
            accounts.note(
                    connection,
                    new Actor(who.userId(), call.address()),
                    "token.make",
                    who.userId(),
                    Map.of(
                            "username", who.username(),
                            "name", name,
                            "scopes", String.join(" ", words),
                            "until", expiresAt.toString()));
            return made;
        });
        return Answer.json(201, Map.of("token", token));
    }

    private Answer endOwn(Call call) throws SQLException {
        return end(call, call.user().userId(), call.user().username(), call.pathId("id"));
    }

    private Answer endOfUser(Call call) throws SQLException {
        int id = call.pathId("id");
        UserRow user = accounts.one(id).orElseThrow(() -> Accounts.unknown(id));
        return end(call, id, user.username(), call.pathId("token"));
    }

    private Answer end(Call call, int userId, String username, int token) throws SQLException {
        database.write(Accounts.NO_COMPANY, call.user().userId(), connection -> {
            String name = ApiTokens.revoke(connection, userId, token)
                    .orElseThrow(() -> Refusal.notFound("There is no such token: id=" + token + "."));
            accounts.note(
                    connection,
                    new Actor(call.user().userId(), call.address()),
                    "token.end",
                    userId,
                    Map.of("username", username, "name", name));
            return true;
        });
        tokens.forget(userId);
        return Answer.empty();
    }

    private static Set<TokenScope> scopes(JsonNode given) {
        Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
        for (JsonNode word : given) {
            scopes.add(TokenScope.of(word.asText())
                    .filter(TokenScope.OF_PROGRAMS::contains)
                    .orElseThrow(() ->
                            Refusal.badValue("\"scopes\" must name " + String.join(", ", TokenScope.WORDS) + ".")));
        }
        if (scopes.isEmpty()) {
            throw Refusal.badValue("\"scopes\" must name at least one of " + String.join(", ", TokenScope.WORDS) + ".");
        }
        return scopes;
    }

    private static int days(JsonNode given) {
        if (!given.isIntegralNumber()
                || !given.canConvertToInt()
                || given.intValue() < 1
                || given.intValue() > MOST_DAYS) {
            throw Refusal.badValue("\"days\" must be a number from 1 to " + MOST_DAYS + ".");
        }
        return given.intValue();
    }
}

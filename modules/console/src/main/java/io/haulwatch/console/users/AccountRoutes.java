package io.haulwatch.console.users;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.PasswordRules;
import io.haulwatch.console.session.Passwords;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Sessions;
import io.haulwatch.console.session.SignInLimits;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.users.Accounts.Actor;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What everybody does with the account that he is signed in to: another password, a look at his sessions, an end to one of them. */
public final class AccountRoutes {
    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords;
    private final ScopedDatabase database;
    private final InstantSource clock;
    private final SignInLimits limits = new SignInLimits();

    public AccountRoutes(
            Accounts accounts, Sessions sessions, Passwords passwords, ScopedDatabase database, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.database = database;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/account/password", Right.SIGNED_IN, this::changePassword),
                Route.get("/api/v1/account/sessions", Right.SIGNED_IN, this::ownSessions),
                Route.delete("/api/v1/account/sessions/:id", Right.SIGNED_IN, this::endSession));
    }

    private Answer changePassword(Call call) throws SQLException, InterruptedException {
        String current = call.text("current", 1, PasswordRules.LONGEST);
        String wanted = call.text("password", 1, 4 * PasswordRules.LONGEST);
        SignedIn who = call.user();
        Duration wait = limits.waitFor(who.username(), call.address(), clock.instant());
        if (!wait.isZero()) {
            throw Refusal.slowDown(
                    "Too many wrong passwords; wait " + (wait.toSeconds() + 1) + " s and try again.",
                    wait.toSeconds() + 1);
        }
        try {
            if (!passwords.verify(storedHash(who.userId()).orElse(null), current, call.address())) {
                limits.failed(who.username(), call.address(), clock.instant());
                throw Refusal.ruleBroken("wrong-password", "The current password is another one.");
            }
            limits.succeeded(who.username(), call.address());
            refuseWeak(who.username(), wanted);
            if (current.equals(wanted)) {
                throw Refusal.ruleBroken("password-same", "The new password is the current one.");
            }
            String hash = passwords.hash(wanted, call.address());
            accounts.changeOwn(who.userId(), who.username(), who.sessionId(), hash, call.address());
        } catch (Passwords.Busy e) {
            throw Refusal.unavailable("Too many sign-ins at once; try again in a few seconds.", 2);
        }
        sessions.forget(who.userId());
        return Answer.empty();
    }

    private Answer ownSessions(Call call) throws SQLException {
        SignedIn who = call.user();
        return Answer.json(Map.of(
                "items",
                database.read(
                        Accounts.NO_COMPANY,
                        who.userId(),
                        connection -> UserSessions.of(connection, who.userId(), who.sessionId(), clock.instant()))));
    }

    private Answer endSession(Call call) throws SQLException {
        SignedIn who = call.user();
        int session = call.pathId("id");
        database.write(Accounts.NO_COMPANY, who.userId(), connection -> {
            if (!UserSessions.end(connection, who.userId(), session)) {
                throw Refusal.notFound("You have no such session: id=" + session + ".");
            }
            accounts.note(
                    connection,
                    new Actor(who.userId(), call.address()),
                    "session.revoke",
                    who.userId(),
                    Map.of("username", who.username(), "session", session));
            return true;
        });
        sessions.forget(who.userId());
        return Answer.empty();
    }

    private Optional<String> storedHash(int userId) throws SQLException {
        return database.read(
                Accounts.NO_COMPANY,
                userId,
                connection -> new SqlText(
                                "select password_hash from hw.app_user where user_id = ? and password_hash is not null",
                                userId)
                        .first(connection, row -> row.getString(1)));
    }

    static void refuseWeak(String username, String password) {
        PasswordRules.broken(username, password).ifPresent(rule -> {
            throw Refusal.ruleBroken(rule.code(), rule.sentence());
        });
    }
}

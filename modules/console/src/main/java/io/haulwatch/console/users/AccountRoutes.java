package io.haulwatch.console.users;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.PasswordRules;
import io.haulwatch.console.session.Passwords;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Sessions;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.users.Accounts.Actor;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What everybody does with the account that he is signed in to: another password, a look at his sessions, an end to one of them. */
public final class AccountRoutes {
    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords;
    private final OwnPassword ownPassword;
    private final ScopedDatabase database;
    private final InstantSource clock;

    public AccountRoutes(
            Accounts accounts,
            Sessions sessions,
            Passwords passwords,
            OwnPassword ownPassword,
            ScopedDatabase database,
            InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.ownPassword = ownPassword;
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
        ownPassword.ask(call, current);
        try {
            refuseWeak(who.username(), wanted);
            if (current.equals(wanted)) {
                throw Refusal.ruleBroken("password-same", "The new password is the current one.");
            }
            String hash = passwords.hash(wanted, call.address());
            accounts.changeOwn(who.userId(), who.username(), who.sessionId(), hash, call.address());
        } catch (Passwords.Busy e) {
            throw Refusal.unavailable("Too many sign-ins at once; try again in a few seconds.", 2);
        }
        ownPassword.succeeded(call);
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

    static void refuseWeak(String username, String password) {
        PasswordRules.broken(username, password).ifPresent(rule -> {
            throw Refusal.ruleBroken(rule.code(), rule.sentence());
        });
    }
}

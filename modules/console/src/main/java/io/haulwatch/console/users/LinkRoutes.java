package io.haulwatch.console.users;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.PasswordRules;
import io.haulwatch.console.session.Passwords;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Sessions;
import io.haulwatch.console.session.SignInLimits;
import io.haulwatch.console.users.OneTimeLinks.Owner;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody with a one-time link does before he can sign in. The token comes in the body. Whoever brings another token learns nothing:
 * an unknown link, one that is over and one of a disabled user get the same words, and tries from one address become slower and slower.
 */
public final class LinkRoutes {
    /** All tries of one address count together, whichever link they were meant for. */
    private static final String ANY_LINK = "one-time link";

    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords;
    private final ScopedDatabase database;
    private final InstantSource clock;
    private final SignInLimits limits = new SignInLimits();

    public LinkRoutes(
            Accounts accounts, Sessions sessions, Passwords passwords, ScopedDatabase database, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.database = database;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/link", Right.PUBLIC, this::look),
                Route.post("/api/v1/link/password", Right.PUBLIC, this::choosePassword));
    }

    private Answer look(Call call) throws SQLException {
        Owner owner = owner(call, call.text("token", 1, 128));
        return Answer.json(
                new LinkOwner(owner.username(), owner.displayName(), owner.purpose(), Json.time(owner.expiresAt())));
    }

    private Answer choosePassword(Call call) throws SQLException, InterruptedException {
        String token = call.text("token", 1, 128);
        String password = call.text("password", 1, 4 * PasswordRules.LONGEST);
        Owner owner = owner(call, token);
        AccountRoutes.refuseWeak(owner.username(), password);
        String hash;
        try {
            hash = passwords.hash(password, call.address());
        } catch (Passwords.Busy e) {
            throw Refusal.unavailable("Too many sign-ins at once; try again in a few seconds.", 2);
        }
        if (!accounts.redeem(owner, token, hash, call.address())) {
            throw noLink();
        }
        sessions.forget(owner.userId());
        return Answer.empty();
    }

    private Owner owner(Call call, String token) throws SQLException {
        Duration wait = limits.waitFor(ANY_LINK, call.address(), clock.instant());
        if (!wait.isZero()) {
            throw Refusal.slowDown(
                    "Too many links from this address that were not good; wait " + (wait.toSeconds() + 1) + " s.",
                    wait.toSeconds() + 1);
        }
        Owner owner = database.read(
                        Accounts.NO_COMPANY,
                        ScopedDatabase.NO_USER,
                        connection -> accounts.links().find(connection, token, OneTimeLinks.PASSWORDS, clock.instant()))
                .orElse(null);
        if (owner == null) {
            limits.failed(ANY_LINK, call.address(), clock.instant());
            throw noLink();
        }
        return owner;
    }

    private static Refusal noLink() {
        return Refusal.notFound("This link is not good, or no longer: ask your administrator for another one.");
    }

    /** Whose the link is; only its owner learns that. */
    record LinkOwner(String username, @Nullable String displayName, String purpose, String expiresAt) {}
}

package io.haulwatch.console.session;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Signing in and out. */
public final class SessionRoutes {
    private static final int LONGEST_NAME = 64;

    private final Sessions sessions;
    private final Passwords passwords;
    private final SessionCookie cookie;
    private final AuditLog audit;
    private final ScopedDatabase database;
    private final Supplier<FleetBook> book;
    private final InstantSource clock;
    private final SignInLimits limits = new SignInLimits();

    public SessionRoutes(
            Sessions sessions,
            Passwords passwords,
            SessionCookie cookie,
            AuditLog audit,
            ScopedDatabase database,
            Supplier<FleetBook> book,
            InstantSource clock) {
        this.sessions = sessions;
        this.passwords = passwords;
        this.cookie = cookie;
        this.audit = audit;
        this.database = database;
        this.book = book;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/session", Right.PUBLIC, this::signIn),
                Route.get("/api/v1/session", Right.SIGNED_IN, this::current),
                Route.delete("/api/v1/session", Right.SIGNED_IN, this::signOut));
    }

    private Answer signIn(Call call) throws SQLException, InterruptedException {
        String username = call.text("username", 1, LONGEST_NAME);
        String password = call.text("password", 1, PasswordRules.LONGEST);
        boolean remember = call.flag("remember");
        Duration wait = limits.waitFor(username, call.address(), clock.instant());
        if (!wait.isZero()) {
            throw Refusal.slowDown(
                    "Too many failed sign-ins for this user from this address; wait " + (wait.toSeconds() + 1)
                            + " s and try again.",
                    wait.toSeconds() + 1);
        }
        SessionTable.User user = sessions.user(username).orElse(null);
        boolean right;
        try {
            right = passwords.verify(user == null ? null : user.passwordHash(), password, call.address());
        } catch (Passwords.Busy e) {
            throw Refusal.unavailable("Too many sign-ins at once; try again in a few seconds.", 2);
        }
        if (user == null || !right) {
            limits.failed(username, call.address(), clock.instant());
            note(user == null ? null : user.id(), "session.refused", username, call);
            throw Refusal.signInNeeded("User name or password is wrong.");
        }
        limits.succeeded(username, call.address());
        Sessions.Begun begun = sessions.begin(user, remember, call.token(), call.address());
        note(user.id(), "session.begin", username, call);
        return Answer.json(view(begun.session()))
                .with("Set-Cookie", cookie.set(begun.token(), remember ? Sessions.REMEMBERED : null));
    }

    private Answer current(Call call) {
        return Answer.json(view(call.user()));
    }

    private Answer signOut(Call call) throws SQLException {
        String token = call.token();
        if (token != null) {
            sessions.end(token);
        }
        note(call.user().userId(), "session.end", call.user().username(), call);
        return Answer.empty().with("Set-Cookie", cookie.clear());
    }

    private void note(@Nullable Integer userId, String action, String username, Call call) throws SQLException {
        database.write(new Scope.Companies(Set.of()), userId == null ? ScopedDatabase.NO_USER : userId, connection -> {
            audit.add(connection, userId, action, "user", Map.of("username", username), call.address());
            return true;
        });
    }

    private SessionView view(SignedIn session) {
        return new SessionView(
                new UserView(
                        session.userId(),
                        session.username(),
                        session.displayName(),
                        session.role().word(),
                        session.scopeText(),
                        label(session.scopeText()),
                        session.locale()),
                session.csrf());
    }

    /** Names of companies, or the digits of regions; the pages put regions and "all" into words. */
    private String label(String scope) {
        return switch (Reach.of(scope).orElse(null)) {
            case Reach.Companies companies ->
                companies.ids().stream().map(this::companyName).collect(Collectors.joining(", "));
            case Reach.Regions regions -> String.join(", ", regions.codes());
            case Reach.All all -> all.text();
            case null -> scope;
        };
    }

    private String companyName(int id) {
        FleetBook.Company company = book.get().company(id);
        return company == null ? Integer.toString(id) : company.name();
    }

    /** Answer to sign-in. */
    public record SessionView(UserView user, String csrfToken) {}

    /** The user as pages show him. @param displayName null for the built-in administrator, whom pages name in their language */
    public record UserView(
            int id,
            String username,
            @Nullable String displayName,
            String role,
            String scope,
            String scopeLabel,
            String locale) {}
}

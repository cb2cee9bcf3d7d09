package io.haulwatch.console.session;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.factor.SecondFactors;
import io.haulwatch.console.factor.SecondFactors.Said;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Signing in and out. */
public final class SessionRoutes {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_CODE = 40;
    /** Wrong codes of one user count together here, whichever address they come from. */
    private static final String ANYWHERE = "anywhere";

    private static final Scope NO_COMPANY = new Scope.Companies(Set.of());

    private final Sessions sessions;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final SessionCookie cookie;
    private final AuditLog audit;
    private final ScopedDatabase database;
    private final Supplier<FleetBook> book;
    private final InstantSource clock;
    private final SignInLimits limits = new SignInLimits();
    private final SignInLimits codeLimits = new SignInLimits();

    public SessionRoutes(
            Sessions sessions,
            Passwords passwords,
            SecondFactors factors,
            SessionCookie cookie,
            AuditLog audit,
            ScopedDatabase database,
            Supplier<FleetBook> book,
            InstantSource clock) {
        this.sessions = sessions;
        this.passwords = passwords;
        this.factors = factors;
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
        String code = call.optionalText("code", LONGEST_CODE);
        refuseWhileWaiting(limits.waitFor(username, call.address(), clock.instant()));
        SessionTable.User user = sessions.user(username).orElse(null);
        boolean right;
        try {
            right = passwords.verify(user == null ? null : user.passwordHash(), password, call.address());
        } catch (Passwords.Busy e) {
            throw Refusal.unavailable("Too many sign-ins at once; try again in a few seconds.", 2);
        }
        if (user == null || !right) {
            limits.failed(username, call.address(), clock.instant());
            note(user == null ? null : user.id(), "session.refused", username, Map.of(), call);
            throw Refusal.signInNeeded("User name or password is wrong.");
        }
        boolean recovery = askForCode(user, code, call);
        limits.succeeded(username, call.address());
        Sessions.Begun begun = sessions.begin(user, remember, call.token(), call.address());
        note(user.id(), "session.begin", username, recovery ? Map.of("by_recovery_code", true) : Map.of(), call);
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
        note(call.user().userId(), "session.end", call.user().username(), Map.of(), call);
        return Answer.empty().with("Set-Cookie", cookie.clear());
    }

    /**
     * The second step, behind a right password only. Wrong codes count like wrong passwords; and because somebody with many addresses could
     * guess on, those from addresses where the user never signed in also count together.
     *
     * @return whether a recovery code was used up
     */
    private boolean askForCode(SessionTable.User user, @Nullable String code, Call call) throws SQLException {
        Standing standing = database.read(
                NO_COMPANY,
                user.id(),
                connection -> new Standing(
                        factors.state(connection, user.id()).isPresent(),
                        SessionTable.signedInFrom(connection, user.id(), call.address())));
        if (!standing.factor) {
            return false;
        }
        if (code == null || code.isBlank()) {
            throw Refusal.signInNeeded(
                    "second-factor-needed", "This account has a second factor: send its code along as \"code\".");
        }
        if (!standing.knownAddress) {
            refuseWhileWaiting(codeLimits.waitFor(user.username(), ANYWHERE, clock.instant()));
        }
        Said said = database.write(
                NO_COMPANY, user.id(), connection -> factors.check(connection, user.id(), code, clock.instant()));
        if (!said.accepted()) {
            limits.failed(user.username(), call.address(), clock.instant());
            if (!standing.knownAddress) {
                codeLimits.failed(user.username(), ANYWHERE, clock.instant());
            }
            note(user.id(), "session.refused", user.username(), Map.of("why", "code"), call);
            throw Refusal.signInNeeded(
                    "wrong-code", "The code is wrong, was used already or came too late; wait for the next one.");
        }
        codeLimits.succeeded(user.username(), ANYWHERE);
        return said.recovery();
    }

    /** @param knownAddress whether the user signed in from there before */
    private record Standing(boolean factor, boolean knownAddress) {}

    private static void refuseWhileWaiting(Duration wait) {
        if (!wait.isZero()) {
            throw Refusal.slowDown(
                    "Too many failed sign-ins for this user; wait " + (wait.toSeconds() + 1) + " s and try again.",
                    wait.toSeconds() + 1);
        }
    }

    private void note(@Nullable Integer userId, String action, String username, Map<String, ?> more, Call call)
            throws SQLException {
        Map<String, Object> detail = new LinkedHashMap<>(more);
        detail.put("username", username);
        database.write(NO_COMPANY, userId == null ? ScopedDatabase.NO_USER : userId, connection -> {
            audit.add(connection, userId, action, "user", detail, call.address());
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
                session.csrf(),
                sessions.owesFactor(session));
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

    /** Answer to sign-in. @param secondFactorOwed whether nothing but his account answers before he has set one up */
    public record SessionView(UserView user, String csrfToken, boolean secondFactorOwed) {}

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

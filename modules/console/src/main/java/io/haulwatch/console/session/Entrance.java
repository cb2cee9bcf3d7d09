package io.haulwatch.console.session;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.factor.SecondFactors;
import io.haulwatch.console.factor.SecondFactors.Said;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What every way of signing in shares: waits after failures, the code of a second factor, the session with its cookie, and the audit. */
public final class Entrance {
    /** Longest code that anybody may say: a recovery code with spaces. */
    public static final int LONGEST_CODE = 40;

    /** Wrong codes of one user count together here, whichever address they come from. */
    private static final String ANYWHERE = "anywhere";

    private static final Scope NO_COMPANY = new Scope.Companies(Set.of());

    private final Sessions sessions;
    private final SecondFactors factors;
    private final SessionCookie cookie;
    private final AuditLog audit;
    private final ScopedDatabase database;
    private final Supplier<FleetBook> book;
    private final InstantSource clock;
    private final SignInLimits limits = new SignInLimits();
    private final SignInLimits codeLimits = new SignInLimits();

    public Entrance(
            Sessions sessions,
            SecondFactors factors,
            SessionCookie cookie,
            AuditLog audit,
            ScopedDatabase database,
            Supplier<FleetBook> book,
            InstantSource clock) {
        this.sessions = sessions;
        this.factors = factors;
        this.cookie = cookie;
        this.audit = audit;
        this.database = database;
        this.book = book;
        this.clock = clock;
    }

    /** Refuses while the failures of this user from this address still make him wait. */
    public void refuseTooMany(String username, Call call) {
        refuseWhileWaiting(limits.waitFor(username, call.address(), clock.instant()));
    }

    /** Counts a failure of user and address. */
    void failed(String username, Call call) {
        limits.failed(username, call.address(), clock.instant());
    }

    /** Whether a user has a second factor that counts. */
    public boolean hasFactor(int userId) throws SQLException {
        return standing(userId, "").factor;
    }

    /**
     * The second step, behind a right password or the provider's word only. Wrong codes count like wrong passwords; and because somebody with
     * many addresses could guess on, those from addresses where the user never signed in also count together.
     *
     * @return whether a recovery code was used up
     */
    public boolean askForCode(int userId, String username, @Nullable String code, Call call) throws SQLException {
        Standing standing = standing(userId, call.address());
        if (!standing.factor) {
            return false;
        }
        if (code == null || code.isBlank()) {
            throw Refusal.signInNeeded(
                    "second-factor-needed", "This account has a second factor: send its code along as \"code\".");
        }
        if (!standing.knownAddress) {
            refuseWhileWaiting(codeLimits.waitFor(username, ANYWHERE, clock.instant()));
        }
        Said said = database.write(
                NO_COMPANY, userId, connection -> factors.check(connection, userId, code, clock.instant()));
        if (!said.accepted()) {
            limits.failed(username, call.address(), clock.instant());
            if (!standing.knownAddress) {
                codeLimits.failed(username, ANYWHERE, clock.instant());
            }
            note(userId, "session.refused", username, Map.of("why", "code"), call);
            throw Refusal.signInNeeded(
                    "wrong-code", "The code is wrong, was used already or came too late; wait for the next one.");
        }
        codeLimits.succeeded(username, ANYWHERE);
        return said.recovery();
    }

    /**
     * Begins the session, forgets earlier failures and writes the row of the audit.
     *
     * @param replacedToken of the session that the browser brought along, which ends
     * @param detail for the audit
     */
    public Opened open(
            int userId,
            String username,
            SignInWay way,
            boolean remember,
            @Nullable String replacedToken,
            Map<String, ?> detail,
            Call call)
            throws SQLException {
        limits.succeeded(username, call.address());
        Sessions.Begun begun = sessions.begin(
                userId, way, remember ? Sessions.REMEMBERED : Sessions.ABSOLUTE, replacedToken, call.address());
        note(userId, "session.begin", username, detail, call);
        return new Opened(view(begun.session()), cookie.set(begun.token(), remember ? Sessions.REMEMBERED : null));
    }

    /** Begins a driver's one session, on his phone. */
    public OnPhone openOnPhone(int userId, String username, Map<String, ?> detail, Call call) throws SQLException {
        Sessions.Begun begun =
                sessions.begin(userId, SignInWay.PHONE, Sessions.ON_A_PHONE, call.token(), call.address());
        note(userId, "session.begin", username, detail, call);
        return new OnPhone(begun.session(), cookie.set(begun.token(), Sessions.ON_A_PHONE));
    }

    /** Ends the session that calls. */
    public Answer close(Call call) throws SQLException {
        String token = call.token();
        if (token != null) {
            sessions.end(token);
        }
        note(call.user().userId(), "session.end", call.user().username(), Map.of(), call);
        return Answer.empty().with("Set-Cookie", cookie.clear());
    }

    /** Writes a row about a session. @param username empty if nobody knows who it is */
    public void note(@Nullable Integer userId, String action, String username, Map<String, ?> more, Call call)
            throws SQLException {
        Map<String, Object> detail = new LinkedHashMap<>(more);
        detail.put("username", username);
        database.write(NO_COMPANY, userId == null ? ScopedDatabase.NO_USER : userId, connection -> {
            audit.add(connection, userId, action, "user", detail, call.address());
            return true;
        });
    }

    /** What pages are told about a session. */
    SessionView view(SignedIn session) {
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

    private Standing standing(int userId, String address) throws SQLException {
        return database.read(
                NO_COMPANY,
                userId,
                connection -> new Standing(
                        factors.state(connection, userId).isPresent(),
                        SessionTable.signedInFrom(connection, userId, address)));
    }

    private static void refuseWhileWaiting(Duration wait) {
        if (!wait.isZero()) {
            throw Refusal.slowDown(
                    "Too many failed sign-ins for this user; wait " + (wait.toSeconds() + 1) + " s and try again.",
                    wait.toSeconds() + 1);
        }
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

    /** @param knownAddress whether the user signed in from there before */
    private record Standing(boolean factor, boolean knownAddress) {}

    /** A driver's session that has begun. @param setCookie value of the header that gives the phone its token */
    public record OnPhone(SignedIn session, String setCookie) {
        /** Never shows the token. */
        @Override
        public String toString() {
            return "OnPhone[" + session + "]";
        }
    }

    /** A session that has begun. @param setCookie value of the header that gives the browser its token */
    public record Opened(SessionView session, String setCookie) {
        /** The answer to a call of a page. */
        public Answer answer() {
            return Answer.json(session).with("Set-Cookie", setCookie);
        }

        /** Never shows the token. */
        @Override
        public String toString() {
            return "Opened[" + session.user.id + "]";
        }
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

package io.haulwatch.console.users;

import io.haulwatch.console.factor.SecondFactors;
import io.haulwatch.console.factor.SecondFactors.Begun;
import io.haulwatch.console.factor.SecondFactors.Said;
import io.haulwatch.console.factor.SecondFactors.State;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.PasswordRules;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Sessions;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.users.Accounts.Actor;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One's own second factor: set up, confirmed by a first code, given up again; and an administrator's way to take a lost one away. */
public final class FactorRoutes {
    /** Longest code that anybody may say: a recovery code with spaces. */
    private static final int LONGEST_CODE = 40;

    private final Accounts accounts;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final OwnPassword ownPassword;
    private final ScopedDatabase database;
    private final InstantSource clock;

    public FactorRoutes(
            Accounts accounts,
            SecondFactors factors,
            Sessions sessions,
            OwnPassword ownPassword,
            ScopedDatabase database,
            InstantSource clock) {
        this.accounts = accounts;
        this.factors = factors;
        this.sessions = sessions;
        this.ownPassword = ownPassword;
        this.database = database;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/account/factor", Right.SIGNED_IN, this::look),
                Route.post("/api/v1/account/factor", Right.SIGNED_IN, this::begin),
                Route.delete("/api/v1/account/factor", Right.SIGNED_IN, this::giveUp),
                Route.post("/api/v1/account/factor/confirm", Right.SIGNED_IN, this::confirm),
                Route.post("/api/v1/account/factor/recovery", Right.SIGNED_IN, this::renewRecovery),
                Route.delete("/api/v1/users/:id/factor", Right.ADMINISTER_USERS, this::takeAway));
    }

    private Answer look(Call call) throws SQLException {
        SignedIn who = call.user();
        State state = database.read(
                        Accounts.NO_COMPANY, who.userId(), connection -> factors.state(connection, who.userId()))
                .orElse(null);
        return Answer.json(new FactorView(
                state == null ? null : Json.time(state.since()),
                state == null ? 0 : state.recoveryCodes(),
                sessions.needsFactor(who.role())));
    }

    private Answer begin(Call call) throws SQLException, InterruptedException {
        SignedIn who = call.user();
        ownPassword.ask(call, password(call));
        Begun begun = database.write(
                Accounts.NO_COMPANY,
                who.userId(),
                connection -> factors.begin(connection, who.userId(), who.username(), clock.instant())
                        .orElseThrow(() -> Refusal.ruleBroken(
                                "factor-there",
                                "There is a second factor already; give it up before setting up another.")));
        return Answer.json(201, begun);
    }

    private Answer confirm(Call call) throws SQLException {
        SignedIn who = call.user();
        String code = code(call);
        ownPassword.refuseTooMany(call);
        List<String> recovery = database.write(Accounts.NO_COMPANY, who.userId(), connection -> {
            List<String> codes = factors.confirm(connection, who.userId(), code, clock.instant())
                    .orElse(null);
            if (codes != null) {
                int ended = UserSessions.endOthers(connection, who.userId(), who.sessionId());
                note(connection, call, "factor.begin", Map.of("username", who.username(), "sessions_ended", ended));
            }
            return codes == null ? List.of() : codes;
        });
        if (recovery.isEmpty()) {
            throw ownPassword.wrongCode(call);
        }
        ownPassword.succeeded(call);
        sessions.forget(who.userId());
        return Answer.json(201, Map.of("recovery_codes", recovery));
    }

    private Answer renewRecovery(Call call) throws SQLException {
        List<String> codes = withCode(call, "factor.recovery", connection -> {
            return factors.renewRecovery(connection, call.user().userId());
        });
        return Answer.json(201, Map.of("recovery_codes", codes));
    }

    private Answer giveUp(Call call) throws SQLException, InterruptedException {
        SignedIn who = call.user();
        if (sessions.needsFactor(who.role())) {
            throw Refusal.ruleBroken(
                    "factor-required",
                    "This installation wants a second factor of the role "
                            + who.role().word() + ".");
        }
        ownPassword.ask(call, password(call));
        withCode(call, "factor.end", connection -> SecondFactors.remove(connection, who.userId()));
        sessions.forget(who.userId());
        return Answer.empty();
    }

    private Answer takeAway(Call call) throws SQLException {
        int id = call.pathId("id");
        if (id == call.user().userId()) {
            throw Refusal.ruleBroken("own-factor", "Your own second factor is given up in your own account.");
        }
        accounts.takeFactor(new Actor(call.user().userId(), call.address()), id);
        sessions.forget(id);
        return Answer.empty();
    }

    /** Does something for which a code is asked, in the transaction that uses the code up. */
    private <T> T withCode(Call call, String action, ScopedDatabase.SqlFunction<T> work) throws SQLException {
        SignedIn who = call.user();
        String code = code(call);
        ownPassword.refuseTooMany(call);
        Optional<T> done = database.write(Accounts.NO_COMPANY, who.userId(), connection -> {
            Said said = factors.check(connection, who.userId(), code, clock.instant());
            if (!said.accepted()) {
                return Optional.empty();
            }
            note(connection, call, action, Map.of("username", who.username(), "by_recovery_code", said.recovery()));
            return Optional.of(work.apply(connection));
        });
        T result = done.orElseThrow(() -> ownPassword.wrongCode(call));
        ownPassword.succeeded(call);
        return result;
    }

    private void note(Connection connection, Call call, String action, Map<String, ?> detail) throws SQLException {
        int id = call.user().userId();
        accounts.note(connection, new Actor(id, call.address()), action, id, detail);
    }

    private static String password(Call call) {
        return call.text("current", 1, PasswordRules.LONGEST);
    }

    private static String code(Call call) {
        return call.text("code", 1, LONGEST_CODE);
    }

    /**
     * One's own factor.
     *
     * @param since null without one
     * @param recoveryCodes that are not used yet
     * @param required whether the role must have one
     */
    record FactorView(@Nullable String since, int recoveryCodes, boolean required) {}
}

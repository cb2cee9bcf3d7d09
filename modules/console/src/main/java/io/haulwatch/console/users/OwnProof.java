package io.haulwatch.console.users;

import io.haulwatch.console.factor.SecondFactors;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.session.PasswordRules;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

/** Lets somebody who is signed in make what lasts longer than his session: with his password, and with a code if he has a second factor. */
public final class OwnProof {
    private static final int LONGEST_CODE = 40;

    private final OwnPassword password;
    private final SecondFactors factors;
    private final ScopedDatabase database;
    private final InstantSource clock;

    public OwnProof(OwnPassword password, SecondFactors factors, ScopedDatabase database, InstantSource clock) {
        this.password = password;
        this.factors = factors;
        this.database = database;
        this.clock = clock;
    }

    /** Writes in the transaction that uses the code up. @throws Refusal if password or code are others */
    <T> T write(Call call, ScopedDatabase.SqlFunction<T> work) throws SQLException, InterruptedException {
        int me = call.user().userId();
        password.ask(call, call.text("current", 1, PasswordRules.LONGEST));
        String code = call.optionalText("code", LONGEST_CODE);
        Optional<T> done = database.write(
                Accounts.NO_COMPANY,
                me,
                connection -> factors.passes(connection, me, code, clock.instant())
                        ? Optional.of(work.apply(connection))
                        : Optional.empty());
        T made = done.orElseThrow(() -> password.wrongCode(call));
        password.succeeded(call);
        return made;
    }
}

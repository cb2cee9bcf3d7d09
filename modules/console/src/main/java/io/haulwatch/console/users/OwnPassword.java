package io.haulwatch.console.users;

import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.session.Passwords;
import io.haulwatch.console.session.SignInLimits;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Asks somebody who is signed in for his password once more, before he does what a stolen session must not do. All such questions of one
 * user and address, for passwords and for codes, count their failures together; they are forgotten when all of it was right.
 */
public final class OwnPassword {
    private final Passwords passwords;
    private final ScopedDatabase database;
    private final InstantSource clock;
    private final SignInLimits limits = new SignInLimits();

    public OwnPassword(Passwords passwords, ScopedDatabase database, InstantSource clock) {
        this.passwords = passwords;
        this.database = database;
        this.clock = clock;
    }

    /** @throws Refusal if it is another one, or after too many of them */
    void ask(Call call, String said) throws SQLException, InterruptedException {
        SignedIn who = call.user();
        refuseTooMany(call);
        String stored = storedHash(who.userId())
                .orElseThrow(() -> Refusal.ruleBroken(
                        "no-password",
                        "This account has no password: ask an administrator for a link and choose one first."));
        try {
            if (!passwords.verify(stored, said, call.address())) {
                failed(call);
                throw Refusal.ruleBroken("wrong-password", "The current password is another one.");
            }
        } catch (Passwords.Busy e) {
            throw Refusal.unavailable("Too many sign-ins at once; try again in a few seconds.", 2);
        }
    }

    /** All that was asked for was right. A right password alone forgets nothing: codes could be guessed behind it without end. */
    void succeeded(Call call) {
        limits.succeeded(call.user().username(), call.address());
    }

    /** Waits are asked for here by what else somebody says to prove who he is. */
    void refuseTooMany(Call call) {
        Duration wait = limits.waitFor(call.user().username(), call.address(), clock.instant());
        if (!wait.isZero()) {
            throw Refusal.slowDown(
                    "Too many wrong passwords or codes; wait " + (wait.toSeconds() + 1) + " s and try again.",
                    wait.toSeconds() + 1);
        }
    }

    private void failed(Call call) {
        limits.failed(call.user().username(), call.address(), clock.instant());
    }

    /** What answers a wrong code; counts it. */
    Refusal wrongCode(Call call) {
        failed(call);
        return Refusal.ruleBroken(
                "wrong-code", "The code is wrong, was used already or came too late; wait for the next one.");
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
}

package io.haulwatch.console.session;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Signing in with a password, and signing out. */
public final class SessionRoutes {
    private static final int LONGEST_NAME = 64;

    private final Sessions sessions;
    private final Passwords passwords;
    private final Entrance entrance;

    public SessionRoutes(Sessions sessions, Passwords passwords, Entrance entrance) {
        this.sessions = sessions;
        this.passwords = passwords;
        this.entrance = entrance;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/session", Right.PUBLIC, this::signIn),
                Route.get("/api/v1/session", Right.SIGNED_IN, this::current),
                Route.delete("/api/v1/session", Right.SIGNED_IN, entrance::close));
    }

    private Answer signIn(Call call) throws SQLException, InterruptedException {
        String username = call.text("username", 1, LONGEST_NAME);
        String password = call.text("password", 1, PasswordRules.LONGEST);
        boolean remember = call.flag("remember");
        String code = call.optionalText("code", Entrance.LONGEST_CODE);
        entrance.refuseTooMany(username, call);
        SessionTable.User user = sessions.user(username).orElse(null);
        boolean right;
        try {
            right = passwords.verify(user == null ? null : user.passwordHash(), password, call.address());
        } catch (Passwords.Busy e) {
            throw Refusal.unavailable("Too many sign-ins at once; try again in a few seconds.", 2);
        }
        if (user == null || !right) {
            entrance.failed(username, call);
            entrance.note(user == null ? null : user.id(), "session.refused", username, Map.of(), call);
            throw Refusal.signInNeeded("User name or password is wrong.");
        }
        boolean recovery = entrance.askForCode(user.id(), user.username(), code, call);
        Map<String, ?> detail = recovery ? Map.of("by_recovery_code", true) : Map.of();
        return entrance.open(user.id(), username, SignInWay.PASSWORD, remember, call.token(), detail, call)
                .answer();
    }

    private Answer current(Call call) {
        return Answer.json(entrance.view(call.user()));
    }
}

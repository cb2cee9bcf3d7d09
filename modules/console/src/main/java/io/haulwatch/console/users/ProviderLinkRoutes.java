package io.haulwatch.console.users;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.provider.ProviderOptions;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Sessions;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.users.Accounts.Actor;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An administrator says who may sign in as a user through the organisation's provider, and takes that back. */
public final class ProviderLinkRoutes {
    private static final int LONGEST_NAME = 254;

    private final @Nullable ProviderOptions provider;
    private final Accounts accounts;
    private final Sessions sessions;
    private final ScopedDatabase database;
    private final InstantSource clock;

    /** @param provider null without one: then nobody is linked, and links can still be taken away */
    public ProviderLinkRoutes(
            @Nullable ProviderOptions provider,
            Accounts accounts,
            Sessions sessions,
            ScopedDatabase database,
            InstantSource clock) {
        this.provider = provider;
        this.accounts = accounts;
        this.sessions = sessions;
        this.database = database;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/users/:id/provider", Right.ADMINISTER_USERS, this::link),
                Route.delete("/api/v1/users/:id/provider", Right.ADMINISTER_USERS, this::unlink));
    }

    private Answer link(Call call) throws SQLException {
        int id = call.pathId("id");
        ProviderOptions there = provider;
        if (there == null) {
            throw Refusal.ruleBroken(
                    "no-provider", "This installation has no OpenID Connect provider; see oidc.issuer.");
        }
        String name = there.comparable(call.text("name", 1, LONGEST_NAME));
        if (name.isEmpty()
                || name.codePoints().anyMatch(Character::isISOControl)
                || (there.byEmail() && !name.matches("[^@\\s]+@[^@\\s]+"))) {
            throw Refusal.ruleBroken(
                    "provider-no-such-name",
                    "\"name\" is what the claim " + there.claim() + " of the provider's ID token says"
                            + (there.byEmail() ? ": an e-mail address." : "."));
        }
        UserRow user = accounts.one(id).orElseThrow(() -> Accounts.unknown(id));
        if (user.providerName() != null) {
            throw Refusal.ruleBroken("provider-linked", "This user is linked already; unlink first: id=" + id + ".");
        }
        database.write(Accounts.NO_COMPANY, call.user().userId(), connection -> {
            int made = new SqlText(
                            """
                            insert into hw.provider_link (user_id, claim, name, linked_at, linked_by) values (?, ?, ?, ?, ?)
                            on conflict do nothing
                            """,
                            id,
                            there.claim(),
                            name,
                            clock.instant(),
                            call.user().userId())
                    .run(connection);
            if (made == 0) {
                throw Refusal.ruleBroken(
                        "provider-name-taken",
                        "Another user is linked to this; unlink that one first: name=" + name + ".");
            }
            accounts.note(
                    connection,
                    actor(call),
                    "user.provider_link",
                    id,
                    Map.of("username", user.username(), "claim", there.claim(), "name", name));
            return true;
        });
        return Answer.json(201, accounts.one(id).orElseThrow(() -> Accounts.unknown(id)));
    }

    private Answer unlink(Call call) throws SQLException {
        int id = call.pathId("id");
        UserRow user = accounts.one(id).orElseThrow(() -> Accounts.unknown(id));
        database.write(Accounts.NO_COMPANY, call.user().userId(), connection -> {
            String name = new SqlText("delete from hw.provider_link where user_id = ? returning name", id)
                    .first(connection, row -> row.getString(1))
                    .orElseThrow(() -> Refusal.ruleBroken(
                            "provider-not-linked", "This user is linked to nobody of the provider: id=" + id + "."));
            int ended = UserSessions.endOfProvider(connection, id);
            accounts.note(
                    connection,
                    actor(call),
                    "user.provider_unlink",
                    id,
                    Map.of("username", user.username(), "name", name, "sessions_ended", ended));
            return true;
        });
        sessions.forget(id);
        return Answer.json(accounts.one(id).orElseThrow(() -> Accounts.unknown(id)));
    }

    private static Actor actor(Call call) {
        return new Actor(call.user().userId(), call.address());
    }
}

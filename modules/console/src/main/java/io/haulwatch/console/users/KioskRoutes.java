package io.haulwatch.console.users;

import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.BearerTokens;
import io.haulwatch.console.session.Kiosks;
import io.haulwatch.console.session.Reach;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.users.Accounts.Actor;
import io.haulwatch.store.scope.ScopedDatabase;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Big screens that show the wall without anybody signed in: their tokens are made as those of programs are, and ended at any time. */
public final class KioskRoutes {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SCOPE = 2_000;
    private static final int MOST_DAYS = 365;

    private final Accounts accounts;
    private final BearerTokens tokens;
    private final OwnProof proof;
    private final Supplier<FleetBook> book;
    private final ScopedDatabase database;
    private final SecureRandom random;
    private final InstantSource clock;

    public KioskRoutes(
            Accounts accounts,
            BearerTokens tokens,
            OwnProof proof,
            Supplier<FleetBook> book,
            ScopedDatabase database,
            SecureRandom random,
            InstantSource clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.proof = proof;
        this.book = book;
        this.database = database;
        this.random = random;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/kiosks", Right.ADMINISTER_USERS, this::all),
                Route.post("/api/v1/kiosks", Right.ADMINISTER_USERS, this::make),
                Route.delete("/api/v1/kiosks/:id", Right.ADMINISTER_USERS, this::end));
    }

    private Answer all(Call call) throws SQLException {
        return Answer.json(Map.of(
                "items",
                database.read(
                        Accounts.NO_COMPANY,
                        call.user().userId(),
                        connection -> Kiosks.all(connection, clock.instant()))));
    }

    private Answer make(Call call) throws SQLException, InterruptedException {
        SignedIn who = call.user();
        String name = call.saidInOneLine("name", LONGEST_NAME);
        Reach reach = reach(call.text("scope", 1, LONGEST_SCOPE));
        Instant expiresAt = clock.instant().plus(Duration.ofDays(call.wholeNumber("days", 1, MOST_DAYS)));
        String token = proof.write(call, connection -> {
            String made = Kiosks.make(connection, random, name, reach, who.userId(), clock.instant(), expiresAt)
                    .orElseThrow(() -> Refusal.ruleBroken(
                            "too-many-tokens", "There are at most " + Kiosks.MOST + " big screens; end one first."));
            accounts.note(
                    connection,
                    new Actor(who.userId(), call.address()),
                    "kiosk.make",
                    who.userId(),
                    Map.of("name", name, "scope", reach.text(), "until", expiresAt.toString()));
            return made;
        });
        return Answer.json(201, Map.of("token", token));
    }

    private Answer end(Call call) throws SQLException {
        int id = call.pathId("id");
        SignedIn who = call.user();
        database.write(Accounts.NO_COMPANY, who.userId(), connection -> {
            String name = Kiosks.end(connection, id)
                    .orElseThrow(() -> Refusal.notFound("There is no such big screen: id=" + id + "."));
            accounts.note(
                    connection,
                    new Actor(who.userId(), call.address()),
                    "kiosk.end",
                    who.userId(),
                    Map.of("name", name));
            return true;
        });
        tokens.forgetKiosks();
        return Answer.empty();
    }

    /** Companies must be there: a mistyped number would wait for whoever gets it. */
    private Reach reach(String text) {
        Reach reach = Reach.of(text)
                .orElseThrow(
                        () -> Refusal.badValue("\"scope\" is all, company:1,3 or region:50,5101, as in an account."));
        if (reach instanceof Reach.Companies companies) {
            for (int id : companies.ids()) {
                if (book.get().company(id) == null) {
                    throw Refusal.badValue("There is no such company: company=" + id + ".");
                }
            }
        }
        return reach;
    }
}

package io.haulwatch.console.users;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Reach;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Role;
import io.haulwatch.console.session.Sessions;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.users.Accounts.Actor;
import io.haulwatch.console.users.Accounts.Change;
import io.haulwatch.console.users.Accounts.Invited;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What administrators do: invite, look for, change, disable and reset users, and end their sessions. */
public final class UserRoutes {
    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::word).toList();
    private static final List<String> STATES = List.of("active", "pending", "disabled");
    private static final List<String> LOCALES = List.of("zh-CN", "en");
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SCOPE = 2_100;

    private final Accounts accounts;
    private final Sessions sessions;
    private final ScopedDatabase database;
    private final Supplier<FleetBook> book;
    private final Cursors cursors;
    private final InstantSource clock;

    public UserRoutes(
            Accounts accounts,
            Sessions sessions,
            ScopedDatabase database,
            Supplier<FleetBook> book,
            Cursors cursors,
            InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.database = database;
        this.book = book;
        this.cursors = cursors;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/users", Right.ADMINISTER_USERS, this::list),
                Route.post("/api/v1/users", Right.ADMINISTER_USERS, this::invite),
                Route.get("/api/v1/users/:id", Right.ADMINISTER_USERS, this::one),
                Route.patch("/api/v1/users/:id", Right.ADMINISTER_USERS, this::change),
                Route.post("/api/v1/users/:id/link", Right.ADMINISTER_USERS, this::renewLink),
                Route.get("/api/v1/users/:id/sessions", Right.ADMINISTER_USERS, this::sessionsOf),
                Route.delete("/api/v1/users/:id/sessions", Right.ADMINISTER_USERS, this::endSessions),
                Route.delete("/api/v1/users/:id/sessions/:session", Right.ADMINISTER_USERS, this::endSession));
    }

    private Answer list(Call call) throws SQLException {
        String query = call.search("query");
        String role = call.word("role", ROLES);
        String state = call.word("state", STATES);
        Integer company = call.number("company", 0, Integer.MAX_VALUE);
        int limit = call.limit();
        String listName = call.user().userId() + "|users|" + query + "|" + role + "|" + state + "|" + company;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        Instant now = clock.instant();
        SqlText sql = new SqlText(UserRow.SELECT, now, now).and(UserRow.NO_PHONE);
        if (query != null) {
            String like = SqlText.anywhere(query.toLowerCase(Locale.ROOT));
            sql.and("lower(u.username) like ? or lower(u.display_name) like ?", like, like);
        }
        if (role != null) {
            sql.and("u.role = ?", role);
        }
        if (state != null) {
            sql.and(
                    switch (state) {
                        case "disabled" -> "u.disabled";
                        case "pending" -> "not u.disabled and u.password_hash is null and p.bound_at is null";
                        default -> "not u.disabled and (u.password_hash is not null or p.bound_at is not null)";
                    });
        }
        if (company != null) {
            sql.and(
                    "u.scope like 'company:%' and ?::text = any (string_to_array(substr(u.scope, 9), ','))",
                    Integer.toString(company));
        }
        if (after != null) {
            sql.and("lower(u.username) > lower(?)", after.get(0).textValue());
        }
        sql.add("order by lower(u.username) limit ?", limit + 1);
        List<UserRow> rows = database.read(
                Accounts.NO_COMPANY, call.user().userId(), connection -> sql.list(connection, UserRow::of));
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.username())));
    }

    private Answer one(Call call) throws SQLException {
        int id = call.pathId("id");
        return Answer.json(accounts.one(id).orElseThrow(() -> Accounts.unknown(id)));
    }

    private Answer invite(Call call) throws SQLException {
        String username = call.text("username", 2, LONGEST_NAME).strip();
        String displayName = displayName(call.text("display_name", 1, LONGEST_NAME));
        Role role = role(call.text("role", 1, 20));
        String scope = scope(call.text("scope", 1, LONGEST_SCOPE));
        String locale = call.optionalText("locale", 10);
        return Answer.json(
                201,
                view(accounts.invite(
                        actor(call),
                        username,
                        displayName,
                        role,
                        scope,
                        locale == null ? call.user().locale() : oneOf("locale", locale, LOCALES))));
    }

    private Answer change(Call call) throws SQLException {
        int id = call.pathId("id");
        String displayName = call.optionalText("display_name", LONGEST_NAME);
        String role = call.optionalText("role", 20);
        String scope = call.optionalText("scope", LONGEST_SCOPE);
        String locale = call.optionalText("locale", 10);
        UserRow changed = accounts.change(
                actor(call),
                id,
                new Change(
                        displayName == null ? null : displayName(displayName),
                        role == null ? null : role(role),
                        scope == null ? null : scope(scope),
                        locale == null ? null : oneOf("locale", locale, LOCALES),
                        call.object().has("disabled") ? call.flag("disabled") : null));
        sessions.forget(id);
        return Answer.json(changed);
    }

    private Answer renewLink(Call call) throws SQLException {
        int id = call.pathId("id");
        Invited renewed = accounts.renewLink(actor(call), id);
        sessions.forget(id);
        return Answer.json(201, view(renewed));
    }

    private Answer sessionsOf(Call call) throws SQLException {
        int id = call.pathId("id");
        if (accounts.one(id).isEmpty()) {
            throw Accounts.unknown(id);
        }
        return Answer.json(Map.of(
                "items",
                database.read(
                        Accounts.NO_COMPANY,
                        call.user().userId(),
                        connection ->
                                UserSessions.of(connection, id, call.user().sessionId(), clock.instant()))));
    }

    private Answer endSessions(Call call) throws SQLException {
        int id = call.pathId("id");
        UserRow user = accounts.one(id).orElseThrow(() -> Accounts.unknown(id));
        database.write(Accounts.NO_COMPANY, call.user().userId(), connection -> {
            int ended = UserSessions.endAll(connection, id);
            accounts.note(
                    connection,
                    actor(call),
                    "session.end_all",
                    id,
                    Map.of("username", user.username(), "sessions_ended", ended));
            return ended;
        });
        sessions.forget(id);
        return Answer.empty();
    }

    private Answer endSession(Call call) throws SQLException {
        int id = call.pathId("id");
        int session = call.pathId("session");
        UserRow user = accounts.one(id).orElseThrow(() -> Accounts.unknown(id));
        database.write(Accounts.NO_COMPANY, call.user().userId(), connection -> {
            if (!UserSessions.end(connection, id, session)) {
                throw Refusal.notFound("This user has no such session: session=" + session + ".");
            }
            accounts.note(
                    connection,
                    actor(call),
                    "session.revoke",
                    id,
                    Map.of("username", user.username(), "session", session));
            return true;
        });
        sessions.forget(id);
        return Answer.empty();
    }

    private static Actor actor(Call call) {
        return new Actor(call.user().userId(), call.address());
    }

    private static String displayName(String given) {
        String name = given.strip();
        if (name.isEmpty() || name.codePoints().anyMatch(Character::isISOControl)) {
            throw Refusal.badValue("A name has 1 to 64 characters of one line.");
        }
        return name;
    }

    private static Role role(String word) {
        return Role.of(oneOf("role", word, ROLES));
    }

    private static String oneOf(String name, String value, List<String> words) {
        if (!words.contains(value)) {
            throw Refusal.badValue("\"" + name + "\" must be one of " + String.join(", ", words) + ".");
        }
        return value;
    }

    /** Companies must be there: a mistyped number would wait for whoever gets it. */
    private String scope(String text) {
        if (Reach.of(text).orElse(null) instanceof Reach.Companies companies) {
            for (int id : companies.ids()) {
                if (book.get().company(id) == null) {
                    throw Refusal.badValue("There is no such company: company=" + id + ".");
                }
            }
        }
        return text;
    }

    private static InvitedView view(Invited invited) {
        return new InvitedView(
                invited.user(),
                new LinkView(
                        invited.link().path(),
                        invited.link().purpose(),
                        Json.time(invited.link().expiresAt())));
    }

    /** A user with his link, which no later answer holds again. */
    record InvitedView(UserRow user, LinkView link) {}

    /** @param path to be put behind the console's own address */
    record LinkView(String path, String purpose, @Nullable String expiresAt) {}
}

package io.haulwatch.console.users;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.factor.SecondFactors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.session.ApiTokens;
import io.haulwatch.console.session.PasswordRules;
import io.haulwatch.console.session.Passwords;
import io.haulwatch.console.session.Reach;
import io.haulwatch.console.session.Role;
import io.haulwatch.console.session.Users;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.users.OneTimeLinks.Purpose;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is done to accounts, each act in one transaction with its row of the audit. There is always an administrator who can sign in: the
 * last one is neither disabled nor given another role. For the pages and for the command line.
 */
public final class Accounts {
    /** Where acts of the command line come from. */
    public static final String COMMAND_LINE = "command line";

    static final Scope NO_COMPANY = new Scope.Companies(Set.of());

    private final ScopedDatabase database;
    private final AuditLog audit;
    private final OneTimeLinks links;
    private final InstantSource clock;

    /** Who acts. @param userId 0 for the command line */
    record Actor(int userId, String address) {}

    /** What shall be different; null stays as it is. */
    record Change(
            @Nullable String displayName,
            @Nullable Role role,
            @Nullable String scope,
            @Nullable String locale,
            @Nullable Boolean disabled) {}

    public Accounts(ScopedDatabase database, AuditLog audit, SecureRandom random, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.links = new OneTimeLinks(random);
        this.clock = clock;
    }

    /** For a process without a console. */
    public static Accounts forCommand(ScopedDatabase database) {
        return new Accounts(database, new AuditLog(Json.mapper()), new SecureRandom(), InstantSource.system());
    }

    OneTimeLinks links() {
        return links;
    }

    /** All users in the order of their names, at most some thousands. */
    public List<UserRow> all() throws SQLException {
        Instant now = clock.instant();
        return database.read(
                NO_COMPANY,
                ScopedDatabase.NO_USER,
                connection -> new SqlText(UserRow.SELECT, now, now)
                        .and(UserRow.NO_PHONE)
                        .add("order by lower(u.username) limit 5000")
                        .list(connection, UserRow::of));
    }

    Optional<UserRow> one(int userId) throws SQLException {
        return database.read(NO_COMPANY, ScopedDatabase.NO_USER, connection -> one(connection, userId));
    }

    /** Makes a user without a password, and the link by which he chooses one. */
    Invited invite(Actor actor, String username, String displayName, Role role, String scope, String locale)
            throws SQLException {
        Users.brokenRule(username, role, scope).ifPresent(rule -> {
            throw Refusal.badValue(rule);
        });
        String reach = Reach.of(scope).orElseThrow().text();
        return database.write(NO_COMPANY, actor.userId, connection -> {
            int id = new SqlText("""
                            insert into hw.app_user (username, display_name, role, scope, locale) values (?, ?, ?, ?, ?)
                            on conflict do nothing returning user_id
                            """, username, displayName, role.word(), reach, locale)
                    .first(connection, row -> row.getInt(1))
                    .orElseThrow(() ->
                            Refusal.ruleBroken("name-taken", "Another user has this name: username=" + username + "."));
            Link link = links.make(connection, id, Purpose.INVITATION, actor.userId, clock.instant());
            note(
                    connection,
                    actor,
                    "user.invite",
                    id,
                    Map.of("username", username, "role", role.word(), "scope", reach));
            return new Invited(one(connection, id).orElseThrow(), link);
        });
    }

    /** Changes a user. Disabling ends his sessions and takes his link away. */
    UserRow change(Actor actor, int userId, Change change) throws SQLException {
        return database.write(NO_COMPANY, actor.userId, connection -> {
            lockAdministrators(connection);
            UserRow before = one(connection, userId).orElseThrow(() -> unknown(userId));
            Role role = change.role == null ? Role.of(before.role()) : change.role;
            String scope = change.scope == null ? before.scope() : change.scope;
            Users.brokenRule(before.username(), role, scope).ifPresent(rule -> {
                throw Refusal.badValue(rule);
            });
            boolean wasDisabled = before.state().equals("disabled");
            boolean disabled = change.disabled == null ? wasDisabled : change.disabled;
            if (before.role().equals(Role.ADMIN.word()) && (disabled || role != Role.ADMIN)) {
                refuseForTheLast(connection, userId);
            }
            String reach = Reach.of(scope).orElseThrow().text();
            Map<String, String> detail = new LinkedHashMap<>();
            detail.put("username", before.username());
            told(detail, "role", before.role(), role.word());
            told(detail, "scope", before.scope(), reach);
            if (change.displayName != null) {
                told(detail, "display_name", before.displayName(), change.displayName);
                new SqlText("update hw.app_user set display_name = ? where user_id = ?", change.displayName, userId)
                        .run(connection);
            }
            String locale = change.locale == null ? before.locale() : change.locale;
            told(detail, "locale", before.locale(), locale);
            new SqlText(
                            "update hw.app_user set role = ?, scope = ?, locale = ?, disabled = ? where user_id = ?",
                            role.word(),
                            reach,
                            locale,
                            disabled,
                            userId)
                    .run(connection);
            if (detail.size() > 1) {
                note(connection, actor, "user.change", userId, detail);
            }
            if (disabled && !wasDisabled) {
                OneTimeLinks.drop(connection, userId);
                UserSessions.endAll(connection, userId);
                ApiTokens.revokeAll(connection, userId);
                note(connection, actor, "user.disable", userId, Map.of("username", before.username()));
            } else if (!disabled && wasDisabled) {
                note(connection, actor, "user.enable", userId, Map.of("username", before.username()));
            }
            return one(connection, userId).orElseThrow();
        });
    }

    /**
     * A new link for a user: the invitation again while he has no password; otherwise his password counts no longer, his sessions end and
     * he chooses another one.
     */
    Invited renewLink(Actor actor, int userId) throws SQLException {
        return database.write(NO_COMPANY, actor.userId, connection -> {
            lockAdministrators(connection);
            UserRow user = one(connection, userId).orElseThrow(() -> unknown(userId));
            if (user.state().equals("disabled")) {
                throw Refusal.ruleBroken(
                        "user-disabled", "A disabled user gets no link; enable him first: id=" + userId + ".");
            }
            if (userId == actor.userId) {
                throw Refusal.ruleBroken("own-password", "Your own password is changed in your own account.");
            }
            boolean first = user.lastSignInAt() == null && user.state().equals("pending");
            Link link = links.make(
                    connection, userId, first ? Purpose.INVITATION : Purpose.RESET, actor.userId, clock.instant());
            new SqlText("update hw.app_user set password_hash = null where user_id = ?", userId).run(connection);
            int ended = UserSessions.endAll(connection, userId);
            ApiTokens.revokeAll(connection, userId);
            note(
                    connection,
                    actor,
                    first ? "user.invite_again" : "user.reset",
                    userId,
                    Map.of("username", user.username(), "sessions_ended", ended));
            return new Invited(one(connection, userId).orElseThrow(), link);
        });
    }

    /** From the command line: a link by which a user chooses another password, empty if there is no such user. */
    public Optional<Link> resetFromCommandLine(String username) throws SQLException {
        Optional<Integer> id = idOf(username);
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(renewLink(new Actor(ScopedDatabase.NO_USER, COMMAND_LINE), id.get())
                        .link());
    }

    /**
     * From the command line: a user's new password, typed there. Ends his sessions and takes his link away.
     *
     * @return false if there is no such user
     * @throws IllegalArgumentException if the password breaks a rule, with the rule as a sentence
     */
    public boolean setPasswordFromCommandLine(String username, String password, Passwords passwords)
            throws SQLException {
        Optional<Integer> id = idOf(username);
        if (id.isEmpty()) {
            return false;
        }
        PasswordRules.broken(username, password).ifPresent(rule -> {
            throw new IllegalArgumentException(rule.sentence());
        });
        String hash = passwords.hash(password);
        return database.write(NO_COMPANY, ScopedDatabase.NO_USER, connection -> {
            OneTimeLinks.drop(connection, id.get());
            setPassword(connection, id.get(), hash);
            int ended = UserSessions.endAll(connection, id.get());
            ApiTokens.revokeAll(connection, id.get());
            note(
                    connection,
                    new Actor(ScopedDatabase.NO_USER, COMMAND_LINE),
                    "user.password",
                    id.get(),
                    Map.of("username", username, "by", COMMAND_LINE, "sessions_ended", ended));
            return true;
        });
    }

    /** Takes a lost second factor away: its owner signs in with the password alone and can set up another. Ends his sessions. */
    void takeFactor(Actor actor, int userId) throws SQLException {
        database.write(NO_COMPANY, actor.userId, connection -> {
            UserRow user = one(connection, userId).orElseThrow(() -> unknown(userId));
            if (!SecondFactors.remove(connection, userId)) {
                throw Refusal.ruleBroken("no-factor", "This user has no second factor: id=" + userId + ".");
            }
            int ended = UserSessions.endAll(connection, userId);
            note(
                    connection,
                    actor,
                    "factor.take_away",
                    userId,
                    Map.of("username", user.username(), "sessions_ended", ended));
            return true;
        });
    }

    /** From the command line: takes a lost second factor away, false if there is no such user. */
    public boolean takeFactorFromCommandLine(String username) throws SQLException {
        Optional<Integer> id = idOf(username);
        if (id.isPresent()) {
            takeFactor(new Actor(ScopedDatabase.NO_USER, COMMAND_LINE), id.get());
        }
        return id.isPresent();
    }

    /** The owner of a link has chosen a password; false if somebody else used the link first. */
    boolean redeem(OneTimeLinks.Owner owner, String token, String passwordHash, String address) throws SQLException {
        return database.write(NO_COMPANY, owner.userId(), connection -> {
            if (!links.spend(connection, token)) {
                return false;
            }
            setPassword(connection, owner.userId(), passwordHash);
            UserSessions.endAll(connection, owner.userId());
            note(
                    connection,
                    new Actor(owner.userId(), address),
                    "user.password",
                    owner.userId(),
                    Map.of("username", owner.username(), "by", owner.purpose()));
            return true;
        });
    }

    /** Somebody has changed his own password; all his sessions but this one end. */
    void changeOwn(int userId, String username, long keptSession, String passwordHash, String address)
            throws SQLException {
        database.write(NO_COMPANY, userId, connection -> {
            OneTimeLinks.drop(connection, userId);
            setPassword(connection, userId, passwordHash);
            int ended = UserSessions.endOthers(connection, userId, keptSession);
            note(
                    connection,
                    new Actor(userId, address),
                    "user.password",
                    userId,
                    Map.of("username", username, "by", "himself", "sessions_ended", ended));
            return true;
        });
    }

    /** Adds a row about a user to the audit. */
    void note(Connection connection, Actor actor, String action, int userId, Map<String, ?> detail)
            throws SQLException {
        Integer who = actor.userId == ScopedDatabase.NO_USER ? null : actor.userId;
        audit.add(connection, who, action, "user:" + userId, detail, actor.address);
    }

    static Refusal unknown(int userId) {
        return Refusal.notFound("There is no such user: id=" + userId + ".");
    }

    private Optional<Integer> idOf(String username) throws SQLException {
        return database.read(
                NO_COMPANY,
                ScopedDatabase.NO_USER,
                connection -> new SqlText("select user_id from hw.app_user where lower(username) = lower(?)", username)
                        .first(connection, row -> row.getInt(1)));
    }

    private Optional<UserRow> one(Connection connection, int userId) throws SQLException {
        Instant now = clock.instant();
        return new SqlText(UserRow.SELECT, now, now)
                .and("u.user_id = ?", userId)
                .first(connection, UserRow::of);
    }

    private static void setPassword(Connection connection, int userId, String hash) throws SQLException {
        new SqlText("update hw.app_user set password_hash = ? where user_id = ?", hash, userId).run(connection);
    }

    /** Two administrators who disable each other at the same moment stand in line here. */
    private static void lockAdministrators(Connection connection) throws SQLException {
        new SqlText("select user_id from hw.app_user where role = 'admin' order by user_id for update")
                .list(connection, row -> row.getInt(1));
    }

    private static void refuseForTheLast(Connection connection, int userId) throws SQLException {
        boolean another = new SqlText(
                        "select 1 from hw.app_user where role = 'admin' and not disabled and password_hash is not null"
                                + " and user_id <> ?",
                        userId)
                .first(connection, row -> true)
                .isPresent();
        if (!another) {
            throw Refusal.ruleBroken(
                    "last-administrator",
                    "The last administrator who can sign in is neither disabled nor given another role.");
        }
    }

    private static void told(Map<String, String> detail, String name, @Nullable String before, String after) {
        if (!after.equals(before)) {
            detail.put(name, after);
            detail.put(name + "_before", before == null ? "" : before);
        }
    }

    /** A user with the one copy of his link. */
    record Invited(UserRow user, Link link) {}
}

package io.haulwatch.console.session;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of users and sessions. A session's token is never stored, only its SHA-256. */
final class SessionTable {
    /** Sessions of one user; the oldest goes when one more begins. A driver has one. */
    private static final int MOST_PER_USER = 20;

    private static final Scope NO_COMPANY = new Scope.Companies(Set.of());

    private final ScopedDatabase database;

    SessionTable(ScopedDatabase database) {
        this.database = database;
    }

    /** A user who may sign in. */
    Optional<User> user(String username) throws SQLException {
        return database.read(NO_COMPANY, ScopedDatabase.NO_USER, connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                    select user_id, username, password_hash, display_name, role, scope, locale
                    from hw.app_user where lower(username) = lower(?) and not disabled
                    """)) {
                query.setString(1, username);
                try (ResultSet rows = query.executeQuery()) {
                    return rows.next()
                            ? Optional.of(new User(
                                    rows.getInt("user_id"),
                                    rows.getString("username"),
                                    rows.getString("password_hash"),
                                    rows.getString("display_name"),
                                    rows.getString("role"),
                                    rows.getString("scope"),
                                    rows.getString("locale")))
                            : Optional.empty();
                }
            }
        });
    }

    /** Begins a session, ends {@code replaced} if there is one and whatever is too many, and clears what is over. */
    void begin(
            byte[] tokenHash,
            byte @Nullable [] replaced,
            int userId,
            SignInWay way,
            String csrf,
            Instant now,
            Instant expiresAt,
            String address)
            throws SQLException {
        database.write(NO_COMPANY, userId, connection -> {
            if (replaced != null) {
                try (PreparedStatement delete =
                        connection.prepareStatement("delete from hw.session where token_hash = ?")) {
                    delete.setBytes(1, replaced);
                    delete.executeUpdate();
                }
            }
            try (PreparedStatement delete = connection.prepareStatement("""
                    delete from hw.session where expires_at < ? or token_hash in
                        (select token_hash from hw.session where user_id = ? order by created_at desc offset ?)
                    """)) {
                delete.setTimestamp(1, Timestamp.from(now));
                delete.setInt(2, userId);
                delete.setInt(3, way == SignInWay.PHONE ? 0 : MOST_PER_USER - 1);
                delete.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into hw.session (token_hash, user_id, csrf, created_at, last_seen_at, expires_at, address, by_provider, factor_vouched)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)) {
                insert.setBytes(1, tokenHash);
                insert.setInt(2, userId);
                insert.setString(3, csrf);
                insert.setTimestamp(4, Timestamp.from(now));
                insert.setTimestamp(5, Timestamp.from(now));
                insert.setTimestamp(6, Timestamp.from(expiresAt));
                insert.setString(7, address);
                insert.setBoolean(8, way.byProvider());
                insert.setBoolean(9, way.vouched());
                insert.executeUpdate();
            }
            try (PreparedStatement update =
                    connection.prepareStatement("update hw.app_user set last_sign_in_at = ? where user_id = ?")) {
                update.setTimestamp(1, Timestamp.from(now));
                update.setInt(2, userId);
                return update.executeUpdate();
            }
        });
    }

    /** The session of a token, if its user may still sign in; its limits are the caller's to check. */
    Optional<SignedIn> find(byte[] tokenHash) throws SQLException {
        return database.read(NO_COMPANY, ScopedDatabase.NO_USER, connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                    select s.session_id, u.user_id, u.username, u.display_name, u.role, u.scope, u.locale,
                        s.csrf, s.created_at, s.last_seen_at, s.expires_at, s.factor_vouched, u.driver_id,
                        exists (select from hw.second_factor f where f.user_id = u.user_id and f.confirmed_at is not null) as factor
                    from hw.session s join hw.app_user u on u.user_id = s.user_id
                    where s.token_hash = ? and not u.disabled
                    """)) {
                query.setBytes(1, tokenHash);
                try (ResultSet rows = query.executeQuery()) {
                    if (!rows.next()) {
                        return Optional.empty();
                    }
                    Instant created = rows.getTimestamp("created_at").toInstant();
                    Instant expires = rows.getTimestamp("expires_at").toInstant();
                    return Optional.of(new SignedIn(
                            rows.getLong("session_id"),
                            rows.getInt("user_id"),
                            rows.getString("username"),
                            rows.getString("display_name"),
                            Role.of(rows.getString("role")),
                            rows.getString("scope"),
                            rows.getString("locale"),
                            rows.getString("csrf"),
                            rows.getTimestamp("last_seen_at").toInstant(),
                            expires,
                            // A remembered session is told apart by its life span; a phone is one person's own.
                            rows.getObject("driver_id") == null
                                    && Duration.between(created, expires).compareTo(Sessions.REMEMBERED) > 0,
                            rows.getBoolean("factor"),
                            rows.getBoolean("factor_vouched"),
                            rows.getObject("driver_id", Integer.class),
                            null));
                }
            }
        });
    }

    /** Whether a user has signed in from an address before. */
    static boolean signedInFrom(Connection connection, int userId, String address) throws SQLException {
        return new SqlText(
                        "select from hw.audit where user_id = ? and action = 'session.begin' and address = ? limit 1",
                        userId,
                        address)
                .first(connection, row -> true)
                .isPresent();
    }

    void seen(byte[] tokenHash, Instant now) throws SQLException {
        database.write(NO_COMPANY, ScopedDatabase.NO_USER, connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update hw.session set last_seen_at = ? where token_hash = ?")) {
                update.setTimestamp(1, Timestamp.from(now));
                update.setBytes(2, tokenHash);
                return update.executeUpdate();
            }
        });
    }

    void end(byte[] tokenHash) throws SQLException {
        database.write(NO_COMPANY, ScopedDatabase.NO_USER, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from hw.session where token_hash = ?")) {
                delete.setBytes(1, tokenHash);
                return delete.executeUpdate();
            }
        });
    }

    /** A row of {@code app_user}. @param passwordHash null while the user has not chosen a password */
    record User(
            int id,
            String username,
            @Nullable String passwordHash,
            @Nullable String displayName,
            String role,
            String scope,
            String locale) {}
}

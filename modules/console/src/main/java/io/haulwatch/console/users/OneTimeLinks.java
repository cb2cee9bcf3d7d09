package io.haulwatch.console.users;

import io.haulwatch.console.sql.SqlText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Links that let one person choose his password, or a driver sign in, once. The link carries 256 random bits behind a {@code #}, so that no browser sends them
 * with the address and no log of a server or proxy has them; the database has their SHA-256. A newer link of a user replaces the older
 * one.
 */
final class OneTimeLinks {
    /** Those by which a password is chosen. */
    static final Set<Purpose> PASSWORDS = EnumSet.of(Purpose.INVITATION, Purpose.RESET);

    private static final int TOKEN_BYTES = 32;
    private static final int TOKEN_LENGTH = 43;

    private final SecureRandom random;

    OneTimeLinks(SecureRandom random) {
        this.random = random;
    }

    /** What a link is for, and how long it is good. */
    enum Purpose {
        /** A new user chooses his first password. */
        INVITATION(Duration.ofDays(3), "/welcome#"),
        /** A user who lost his password chooses another. */
        RESET(Duration.ofDays(1), "/welcome#"),
        /** A driver signs in on his phone. */
        ENTRY(Duration.ofDays(1), "/driver/#entry=");

        final Duration life;
        /** The page that the link leads to, up to the token. */
        private final String page;

        Purpose(Duration life, String page) {
            this.life = life;
            this.page = page;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Makes a user's link; an earlier one is worth nothing from here on. @param by who made it, 0 for the command line */
    Link make(Connection connection, int userId, Purpose purpose, int by, Instant now) throws SQLException {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        drop(connection, userId);
        Instant expiresAt = now.plus(purpose.life);
        new SqlText(
                        "insert into hw.one_time_link (token_hash, user_id, purpose, created_at, created_by, expires_at)"
                                + " values (decode(?, 'hex'), ?, ?, ?, nullif(?, 0), ?)",
                        hash(token),
                        userId,
                        purpose.word(),
                        now,
                        by,
                        expiresAt)
                .run(connection);
        return new Link(purpose.page + token, purpose.word(), expiresAt);
    }

    /**
     * Whose link a token belongs to; nothing for one that is unknown, over, spent, of a user who may not sign in, or of a driver who drives for
     * another company now than the one that made it.
     */
    Optional<Owner> find(Connection connection, String token, Set<Purpose> purposes, Instant now) throws SQLException {
        if (token.length() != TOKEN_LENGTH) {
            return Optional.empty();
        }
        String hash = hash(token);
        return new SqlText("""
                        select encode(l.token_hash, 'hex'), u.user_id, u.username, u.display_name, l.purpose, l.expires_at
                        from hw.one_time_link l join hw.app_user u on u.user_id = l.user_id left join hw.app_user m on m.user_id = l.created_by
                        where l.token_hash = decode(?, 'hex') and l.purpose = any (?) and l.expires_at > ? and not u.disabled
                            and (l.purpose <> 'entry' or not starts_with(coalesce(m.scope, ''), 'company:')
                                or substr(u.scope, 9) = any (string_to_array(substr(m.scope, 9), ',')))
                        """, hash, purposes.stream().map(Purpose::word).toList(), now)
                .first(
                        connection,
                        row -> Map.entry(
                                row.getString(1),
                                new Owner(
                                        row.getInt(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getString(5),
                                        row.getTimestamp(6).toInstant())))
                .filter(found -> sameBytes(found.getKey(), hash))
                .map(Map.Entry::getValue);
    }

    /** Takes the link away; false if somebody else was first. */
    boolean spend(Connection connection, String token) throws SQLException {
        return new SqlText("delete from hw.one_time_link where token_hash = decode(?, 'hex')", hash(token))
                        .run(connection)
                == 1;
    }

    /** Takes a user's link away, if there is one. */
    static void drop(Connection connection, int userId) throws SQLException {
        new SqlText("delete from hw.one_time_link where user_id = ?", userId).run(connection);
    }

    private static boolean sameBytes(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whose a link is. */
    record Owner(int userId, String username, @Nullable String displayName, String purpose, Instant expiresAt) {}
}

package io.haulwatch.console.session;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of big screens that hang where everybody sees them. Such a token is nobody's: it reads the wall's figures and positions of its own
 * companies, learns no plate and no name, and stays when its maker leaves.
 */
public final class Kiosks {
    /** What every token of a big screen begins with. */
    public static final String PREFIX = "hwk_";

    /** Big screens that have a token. */
    public static final int MOST = 50;

    private static final Scope NO_COMPANY = new Scope.Companies(Set.of());

    private Kiosks() {}

    /** A big screen as an administrator sees it. @param lastUsedAt as of about a minute ago, null if it never was */
    public record Row(
            int id,
            String name,
            String scope,
            @Nullable String madeBy,
            String madeAt,
            String expiresAt,
            @Nullable String lastUsedAt,
            @Nullable String lastAddress) {}

    /** Makes a token. @return the one copy of it; empty if there are as many as may be */
    public static Optional<String> make(
            Connection connection,
            SecureRandom random,
            String name,
            Reach reach,
            int userId,
            Instant now,
            Instant expiresAt)
            throws SQLException {
        String token = PREFIX + RandomToken.make(random);
        new SqlText("delete from hw.kiosk where expires_at <= ?", now).run(connection);
        int made = new SqlText("""
                        insert into hw.kiosk (token_hash, name, scope, made_by, made_at, expires_at)
                        select ?, ?, ?, ?, ?, ? where (select count(*) from hw.kiosk) < ?
                        """, RandomToken.hash(token), name, reach.text(), userId, now, expiresAt, MOST)
                .run(connection);
        return made == 1 ? Optional.of(token) : Optional.empty();
    }

    /** Those that are not over, newest first. */
    public static List<Row> all(Connection connection, Instant now) throws SQLException {
        return new SqlText("""
                        select k.kiosk_id, k.name, k.scope, coalesce(u.display_name, u.username) as made_by, k.made_at, k.expires_at,
                            k.last_used_at, k.last_address
                        from hw.kiosk k left join hw.app_user u on u.user_id = k.made_by
                        where k.expires_at > ? order by k.made_at desc, k.kiosk_id desc
                        """, now).list(connection, Kiosks::row);
    }

    /** Ends one. @return its name; empty if there is none */
    public static Optional<String> end(Connection connection, int id) throws SQLException {
        return new SqlText("delete from hw.kiosk where kiosk_id = ? returning name", id)
                .first(connection, row -> row.getString(1));
    }

    static Optional<SignedIn> stored(ScopedDatabase database, byte[] hash) throws SQLException {
        return database.read(
                NO_COMPANY,
                ScopedDatabase.NO_USER,
                connection -> new SqlText(
                                "select name, scope, made_at, expires_at from hw.kiosk where token_hash = ?", hash)
                        .first(connection, Kiosks::signedIn));
    }

    static void used(ScopedDatabase database, byte[] hash, Instant now, String address) throws SQLException {
        database.write(
                NO_COMPANY,
                ScopedDatabase.NO_USER,
                connection -> new SqlText(
                                "update hw.kiosk set last_used_at = ?, last_address = ? where token_hash = ?",
                                now,
                                address,
                                hash)
                        .run(connection));
    }

    /** The role that sees least of people, and of what it may call only what the table of access gives to walls. */
    private static SignedIn signedIn(ResultSet row) throws SQLException {
        return new SignedIn(
                0,
                ScopedDatabase.NO_USER,
                "",
                row.getString("name"),
                Role.REGULATOR,
                row.getString("scope"),
                "zh-CN",
                "",
                row.getTimestamp("made_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                false,
                true,
                false,
                null,
                EnumSet.of(TokenScope.WALL));
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp used = row.getTimestamp("last_used_at");
        return new Row(
                row.getInt("kiosk_id"),
                row.getString("name"),
                row.getString("scope"),
                row.getString("made_by"),
                Json.time(row.getTimestamp("made_at").toInstant()),
                Json.time(row.getTimestamp("expires_at").toInstant()),
                used == null ? null : Json.time(used.toInstant()),
                row.getString("last_address"));
    }
}

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
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of programs. A token reads for its maker: his role and his companies of the moment, and of those only what its scopes name.
 */
public final class ApiTokens {
    /** What every token begins with, so that one in a wrong place is recognised for what it is. */
    public static final String PREFIX = "hwt_";

    /** Tokens of one user. */
    public static final int MOST = 20;

    private static final Scope NO_COMPANY = new Scope.Companies(Set.of());

    private ApiTokens() {}

    /** A token as its maker sees it. @param lastUsedAt as of about a minute ago, null if it never was */
    public record Row(
            int id,
            String name,
            List<String> scopes,
            String createdAt,
            String expiresAt,
            @Nullable String lastUsedAt,
            @Nullable String lastAddress) {}

    /** Makes one. @return the one copy of it; empty if the user has as many as he may */
    public static Optional<String> make(
            Connection connection,
            SecureRandom random,
            int userId,
            String name,
            Collection<TokenScope> scopes,
            Instant now,
            Instant expiresAt)
            throws SQLException {
        String token = PREFIX + RandomToken.make(random);
        new SqlText("delete from hw.api_token where user_id = ? and expires_at <= ?", userId, now).run(connection);
        // Whoever makes two at the same moment stands in line here, so that neither makes one too many.
        new SqlText("select from hw.app_user where user_id = ? for update", userId).first(connection, row -> true);
        int made = new SqlText(
                        """
                        insert into hw.api_token (token_hash, user_id, name, scopes, created_at, expires_at)
                        select ?, ?, ?, ?, ?, ? where (select count(*) from hw.api_token where user_id = ?) < ?
                        """,
                        RandomToken.hash(token),
                        userId,
                        name,
                        scopes.stream().map(TokenScope::word).toList(),
                        now,
                        expiresAt,
                        userId,
                        MOST)
                .run(connection);
        return made == 1 ? Optional.of(token) : Optional.empty();
    }

    /** A user's tokens that are not over, newest first. */
    public static List<Row> of(Connection connection, int userId, Instant now) throws SQLException {
        return new SqlText("""
                        select token_id, name, scopes, created_at, expires_at, last_used_at, last_address from hw.api_token
                        where user_id = ? and expires_at > ? order by created_at desc, token_id desc
                        """, userId, now).list(connection, ApiTokens::row);
    }

    /** Ends one of a user's tokens. @return its name; empty if he has no such token */
    public static Optional<String> revoke(Connection connection, int userId, int tokenId) throws SQLException {
        return new SqlText(
                        "delete from hw.api_token where user_id = ? and token_id = ? returning name", userId, tokenId)
                .first(connection, row -> row.getString(1));
    }

    /** Ends all tokens of a user. @return how many there were */
    public static int revokeAll(Connection connection, int userId) throws SQLException {
        return new SqlText("delete from hw.api_token where user_id = ?", userId).run(connection);
    }

    static Optional<SignedIn> stored(ScopedDatabase database, byte[] hash) throws SQLException {
        return database.read(
                NO_COMPANY,
                ScopedDatabase.NO_USER,
                connection -> new SqlText("""
                        select u.user_id, u.username, u.display_name, u.role, u.scope, u.locale, t.created_at, t.expires_at, t.scopes,
                            exists (select from hw.second_factor f where f.user_id = u.user_id and f.confirmed_at is not null) as factor
                        from hw.api_token t join hw.app_user u on u.user_id = t.user_id
                        where t.token_hash = ? and not u.disabled and u.password_hash is not null
                        """, hash).first(connection, ApiTokens::signedIn));
    }

    private static SignedIn signedIn(ResultSet row) throws SQLException {
        Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
        words(row, "scopes").forEach(word -> TokenScope.of(word).ifPresent(scopes::add));
        return new SignedIn(
                0,
                row.getInt("user_id"),
                row.getString("username"),
                row.getString("display_name"),
                Role.of(row.getString("role")),
                row.getString("scope"),
                row.getString("locale"),
                "",
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                false,
                row.getBoolean("factor"),
                false,
                null,
                scopes);
    }

    static void used(ScopedDatabase database, byte[] hash, Instant now, String address) throws SQLException {
        database.write(
                NO_COMPANY,
                ScopedDatabase.NO_USER,
                connection -> new SqlText(
                                "update hw.api_token set last_used_at = ?, last_address = ? where token_hash = ?",
                                now,
                                address,
                                hash)
                        .run(connection));
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp used = row.getTimestamp("last_used_at");
        return new Row(
                row.getInt("token_id"),
                row.getString("name"),
                words(row, "scopes"),
                Json.time(row.getTimestamp("created_at").toInstant()),
                Json.time(row.getTimestamp("expires_at").toInstant()),
                used == null ? null : Json.time(used.toInstant()),
                row.getString("last_address"));
    }

    private static List<String> words(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }
}

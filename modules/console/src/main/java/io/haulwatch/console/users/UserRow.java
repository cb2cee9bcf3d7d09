package io.haulwatch.console.users;

import io.haulwatch.console.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * A user as administrators see him.
 *
 * @param displayName null for the built-in administrator, whom pages name
 * @param state {@code active}, {@code pending} while he has neither password nor signed in through the provider, or {@code disabled}
 * @param lastSignInAt null if he never signed in
 * @param linkExpiresAt of the one-time link that is out, null without one
 * @param sessions open now
 * @param secondFactor whether he has one
 * @param providerName what the provider's claim says of who may sign in as this user through it, null if nobody may
 * @param providerBoundAt when he first did so; since then nobody else with the same claim may
 */
public record UserRow(
        int id,
        String username,
        @Nullable String displayName,
        String role,
        String scope,
        String locale,
        String state,
        String createdAt,
        @Nullable String lastSignInAt,
        @Nullable String linkExpiresAt,
        int sessions,
        boolean secondFactor,
        @Nullable String providerName,
        @Nullable String providerBoundAt) {

    /** What {@link #of} reads; two parameters are the present moment. */
    static final String SELECT = """
            select u.user_id, u.username, u.display_name, u.role, u.scope, u.locale, u.disabled,
                (u.password_hash is not null or p.bound_at is not null) as ready, u.created_at, p.name as provider_name, p.bound_at, u.last_sign_in_at, l.expires_at,
                (select count(*) from hw.session s where s.user_id = u.user_id and s.expires_at > ?) as sessions,
                exists (select from hw.second_factor f where f.user_id = u.user_id and f.confirmed_at is not null) as factor
            from hw.app_user u left join hw.one_time_link l on l.user_id = u.user_id and l.expires_at > ?
                left join hw.provider_link p on p.user_id = u.user_id where true
            """;

    /** Drivers' accounts make themselves and are no work of an administrator: the register says who they are. */
    static final String NO_PHONE = "u.driver_id is null";

    static UserRow of(ResultSet row) throws SQLException {
        return new UserRow(
                row.getInt("user_id"),
                row.getString("username"),
                row.getString("display_name"),
                row.getString("role"),
                row.getString("scope"),
                row.getString("locale"),
                row.getBoolean("disabled") ? "disabled" : row.getBoolean("ready") ? "active" : "pending",
                Json.time(row.getTimestamp("created_at").toInstant()),
                time(row.getTimestamp("last_sign_in_at")),
                time(row.getTimestamp("expires_at")),
                row.getInt("sessions"),
                row.getBoolean("factor"),
                row.getString("provider_name"),
                time(row.getTimestamp("bound_at")));
    }

    private static @Nullable String time(@Nullable Timestamp moment) {
        return moment == null ? null : Json.time(moment.toInstant());
    }
}

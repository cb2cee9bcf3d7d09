package io.haulwatch.console.provider;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose account somebody of the provider may open. An administrator links an account to a name; the first sign-in with that name binds it to
 * issuer and subject, and from then on only these count, so that a name that is given to somebody else opens nothing.
 */
final class ProviderLinks {
    private static final Scope NO_COMPANY = new Scope.Companies(Set.of());

    private final ScopedDatabase database;
    private final AuditLog audit;

    ProviderLinks(ScopedDatabase database, AuditLog audit) {
        this.database = database;
        this.audit = audit;
    }

    /** A user who may enter. */
    record Owner(int userId, String username) {}

    /** Somebody as the provider knows him. @param name what the claim says, empty if it says nothing or nothing that counts */
    record Person(String issuer, String subject, String claim, String name) {}

    private record Row(int userId, String username, boolean disabled, boolean bound) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(row.getInt(1), row.getString(2), row.getBoolean(3), row.getBoolean(4));
        }
    }

    private static final String SELECT = """
            select u.user_id, u.username, u.disabled, p.bound_at is not null
            from hw.provider_link p join hw.app_user u on u.user_id = p.user_id where
            """;

    /**
     * Whose account somebody opens; binds it at the first time.
     *
     * @param unnamed why the name is missing, if it is
     */
    Owner owner(Person person, Cause.@Nullable Refused unnamed, String address, Instant now)
            throws SQLException, Cause.Refused {
        Found found = database.write(NO_COMPANY, ScopedDatabase.NO_USER, connection -> {
            Row bound = bound(connection, person).orElse(null);
            if (bound != null) {
                return bound.disabled ? new Found(bound, Cause.ACCOUNT_DISABLED) : new Found(bound, null);
            }
            Row named = unnamed != null
                    ? null
                    : new SqlText(SELECT)
                            .add("p.claim = ? and p.name = ? for update of p", person.claim, person.name)
                            .first(connection, Row::of)
                            .orElse(null);
            if (named == null) {
                return new Found(null, Cause.NOT_LINKED);
            }
            if (named.bound) {
                return new Found(named, Cause.OTHER_SUBJECT);
            }
            if (named.disabled) {
                return new Found(named, Cause.ACCOUNT_DISABLED);
            }
            new SqlText(
                            "update hw.provider_link set issuer = ?, subject = ?, bound_at = ? where user_id = ?",
                            person.issuer,
                            person.subject,
                            now,
                            named.userId)
                    .run(connection);
            audit.add(
                    connection,
                    named.userId,
                    "user.provider_bind",
                    "user:" + named.userId,
                    Map.of("username", named.username, "name", person.name, "bound_to", person.subject),
                    address);
            return new Found(named, null);
        });
        if (found.why == null && found.row != null) {
            return new Owner(found.row.userId, found.row.username);
        }
        if (found.row == null && unnamed != null) {
            throw unnamed;
        }
        Cause why = found.why == null ? Cause.NOT_LINKED : found.why;
        throw Cause.Refused.of(why, person.name, found.row == null ? null : found.row.userId);
    }

    /** Whether somebody who was let in a moment ago still would be. */
    boolean stands(PendingSignIns.Known known) throws SQLException {
        return database.read(
                NO_COMPANY,
                known.userId(),
                connection -> bound(connection, new Person(known.issuer(), known.subject(), "", ""))
                        .filter(row -> row.userId == known.userId() && !row.disabled)
                        .isPresent());
    }

    private static Optional<Row> bound(Connection connection, Person person) throws SQLException {
        return new SqlText(SELECT)
                .add("p.issuer = ? and p.subject = ?", person.issuer, person.subject)
                .first(connection, Row::of);
    }

    private record Found(@Nullable Row row, @Nullable Cause why) {}
}

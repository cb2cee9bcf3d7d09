package io.haulwatch.console.session;

import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes users with a password that is known already; for the launcher. People are invited, see {@link io.haulwatch.console.users.Accounts}. */
public final class Users {
    private static final Scope NO_COMPANY = new Scope.Companies(Set.of());
    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{N}._@-]{2,64}");

    private final ScopedDatabase database;
    private final Passwords passwords;

    public Users(ScopedDatabase database, Passwords passwords) {
        this.database = database;
        this.passwords = passwords;
    }

    /** Whether there is any user. */
    public boolean any() throws SQLException {
        return database.read(NO_COMPANY, ScopedDatabase.NO_USER, connection -> {
            try (PreparedStatement query = connection.prepareStatement("select exists (select from hw.app_user)");
                    ResultSet rows = query.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        });
    }

    /**
     * Makes a user.
     *
     * @param displayName null for a built-in user, whom pages name
     * @param scope see {@link Reach}
     * @return the user's id, or empty if the name is taken
     * @throws IllegalArgumentException if a value breaks a rule, with the rule as a sentence
     */
    public Optional<Integer> create(
            String username, @Nullable String displayName, String password, Role role, String scope, String locale)
            throws SQLException {
        brokenRule(username, role, scope).ifPresent(rule -> {
            throw new IllegalArgumentException(rule);
        });
        refuseWeak(username, password);
        String hash = passwords.hash(password);
        return database.write(NO_COMPANY, ScopedDatabase.NO_USER, connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into hw.app_user (username, password_hash, display_name, role, scope, locale)
                    values (?, ?, ?, ?, ?, ?) on conflict do nothing returning user_id
                    """)) {
                insert.setString(1, username);
                insert.setString(2, hash);
                insert.setString(3, displayName);
                insert.setString(4, role.word());
                insert.setString(5, scope);
                insert.setString(6, locale);
                try (ResultSet rows = insert.executeQuery()) {
                    return rows.next() ? Optional.of(rows.getInt(1)) : Optional.empty();
                }
            }
        });
    }

    /** What is wrong with a name, or with a scope for a role, as a sentence; empty if nothing is. */
    public static Optional<String> brokenRule(String username, Role role, String scope) {
        if (!USERNAME.matcher(username).matches()) {
            return Optional.of("A user's name has 2 to 64 letters, digits, dots, underscores, at signs or hyphens.");
        }
        if (Reach.of(scope).filter(role::fits).isEmpty()) {
            return Optional.of(
                    "A scope is all, company:<ids> or region:<codes of 2, 4 or 6 digits>; an administrator has all, a "
                            + "company manager companies, a driver one company: role=" + role.word() + ", scope="
                            + scope + ".");
        }
        return Optional.empty();
    }

    private static void refuseWeak(String username, String password) {
        PasswordRules.broken(username, password).ifPresent(rule -> {
            throw new IllegalArgumentException(rule.sentence());
        });
    }
}

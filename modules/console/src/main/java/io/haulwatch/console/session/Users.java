package io.haulwatch.console.session;

import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes users and changes passwords; for the launcher and its commands. */
public final class Users {
    private static final Scope NO_COMPANY = new Scope.Companies(Set.of());
    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{N}._@-]{2,64}");
    private static final Pattern SCOPE = Pattern.compile("all|company:[0-9]{1,9}|region:([0-9]{2}|[0-9]{4}|[0-9]{6})");

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
     * @param scope {@code all}, {@code company:<id>} or {@code region:<2, 4 or 6 digits>}
     * @return the user's id, or empty if the name is taken
     * @throws IllegalArgumentException if a value breaks a rule, with the rule as a sentence
     */
    public Optional<Integer> create(
            String username, String displayName, String password, Role role, String scope, String locale)
            throws SQLException {
        if (!USERNAME.matcher(username).matches()) {
            throw new IllegalArgumentException("A user's name has 2 to 64 letters, digits, dots, at signs or hyphens.");
        }
        if (!SCOPE.matcher(scope).matches() || (role == Role.COMPANY && !scope.startsWith("company:"))) {
            throw new IllegalArgumentException(
                    "A scope is all, company:<id> or region:<2, 4 or 6 digits>, for role company the company: role="
                            + role.word() + ", scope=" + scope);
        }
        if ((role == Role.ADMIN || role == Role.CENTRE) && !scope.equals("all")) {
            throw new IllegalArgumentException("The roles admin and centre have the scope all: scope=" + scope);
        }
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

    /**
     * Gives a user another password and ends all of the user's sessions.
     *
     * @return false if there is no such user
     */
    public boolean changePassword(String username, String password) throws SQLException {
        refuseWeak(username, password);
        String hash = passwords.hash(password);
        return database.write(NO_COMPANY, ScopedDatabase.NO_USER, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                            "update hw.app_user set password_hash = ? where lower(username) = lower(?)");
                    PreparedStatement delete = connection.prepareStatement("""
                            delete from hw.session where user_id in
                                (select user_id from hw.app_user where lower(username) = lower(?))
                            """)) {
                update.setString(1, hash);
                update.setString(2, username);
                delete.setString(1, username);
                delete.executeUpdate();
                return update.executeUpdate() == 1;
            }
        });
    }

    private static void refuseWeak(String username, String password) {
        PasswordRules.broken(username, password).ifPresent(rule -> {
            throw new IllegalArgumentException(rule);
        });
    }
}

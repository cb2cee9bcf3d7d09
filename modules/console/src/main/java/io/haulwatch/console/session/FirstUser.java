package io.haulwatch.console.session;

import io.haulwatch.store.scope.ScopedDatabase;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the user {@code admin} when there is no user at all. There is no default password: it is given, or made here and told once. */
public final class FirstUser {
    /** Name of the first user. */
    public static final String NAME = "admin";

    private static final int GENERATED_BYTES = 15;

    private FirstUser() {}

    /**
     * Makes the first user unless there is one.
     *
     * @param given the password to use, from {@code HAULWATCH_ADMIN_PASSWORD}, or null to have one made
     * @return the password that was made, to be shown once; empty if one was given or a user exists
     * @throws IllegalArgumentException if the given password breaks a rule, with the rule as a sentence
     */
    public static Optional<String> ensure(ScopedDatabase database, @Nullable String given, SecureRandom random)
            throws SQLException {
        try (Passwords passwords = new Passwords(random)) {
            Users users = new Users(database, passwords);
            if (users.any()) {
                return Optional.empty();
            }
            String password = given == null || given.isEmpty() ? generate(random) : given;
            boolean made = users.create(NAME, null, password, Role.ADMIN, "all", "zh-CN")
                    .isPresent();
            return made && !password.equals(given) ? Optional.of(password) : Optional.empty();
        }
    }

    private static String generate(SecureRandom random) {
        byte[] bytes = new byte[GENERATED_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

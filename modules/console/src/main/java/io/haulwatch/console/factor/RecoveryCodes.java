package io.haulwatch.console.factor;

import io.haulwatch.console.sql.SqlText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Codes for the day on which the telephone is gone: ten of them, each good once, shown once. A code has 80 random bits, so that its hash
 * needs no slowness against guessing.
 */
final class RecoveryCodes {
    static final int NUMBER = 10;
    private static final int BYTES = 10;
    private static final int GROUP = 4;

    private RecoveryCodes() {}

    /** New codes in the place of all earlier ones. */
    static List<String> renew(Connection connection, int userId, SecureRandom random) throws SQLException {
        new SqlText("delete from hw.recovery_code where user_id = ?", userId).run(connection);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < NUMBER; i++) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            String code = Totp.base32(bytes);
            new SqlText("insert into hw.recovery_code (user_id, code_hash) values (?, ?)", userId, hash(userId, code))
                    .run(connection);
            codes.add(code.replaceAll("(.{" + GROUP + "})(?!$)", "$1-"));
        }
        return codes;
    }

    /** Takes a code away; false if it is none of the user's, or was used. @param said without spaces and hyphens */
    static boolean spend(Connection connection, int userId, String said) throws SQLException {
        return new SqlText(
                                "delete from hw.recovery_code where user_id = ? and code_hash = ?",
                                userId,
                                hash(userId, said.toUpperCase(Locale.ROOT)))
                        .run(connection)
                == 1;
    }

    static int left(Connection connection, int userId) throws SQLException {
        return new SqlText("select count(*) from hw.recovery_code where user_id = ?", userId)
                .first(connection, row -> row.getInt(1))
                .orElse(0);
    }

    private static byte[] hash(int userId, String code) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((userId + ":" + code).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

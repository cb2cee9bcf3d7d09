package io.haulwatch.console.driver;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.secret.SecretBox;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Codes that prove that somebody holds a phone: six digits for five minutes and five tries, one a phone, sealed in the database. */
final class EntryCodes {
    static final Duration LIFE = Duration.ofMinutes(5);
    private static final int TRIES = 5;
    private static final int CODES = 1_000_000;

    private final SecretBox box;
    private final SecureRandom random;

    EntryCodes(SecretBox box, SecureRandom random) {
        this.box = box;
        this.random = random;
    }

    /** A code that waits. */
    record Waiting(String code, Instant expiresAt) {
        /** Never shows the code. */
        @Override
        public String toString() {
            return "Waiting[expiresAt=" + expiresAt + "]";
        }
    }

    /** Makes a phone's code; an earlier one is worth nothing from here on. */
    String make(Connection connection, String phone, Instant now) throws SQLException {
        String code = String.format(Locale.ROOT, "%06d", random.nextInt(CODES));
        new SqlText("delete from hw.entry_code where expires_at < ?", now).run(connection);
        new SqlText("""
                        insert into hw.entry_code (phone, sealed, made_at, expires_at) values (?, ?, ?, ?)
                        on conflict (phone) do update
                            set sealed = excluded.sealed, made_at = excluded.made_at, expires_at = excluded.expires_at, tries = 0
                        """, phone, box.seal(code.getBytes(StandardCharsets.US_ASCII), name(phone)), now, now.plus(LIFE))
                .run(connection);
        return code;
    }

    /** Whether it is the phone's code. A wrong one uses up a try, so the caller's transaction must end well either way. */
    boolean check(Connection connection, String phone, String said, Instant now) throws SQLException {
        byte[] sealed = new SqlText(
                        "select sealed from hw.entry_code where phone = ? and expires_at > ? and tries < ? for update",
                        phone,
                        now,
                        TRIES)
                .first(connection, row -> row.getBytes(1))
                .orElse(null);
        if (sealed == null) {
            return false;
        }
        boolean right = box.open(sealed, name(phone))
                .filter(code -> MessageDigest.isEqual(code, said.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        if (!right) {
            new SqlText("update hw.entry_code set tries = tries + 1 where phone = ?", phone).run(connection);
        }
        return right;
    }

    /** Takes a phone's code away. */
    void spend(Connection connection, String phone) throws SQLException {
        new SqlText("delete from hw.entry_code where phone = ?", phone).run(connection);
    }

    /** The code that waits for a phone; empty without one that still opens. */
    Optional<Waiting> waiting(Connection connection, String phone, Instant now) throws SQLException {
        return new SqlText(
                        "select sealed, expires_at from hw.entry_code where phone = ? and expires_at > ? and tries < ?",
                        phone,
                        now,
                        TRIES)
                .first(connection, row -> {
                    Instant expiresAt = row.getTimestamp(2).toInstant();
                    return box.open(row.getBytes(1), name(phone))
                            .map(code -> new Waiting(new String(code, StandardCharsets.US_ASCII), expiresAt));
                })
                .flatMap(found -> found);
    }

    /** A code that is moved to another phone's row opens nothing. */
    private static String name(String phone) {
        return "entry:" + phone;
    }
}

package io.haulwatch.console.factor;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.secret.SecretBox;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second factors of accounts. Each method is a part of its caller's transaction. A code counts once: the step that it belongs to is
 * taken in the row before anything is granted, so that two who say the same code at the same moment are one too many.
 */
public final class SecondFactors {
    /** Between the picture of a secret and its first code. */
    public static final Duration TO_CONFIRM = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);
    private static final String ISSUER = "Haulwatch";
    private static final Pattern BETWEEN = Pattern.compile("[\\s-]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{6}");

    private final SecretBox box;
    private final SecureRandom random;

    public SecondFactors(SecretBox box, SecureRandom random) {
        this.box = box;
        this.random = random;
    }

    /** What somebody has. @param recoveryCodes that are not used yet */
    public record State(Instant since, int recoveryCodes) {}

    /** A secret that waits for its first code. @param uri what the picture says, as authenticator applications read it */
    public record Begun(String secret, String uri) {}

    /** What became of a code. @param recovery whether it was a recovery code */
    public record Said(boolean accepted, boolean recovery) {
        private static final Said WRONG = new Said(false, false);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(
            byte[] sealed, Instant begunAt, @Nullable Instant confirmedAt, long lastStep) {}

    /** A user's factor that counts; empty without one. */
    public Optional<State> state(Connection connection, int userId) throws SQLException {
        Instant since = kept(connection, userId).map(Kept::confirmedAt).orElse(null);
        return since == null ? Optional.empty() : Optional.of(new State(since, RecoveryCodes.left(connection, userId)));
    }

    /** Makes a secret, in the place of one that was never confirmed; empty if the user has a factor already. */
    public Optional<Begun> begin(Connection connection, int userId, String username, Instant now) throws SQLException {
        byte[] secret = Totp.newSecret(random);
        int made = new SqlText("""
                        insert into hw.second_factor (user_id, secret, begun_at) values (?, ?, ?)
                        on conflict (user_id) do update set secret = excluded.secret, begun_at = excluded.begun_at, last_step = -1
                            where second_factor.confirmed_at is null
                        """, userId, box.seal(secret, name(userId)), now).run(connection);
        String text = Totp.base32(secret);
        return made == 0 ? Optional.empty() : Optional.of(new Begun(text, uri(username, text)));
    }

    /** Lets the secret count from its first code on. @return recovery codes; empty if the code is wrong or comes too late */
    public Optional<List<String>> confirm(Connection connection, int userId, String said, Instant now)
            throws SQLException {
        Kept kept = kept(connection, userId).orElse(null);
        if (kept == null
                || kept.confirmedAt != null
                || now.isAfter(kept.begunAt.plus(TO_CONFIRM))
                || !takeStep(connection, userId, kept, bare(said), now)) {
            return Optional.empty();
        }
        new SqlText("update hw.second_factor set confirmed_at = ? where user_id = ?", now, userId).run(connection);
        return Optional.of(RecoveryCodes.renew(connection, userId, random));
    }

    /** Checks a code of the authenticator or a recovery code, and uses it up. */
    public Said check(Connection connection, int userId, String said, Instant now) throws SQLException {
        Kept kept = kept(connection, userId).orElse(null);
        if (kept == null || kept.confirmedAt == null) {
            return Said.WRONG;
        }
        String bare = bare(said);
        if (DIGITS.matcher(bare).matches()) {
            return new Said(takeStep(connection, userId, kept, bare, now), false);
        }
        return RecoveryCodes.spend(connection, userId, bare) ? new Said(true, true) : Said.WRONG;
    }

    /** Whether a user without a factor goes on, or one with a factor says a code that is right, which is used up. */
    public boolean passes(Connection connection, int userId, @Nullable String said, Instant now) throws SQLException {
        return state(connection, userId).isEmpty()
                || (said != null && check(connection, userId, said, now).accepted());
    }

    /** New recovery codes in the place of all earlier ones. */
    public List<String> renewRecovery(Connection connection, int userId) throws SQLException {
        return RecoveryCodes.renew(connection, userId, random);
    }

    /** Takes a factor away, and one that was only begun; false if there was none that counted. */
    public static boolean remove(Connection connection, int userId) throws SQLException {
        return new SqlText("delete from hw.second_factor where user_id = ? returning confirmed_at is not null", userId)
                .first(connection, row -> row.getBoolean(1))
                .orElse(false);
    }

    private boolean takeStep(Connection connection, int userId, Kept kept, String said, Instant now)
            throws SQLException {
        byte[] secret = box.open(kept.sealed, name(userId)).orElse(null);
        if (secret == null) {
            LOG.error(
                    "the second factor of userId={} was sealed with another key: restore keys/{} or take the factor away",
                    userId,
                    SecretBox.FILE_NAME);
            return false;
        }
        OptionalLong step = Totp.accepted(secret, said, now, kept.lastStep);
        return step.isPresent()
                && new SqlText(
                                        "update hw.second_factor set last_step = ? where user_id = ? and last_step < ?",
                                        step.getAsLong(),
                                        userId,
                                        step.getAsLong())
                                .run(connection)
                        == 1;
    }

    private static Optional<Kept> kept(Connection connection, int userId) throws SQLException {
        return new SqlText(
                        "select secret, begun_at, confirmed_at, last_step from hw.second_factor where user_id = ?",
                        userId)
                .first(connection, row -> {
                    Timestamp confirmed = row.getTimestamp(3);
                    return new Kept(
                            row.getBytes(1),
                            row.getTimestamp(2).toInstant(),
                            confirmed == null ? null : confirmed.toInstant(),
                            row.getLong(4));
                });
    }

    private static String bare(String said) {
        return BETWEEN.matcher(said).replaceAll("");
    }

    private static String name(int userId) {
        return "second-factor:" + userId;
    }

    private static String uri(String username, String secret) {
        String label = URLEncoder.encode(ISSUER + ":" + username, StandardCharsets.UTF_8)
                .replace("+", "%20");
        return "otpauth://totp/" + label + "?secret=" + secret + "&issuer=" + ISSUER;
    }
}

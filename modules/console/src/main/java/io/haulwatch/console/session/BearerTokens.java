package io.haulwatch.console.session;

import io.haulwatch.store.scope.ScopedDatabase;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the tokens speak for that are shown in a session's place, by programs and by big screens. What was found is believed for some seconds. A token
 * of 256 bits is not guessed, so a right one always opens and only failures are limited, for each address.
 */
public final class BearerTokens {
    private static final Logger LOG = LoggerFactory.getLogger(BearerTokens.class);
    private static final Pattern SHAPE =
            Pattern.compile("(" + ApiTokens.PREFIX + "|" + Kiosks.PREFIX + ")[A-Za-z0-9_-]{43}");
    private static final Duration BELIEVED = Duration.ofSeconds(5);
    private static final Duration TOLD_STEP = Duration.ofSeconds(60);
    private static final int CACHE = 10_000;
    private static final String ANY_TOKEN = "api token";

    private final ScopedDatabase database;
    private final InstantSource clock;
    private final SignInLimits limits = new SignInLimits();
    private final Map<ByteBuffer, Cached> cache = new ConcurrentHashMap<>();

    public BearerTokens(ScopedDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Cached(SignedIn who, Instant readAt, Instant toldAt) {}

    /** For whom a token speaks, of a program or of a big screen, or null: unknown, over, revoked, or of a user who may not sign in. */
    public @Nullable SignedIn find(String token, String address) throws SQLException {
        if (!SHAPE.matcher(token).matches()) {
            return null;
        }
        byte[] hash = RandomToken.hash(token);
        ByteBuffer key = ByteBuffer.wrap(hash);
        Instant now = clock.instant();
        Cached known = cache.get(key);
        if (known == null || known.readAt.plus(BELIEVED).isBefore(now)) {
            SignedIn stored =
                    (isKiosk(token) ? Kiosks.stored(database, hash) : ApiTokens.stored(database, hash)).orElse(null);
            if (stored == null) {
                cache.remove(key);
                return null;
            }
            known = new Cached(stored, now, known == null ? Instant.EPOCH : known.toldAt);
        }
        if (!now.isBefore(known.who.expiresAt())) {
            cache.remove(key);
            return null;
        }
        if (known.toldAt.plus(TOLD_STEP).isBefore(now)) {
            try {
                if (isKiosk(token)) {
                    Kiosks.used(database, hash, now, address);
                } else {
                    ApiTokens.used(database, hash, now, address);
                }
            } catch (SQLException e) {
                LOG.debug("the use of a token could not be stored: {}", e.getMessage());
            }
            known = new Cached(known.who, known.readAt, now);
        }
        if (cache.size() >= CACHE) {
            cache.clear();
        }
        cache.put(key, known);
        return known.who;
    }

    /** How long the failures of an address make the next one wait; a right token does not wait. */
    public Duration failed(String address) {
        Instant now = clock.instant();
        Duration wait = limits.waitFor(ANY_TOKEN, address, now);
        if (wait.isZero()) {
            limits.failed(ANY_TOKEN, address, now);
        }
        return wait;
    }

    private static boolean isKiosk(String token) {
        return token.startsWith(Kiosks.PREFIX);
    }

    /** Forgets what was believed of the tokens of big screens. */
    public void forgetKiosks() {
        forget(ScopedDatabase.NO_USER);
    }

    /** Forgets what was believed of a user's tokens. */
    public void forget(int userId) {
        cache.values().removeIf(cached -> cached.who.userId() == userId);
    }
}

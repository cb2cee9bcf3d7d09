package io.haulwatch.console.session;

import io.haulwatch.store.scope.ScopedDatabase;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions on the server. The browser holds 256 random bits; the database their SHA-256. What the database said is believed for a few
 * seconds, and while the database is away for as long as the session itself lives, so that live alarms go on.
 */
public final class Sessions {
    /** A session without calls ends. */
    public static final Duration IDLE = Duration.ofMinutes(30);
    /** A session ends whatever happens. */
    public static final Duration ABSOLUTE = Duration.ofHours(12);
    /** The one limit of a remembered session. */
    public static final Duration REMEMBERED = Duration.ofHours(8);
    /** The one limit of a session on a driver's phone, which is his own. */
    public static final Duration ON_A_PHONE = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration BELIEVED = Duration.ofSeconds(5);
    private static final Duration SEEN_STEP = Duration.ofSeconds(60);
    private static final int CACHE = 10_000;

    private final SessionTable table;
    private final boolean factorRequired;
    private final BooleanSupplier databaseUp;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<ByteBuffer, Cached> cache = new ConcurrentHashMap<>();

    /**
     * Sessions in a database.
     *
     * @param factorRequired whether some roles must have a second factor, see {@link Role#reachesFar}
     * @param databaseUp whether it is worth asking the database again for what is known here
     */
    public Sessions(
            ScopedDatabase database,
            boolean factorRequired,
            BooleanSupplier databaseUp,
            SecureRandom random,
            InstantSource clock) {
        this.table = new SessionTable(database);
        this.factorRequired = factorRequired;
        this.databaseUp = databaseUp;
        this.random = random;
        this.clock = clock;
    }

    /** Whether this installation wants a second factor of a role. */
    public boolean needsFactor(Role role) {
        return factorRequired && role.reachesFar();
    }

    /** Whether somebody must set up a second factor before he may do anything else. */
    public boolean owesFactor(SignedIn who) {
        return !who.factor() && !who.vouched() && needsFactor(who.role());
    }

    /** A user who may sign in. */
    Optional<SessionTable.User> user(String username) throws SQLException {
        return table.user(username);
    }

    /**
     * A new session's token; an earlier one of the same browser ends, so that no token survives a sign-in. A driver has one session: his others
     * end.
     */
    Begun begin(int userId, SignInWay way, Duration life, @Nullable String replacedToken, String address)
            throws SQLException {
        String token = RandomToken.make(random);
        String csrf = RandomToken.make(random);
        Instant now = clock.instant();
        byte[] replaced = replacedToken == null ? null : RandomToken.hash(replacedToken);
        table.begin(RandomToken.hash(token), replaced, userId, way, csrf, now, now.plus(life), address);
        if (replaced != null) {
            cache.remove(ByteBuffer.wrap(replaced));
        }
        if (way == SignInWay.PHONE) {
            forget(userId);
        }
        SignedIn session = find(token, true);
        if (session == null) {
            throw new SQLException("the session that was just begun is not there: userId=" + userId);
        }
        return new Begun(token, session);
    }

    /**
     * The live session of a token, or null.
     *
     * @param used whether somebody does something with it now; a socket that only listens does not keep it alive
     * @throws SQLException if the database is away and the session is not known here
     */
    public @Nullable SignedIn find(@Nullable String token, boolean used) throws SQLException {
        if (token == null || token.length() > 128) {
            return null;
        }
        byte[] hash = RandomToken.hash(token);
        ByteBuffer key = ByteBuffer.wrap(hash);
        Instant now = clock.instant();
        Cached cached = cache.get(key);
        if (cached == null || (cached.readAt.plus(BELIEVED).isBefore(now) && databaseUp.getAsBoolean())) {
            try {
                SignedIn stored = table.find(hash).orElse(null);
                if (stored == null) {
                    cache.remove(key);
                    return null;
                }
                Instant lastUsed = cached != null && cached.lastUsed.isAfter(stored.lastSeenAt())
                        ? cached.lastUsed
                        : stored.lastSeenAt();
                cached = new Cached(stored, now, lastUsed);
                if (cache.size() >= CACHE) {
                    cache.clear();
                }
                cache.put(key, cached);
            } catch (SQLException e) {
                if (cached == null) {
                    throw e;
                }
                LOG.debug("the session of userId={} is taken from memory: {}", cached.session.userId(), e.getMessage());
            }
        }
        SignedIn session = cached.session;
        if (!now.isBefore(session.expiresAt()) || (session.idleLimited() && now.isAfter(cached.lastUsed.plus(IDLE)))) {
            cache.remove(key);
            try {
                table.end(hash);
            } catch (SQLException e) {
                LOG.debug("an ended session stays in the table until the next sign-in: {}", e.getMessage());
            }
            return null;
        }
        if (used) {
            boolean tell = cached.lastUsed.plus(SEEN_STEP).isBefore(now);
            cache.put(key, new Cached(session, cached.readAt, now));
            if (tell) {
                try {
                    table.seen(hash, now);
                } catch (SQLException e) {
                    LOG.debug("the use of a session could not be stored: {}", e.getMessage());
                }
            }
        }
        return session;
    }

    /** Forgets what was believed of a user's sessions: his rights have changed or some of them have ended. */
    public void forget(int userId) {
        cache.values().removeIf(cached -> cached.session.userId() == userId);
    }

    /** Ends a session here at once and in the database if it answers. */
    void end(String token) throws SQLException {
        byte[] hash = RandomToken.hash(token);
        cache.remove(ByteBuffer.wrap(hash));
        table.end(hash);
    }

    /** A session with the one copy of its token. */
    record Begun(String token, SignedIn session) {}

    private record Cached(SignedIn session, Instant readAt, Instant lastUsed) {}
}

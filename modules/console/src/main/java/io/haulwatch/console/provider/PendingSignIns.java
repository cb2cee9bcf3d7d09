package io.haulwatch.console.provider;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.haulwatch.console.session.RandomToken;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins under way, each under a token of which only the SHA-256 is kept: sent to the provider and not back yet, or back and waiting for a
 * code. Each is taken out once. Bounded: when there is no room, the oldest of the address that holds most gives way, so that one who
 * begins without end pushes out himself. Forgotten at a restart; people then begin again. Thread-safe.
 */
final class PendingSignIns {
    /** To come back from the provider. */
    static final Duration TO_RETURN = Duration.ofMinutes(10);
    /** To say the code of a second factor. */
    static final Duration TO_SAY_CODE = Duration.ofMinutes(5);

    private final int most;
    private final Map<ByteBuffer, Kept> kept = new LinkedHashMap<>();

    /** @param most that are kept at once */
    PendingSignIns(int most) {
        this.most = most;
    }

    /** What is under way. */
    sealed interface UnderWay {}

    /**
     * Somebody is at the provider.
     *
     * @param browser hash of the token in the cookie of the browser that began
     * @param next path of the page that was wanted
     * @param replacedToken of the session that the browser had, null without one
     */
    record Begun(
            ByteBuffer browser,
            String nonce,
            CodeVerifier verifier,
            String next,
            @Nullable String replacedToken) implements UnderWay {}

    /** The provider has said who it is; a code of our own is still asked. */
    record Known(
            int userId,
            String username,
            String issuer,
            String subject,
            @Nullable String replacedToken) implements UnderWay {}

    private record Kept(UnderWay what, String address, Instant until) {}

    /** How a token is kept. */
    static ByteBuffer hash(String token) {
        return ByteBuffer.wrap(RandomToken.hash(token));
    }

    synchronized void keep(String token, UnderWay what, String address, Instant until, Instant now) {
        if (kept.size() >= most) {
            kept.values().removeIf(one -> !now.isBefore(one.until));
        }
        if (kept.size() >= most) {
            String greediest = greediest();
            ByteBuffer oldest = null;
            for (Map.Entry<ByteBuffer, Kept> entry : kept.entrySet()) {
                if (entry.getValue().address.equals(greediest)) {
                    oldest = entry.getKey();
                    break;
                }
            }
            kept.remove(oldest);
        }
        kept.put(hash(token), new Kept(what, address, until));
    }

    /** What is under way under a token; stays. */
    synchronized <T extends UnderWay> Optional<T> look(String token, Class<T> kind, Instant now) {
        Kept found = kept.get(hash(token));
        return found == null || !now.isBefore(found.until) || !kind.isInstance(found.what)
                ? Optional.empty()
                : Optional.of(kind.cast(found.what));
    }

    /** What is under way under a token; nobody finds it again. */
    synchronized <T extends UnderWay> Optional<T> take(String token, Class<T> kind, Instant now) {
        Optional<T> found = look(token, kind, now);
        kept.remove(hash(token));
        return found;
    }

    synchronized int size() {
        return kept.size();
    }

    private String greediest() {
        Map<String, Integer> held = new HashMap<>();
        String greediest = "";
        int most = 0;
        for (Kept one : kept.values()) {
            int now = held.merge(one.address, 1, Integer::sum);
            if (now > most) {
                most = now;
                greediest = one.address;
            }
        }
        return greediest;
    }
}

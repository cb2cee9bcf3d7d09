package io.haulwatch.console.session;

import io.haulwatch.console.http.ClientAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Slows down guessing. Failures count for the pair of user and address, so that nobody can lock another out by failing on purpose from
 * elsewhere; after some of them each further attempt must wait, a little longer every time. Thread-safe, bounded: the pairs longest
 * unused are forgotten.
 */
public final class SignInLimits {
    private static final int FREE_FAILURES = 5;
    private static final long LONGEST_WAIT_SECONDS = 60;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(30);
    private static final int PAIRS = 20_000;

    private final Map<Pair, Failures> failures = new LinkedHashMap<>(64, 0.75f, true);

    /** How long an attempt must still wait; zero if it may go on. */
    public synchronized Duration waitFor(String username, String address, Instant now) {
        Failures known = failures.get(Pair.of(username, address));
        if (known == null || !now.isBefore(known.notBefore)) {
            return Duration.ZERO;
        }
        return Duration.between(now, known.notBefore);
    }

    /** Counts a failure. */
    public synchronized void failed(String username, String address, Instant now) {
        Pair pair = Pair.of(username, address);
        Failures known = failures.get(pair);
        int count = known == null || known.last.plus(FORGOTTEN_AFTER).isBefore(now) ? 1 : known.count + 1;
        long wait =
                count < FREE_FAILURES ? 0 : Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(20, count - FREE_FAILURES));
        failures.put(pair, new Failures(count, now, now.plusSeconds(wait)));
        if (failures.size() > PAIRS) {
            var oldest = failures.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Forgets the pair's failures. */
    public synchronized void succeeded(String username, String address) {
        failures.remove(Pair.of(username, address));
    }

    private record Pair(String username, String address) {
        static Pair of(String username, String address) {
            return new Pair(username.toLowerCase(Locale.ROOT), ClientAddress.network(address));
        }
    }

    private record Failures(int count, Instant last, Instant notBefore) {}
}

package io.haulwatch.console.driver;

import io.haulwatch.console.http.ClientAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody may ask for codes and guess them. A code costs money and rings a stranger's phone, so they are few for each phone; many phones
 * share one address of a mobile network, so it is given more. Thread-safe, bounded: what was longest unused is forgotten.
 */
final class EntryLimits {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration GAP = Duration.ofMinutes(1);
    private static final int CODES_OF_A_PHONE = 5;
    private static final int CODES_OF_AN_ADDRESS = 20;
    private static final int WRONG_OF_AN_ADDRESS = 60;
    private static final int KEYS = 20_000;

    private final Counted phones = new Counted(CODES_OF_A_PHONE, GAP);
    private final Counted addresses = new Counted(CODES_OF_AN_ADDRESS, Duration.ZERO);
    private final Counted wrong = new Counted(WRONG_OF_AN_ADDRESS, Duration.ZERO);

    /** Asks for a code: zero if it may be made, which is counted then; else how long to wait. */
    synchronized Duration ask(String phone, String address, Instant now) {
        String network = ClientAddress.network(address);
        Duration wait = longer(phones.waitFor(phone, now), addresses.waitFor(network, now));
        if (wait.isZero()) {
            phones.count(phone, now);
            addresses.count(network, now);
        }
        return wait;
    }

    /** How long an address that was wrong too often must wait before it tries again. */
    synchronized Duration waitToTry(String address, Instant now) {
        return wrong.waitFor(ClientAddress.network(address), now);
    }

    /** An address brought a code or a link that was not good. */
    synchronized void wrong(String address, Instant now) {
        wrong.count(ClientAddress.network(address), now);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static final class Counted {
        private final int most;
        private final Duration gap;
        private final Map<String, Deque<Instant>> times = new LinkedHashMap<>(64, 0.75f, true);

        Counted(int most, Duration gap) {
            this.most = most;
            this.gap = gap;
        }

        Duration waitFor(String key, Instant now) {
            Deque<Instant> known = times.get(key);
            if (known == null) {
                return Duration.ZERO;
            }
            // What lies ahead was counted before the clock was set back.
            known.removeIf(at -> at.isAfter(now) || !at.plus(WINDOW).isAfter(now));
            if (known.isEmpty()) {
                times.remove(key);
                return Duration.ZERO;
            }
            Instant free = known.size() < most
                    ? known.getLast().plus(gap)
                    : longest(known.getFirst().plus(WINDOW), known.getLast().plus(gap));
            return free.isAfter(now) ? Duration.between(now, free) : Duration.ZERO;
        }

        private static Instant longest(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }

        void count(String key, Instant now) {
            Deque<Instant> known = times.computeIfAbsent(key, none -> new ArrayDeque<>());
            if (known.size() == most) {
                known.removeFirst();
            }
            known.addLast(now);
            if (times.size() > KEYS) {
                var oldest = times.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }
}

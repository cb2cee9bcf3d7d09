package io.haulwatch.gateway.register;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Terminals that were refused at the door (未登记终端), by phone, so that somebody can tell a truck whose paperwork is late from a stranger.
 * Holds at most {@code capacity} phones; the one that was heard longest ago goes first, and how many went is counted. Forgotten at the next
 * start. Thread-safe; refusals and sign-ons take its lock, reports do not.
 */
public final class RefusedTerminals {
    private final int capacity;
    private final Map<String, Refused> byPhone = new LinkedHashMap<>(16, 0.75f, true);
    private long displaced;

    /** Why a terminal is not let in. */
    public enum Reason {
        /** 0x0100 or 0x0102 of a phone that is not in the register. */
        UNKNOWN_PHONE,
        /** 0x0100 with another plate than the register has. */
        OTHER_PLATE,
        /** 0x0100 of a second device while the first is online. */
        SECOND_DEVICE,
        /** 0x0102 with a code that belongs to nobody. */
        WRONG_CODE,
        /** 0x0102 with the code of an earlier generation. */
        STALE_CODE,
        /** 0x0102 with the code of another terminal. */
        FOREIGN_CODE
    }

    /**
     * A terminal that was refused.
     *
     * @param phone as in the frame header, without leading zeros
     * @param address where it came from last
     * @param reason of the last refusal
     * @param times refusals since the first, at least 1
     * @param firstMillis gateway's clock, ms since 1970 UTC
     * @param lastMillis gateway's clock, ms since 1970 UTC
     * @param said what its last registration said, or null if it only tried to authenticate
     */
    public record Refused(
            String phone,
            String address,
            Reason reason,
            long times,
            long firstMillis,
            long lastMillis,
            @Nullable NewTerminal said) {}

    /** @param capacity most phones remembered, at least 1 */
    public RefusedTerminals(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be positive: capacity=" + capacity);
        }
        this.capacity = capacity;
    }

    /** Notes a refusal. @param said null if it did not register */
    public synchronized void refused(
            String phone, String address, Reason reason, @Nullable NewTerminal said, long nowMillis) {
        Refused before = byPhone.get(phone);
        if (before == null && byPhone.size() == capacity) {
            byPhone.remove(byPhone.keySet().iterator().next());
            displaced++;
        }
        byPhone.put(
                phone,
                new Refused(
                        phone,
                        address,
                        reason,
                        before == null ? 1 : before.times() + 1,
                        before == null ? nowMillis : before.firstMillis(),
                        nowMillis,
                        said == null && before != null ? before.said() : said));
    }

    /** A terminal was let in after all. */
    public synchronized void admitted(String phone) {
        byPhone.remove(phone);
    }

    /** All that are remembered, the one heard last first. */
    public synchronized List<Refused> newestFirst() {
        return byPhone.values().stream()
                .sorted(Comparator.comparingLong(Refused::lastMillis).reversed())
                .toList();
    }

    /** Phones forgotten because too many were remembered. */
    public synchronized long displaced() {
        return displaced;
    }
}

package io.haulwatch.gateway.auth;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failures by key (a source address, a phone) in windows of fixed length. Successes are never counted: thousands of honest
 * trucks share the address of a carrier's NAT. Holds at most {@code capacity} keys, the oldest window goes first. Thread-safe; only
 * failures come here, so the lock is never on the way of an honest terminal.
 *
 * @param <K> with equals and hashCode
 */
public final class FailureLimit<K> {
    private final int limit;
    private final long windowMillis;
    private final int capacity;
    private final Map<K, Window> windows = new LinkedHashMap<>();

    private static final class Window {
        private final long startedMillis;
        private int failures;

        private Window(long startedMillis) {
            this.startedMillis = startedMillis;
        }
    }

    /**
     * @param limit failures in one window that are still borne, at least 1
     * @param capacity most keys remembered, at least 1
     */
    public FailureLimit(int limit, Duration window, int capacity) {
        if (limit < 1 || capacity < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("limit, window and capacity must be positive: limit=" + limit
                    + " window=" + window + " capacity=" + capacity);
        }
        this.limit = limit;
        this.windowMillis = window.toMillis();
        this.capacity = capacity;
    }

    /** Counts a failure. @return whether the key is over its limit now */
    public synchronized boolean failed(K key, long nowMillis) {
        Window window = windows.get(key);
        if (window == null || expired(window, nowMillis)) {
            windows.remove(key);
            makeRoom(nowMillis);
            window = new Window(nowMillis);
            windows.put(key, window);
        }
        if (window.failures < Integer.MAX_VALUE) {
            window.failures++;
        }
        return window.failures > limit;
    }

    /** Whether the key is over its limit. */
    public synchronized boolean over(K key, long nowMillis) {
        Window window = windows.get(key);
        return window != null && !expired(window, nowMillis) && window.failures > limit;
    }

    /** Keys remembered now. */
    public synchronized int size() {
        return windows.size();
    }

    private void makeRoom(long nowMillis) {
        Iterator<Window> oldestFirst = windows.values().iterator();
        while (oldestFirst.hasNext()) {
            if (!expired(oldestFirst.next(), nowMillis) && windows.size() < capacity) {
                return;
            }
            oldestFirst.remove();
        }
    }

    private boolean expired(Window window, long nowMillis) {
        // A clock that was set back must not keep a window open for ever.
        return Math.abs(nowMillis - window.startedMillis) >= windowMillis;
    }
}

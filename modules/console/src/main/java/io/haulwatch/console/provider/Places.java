package io.haulwatch.console.provider;

import java.util.HashMap;
import java.util.Map;

/** How many may wait for the provider at once, so that a slow one holds up nobody else's calls, nor one address everybody's. Thread-safe. */
final class Places {
    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    Places(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Works in a place, which is given back. */
    <T> T within(String address, Work<T> work) throws Cause.Refused {
        take(address);
        try {
            return work.done();
        } finally {
            giveBack(address);
        }
    }

    private synchronized void take(String address) throws Cause.Refused {
        int own = taken.getOrDefault(address, 0);
        if (all >= most || own >= mostOfOne) {
            throw new Cause.Refused(Cause.BUSY, "too many sign-ins at once");
        }
        all++;
        taken.put(address, own + 1);
    }

    private synchronized void giveBack(String address) {
        all--;
        taken.computeIfPresent(address, (key, own) -> own <= 1 ? null : own - 1);
    }

    /** What waits for the provider. */
    @FunctionalInterface
    interface Work<T> {
        T done() throws Cause.Refused;
    }
}

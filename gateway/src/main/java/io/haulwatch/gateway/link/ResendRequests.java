package io.haulwatch.gateway.link;

import io.haulwatch.jt808.frame.SubpackageAssembler.Gap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How often the missing packages of each message were asked for, by the serial of its package 1. One terminal, one thread. */
final class ResendRequests {
    private static final int MOST = 3;

    private final Map<Integer, Request> byFirstSerial = new HashMap<>();

    private record Request(int times, long lastMillis) {}

    /** Whether a message's missing packages should be asked for now; it then counts as asked. */
    boolean due(Gap gap, long nowMillis, long waitMillis) {
        Request last = Objects.requireNonNullElse(byFirstSerial.get(gap.firstSerial()), new Request(0, 0));
        if (last.times() >= MOST || (last.times() > 0 && nowMillis - last.lastMillis() < waitMillis)) {
            return false;
        }
        byFirstSerial.put(gap.firstSerial(), new Request(last.times() + 1, nowMillis));
        return true;
    }

    /** A message is whole. */
    void forget(int firstSerial) {
        byFirstSerial.remove(firstSerial);
    }

    /** Only these are unfinished. */
    void keepOnly(List<Gap> left) {
        byFirstSerial.keySet().removeIf(first -> left.stream().noneMatch(gap -> gap.firstSerial() == first));
    }

    /** Nothing is unfinished. */
    void clear() {
        byFirstSerial.clear();
    }
}

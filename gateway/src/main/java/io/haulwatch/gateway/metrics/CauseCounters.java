package io.haulwatch.gateway.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * One adder for each constant of an enum: a counter with one label whose values are the constants in lower case.
 *
 * @param <E> the causes
 */
public final class CauseCounters<E extends Enum<E>> {
    private final Map<E, LongAdder> adders;

    CauseCounters(Class<E> type) {
        adders = new EnumMap<>(type);
        for (E cause : type.getEnumConstants()) {
            adders.put(cause, new LongAdder());
        }
    }

    /** Counts one. */
    public void count(E cause) {
        count(cause, 1);
    }

    /** Counts several. */
    public void count(E cause, long n) {
        adder(cause).add(n);
    }

    /** Counted so far. */
    public long of(E cause) {
        return adder(cause).sum();
    }

    private LongAdder adder(E cause) {
        return Objects.requireNonNull(adders.get(cause), "every constant has an adder");
    }

    void bind(MeterRegistry registry, String name, String label, String description) {
        adders.forEach((cause, adder) -> FunctionCounter.builder(name, adder, LongAdder::sum)
                .tag(label, cause.name().toLowerCase(Locale.ROOT))
                .description(description)
                .register(registry));
    }
}

package io.haulwatch.analytics.hours;

import io.haulwatch.analytics.rounds.Rounds;
import io.haulwatch.store.track.HourPacker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** Runs the {@link HourPacker} every half minute on a thread of its own. With the database away, hours wait in their tables and days are read row by row. */
public final class HourPacking {
    private static final long EVERY_SECONDS = 30;

    private HourPacking() {}

    /** Starts it. Closed, it ends after the transaction at hand. */
    public static Rounds start(HourPacker packer, MeterRegistry meters, InstantSource clock) {
        Counter packed = Counter.builder("haulwatch.position.hours.packed")
                .description("Hours of a truck packed into one row, those packed again among them")
                .register(meters);
        AtomicInteger waiting = new AtomicInteger();
        Gauge.builder("haulwatch.position.hours.waiting", waiting, AtomicInteger::get)
                .description("Hours of a truck that wait to be packed")
                .strongReference(true)
                .register(meters);
        return Rounds.start("hours", EVERY_SECONDS, EVERY_SECONDS, LoggerFactory.getLogger(HourPacking.class), stop -> {
            HourPacker.Result result = packer.run(clock.instant(), stop);
            packed.increment(result.packed());
            waiting.set(result.waiting());
        });
    }
}

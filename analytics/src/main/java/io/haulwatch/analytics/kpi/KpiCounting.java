package io.haulwatch.analytics.kpi;

import io.haulwatch.analytics.rounds.Rounds;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link KpiJob} on a thread of its own, because the first days of a large fleet take many minutes. It looks every minute; a day is
 * counted when it is due. With the database away, the days before stand.
 */
public final class KpiCounting {
    private static final long FIRST_SECONDS = 40;
    private static final long EVERY_SECONDS = 60;

    private KpiCounting() {}

    /** Starts it. Closed, it ends after the hundred trucks at hand. */
    public static Rounds start(KpiJob job) {
        return Rounds.start(
                "indicators", FIRST_SECONDS, EVERY_SECONDS, LoggerFactory.getLogger(KpiCounting.class), job::run);
    }
}

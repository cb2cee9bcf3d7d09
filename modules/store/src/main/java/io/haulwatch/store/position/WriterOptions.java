package io.haulwatch.store.position;

import io.haulwatch.model.report.FixChecks;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * How the writer works.
 *
 * @param reader name of its offsets in the database and in the log
 * @param retention older positions, by their receive time, are quarantined
 * @param localDay whose midnight ends a day of {@code vehicle_day}
 * @param figuresEvery how often highest keys and daily sums are written; a start reads the log again from there
 * @param maxRows rows of a batch, after which it is full
 * @param maxBytes bytes of a batch, after which it is full
 */
public record WriterOptions(
        String reader, Duration retention, ZoneOffset localDay, Duration figuresEvery, int maxRows, int maxBytes) {
    /** The usual ones. */
    public static final WriterOptions DEFAULTS = new WriterOptions(
            "writer",
            Duration.ofMillis(FixChecks.RETENTION_MILLIS),
            ZoneOffset.ofHours(8),
            Duration.ofSeconds(60),
            10_000,
            8 * 1024 * 1024);

    public WriterOptions {
        if (maxRows < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "a batch holds something: maxRows=" + maxRows + ", maxBytes=" + maxBytes);
        }
    }
}

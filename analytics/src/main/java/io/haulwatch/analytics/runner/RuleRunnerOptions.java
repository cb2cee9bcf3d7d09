package io.haulwatch.analytics.runner;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the rules are run.
 *
 * @param snapshots folder of the snapshots, made if missing
 * @param snapshotInterval least time between two snapshots
 * @param batch records of one partition read before the next has its turn, at least 1
 */
public record RuleRunnerOptions(Path snapshots, Duration snapshotInterval, int batch) {
    public RuleRunnerOptions {
        if (batch < 1) {
            throw new IllegalArgumentException("a batch has at least one record: batch=" + batch);
        }
        if (snapshotInterval.isNegative()) {
            throw new IllegalArgumentException("time is not negative: snapshotInterval=" + snapshotInterval);
        }
    }

    /** The defaults: every 10 s, 2,000 records. */
    public static RuleRunnerOptions in(Path snapshots) {
        return new RuleRunnerOptions(snapshots, Duration.ofSeconds(10), 2_000);
    }
}

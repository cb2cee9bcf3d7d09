package io.haulwatch.log.local;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How a local log is kept.
 *
 * @param directory folder of its own, made if missing
 * @param partitions report partitions, 1..64, fixed when the log is created
 * @param maxAge a block is deleted when every reader has passed it <em>and</em> it is older than this; zero: as soon as every reader
 *     has passed it. A slow reader is never overtaken: then the disk fills to the watermark and terminals keep their reports
 * @param freeSpaceWatermarkBytes appends are refused while the file system has less than this, at least 0. Opening after a crash
 *     and emptying memory need room too, about four times the 128 MB of write-ahead log
 * @param clock time of a block, for {@code maxAge}
 * @param spaceProbe asked every 100 ms
 * @param reopenAfter after an I/O error, how long to wait for recovery before the files are closed and opened again
 */
public record LocalLogOptions(
        Path directory,
        int partitions,
        Duration maxAge,
        long freeSpaceWatermarkBytes,
        InstantSource clock,
        SpaceProbe spaceProbe,
        Duration reopenAfter) {

    public static final long DEFAULT_FREE_SPACE_WATERMARK_BYTES = 512L << 20;
    public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(1);

    public LocalLogOptions {
        if (partitions < 1 || partitions > 64) {
            throw new IllegalArgumentException("partitions must be 1..64: partitions=" + partitions);
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("age limit must not be negative: maxAge=" + maxAge);
        }
        if (freeSpaceWatermarkBytes < 0) {
            throw new IllegalArgumentException(
                    "watermark must not be negative: freeSpaceWatermarkBytes=" + freeSpaceWatermarkBytes);
        }
        if (reopenAfter.isNegative() || reopenAfter.isZero()) {
            throw new IllegalArgumentException("reopen time must be positive: reopenAfter=" + reopenAfter);
        }
    }

    /** The defaults: 4 partitions, 1 hour, 512 MB, the system's clock and file system, reopening after 30 s. */
    public static LocalLogOptions in(Path directory) {
        return new LocalLogOptions(
                directory,
                4,
                DEFAULT_MAX_AGE,
                DEFAULT_FREE_SPACE_WATERMARK_BYTES,
                InstantSource.system(),
                SpaceProbe.ofFileSystem(),
                Duration.ofSeconds(30));
    }

    public LocalLogOptions withPartitions(int count) {
        return new LocalLogOptions(directory, count, maxAge, freeSpaceWatermarkBytes, clock, spaceProbe, reopenAfter);
    }

    public LocalLogOptions withMaxAge(Duration age) {
        return new LocalLogOptions(directory, partitions, age, freeSpaceWatermarkBytes, clock, spaceProbe, reopenAfter);
    }

    public LocalLogOptions withFreeSpaceWatermarkBytes(long bytes) {
        return new LocalLogOptions(directory, partitions, maxAge, bytes, clock, spaceProbe, reopenAfter);
    }

    public LocalLogOptions withClock(InstantSource source) {
        return new LocalLogOptions(
                directory, partitions, maxAge, freeSpaceWatermarkBytes, source, spaceProbe, reopenAfter);
    }

    public LocalLogOptions withSpaceProbe(SpaceProbe probe) {
        return new LocalLogOptions(directory, partitions, maxAge, freeSpaceWatermarkBytes, clock, probe, reopenAfter);
    }

    public LocalLogOptions withReopenAfter(Duration time) {
        return new LocalLogOptions(directory, partitions, maxAge, freeSpaceWatermarkBytes, clock, spaceProbe, time);
    }
}

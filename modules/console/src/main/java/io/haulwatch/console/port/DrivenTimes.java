package io.haulwatch.console.port;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** When drivers drove, by what the rules know of it now: late positions and cards included (行驶时段). Thread-safe. */
@FunctionalInterface
public interface DrivenTimes {
    /** Asks for a driver's last three days; the answer comes when the rules get to it, or never if they stand still. */
    CompletableFuture<List<Drive>> of(int driverId);

    /** A stretch of driving. @param toMillis not included; times are of the device, ms since 1970 UTC */
    record Drive(int vehicleId, long fromMillis, long toMillis) {}
}

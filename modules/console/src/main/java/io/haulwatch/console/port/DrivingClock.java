package io.haulwatch.console.port;

import org.jspecify.annotations.Nullable;

/** How long the driver of a vehicle has been driving without a rest that counts (连续驾驶). Thread-safe. */
@FunctionalInterface
public interface DrivingClock {
    /** The clock of the vehicle's driver, or null while nothing is known. */
    @Nullable
    Clock of(int vehicleId);

    /**
     * One driver's clock.
     *
     * @param continuousSeconds driven since the last rest that counts
     * @param limitSeconds after how much of it the law asks for a rest
     * @param deadlineMillis device time at which the limit is reached if the drive goes on, ms since 1970 UTC
     * @param asOfMillis device time that the figures are of
     */
    record Clock(long continuousSeconds, long limitSeconds, long deadlineMillis, boolean driving, long asOfMillis) {}
}

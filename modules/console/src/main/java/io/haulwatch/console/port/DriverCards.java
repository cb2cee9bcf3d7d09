package io.haulwatch.console.port;

import org.jspecify.annotations.Nullable;

/** Whose card is in which truck now. Thread-safe. */
@FunctionalInterface
public interface DriverCards {
    /** The card in a truck's terminal, or null if there is none. */
    @Nullable
    Card inTruck(int vehicleId);

    /**
     * A card.
     *
     * @param driverId whom the register names by it, or null if nobody
     * @param numberEnd the end of its number, empty if it could not be read
     * @param sinceMillis device time since which it counts, ms since 1970 UTC
     */
    record Card(@Nullable Integer driverId, String numberEnd, long sinceMillis) {}
}

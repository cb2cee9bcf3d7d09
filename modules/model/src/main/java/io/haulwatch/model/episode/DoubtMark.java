package io.haulwatch.model.episode;

/**
 * A stored position that the rules did not believe; it stays in the track, marked.
 *
 * @param hash identity within (vehicle, device time)
 */
public record DoubtMark(int vehicleId, long deviceMillis, long hash, Reason reason) {
    /** Why a fix was not believed. */
    public enum Reason {
        /** Outside the deployment's area or 0/0. */
        RANGE,
        /** Reported speed above what a truck can do. */
        SPEED_RANGE,
        /** Distance over time from the last good fix is above what a truck can do. */
        JUMP,
        /** Change of speed above what a truck can do. */
        ACCELERATION,
        /** Too few satellites. */
        SATELLITES,
        /** GNSS speed stays while the position moves, or the other way round. */
        FROZEN
    }
}

package io.haulwatch.console.port;

/** Newest state of each vehicle, as the live reader of the log sees it. Thread-safe. */
public interface FleetSource {
    /** State bit: connected and heard of lately. */
    int ONLINE = 1;
    /** State bit: moving. */
    int MOVING = 1 << 1;
    /** State bit: ignition (ACC) on. */
    int ACC = 1 << 2;
    /** State bit: the position comes from a valid fix. */
    int FIX_VALID = 1 << 3;
    /** State bit: loaded. */
    int LOADED = 1 << 4;
    /** State bit: inside a zone. */
    int IN_GEOFENCE = 1 << 5;
    /** State bit: the terminal reports a camera fault. */
    int CAMERA_FAULT = 1 << 6;

    /**
     * Calls out once for every vehicle that changed after {@code version} with its newest state; 0 asks for all that is known. A vehicle
     * whose only change is that it went offline counts as changed.
     *
     * @return the version reached, to be given next time; never lower than {@code version}
     */
    long changedSince(long version, Consumer out);

    /** Takes one vehicle's newest state; called on the caller's thread and allocates nothing. */
    @FunctionalInterface
    interface Consumer {
        /**
         * @param latMicrodeg latitude, 10⁻⁶ degrees WGS84, 0 together with the longitude when there is no position
         * @param lonMicrodeg longitude, 10⁻⁶ degrees WGS84
         * @param speedDeciKmh ground speed, 0.1 km/h
         * @param headingDeg 0 to 359, clockwise from north
         * @param stateBits sum of {@link FleetSource}'s bits
         * @param deviceMillis device time of the position, ms since 1970 UTC
         * @param receivedMillis when the gateway got it, ms since 1970 UTC
         */
        void accept(
                int vehicleId,
                int latMicrodeg,
                int lonMicrodeg,
                int speedDeciKmh,
                int headingDeg,
                int stateBits,
                long deviceMillis,
                long receivedMillis);
    }
}

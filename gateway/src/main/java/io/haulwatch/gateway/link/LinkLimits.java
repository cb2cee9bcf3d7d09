package io.haulwatch.gateway.link;

import java.time.Duration;

/**
 * What one connection may do.
 *
 * @param signOn time to authenticate; counted from when a connection is taken in, before which it may have waited in the system's queue
 * @param idle time without a complete frame after which an authenticated connection is closed; at least three heartbeat periods
 * @param foreignFrames frames of other terminals until the connection is closed
 * @param signOnFailures failed attempts, or frames before authentication, until it is closed
 * @param garbage rejected frames since the last good one until it is closed; a tenth of it before authentication
 * @param commandWait wait for the answer to a command that was sent once
 * @param commandRetransmissions times that an unanswered command is sent again
 * @param packageWait silence after which missing sub-packages are asked for
 */
public record LinkLimits(
        Duration signOn,
        Duration idle,
        int foreignFrames,
        int signOnFailures,
        int garbage,
        Duration commandWait,
        int commandRetransmissions,
        Duration packageWait) {
    /** What the product starts with; the heartbeat is taken to be 60 s. */
    public static final LinkLimits DEFAULT = new LinkLimits(
            Duration.ofSeconds(12),
            Duration.ofSeconds(180),
            8,
            5,
            100,
            Duration.ofSeconds(5),
            3,
            Duration.ofSeconds(10));
}

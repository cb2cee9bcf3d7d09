package io.haulwatch.model.episode;

/**
 * A position copied into an episode, so that its evidence outlives the position's retention.
 *
 * @param role which moment of the episode it shows
 * @param deviceMillis device time, ms since 1970 UTC
 * @param bodyHex raw 0x0200 body as the terminal sent it, lower-case hex
 */
public record EvidencePoint(Role role, long deviceMillis, String bodyHex) {
    /** Which moment of the episode a point shows. */
    public enum Role {
        OPENING,
        PEAK,
        CLOSE
    }
}

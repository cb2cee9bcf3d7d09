package io.haulwatch.model.episode;

/** How sure we are. */
public enum Evidence {
    LIVE,
    /** Rests on positions that came in a blind-area upload. */
    BACKFILL,
    /** Rests on a stretch without data. */
    GAP,
    /** Said by the terminal, not seen by the platform. */
    TERMINAL
}

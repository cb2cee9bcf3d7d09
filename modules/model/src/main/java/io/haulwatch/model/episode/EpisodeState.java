package io.haulwatch.model.episode;

/** Life of an episode; its handling by people has words of its own. */
public enum EpisodeState {
    /** The threshold is near; a prompt in the cab, no alarm. */
    PREWARNED,
    OPEN,
    CLOSED,
    /** Closed, and changed afterwards under the same id. */
    AMENDED,
    /** No longer supported; kept with its reason. */
    WITHDRAWN
}

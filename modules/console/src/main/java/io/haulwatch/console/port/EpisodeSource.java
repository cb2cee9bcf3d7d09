package io.haulwatch.console.port;

import io.haulwatch.model.episode.Episode;

/** The stream of episode revisions in order, each with its offset in the log's episode stream. Thread-safe. */
public interface EpisodeSource {
    /**
     * Delivers every revision with an offset above {@code afterOffset} that is still kept, oldest first, then each new one as it
     * comes, until the returned handle is closed. One listener is called by one thread at a time, and never by the thread that
     * subscribes; a listener that blocks holds up itself alone.
     *
     * @param afterOffset -1 for everything that is kept
     */
    Subscription subscribe(long afterOffset, Listener listener);

    /** Offset of the newest revision, -1 while there is none. */
    long newest();

    /** Takes revisions in order. */
    @FunctionalInterface
    interface Listener {
        /** @param offset rises, not always by one */
        void onEpisode(long offset, Episode episode);
    }

    /** A running delivery. */
    interface Subscription extends AutoCloseable {
        /** Ends it; when this returns at most one call to the listener is still under way. */
        @Override
        void close();
    }
}

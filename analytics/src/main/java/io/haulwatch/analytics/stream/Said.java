package io.haulwatch.analytics.stream;

import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;

/** One record of the episode stream. */
public sealed interface Said {
    /** A revision of an episode. */
    record OfEpisode(Episode episode) implements Said {}

    /** A position that the rules did not believe. */
    record OfDoubt(DoubtMark mark) implements Said {}
}

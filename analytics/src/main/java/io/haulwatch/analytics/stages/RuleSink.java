package io.haulwatch.analytics.stages;

import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;

/** What both stages say, on the thread that feeds them. */
public interface RuleSink {
    void episode(Episode revision);

    void doubt(DoubtMark mark);
}

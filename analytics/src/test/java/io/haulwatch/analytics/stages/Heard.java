package io.haulwatch.analytics.stages;

import io.haulwatch.analytics.fleet.Journey;
import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Feeds a journey into both stages and keeps what they say. Doubts are left out: a made-up truck goes from one speed to another at once. */
final class Heard implements RuleSink {
    final List<Episode> said = new ArrayList<>();

    @Override
    public void episode(Episode revision) {
        said.add(revision);
    }

    @Override
    public void doubt(DoubtMark mark) {
        // Nothing that is tested here rests on it.
    }

    static void feed(TwoStages stages, Journey journey) {
        for (byte[] record : journey.records()) {
            if (Journey.isCard(record)) {
                stages.onCard(Journey.card(record));
            } else {
                stages.onPosition(Journey.view(record));
            }
        }
    }

    /** All revisions of a rule's episodes. */
    List<Episode> of(Rule rule) {
        return said.stream().filter(episode -> episode.rule() == rule).toList();
    }

    /** The last revision of each of a rule's episodes that is no prompt. */
    List<Episode> last(Rule rule) {
        Map<UUID, Episode> byId = new LinkedHashMap<>();
        of(rule).forEach(episode -> byId.put(episode.id(), episode));
        return byId.values().stream()
                .filter(episode -> episode.state() != EpisodeState.PREWARNED)
                .toList();
    }
}

package io.haulwatch.rules.fold;

import io.haulwatch.model.episode.Episode;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps the last revision of each episode, whatever the order in which revisions come. Two runs over the same positions settle on the same
 * content even if one was told of silence, or stopped and started, and so said more on the way: {@link #settled} leaves the revision number
 * out for that.
 */
public final class EpisodeFold {
    private final Map<UUID, Episode> last = new HashMap<>();

    /** Takes a revision in; a repeated or an older one changes nothing. */
    public void add(Episode revision) {
        last.merge(revision.id(), revision, (kept, next) -> next.revision() > kept.revision() ? next : kept);
    }

    /** The last revision of each episode, by start and id. */
    public List<Episode> last() {
        return sorted(last.values());
    }

    /** The content of each episode, by start and id; every revision number is 1. */
    public List<Episode> settled() {
        return sorted(last.values().stream().map(EpisodeFold::content).toList());
    }

    /** What an episode says apart from how often it was said. */
    public static Episode content(Episode episode) {
        return episode.said(1, episode.state(), episode.endedBy(), episode.facts());
    }

    private static List<Episode> sorted(Collection<Episode> episodes) {
        return episodes.stream()
                .sorted(Comparator.comparingLong(Episode::startMillis).thenComparing(Episode::id))
                .toList();
    }
}

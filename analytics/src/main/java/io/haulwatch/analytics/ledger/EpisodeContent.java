package io.haulwatch.analytics.ledger;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an episode says, apart from how often and for which reason it was said. */
public final class EpisodeContent {
    /** Fact that gives a revision's reason; no part of the content. */
    public static final String WHY = "why";

    private static final String SILENCE = "silence";

    private EpisodeContent() {}

    /** The same episode as revision {@code revision}. */
    public static Episode revised(Episode episode, int revision, EpisodeState state, @Nullable String why) {
        Map<String, String> facts = new HashMap<>(episode.facts());
        facts.remove(WHY);
        if (why != null) {
            facts.put(WHY, why);
        }
        return episode.said(revision, state, episode.endedBy(), facts);
    }

    /**
     * The episode with everything taken away that depends on when it was said: the revision, its reason, whether it was amended on the
     * way, and silence, which only says that nothing more is known.
     */
    public static Episode canonical(Episode episode) {
        Map<String, String> facts = new HashMap<>(episode.facts());
        facts.remove(WHY);
        boolean silent = SILENCE.equals(episode.endedBy());
        EpisodeState state = switch (episode.state()) {
            case PREWARNED -> EpisodeState.PREWARNED;
            case OPEN -> EpisodeState.OPEN;
            case CLOSED, AMENDED -> silent || episode.endedBy() == null ? EpisodeState.OPEN : EpisodeState.CLOSED;
            case WITHDRAWN -> EpisodeState.WITHDRAWN;
        };
        return episode.said(1, state, silent ? null : episode.endedBy(), facts);
    }

    /** Whether two revisions say the same. */
    public static boolean same(Episode one, Episode other) {
        return canonical(one).equals(canonical(other));
    }
}

package io.haulwatch.analytics.replay;

import io.haulwatch.analytics.clock.DrivingClocks;
import io.haulwatch.analytics.ledger.EpisodeContent;
import io.haulwatch.analytics.stages.RuleSink;
import io.haulwatch.analytics.stages.TwoStages;
import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.report.CardRecord;
import io.haulwatch.model.report.PositionRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One clean pass of positions through both stages, without log, snapshots or ticks: the judge of what a run with crashes stored.
 *
 * <p>Two episodes are the same if all they say is the same apart from revision, its reason, and silence ({@link
 * EpisodeContent#canonical}). One that was withdrawn is as if it had never been.
 */
public final class CleanPass {
    private final Map<UUID, Episode> said;
    private final Map<UUID, Episode> saidAfterSilence;
    private final Set<DoubtMark> doubts;

    private CleanPass(Map<UUID, Episode> said, Map<UUID, Episode> saidAfterSilence, Set<DoubtMark> doubts) {
        this.said = said;
        this.saidAfterSilence = saidAfterSilence;
        this.doubts = doubts;
    }

    /**
     * Runs the rules.
     *
     * @param positions each vehicle's in the order (device time, hash as unsigned); the view may be reused between calls of {@code next}
     */
    public static CleanPass over(Iterator<PositionRecord> positions, ReferenceSet reference) {
        return over(positions, List.of(), reference);
    }

    /**
     * Runs the rules with the drivers' cards.
     *
     * @param cards by device time; one of the same time as a position comes before it
     */
    public static CleanPass over(Iterator<PositionRecord> positions, List<CardRecord> cards, ReferenceSet reference) {
        Map<UUID, Episode> last = new LinkedHashMap<>();
        Set<DoubtMark> doubts = new HashSet<>();
        TwoStages stages = new TwoStages(reference, new DrivingClocks(), new RuleSink() {
            @Override
            public void episode(Episode revision) {
                last.put(revision.id(), revision);
            }

            @Override
            public void doubt(DoubtMark mark) {
                doubts.add(mark);
            }
        });
        Iterator<CardRecord> cardsLeft = cards.iterator();
        CardRecord card = cardsLeft.hasNext() ? cardsLeft.next() : null;
        while (positions.hasNext()) {
            PositionRecord position = positions.next();
            while (card != null && card.millis() <= position.deviceMillis()) {
                stages.onCard(card);
                card = cardsLeft.hasNext() ? cardsLeft.next() : null;
            }
            stages.onPosition(position);
        }
        Map<UUID, Episode> said = canonical(last.values());
        stages.onTick(0, 1, Long.MAX_VALUE);
        return new CleanPass(said, canonical(last.values()), Set.copyOf(doubts));
    }

    private static Map<UUID, Episode> canonical(Collection<Episode> episodes) {
        Map<UUID, Episode> out = new HashMap<>();
        for (Episode episode : episodes) {
            if (episode.state() != EpisodeState.WITHDRAWN) {
                out.put(episode.id(), EpisodeContent.canonical(episode));
            }
        }
        return out;
    }

    /** Last content of each episode that stands, by id, as it is while nobody has fallen silent. */
    public Map<UUID, Episode> episodes() {
        return Map.copyOf(said);
    }

    /** Positions that the rules did not believe. */
    public Set<DoubtMark> doubts() {
        return doubts;
    }

    /** How {@code stored} differs from this pass, a sentence each; empty if it does not. */
    public List<String> differences(Collection<Episode> stored) {
        List<String> out = new ArrayList<>();
        Map<UUID, Episode> there = canonical(stored);
        for (Map.Entry<UUID, Episode> entry : said.entrySet()) {
            Episode found = there.get(entry.getKey());
            if (found == null) {
                out.add("missing: " + entry.getValue());
            } else if (!found.equals(entry.getValue()) && !found.equals(saidAfterSilence.get(entry.getKey()))) {
                out.add("differs: stored " + found + " clean " + entry.getValue());
            }
        }
        for (Map.Entry<UUID, Episode> entry : there.entrySet()) {
            if (!said.containsKey(entry.getKey())) {
                out.add("not in the clean pass: " + entry.getValue());
            }
        }
        return out;
    }
}

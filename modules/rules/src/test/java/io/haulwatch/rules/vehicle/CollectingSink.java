package io.haulwatch.rules.vehicle;

import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps all that was said, in order. */
final class CollectingSink implements VehicleSink {
    final List<Episode> episodes = new ArrayList<>();
    final List<DoubtMark> doubts = new ArrayList<>();
    final List<Said> segments = new ArrayList<>();
    final List<Woken> wakes = new ArrayList<>();
    /** Everything in the order it was said. */
    final List<Object> all = new ArrayList<>();

    record Said(int vehicleId, ActivitySegment segment) {}

    record Woken(int vehicleId, long wakeMillis, long positionMillis) {}

    @Override
    public void episode(Episode revision) {
        episodes.add(revision);
        all.add(revision);
    }

    @Override
    public void doubt(DoubtMark mark) {
        doubts.add(mark);
        all.add(mark);
    }

    @Override
    public void activity(int vehicleId, ActivitySegment segment) {
        segments.add(new Said(vehicleId, segment));
        all.add(segments.getLast());
    }

    @Override
    public void wake(int vehicleId, long wakeMillis, long positionMillis) {
        wakes.add(new Woken(vehicleId, wakeMillis, positionMillis));
        all.add(wakes.getLast());
    }

    /** Revisions of a rule, prompts left out. */
    List<Episode> of(Rule rule) {
        return episodes.stream()
                .filter(episode -> episode.rule() == rule && episode.state() != EpisodeState.PREWARNED)
                .toList();
    }

    List<Episode> prompts() {
        return episodes.stream()
                .filter(episode -> episode.state() == EpisodeState.PREWARNED)
                .toList();
    }

    /** The segments that are left when each replaces the one with its start. */
    List<ActivitySegment> folded() {
        Map<Long, ActivitySegment> byStart = new TreeMap<>();
        segments.forEach(said -> byStart.put(said.segment().fromMillis(), said.segment()));
        return List.copyOf(byStart.values());
    }
}

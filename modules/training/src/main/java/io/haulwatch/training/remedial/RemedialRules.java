package io.haulwatch.training.remedial;

import io.haulwatch.training.remedial.ClosedEpisode.Answered;
import io.haulwatch.training.remedial.RemedialParameters.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Which tasks the alarms of one driver ask for. A function of the episodes that stand and of nothing else: whoever asks again after an appeal gets
 * what is still asked for, and the difference is what is taken back. There is one task for each topic; more triggers make it longer.
 *
 * <p>Three major episodes of speeding within thirty days are one trigger of the two hours, in place of their half hours. They are put together in
 * the order of time, each into one group only.
 */
public record RemedialRules(RemedialParameters parameters) {
    private static final int MAJOR = 3;
    private static final int CRITICAL = 4;

    public static final RemedialRules USUAL = new RemedialRules(RemedialParameters.USUAL);

    private static final Comparator<ClosedEpisode> BY_TIME =
            Comparator.comparing(ClosedEpisode::at).thenComparing(ClosedEpisode::id);

    /**
     * One reason for a task.
     *
     * @param episodes one, or those that ask together, in the order of time
     */
    public record Trigger(List<UUID> episodes, Instant at, boolean full) {
        public Trigger {
            episodes = List.copyOf(episodes);
        }
    }

    /**
     * A task that is wanted.
     *
     * @param demand of all triggers together
     * @param triggers in the order of time, one or more
     */
    public record Task(RemedialTopic topic, Demand demand, List<Trigger> triggers) {
        public Task {
            triggers = List.copyOf(triggers);
        }

        /** The episodes that ask for it, in the order of their ids. */
        public SortedSet<UUID> episodes() {
            SortedSet<UUID> ids = new TreeSet<>();
            triggers.forEach(trigger -> ids.addAll(trigger.episodes()));
            return ids;
        }

        /** Time of the newest trigger: what extends a task has to come after it. */
        public Instant lastAt() {
            return triggers.getLast().at();
        }
    }

    /**
     * The tasks that are wanted now, at most one for each topic.
     *
     * @param episodes closed episodes of one driver, in whatever order; an id counts once
     */
    public List<Task> wanted(Collection<ClosedEpisode> episodes) {
        List<Task> tasks = new ArrayList<>();
        for (RemedialTopic topic : RemedialTopic.values()) {
            task(topic, episodes).ifPresent(tasks::add);
        }
        return tasks;
    }

    private Optional<Task> task(RemedialTopic topic, Collection<ClosedEpisode> all) {
        List<ClosedEpisode> standing = all.stream()
                .filter(episode ->
                        episode.topic() == topic && episode.standing() && episode.answered() != Answered.FULL)
                .distinct()
                .sorted(BY_TIME)
                .toList();
        List<Trigger> triggers = new ArrayList<>();
        for (ClosedEpisode episode : standing) {
            if (episode.severity() == CRITICAL) {
                addUnlessAnswered(triggers, List.of(episode), true);
            }
        }
        addMajor(
                triggers,
                standing.stream().filter(episode -> episode.severity() == MAJOR).toList(),
                topic);
        triggers.sort(Comparator.comparing(Trigger::at)
                .thenComparing(trigger -> trigger.episodes().getFirst()));
        return triggers.stream()
                .map(trigger -> trigger.full() ? parameters.full() : parameters.brief())
                .reduce(Demand::and)
                .map(demand -> new Task(topic, demand, triggers));
    }

    private void addMajor(List<Trigger> triggers, List<ClosedEpisode> major, RemedialTopic topic) {
        int next = 0;
        while (next < major.size()) {
            int end = next + parameters.repeats();
            boolean together = topic == RemedialTopic.SPEEDING
                    && end <= major.size()
                    && Duration.between(major.get(next).at(), major.get(end - 1).at())
                                    .compareTo(parameters.window())
                            <= 0;
            int taken = together ? end : next + 1;
            addUnlessAnswered(triggers, major.subList(next, taken), together);
            next = taken;
        }
    }

    private static void addUnlessAnswered(List<Trigger> triggers, List<ClosedEpisode> episodes, boolean full) {
        if (episodes.stream().anyMatch(episode -> episode.answered() == Answered.NO)) {
            triggers.add(new Trigger(
                    episodes.stream().map(ClosedEpisode::id).toList(),
                    episodes.getLast().at(),
                    full));
        }
    }
}

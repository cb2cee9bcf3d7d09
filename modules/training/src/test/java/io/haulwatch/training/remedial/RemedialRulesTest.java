package io.haulwatch.training.remedial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.training.remedial.ClosedEpisode.Answered;
import io.haulwatch.training.remedial.RemedialParameters.Demand;
import io.haulwatch.training.remedial.RemedialRules.Task;
import io.haulwatch.training.remedial.RemedialRules.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Table of the training sheet §6. */
class RemedialRulesTest {
    private static final Instant FIRST = Instant.parse("2026-09-01T02:00:00Z");
    private static final Demand BRIEF = new Demand(30, 10, 80, 7, false);
    private static final Demand FULL = new Demand(120, 50, 80, 3, true);
    private static final RemedialTopic SPEEDING = RemedialTopic.SPEEDING;

    private static UUID id(int number) {
        return new UUID(7, number);
    }

    private static ClosedEpisode episode(int number, RemedialTopic topic, int severity, int day) {
        return new ClosedEpisode(id(number), topic, severity, FIRST.plus(Duration.ofDays(day)), true, Answered.NO);
    }

    private static ClosedEpisode s3(int number, int day) {
        return episode(number, SPEEDING, 3, day);
    }

    private static ClosedEpisode fallen(ClosedEpisode episode) {
        return new ClosedEpisode(
                episode.id(), episode.topic(), episode.severity(), episode.at(), false, episode.answered());
    }

    private static ClosedEpisode answered(ClosedEpisode episode, Answered by) {
        return new ClosedEpisode(episode.id(), episode.topic(), episode.severity(), episode.at(), true, by);
    }

    private static List<Task> wanted(ClosedEpisode... episodes) {
        return RemedialRules.USUAL.wanted(List.of(episodes));
    }

    private static Demand demand(ClosedEpisode... episodes) {
        List<Task> tasks = wanted(episodes);
        assertThat(tasks).hasSize(1);
        return tasks.getFirst().demand();
    }

    @ParameterizedTest
    @CsvSource({
        "SPEEDING, 1, 0",
        "SPEEDING, 2, 0",
        "SPEEDING, 3, 30",
        "SPEEDING, 4, 120",
        "FATIGUE, 2, 0",
        "FATIGUE, 3, 30",
        "FATIGUE, 4, 120"
    })
    void oneEpisodeAsksByItsSeverity(RemedialTopic topic, int severity, int minutes) {
        List<Task> tasks = wanted(episode(1, topic, severity, 0));
        if (minutes == 0) {
            assertThat(tasks).isEmpty();
        } else {
            Demand demand = minutes == 30 ? BRIEF : FULL;
            assertThat(tasks)
                    .containsExactly(
                            new Task(topic, demand, List.of(new Trigger(List.of(id(1)), FIRST, minutes == 120))));
        }
    }

    @Test
    void threeMajorOnesOfSpeedingWithinThirtyDaysAskForTheTwoHours() {
        assertThat(demand(s3(1, 0), s3(2, 10))).isEqualTo(new Demand(60, 10, 80, 7, false));
        assertThat(demand(s3(1, 0), s3(2, 10), s3(3, 30))).isEqualTo(FULL);
        assertThat(demand(s3(1, 0), s3(2, 10), s3(3, 31))).isEqualTo(new Demand(90, 10, 80, 7, false));
        assertThat(demand(s3(1, 0), s3(2, 10), s3(3, 20), s3(4, 25))).isEqualTo(new Demand(150, 50, 80, 3, true));
        assertThat(demand(s3(1, 0), s3(2, 31), s3(3, 40), s3(4, 50)))
                .as("the last three, whatever came before")
                .isEqualTo(new Demand(150, 50, 80, 3, true));
    }

    @Test
    void threeMajorOnesOfFatigueAreThreeHalfHours() {
        assertThat(demand(
                        episode(1, RemedialTopic.FATIGUE, 3, 0),
                        episode(2, RemedialTopic.FATIGUE, 3, 1),
                        episode(3, RemedialTopic.FATIGUE, 3, 2)))
                .isEqualTo(new Demand(90, 10, 80, 7, false));
    }

    @Test
    void thereIsOneTaskForEachTopicAndMoreTriggersMakeItLonger() {
        List<Task> tasks = wanted(s3(1, 0), episode(2, RemedialTopic.FATIGUE, 4, 1), episode(3, SPEEDING, 4, 2));
        assertThat(tasks).extracting(Task::topic).containsExactly(SPEEDING, RemedialTopic.FATIGUE);
        assertThat(tasks.getFirst().demand()).isEqualTo(new Demand(150, 50, 80, 3, true));
        assertThat(tasks.getFirst().episodes()).containsExactly(id(1), id(3));
        assertThat(tasks.getFirst().lastAt()).isEqualTo(FIRST.plus(Duration.ofDays(2)));
        assertThat(tasks.getLast().demand()).isEqualTo(FULL);
    }

    @Test
    void anEpisodeThatFallsTakesBackWhatOnlyItAskedFor() {
        assertThat(wanted(fallen(s3(1, 0)))).isEmpty();
        assertThat(demand(s3(1, 0), fallen(s3(2, 1)), s3(3, 2))).isEqualTo(new Demand(60, 10, 80, 7, false));
        assertThat(demand(s3(1, 0), fallen(episode(2, SPEEDING, 4, 1)))).isEqualTo(BRIEF);
        assertThat(demand(s3(1, 0), s3(2, 1), s3(3, 2), fallen(s3(4, 3)))).isEqualTo(FULL);
    }

    @Test
    void whatWasAnsweredAsksNoMoreButTheHalfHourCountsStillAmongThree() {
        assertThat(wanted(answered(s3(1, 0), Answered.BRIEF))).isEmpty();
        assertThat(wanted(answered(episode(1, SPEEDING, 4, 0), Answered.FULL))).isEmpty();
        ClosedEpisode[] two = {answered(s3(1, 0), Answered.BRIEF), answered(s3(2, 5), Answered.BRIEF)};
        assertThat(wanted(two)).isEmpty();
        assertThat(demand(two[0], two[1], s3(3, 9))).isEqualTo(FULL);
        assertThat(demand(
                        answered(s3(1, 0), Answered.FULL),
                        answered(s3(2, 5), Answered.FULL),
                        answered(s3(3, 9), Answered.FULL),
                        s3(4, 12)))
                .isEqualTo(BRIEF);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> episode(1, SPEEDING, 5, 0)).hasMessageContaining("severity=5");
        assertThatThrownBy(() -> new Demand(0, 1, 80, 7, false)).hasMessageContaining("minutes=0");
        assertThatThrownBy(() -> new RemedialParameters(BRIEF, FULL, 1, Duration.ZERO))
                .hasMessageContaining("repeats=1");
    }

    private static List<ClosedEpisode> any(Random random) {
        return Stream.generate(() -> new ClosedEpisode(
                        new UUID(random.nextLong(), random.nextLong()),
                        random.nextBoolean() ? SPEEDING : RemedialTopic.FATIGUE,
                        1 + random.nextInt(4),
                        FIRST.plus(Duration.ofHours(random.nextInt(60) * 24L)),
                        random.nextInt(5) != 0,
                        List.of(Answered.NO, Answered.NO, Answered.BRIEF, Answered.FULL)
                                .get(random.nextInt(4))))
                .limit(random.nextInt(14))
                .toList();
    }

    @Test
    void theOrderOfEpisodesDoesNotMatterNorDoesTellingOneTwice() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            List<ClosedEpisode> episodes = any(random);
            List<Task> tasks = RemedialRules.USUAL.wanted(episodes);
            List<ClosedEpisode> shuffled = new ArrayList<>(episodes);
            shuffled.addAll(episodes.subList(0, episodes.size() / 2));
            Collections.shuffle(shuffled, random);
            assertThat(RemedialRules.USUAL.wanted(shuffled)).as("seed %d", seed).isEqualTo(tasks);
        }
    }

    @Test
    void whatFellCountsForNothingAndEveryStandingMajorOneIsAnsweredOnce() {
        for (int seed = 0; seed < 3_000; seed++) {
            List<ClosedEpisode> episodes = any(new Random(seed));
            List<Task> tasks = RemedialRules.USUAL.wanted(episodes);
            List<ClosedEpisode> standing =
                    episodes.stream().filter(ClosedEpisode::standing).toList();
            assertThat(RemedialRules.USUAL.wanted(standing)).as("seed %d", seed).isEqualTo(tasks);
            List<UUID> asking = tasks.stream()
                    .flatMap(task -> task.triggers().stream())
                    .flatMap(trigger -> trigger.episodes().stream())
                    .toList();
            assertThat(asking).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(asking)
                    .as("seed %d", seed)
                    .containsAll(standing.stream()
                            .filter(e -> e.severity() >= 3 && e.answered() == Answered.NO)
                            .map(ClosedEpisode::id)
                            .toList());
        }
    }
}

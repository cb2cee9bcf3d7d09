package io.haulwatch.rules.vehicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.model.report.TickRecord;
import io.haulwatch.rules.fold.EpisodeFold;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stopping and starting, repeats and silence change nothing that is settled. Seeds are in the test's name. */
class RecoveryTest {
    private static final int TRUCKS = 24;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_260_302, 987_654_321})
    void aRunThatIsStoppedAnywhereAndGoesOnFromItsSnapshotSaysTheSame(long seed) throws IOException {
        RandomFleet fleet = new RandomFleet(seed, TRUCKS);
        CollectingSink straight = run(fleet.log, fleet.register);

        CollectingSink resumed = new CollectingSink();
        SplittableRandom random = new SplittableRandom(seed);
        VehicleStage stage = new VehicleStage(fleet.register, resumed);
        for (Object entry : fleet.log) {
            if (random.nextInt(50) == 0) {
                stage = copy(stage, fleet.register, resumed);
            }
            RandomFleet.feed(stage, entry);
        }

        assertThat(straight.of(Rule.SPEEDING)).as("seed=%s", seed).hasSizeGreaterThan(20);
        assertThat(straight.of(Rule.PAPERS)).as("seed=%s", seed).isNotEmpty();
        assertThat(straight.doubts).as("seed=%s", seed).isNotEmpty();
        assertThat(straight.prompts()).as("seed=%s", seed).isNotEmpty();
        assertThat(resumed.all).as("seed=%s", seed).isEqualTo(straight.all);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void aRepeatedRunSaysTheSame(long seed) {
        RandomFleet fleet = new RandomFleet(seed, TRUCKS);

        assertThat(run(fleet.log, fleet.register).all)
                .as("seed=%s", seed)
                .isEqualTo(run(fleet.log, fleet.register).all);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void silenceChangesWhenAThingIsSaidButNotWhatIsSettled(long seed) {
        RandomFleet fleet = new RandomFleet(seed, TRUCKS);
        TickRecord end = new TickRecord(RandomFleet.received(fleet.log.getLast()) + 3_600_000);
        List<Object> withoutTicks = fleet.log.stream()
                .filter(entry -> entry instanceof PositionRecord)
                .collect(Collectors.toList());
        withoutTicks.add(end);

        CollectingSink ticked = run(fleet.log, fleet.register);
        CollectingSink quiet = run(withoutTicks, fleet.register);

        assertThat(ticked.episodes).as("seed=%s", seed).anyMatch(episode -> "silence".equals(episode.endedBy()));
        assertThat(fold(ticked).settled())
                .as("seed=%s", seed)
                .isEqualTo(fold(quiet).settled());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void anIdIsOneEpisodeWithRevisionsWithoutHoles(long seed) {
        RandomFleet fleet = new RandomFleet(seed, TRUCKS);

        run(fleet.log, fleet.register).episodes.stream()
                .collect(Collectors.groupingBy(Episode::id))
                .forEach((id, revisions) -> {
                    for (int i = 0; i < revisions.size(); i++) {
                        assertThat(revisions.get(i).revision())
                                .as("seed=%s id=%s", seed, id)
                                .isEqualTo(i + 1);
                        assertThat(revisions.get(i).startMillis())
                                .isEqualTo(revisions.getFirst().startMillis());
                    }
                });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42, 43})
    void segmentsNeverOverlapAndEpisodesNeverDoWithinARule(long seed) {
        RandomFleet fleet = new RandomFleet(seed, TRUCKS);
        CollectingSink sink = run(fleet.log, fleet.register);

        for (int truck = 0; truck < TRUCKS; truck++) {
            int id = truck;
            CollectingSink own = new CollectingSink();
            sink.segments.stream()
                    .filter(said -> said.vehicleId() == id)
                    .forEach(said -> own.activity(id, said.segment()));
            long end = Long.MIN_VALUE;
            for (ActivitySegment segment : own.folded()) {
                assertThat(segment.fromMillis())
                        .as("seed=%s truck=%s", seed, id)
                        .isGreaterThanOrEqualTo(end);
                end = segment.toMillis();
            }
            for (Rule rule : List.of(Rule.SPEEDING, Rule.PAPERS, Rule.SPEED_SOURCE_MISMATCH)) {
                EpisodeFold fold = new EpisodeFold();
                sink.of(rule).stream()
                        .filter(episode -> episode.vehicleId() == id)
                        .forEach(fold::add);
                long before = Long.MIN_VALUE;
                for (Episode episode : fold.last()) {
                    assertThat(episode.startMillis())
                            .as("seed=%s %s", seed, episode)
                            .isGreaterThanOrEqualTo(before);
                    before = episode.endMillis();
                }
            }
        }
    }

    @Test
    void silenceOfTenMinutesEndsWhatIsOpenAtItsLastPointAndALaterFixGoesOn() {
        CollectingSink sink = new CollectingSink();
        VehicleStage stage = new VehicleStage(ReferenceSet.EMPTY, sink);
        Drive drive = new Drive(17).speeds("09:00:00", 95, 95, 95, 95, 95);
        drive.feed(stage);
        long received = drive.reports.getLast().receivedMillis();

        stage.onTick(17 % 4, 4, received + VehicleStage.SILENCE_MILLIS - 1);
        assertThat(sink.of(Rule.SPEEDING)).hasSize(1);
        stage.onTick(17 % 4 + 1, 4, received + VehicleStage.SILENCE_MILLIS);
        assertThat(sink.of(Rule.SPEEDING)).as("another partition's tick").hasSize(1);
        stage.onTick(17 % 4, 4, received + VehicleStage.SILENCE_MILLIS);
        stage.onTick(17 % 4, 4, received + VehicleStage.SILENCE_MILLIS + 60_000);
        assertThat(sink.of(Rule.SPEEDING)).hasSize(2);
        Episode silent = sink.of(Rule.SPEEDING).getLast();
        assertThat(silent.endedBy()).isEqualTo("silence");
        assertThat(silent.endMillis()).isEqualTo(Drive.at("09:00:40"));

        drive.reports.clear();
        drive.delay = 1_800_000;
        drive.go(95, 95).feed(stage);
        Episode again = sink.of(Rule.SPEEDING).getLast();
        assertThat(again.id()).isEqualTo(silent.id());
        assertThat(again.state()).isEqualTo(EpisodeState.OPEN);
        assertThat(again.endedBy()).isNull();
    }

    @Test
    void takesAnotherLayoutForNoState() {
        byte[] nonsense = new byte[64];
        assertThatThrownBy(() -> VehicleStage.readFrom(
                        new DataInputStream(new ByteArrayInputStream(nonsense)),
                        ReferenceSet.EMPTY,
                        new CollectingSink()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("magic=0");
    }

    @Test
    void keepsWakesAndFrontiersInASnapshot() throws IOException {
        CollectingSink sink = new CollectingSink();
        VehicleStage stage = new VehicleStage(ReferenceSet.EMPTY, new CollectingSink());
        Drive drive = new Drive().speeds("08:00:00", 60).until("08:10:00", 60);
        drive.feed(stage);
        stage.wakeAt(Drive.VEHICLE, Drive.at("08:12:00"));

        VehicleStage next = copy(stage, ReferenceSet.EMPTY, sink);
        assertThat(next.frontier(Drive.VEHICLE)).isEqualTo(Drive.at("08:10:00"));
        assertThat(next.frontier(Drive.VEHICLE + 1)).isEqualTo(Long.MIN_VALUE);
        drive.feed(next);
        assertThat(next.lateCount()).isEqualTo(drive.reports.size() - 1L);
        assertThat(next.repeatedCount()).isEqualTo(1);
        drive.reports.clear();
        drive.until("08:13:00", 60).feed(next);
        assertThat(sink.wakes).hasSize(1);
    }

    private static VehicleStage copy(VehicleStage stage, ReferenceSet register, VehicleSink sink) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stage.writeTo(new DataOutputStream(bytes));
        return VehicleStage.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), register, sink);
    }

    private static CollectingSink run(List<Object> log, ReferenceSet register) {
        CollectingSink sink = new CollectingSink();
        VehicleStage stage = new VehicleStage(register, sink);
        log.forEach(entry -> RandomFleet.feed(stage, entry));
        return sink;
    }

    private static EpisodeFold fold(CollectingSink sink) {
        EpisodeFold fold = new EpisodeFold();
        sink.episodes.forEach(fold::add);
        return fold;
    }
}

package io.haulwatch.analytics.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.analytics.clock.DrivingClocks;
import io.haulwatch.analytics.fleet.Journey;
import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.VehicleClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The worked examples of the driving-time fact sheet §1.3 as a truck would report them, each ten seconds, through both stages. */
class DrivingRulesThroughBothStagesTest {
    private final List<Episode> said = new ArrayList<>();
    private final DrivingClocks clocks = new DrivingClocks();

    @Test
    void cn1ACleanDayWarnsOnceAndAccusesNobody() {
        play(
                general(Map.of()),
                truck("06:00").drive(60, day("09:50")).stand(day("10:12")).drive(60, day("13:00")));
        assertThat(fatigue()).extracting(Episode::state).allMatch(s -> s == EpisodeState.PREWARNED);
        assertThat(fatigue().getFirst().startMillis()).isEqualTo(at("09:30"));
        assertThat(fatigue().getFirst().endedBy()).isNull();
        assertThat(Objects.requireNonNull(clocks.of(7)).deadlineMillis()).isEqualTo(at("14:12"));
    }

    @Test
    void cn2TenSecondsMissingMakeAStopNoRest() {
        play(
                general(Map.of()),
                truck("07:00")
                        .drive(60, day("10:40"))
                        .stand(day("10:59:50"))
                        .drive(60, day("12:00"))
                        .stand(day("12:30")));
        Episode last = fatigue().getLast();
        assertThat(last.startMillis()).isEqualTo(at("11:19:50"));
        assertThat(last.endMillis()).isEqualTo(at("12:00"));
        assertThat(last.state()).isEqualTo(EpisodeState.CLOSED);
        assertThat(last.severity()).isEqualTo(Severity.MAJOR);
        assertThat(last.facts()).containsEntry("borderline", "true");
        assertThat(last.measures()).containsEntry("excess_s", 2_410L).containsEntry("prewarned_at_ms", at("10:30"));
    }

    @Test
    void cn2Elapsed() {
        play(
                general(Map.of("cn.cont_mode", "elapsed")),
                truck("07:00")
                        .drive(60, day("10:40"))
                        .stand(day("10:59:50"))
                        .drive(60, day("12:00"))
                        .stand(day("12:30")));
        assertThat(fatigue().getLast().startMillis()).isEqualTo(at("11:00"));
        assertThat(fatigue().getLast().measures()).containsEntry("counter_s", 18_000L);
        assertThat(fatigue().getLast().severity()).isEqualTo(Severity.MAJOR);
    }

    @Test
    void cn3TwoShortStopsDoNotMakeOneRest() {
        play(
                general(Map.of()),
                truck("08:00")
                        .drive(60, day("10:00"))
                        .stand(day("10:10"))
                        .drive(60, day("12:15"))
                        .stand(day("12:25")));
        assertThat(fatigue()).extracting(Episode::state).containsExactly(EpisodeState.PREWARNED, EpisodeState.OPEN);
        assertThat(fatigue().getLast().startMillis()).isEqualTo(at("12:10"));
        assertThat(fatigue().getLast().severity()).isEqualTo(Severity.MINOR);
    }

    @Test
    void cn5ATunnelIsDrivingAndLeavesTheCrossingLive() {
        play(
                general(Map.of()),
                truck("08:00")
                        .drive(60, day("11:50:10"))
                        .silent(7, day("11:58"))
                        .drive(70, day("12:20"))
                        .stand(day("12:45")));
        Episode last = fatigue().getLast();
        assertThat(last.startMillis()).isEqualTo(at("12:00"));
        assertThat(last.endMillis()).isEqualTo(at("12:20"));
        assertThat(last.evidence()).isEqualTo(Evidence.LIVE);
        assertThat(last.severity()).isEqualTo(Severity.MINOR);
    }

    @Test
    void cn8TwentyFourHoursRollOverMidnight() {
        play(
                general(Map.of()),
                truck("14:00")
                        .drive(60, day("18:00"))
                        .stand(day("18:30"))
                        .drive(60, day("21:30"))
                        .stand("2026-03-02T06:00")
                        .drive(60, "2026-03-02T07:00:20"));
        assertThat(said).filteredOn(e -> e.rule() == Rule.CUM24).singleElement().satisfies(e -> {
            assertThat(e.startMillis()).isEqualTo(Journey.at("2026-03-02T07:00"));
            assertThat(e.severity()).isEqualTo(Severity.NOTICE);
        });
    }

    @Test
    void cn9TwoHoursOfNightAreEnoughForDangerousGoods() {
        play(reference(VehicleClass.DANGEROUS_GOODS, Map.of()), truck("20:30").drive(50, "2026-03-02T00:20"));
        assertThat(said)
                .filteredOn(e -> e.rule() == Rule.FATIGUE_NIGHT)
                .singleElement()
                .satisfies(e -> assertThat(e.startMillis()).isEqualTo(Journey.at("2026-03-02T00:00")));
        assertThat(fatigue()).allMatch(e -> e.state() == EpisodeState.PREWARNED);
    }

    @Test
    void cn10AParkedTruckThatDriftsHasItsRest() {
        play(
                general(Map.of()),
                truck("06:00")
                        .drive(60, day("09:00"))
                        .park(day("09:12"))
                        .drift(80, 6, day("09:12:20"))
                        .park(day("09:25"))
                        .drive(60, day("10:30")));
        assertThat(said).isEmpty();
        assertThat(Objects.requireNonNull(clocks.of(7)).deadlineMillis()).isEqualTo(at("13:25"));
    }

    @Test
    void aRedLightAtTheLimitSaysNothingBeforeItIsSettled() {
        play(
                general(Map.of()),
                truck("08:00").drive(60, day("11:59:30")).stand(day("12:01")).drive(60, day("12:03")));
        assertThat(fatigue()).extracting(Episode::state).containsExactly(EpisodeState.PREWARNED, EpisodeState.OPEN);
        assertThat(fatigue().getLast().startMillis()).isEqualTo(at("12:00"));
    }

    @Test
    void aStopJustBeforeTheLimitAccusesNobody() {
        play(general(Map.of()), truck("08:00").drive(60, day("11:59:30")).stand(day("12:25")));
        assertThat(fatigue()).extracting(Episode::state).containsOnly(EpisodeState.PREWARNED);
        assertThat(fatigue().getLast().endedBy()).isEqualTo("rest");
    }

    @Test
    void repeatedReportsChangeNothing() {
        Journey journey = truck("08:00").drive(60, day("12:30")).stand(day("13:00"));
        play(general(Map.of()), journey);
        List<Episode> once = List.copyOf(said);
        said.clear();
        TwoStages stages = stages(general(Map.of()));
        for (byte[] record : journey.records()) {
            stages.onPosition(Journey.view(record));
            stages.onPosition(Journey.view(record));
        }
        assertThat(said).isEqualTo(once);
    }

    private void play(ReferenceSet reference, Journey journey) {
        TwoStages stages = stages(reference);
        for (byte[] record : journey.records()) {
            stages.onPosition(Journey.view(record));
        }
    }

    private TwoStages stages(ReferenceSet reference) {
        return new TwoStages(reference, clocks, new RuleSink() {
            @Override
            public void episode(Episode revision) {
                said.add(revision);
            }

            @Override
            public void doubt(DoubtMark mark) {
                throw new AssertionError("these positions are sound: " + mark);
            }
        });
    }

    private List<Episode> fatigue() {
        return said.stream().filter(e -> e.rule() == Rule.FATIGUE).toList();
    }

    private static Journey truck(String from) {
        return Journey.of(7, day(from), 10);
    }

    private static String day(String time) {
        return "2026-03-01T" + time;
    }

    private static long at(String time) {
        return Journey.at(day(time));
    }

    private static ReferenceSet general(Map<String, String> parameters) {
        return reference(VehicleClass.GENERAL, parameters);
    }

    private static ReferenceSet reference(VehicleClass vehicleClass, Map<String, String> parameters) {
        return new ReferenceSet(
                1,
                List.of(),
                List.of(new ReferenceSet.Vehicle(
                        7, 1, "渝B12345", vehicleClass, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)),
                List.of(),
                List.of(),
                List.of(),
                List.of(new ReferenceSet.RuleProfile(
                        "hours", "test-1", 0, null, parameters, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)));
    }
}

package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.Drive.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.RuleProfile;
import io.haulwatch.model.register.ReferenceSet.Vehicle;
import io.haulwatch.model.register.ReferenceSet.Zone;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.rules.fold.EpisodeFold;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the worked examples leave open: docs/rules/speeding.md, life of an episode. The limit is 90. */
class SpeedingLifeTest {
    private final CollectingSink sink = new CollectingSink();
    private final VehicleStage stage = new VehicleStage(ReferenceSet.EMPTY, sink);

    @Test
    void raisesNothingWhileTheSpeedStaysExactlyAtTheLimit() {
        new Drive().speeds("09:00:00", 90).until("09:30:00", 90).feed(stage);

        assertThat(sink.of(Rule.SPEEDING)).isEmpty();
    }

    @Test
    void exactlyThirtySecondsIsNoEpisodeAndOneSecondMoreIs() {
        new Drive().speeds("09:00:00", 92, 92, 92, 92).go(80).feed(stage);
        assertThat(sink.of(Rule.SPEEDING)).isEmpty();

        new Drive().speeds("10:00:00", 92, 92, 92, 92).step(1_000, 92).go(80).feed(stage);
        assertThat(sink.of(Rule.SPEEDING)).hasSize(1);
    }

    @Test
    void twoShortRunsNeverAddUp() {
        new Drive().speeds("09:00:00", 92, 92, 92, 88, 92, 92, 92, 88, 88, 88).feed(stage);

        assertThat(sink.of(Rule.SPEEDING)).isEmpty();
    }

    @Test
    void aRunThatBeginsMoreThanAMinuteLaterIsAnEpisodeOfItsOwn() {
        new Drive()
                .speeds("09:00:00", 92, 92, 92, 92, 92)
                .go(88, 88, 88, 88, 88, 88)
                .go(92, 92, 92, 92, 92)
                .go(88, 88, 88)
                .feed(stage);

        assertThat(fold().last()).extracting(Episode::startMillis).containsExactly(at("09:00:00"), at("09:01:50"));
    }

    @Test
    void aLongEpisodeIsToldAgainEveryFiveMinutesAndSplitAfterAnHour() {
        new Drive().speeds("09:00:00", 92).until("10:05:00", 92).go(80, 80, 80).feed(stage);

        List<Episode> last = fold().last();
        assertThat(last).extracting(Episode::endedBy).containsExactly("split", "limit");
        assertThat(last.getFirst().endMillis()).isEqualTo(at("10:00:00"));
        assertThat(last.getLast().startMillis()).isEqualTo(at("10:00:00"));
        // Prompted, opened, told with the severity of three minutes, then every five minutes eleven times, split.
        assertThat(last.getFirst().revision()).isEqualTo(15);
    }

    @Test
    void isMoreSevereAfterThreeMinutesAndSaysSoAtOnce() {
        new Drive().speeds("09:00:00", 92).until("09:03:00", 92).feed(stage);

        List<Episode> told = sink.of(Rule.SPEEDING);
        assertThat(told).extracting(Episode::severity).containsExactly(Severity.NOTICE, Severity.MINOR);
        assertThat(told.getLast().endMillis()).isEqualTo(at("09:03:00"));
    }

    @Test
    void isMoreSevereBesideASchool() {
        Zone school = zone(7, "school", 60, ReferenceSet.ALWAYS, ReferenceSet.FOREVER);
        VehicleStage beside = new VehicleStage(register(List.of(school), List.of()), sink);
        new Drive().speeds("09:00:00", 64, 64, 64, 64, 64, 64).feed(beside);

        Episode open = sink.of(Rule.SPEEDING).getLast();
        assertThat(open.severity()).isEqualTo(Severity.MINOR);
        assertThat(open.facts()).containsEntry("school", "true").containsEntry("zone_id", "7");
    }

    @Test
    void theSecondUnbelievableFixInARowEndsItAtTheLastGoodPoint() {
        new Drive()
                .speeds("09:00:00", 92, 92, 92, 92, 92)
                .astray(92, 5000)
                .astray(92, -5000)
                .go(92, 92, 92)
                .feed(stage);

        Episode ended = sink.of(Rule.SPEEDING).get(1);
        assertThat(ended.endedBy()).isEqualTo("quality");
        assertThat(ended.endMillis()).isEqualTo(at("09:00:40"));
        assertThat(stage.doubtCount(DoubtMark.Reason.JUMP)).isEqualTo(2);
    }

    @Test
    void oneUnbelievableFixIsDroppedAndTheEpisodeGoesOn() {
        new Drive()
                .speeds("09:00:00", 92, 92, 92, 92, 92)
                .astray(92, 5000)
                .go(92, 92, 80, 80, 80)
                .feed(stage);

        Episode ended = sink.of(Rule.SPEEDING).getLast();
        assertThat(fold().last()).hasSize(1);
        assertThat(ended.endMillis()).isEqualTo(at("09:01:10"));
        assertThat(ended.measures()).containsEntry("dropped_points", 1L);
        assertThat(ended.measures().get("peak_decikmh")).isEqualTo(920);
    }

    @Test
    void jumpsThatAgreeWithEachOtherMoveTheAnchor() {
        Drive drive = new Drive().speeds("09:00:00", 60, 60, 60);
        drive.place(10_000, 60, 20_000).go(60, 60, 60, 60).feed(stage);

        assertThat(sink.doubts).hasSize(2);
        assertThat(sink.folded()).hasSize(1);
    }

    @Test
    void aReceiverWhosePositionStandsStillIsNotSpeeding() {
        Drive drive = new Drive().speeds("09:00:00", 95);
        for (int i = 0; i < 30; i++) {
            drive.place(10_000, 95, 0);
        }
        drive.feed(stage);

        assertThat(sink.of(Rule.SPEEDING)).isEmpty();
        assertThat(stage.doubtCount(DoubtMark.Reason.FROZEN)).isEqualTo(29);
    }

    @Test
    void aTruckOnAFerryIsNotSpeeding() {
        VehicleStage slow = new VehicleStage(
                register(
                        List.of(),
                        List.of(profile("v", Map.of("limit_kmh", "60"), ReferenceSet.ALWAYS, ReferenceSet.FOREVER))),
                sink);
        Drive drive = new Drive();
        drive.status = 2;
        drive.speeds("09:00:00", 70).until("09:10:00", 70).feed(slow);

        assertThat(sink.of(Rule.SPEEDING)).isEmpty();
    }

    @Test
    void twoFixesOfTheSameSecondDoNotHarm() {
        Drive drive = new Drive().speeds("09:00:00", 92, 92, 92);
        drive.place(0, 160, 30_000)
                .place(10_000, 92, -30_000 + 255)
                .go(92, 92, 80, 80, 80)
                .feed(stage);

        assertThat(fold().last()).singleElement().satisfies(episode -> {
            assertThat(episode.measures()).containsEntry("peak_decikmh", 920L);
            assertThat(episode.measures()).containsEntry("duration_s", 50L);
        });
    }

    @Test
    void aFutureOrUnreadableClockChangesNothing() {
        Drive drive = new Drive().speeds("09:00:00", 60, 60);
        drive.feed(stage);
        drive.reports.clear();
        drive.delay = -301_000;
        drive.go(60).feed(stage);

        assertThat(stage.impossibleCount()).isEqualTo(1);
        assertThat(stage.frontier(Drive.VEHICLE)).isEqualTo(at("09:00:10"));
    }

    @Test
    void aPromptAtTheVeryStartOfAnEpisodeIsItsFirstRevision() {
        new Drive().speeds("09:00:00", 80, 92, 93, 94, 95, 95).feed(stage);

        assertThat(sink.episodes).extracting(Episode::state).containsExactly(EpisodeState.PREWARNED, EpisodeState.OPEN);
        assertThat(sink.episodes).extracting(Episode::revision).containsExactly(1, 2);
        assertThat(sink.episodes.stream().map(Episode::id).distinct()).hasSize(1);
    }

    @Test
    void aPromptIsGivenOnceWhileTheTruckStaysNearTheLimit() {
        Drive drive = new Drive().speeds("09:00:00", 80);
        for (int i = 0; i < 40; i++) {
            drive.go(87, 88, 84);
        }
        drive.go(80, 80, 80, 80, 80, 80, 80).go(87, 87, 87).feed(stage);

        assertThat(sink.prompts()).hasSize(2);
    }

    @Test
    void aPromptCountsItsTenSecondsInBelievedFixesAlone() {
        Drive drive = new Drive().speeds("09:00:00", 80, 87).astray(87, 5000).go(87);
        drive.feed(stage);
        assertThat(stage.doubtCount(DoubtMark.Reason.JUMP)).isEqualTo(1);
        assertThat(sink.prompts()).isEmpty();

        drive.reports.clear();
        drive.go(87).feed(stage);
        assertThat(sink.prompts())
                .singleElement()
                .satisfies(prompt -> assertThat(prompt.startMillis()).isEqualTo(at("09:00:30")));
    }

    @Test
    void anEpisodeFollowsItsPromptThoughAFixBetweenThemWasNotBelieved() {
        new Drive().speeds("09:00:00", 80, 92, 93).astray(93, 5000).go(94, 95).feed(stage);

        assertThat(sink.episodes).extracting(Episode::state).containsExactly(EpisodeState.PREWARNED, EpisodeState.OPEN);
        assertThat(sink.episodes).extracting(Episode::revision).containsExactly(1, 2);
        assertThat(sink.episodes.stream().map(Episode::id).distinct()).hasSize(1);
    }

    @Test
    void eachPositionHasExactlyOneOutcome() {
        Drive drive =
                new Drive().speeds("09:00:00", 60, 60, 60).astray(60, 5000).go(60);
        drive.place(0, 61, 50);
        drive.feed(stage);
        stage.onPosition(drive.reports.getFirst());

        assertThat(stage.count(PositionOutcome.JUDGED)).isEqualTo(4);
        assertThat(stage.count(PositionOutcome.DOUBTED)).isEqualTo(1);
        assertThat(stage.count(PositionOutcome.SAME_SECOND)).isEqualTo(1);
        assertThat(stage.count(PositionOutcome.LATE)).isEqualTo(1);
        long sum = 0;
        for (PositionOutcome outcome : PositionOutcome.values()) {
            sum += stage.count(outcome);
        }
        assertThat(sum).isEqualTo(stage.positionCount()).isEqualTo(7);
    }

    @Test
    void theProfileInForceAtThePositionsOwnTimeJudgesIt() {
        List<RuleProfile> profiles = List.of(
                profile("cn-2026.1", Map.of("limit_kmh", "90"), ReferenceSet.ALWAYS, at("09:10:00")),
                profile("cn-2026.2", Map.of("limit_kmh", "70"), at("09:10:00"), ReferenceSet.FOREVER));
        VehicleStage versions = new VehicleStage(register(List.of(), profiles), sink);
        new Drive().speeds("09:00:00", 80).until("09:20:00", 80).feed(versions);

        Episode open = sink.of(Rule.SPEEDING).getFirst();
        assertThat(open.startMillis()).as("15 s of grace after the change").isEqualTo(at("09:10:20"));
        assertThat(open.ruleVersion()).isEqualTo("cn-2026.2");
        assertThat(open.measures()).containsEntry("limit_decikmh", 700L);
    }

    @Test
    void narrowerProfilesWinAndNoneGoesAboveTheLaw() {
        List<RuleProfile> profiles = List.of(
                profile("all", Map.of("limit_kmh", "60"), ReferenceSet.ALWAYS, ReferenceSet.FOREVER),
                new RuleProfile(
                        "speeding",
                        "company",
                        3,
                        null,
                        Map.of("limit_kmh", "120"),
                        ReferenceSet.ALWAYS,
                        ReferenceSet.FOREVER));
        VehicleStage narrow = new VehicleStage(register(List.of(), profiles), sink);
        new Drive().speeds("09:00:00", 101, 101, 101, 101, 101).feed(narrow);

        assertThat(sink.of(Rule.SPEEDING)).singleElement().satisfies(open -> {
            assertThat(open.ruleVersion()).isEqualTo("company");
            assertThat(open.measures()).containsEntry("limit_decikmh", 1000L);
        });
    }

    @Test
    void aNewRegisterTakesOverInOneStep() {
        Drive drive = new Drive().speeds("09:00:00", 80).until("09:05:00", 80);
        drive.feed(stage);
        stage.reference(register(List.of(zone(1, "road", 60, at("09:05:00"), ReferenceSet.FOREVER)), List.of()));
        drive.reports.clear();
        drive.until("09:10:00", 80).feed(stage);

        assertThat(sink.of(Rule.SPEEDING).getFirst().facts()).containsEntry("limit_source", "ZONE");
    }

    @Test
    void aZoneHoldsOnlyInItsDailyWindow() {
        Zone morning = new Zone(
                2,
                0,
                "school run",
                "road",
                40,
                LocalTime.of(7, 0),
                LocalTime.of(8, 30),
                0,
                ring(),
                ReferenceSet.ALWAYS,
                ReferenceSet.FOREVER);
        VehicleStage windowed = new VehicleStage(register(List.of(morning), List.of()), sink);
        new Drive().speeds("08:20:00", 60).until("08:40:00", 60).feed(windowed);

        assertThat(fold().last()).singleElement().satisfies(episode -> {
            assertThat(episode.endMillis()).isEqualTo(at("08:29:50"));
            assertThat(episode.facts()).containsEntry("zone", "school run");
        });
    }

    @Test
    void evidenceIsTheBodyAsTheTerminalSentIt() {
        Drive drive = new Drive();
        drive.flags = PositionRecord.FLAG_BATCH | PositionRecord.FLAG_BACKFILL;
        drive.speeds("09:00:00", 92, 93, 97, 92, 92, 80, 80, 80).feed(stage);

        Episode ended = sink.of(Rule.SPEEDING).getLast();
        assertThat(ended.evidence()).isEqualTo(Evidence.BACKFILL);
        EvidencePoint peak = ended.points().get(1);
        assertThat(new String(HexFormat.of().parseHex(peak.bodyHex()), StandardCharsets.US_ASCII))
                .isEqualTo("body of " + at("09:00:20"));
    }

    @Test
    void refusesAProfileWithAnUnknownNameOrAValueOutOfRange() {
        assertThat(CompiledReference.problem(profile("v", Map.of("limit_kmh", "80"), 0, 1)))
                .isNull();
        assertThat(CompiledReference.problem(profile("v", Map.of("limit", "80"), 0, 1)))
                .contains("unknown parameter: limit=80");
        assertThat(CompiledReference.problem(profile("v", Map.of("limit_kmh", "fast"), 0, 1)))
                .contains("limit_kmh=fast");
        assertThat(CompiledReference.problem(profile("v", Map.of("night_window", "22-6"), 0, 1)))
                .contains("night_window=22-6");
        List<RuleProfile> bad = List.of(profile("v", Map.of("merge_gap_s", "-1"), 0, 1));
        assertThatThrownBy(() -> CompiledReference.of(register(List.of(), bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("merge_gap_s=-1");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithAPlainReadingOfTheSheet(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Drive drive = new Drive();
        drive.time = at("00:00:00");
        double speed = 88;
        for (int i = 0; i < 3000; i++) {
            long step = random.nextInt(100) == 0
                    ? 1000L * (100 + random.nextInt(60))
                    : 1000L * (1 + random.nextInt(random.nextBoolean() ? 15 : 60));
            speed = Math.clamp(speed + (random.nextDouble() - 0.5) * 8, 84, 97);
            drive.step(step, Math.round(speed * 10) / 10.0);
        }
        drive.step(1_000_000, 0);
        drive.feed(stage);

        assertThat(sink.doubts).as("seed=%s", seed).isEmpty();
        assertThat(fold().last().stream()
                        .map(e -> List.of(
                                e.startMillis(),
                                e.endMillis(),
                                e.measures().getOrDefault("seconds_over", -1L),
                                e.measures().getOrDefault("peak_decikmh", -1L),
                                e.measures().getOrDefault("distance_m", -1L)))
                        .toList())
                .as("seed=%s", seed)
                .isEqualTo(plain(drive.reports))
                .hasSizeGreaterThan(20);
    }

    /** Start, end, seconds over, peak and metres of each episode, read off the whole line at once. */
    private static List<List<Long>> plain(List<PositionRecord> line) {
        List<List<Long>> episodes = new ArrayList<>();
        int i = 0;
        int after = -1;
        while (i < line.size()) {
            int end = runEnd(line, i);
            if (end < 0) {
                i++;
                continue;
            }
            if (time(line, end) - time(line, i) <= 30_000) {
                i = end + 1;
                continue;
            }
            int start = i;
            long over = time(line, end) - time(line, i);
            for (int next = end + 1; next < line.size() && unbroken(line, end, next); next++) {
                int nextEnd = runEnd(line, next);
                if (nextEnd < 0) {
                    continue;
                }
                if (time(line, next) - time(line, end) > 60_000) {
                    break;
                }
                over += time(line, nextEnd) - time(line, next);
                end = nextEnd;
                next = nextEnd;
            }
            episodes.add(List.of(
                    time(line, start), time(line, end), over / 1000, peak(line, start, end), metres(line, start, end)));
            after = end;
            i = after + 1;
        }
        return episodes;
    }

    /** Last point of the run that begins here, or -1 if none does. */
    private static int runEnd(List<PositionRecord> line, int start) {
        if (line.get(start).speedDeciKmh() <= 900) {
            return -1;
        }
        int end = start;
        while (end + 1 < line.size()
                && line.get(end + 1).speedDeciKmh() > 900
                && time(line, end + 1) - time(line, end) <= 120_000) {
            end++;
        }
        return end;
    }

    private static boolean unbroken(List<PositionRecord> line, int from, int to) {
        for (int k = from + 1; k <= to; k++) {
            if (time(line, k) - time(line, k - 1) > 120_000) {
                return false;
            }
        }
        return true;
    }

    private static long time(List<PositionRecord> line, int at) {
        return line.get(at).deviceMillis();
    }

    private static long peak(List<PositionRecord> line, int start, int end) {
        return line.subList(start, end + 1).stream()
                .mapToLong(PositionRecord::speedDeciKmh)
                .max()
                .orElseThrow();
    }

    private static long metres(List<PositionRecord> line, int start, int end) {
        BigDecimal metres = BigDecimal.ZERO;
        for (int k = start + 1; k <= end; k++) {
            BigDecimal mean = BigDecimal.valueOf(line.get(k).speedDeciKmh())
                    .add(BigDecimal.valueOf(line.get(k - 1).speedDeciKmh()));
            metres = metres.add(mean.multiply(BigDecimal.valueOf(time(line, k) - time(line, k - 1))));
        }
        // Half of the sum of two speeds in 0.1 km/h over ms.
        return metres.divide(BigDecimal.valueOf(2 * 36 * 1000), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private EpisodeFold fold() {
        EpisodeFold fold = new EpisodeFold();
        sink.of(Rule.SPEEDING).forEach(fold::add);
        return fold;
    }

    private static RuleProfile profile(String version, Map<String, String> parameters, long from, long to) {
        return new RuleProfile("speeding", version, 0, null, parameters, from, to);
    }

    private static ReferenceSet register(List<Zone> zones, List<RuleProfile> profiles) {
        return new ReferenceSet(
                2,
                List.of(),
                List.of(new Vehicle(
                        Drive.VEHICLE, 3, "渝A12345", VehicleClass.GENERAL, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)),
                List.of(),
                List.of(),
                zones,
                profiles);
    }

    private static Zone zone(int id, String kind, int limitKmh, long from, long to) {
        return new Zone(id, 0, kind + " zone", kind, limitKmh, null, null, 0, ring(), from, to);
    }

    /** Far around the whole way. */
    private static List<List<Double>> ring() {
        double lon = Drive.LONGITUDE / 1e6;
        double lat = Drive.LATITUDE / 1e6;
        return List.of(Arrays.asList(lon - 1, lat - 1, lon + 2, lat - 1, lon + 2, lat + 1, lon - 1, lat + 1));
    }
}

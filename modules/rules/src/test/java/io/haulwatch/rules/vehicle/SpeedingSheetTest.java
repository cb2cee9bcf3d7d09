package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.Drive.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeId;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.RuleProfile;
import io.haulwatch.model.register.ReferenceSet.Vehicle;
import io.haulwatch.model.register.ReferenceSet.Zone;
import io.haulwatch.model.register.VehicleClass;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The worked examples of the speeding rule, docs/rules/speeding.md: times and speeds as in the tables, limit 90 unless stated. */
class SpeedingSheetTest {
    private final CollectingSink sink = new CollectingSink();

    @Test
    void s1PlainRunOpensWithTheFirstInstantAboveThirtySecondsAndEndsAfterTheHold() {
        Drive drive = new Drive().speeds("09:00:00", 86, 89, 92, 95, 97, 98, 96, 93, 90, 88, 85);
        VehicleStage stage = new VehicleStage(register(VehicleClass.GENERAL, Map.of(), null), sink);

        feedUntil(drive, stage, "09:00:50");
        assertThat(sink.of(Rule.SPEEDING)).isEmpty();
        feedUntil(drive, stage, "09:01:00");
        assertThat(sink.of(Rule.SPEEDING)).singleElement().satisfies(start -> {
            assertThat(start.state()).isEqualTo(EpisodeState.OPEN);
            assertThat(start.startMillis()).isEqualTo(at("09:00:20"));
        });
        feedUntil(drive, stage, "09:01:30");
        assertThat(sink.of(Rule.SPEEDING)).hasSize(1);
        feedUntil(drive, stage, "09:01:40");

        Episode alarm = sink.of(Rule.SPEEDING).getLast();
        assertAlarm(alarm, "09:00:20", "09:01:10", 50, 98.0, 95.7, 1329, 8.9, Severity.NOTICE);
        assertThat(alarm.state()).isEqualTo(EpisodeState.CLOSED);
        assertThat(alarm.revision()).isEqualTo(2);
        assertThat(alarm.endedBy()).isEqualTo("limit");
        assertThat(alarm.id())
                .isEqualTo(EpisodeId.of(new Subject.OfVehicle(Drive.VEHICLE), Rule.SPEEDING, at("09:00:20")));
        assertThat(alarm.ruleVersion()).isEqualTo("cn-2026.1");
        assertThat(alarm.facts()).containsEntry("limit_source", "PLATFORM_VEHICLE");
        assertThat(alarm.points())
                .extracting(EvidencePoint::role, EvidencePoint::deviceMillis)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(EvidencePoint.Role.OPENING, at("09:00:20")),
                        org.assertj.core.groups.Tuple.tuple(EvidencePoint.Role.PEAK, at("09:00:50")),
                        org.assertj.core.groups.Tuple.tuple(EvidencePoint.Role.CLOSE, at("09:01:10")));
    }

    @Test
    void s2TooShortIsNoAlarmButOnePrompt() {
        play(new Drive().speeds("09:00:00", 84, 92, 94, 91, 88, 86, 84));

        assertThat(sink.of(Rule.SPEEDING)).isEmpty();
        assertThat(sink.prompts()).singleElement().satisfies(prompt -> {
            assertThat(prompt.severity()).isEqualTo(Severity.NOTICE);
            assertThat(prompt.endMillis()).isEqualTo(at("09:00:20"));
        });
    }

    @Test
    void s3JumpIsDroppedAndCounted() {
        VehicleStage stage =
                play(new Drive().speeds("09:00:00", 82, 83).astray(146, 2400).go(84, 83));

        assertThat(sink.of(Rule.SPEEDING)).isEmpty();
        assertThat(stage.doubtCount(io.haulwatch.model.episode.DoubtMark.Reason.JUMP))
                .isEqualTo(1);
        assertThat(sink.doubts).singleElement().satisfies(mark -> {
            assertThat(mark.deviceMillis()).isEqualTo(at("09:00:20"));
            assertThat(mark.reason()).isEqualTo(io.haulwatch.model.episode.DoubtMark.Reason.JUMP);
        });
    }

    @Test
    void s3ReportedSpeedAboveRangeIsDropped() {
        play(new Drive().speeds("09:00:00", 82, 83).astray(161, 230).go(84, 83));

        assertThat(sink.doubts)
                .extracting(io.haulwatch.model.episode.DoubtMark::reason)
                .containsExactly(io.haulwatch.model.episode.DoubtMark.Reason.SPEED_RANGE);
    }

    @Test
    void s4PauseOfFortySecondsMergesIntoOneAlarm() {
        play(new Drive().speeds("09:00:00", 88, 93, 95, 94, 92, 91, 89, 88, 87, 92, 94, 96, 93, 91, 88, 86, 85, 85));

        Episode alarm = only();
        assertAlarm(alarm, "09:00:10", "09:02:10", 120, 96.0, 91.9, 3064, 6.7, Severity.NOTICE);
        assertThat(alarm.measures()).containsEntry("seconds_over", 80L);
        assertThat(alarm.state()).isEqualTo(EpisodeState.CLOSED);
    }

    @Test
    void s5LowerLimitAheadIsForgivenForFifteenSeconds() {
        Drive drive = new Drive().speeds("09:00:00", 96, 96, 96, 97, 95, 90, 84, 79, 78);
        play(drive, zoneFrom(drive, "09:00:40"), 100);

        assertThat(sink.of(Rule.SPEEDING)).isEmpty();
    }

    @Test
    void s5LateBrakingIsAnAlarmOfTheZone() {
        Drive drive = new Drive().speeds("09:00:00", 96, 96, 96, 97, 95, 94, 93, 93, 92, 92, 90, 79, 78, 78, 78);
        play(drive, zoneFrom(drive, "09:00:40"), 100);

        Episode alarm = only();
        assertAlarm(alarm, "09:01:00", "09:01:40", 40, 93.0, 92.1, 1024, 16.2, Severity.MINOR);
        assertThat(alarm.facts()).containsEntry("limit_source", "ZONE").containsEntry("zone", "S-5");
        assertThat(alarm.facts().get("candidates")).isEqualTo("PLATFORM_VEHICLE=100; ZONE 5=80");
    }

    @Test
    void s6NightFactorMakesSixtyFourOfEighty() {
        Drive drive = new Drive().every(15).speeds("23:10:00", 60, 66, 70, 72, 74, 73, 69, 66, 63, 60, 60, 60);
        play(drive, VehicleClass.DANGEROUS_GOODS, Map.of("night_factor", "0.8"), null);

        Episode alarm = only();
        // The sheet prints the run as ending at 23:11:45, its last point over 64.
        assertAlarm(alarm, "23:10:15", "23:11:45", 90, 74.0, 70.7, 1767, 15.6, Severity.MAJOR);
        assertThat(alarm.facts()).containsEntry("limit_source", "NIGHT_FACTOR");
    }

    @Test
    void s6WithoutTheNightFactorIsNoAlarm() {
        Drive drive = new Drive().every(15).speeds("23:10:00", 60, 66, 70, 72, 74, 73, 69, 66, 63, 60, 60, 60);
        play(drive, VehicleClass.DANGEROUS_GOODS, Map.of(), null);

        assertThat(sink.of(Rule.SPEEDING)).isEmpty();
    }

    @Test
    void s7TunnelOfNinetyFiveSecondsIsBridged() {
        play(new Drive().speeds("09:00:00", 92, 95, 97, 98).step(95_000, 99).go(98, 96, 94, 89, 88, 88));

        Episode alarm = only();
        assertAlarm(alarm, "09:00:00", "09:02:35", 155, 99.0, 97.6, 4203, 10.0, Severity.MINOR);
        assertThat(alarm.measures()).containsEntry("gap_inside_s", 95L);
    }

    @Test
    void s8GapAboveTwoMinutesIsNotBridged() {
        play(new Drive().speeds("09:00:00", 92, 95, 97, 98).step(200_000, 99).go(98, 96, 94, 92, 89, 88, 88));

        Episode alarm = only();
        assertThat(alarm.startMillis()).isEqualTo(at("09:03:50"));
        assertThat(alarm.endMillis()).isEqualTo(at("09:04:30"));
        assertThat(alarm.measures()).containsEntry("peak_decikmh", 990L);
        assertThat(permille(alarm)).isEqualTo(10.0);
        assertThat(alarm.severity()).isEqualTo(Severity.MINOR);
    }

    @Test
    void s9HeavyExcessOnAnOrdinaryRoad() {
        Drive drive = new Drive().speeds("14:00:00", 58, 64, 70, 75, 78, 77, 74, 69, 63, 59, 58, 58);
        play(drive, VehicleClass.GENERAL, Map.of("limit_kmh", "60"), null);

        assertAlarm(only(), "14:00:10", "14:01:20", 70, 78.0, 72.4, 1407, 30.0, Severity.MAJOR);
    }

    @Test
    void s12FrozenGnssSpeedIsAMismatchAndTheRecorderIsBelieved() {
        Drive drive = new Drive().every(10);
        drive.recorder = 820;
        drive.time = at("10:00:00") - 10_000;
        for (int i = 0; i <= 60; i++) {
            drive.place(10_000, i % 4, i == 0 ? 0 : 227.8);
        }
        drive.recorder = 800;
        for (int i = 0; i < 10; i++) {
            drive.place(10_000, 80, 222.2);
        }
        play(drive);

        Episode mismatch = sink.of(Rule.SPEED_SOURCE_MISMATCH).getLast();
        assertThat(mismatch.startMillis()).isEqualTo(at("10:00:00"));
        assertThat(mismatch.endMillis()).isEqualTo(at("10:10:00"));
        assertThat(mismatch.facts()).containsEntry("suspect", "gnss").containsEntry("believed", "recorder");
        assertThat(mismatch.measures().get("distance_m")).isCloseTo(13_670L, within(15L));
        assertThat(mismatch.measures().get("recorder_avg_decikmh")).isEqualTo(820L);
        assertThat(sink.of(Rule.SPEEDING)).isEmpty();
        // Driving time is not lost to a frozen receiver.
        assertThat(sink.folded()).extracting(ActivitySegment::kind).containsExactly(ActivitySegment.Kind.DRIVING);
    }

    @Test
    void s12OppositeCaseSuspectsThePulseCable() {
        Drive drive = new Drive();
        drive.recorder = 0;
        drive.speeds("10:00:00", 80).until("10:10:00", 80);
        play(drive);

        assertThat(sink.of(Rule.SPEED_SOURCE_MISMATCH)).singleElement().satisfies(mismatch -> {
            assertThat(mismatch.facts()).containsEntry("suspect", "recorder").containsEntry("believed", "gnss");
            assertThat(mismatch.state()).isEqualTo(EpisodeState.OPEN);
        });
    }

    @Test
    void s13SparseReportsAreCountedFromPointToPoint() {
        play(new Drive().every(30).speeds("09:00:00", 88, 93, 95, 94, 96, 93, 89, 88, 88));

        Episode alarm = only();
        assertThat(alarm.startMillis()).isEqualTo(at("09:00:30"));
        assertThat(alarm.endMillis()).isEqualTo(at("09:02:30"));
        assertThat(alarm.measures())
                .containsEntry("avg_decikmh", 945L)
                .containsEntry("distance_m", 3150L)
                .containsEntry("excess_permille", 67L);
    }

    private Episode only() {
        List<Episode> revisions = sink.of(Rule.SPEEDING);
        assertThat(revisions).extracting(Episode::id).isNotEmpty();
        assertThat(revisions.stream().map(Episode::id).distinct()).hasSize(1);
        return revisions.getLast();
    }

    private static void assertAlarm(
            Episode alarm,
            String from,
            String to,
            long seconds,
            double peak,
            double average,
            long metres,
            double excessPercent,
            Severity severity) {
        assertThat(alarm.startMillis()).as("start").isEqualTo(at(from));
        assertThat(alarm.endMillis()).as("end").isEqualTo(at(to));
        assertThat(alarm.measures().get("duration_s")).as("duration").isEqualTo(seconds);
        assertThat(alarm.measures().get("peak_decikmh")).as("peak").isEqualTo(Math.round(peak * 10));
        assertThat(alarm.measures().get("avg_decikmh")).as("average").isEqualTo(Math.round(average * 10));
        assertThat(alarm.measures().get("distance_m")).as("distance").isEqualTo(metres);
        assertThat(permille(alarm)).as("excess").isEqualTo(excessPercent);
        assertThat(alarm.severity()).as("severity").isEqualTo(severity);
    }

    private static double permille(Episode alarm) {
        return alarm.measures().getOrDefault("excess_permille", -1L) / 10.0;
    }

    private static void feedUntil(Drive drive, VehicleStage stage, String time) {
        drive.reports.stream()
                .filter(report -> report.deviceMillis() > stage.frontier(Drive.VEHICLE))
                .filter(report -> report.deviceMillis() <= at(time))
                .forEach(stage::onPosition);
    }

    private VehicleStage play(Drive drive) {
        return play(drive, VehicleClass.GENERAL, Map.of(), null);
    }

    private void play(Drive drive, Zone zone, int limitKmh) {
        play(drive, VehicleClass.GENERAL, Map.of("limit_kmh", Integer.toString(limitKmh)), zone);
    }

    private VehicleStage play(
            Drive drive, VehicleClass vehicleClass, Map<String, String> parameters, @Nullable Zone zone) {
        VehicleStage stage = new VehicleStage(register(vehicleClass, parameters, zone), sink);
        drive.feed(stage);
        return stage;
    }

    private static ReferenceSet register(
            VehicleClass vehicleClass, Map<String, String> parameters, @Nullable Zone zone) {
        return new ReferenceSet(
                1,
                List.of(),
                List.of(new Vehicle(
                        Drive.VEHICLE, 3, "渝A12345", vehicleClass, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)),
                List.of(),
                List.of(),
                zone == null ? List.of() : List.of(zone),
                List.of(new RuleProfile(
                        "speeding", "cn-2026.1", 0, null, parameters, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)));
    }

    /** A zone of 80 km/h that begins just before the point of a time and covers the rest of the way. */
    private static Zone zoneFrom(Drive drive, String time) {
        double west = drive.reports.stream()
                                .filter(report -> report.deviceMillis() == at(time))
                                .findFirst()
                                .orElseThrow()
                                .longitudeMicrodeg()
                        / 1e6
                - 0.0001;
        double east = Drive.longitude(drive.metresEast()) + 0.01;
        double south = Drive.LATITUDE / 1e6 - 0.01;
        double north = Drive.LATITUDE / 1e6 + 0.01;
        return new Zone(
                5,
                0,
                "S-5",
                "road",
                80,
                null,
                null,
                0,
                List.of(List.of(west, south, east, south, east, north, west, north)),
                ReferenceSet.ALWAYS,
                ReferenceSet.FOREVER);
    }
}

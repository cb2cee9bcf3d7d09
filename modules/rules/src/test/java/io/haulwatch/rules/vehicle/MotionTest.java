package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.Drive.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.rules.vehicle.ActivitySegment.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Driving, stopped, unknown: docs/rules/fix-quality.md, motion; the timelines are those of the hours rule where it depends on them. */
class MotionTest {
    private static final int FIXED_WITHOUT_IGNITION = 2;

    private final CollectingSink sink = new CollectingSink();
    private final VehicleStage stage = new VehicleStage(ReferenceSet.EMPTY, sink);

    @Test
    void aDriveIsToldOnceItHasHeldAndBeganAtItsFirstMovingFix() {
        Drive drive = new Drive().speeds("08:00:00", 0, 0, 12, 30, 40);
        drive.feed(stage);

        assertThat(sink.segments).singleElement().satisfies(said -> {
            assertThat(said.segment().kind()).isEqualTo(Kind.DRIVING);
            assertThat(said.segment().fromMillis()).isEqualTo(at("08:00:20"));
            assertThat(said.segment().open()).isTrue();
            assertThat(said.segment().toMillis()).isEqualTo(at("08:00:30"));
        });
    }

    @Test
    void aRedLightIsPartOfTheDrive() {
        new Drive()
                .speeds("08:00:00", 40)
                .until("08:10:00", 60)
                .go(0)
                .until("08:11:50", 0)
                .until("08:30:00", 60)
                .feed(stage);

        assertThat(sink.folded()).extracting(ActivitySegment::kind).containsExactly(Kind.DRIVING);
        assertThat(sink.segments).hasSize(1);
    }

    @Test
    void aStopOfTwoMinutesEndsTheDriveAtItsFirstStandingFix() {
        new Drive()
                .speeds("08:00:00", 40)
                .until("08:10:00", 60)
                .until("08:30:00", 0)
                .until("09:00:00", 60)
                .feed(stage);

        assertSegments(
                "DRIVING 08:00:00 08:10:10 ended", "STOPPED 08:10:10 08:30:10 ended", "DRIVING 08:30:10 08:30:20 open");
    }

    @Test
    void theStopIsToldWhenItHasLastedTwoMinutes() {
        Drive drive = new Drive().speeds("08:00:00", 40).until("08:10:00", 60).until("08:12:00", 0);
        drive.feed(stage);
        assertThat(sink.segments).hasSize(1);

        drive.reports.clear();
        drive.go(0).feed(stage);
        assertThat(sink.segments).hasSize(3);
        assertThat(sink.segments.getLast().segment().kind()).isEqualTo(Kind.STOPPED);
        assertThat(sink.segments.getLast().segment().fromMillis()).isEqualTo(at("08:10:10"));
    }

    @Test
    void driftWithTheIgnitionOffDoesNotInterruptAStop() {
        // CN-10: positions wander 80 m, spurious 6 km/h for 20 s in the middle of a stop of 25 minutes.
        Drive drive = new Drive().speeds("08:00:00", 40).until("08:10:00", 60);
        drive.status = FIXED_WITHOUT_IGNITION;
        drive.until("08:22:00", 0);
        drive.place(10_000, 6, 40).place(10_000, 6, 40).place(10_000, 6, -40).place(10_000, 0, -40);
        drive.until("08:35:10", 0);
        drive.status = 3;
        drive.until("08:40:00", 50).feed(stage);

        assertSegments(
                "DRIVING 08:00:00 08:10:10 ended", "STOPPED 08:10:10 08:35:20 ended", "DRIVING 08:35:20 08:35:30 open");
    }

    @Test
    void leavingTheRadiusWithTheIgnitionOffIsDriving() {
        Drive drive = new Drive().speeds("08:00:00", 40).until("08:10:00", 60);
        drive.status = FIXED_WITHOUT_IGNITION;
        drive.until("08:22:00", 0).until("08:25:00", 30).feed(stage);

        assertThat(sink.folded())
                .extracting(ActivitySegment::kind)
                .containsExactly(Kind.DRIVING, Kind.STOPPED, Kind.DRIVING);
    }

    @Test
    void aGapWithSevenKilometresInEightMinutesIsAnInferredDrive() {
        // CN-5: none 11:50 to 11:58, next fix 7.0 km further.
        Drive drive = new Drive().every(30).speeds("11:40:00", 70).until("11:50:00", 70);
        drive.place(480_000, 70, 7_000).until("12:10:00", 70).feed(stage);

        assertSegments(
                "DRIVING 11:40:00 11:50:00 ended",
                "DRIVING 11:50:00 11:58:00 ended inferred rest 228",
                "DRIVING 11:58:00 11:58:00 open");
    }

    @Test
    void aGapOf28MinutesWithin180MetresIsAnInferredStop() {
        // CN-6, first case: last fix 10:00, next 10:28, 180 m away.
        Drive drive = new Drive().every(30).speeds("09:30:00", 60).until("10:00:00", 60);
        drive.place(28 * 60_000, 0, 180)
                .until("10:29:00", 0)
                .until("10:40:00", 60)
                .feed(stage);

        assertSegments(
                "DRIVING 09:30:00 10:00:00 ended",
                "STOPPED 10:00:00 10:29:30 ended inferred",
                "DRIVING 10:29:30 10:30:00 open");
        assertThat(sink.folded().get(1).evidence()).isEqualTo(Evidence.GAP);
    }

    @Test
    void aGapOf28MinutesWithTwelveKilometresSaysHowLongARestFits() {
        // CN-6: 12 km need 7.2 min at 100 km/h, so up to 20.8 min; 18 km need 10.8, so 17.2 min.
        Drive twelve = new Drive().every(30).speeds("09:30:00", 60).until("10:00:00", 60);
        twelve.place(28 * 60_000, 60, 12_000).feed(stage);
        CollectingSink other = new CollectingSink();
        Drive eighteen = new Drive().every(30).speeds("09:30:00", 60).until("10:00:00", 60);
        eighteen.place(28 * 60_000, 60, 18_000).feed(new VehicleStage(ReferenceSet.EMPTY, other));

        // A second less than the sheet's 1248 s and 1032 s at most: displacement is measured on the sphere.
        assertThat(sink.folded().get(1).possibleRestSeconds()).isBetween(1246L, 1248L);
        assertThat(other.folded().get(1).possibleRestSeconds()).isBetween(1030L, 1032L);
    }

    @Test
    void aGapAboveHalfAnHourIsUnknownWhateverTheDisplacement() {
        Drive drive = new Drive().every(30).speeds("09:00:00", 60).until("09:30:00", 60);
        drive.place(31 * 60_000, 0, 0).until("10:10:00", 0).feed(stage);

        assertSegments(
                "DRIVING 09:00:00 09:30:00 ended",
                "UNKNOWN 09:30:00 10:01:00 ended inferred rest 1860",
                "STOPPED 10:01:00 10:03:00 open");
    }

    @Test
    void aGapBetweenStillAndMovingIsUnknown() {
        Drive drive = new Drive().every(30).speeds("09:00:00", 60).until("09:30:00", 60);
        drive.place(5 * 60_000, 60, 400).until("09:40:00", 60).feed(stage);

        assertThat(sink.folded())
                .extracting(ActivitySegment::kind)
                .containsExactly(Kind.DRIVING, Kind.UNKNOWN, Kind.DRIVING);
    }

    @Test
    void aParkedTruckThatReportsEveryTenMinutesIsOneStop() {
        Drive drive = new Drive().speeds("08:00:00", 40).until("08:10:00", 60).until("08:15:00", 0);
        drive.every(600).until("12:00:00", 0).every(10).until("12:30:00", 60).feed(stage);

        assertSegments(
                "DRIVING 08:00:00 08:10:10 ended",
                "STOPPED 08:10:10 11:55:10 ended inferred",
                "DRIVING 11:55:10 11:55:20 open");
        assertThat(sink.segments).as("said once more when it became inferred").hasSize(6);
    }

    @Test
    void aDriveOfBackfilledReportsSaysSo() {
        Drive drive = new Drive();
        drive.flags = PositionRecord.FLAG_BATCH | PositionRecord.FLAG_BACKFILL;
        drive.speeds("08:00:00", 40).until("08:10:00", 60).until("08:20:00", 0).feed(stage);

        assertThat(sink.folded()).extracting(ActivitySegment::evidence).containsOnly(Evidence.BACKFILL);
    }

    @Test
    void wakesAtTheFirstPositionAtOrAfterTheTime() {
        Drive drive = new Drive().speeds("08:00:00", 40).until("08:10:00", 60);
        drive.feed(stage);
        stage.wakeAt(Drive.VEHICLE, at("08:15:05"));
        assertThat(sink.wakes).isEmpty();

        drive.reports.clear();
        drive.until("08:20:00", 60).feed(stage);
        assertThat(sink.wakes).containsExactly(new CollectingSink.Woken(Drive.VEHICLE, at("08:15:05"), at("08:15:10")));
    }

    @Test
    void wakesAtOnceWhenTheTimeIsBehindTheVehicle() {
        new Drive().speeds("08:00:00", 40).until("08:10:00", 60).feed(stage);

        stage.wakeAt(Drive.VEHICLE, at("08:05:00"));
        assertThat(sink.wakes).containsExactly(new CollectingSink.Woken(Drive.VEHICLE, at("08:05:00"), at("08:10:00")));
    }

    @Test
    void aWakeWaitsWhileTheStopBeforeItMayStillBeARedLight() {
        Drive drive = new Drive().speeds("08:00:00", 40).until("08:10:00", 60).until("08:11:00", 0);
        drive.feed(stage);
        stage.wakeAt(Drive.VEHICLE, at("08:10:30"));
        assertThat(sink.wakes).isEmpty();

        drive.reports.clear();
        drive.until("08:13:00", 0).feed(stage);
        assertThat(sink.wakes).hasSize(1);
        assertThat(sink.all.indexOf(sink.wakes.getFirst()))
                .as("the stop is told before the wake")
                .isGreaterThan(sink.all.indexOf(sink.segments.getLast()));
    }

    @Test
    void aWakeAskedForFromWithinTheSinkComesAfterAllThatThePositionSays() {
        List<String> order = new java.util.ArrayList<>();
        VehicleStage[] asked = new VehicleStage[1];
        VehicleStage reentrant = new VehicleStage(ReferenceSet.EMPTY, new VehicleSink() {
            @Override
            public void episode(io.haulwatch.model.episode.Episode revision) {}

            @Override
            public void doubt(io.haulwatch.model.episode.DoubtMark mark) {}

            @Override
            public void activity(int vehicleId, ActivitySegment segment) {
                order.add(segment.kind() + (segment.open() ? " open" : " ended"));
                asked[0].wakeAt(vehicleId, at("08:00:05"));
            }

            @Override
            public void wake(int vehicleId, long wakeMillis, long positionMillis) {
                order.add("wake");
            }
        });
        asked[0] = reentrant;
        new Drive()
                .speeds("08:00:00", 40)
                .until("08:10:00", 60)
                .until("08:13:00", 0)
                .feed(reentrant);

        assertThat(order).containsExactly("DRIVING open", "wake", "DRIVING ended", "STOPPED open", "wake");
    }

    private void assertSegments(String... expected) {
        assertThat(sink.folded()).extracting(MotionTest::text).containsExactly(expected);
    }

    private static String text(ActivitySegment segment) {
        return segment.kind() + " " + clock(segment.fromMillis()) + " " + clock(segment.toMillis())
                + (segment.open() ? " open" : " ended") + (segment.inferred() ? " inferred" : "")
                + (segment.possibleRestSeconds() > 0 ? " rest " + segment.possibleRestSeconds() : "");
    }

    private static String clock(long millis) {
        return java.time.Instant.ofEpochMilli(millis)
                .atOffset(java.time.ZoneOffset.ofHours(8))
                .toLocalTime()
                .format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME);
    }
}

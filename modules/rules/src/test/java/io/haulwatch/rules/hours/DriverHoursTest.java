package io.haulwatch.rules.hours;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.rules.hours.HoursSegment.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DriverHoursTest {
    private static final HoursProfiles GENERAL = new HoursProfiles(Sheet.reference(VehicleClass.GENERAL, Map.of()));

    @Test
    void raisesNothingExactlyAtTheLimitAndOpensOneSecondLater() {
        Sheet sheet = Sheet.general().drive("08:00", "12:00:00");
        assertThat(sheet.the(Rule.FATIGUE).state()).isEqualTo(EpisodeState.PREWARNED);

        sheet.drive("12:00:00", "12:00:01");
        assertThat(sheet.the(Rule.FATIGUE).state()).isEqualTo(EpisodeState.OPEN);
        assertThat(sheet.the(Rule.FATIGUE).startMillis()).isEqualTo(Sheet.at("12:00:00"));
    }

    @Test
    void aRestOfExactlyTwentyMinutesResets() {
        assertThat(Sheet.general()
                        .drive("08:00", "11:00")
                        .stop("11:00", "11:20:00")
                        .drive("11:20:00", "12:30")
                        .judge()
                        .episodes())
                .isEmpty();
    }

    @Test
    void aRestOneSecondShortOfTwentyMinutesDoesNot() {
        assertThat(Sheet.general()
                        .drive("08:00", "11:00")
                        .stop("11:00", "11:19:59")
                        .drive("11:19:59", "12:30")
                        .the(Rule.FATIGUE)
                        .startMillis())
                .isEqualTo(Sheet.at("12:19:59"));
    }

    @Test
    void drivingOnAfterARestWithTheDayUsedUpSaysWhatTheDayHolds() {
        List<Episode> day = Sheet.general()
                .drive("00:00", "03:50")
                .stop("03:50", "04:10")
                .drive("04:10", "08:00")
                .stop("08:00", "08:20")
                .drive("08:20", "10:00")
                .stop("10:00", "10:20")
                .drive("10:20", "10:30")
                .judge()
                .episodes()
                .stream()
                .filter(episode -> episode.rule() == Rule.CUM24)
                .toList();

        assertThat(day).extracting(Episode::state).containsExactly(EpisodeState.CLOSED, EpisodeState.OPEN);
        assertThat(day.getLast().startMillis()).isEqualTo(Sheet.at("10:20"));
        assertThat(day.getLast().measures())
                .containsEntry("counter_s", 9 * 3_600L + 20 * 60)
                .containsEntry("excess_s", 80 * 60L)
                .containsEntry("driving_s", 0L);
    }

    @Test
    void severityRisesOnlyBeyondItsStep() {
        Sheet sheet = Sheet.general().drive("08:00", "12:30:00");
        assertThat(sheet.the(Rule.FATIGUE).severity()).isEqualTo(Severity.MINOR);
        sheet.drive("12:30:00", "12:30:01");
        assertThat(sheet.the(Rule.FATIGUE).severity()).isEqualTo(Severity.MAJOR);
        sheet.drive("12:30:01", "13:00:01");
        assertThat(sheet.the(Rule.FATIGUE).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void warningAndViolationOfOnePeriodHaveOneId() {
        Sheet sheet = Sheet.general().drive("08:00", "11:45");
        Episode warning = sheet.the(Rule.FATIGUE);
        sheet.drive("11:45", "12:10");
        assertThat(sheet.judge().episodes()).hasSize(1);
        assertThat(sheet.the(Rule.FATIGUE).id()).isEqualTo(warning.id());
    }

    @Test
    void tellsAnOpenEpisodeTheSameWhoeverAsksWhen() {
        Sheet sheet = Sheet.general().drive("08:00", "12:05");
        Episode first = sheet.the(Rule.FATIGUE);
        assertThat(sheet.drive("12:05", "12:25").the(Rule.FATIGUE)).isEqualTo(first);
    }

    @Test
    void saysWhenAnOpenDriveBringsTheNextStep() {
        HoursSegment drive =
                new HoursSegment(7, Kind.DRIVING, Sheet.at("08:00"), Sheet.at("08:30"), true, Evidence.LIVE, false, 0);
        assertThat(judge(List.of(drive), "08:30").wakes()).containsEntry(7, Sheet.at("11:30"));

        HoursSegment later = drive.between(drive.fromMillis(), Sheet.at("11:30"), true);
        HoursJudgement warned = judge(List.of(later), "11:30");
        assertThat(warned.wakes()).containsEntry(7, Sheet.at("12:00") + 1);
        assertThat(Sheet.clock(warned).deadlineMillis()).isEqualTo(Sheet.at("12:00"));
        assertThat(Sheet.clock(warned).driving()).isTrue();
    }

    @Test
    void aDriverWithTwoTrucksHasOneClock() {
        HoursSegment morning =
                new HoursSegment(7, Kind.DRIVING, Sheet.at("06:00"), Sheet.at("08:30"), false, Evidence.LIVE, false, 0);
        HoursSegment noon =
                new HoursSegment(9, Kind.DRIVING, Sheet.at("08:40"), Sheet.at("10:30"), false, Evidence.LIVE, false, 0);
        Episode fatigue = judge(List.of(noon, morning), "10:30").episodes().getFirst();
        assertThat(fatigue.state()).isEqualTo(EpisodeState.OPEN);
        assertThat(fatigue.startMillis()).isEqualTo(Sheet.at("10:10"));
        assertThat(fatigue.vehicleId()).isEqualTo(9);
        assertThat(fatigue.driverId()).isEqualTo(1);
    }

    @Test
    void overlappingDrivesOfOneDriverCountOnce() {
        HoursSegment one =
                new HoursSegment(7, Kind.DRIVING, Sheet.at("06:00"), Sheet.at("09:00"), false, Evidence.LIVE, false, 0);
        HoursSegment two =
                new HoursSegment(9, Kind.DRIVING, Sheet.at("08:00"), Sheet.at("10:00"), false, Evidence.LIVE, false, 0);
        HoursJudgement judgement = judge(List.of(one, two), "10:00");
        assertThat(Sheet.clock(judgement).continuousSeconds()).isEqualTo(4 * 3600);
    }

    @Test
    void aTruckThatFellSilentWhileDrivingNeitherDrivesNorRests() {
        HoursSegment silent =
                new HoursSegment(7, Kind.DRIVING, Sheet.at("06:00"), Sheet.at("08:00"), true, Evidence.LIVE, false, 0);
        HoursSegment other =
                new HoursSegment(9, Kind.DRIVING, Sheet.at("09:00"), Sheet.at("10:00"), true, Evidence.LIVE, false, 0);
        assertThat(Sheet.clock(judge(List.of(silent, other), "10:00")).continuousSeconds())
                .isEqualTo(3 * 3600);
    }

    @Test
    void leavesPeriodsBeforeTheHorizonAlone() {
        Sheet sheet = Sheet.general().drive("06:00", "10:30");
        assertThat(DriverHours.judge(
                                Sheet.DRIVER,
                                List.of(new HoursSegment(
                                        7,
                                        Kind.DRIVING,
                                        Sheet.at("06:00"),
                                        Sheet.at("10:30"),
                                        false,
                                        Evidence.LIVE,
                                        false,
                                        0)),
                                GENERAL,
                                Sheet.at("10:30"),
                                Sheet.at("06:00") + 1)
                        .episodes())
                .isEmpty();
        assertThat(sheet.judge().episodes()).hasSize(1);
    }

    @Test
    void aProfileThatCannotBeReadIsNamedAndDoesNotCount() {
        HoursProfiles profiles =
                new HoursProfiles(Sheet.reference(VehicleClass.GENERAL, Map.of("cn.cont_limit_s", "four hours")));
        assertThat(profiles.faults()).singleElement().asString().contains("cn.cont_limit_s=four hours");
        assertThat(profiles.at(7, 0)).isEqualTo(HoursProfile.defaults(VehicleClass.GENERAL));
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOrderInWhichSegmentsBecameKnownDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<HoursSegment> segments = randomDays(random);
        long asOf = segments.getLast().toMillis();
        HoursJudgement ordered = DriverHours.judge(Sheet.DRIVER, segments, GENERAL, asOf, Long.MIN_VALUE);
        List<HoursSegment> shuffled = new ArrayList<>(segments);
        Collections.shuffle(shuffled, random);
        shuffled.add(shuffled.getFirst());
        assertThat(DriverHours.judge(Sheet.DRIVER, shuffled, GENERAL, asOf, Long.MIN_VALUE))
                .isEqualTo(ordered);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void continuousDrivingAgreesWithACounterThatGoesSecondBySecond(long seed) {
        List<HoursSegment> segments = randomDays(new Random(seed));
        long asOf = segments.getLast().toMillis();
        List<Long> crossings = new ArrayList<>();
        long counter = 0;
        long standing = 0;
        for (HoursSegment segment : segments) {
            for (long second = segment.fromMillis(); second < segment.toMillis(); second += 1_000) {
                if (segment.kind() == Kind.STOPPED) {
                    standing++;
                    counter = standing >= 1_200 ? 0 : counter;
                } else {
                    standing = 0;
                    if (counter == 14_400) {
                        crossings.add(second);
                    }
                    counter++;
                }
            }
        }
        assertThat(DriverHours.judge(Sheet.DRIVER, segments, GENERAL, asOf, Long.MIN_VALUE).episodes().stream()
                        .filter(e -> e.rule() == Rule.FATIGUE && e.state() != EpisodeState.PREWARNED)
                        .map(Episode::startMillis)
                        .toList())
                .isEqualTo(crossings);
    }

    private static List<HoursSegment> randomDays(Random random) {
        List<HoursSegment> out = new ArrayList<>();
        long time = Sheet.at("00:00");
        for (int i = 0; i < 60; i++) {
            boolean drives = i % 2 == 0;
            long length = 1_000L * (drives ? 60 + random.nextInt(9_000) : 120 + random.nextInt(2_400));
            out.add(new HoursSegment(
                    7, drives ? Kind.DRIVING : Kind.STOPPED, time, time + length, false, Evidence.LIVE, false, 0));
            time += length;
        }
        return out;
    }

    private static HoursJudgement judge(List<HoursSegment> segments, String asOf) {
        return DriverHours.judge(Sheet.DRIVER, segments, GENERAL, Sheet.at(asOf), Long.MIN_VALUE);
    }
}

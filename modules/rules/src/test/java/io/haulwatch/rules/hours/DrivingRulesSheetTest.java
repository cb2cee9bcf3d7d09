package io.haulwatch.rules.hours;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The worked examples of the driving-time fact sheet §1.3, by their numbers. General freight and mode {@code moving} unless stated. */
class DrivingRulesSheetTest {

    @Test
    void cn1ACleanDayWarnsOnceAndAccusesNobody() {
        Sheet sheet =
                Sheet.general().drive("06:00", "09:50").stop("09:50", "10:12").drive("10:12", "13:00");

        assertThat(sheet.judge().episodes()).hasSize(1);
        Episode warning = sheet.the(Rule.FATIGUE);
        assertThat(warning.state()).isEqualTo(EpisodeState.PREWARNED);
        assertThat(warning.startMillis()).isEqualTo(Sheet.at("09:30:00"));
        assertThat(warning.severity()).isEqualTo(Severity.NOTICE);
        assertThat(sheet.clock().continuousSeconds()).isEqualTo(2 * 3600 + 48 * 60);
        assertThat(sheet.judge().periods().get(1).startMillis()).isEqualTo(Sheet.at("10:12"));
    }

    @Test
    void cn1TheCounterIsResetAtTheTwentiethMinuteOfTheRest() {
        Sheet sheet = Sheet.general().drive("06:00", "09:50").stop("09:50", "10:09:59");
        assertThat(sheet.clock().continuousSeconds()).isEqualTo(3 * 3600 + 50 * 60);
        assertThat(sheet.judge().wakes()).containsEntry(7, Sheet.at("10:10:00"));

        sheet.stop("10:09:59", "10:10:00");
        assertThat(sheet.clock().continuousSeconds()).isZero();
    }

    @Test
    void cn2TenSecondsMissingMakeAStopNoRest() {
        Sheet sheet = Sheet.general()
                .drive("07:00", "10:40")
                .stop("10:40", "10:59:50")
                .drive("10:59:50", "12:00")
                .stop("12:00", "12:20");

        Episode fatigue = sheet.the(Rule.FATIGUE);
        assertThat(fatigue.startMillis()).isEqualTo(Sheet.at("11:19:50"));
        assertThat(fatigue.endMillis()).isEqualTo(Sheet.at("12:00"));
        assertThat(fatigue.measures())
                .containsEntry("prewarned_at_ms", Sheet.at("10:30"))
                .containsEntry("counter_s", 4 * 3600 + 40 * 60 + 10L)
                .containsEntry("excess_s", 40 * 60 + 10L);
        assertThat(fatigue.severity()).isEqualTo(Severity.MAJOR);
        assertThat(fatigue.facts()).containsEntry("borderline", "true");
        assertThat(fatigue.evidence()).isEqualTo(Evidence.LIVE);
    }

    @Test
    void cn2ElapsedTheClockAlsoRunsThroughTheStop() {
        Episode fatigue = Sheet.generalElapsed()
                .drive("07:00", "10:40")
                .stop("10:40", "10:59:50")
                .drive("10:59:50", "12:00")
                .stop("12:00", "12:20")
                .the(Rule.FATIGUE);

        assertThat(fatigue.startMillis()).isEqualTo(Sheet.at("11:00:00"));
        assertThat(fatigue.measures()).containsEntry("counter_s", 5 * 3600L).containsEntry("excess_s", 3600L);
        assertThat(fatigue.severity()).isEqualTo(Severity.MAJOR);
    }

    @Test
    void cn3TwoShortStopsDoNotMakeOneRest() {
        Episode fatigue = Sheet.general()
                .drive("08:00", "10:00")
                .stop("10:00", "10:10")
                .drive("10:10", "12:15")
                .stop("12:15", "12:35")
                .the(Rule.FATIGUE);

        assertThat(fatigue.measures()).containsEntry("prewarned_at_ms", Sheet.at("11:40"));
        assertThat(fatigue.startMillis()).isEqualTo(Sheet.at("12:10"));
        assertThat(fatigue.endMillis()).isEqualTo(Sheet.at("12:15"));
        assertThat(fatigue.measures()).containsEntry("excess_s", 300L);
        assertThat(fatigue.severity()).isEqualTo(Severity.MINOR);
        assertThat(fatigue.facts()).doesNotContainKey("borderline");
    }

    @Test
    void cn3Elapsed() {
        Episode fatigue = Sheet.generalElapsed()
                .drive("08:00", "10:00")
                .stop("10:00", "10:10")
                .drive("10:10", "12:15")
                .stop("12:15", "12:25")
                .the(Rule.FATIGUE);

        assertThat(fatigue.measures()).containsEntry("prewarned_at_ms", Sheet.at("11:30"));
        assertThat(fatigue.startMillis()).isEqualTo(Sheet.at("12:00"));
        assertThat(fatigue.state()).isEqualTo(EpisodeState.OPEN);
    }

    @Test
    void cn5ATunnelIsDrivingAndLeavesTheCrossingLive() {
        Episode fatigue = Sheet.general()
                .drive("08:00", "11:50")
                .movedWithoutData("11:50", "11:58", 8 - 7.0 / 100 * 60)
                .drive("11:58", "12:20")
                .stop("12:20", "12:40")
                .the(Rule.FATIGUE);

        assertThat(fatigue.measures()).containsEntry("prewarned_at_ms", Sheet.at("11:30"));
        assertThat(fatigue.startMillis()).isEqualTo(Sheet.at("12:00"));
        assertThat(fatigue.endMillis()).isEqualTo(Sheet.at("12:20"));
        assertThat(fatigue.severity()).isEqualTo(Severity.MINOR);
        assertThat(fatigue.evidence()).isEqualTo(Evidence.LIVE);
    }

    @Test
    void cn5ACrossingInsideTheTunnelSaysSo() {
        Episode fatigue = Sheet.general()
                .drive("07:55", "11:50")
                .movedWithoutData("11:50", "11:58", 8 - 7.0 / 100 * 60)
                .drive("11:58", "12:20")
                .the(Rule.FATIGUE);

        assertThat(fatigue.startMillis()).isEqualTo(Sheet.at("11:55"));
        assertThat(fatigue.evidence()).isEqualTo(Evidence.GAP);
    }

    @Test
    void cn6ALongGapWithLittleDisplacementIsAnInferredRest() {
        Sheet sheet = Sheet.general()
                .drive("06:20", "10:00")
                .stillWithoutData("10:00", "10:28")
                .drive("10:28", "12:00");

        assertThat(sheet.clock().continuousSeconds()).isEqualTo(92 * 60);
        assertThat(sheet.the(Rule.FATIGUE).state()).isEqualTo(EpisodeState.PREWARNED);
        assertThat(sheet.the(Rule.FATIGUE).facts()).containsEntry("rest_evidence", "inferred");
    }

    @Test
    void cn6AGapThatMayHoldARestCountsAsDrivingAndIsProvisional() {
        Sheet sheet = Sheet.general()
                .drive("06:20", "10:00")
                .movedWithoutData("10:00", "10:28", 20.8)
                .drive("10:28", "11:00");
        assertThat(sheet.the(Rule.FATIGUE).evidence()).isEqualTo(Evidence.GAP);
        assertThat(sheet.the(Rule.FATIGUE).startMillis()).isEqualTo(Sheet.at("10:20"));

        Episode lenient = Sheet.general(Map.of("gap_policy", "lenient"))
                .drive("06:20", "10:00")
                .movedWithoutData("10:00", "10:28", 20.8)
                .drive("10:28", "11:00")
                .the(Rule.FATIGUE);
        assertThat(lenient.state()).isEqualTo(EpisodeState.PREWARNED);
    }

    @Test
    void cn6AGapTooShortForARestIsPlainDriving() {
        Episode fatigue = Sheet.general()
                .drive("06:10", "10:00")
                .movedWithoutData("10:00", "10:28", 17.2)
                .drive("10:28", "11:00")
                .the(Rule.FATIGUE);
        assertThat(fatigue.facts().get("segments")).doesNotContain("UNKNOWN");
        assertThat(fatigue.startMillis()).isEqualTo(Sheet.at("10:10"));
    }

    @Test
    void cn7AStopThatComesLaterTakesTheProvisionalAlarmAway() {
        Sheet before = Sheet.general()
                .drive("06:10", "09:00")
                .unknown("09:00", "10:45")
                .drive("10:45", "10:52");
        assertThat(before.the(Rule.FATIGUE).startMillis()).isEqualTo(Sheet.at("10:10"));
        assertThat(before.the(Rule.FATIGUE).measures()).containsEntry("prewarned_at_ms", Sheet.at("09:40"));
        assertThat(before.the(Rule.FATIGUE).evidence()).isEqualTo(Evidence.GAP);

        Sheet after =
                Sheet.general().drive("06:10", "09:20").stop("09:20", "09:45").drive("09:45", "13:20");
        assertThat(after.the(Rule.FATIGUE).state()).isEqualTo(EpisodeState.PREWARNED);
        assertThat(after.the(Rule.FATIGUE).startMillis()).isEqualTo(Sheet.at("13:15"));
        assertThat(after.judge().episodes()).hasSize(1);
    }

    @Test
    void cn8TwentyFourHoursRollOverMidnight() {
        Sheet sheet = Sheet.general()
                .drive("14:00", "18:00")
                .stop("18:00", "18:30")
                .drive("18:30", "21:30")
                .stop("21:30", "2/06:00")
                .drive("2/06:00", "2/07:00:00");
        assertThat(sheet.episode(Rule.CUM24)).isEmpty();

        sheet.drive("2/07:00:00", "2/07:00:01");
        Episode day = sheet.the(Rule.CUM24);
        assertThat(day.startMillis()).isEqualTo(Sheet.at("2/07:00:00"));
        assertThat(day.severity()).isEqualTo(Severity.NOTICE);
        assertThat(day.state()).isEqualTo(EpisodeState.OPEN);
    }

    @Test
    void cn8WhatIsOlderThanADayDropsOutOfTheSum() {
        Sheet sheet = Sheet.general()
                .drive("06:00", "09:30")
                .stop("09:30", "10:00")
                .drive("10:00", "13:30")
                .stop("13:30", "2/06:00")
                .drive("2/06:00", "2/09:00");
        assertThat(sheet.episode(Rule.CUM24)).isEmpty();
    }

    @Test
    void cn9TwoHoursOfNightAreEnoughForDangerousGoods() {
        Sheet sheet = Sheet.dangerousGoods().drive("20:30", "2/00:20").stop("2/00:20", "2/00:40");

        Episode night = sheet.the(Rule.FATIGUE_NIGHT);
        assertThat(night.startMillis()).isEqualTo(Sheet.at("2/00:00"));
        assertThat(night.endMillis()).isEqualTo(Sheet.at("2/00:20"));
        assertThat(night.measures()).containsEntry("counter_s", 8_400L).containsEntry("limit_s", 7_200L);
        assertThat(sheet.the(Rule.FATIGUE).state()).isEqualTo(EpisodeState.PREWARNED);
    }

    @Test
    void cn9GeneralFreightHasNoNightRule() {
        assertThat(Sheet.general().drive("20:30", "2/00:20").episode(Rule.FATIGUE_NIGHT))
                .isEmpty();
    }
}

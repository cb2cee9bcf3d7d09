package io.haulwatch.analytics.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.analytics.clock.CardHolders;
import io.haulwatch.analytics.clock.DrivingClocks;
import io.haulwatch.analytics.fleet.Journey;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.VehicleClass;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Terminal and platform by §4.5 of the speeding sheet with its example S-14, and what else terminals call an alarm. The limit is 90. */
class TerminalAlarmsTest {
    private static final int EMERGENCY = 1;
    private static final int OVERSPEED = 1 << 1;
    private static final int FATIGUE = 1 << 2;
    private static final int POWER_LOST = 1 << 8;

    private final Heard heard = new Heard();

    @Test
    void s14TheTerminalAloneIsACaseWithADriftOfItsConfiguration() {
        TwoStages stages = play(truck("08:58")
                .drive(70, day("09:00"))
                .alarms(OVERSPEED)
                .drive(86, day("09:01:10"))
                .alarms(0)
                .drive(70, day("09:05")));
        assertThat(last(Rule.SPEEDING)).isEmpty();
        assertThat(last(Rule.TERMINAL_ALARM)).singleElement().satisfies(alarm -> {
            assertThat(alarm.state()).isEqualTo(EpisodeState.CLOSED);
            assertThat(alarm.endedBy()).isEqualTo("cleared");
            assertThat(alarm.evidence()).isEqualTo(Evidence.TERMINAL);
            assertThat(alarm.severity()).isEqualTo(Severity.NOTICE);
            assertThat(alarm.startMillis()).isEqualTo(at("09:00"));
            assertThat(alarm.endMillis()).isEqualTo(at("09:01"));
            assertThat(alarm.measures()).containsEntry("speed_decikmh", 860L).containsEntry("duration_s", 60L);
            assertThat(alarm.facts()).containsEntry("alarm", "overspeed").containsEntry("config_drift", "true");
            assertThat(alarm.points()).hasSize(1);
        });
        assertThat(stages.terminalAlone()).isEqualTo(1);
        assertThat(stages.terminalJoined()).isZero();
    }

    @Test
    void whatThePlatformSeesTooIsOneCaseWithTwoWitnesses() {
        TwoStages stages = play(truck("08:58")
                .drive(70, day("09:00"))
                .alarms(OVERSPEED)
                .drive(98, day("09:02"))
                .alarms(0)
                .drive(70, day("09:10")));
        Episode platform = last(Rule.SPEEDING).getFirst();
        assertThat(platform.state()).isEqualTo(EpisodeState.CLOSED);
        assertThat(of(Rule.TERMINAL_ALARM)).singleElement().satisfies(alarm -> {
            assertThat(alarm.state()).isEqualTo(EpisodeState.WITHDRAWN);
            assertThat(alarm.endedBy()).isEqualTo("joined");
            assertThat(alarm.facts())
                    .containsEntry("joined", platform.id().toString())
                    .doesNotContainKey("config_drift");
        });
        assertThat(stages.terminalJoined()).isEqualTo(1);
        assertThat(stages.terminalAlone()).isZero();
    }

    @Test
    void aMinuteApartIsStillOneCaseAndMoreIsNot() {
        assertThat(joinsAfterPause("09:02:20")).isTrue();
        heard.said.clear();
        assertThat(joinsAfterPause("09:02:40")).isFalse();
    }

    /** The terminal says overspeed from 09:00 to its last report at 09:01:20; the platform's speeding begins at {@code second}. */
    private boolean joinsAfterPause(String second) {
        play(truck("08:58")
                .drive(70, day("09:00"))
                .alarms(OVERSPEED)
                .drive(86, day("09:01:30"))
                .alarms(0)
                .drive(70, day(second))
                .drive(98, day("09:04"))
                .drive(70, day("09:10")));
        assertThat(last(Rule.SPEEDING)).hasSize(1);
        return last(Rule.TERMINAL_ALARM).getFirst().state() == EpisodeState.WITHDRAWN;
    }

    @Test
    void theTerminalsFatigueStandsUntilThePlatformComesToTheSame() {
        play(truck("06:00")
                .drive(60, day("09:50"))
                .alarms(FATIGUE)
                .drive(60, day("10:20"))
                .alarms(0)
                .stand(day("10:50")));
        Episode platform = last(Rule.FATIGUE).getFirst();
        assertThat(platform.startMillis()).isEqualTo(at("10:00"));
        assertThat(of(Rule.TERMINAL_ALARM))
                .extracting(Episode::state)
                .containsExactly(EpisodeState.OPEN, EpisodeState.WITHDRAWN);
        assertThat(last(Rule.TERMINAL_ALARM).getFirst().facts())
                .containsEntry("joined", platform.id().toString());
    }

    @Test
    void anEmergencyIsToldAtOnceAndRepeatedReportsAreOneStretch() {
        play(truck("09:00")
                .drive(60, day("09:01"))
                .alarms(EMERGENCY)
                .drive(60, day("09:01:20"))
                .alarms(0)
                .drive(60, day("09:01:50"))
                .alarms(EMERGENCY)
                .drive(60, day("09:02"))
                .alarms(0)
                .drive(60, day("09:10")));
        assertThat(of(Rule.TERMINAL_ALARM))
                .extracting(Episode::state)
                .containsExactly(EpisodeState.OPEN, EpisodeState.CLOSED);
        assertThat(of(Rule.TERMINAL_ALARM).getFirst().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(of(Rule.TERMINAL_ALARM).getLast().endMillis()).isEqualTo(at("09:01:50"));
    }

    @Test
    void aSleepingTruckWithoutPowerIsOneAlarmHoweverRarelyItReports() {
        Journey journey = truck("09:00").park(day("09:01")).alarms(POWER_LOST);
        for (int minute = 10; minute <= 50; minute += 10) {
            journey.silent(0, day("09:" + minute)).park(day("09:" + minute + ":10"));
        }
        play(journey);
        assertThat(of(Rule.TERMINAL_ALARM)).extracting(Episode::state).containsExactly(EpisodeState.OPEN);
    }

    @Test
    void aPromptInTheCabIsNoAlarm() {
        play(truck("09:00")
                .alarms(1 << 13 | 1 << 14)
                .drive(60, day("09:05"))
                .alarms(0)
                .drive(60, day("09:10")));
        assertThat(of(Rule.TERMINAL_ALARM)).hasSize(2).allMatch(prompt -> prompt.state() == EpisodeState.PREWARNED);
    }

    @Test
    void anActiveSafetyAlarmLastsFromItsStartToItsEnd() {
        play(truck("09:00")
                .drive(60, day("09:01"))
                .items(dsm(1, 2, 2, 16))
                .drive(60, day("09:01:10"))
                .items(new byte[0])
                .drive(60, day("09:04"))
                .items(dsm(2, 2, 2, 16))
                .drive(60, day("09:04:10"))
                .items(new byte[0])
                .drive(60, day("09:10")));
        assertThat(of(Rule.TERMINAL_ALARM))
                .extracting(Episode::state)
                .containsExactly(EpisodeState.OPEN, EpisodeState.CLOSED);
        Episode alarm = of(Rule.TERMINAL_ALARM).getLast();
        assertThat(alarm.facts()).containsEntry("alarm", "dsm_2");
        assertThat(alarm.severity()).isEqualTo(Severity.MAJOR);
        assertThat(alarm.endMillis()).isEqualTo(at("09:04"));
    }

    @Test
    void bothLengthsOfTheAlarmMarkAreReadAndEventsAndStrangersAreNot() {
        play(truck("09:00")
                .items(dsm(0, 3, 1, 40))
                .drive(60, day("09:00:10"))
                .items(dsm(0, 0x10, 1, 16))
                .drive(60, day("09:00:20"))
                .items(dsm(0, 4, 1, 20))
                .drive(60, day("09:00:30"))
                .items(new byte[0])
                .drive(60, day("09:05")));
        assertThat(last(Rule.TERMINAL_ALARM))
                .extracting(alarm -> alarm.facts().get("alarm"))
                .containsExactly("dsm_3");
    }

    @Test
    void severalAlarmsOfOneReportAreSeveralEpisodes() {
        play(truck("09:00").alarms(EMERGENCY | POWER_LOST).drive(60, day("09:01")));
        assertThat(last(Rule.TERMINAL_ALARM))
                .extracting(alarm -> alarm.facts().get("alarm"))
                .containsExactlyInAnyOrder("emergency_button", "main_power_lost");
    }

    @Test
    void goesOnFromASnapshotInTheMiddleOfAStretch() throws IOException {
        TwoStages before = play(truck("09:00").alarms(EMERGENCY | OVERSPEED).drive(86, day("09:00:40")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        before.writeTo(new DataOutputStream(bytes));
        TwoStages after = TwoStages.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
                reference(),
                new DrivingClocks(),
                new CardHolders(),
                heard);
        after.resume();
        Heard.feed(
                after,
                truck("09:00:40")
                        .alarms(OVERSPEED)
                        .drive(86, day("09:02"))
                        .alarms(0)
                        .drive(70, day("09:10")));
        assertThat(last(Rule.TERMINAL_ALARM))
                .hasSize(2)
                .allMatch(alarm -> alarm.state() == EpisodeState.CLOSED && alarm.startMillis() == at("09:00"));
        assertThat(heard.said.stream().map(each -> each.id() + "/" + each.revision()))
                .doesNotHaveDuplicates();
    }

    /** Item 0x65 with nothing in it but its head. @param mark bytes of the alarm mark */
    private static byte[] dsm(int flag, int type, int level, int mark) {
        int size = 31 + mark;
        ByteBuffer item = ByteBuffer.allocate(2 + size);
        item.put((byte) 0x65)
                .put((byte) size)
                .putInt(1)
                .put((byte) flag)
                .put((byte) type)
                .put((byte) level);
        return item.array();
    }

    private TwoStages play(Journey journey) {
        TwoStages stages = new TwoStages(reference(), new DrivingClocks(), heard);
        Heard.feed(stages, journey);
        return stages;
    }

    private List<Episode> of(Rule rule) {
        return heard.of(rule);
    }

    private List<Episode> last(Rule rule) {
        return heard.last(rule);
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

    private static ReferenceSet reference() {
        return new ReferenceSet(
                1,
                List.of(),
                List.of(new ReferenceSet.Vehicle(
                        7, 1, "渝B12345", VehicleClass.GENERAL, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}

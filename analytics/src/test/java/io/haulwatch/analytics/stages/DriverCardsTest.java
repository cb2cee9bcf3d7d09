package io.haulwatch.analytics.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.haulwatch.analytics.clock.CardHolders;
import io.haulwatch.analytics.clock.DrivingClocks;
import io.haulwatch.analytics.fleet.Journey;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Assignment;
import io.haulwatch.model.register.ReferenceSet.Driver;
import io.haulwatch.model.register.ReferenceSet.Paper;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.model.report.CardRecord;
import io.haulwatch.rules.driver.CardOutcome;
import io.haulwatch.rules.driver.Duty;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Example CN-4 of the driving-time fact sheet §1.3 with its variants, as a truck would report it through both stages, and what else cards decide. D1 is
 * assigned to the truck; D1, D2 and D3 are in the register.
 */
class DriverCardsTest {
    private static final int TRUCK = 7;
    private static final Subject D1 = new Subject.OfDriver(1);
    private static final Subject D2 = new Subject.OfDriver(2);
    private static final Subject THE_TRUCK = new Subject.OfVehicle(TRUCK);

    private static final Driver DRIVER_1 = new Driver(1, 1, "张一", List.of("510000000000000001"));
    private static final Driver DRIVER_2 = new Driver(2, 1, "李二", List.of("510000000000000002", "Q-2"));

    private final Heard heard = new Heard();
    private final DrivingClocks clocks = new DrivingClocks();
    private final CardHolders cardHolders = new CardHolders();

    @Test
    void cn4TheCardIsChangedAtAStopAndNeitherDriverIsTired() {
        TwoStages stages = play(truck("06:00")
                .cardIn("张一", "510000000000000001")
                .drive(60, day("09:30"))
                .stand(day("09:32"))
                .cardOut()
                .cardIn("李二", "510000000000000002")
                .stand(day("09:34"))
                .drive(60, day("13:20"))
                .stand(day("13:45")));
        assertThat(lastFatigue(D1)).hasValueSatisfying(warning -> {
            assertThat(warning.state()).isEqualTo(EpisodeState.PREWARNED);
            assertThat(warning.startMillis()).isEqualTo(at("09:30"));
        });
        assertThat(lastFatigue(D2)).hasValueSatisfying(warning -> {
            assertThat(warning.state()).isEqualTo(EpisodeState.PREWARNED);
            assertThat(warning.startMillis()).isEqualTo(at("13:04"));
        });
        assertThat(of(Rule.FATIGUE)).allMatch(episode -> episode.state() == EpisodeState.PREWARNED);
        assertThat(lastFatigue(THE_TRUCK)).isEmpty();
        assertThat(stages.driven(1)).allMatch(drive -> drive.toMillis() <= at("09:32"));
        assertThat(stages.driven(2)).isNotEmpty().allMatch(drive -> drive.fromMillis() >= at("09:32"));
    }

    @Test
    void cn4aASecondCardOfTheSameDriverJoinsTheCounters() {
        play(truck("06:00")
                .cardIn("张一", "510000000000000001")
                .drive(60, day("09:30"))
                .stand(day("09:32"))
                .cardOut()
                .cardIn("张一", "510000000000000001")
                .stand(day("09:34"))
                .drive(60, day("10:20")));
        assertThat(lastFatigue(D1)).hasValueSatisfying(open -> {
            assertThat(open.state()).isEqualTo(EpisodeState.OPEN);
            assertThat(open.startMillis()).isEqualTo(at("10:04"));
        });
    }

    @Test
    void cn4bACardChangedAtSeventyIsIgnoredAndSaysSo() {
        TwoStages stages = play(truck("06:00")
                .cardIn("张一", "510000000000000001")
                .drive(70, day("09:20"))
                .cardOut()
                .cardIn("李二", "510000000000000002")
                .drive(70, day("09:30"))
                .stand(day("09:34"))
                .drive(70, day("10:20")));
        assertThat(lastFatigue(D1)).hasValueSatisfying(open -> {
            assertThat(open.state()).isEqualTo(EpisodeState.OPEN);
            assertThat(open.startMillis()).isEqualTo(at("10:04"));
        });
        assertThat(of(Rule.CARD_CHANGE_MOVING)).singleElement().satisfies(change -> {
            assertThat(change.startMillis()).isEqualTo(at("09:20"));
            assertThat(change.state()).isEqualTo(EpisodeState.CLOSED);
            assertThat(change.severity()).isEqualTo(Severity.MAJOR);
            assertThat(change.driverId()).isEqualTo(1);
            assertThat(change.measures()).containsEntry("speed_decikmh", 700L);
            assertThat(change.facts())
                    .containsEntry("identity_check", "true")
                    .containsEntry("kept_driver", "driver:1")
                    .containsEntry("card_driver", "driver:2")
                    .containsEntry("card_number_end", "0002");
        });
        assertThat(stages.count(CardOutcome.REFUSED)).isEqualTo(1);
    }

    @Test
    void aRefusedCardCountsOnceItIsReadAtAStandstill() {
        play(truck("06:00")
                .drive(70, day("06:30"))
                .cardIn("李二", "Q-2")
                .drive(70, day("07:00"))
                .stand(day("07:10"))
                .cardIn("李二", "Q-2")
                .stand(day("07:30"))
                .drive(70, day("11:31")));
        assertThat(of(Rule.CARD_CHANGE_MOVING)).hasSize(1);
        assertThat(lastFatigue(D2)).hasValueSatisfying(open -> {
            assertThat(open.state()).isEqualTo(EpisodeState.OPEN);
            assertThat(open.startMillis()).isEqualTo(at("11:30"));
        });
    }

    @Test
    void aCardThatTheRegisterDoesNotKnowNamesNobody() {
        TwoStages stages =
                play(truck("06:00").stand(day("06:05")).cardIn("张一", "999").drive(60, day("10:10")));
        assertThat(lastFatigue(D1)).isEmpty();
        assertThat(lastFatigue(THE_TRUCK)).hasValueSatisfying(open -> {
            assertThat(open.state()).isEqualTo(EpisodeState.OPEN);
            assertThat(open.driverId()).isNull();
        });
        assertThat(stages.count(CardOutcome.UNKNOWN)).isEqualTo(1);
        assertThat(Objects.requireNonNull(cardHolders.of(TRUCK)).source()).isEqualTo(Duty.Source.UNKNOWN_CARD);
    }

    @Test
    void aDriverWhoIsRegisteredLaterIsNamedByTheCardThatWasReadBefore() {
        TwoStages stages =
                play(truck("06:00").stand(day("06:05")).cardIn("王三", "Q-3").drive(60, day("10:10")));
        assertThat(lastFatigue(new Subject.OfDriver(3))).isEmpty();
        stages.reference(reference(DRIVER_1, DRIVER_2, new Driver(3, 1, "王三", List.of("q-3"))));
        assertThat(lastFatigue(new Subject.OfDriver(3)))
                .hasValueSatisfying(open -> assertThat(open.state()).isEqualTo(EpisodeState.OPEN));
        assertThat(lastFatigue(THE_TRUCK))
                .hasValueSatisfying(gone -> assertThat(gone.state()).isEqualTo(EpisodeState.WITHDRAWN));
        assertThat(Objects.requireNonNull(cardHolders.of(TRUCK)).driverId()).isEqualTo(3);
    }

    @Test
    void withTheCardOutTheAssignedDriverDrives() {
        play(truck("05:00")
                .cardIn("李二", "Q-2")
                .drive(60, day("05:50"))
                .stand(day("06:00"))
                .cardOut()
                .stand(day("06:30"))
                .drive(60, day("10:31")));
        assertThat(lastFatigue(D2)).isEmpty();
        assertThat(lastFatigue(D1))
                .hasValueSatisfying(open -> assertThat(open.startMillis()).isEqualTo(at("10:30")));
        assertThat(cardHolders.of(TRUCK)).isNull();
    }

    @Test
    void aCardThatIsTakenOutOnTheWayLeavesTheDriverWhereHeIs() {
        play(truck("06:00")
                .cardIn("李二", "Q-2")
                .drive(60, day("08:00"))
                .cardOut()
                .drive(60, day("10:10")));
        assertThat(lastFatigue(D2))
                .hasValueSatisfying(open -> assertThat(open.startMillis()).isEqualTo(at("10:00")));
        assertThat(of(Rule.CARD_CHANGE_MOVING)).isEmpty();
    }

    @Test
    void ofTwoDriversWithOneNumberTheCompanyAndThenTheNameDecide() {
        Driver elsewhere = new Driver(4, 2, "李二", List.of("Q-2"));
        Driver namesake = new Driver(5, 1, "陈五", List.of("Q-2"));
        assertThat(holder(reference(DRIVER_1, DRIVER_2, elsewhere), "Q-2")).isEqualTo(2);
        assertThat(holder(reference(DRIVER_1, DRIVER_2, namesake), "Q-2")).isEqualTo(2);
        assertThat(holder(reference(DRIVER_2, new Driver(5, 1, "李二", List.of("Q-2"))), "Q-2"))
                .isEqualTo(-1);
        assertThat(holder(reference(DRIVER_1, DRIVER_2), "")).isEqualTo(-1);
    }

    @Test
    void theHoldersPapersCountWhileHisCardIsIn() {
        play(truck("06:00")
                .drive(60, day("06:30"))
                .stand(day("06:35"))
                .cardIn("李二", "Q-2")
                .stand(day("06:40"))
                .drive(60, day("07:10"))
                .stand(day("07:11"))
                .cardOut()
                .stand(day("07:11:30"))
                .drive(60, day("08:00")));
        assertThat(of(Rule.PAPERS))
                .extracting(Episode::state, Episode::driverId, Episode::endedBy)
                .containsExactly(tuple(EpisodeState.OPEN, 2, null), tuple(EpisodeState.CLOSED, 2, "driver_change"));
        assertThat(of(Rule.PAPERS).getLast().facts())
                .containsEntry("paper_kind", "drv.qualification")
                .containsEntry("owner", "driver:2");
    }

    @Test
    void aCardFromTomorrowIsCountedAndNotBelieved() {
        TwoStages stages = stages(reference(DRIVER_1, DRIVER_2));
        stages.onCard(new CardRecord(TRUCK, CardRecord.Event.IN, at("06:00"), at("06:06"), "李二", "Q-2", ""));
        assertThat(stages.count(CardOutcome.IMPOSSIBLE)).isEqualTo(1);
        assertThat(cardHolders.of(TRUCK)).isNull();
    }

    @Test
    void goesOnFromASnapshotWithTheCardsThatAreIn() throws IOException {
        Journey morning = truck("06:00")
                .cardIn("张一", "510000000000000001")
                .drive(70, day("09:20"))
                .cardIn("李二", "Q-2")
                .drive(70, day("09:25"));
        TwoStages before = play(morning);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        before.writeTo(new DataOutputStream(bytes));
        CardHolders restored = new CardHolders();
        TwoStages after = TwoStages.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
                reference(DRIVER_1, DRIVER_2),
                clocks,
                restored,
                heard);
        after.resume();
        int heardBefore = heard.said.size();
        Heard.feed(after, Journey.of(TRUCK, day("09:25"), 10).drive(70, day("10:10")));
        assertThat(lastFatigue(D1))
                .hasValueSatisfying(open -> assertThat(open.startMillis()).isEqualTo(at("10:00")));
        assertThat(heard.said.subList(heardBefore, heard.said.size()))
                .noneMatch(e -> e.rule() == Rule.CARD_CHANGE_MOVING);
        assertThat(Objects.requireNonNull(restored.of(TRUCK)).driverId()).isEqualTo(1);
    }

    private int holder(ReferenceSet reference, String number) {
        Heard.feed(stages(reference), truck("06:00").cardIn("李二", number));
        return Objects.requireNonNull(cardHolders.of(TRUCK)).driverId();
    }

    private TwoStages play(Journey journey) {
        TwoStages stages = stages(reference(DRIVER_1, DRIVER_2));
        Heard.feed(stages, journey);
        return stages;
    }

    private TwoStages stages(ReferenceSet reference) {
        return new TwoStages(reference, clocks, cardHolders, heard);
    }

    private Optional<Episode> lastFatigue(Subject subject) {
        return heard.said.stream()
                .filter(e -> e.rule() == Rule.FATIGUE && e.subject().equals(subject))
                .reduce((first, second) -> second);
    }

    private List<Episode> of(Rule rule) {
        return heard.of(rule);
    }

    private static Journey truck(String from) {
        return Journey.of(TRUCK, day(from), 10);
    }

    private static String day(String time) {
        return "2026-03-01T" + time;
    }

    private static long at(String time) {
        return Journey.at(day(time));
    }

    private static ReferenceSet reference(Driver... drivers) {
        return new ReferenceSet(
                1,
                List.of(),
                List.of(new ReferenceSet.Vehicle(
                        TRUCK, 1, "渝B12345", VehicleClass.GENERAL, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)),
                List.of(new Assignment(TRUCK, 1, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)),
                List.of(new Paper(
                        1,
                        Paper.Owner.DRIVER,
                        2,
                        "drv.qualification",
                        LocalDate.of(2026, 2, 1),
                        ReferenceSet.ALWAYS,
                        ReferenceSet.FOREVER)),
                List.of(),
                List.of(),
                List.of(drivers));
    }
}

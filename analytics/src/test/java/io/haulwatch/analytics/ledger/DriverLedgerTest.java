package io.haulwatch.analytics.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.analytics.clock.DrivenStretches.Driven;
import io.haulwatch.analytics.clock.DrivingClocks;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Assignment;
import io.haulwatch.rules.driver.DriverRegister;
import io.haulwatch.rules.driver.Wheels;
import io.haulwatch.rules.vehicle.ActivitySegment;
import io.haulwatch.rules.vehicle.ActivitySegment.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DriverLedgerTest {
    private final List<Episode> said = new ArrayList<>();
    private final Map<Integer, Long> wakes = new HashMap<>();
    private final DrivingClocks clocks = new DrivingClocks();
    private final LedgerSink sink = new LedgerSink() {
        @Override
        public void episode(Episode revision) {
            said.add(revision);
        }

        @Override
        public void wakeAt(int vehicleId, long millis) {
            wakes.put(vehicleId, millis);
        }
    };
    private DriverLedger ledger = new DriverLedger(ReferenceSet.EMPTY, clocks, sink);

    @Test
    void warnsOpensRisesAndClosesAsTheDriveGoesOn() {
        drive(7, "08:00", "08:10");
        assertThat(wakes).containsEntry(7, at("11:30"));
        wake(7);
        wake(7);
        assertThat(states()).containsExactly(EpisodeState.PREWARNED, EpisodeState.OPEN);
        assertThat(said.getLast().startMillis()).isEqualTo(at("12:00"));
        wake(7);
        assertThat(said.getLast().severity()).isEqualTo(Severity.MAJOR);
        wake(7);
        assertThat(said.getLast().severity()).isEqualTo(Severity.CRITICAL);

        ended(7, "08:00", "13:10");
        stopped(7, "13:10", "13:12");
        assertThat(said).hasSize(4);
        assertThat(wakes).containsEntry(7, at("13:30"));
        wake(7);
        Episode closed = said.getLast();
        assertThat(closed.state()).isEqualTo(EpisodeState.CLOSED);
        assertThat(closed.endedBy()).isEqualTo("rest");
        assertThat(closed.endMillis()).isEqualTo(at("13:10"));
        assertThat(closed.revision()).isEqualTo(5);
        assertThat(said.stream().map(Episode::id).distinct()).hasSize(1);
        assertThat(wakes.getOrDefault(7, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void saysNothingTwice() {
        drive(7, "08:00", "08:10");
        wake(7);
        drive(7, "08:00", "11:40");
        drive(7, "08:00", "11:50");
        assertThat(states()).containsExactly(EpisodeState.PREWARNED);
    }

    @Test
    void aDriverWhoChangesTrucksKeepsHisClock() {
        ledger.reference(assigned(
                new Assignment(7, 1, ReferenceSet.ALWAYS, at("09:30")),
                new Assignment(9, 1, at("09:30"), ReferenceSet.FOREVER)));
        drive(7, "06:00", "06:10");
        ended(7, "06:00", "09:25");
        stopped(7, "09:25", "09:40");
        drive(9, "09:35", "09:40");

        assertThat(wakes).containsEntry(9, at("10:10") + 1);
        wake(9);
        assertThat(said.getLast().subject()).isEqualTo(new Subject.OfDriver(1));
        assertThat(said.getLast().startMillis()).isEqualTo(at("10:10"));
        assertThat(said.getLast().vehicleId()).isEqualTo(9);
        assertThat(Objects.requireNonNull(clocks.of(9)).continuousSeconds()).isEqualTo(4 * 3600);
    }

    @Test
    void aTruckThatChangesDriversAccusesNeither() {
        ledger.reference(assigned(
                new Assignment(7, 1, ReferenceSet.ALWAYS, at("09:32")),
                new Assignment(7, 2, at("09:32"), ReferenceSet.FOREVER)));
        drive(7, "06:00", "06:10");
        wake(7);
        ended(7, "06:00", "09:30");
        stopped(7, "09:30", "09:33");
        drive(7, "09:34", "09:35");
        wake(7);
        wake(7);
        assertThat(said).allMatch(e -> e.state() == EpisodeState.PREWARNED);
        assertThat(said.stream().map(Episode::subject).distinct())
                .containsExactly(new Subject.OfDriver(1), new Subject.OfDriver(2));
        assertThat(said.stream().filter(e -> e.subject().equals(new Subject.OfDriver(2))))
                .allMatch(e -> e.startMillis() == at("13:04"));
    }

    @Test
    void saysWhenADriverDroveWhateverCameLate() {
        ledger.reference(assigned(
                new Assignment(7, 1, ReferenceSet.ALWAYS, at("09:00")),
                new Assignment(7, 2, at("09:00"), ReferenceSet.FOREVER)));
        assertThat(ledger.driven(1)).isEmpty();
        ended(7, "08:00", "09:30");
        stopped(7, "09:30", "09:40");
        assertThat(ledger.driven(1)).containsExactly(new Driven(7, at("08:00"), at("09:00")));
        assertThat(ledger.driven(2)).containsExactly(new Driven(7, at("09:00"), at("09:30")));
        ended(7, "06:00", "07:00");
        assertThat(ledger.driven(1))
                .contains(new Driven(7, at("06:00"), at("07:00")), new Driven(7, at("08:00"), at("09:00")));
    }

    @Test
    void anAssignmentThatComesLaterMovesTheEpisodeToTheDriver() {
        drive(7, "08:00", "12:10");
        assertThat(said.getLast().subject()).isEqualTo(new Subject.OfVehicle(7));
        ledger.reference(assigned(new Assignment(7, 1, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)));
        assertThat(said).extracting(Episode::state).contains(EpisodeState.WITHDRAWN);
        assertThat(said).anyMatch(e -> e.subject().equals(new Subject.OfDriver(1)) && e.state() == EpisodeState.OPEN);
    }

    @Test
    void aStopThatBecomesKnownLaterWithdrawsWhatRestedOnTheGap() {
        drive(7, "06:10", "08:00");
        ended(7, "06:10", "09:00");
        ledger.activity(
                7, new ActivitySegment(Kind.UNKNOWN, at("09:00"), at("10:45"), false, Evidence.GAP, true, 2_340));
        assertThat(said.getLast().state()).isEqualTo(EpisodeState.OPEN);
        assertThat(said.getLast().startMillis()).isEqualTo(at("10:10"));
        assertThat(said.getLast().evidence()).isEqualTo(Evidence.GAP);

        ended(7, "06:10", "09:20");
        ledger.activity(
                7, new ActivitySegment(Kind.STOPPED, at("09:00"), at("09:45"), false, Evidence.BACKFILL, false, 0));
        Episode last = said.getLast();
        assertThat(last.facts()).containsEntry("why", "later data");
        assertThat(last.state()).isEqualTo(EpisodeState.WITHDRAWN);
        assertThat(last.revision()).isGreaterThan(1);
    }

    @Test
    void goesOnFromASnapshotAsIfNothingHadHappened() throws IOException {
        drive(7, "08:00", "08:10");
        wake(7);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ledger.writeTo(new DataOutputStream(bytes));
        ledger = DriverLedger.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
                ReferenceSet.EMPTY,
                new Wheels(DriverRegister.of(ReferenceSet.EMPTY)),
                clocks,
                sink);
        ledger.resume();
        assertThat(said).hasSize(1);
        wake(7);
        assertThat(states()).containsExactly(EpisodeState.PREWARNED, EpisodeState.OPEN);
        assertThat(said.getLast().revision()).isEqualTo(2);
    }

    @Test
    void keepsThreeDaysAndMakesHistoryOfTheRest() throws IOException {
        for (int day = 1; day <= 20; day++) {
            long start = at("06:00") + day * 86_400_000L;
            for (int trip = 0; trip < 4; trip++) {
                long from = start + trip * 10_800_000L;
                ledger.activity(7, segment(Kind.DRIVING, from, from + 60_000, true));
                ledger.activity(7, segment(Kind.DRIVING, from, from + 9_000_000L, false));
                ledger.activity(7, segment(Kind.STOPPED, from + 9_000_000L, from + 9_120_000L, true));
            }
        }
        long days = said.stream()
                .filter(e -> e.rule() == Rule.CUM24 && e.state() == EpisodeState.CLOSED)
                .count();
        assertThat(said).noneMatch(e -> e.state() == EpisodeState.WITHDRAWN || e.state() == EpisodeState.AMENDED);
        assertThat(days).isGreaterThan(19);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ledger.writeTo(new DataOutputStream(bytes));
        assertThat(bytes.size()).isLessThan(40_000);
    }

    @Test
    void cutsADriveThatFallsIntoTooManyPieces() {
        long time = at("00:00");
        for (int i = 0; i < 1_300; i++) {
            ledger.activity(7, segment(Kind.DRIVING, time, time + 60_000, false));
            ledger.activity(7, segment(Kind.STOPPED, time + 60_000, time + 300_000, false));
            time += 300_000;
        }
        assertThat(ledger.splits()).isPositive();
        assertThat(said).anyMatch(e -> "split".equals(e.endedBy()));
    }

    /** Drives of 90 s and stops of a minute, with half an hour of rest every three hours: some 14 hours of driving in any 24. */
    @Test
    void whatWasToldIsNotTakenBackWhenTheOldestPiecesGo() {
        long time = at("00:00");
        for (int turn = 0; turn < 28; turn++) {
            for (int i = 0; i < 72; i++) {
                ledger.activity(7, segment(Kind.DRIVING, time, time + 90_000, false));
                ledger.activity(7, segment(Kind.STOPPED, time + 90_000, time + 150_000, false));
                time += 150_000;
            }
            ledger.activity(7, segment(Kind.STOPPED, time - 60_000, time + 1_740_000, false));
            time += 1_740_000;
        }
        assertThat(ledger.splits()).isGreaterThan(1);
        assertThat(said).noneMatch(e -> e.state() == EpisodeState.WITHDRAWN || e.state() == EpisodeState.AMENDED);
        assertThat(said.stream()
                        .filter(e -> e.rule() == Rule.CUM24 && e.state() == EpisodeState.CLOSED)
                        .map(Episode::id)
                        .distinct())
                .hasSizeGreaterThan(10)
                .hasSameSizeAs(said.stream()
                        .filter(e -> e.rule() == Rule.CUM24 && e.state() == EpisodeState.CLOSED)
                        .toList());
    }

    private void wake(int vehicleId) {
        long wake = Objects.requireNonNull(wakes.remove(vehicleId));
        ledger.wake(vehicleId, wake);
    }

    private List<EpisodeState> states() {
        return said.stream().map(Episode::state).toList();
    }

    private void drive(int vehicleId, String from, String to) {
        ledger.activity(vehicleId, segment(Kind.DRIVING, at(from), at(to), true));
    }

    private void ended(int vehicleId, String from, String to) {
        ledger.activity(vehicleId, segment(Kind.DRIVING, at(from), at(to), false));
    }

    private void stopped(int vehicleId, String from, String to) {
        ledger.activity(vehicleId, segment(Kind.STOPPED, at(from), at(to), true));
    }

    private static ActivitySegment segment(Kind kind, long from, long to, boolean open) {
        return new ActivitySegment(kind, from, to, open, Evidence.LIVE, false, 0);
    }

    private static ReferenceSet assigned(Assignment... assignments) {
        return new ReferenceSet(2, List.of(), List.of(), Arrays.asList(assignments), List.of(), List.of(), List.of());
    }

    private static long at(String time) {
        return LocalDateTime.parse("2026-03-01T" + time)
                .atZone(ZoneId.of("Asia/Shanghai"))
                .toInstant()
                .toEpochMilli();
    }
}

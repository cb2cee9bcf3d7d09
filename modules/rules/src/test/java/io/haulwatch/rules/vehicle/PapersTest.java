package io.haulwatch.rules.vehicle;

import static io.haulwatch.rules.vehicle.Drive.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Assignment;
import io.haulwatch.model.register.ReferenceSet.Paper;
import io.haulwatch.model.register.ReferenceSet.Vehicle;
import io.haulwatch.model.register.VehicleClass;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Driving with overdue critical papers, docs/rules/papers.md. The drives are on 2026-03-02. */
class PapersTest {
    private static final int DRIVER = 4;
    private static final int COMPANY = 3;
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private static final LocalDate YESTERDAY = TODAY.minusDays(1);

    private final CollectingSink sink = new CollectingSink();
    private final List<Paper> papers = new ArrayList<>();

    @Test
    void oneEpisodeForEachDriveFromItsFirstMovingFixToItsStop() {
        paper(Paper.Owner.VEHICLE, Drive.VEHICLE, "veh.inspection", YESTERDAY);
        feed(new Drive()
                .speeds("08:00:00", 0, 0)
                .until("08:20:00", 60)
                .until("08:40:00", 0)
                .until("09:00:00", 60)
                .until("09:10:00", 0));

        List<Episode> ended = sink.of(Rule.PAPERS).stream()
                .filter(episode -> episode.state() == EpisodeState.CLOSED)
                .toList();
        assertThat(ended).hasSize(2);
        Episode first = ended.getFirst();
        assertThat(first.startMillis()).isEqualTo(at("08:00:20"));
        assertThat(first.endMillis()).isEqualTo(at("08:20:10"));
        assertThat(first.endedBy()).isEqualTo("stop");
        assertThat(first.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(first.driverId()).isEqualTo(DRIVER);
        assertThat(first.facts())
                .containsEntry("paper_kind", "veh.inspection")
                .containsEntry("owner", "vehicle:" + Drive.VEHICLE)
                .containsEntry("expires", "2026-03-01");
        assertThat(ended.getLast().startMillis()).isEqualTo(at("08:40:10"));
    }

    @Test
    void opensWithTheFirstFixBeyondOneKilometre() {
        paper(Paper.Owner.VEHICLE, Drive.VEHICLE, "veh.permit", YESTERDAY);
        // 60 km/h: 166.7 m a report; 1000 m are reached with the sixth, and exceeded with the seventh.
        feed(new Drive().speeds("08:00:00", 60, 60, 60, 60, 60, 60));
        assertThat(sink.of(Rule.PAPERS)).isEmpty();

        sink.episodes.clear();
        feed(new Drive().speeds("08:00:00", 60, 60, 60, 60, 60, 60, 62, 62));
        assertThat(sink.of(Rule.PAPERS)).singleElement().satisfies(open -> {
            assertThat(open.state()).isEqualTo(EpisodeState.OPEN);
            assertThat(open.measures().get("distance_m")).isBetween(1000L, 1180L);
        });
    }

    @Test
    void shuntingLessThanAKilometreIsNoEpisode() {
        paper(Paper.Owner.VEHICLE, Drive.VEHICLE, "veh.permit", YESTERDAY);
        feed(new Drive()
                .speeds("08:00:00", 20)
                .until("08:02:00", 20)
                .until("08:10:00", 0)
                .until("08:12:00", 20)
                .until("08:20:00", 0));

        assertThat(sink.of(Rule.PAPERS)).isEmpty();
    }

    @Test
    void theLastValidDayIsStillValid() {
        paper(Paper.Owner.VEHICLE, Drive.VEHICLE, "veh.permit", TODAY);
        feed(new Drive().speeds("08:00:00", 60).until("09:00:00", 60));

        assertThat(sink.of(Rule.PAPERS)).isEmpty();
    }

    @Test
    void aPaperThatExpiresAtMidnightCountsFromMidnightOn() {
        paper(Paper.Owner.DRIVER, DRIVER, "drv.qualification", TODAY);
        Drive drive = new Drive().every(30).speeds("23:50:00", 60).until("23:59:30", 60);
        for (int i = 0; i < 20; i++) {
            drive.go(60);
        }
        feed(drive);

        assertThat(sink.of(Rule.PAPERS)).singleElement().satisfies(open -> {
            assertThat(open.startMillis()).isEqualTo(at("23:59:30") + 30_000);
            assertThat(open.facts())
                    .containsEntry("paper_kind", "drv.qualification")
                    .containsEntry("owner", "driver:" + DRIVER);
        });
    }

    @Test
    void papersThatAreNotCriticalOrNotOfThisTruckDoNotCount() {
        paper(Paper.Owner.VEHICLE, Drive.VEHICLE, "veh.maintenance2", YESTERDAY);
        paper(Paper.Owner.VEHICLE, Drive.VEHICLE + 1, "veh.permit", YESTERDAY);
        paper(Paper.Owner.DRIVER, DRIVER + 1, "drv.licence", YESTERDAY);
        paper(Paper.Owner.COMPANY, COMPANY + 1, "co.licence", YESTERDAY);
        feed(new Drive().speeds("08:00:00", 60).until("09:00:00", 60));

        assertThat(sink.of(Rule.PAPERS)).isEmpty();
    }

    @Test
    void theCompanysLicenceCountsForItsTrucks() {
        paper(Paper.Owner.COMPANY, COMPANY, "co.licence", YESTERDAY);
        feed(new Drive().speeds("08:00:00", 60).until("09:00:00", 60));

        assertThat(sink.of(Rule.PAPERS)).hasSize(1);
    }

    @Test
    void ofTwoVersionsTheOneThatIsValidLongerCounts() {
        paper(Paper.Owner.VEHICLE, Drive.VEHICLE, "veh.ins_compulsory", YESTERDAY);
        paper(Paper.Owner.VEHICLE, Drive.VEHICLE, "veh.ins_compulsory", TODAY.plusYears(1));
        feed(new Drive().speeds("08:00:00", 60).until("09:00:00", 60));

        assertThat(sink.of(Rule.PAPERS)).isEmpty();
    }

    @Test
    void namesAllOverduePapersAndTheLongestOverdueFirst() {
        paper(Paper.Owner.VEHICLE, Drive.VEHICLE, "veh.ins_compulsory", YESTERDAY);
        paper(Paper.Owner.DRIVER, DRIVER, "drv.licence", YESTERDAY.minusDays(10));
        feed(new Drive().speeds("08:00:00", 60).until("08:10:00", 60));

        assertThat(sink.of(Rule.PAPERS).getLast().facts())
                .containsEntry("paper_kind", "drv.licence")
                .containsEntry("papers", "drv.licence 2026-02-19; veh.ins_compulsory 2026-03-01");
    }

    @Test
    void aPaperRenewedOnTheWayEndsTheEpisodeAtItsTimeOfEffect() {
        long renewed = at("08:30:00");
        papers.add(new Paper(
                1,
                Paper.Owner.VEHICLE,
                Drive.VEHICLE,
                "veh.permit",
                YESTERDAY,
                ReferenceSet.ALWAYS,
                ReferenceSet.FOREVER));
        papers.add(new Paper(
                2,
                Paper.Owner.VEHICLE,
                Drive.VEHICLE,
                "veh.permit",
                TODAY.plusYears(1),
                renewed,
                ReferenceSet.FOREVER));
        feed(new Drive().speeds("08:00:00", 60).until("09:00:00", 60));

        Episode last = sink.of(Rule.PAPERS).getLast();
        assertThat(last.state()).isEqualTo(EpisodeState.CLOSED);
        assertThat(last.endedBy()).isEqualTo("renewed");
        assertThat(last.endMillis()).isEqualTo(at("08:29:50"));
    }

    @Test
    void aGapEndsTheEpisodeAndTheDriveAfterItIsAnother() {
        paper(Paper.Owner.VEHICLE, Drive.VEHICLE, "veh.permit", YESTERDAY);
        feed(new Drive()
                .speeds("08:00:00", 60)
                .until("08:10:00", 60)
                .step(300_000, 60)
                .until("08:30:00", 60));

        assertThat(sink.of(Rule.PAPERS))
                .extracting(Episode::state, Episode::endedBy)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(EpisodeState.OPEN, null),
                        org.assertj.core.groups.Tuple.tuple(EpisodeState.CLOSED, "gap"),
                        org.assertj.core.groups.Tuple.tuple(EpisodeState.OPEN, null));
    }

    private void paper(Paper.Owner owner, int id, String kind, LocalDate expires) {
        papers.add(new Paper(papers.size() + 1L, owner, id, kind, expires, ReferenceSet.ALWAYS, ReferenceSet.FOREVER));
    }

    private void feed(Drive drive) {
        drive.feed(new VehicleStage(
                new ReferenceSet(
                        1,
                        List.of(),
                        List.of(new Vehicle(
                                Drive.VEHICLE,
                                COMPANY,
                                "渝A12345",
                                VehicleClass.GENERAL,
                                ReferenceSet.ALWAYS,
                                ReferenceSet.FOREVER)),
                        List.of(new Assignment(Drive.VEHICLE, DRIVER, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)),
                        papers,
                        List.of(),
                        List.of()),
                sink));
    }
}

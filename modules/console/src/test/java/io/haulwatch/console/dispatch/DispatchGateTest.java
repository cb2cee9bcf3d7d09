package io.haulwatch.console.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.dispatch.DispatchGate.Asked;
import io.haulwatch.console.dispatch.DispatchGate.Reason;
import io.haulwatch.console.papers.PaperLists.Line;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.register.VehicleClass;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What keeps a truck in the yard, what only warns, and what says nothing. */
class DispatchGateTest {
    @Test
    void aTruckWhosePapersAreInOrderLeavesWithoutAWord() {
        assertThat(reasons(VehicleClass.GENERAL, "B2", "GENERAL")).isEmpty();
    }

    @Test
    void aCriticalPaperThatIsNotValidStopsWhateverKeepsItFromBeingValid() {
        for (String state : List.of("overdue", "lapsed", "missing", "suspended", "pending_review")) {
            assertThat(reasons(VehicleClass.GENERAL, "B2", "GENERAL", line("veh.inspection", "VEHICLE", 1, state, "")))
                    .as(state)
                    .containsExactly("stop paper veh.inspection " + state);
        }
    }

    @Test
    void whatIsNotCriticalOrStillValidWarnsAndWhatIsHeldBackStops() {
        assertThat(reasons(
                        VehicleClass.GENERAL,
                        "B2",
                        "GENERAL",
                        line("veh.tech_rating", "VEHICLE", 1, "overdue", ""),
                        line("veh.maintenance2", "VEHICLE", 1, "overdue", ""),
                        line("veh.permit", "VEHICLE", 1, "due_urgent", ""),
                        line("veh.marking", "VEHICLE", 1, "due_soon", ""),
                        line("veh.tank", "VEHICLE", 1, "suspended", "")))
                .containsExactly(
                        "stop paper veh.tank suspended",
                        "warn paper veh.tech_rating overdue",
                        "warn service veh.maintenance2 overdue",
                        "warn paper veh.permit due_urgent");
    }

    @Test
    void aTractorNeedsItsOwnLicenceClass() {
        assertThat(reasons(VehicleClass.TRAILER, "B2", "GENERAL")).containsExactly("stop class_mismatch drv.licence ");
        assertThat(reasons(VehicleClass.TRAILER, "A2", "GENERAL")).isEmpty();
        assertThat(reasons(VehicleClass.GENERAL, "A2", "GENERAL")).isEmpty();
        assertThat(reasons(VehicleClass.GENERAL, "C1", "GENERAL")).containsExactly("stop class_mismatch drv.licence ");
        assertThat(reasons(VehicleClass.GENERAL, "", "GENERAL")).containsExactly("warn class_unknown drv.licence ");
    }

    @Test
    void dangerousGoodsNeedTheirSortOnTheQualification() {
        assertThat(reasons(VehicleClass.DANGEROUS_GOODS, "B2", "DANGEROUS_GOODS"))
                .isEmpty();
        assertThat(reasons(VehicleClass.DANGEROUS_GOODS, "B2", "GENERAL"))
                .containsExactly("stop goods_mismatch drv.qualification ");
        assertThat(reasons(VehicleClass.DANGEROUS_GOODS, "B2", ""))
                .containsExactly("stop goods_mismatch drv.qualification ");
    }

    @Test
    void aMajorHazardPastItsDayStopsTheCompanysTrucks() {
        List<Line> papers = drivers("B2", "GENERAL");
        assertThat(told(new Asked(1, VehicleClass.GENERAL, 9, 5, null, papers, 1, 2, false)))
                .containsExactly("stop hazard_major  ", "warn hazard_general  ", "warn no_terminal  ");
        assertThat(told(new Asked(1, VehicleClass.GENERAL, 9, null, null, List.of(), 0, 0, true)))
                .containsExactly("warn no_driver  ");
    }

    @Test
    void aTruckThatIsLaidUpIsStoppedOnceAndNotByItsFrozenPapers() {
        List<Line> papers = drivers("B2", "GENERAL");
        papers.add(line("veh.inspection", "VEHICLE", 1, "inactive", ""));
        papers.add(line("veh.maintenance2", "VEHICLE", 1, "inactive", ""));
        papers.add(line("co.licence", "COMPANY", 9, "overdue", ""));
        List<Reason> reasons = DispatchGate.reasons(
                new Asked(1, VehicleClass.GENERAL, 9, 5, LocalDate.parse("2026-12-31"), papers, 0, 0, true));
        assertThat(reasons)
                .extracting(reason -> reason.weight() + " " + reason.code() + " " + reason.detail())
                .containsExactly("stop laid_up 2026-12-31", "stop paper 2027-01-01");
    }

    private static List<String> reasons(VehicleClass vehicle, String licence, String goods, Line... more) {
        List<Line> papers = drivers(licence, goods);
        papers.addAll(List.of(more));
        return told(new Asked(1, vehicle, 9, 5, null, papers, 0, 0, true));
    }

    private static List<String> told(Asked asked) {
        return DispatchGate.reasons(asked).stream()
                .map(reason -> reason.weight() + " " + reason.code() + " " + reason.kind() + " " + reason.state())
                .toList();
    }

    private static List<Line> drivers(String licence, String goods) {
        return new ArrayList<>(List.of(
                line("drv.licence", "DRIVER", 5, "valid", licence),
                line("drv.qualification", "DRIVER", 5, "valid", goods)));
    }

    private static Line line(String kind, String ownerKind, int owner, String state, String category) {
        return new Line(
                ownerKind,
                owner,
                "x",
                kind,
                1L,
                "N",
                category,
                null,
                "2027-01-01",
                state,
                1L,
                null,
                PaperKind.CRITICAL.contains(kind),
                null);
    }
}

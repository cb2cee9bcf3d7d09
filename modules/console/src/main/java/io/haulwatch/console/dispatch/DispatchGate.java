package io.haulwatch.console.dispatch;

import io.haulwatch.console.papers.PaperLists.Line;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.register.VehicleClass;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the dispatch gate (派车闸门), without database and clock. What stops: a truck that is laid up, a critical paper that is not valid, a paper that somebody
 * holds back, a licence that does not cover the truck, dangerous goods without the sort on the qualification, a major hazard past its day.
 * Everything else that is open warns. Source: {@code docs/rules/papers.md}.
 */
final class DispatchGate {
    private static final Set<String> FOR_TRAILERS = Set.of("A2");
    private static final Set<String> FOR_TRUCKS = Set.of("A1", "A2", "B2");

    private DispatchGate() {}

    /** Whether something keeps a truck in the yard. */
    enum Weight {
        STOP,
        WARN
    }

    /**
     * One thing that is not in order.
     *
     * @param code laid_up, paper, class_mismatch, class_unknown, goods_mismatch, hazard_major, hazard_general, service, no_driver or no_terminal
     * @param kind of paper, empty for others
     * @param state of the paper, empty for others
     * @param ownerKind whose it is
     * @param detail the last valid day, the last day of the lay-up, the class that there is, how many
     */
    record Reason(
            String code, String weight, String kind, String state, String ownerKind, int ownerId, String detail) {}

    /**
     * Everything that is known.
     *
     * @param laidUpUntil last day of its lay-up, null for a truck that may drive
     * @param papers of the truck, its company and the driver, as they stand today
     * @param driverId null if nobody is named
     */
    record Asked(
            int vehicleId,
            VehicleClass vehicleClass,
            int companyId,
            @Nullable Integer driverId,
            @Nullable LocalDate laidUpUntil,
            List<Line> papers,
            int majorHazards,
            int generalHazards,
            boolean hasTerminal) {}

    /** What is not in order, that which stops first; nothing if the truck may leave without a word. */
    static List<Reason> reasons(Asked asked) {
        List<Reason> reasons = new ArrayList<>();
        if (asked.laidUpUntil != null) {
            reasons.add(
                    reason("laid_up", Weight.STOP, "", "", "VEHICLE", asked.vehicleId, asked.laidUpUntil.toString()));
        }
        if (asked.driverId == null) {
            reasons.add(reason("no_driver", Weight.WARN, "", "", "VEHICLE", asked.vehicleId, ""));
        }
        for (Line line : asked.papers) {
            paper(line, reasons);
        }
        if (asked.driverId != null) {
            classes(asked, asked.driverId, reasons);
        }
        if (asked.majorHazards > 0) {
            reasons.add(reason(
                    "hazard_major",
                    Weight.STOP,
                    "",
                    "",
                    "COMPANY",
                    asked.companyId,
                    Integer.toString(asked.majorHazards)));
        }
        if (asked.generalHazards > 0) {
            reasons.add(reason(
                    "hazard_general",
                    Weight.WARN,
                    "",
                    "",
                    "COMPANY",
                    asked.companyId,
                    Integer.toString(asked.generalHazards)));
        }
        if (!asked.hasTerminal) {
            reasons.add(reason("no_terminal", Weight.WARN, "", "", "VEHICLE", asked.vehicleId, ""));
        }
        reasons.sort(Comparator.comparing(Reason::weight));
        return reasons;
    }

    private static void paper(Line line, List<Reason> reasons) {
        PaperState state = PaperState.valueOf(line.state().toUpperCase(Locale.ROOT));
        if (state == PaperState.INACTIVE) {
            // The lay-up itself says it, once.
            return;
        }
        boolean stops = (line.critical() && state.stops()) || state == PaperState.SUSPENDED;
        if (stops || state.stops() || state == PaperState.DUE_URGENT) {
            reasons.add(reason(
                    line.kind().equals(PaperKind.VEH_MAINTENANCE2.code()) ? "service" : "paper",
                    stops ? Weight.STOP : Weight.WARN,
                    line.kind(),
                    line.state(),
                    line.ownerKind(),
                    line.ownerId(),
                    line.expires() == null ? "" : line.expires()));
        }
    }

    private static void classes(Asked asked, int driver, List<Reason> reasons) {
        String licence = category(asked.papers, PaperKind.DRV_LICENCE);
        Set<String> needed = asked.vehicleClass == VehicleClass.TRAILER ? FOR_TRAILERS : FOR_TRUCKS;
        if (licence.isEmpty()) {
            reasons.add(reason("class_unknown", Weight.WARN, "drv.licence", "", "DRIVER", driver, ""));
        } else if (needed.stream().noneMatch(licence::contains)) {
            reasons.add(reason("class_mismatch", Weight.STOP, "drv.licence", "", "DRIVER", driver, licence));
        }
        if (asked.vehicleClass == VehicleClass.DANGEROUS_GOODS
                && !category(asked.papers, PaperKind.DRV_QUALIFICATION).contains(VehicleClass.DANGEROUS_GOODS.name())) {
            reasons.add(reason(
                    "goods_mismatch",
                    Weight.STOP,
                    "drv.qualification",
                    "",
                    "DRIVER",
                    driver,
                    category(asked.papers, PaperKind.DRV_QUALIFICATION)));
        }
    }

    private static String category(List<Line> papers, PaperKind kind) {
        return papers.stream()
                .filter(line -> line.kind().equals(kind.code()))
                .map(Line::category)
                .findFirst()
                .orElse("");
    }

    private static Reason reason(
            String code, Weight weight, String kind, String state, String ownerKind, int ownerId, String detail) {
        return new Reason(code, weight.name().toLowerCase(Locale.ROOT), kind, state, ownerKind, ownerId, detail);
    }
}

package io.haulwatch.console.risk;

import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.rules.risk.RiskScore.Part;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is scored beside companies. Hazards and monitoring are a company's; a truck is not trained. */
enum Subject {
    TRUCK(
            "vehicle_id",
            "select v.vehicle_id, v.plate, v.company_id from hw.vehicle v where v.retired_at is null",
            "VEHICLE",
            List.of(
                    PaperKind.VEH_INS_COMPULSORY,
                    PaperKind.VEH_PERMIT,
                    PaperKind.VEH_INSPECTION,
                    PaperKind.VEH_MAINTENANCE2),
            EnumSet.of(Part.A, Part.D)),
    DRIVER(
            "driver_id",
            "select v.driver_id, v.name, v.company_id from hw.driver v where v.retired_at is null",
            "DRIVER",
            List.of(PaperKind.DRV_LICENCE, PaperKind.DRV_QUALIFICATION),
            EnumSet.of(Part.A, Part.D, Part.T));

    /** Column of episodes and accidents. */
    final String column;

    /** Id, label and company of all; the table's alias is v. */
    final String all;

    /** Whose papers count. */
    final String owner;

    /** The required kinds. */
    @SuppressWarnings("ImmutableEnumChecker") // never changed
    final List<PaperKind> papers;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<Part> parts;

    Subject(String column, String all, String owner, List<PaperKind> papers, Set<Part> parts) {
        this.column = column;
        this.all = all;
        this.owner = owner;
        this.papers = papers;
        this.parts = parts;
    }

    Set<Part> parts() {
        return EnumSet.copyOf(parts);
    }
}

package io.haulwatch.console.risk;

import io.haulwatch.rules.risk.RiskScore.Part;
import java.util.EnumSet;
import java.util.Set;

/** What is scored beside companies. Hazards and monitoring are a company's; a truck is not trained. */
enum Subject {
    TRUCK(
            "vehicle_id",
            "select v.vehicle_id, v.plate, v.company_id from hw.vehicle v where v.retired_at is null",
            "VEHICLE",
            EnumSet.of(Part.A, Part.D)),
    DRIVER(
            "driver_id",
            "select v.driver_id, v.name, v.company_id from hw.driver v where v.retired_at is null",
            "DRIVER",
            EnumSet.of(Part.A, Part.D, Part.T));

    /** Column of episodes and accidents. */
    final String column;

    /** Id, label and company of all; the table's alias is v. */
    final String all;

    final String owner;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<Part> parts;

    Subject(String column, String all, String owner, Set<Part> parts) {
        this.column = column;
        this.all = all;
        this.owner = owner;
        this.parts = parts;
    }

    Set<Part> parts() {
        return EnumSet.copyOf(parts);
    }
}

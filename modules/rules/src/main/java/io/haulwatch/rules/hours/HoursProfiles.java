package io.haulwatch.rules.hours;

import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.RuleProfile;
import io.haulwatch.model.register.VehicleClass;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which hours profile holds for a truck at an instant. Immutable; made once for each reference set. */
public final class HoursProfiles {
    /** Name of the rule in {@link RuleProfile#rule}. */
    public static final String RULE = "hours";

    private static final HoursProfile FALLBACK = HoursProfile.defaults(VehicleClass.GENERAL);

    private final Map<Integer, List<ReferenceSet.Vehicle>> versions = new HashMap<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<VehicleClass, HoursProfile> defaults = new EnumMap<>(VehicleClass.class);

    private record Candidate(RuleProfile row, Map<VehicleClass, HoursProfile> byClass) {}

    /** A row that cannot be read does not count; {@link #faults} names it. */
    public HoursProfiles(ReferenceSet reference) {
        for (VehicleClass vehicleClass : VehicleClass.values()) {
            defaults.put(vehicleClass, HoursProfile.defaults(vehicleClass));
        }
        for (ReferenceSet.Vehicle vehicle : reference.vehicles()) {
            versions.computeIfAbsent(vehicle.vehicleId(), id -> new ArrayList<>(1))
                    .add(vehicle);
        }
        for (RuleProfile row : reference.profiles()) {
            if (row.rule().equals(RULE)) {
                try {
                    candidates.add(new Candidate(row, read(row)));
                } catch (IllegalArgumentException e) {
                    faults.add("the hours profile " + row.version() + " does not count: " + e.getMessage());
                }
            }
        }
    }

    private static Map<VehicleClass, HoursProfile> read(RuleProfile row) {
        Map<VehicleClass, HoursProfile> byClass = new EnumMap<>(VehicleClass.class);
        for (VehicleClass vehicleClass : VehicleClass.values()) {
            byClass.put(vehicleClass, HoursProfile.defaults(vehicleClass).with(row.version(), row.parameters()));
        }
        return byClass;
    }

    /** Rows that could not be read, a sentence each. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** The profile of {@code vehicleId} at {@code millis}; a truck nobody knows is a general one of no company. */
    public HoursProfile at(int vehicleId, long millis) {
        VehicleClass vehicleClass = VehicleClass.GENERAL;
        int companyId = 0;
        for (ReferenceSet.Vehicle version : versions.getOrDefault(vehicleId, List.of())) {
            if (millis >= version.effectiveFrom() && millis < version.effectiveTo()) {
                vehicleClass = version.vehicleClass();
                companyId = version.companyId();
            }
        }
        HoursProfile best = defaults.getOrDefault(vehicleClass, FALLBACK);
        int bestRank = -1;
        for (Candidate candidate : candidates) {
            RuleProfile row = candidate.row();
            boolean holds = millis >= row.effectiveFrom()
                    && millis < row.effectiveTo()
                    && (row.companyId() == 0 || row.companyId() == companyId)
                    && (row.vehicleClass() == null || row.vehicleClass() == vehicleClass);
            int rank = (row.companyId() != 0 ? 2 : 0) + (row.vehicleClass() != null ? 1 : 0);
            HoursProfile profile = candidate.byClass().get(vehicleClass);
            if (holds && rank > bestRank && profile != null) {
                best = profile;
                bestRank = rank;
            }
        }
        return best;
    }
}

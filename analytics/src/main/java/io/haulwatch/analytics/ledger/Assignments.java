package io.haulwatch.analytics.ledger;

import io.haulwatch.model.episode.Subject;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Assignment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who answers for a truck at which time: the assigned driver, else the truck. Immutable. */
final class Assignments {
    /** Of two drivers assigned at once the one assigned later counts. */
    private static final Comparator<Assignment> LATER_WINS =
            Comparator.comparingLong(Assignment::effectiveFrom).thenComparingInt(Assignment::driverId);

    private final Map<Integer, List<Assignment>> byVehicle = new HashMap<>();
    private final Map<Integer, List<Integer>> vehiclesOfDriver = new HashMap<>();

    /** A subject's time at the wheel of one truck, {@code toMillis} exclusive. */
    record Watch(Subject subject, long fromMillis, long toMillis) {}

    Assignments(ReferenceSet reference) {
        for (Assignment assignment : reference.assignments()) {
            byVehicle
                    .computeIfAbsent(assignment.vehicleId(), id -> new ArrayList<>(2))
                    .add(assignment);
            List<Integer> vehicles = vehiclesOfDriver.computeIfAbsent(assignment.driverId(), id -> new ArrayList<>(1));
            if (!vehicles.contains(assignment.vehicleId())) {
                vehicles.add(assignment.vehicleId());
            }
        }
        byVehicle.values().forEach(list -> list.sort(LATER_WINS));
    }

    /** Assignments of a truck, for telling whether they changed. */
    List<Assignment> of(int vehicleId) {
        return byVehicle.getOrDefault(vehicleId, List.of());
    }

    /** Trucks that a subject ever answers for. */
    List<Integer> vehicles(Subject subject) {
        return switch (subject) {
            case Subject.OfVehicle vehicle -> List.of(vehicle.vehicleId());
            case Subject.OfDriver driver -> vehiclesOfDriver.getOrDefault(driver.driverId(), List.of());
        };
    }

    /** Who answers for the truck at an instant. */
    Subject at(int vehicleId, long millis) {
        Subject subject = new Subject.OfVehicle(vehicleId);
        for (Assignment assignment : of(vehicleId)) {
            if (millis >= assignment.effectiveFrom() && millis < assignment.effectiveTo()) {
                subject = new Subject.OfDriver(assignment.driverId());
            }
        }
        return subject;
    }

    /** Who answers for the truck from {@code from} to {@code to}, without holes, in order; at least one. */
    List<Watch> watches(int vehicleId, long from, long to) {
        List<Assignment> assignments = of(vehicleId);
        List<Watch> out = new ArrayList<>(2);
        long start = from;
        do {
            long end = to;
            for (Assignment assignment : assignments) {
                if (assignment.effectiveFrom() > start) {
                    end = Math.min(end, assignment.effectiveFrom());
                }
                if (assignment.effectiveTo() > start) {
                    end = Math.min(end, assignment.effectiveTo());
                }
            }
            out.add(new Watch(at(vehicleId, start), start, end));
            start = end;
        } while (start < to);
        return out;
    }
}

package io.haulwatch.rules.driver;

import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Assignment;
import io.haulwatch.model.register.ReferenceSet.Driver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the register says of drivers, made ready for questions. Immutable. */
public final class DriverRegister {
    /** Answer while nobody is known. */
    public static final int NOBODY = -1;

    /** Of two drivers assigned at once the one assigned later counts. */
    private static final Comparator<Assignment> LATER_WINS =
            Comparator.comparingLong(Assignment::effectiveFrom).thenComparingInt(Assignment::driverId);

    private final Map<Integer, List<Assignment>> byVehicle = new HashMap<>();
    private final Map<Integer, List<Integer>> vehiclesOfDriver = new HashMap<>();
    private final Map<String, List<Driver>> byNumber = new HashMap<>();
    private final Map<Integer, Integer> companyOfVehicle = new HashMap<>();

    private DriverRegister(ReferenceSet reference) {
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
        for (Driver driver : reference.drivers()) {
            for (String number : driver.numbers()) {
                byNumber.computeIfAbsent(key(number), key -> new ArrayList<>(1)).add(driver);
            }
        }
        reference.vehicles().forEach(row -> companyOfVehicle.put(row.vehicleId(), row.companyId()));
    }

    public static DriverRegister of(ReferenceSet reference) {
        return new DriverRegister(reference);
    }

    /** Assignments of a truck, those that win last. */
    List<Assignment> assignments(int vehicleId) {
        return byVehicle.getOrDefault(vehicleId, List.of());
    }

    /** Trucks that a driver is ever assigned to. */
    List<Integer> vehicles(int driverId) {
        return vehiclesOfDriver.getOrDefault(driverId, List.of());
    }

    /**
     * The driver whom a card in a truck names, or {@link #NOBODY}. The number decides; where several drivers have it, those of the truck's company come first,
     * and the name tells them apart. A name alone names nobody: too many people share theirs.
     */
    int driverOf(Card card, int vehicleId) {
        List<Driver> found = new ArrayList<>();
        for (String number : numbers(card)) {
            for (Driver driver : byNumber.getOrDefault(number, List.of())) {
                if (!found.contains(driver)) {
                    found.add(driver);
                }
            }
        }
        int company = companyOfVehicle.getOrDefault(vehicleId, 0);
        if (found.size() > 1 && found.stream().anyMatch(driver -> driver.companyId() == company)) {
            found.removeIf(driver -> driver.companyId() != company);
        }
        if (found.size() > 1) {
            found.removeIf(driver -> !driver.name().strip().equals(card.name().strip()));
        }
        return found.size() == 1 ? found.getFirst().driverId() : NOBODY;
    }

    private static Set<String> numbers(Card card) {
        Set<String> numbers = new TreeSet<>();
        for (String number : List.of(card.qualification(), card.identityCard())) {
            if (!number.isBlank()) {
                numbers.add(key(number));
            }
        }
        return numbers;
    }

    private static String key(String number) {
        return number.strip().toUpperCase(Locale.ROOT);
    }
}

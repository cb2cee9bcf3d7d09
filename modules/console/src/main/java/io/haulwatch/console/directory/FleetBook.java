package io.haulwatch.console.directory;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the register, as of one moment. Immutable.
 *
 * @param version differs whenever the content may differ
 */
public record FleetBook(
        long version, Map<Integer, Company> companies, Map<Integer, Vehicle> vehicles, Map<Integer, Driver> drivers) {

    /** Before anything was loaded. */
    public static final FleetBook EMPTY = new FleetBook(0, Map.of(), Map.of(), Map.of());

    public FleetBook {
        companies = Map.copyOf(companies);
        vehicles = Map.copyOf(vehicles);
        drivers = Map.copyOf(drivers);
    }

    public @Nullable Vehicle vehicle(int vehicleId) {
        return vehicles.get(vehicleId);
    }

    public @Nullable Company company(int companyId) {
        return companies.get(companyId);
    }

    public @Nullable Driver driver(@Nullable Integer driverId) {
        return driverId == null ? null : drivers.get(driverId);
    }

    public Collection<Vehicle> allVehicles() {
        return vehicles.values();
    }

    /** Companies whose registered region lies in the region {@code adcodePrefix} (2, 4 or 6 digits). */
    public Set<Integer> companiesInRegion(String adcodePrefix) {
        Set<Integer> ids = new LinkedHashSet<>();
        for (Company company : companies.values()) {
            if (company.adcode().startsWith(adcodePrefix)) {
                ids.add(company.id());
            }
        }
        return ids;
    }

    /**
     * A company.
     *
     * @param adcode registered region, six digits, empty if unknown
     */
    public record Company(int id, String name, String adcode) {}

    /**
     * A vehicle that is in service.
     *
     * @param plateColour JT/T 415 colour code
     * @param vehicleClass GENERAL, DANGEROUS_GOODS, OVERSIZE or TRAILER
     * @param driverId the driver assigned now
     */
    public record Vehicle(
            int id,
            int companyId,
            String plate,
            int plateColour,
            String vehicleClass,
            @Nullable Integer driverId) {}

    /** A driver. */
    public record Driver(int id, int companyId, String name) {}
}

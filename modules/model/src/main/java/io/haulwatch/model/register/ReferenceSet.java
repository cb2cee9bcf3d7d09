package io.haulwatch.model.register;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that rules and gateway read of the register, as one numbered set that is swapped in one step and also kept as a file, so
 * that both start without the database. Rows carry their time of effect as device time in ms since 1970 UTC;
 * {@link #ALWAYS} and {@link #FOREVER} are the open ends; {@code effectiveTo} is exclusive.
 *
 * @param number rises with each change of the register
 */
public record ReferenceSet(
        long number,
        List<Terminal> terminals,
        List<Vehicle> vehicles,
        List<Assignment> assignments,
        List<Paper> papers,
        List<Zone> zones,
        List<RuleProfile> profiles,
        List<Driver> drivers) {

    /** Effective from the beginning. */
    public static final long ALWAYS = Long.MIN_VALUE;
    /** Effective without an end. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** The set before anything was ever loaded. */
    public static final ReferenceSet EMPTY =
            new ReferenceSet(0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public ReferenceSet {
        terminals = List.copyOf(terminals);
        vehicles = List.copyOf(vehicles);
        assignments = List.copyOf(assignments);
        papers = List.copyOf(papers);
        zones = List.copyOf(zones);
        profiles = List.copyOf(profiles);
        // A copy that an older release has written knows of no drivers.
        drivers = List.copyOf(Objects.requireNonNullElse(drivers, List.of()));
    }

    /** A set in which no card is known. */
    public ReferenceSet(
            long number,
            List<Terminal> terminals,
            List<Vehicle> vehicles,
            List<Assignment> assignments,
            List<Paper> papers,
            List<Zone> zones,
            List<RuleProfile> profiles) {
        this(number, terminals, vehicles, assignments, papers, zones, profiles, List.of());
    }

    /**
     * A terminal as the gateway knows it.
     *
     * @param phone number in the header without leading zeros; may hold hex digits
     * @param terminalId from the last accepted registration, or null before the first
     * @param generation raised by deregistration (0x0003) or an administrator; part of the authentication code
     */
    public record Terminal(
            int vehicleId,
            int companyId,
            String phone,
            @Nullable String terminalId,
            String plate,
            int generation) {}

    /** A version of what rules know of a vehicle. */
    public record Vehicle(
            int vehicleId,
            int companyId,
            String plate,
            VehicleClass vehicleClass,
            long effectiveFrom,
            long effectiveTo) {}

    /** A driver assigned to a vehicle for a time. */
    public record Assignment(int vehicleId, int driverId, long effectiveFrom, long effectiveTo) {}

    /**
     * A driver, by what his cards say.
     *
     * @param numbers numbers of his qualification certificates and of his identity card, without blanks
     */
    public record Driver(int driverId, int companyId, String name, List<String> numbers) {
        public Driver {
            numbers = List.copyOf(numbers);
        }
    }

    /**
     * A version of a paper of one company, vehicle or driver.
     *
     * @param kind catalogue code such as {@code veh.inspection}
     * @param expires last valid day, local date; null if the paper has none
     */
    public record Paper(
            long paperId,
            Owner owner,
            int ownerId,
            String kind,
            @Nullable LocalDate expires,
            long effectiveFrom,
            long effectiveTo) {
        /** Whose paper it is. */
        public enum Owner {
            COMPANY,
            VEHICLE,
            DRIVER
        }
    }

    /**
     * A fence (围栏): a polygon, or a circle when {@code radiusMetres > 0}.
     *
     * @param companyId 0 for a zone of the centre that holds for everyone
     * @param kind school, port, depot, mountain, bridge, construction, temporary, road …
     * @param limitKmh speed limit inside, 0 for none
     * @param windowStart local start of the daily window, null for all day; the window may pass midnight
     * @param rings {@code [ring][lon0, lat0, lon1, lat1 …]} in degrees WGS84, first the outer ring; for a circle one pair, its centre
     */
    public record Zone(
            int zoneId,
            int companyId,
            String name,
            String kind,
            int limitKmh,
            @Nullable LocalTime windowStart,
            @Nullable LocalTime windowEnd,
            double radiusMetres,
            List<List<Double>> rings,
            long effectiveFrom,
            long effectiveTo) {}

    /**
     * Parameters of one rule for one kind of vehicle, versioned. Narrower wins: company and class, then company, then class, then
     * neither.
     *
     * @param rule speeding, hours, papers or quality
     * @param version shown with each episode, for example {@code cn-2026.1}
     * @param companyId 0 for all
     * @param vehicleClass null for all
     * @param parameters names as in the rule's page under {@code docs/rules/}, values as text; what is missing keeps its default
     */
    public record RuleProfile(
            String rule,
            String version,
            int companyId,
            @Nullable VehicleClass vehicleClass,
            Map<String, String> parameters,
            long effectiveFrom,
            long effectiveTo) {
        public RuleProfile {
            parameters = Map.copyOf(parameters);
        }
    }
}

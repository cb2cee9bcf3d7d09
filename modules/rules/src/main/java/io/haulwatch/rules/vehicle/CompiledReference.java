package io.haulwatch.rules.vehicle;

import io.haulwatch.geo.zone.ZoneIndex;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Paper;
import io.haulwatch.model.register.ReferenceSet.RuleProfile;
import io.haulwatch.model.register.ReferenceSet.Vehicle;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.rules.driver.DriverRegister;
import io.haulwatch.rules.driver.Duty;
import io.haulwatch.rules.profile.MotionProfile;
import io.haulwatch.rules.profile.PapersProfile;
import io.haulwatch.rules.profile.QualityProfile;
import io.haulwatch.rules.profile.SpeedingProfile;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ReferenceSet} made ready for the rules: rows by vehicle, zones compiled to a grid, profiles read. Takes some tenths of a second
 * for a large register, so it is built beside the running rules and handed over in one step. Immutable.
 */
public final class CompiledReference {
    /** Local time of the deployment (Asia/Shanghai), without summer time since 1991. */
    static final ZoneOffset LOCAL = ZoneOffset.ofHours(8);

    private final ReferenceSet set;
    private final ZoneIndex zones;
    private final Map<Integer, List<Vehicle>> vehicles = new HashMap<>();
    private final DriverRegister drivers;
    private final Map<Owner, List<Paper>> papers = new HashMap<>();
    private final List<ReadProfile> profiles = new ArrayList<>();
    private final Map<Integer, String> zoneNames = new HashMap<>();

    private record Owner(Paper.Owner kind, int id) {}

    /** A profile row with its parameters read; speeding depends on the class for what the row leaves open. */
    private record ReadProfile(RuleProfile row, Function<VehicleClass, Object> typed) {}

    /** A critical paper whose last valid day is over. @param overdueFrom first instant of the day after, ms since 1970 UTC */
    record Overdue(Paper paper, LocalDate expires, long overdueFrom) {}

    /**
     * What holds for a vehicle from {@code from} until before {@code to}.
     *
     * @param driverId driver of the moment, or {@link #NOBODY}
     * @param overdueFrom since when a critical paper is overdue; {@link Long#MAX_VALUE} if none ever will be
     */
    record Standing(long from, long to, RuleSet rules, int companyId, int driverId, long overdueFrom) {
        static final int NOBODY = DriverRegister.NOBODY;

        @Nullable
        Integer driverOrNull() {
            return driverId == NOBODY ? null : driverId;
        }
    }

    private CompiledReference(ReferenceSet set) {
        this.set = set;
        zones = ZoneIndex.of(set.zones());
        set.vehicles()
                .forEach(row -> vehicles.computeIfAbsent(row.vehicleId(), id -> new ArrayList<>(1))
                        .add(row));
        drivers = DriverRegister.of(set);
        for (Paper paper : set.papers()) {
            if (PaperKind.CRITICAL.contains(paper.kind())) {
                papers.computeIfAbsent(new Owner(paper.owner(), paper.ownerId()), owner -> new ArrayList<>(3))
                        .add(paper);
            }
        }
        set.profiles().forEach(row -> read(row, profiles));
        set.zones().forEach(zone -> zoneNames.put(zone.zoneId(), zone.name()));
    }

    /**
     * Makes a set ready.
     *
     * @throws IllegalArgumentException if a profile of these rules has an unknown name or a value outside its bounds
     */
    public static CompiledReference of(ReferenceSet set) {
        return new CompiledReference(set);
    }

    /**
     * Why a profile of these rules could not be read, in one sentence, or null; profiles of other rules are not looked at. For imports.
     */
    public static @Nullable String problem(RuleProfile row) {
        try {
            read(row, new ArrayList<>());
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static void read(RuleProfile row, List<ReadProfile> into) {
        switch (row.rule()) {
            case SpeedingProfile.RULE -> {
                Map<VehicleClass, SpeedingProfile> byClass = new EnumMap<>(VehicleClass.class);
                for (VehicleClass vehicleClass : VehicleClass.values()) {
                    byClass.put(vehicleClass, SpeedingProfile.of(row.version(), vehicleClass, row.parameters()));
                }
                into.add(new ReadProfile(row, vehicleClass -> Objects.requireNonNull(byClass.get(vehicleClass))));
            }
            case MotionProfile.RULE -> {
                MotionProfile profile = MotionProfile.of(row.parameters());
                into.add(new ReadProfile(row, vehicleClass -> profile));
            }
            case QualityProfile.RULE -> {
                QualityProfile profile = QualityProfile.of(row.parameters());
                into.add(new ReadProfile(row, vehicleClass -> profile));
            }
            case PapersProfile.RULE -> {
                PapersProfile profile = PapersProfile.of(row.version(), row.parameters());
                into.add(new ReadProfile(row, vehicleClass -> profile));
            }
            default -> {
                // Profiles of other stages; they read their own.
            }
        }
    }

    /** The set that this was made of. */
    public ReferenceSet set() {
        return set;
    }

    /** What it says of drivers, for {@link io.haulwatch.rules.driver.Wheels}. */
    public DriverRegister drivers() {
        return drivers;
    }

    ZoneIndex zones() {
        return zones;
    }

    /** Name of a zone, or its number as text if it is gone. */
    String zoneName(int zoneId) {
        return zoneNames.getOrDefault(zoneId, Integer.toString(zoneId));
    }

    /**
     * What holds for a vehicle at a time; allocates, so asked only when the last answer has run out.
     *
     * @param watch who answers for it then
     */
    Standing standing(int vehicleId, long at, Duty.Watch watch) {
        Span span = new Span(at);
        Vehicle vehicle = vehicle(vehicleId, span);
        int company = vehicle == null ? 0 : vehicle.companyId();
        int driver = watch.driverId();
        span.narrow(watch.fromMillis(), watch.toMillis());
        RuleSet rules = rules(vehicle, span);
        long overdueFrom = expiring(vehicleId, company, driver, span).stream()
                .mapToLong(Overdue::overdueFrom)
                .min()
                .orElse(Long.MAX_VALUE);
        return new Standing(span.from, span.to, rules, company, driver, overdueFrom);
    }

    /** The profiles that judge a vehicle at a time, for whoever explains afterwards what they found. */
    public RuleSet rules(int vehicleId, long at) {
        Span span = new Span(at);
        return rules(vehicle(vehicleId, span), span);
    }

    private @Nullable Vehicle vehicle(int vehicleId, Span span) {
        return span.row(vehicles.getOrDefault(vehicleId, List.of()), Vehicle::effectiveFrom, Vehicle::effectiveTo);
    }

    private RuleSet rules(@Nullable Vehicle vehicle, Span span) {
        int company = vehicle == null ? 0 : vehicle.companyId();
        VehicleClass vehicleClass = vehicle == null ? VehicleClass.GENERAL : vehicle.vehicleClass();
        return new RuleSet(
                vehicleClass,
                profile(
                        SpeedingProfile.RULE,
                        SpeedingProfile.class,
                        company,
                        vehicleClass,
                        span,
                        SpeedingProfile.defaults(vehicleClass)),
                profile(MotionProfile.RULE, MotionProfile.class, company, vehicleClass, span, MotionProfile.DEFAULTS),
                profile(
                        QualityProfile.RULE,
                        QualityProfile.class,
                        company,
                        vehicleClass,
                        span,
                        QualityProfile.DEFAULTS),
                profile(PapersProfile.RULE, PapersProfile.class, company, vehicleClass, span, PapersProfile.DEFAULTS));
    }

    /** The critical papers that are overdue at a time, the longest overdue first. */
    List<Overdue> overdue(int vehicleId, long at, Standing standing) {
        return expiring(vehicleId, standing.companyId(), standing.driverId(), new Span(at)).stream()
                .filter(paper -> at >= paper.overdueFrom())
                .sorted(Comparator.comparingLong(Overdue::overdueFrom)
                        .thenComparing(paper -> paper.paper().kind())
                        .thenComparingLong(paper -> paper.paper().paperId()))
                .toList();
    }

    private <T> T profile(String rule, Class<T> type, int company, VehicleClass vehicleClass, Span span, T otherwise) {
        ReadProfile best = null;
        for (ReadProfile profile : profiles) {
            RuleProfile row = profile.row();
            if (row.rule().equals(rule)
                    && (row.companyId() == 0 || row.companyId() == company)
                    && (row.vehicleClass() == null || row.vehicleClass() == vehicleClass)
                    && span.narrow(row.effectiveFrom(), row.effectiveTo())
                    && (best == null || wins(row, best.row()))) {
                best = profile;
            }
        }
        return best == null ? otherwise : type.cast(best.typed().apply(vehicleClass));
    }

    /** Narrower wins; of two as narrow, the later one. */
    private static boolean wins(RuleProfile row, RuleProfile other) {
        int width = (row.companyId() != 0 ? 2 : 0) + (row.vehicleClass() != null ? 1 : 0);
        int otherWidth = (other.companyId() != 0 ? 2 : 0) + (other.vehicleClass() != null ? 1 : 0);
        return width > otherWidth || (width == otherWidth && row.effectiveFrom() >= other.effectiveFrom());
    }

    private List<Overdue> expiring(int vehicleId, int company, int driver, Span span) {
        List<Overdue> found = new ArrayList<>();
        if (company != 0) {
            expiring(new Owner(Paper.Owner.COMPANY, company), span, found);
        }
        expiring(new Owner(Paper.Owner.VEHICLE, vehicleId), span, found);
        if (driver != Standing.NOBODY) {
            expiring(new Owner(Paper.Owner.DRIVER, driver), span, found);
        }
        return found;
    }

    /** Of several versions of a kind the one that is valid longest counts; one without an end is never overdue. */
    private void expiring(Owner owner, Span span, List<Overdue> found) {
        Map<String, Paper> best = new HashMap<>();
        for (Paper paper : papers.getOrDefault(owner, List.of())) {
            if (span.narrow(paper.effectiveFrom(), paper.effectiveTo())) {
                best.merge(paper.kind(), paper, (one, other) -> longer(one, other) ? one : other);
            }
        }
        for (Paper paper : best.values()) {
            LocalDate expires = paper.expires();
            if (expires != null) {
                found.add(new Overdue(
                        paper,
                        expires,
                        expires.plusDays(1).atStartOfDay().toInstant(LOCAL).toEpochMilli()));
            }
        }
    }

    private static boolean longer(Paper one, Paper other) {
        LocalDate mine = one.expires();
        LocalDate theirs = other.expires();
        if (mine == null || theirs == null) {
            return mine == null;
        }
        return mine.equals(theirs) ? one.paperId() <= other.paperId() : mine.isAfter(theirs);
    }

    /** A time, and the stretch around it in which no row that was looked at begins or ends. */
    private static final class Span {
        final long at;
        long from = Long.MIN_VALUE;
        long to = Long.MAX_VALUE;

        Span(long at) {
            this.at = at;
        }

        /** Whether a row is in force; cuts the stretch to where that stays so. */
        boolean narrow(long rowFrom, long rowTo) {
            if (at < rowFrom) {
                to = Math.min(to, rowFrom);
                return false;
            }
            if (at >= rowTo) {
                from = Math.max(from, rowTo);
                return false;
            }
            from = Math.max(from, rowFrom);
            to = Math.min(to, rowTo);
            return true;
        }

        /** The row in force, the one that began last if there are several. */
        <T> @Nullable T row(List<T> rows, Function<T, Long> from, Function<T, Long> to) {
            T best = null;
            for (T row : rows) {
                if (narrow(from.apply(row), to.apply(row)) && (best == null || from.apply(row) >= from.apply(best))) {
                    best = row;
                }
            }
            return best;
        }
    }
}

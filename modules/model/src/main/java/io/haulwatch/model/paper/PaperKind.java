package io.haulwatch.model.paper;

import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.model.register.VehicleClass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of papers and periodic duties: the one place that says whose a kind is, who must have it, when it warns and what it weighs.
 * Periods of the law are defaults; the day that is printed on a paper always wins. Sources: {@code docs/rules/papers.md}.
 */
public enum PaperKind {
    CO_LICENCE("co.licence", Need.EVERYBODY, 10, 0, 90, 60, 30, 15, 7),
    CO_BUSINESS("co.business", Need.AS_KEPT, 0, 0, 30),
    CO_SAFETY_STAFF("co.safety_staff", Need.AS_KEPT, 0, 12, 30, 15),
    CO_MONITOR_STAFF("co.monitor_staff", Need.AS_KEPT, 0, 0),
    CO_THIRD_PARTY_CONTRACT("co.third_party_contract", Need.AS_KEPT, 0, 12, 60, 30, 15),
    CO_HAZARD_INSPECTION("co.hazard_inspection", Need.AS_KEPT, 0, 1, 7, 3, 1),
    CO_EMERGENCY_PLAN("co.emergency_plan", Need.AS_KEPT, 0, 12, 30),
    CO_INSURANCE("co.insurance", Need.AS_KEPT, 0, 12, 30, 15, 7),
    CO_SAFETY_MEETING("co.safety_meeting", Need.AS_KEPT, 0, 1, 5),
    VEH_PERMIT("veh.permit", Need.EVERYBODY, 4, 0, 30, 15, 7),
    VEH_PERMIT_REVIEW("veh.permit_review", Need.AS_KEPT, 0, 12, 30, 15, 7),
    VEH_INSPECTION("veh.inspection", Need.EVERYBODY, 4, 12, 30, 15, 7),
    VEH_TECH_RATING("veh.tech_rating", Need.AS_KEPT, 0, 12, 30, 15, 7),
    VEH_MAINTENANCE2("veh.maintenance2", Need.EVERYBODY, 3, 0, 15, 7, 3),
    VEH_MAINTENANCE_DAILY("veh.maintenance_daily", Need.AS_KEPT, 0, 0),
    VEH_INS_COMPULSORY("veh.ins_compulsory", Need.EVERYBODY, 5, 12, 30, 15, 7),
    VEH_INS_COMMERCIAL("veh.ins_commercial", Need.AS_KEPT, 0, 12, 30, 15),
    VEH_INS_CARRIER("veh.ins_carrier", Need.DANGEROUS_GOODS, 0, 12, 30, 15),
    VEH_GNSS_TERMINAL("veh.gnss_terminal", Need.AS_KEPT, 0, 12, 30, 7),
    VEH_SCRAP("veh.scrap", Need.AS_KEPT, 0, 0, 180, 60),
    VEH_TANK("veh.tank", Need.AS_KEPT, 0, 12, 30),
    VEH_MARKING("veh.marking", Need.AS_KEPT, 0, 12, 30),
    DRV_LICENCE("drv.licence", Need.EVERYBODY, 5, 0, 90, 30, 15, 7),
    DRV_LICENCE_REVIEW("drv.licence_review", Need.AS_KEPT, 0, 12, 30, 15, 7),
    DRV_POINTS("drv.points", Need.AS_KEPT, 0, 12),
    DRV_QUALIFICATION("drv.qualification", Need.EVERYBODY, 4, 72, 180, 90, 30, 15),
    DRV_QUAL_CLASS("drv.qual_class", Need.AS_KEPT, 0, 0),
    DRV_INTEGRITY("drv.integrity", Need.AS_KEPT, 0, 12, 20, 7),
    DRV_CONT_EDU("drv.cont_edu", Need.AS_KEPT, 0, 24, 90, 60, 30),
    DRV_HEALTH("drv.health", Need.AS_KEPT, 0, 12, 30),
    DRV_CONTRACT("drv.contract", Need.AS_KEPT, 0, 0, 30),
    DRV_PREJOB("drv.prejob", Need.AS_KEPT, 0, 0);

    /** Whose absence is a gap. */
    public enum Need {
        /** Each company, truck or driver of its kind. */
        EVERYBODY,
        /** Each truck for dangerous goods. */
        DANGEROUS_GOODS,
        /** Nobody: it is followed once it is kept. */
        AS_KEPT
    }

    /** Kinds without which nobody may drive ({@code risk.veto_kinds}). */
    public static final Set<String> CRITICAL = Set.of(
            "co.licence", "veh.permit", "veh.inspection", "veh.ins_compulsory", "drv.licence", "drv.qualification");

    private static final Map<String, PaperKind> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(PaperKind::code, Function.identity()));

    private final String code;
    private final Need need;
    private final int riskWeight;
    private final int cycleMonths;

    @SuppressWarnings("ImmutableEnumChecker") // made here, never changed
    private final List<Integer> leadDays;

    PaperKind(String code, Need need, int riskWeight, int cycleMonths, Integer... leadDays) {
        this.code = code;
        this.need = need;
        this.riskWeight = riskWeight;
        this.cycleMonths = cycleMonths;
        this.leadDays = List.of(leadDays);
    }

    /** The kind of a code, or null: the register may hold kinds that the catalogue does not follow. */
    public static @Nullable PaperKind of(String code) {
        return BY_CODE.get(code);
    }

    /** Whose papers a code is of: {@code co.}, {@code veh.} or {@code drv.}. */
    public static Owner ownerOf(String code) {
        return code.startsWith("co.") ? Owner.COMPANY : code.startsWith("veh.") ? Owner.VEHICLE : Owner.DRIVER;
    }

    /** The word of rules, API and tables. */
    public String code() {
        return code;
    }

    public Owner owner() {
        return ownerOf(code);
    }

    /** Days before the last valid day at which it warns, the longest first; empty for a duty without a day. */
    public List<Integer> leadDays() {
        return leadDays;
    }

    /** Months from one to the next where the law or custom says so; 0: what is printed. */
    public int cycleMonths() {
        return cycleMonths;
    }

    /** What it weighs in part D of a company's risk; 0: nothing. */
    public int riskWeight() {
        return riskWeight;
    }

    public boolean isCritical() {
        return CRITICAL.contains(code);
    }

    /** Days after the last valid day until it cannot be renewed any more; {@link Integer#MAX_VALUE} if it always can. */
    public int graceDays() {
        return switch (this) {
            case DRV_QUALIFICATION -> 180;
            case DRV_LICENCE -> 365;
            default -> Integer.MAX_VALUE;
        };
    }

    /** Whether one without it has a gap. @param vehicleClass null for a company or a driver */
    public boolean isNeededBy(Owner owner, @Nullable VehicleClass vehicleClass) {
        return owner == owner()
                && switch (need) {
                    case EVERYBODY -> true;
                    case DANGEROUS_GOODS -> vehicleClass == VehicleClass.DANGEROUS_GOODS;
                    case AS_KEPT -> false;
                };
    }
}

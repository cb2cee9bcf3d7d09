package io.haulwatch.model.paper;

import io.haulwatch.model.register.VehicleClass;
import java.time.LocalDate;

/**
 * When a truck's second-level service (二级维护) is due: by days or by kilometres, whichever comes first. Kilometres become a day by what the
 * truck drives on a mean day. Source: {@code docs/rules/papers.md}.
 */
public final class ServiceDue {
    /** Kilometres left at which it warns. */
    public static final int WARN_KM = 2_000;

    private ServiceDue() {}

    /** How often: the operator's own interval, or the default of the truck's class. */
    public record Interval(int everyKm, int everyDays) {
        private static final Interval GENERAL = new Interval(40_000, 120);
        private static final Interval DANGEROUS_GOODS = new Interval(30_000, 90);

        public Interval {
            if (everyKm <= 0 || everyDays <= 0) {
                throw new IllegalArgumentException(
                        "an interval is positive: everyKm=" + everyKm + ", everyDays=" + everyDays);
            }
        }

        /** The default of a class of trucks. */
        public static Interval of(VehicleClass vehicleClass) {
            return vehicleClass == VehicleClass.DANGEROUS_GOODS ? DANGEROUS_GOODS : GENERAL;
        }
    }

    /**
     * The last day on which the next service is in time.
     *
     * @param kmSince driven since the last service
     * @param meanDailyKm of the last 30 days; 0 for a truck that stands: then days alone count, until its kilometres are used up
     */
    public static LocalDate of(
            Interval interval, LocalDate lastDone, double kmSince, double meanDailyKm, LocalDate today) {
        LocalDate byDays = lastDone.plusDays(interval.everyDays);
        double left = interval.everyKm - kmSince;
        LocalDate byKm;
        if (meanDailyKm > 0) {
            byKm = today.plusDays((long) Math.floor(left / meanDailyKm));
        } else {
            byKm = left < 0 ? today.minusDays(1) : LocalDate.MAX;
        }
        LocalDate due = byKm.isBefore(byDays) ? byKm : byDays;
        // Kilometres cannot have been used up before the service that began to count them.
        return due.isBefore(lastDone) ? lastDone : due;
    }

    /** Where a truck stands that is due on that day; few kilometres left are urgent, however slowly it drives. */
    public static PaperState state(LocalDate due, double kmLeft, LocalDate today) {
        PaperState byDay = PaperCalendar.byDay(PaperKind.VEH_MAINTENANCE2, due, today);
        return byDay == PaperState.VALID && kmLeft <= WARN_KM ? PaperState.DUE_SOON : byDay;
    }
}

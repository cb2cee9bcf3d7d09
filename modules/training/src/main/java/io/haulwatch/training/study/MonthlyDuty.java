package io.haulwatch.training.study;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.TreeSet;

/**
 * Study that a driver owes each month (月度学习).
 *
 * @param requiredHours study hours
 */
public record MonthlyDuty(BigDecimal requiredHours) {
    private static final int FIRST_REMINDER = 25;
    private static final int SECOND_REMINDER = 28;

    public MonthlyDuty {
        if (requiredHours.signum() < 0) {
            throw new IllegalArgumentException("nobody owes less than nothing: requiredHours=" + requiredHours);
        }
    }

    /** How a driver stands. */
    public sealed interface Standing {}

    /** All done. */
    public record Met() implements Standing {}

    /** @param remindToday whether this is one of the days on which he is reminded */
    public record Open(BigDecimal missingHours, boolean remindToday) implements Standing {}

    /** The month is over: {@code TRAINING_OVERDUE}. */
    public record Overdue(BigDecimal missingHours) implements Standing {}

    /** Days on which a driver is reminded who is not done: the 25th, the 28th and the last. */
    public static List<LocalDate> reminders(YearMonth month) {
        return List.copyOf(new TreeSet<>(
                List.of(month.atDay(FIRST_REMINDER), month.atDay(SECOND_REMINDER), month.atEndOfMonth())));
    }

    /** How a driver stands with his duty for a month, on a local day. */
    public Standing standing(YearMonth month, BigDecimal doneHours, LocalDate today) {
        BigDecimal missing = requiredHours.subtract(doneHours);
        if (missing.signum() <= 0) {
            return new Met();
        }
        return today.isAfter(month.atEndOfMonth())
                ? new Overdue(missing)
                : new Open(missing, reminders(month).contains(today));
    }
}

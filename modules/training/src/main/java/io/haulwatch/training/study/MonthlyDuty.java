package io.haulwatch.training.study;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.TreeSet;

/** Study that a driver owes each month (月度学习): how much, and when he is reminded of it. With the first of the next month it is overdue. */
public final class MonthlyDuty {
    /** Hours of a month. */
    public static final int HOURS = 2;

    private static final int FIRST_REMINDER = 25;
    private static final int SECOND_REMINDER = 28;

    private MonthlyDuty() {}

    /** Days on which a driver is reminded who is not done: the 25th, the 28th and the last. */
    public static List<LocalDate> reminders(YearMonth month) {
        return List.copyOf(new TreeSet<>(
                List.of(month.atDay(FIRST_REMINDER), month.atDay(SECOND_REMINDER), month.atEndOfMonth())));
    }

    /** The newest of the month's reminders that has come by a local day; before the first one that one, which is still ahead. */
    public static LocalDate newestReminder(LocalDate today) {
        List<LocalDate> days = reminders(YearMonth.from(today));
        return days.reversed().stream()
                .filter(day -> !day.isAfter(today))
                .findFirst()
                .orElse(days.getFirst());
    }
}

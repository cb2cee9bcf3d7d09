package io.haulwatch.analytics.kpi;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which local days are to be counted now. The day at hand every hour; a day that is over once, and once more when it is frozen, two days
 * and six hours after its start: until then late positions repair it.
 */
final class KpiDays {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final Duration AGAIN = Duration.ofHours(1);
    private static final int FREEZE_DAYS = 2;
    private static final int FREEZE_HOUR = 6;
    /** Days before the first start that are counted all the same. */
    private static final int MOST_DAYS_BACK = 35;

    private KpiDays() {}

    /** A day that was counted. */
    record Counted(Instant at, @Nullable Instant frozen) {}

    /** A day that is due. @param freeze whether this is its last time */
    record Due(LocalDate day, boolean freeze) {}

    /** When a day may not change any more: {@code kpi.freeze_at}. */
    static Instant freezeAt(LocalDate day) {
        return day.plusDays(FREEZE_DAYS).atTime(FREEZE_HOUR, 0).atZone(ZONE).toInstant();
    }

    /**
     * The days that are due, oldest first.
     *
     * @param first day with data, null without any
     * @param counted days counted before
     */
    static List<Due> due(@Nullable LocalDate first, Map<LocalDate, Counted> counted, Instant now) {
        LocalDate today = now.atZone(ZONE).toLocalDate();
        List<Due> due = new ArrayList<>();
        if (first == null) {
            return due;
        }
        LocalDate oldest = today.minusDays(MOST_DAYS_BACK);
        LocalDate start = first.isBefore(oldest) ? oldest : first;
        for (LocalDate thawed : counted.keySet()) {
            // Somebody asked for an old period once more.
            if (counted.get(thawed).frozen() == null && thawed.isBefore(start)) {
                due.add(new Due(thawed, true));
            }
        }
        due.sort((a, b) -> a.day().compareTo(b.day()));
        for (LocalDate day = start; !day.isAfter(today); day = day.plusDays(1)) {
            Counted before = counted.get(day);
            if (before != null && before.frozen() != null) {
                continue;
            }
            boolean freeze = !now.isBefore(freezeAt(day));
            Instant over = day.plusDays(1).atStartOfDay(ZONE).toInstant();
            boolean again = before == null
                    || (day.equals(today)
                            ? !now.isBefore(before.at().plus(AGAIN))
                            : before.at().isBefore(over));
            if (freeze || again) {
                due.add(new Due(day, freeze));
            }
        }
        return due;
    }
}

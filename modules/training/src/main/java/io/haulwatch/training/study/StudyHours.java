package io.haulwatch.training.study;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Study hours (学时) of credited time: some provinces count 45 minutes as one, others 60, and a day has no more than so many.
 *
 * @param hourMinutes minutes of a study hour
 * @param dayCapHours study hours that one local day can have at most
 * @param zone whose midnight ends a day
 */
public record StudyHours(int hourMinutes, int dayCapHours, ZoneId zone) {
    public static final StudyHours USUAL = new StudyHours(45, 6, ZoneId.of("Asia/Shanghai"));

    private static final long MINUTE_MILLIS = 60_000;

    public StudyHours {
        if (hourMinutes < 1 || hourMinutes > 60 || dayCapHours < 1 || dayCapHours > 24) {
            throw new IllegalArgumentException(
                    "no such hours: hourMinutes=" + hourMinutes + ", dayCapHours=" + dayCapHours);
        }
    }

    /** Time that was credited, as of when. */
    public record Credit(Instant at, long millis) {}

    /** The local day of a moment. */
    public LocalDate day(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    /** The most that one day is worth. */
    public long dayCapMillis() {
        return MINUTE_MILLIS * hourMinutes * dayCapHours;
    }

    /** What a day still has room for after so much of it. */
    public long roomMillis(long creditedThatDay) {
        return Math.max(0, dayCapMillis() - creditedThatDay);
    }

    /** What each local day is worth, no more than its cap. */
    public SortedMap<LocalDate, Long> perDay(List<Credit> credits) {
        SortedMap<LocalDate, Long> days = new TreeMap<>();
        credits.forEach(credit -> days.merge(day(credit.at()), credit.millis(), Long::sum));
        days.replaceAll((day, millis) -> Math.min(millis, dayCapMillis()));
        return days;
    }

    /** What all days together are worth. */
    public long totalMillis(List<Credit> credits) {
        return perDay(credits).values().stream().mapToLong(Long::longValue).sum();
    }

    /** As study hours, two decimals, rounded down. */
    public BigDecimal hours(long millis) {
        return BigDecimal.valueOf(millis).divide(BigDecimal.valueOf(hourMinutes * MINUTE_MILLIS), 2, RoundingMode.DOWN);
    }
}

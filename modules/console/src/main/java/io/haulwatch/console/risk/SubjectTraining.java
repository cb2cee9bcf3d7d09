package io.haulwatch.console.risk;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.rules.risk.RiskInputs.Training;
import io.haulwatch.training.study.MonthlyDuty;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What drivers learnt, as it counts in their scores. */
final class SubjectTraining {
    private static final int MONTHS_OF_PACE = 24;
    private static final int MOST_HOURS_OF_A_DAY = 6;
    private static final int HOURS_OF_TWO_YEARS = 24;
    private static final double DAYS_OF_A_MONTH = 30.4375;

    private SubjectTraining() {}

    /** What a driver learnt. @param monthly hours of the last whole month @param continuing hours of two years */
    private record Hours(double monthly, double continuing) {
        static final Hours NONE = new Hours(0, 0);

        Hours plus(Hours other) {
            return new Hours(monthly + other.monthly, continuing + other.continuing);
        }

        /** Two hours; none are asked of who came later than that month began, nor before the company recorded any. */
        boolean meetsTheMonth(@Nullable LocalDate first, LocalDate came, LocalDate today) {
            LocalDate month = today.withDayOfMonth(1);
            return first == null
                    || monthly >= MonthlyDuty.HOURS
                    || (monthly == 0 && !(first.isBefore(month) && came.isBefore(month.minusMonths(1))));
        }

        /** An hour a month since he came, 24 at most. */
        boolean keepsPace(@Nullable LocalDate first, LocalDate came, LocalDate today) {
            if (first == null) {
                return true;
            }
            long days = ChronoUnit.DAYS.between(came.isAfter(first) ? came : first, today);
            return continuing >= Math.min(HOURS_OF_TWO_YEARS, Math.floor(days / DAYS_OF_A_MONTH));
        }
    }

    /**
     * Of a company that records training or has overdue lessons: the hours of the last whole month, and whether those of two years keep pace. They are put
     * together here: a database that guesses few rows behind the row security joins thousands of drivers with thousands of sums one by one.
     */
    static Map<Integer, Training> of(Asked asked) throws SQLException {
        LocalDate today = asked.today();
        Set<Integer> overdue = new HashSet<>();
        new SqlText(
                        "select distinct driver_id from hw.training_task where company_id = ? and closed_at is null and due_at <= ?",
                        asked.companyId(),
                        asked.now())
                .each(asked.connection(), row -> overdue.add(row.getInt(1)));
        LocalDate first = new SqlText(
                        "select min(held_on)::text from hw.training_record where company_id = ? and held_on > ? and held_on <= ?",
                        asked.companyId(),
                        today.minusMonths(MONTHS_OF_PACE),
                        today)
                .first(asked.connection(), row -> Optional.ofNullable(row.getString(1)))
                .flatMap(day -> day.map(LocalDate::parse))
                .orElse(null);
        if (first == null && overdue.isEmpty()) {
            return Map.of();
        }
        Map<Integer, Hours> hours = hours(asked);
        Map<Integer, Training> found = new HashMap<>();
        asked.narrowed(
                        new SqlText("select v.driver_id, v.created_at from hw.driver v where v.retired_at is null")
                                .within(asked.scope(), "v.company_id = any (?)"),
                        "v.",
                        "driver_id")
                .each(asked.connection(), row -> {
                    int driver = row.getInt(1);
                    LocalDate came = row.getTimestamp(2)
                            .toInstant()
                            .atZone(PaperState.ZONE)
                            .toLocalDate();
                    Hours own = hours.getOrDefault(driver, Hours.NONE);
                    found.put(
                            driver,
                            new Training(
                                    !overdue.contains(driver) && own.meetsTheMonth(first, came, today) ? 1 : 0,
                                    own.keepsPace(first, came, today) ? 1 : 0));
                });
        return found;
    }

    /** Hours of the last whole month, and those of continuing education, of which six a day count. */
    private static Map<Integer, Hours> hours(Asked asked) throws SQLException {
        LocalDate today = asked.today();
        LocalDate month = today.withDayOfMonth(1);
        Map<Integer, Hours> found = new HashMap<>();
        asked.narrowed(
                        new SqlText(
                                "select driver_id, sum(hours) from hw.training_record where kind = 'monthly' and held_on >= ? and held_on < ?",
                                month.minusMonths(1),
                                month),
                        "",
                        "driver_id")
                .add("group by 1")
                .each(asked.connection(), row -> found.put(row.getInt(1), new Hours(row.getDouble(2), 0)));
        asked.narrowed(
                        new SqlText(
                                "select driver_id, sum(hours) from (select driver_id, least(sum(hours), ?) as hours from hw.training_record"
                                        + " where kind = 'continuing' and held_on > ? and held_on <= ?",
                                MOST_HOURS_OF_A_DAY,
                                today.minusMonths(MONTHS_OF_PACE),
                                today),
                        "",
                        "driver_id")
                .add("group by driver_id, held_on) day group by 1")
                .each(
                        asked.connection(),
                        row -> found.merge(row.getInt(1), new Hours(0, row.getDouble(2)), Hours::plus));
        return found;
    }
}

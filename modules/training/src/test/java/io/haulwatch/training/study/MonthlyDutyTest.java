package io.haulwatch.training.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.training.study.MonthlyDuty.Met;
import io.haulwatch.training.study.MonthlyDuty.Open;
import io.haulwatch.training.study.MonthlyDuty.Overdue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class MonthlyDutyTest {
    private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);
    private static final MonthlyDuty TWO_HOURS = new MonthlyDuty(new BigDecimal("2"));
    private static final BigDecimal DONE = new BigDecimal("1.6");
    private static final BigDecimal MISSING = new BigDecimal("0.4");

    @Test
    void example5WhoIsNotDoneIsRemindedThreeTimesAndThenOverdue() {
        for (int day = 1; day <= 30; day++) {
            assertThat(TWO_HOURS.standing(SEPTEMBER, DONE, SEPTEMBER.atDay(day)))
                    .as("day %d", day)
                    .isEqualTo(new Open(MISSING, day == 25 || day == 28 || day == 30));
        }
        assertThat(TWO_HOURS.standing(SEPTEMBER, DONE, LocalDate.of(2026, 10, 1)))
                .isEqualTo(new Overdue(MISSING));
    }

    @Test
    void whoIsDoneOwesNothing() {
        assertThat(TWO_HOURS.standing(SEPTEMBER, new BigDecimal("2.00"), LocalDate.of(2026, 10, 1)))
                .isEqualTo(new Met());
    }

    @Test
    void aShortFebruaryHasTwoReminders() {
        assertThat(MonthlyDuty.reminders(YearMonth.of(2026, 2)))
                .containsExactly(LocalDate.of(2026, 2, 25), LocalDate.of(2026, 2, 28));
        assertThat(MonthlyDuty.reminders(YearMonth.of(2028, 2))).hasSize(3);
    }
}

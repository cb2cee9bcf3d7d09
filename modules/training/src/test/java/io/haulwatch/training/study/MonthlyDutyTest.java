package io.haulwatch.training.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class MonthlyDutyTest {
    private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);

    @Test
    void example5WhoIsNotDoneIsRemindedThreeTimes() {
        assertThat(MonthlyDuty.reminders(SEPTEMBER))
                .containsExactly(SEPTEMBER.atDay(25), SEPTEMBER.atDay(28), SEPTEMBER.atDay(30));
    }

    @Test
    void aDayIsUnderTheNewestReminderThatHasCome() {
        for (int day = 1; day <= 30; day++) {
            assertThat(MonthlyDuty.newestReminder(SEPTEMBER.atDay(day)))
                    .as("day %d", day)
                    .isEqualTo(SEPTEMBER.atDay(day == 30 ? 30 : day >= 28 ? 28 : 25));
        }
    }

    @Test
    void aShortFebruaryHasTwoReminders() {
        assertThat(MonthlyDuty.reminders(YearMonth.of(2026, 2)))
                .containsExactly(LocalDate.of(2026, 2, 25), LocalDate.of(2026, 2, 28));
        assertThat(MonthlyDuty.reminders(YearMonth.of(2028, 2))).hasSize(3);
        assertThat(MonthlyDuty.newestReminder(LocalDate.of(2028, 2, 28))).isEqualTo(LocalDate.of(2028, 2, 28));
    }
}

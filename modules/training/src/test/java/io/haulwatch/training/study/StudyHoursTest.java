package io.haulwatch.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.training.study.StudyHours.Credit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudyHoursTest {
    private static final long HOUR = 45 * 60_000L;

    @Test
    void example6NoDayIsWorthMoreThanSixHours() {
        List<Credit> credits = new ArrayList<>();
        int[] hours = {9, 9, 8};
        for (int day = 0; day < hours.length; day++) {
            Instant start = Instant.parse("2026-09-08T00:00:00Z").plusSeconds(day * 86_400L);
            for (int hour = 0; hour < hours[day]; hour++) {
                credits.add(new Credit(start.plusSeconds(hour * 3_600L), HOUR));
            }
        }
        StudyHours usual = StudyHours.USUAL;
        assertThat(usual.hours(usual.totalMillis(credits))).isEqualTo("18.00").isLessThan(new java.math.BigDecimal(24));
    }

    @Test
    void aDayEndsAtMidnightInChina() {
        List<Credit> credits = List.of(
                new Credit(Instant.parse("2026-09-08T15:59:59Z"), 5 * HOUR),
                new Credit(Instant.parse("2026-09-08T16:00:00Z"), 5 * HOUR),
                new Credit(Instant.parse("2026-09-09T02:00:00Z"), 2 * HOUR));
        assertThat(StudyHours.USUAL.perDay(credits))
                .containsExactly(
                        java.util.Map.entry(LocalDate.of(2026, 9, 8), 5 * HOUR),
                        java.util.Map.entry(LocalDate.of(2026, 9, 9), 6 * HOUR));
    }

    @Test
    void saysHowMuchRoomADayStillHas() {
        assertThat(StudyHours.USUAL.roomMillis(0)).isEqualTo(6 * HOUR);
        assertThat(StudyHours.USUAL.roomMillis(6 * HOUR - 1)).isEqualTo(1);
        assertThat(StudyHours.USUAL.roomMillis(7 * HOUR)).isZero();
        StudyHours sixty = new StudyHours(60, 6, ZoneId.of("Asia/Shanghai"));
        assertThat(sixty.dayCapMillis()).isEqualTo(21_600_000);
        assertThat(sixty.hours(5_399_999)).isEqualTo("1.49");
        assertThatThrownBy(() -> new StudyHours(0, 6, ZoneId.of("Asia/Shanghai")))
                .hasMessageContaining("hourMinutes=0");
    }
}

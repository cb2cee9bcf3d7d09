package io.haulwatch.analytics.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.analytics.kpi.KpiDays.Counted;
import io.haulwatch.analytics.kpi.KpiDays.Due;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KpiDaysTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 5);

    @Test
    void aDayIsFrozenTwoDaysAndSixHoursAfterItsStart() {
        assertThat(KpiDays.freezeAt(DAY)).isEqualTo(china("2026-03-07T06:00:00"));
    }

    @Test
    void theDayAtHandIsCountedEveryHourAndOneThatIsOverOnceAndOnceMoreWhenItIsFrozen() {
        Map<LocalDate, Counted> counted = new HashMap<>();
        assertThat(KpiDays.due(DAY, counted, china("2026-03-05T10:00:00"))).containsExactly(new Due(DAY, false));
        counted.put(DAY, new Counted(china("2026-03-05T10:00:00"), null));
        assertThat(KpiDays.due(DAY, counted, china("2026-03-05T10:59:59"))).isEmpty();
        assertThat(KpiDays.due(DAY, counted, china("2026-03-05T11:00:00"))).containsExactly(new Due(DAY, false));

        counted.put(DAY, new Counted(china("2026-03-05T23:50:00"), null));
        assertThat(KpiDays.due(DAY, counted, china("2026-03-06T00:10:00")))
                .containsExactly(new Due(DAY, false), new Due(DAY.plusDays(1), false));
        counted.put(DAY, new Counted(china("2026-03-06T00:10:00"), null));
        counted.put(DAY.plusDays(1), new Counted(china("2026-03-07T05:59:00"), null));
        counted.put(DAY.plusDays(2), new Counted(china("2026-03-07T05:59:00"), null));
        assertThat(KpiDays.due(DAY, counted, china("2026-03-07T05:59:59"))).isEmpty();
        assertThat(KpiDays.due(DAY, counted, china("2026-03-07T06:00:00"))).containsExactly(new Due(DAY, true));
        counted.put(DAY, new Counted(china("2026-03-07T06:00:00"), china("2026-03-07T06:00:00")));
        assertThat(KpiDays.due(DAY, counted, china("2026-03-07T06:30:00"))).isEmpty();
    }

    @Test
    void nothingIsDueWithoutDataAndNothingOfMoreThanFiveWeeksAgoUnlessSomebodyAsked() {
        Instant now = china("2026-06-30T12:00:00");
        assertThat(KpiDays.due(null, Map.of(), now)).isEmpty();
        assertThat(KpiDays.due(DAY, Map.of(), now))
                .hasSize(36)
                .first()
                .isEqualTo(new Due(LocalDate.of(2026, 5, 26), true));
        assertThat(KpiDays.due(DAY, Map.of(DAY, new Counted(now.minusSeconds(9), null)), now))
                .hasSize(37)
                .first()
                .isEqualTo(new Due(DAY, true));
    }

    private static Instant china(String local) {
        return Instant.parse(local + "+08:00");
    }
}

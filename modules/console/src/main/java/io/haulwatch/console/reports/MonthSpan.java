package io.haulwatch.console.reports;

import io.haulwatch.model.paper.PaperState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/** Local days, the last one excluded. */
record MonthSpan(LocalDate first, LocalDate end) {
    /** So many months, of which this one is the last. */
    static MonthSpan of(int months, YearMonth last) {
        return new MonthSpan(
                last.minusMonths(months - 1L).atDay(1), last.plusMonths(1).atDay(1));
    }

    Instant from() {
        return first.atStartOfDay(PaperState.ZONE).toInstant();
    }

    Instant to() {
        return end.atStartOfDay(PaperState.ZONE).toInstant();
    }
}

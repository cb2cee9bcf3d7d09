package io.haulwatch.console.history;

import io.haulwatch.model.paper.PaperState;
import java.time.Instant;
import java.time.LocalDate;

/** A day of the deployment, from midnight to midnight in Shanghai. */
record LocalDay(LocalDate date) {
    /** First instant. */
    Instant from() {
        return date.atStartOfDay(PaperState.ZONE).toInstant();
    }

    /** First instant of the next day. */
    Instant to() {
        return date.plusDays(1).atStartOfDay(PaperState.ZONE).toInstant();
    }
}

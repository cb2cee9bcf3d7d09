package io.haulwatch.console.training;

import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.model.paper.PaperState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calendar of training: local days of Shanghai. */
final class TrainingDays {
    private static final Pattern MONTH = Pattern.compile("20\\d\\d-(0[1-9]|1[0-2])");

    private TrainingDays() {}

    static LocalDate today(Instant now) {
        return now.atZone(PaperState.ZONE).toLocalDate();
    }

    /** Midnight with which a local day begins. */
    static Instant begin(LocalDate day) {
        return day.atStartOfDay(PaperState.ZONE).toInstant();
    }

    /** The last second of a local day: until then a task may be done. */
    static Instant end(LocalDate day) {
        return begin(day.plusDays(1)).minusSeconds(1);
    }

    /** A query parameter that is a month, or null. */
    static @Nullable YearMonth month(Call call, String name) {
        String given = call.query().getOrDefault(name, "");
        if (given.isEmpty()) {
            return null;
        }
        try {
            if (MONTH.matcher(given).matches()) {
                return YearMonth.parse(given);
            }
        } catch (DateTimeException e) {
            // Told below in the API's words.
        }
        throw Refusal.badValue(name + " must be a month of this century such as 2026-10.");
    }

    /** Local days from the first to the last, both of them in it. */
    record Period(LocalDate from, LocalDate to) {
        /** Of the query: from the first day of a month on without its beginning, to the end of the running month without its end. */
        static Period of(Call call, Instant now) {
            LocalDate from = call.day("from");
            LocalDate to = call.day("to");
            LocalDate month = YearMonth.from(today(now)).atEndOfMonth();
            LocalDate first = from != null ? from : (to == null ? month : to).withDayOfMonth(1);
            LocalDate last = to != null
                    ? to
                    : first.isAfter(month) ? YearMonth.from(first).atEndOfMonth() : month;
            if (last.isBefore(first)) {
                throw Refusal.badValue("to must not lie before from: from=" + first + ", to=" + last + ".");
            }
            return new Period(first, last);
        }
    }
}

package io.haulwatch.console.indicators;

import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.model.paper.PaperState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which figures somebody asks for.
 *
 * @param first local day
 * @param last local day
 * @param periodId frozen period, or null for the days as they are counted now
 * @param region leading digits of a registered code, or null
 * @param company or null
 */
record Asked(
        LocalDate first,
        LocalDate last,
        @Nullable Integer periodId,
        @Nullable String region,
        @Nullable Integer company) {
    private static final int LONGEST_DAYS = 366;
    private static final Pattern SCOPE =
            Pattern.compile("all|region:(?:[0-9]{2}|[0-9]{4}|[0-9]{6})|company:[0-9]{1,9}");
    private static final String REGION = "region:";
    private static final String COMPANY = "company:";

    /** Reads {@code from}, {@code to} (days, both included; the month at hand without them), {@code period} and {@code scope}. */
    static Asked of(Call call, Instant now) {
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        LocalDate from = call.day("from");
        LocalDate to = call.day("to");
        LocalDate last = to == null ? today : to;
        LocalDate first = from == null ? last.withDayOfMonth(1) : from;
        if (first.isAfter(last) || first.plusDays(LONGEST_DAYS).isBefore(last)) {
            throw Refusal.badValue("from must not be after to, by at most " + LONGEST_DAYS + " days: from=" + first
                    + ", to=" + last + ".");
        }
        String scope = call.query().getOrDefault("scope", "all");
        if (!SCOPE.matcher(scope).matches()) {
            throw Refusal.badValue("scope must be all, region:<2, 4 or 6 digits> or company:<id>.");
        }
        return new Asked(
                first,
                last,
                call.number("period", 1, Integer.MAX_VALUE),
                scope.startsWith(REGION) ? scope.substring(REGION.length()) : null,
                scope.startsWith(COMPANY) ? Integer.valueOf(scope.substring(COMPANY.length())) : null);
    }

    /** The same figures over a frozen period's days. */
    Asked over(LocalDate from, LocalDate to) {
        return new Asked(from, to, periodId, region, company);
    }

    /** The same figures of one company. */
    Asked ofCompany(int id) {
        return new Asked(first, last, periodId, null, id);
    }

    /** Whether the days are a month from its first one on. */
    boolean isMonth() {
        return first.getDayOfMonth() == 1 && last.withDayOfMonth(1).equals(first);
    }

    /** Whether it is about a company of that id, registered there. */
    boolean takes(int companyId, String adcode) {
        return (company == null || company == companyId) && (region == null || adcode.startsWith(region));
    }
}

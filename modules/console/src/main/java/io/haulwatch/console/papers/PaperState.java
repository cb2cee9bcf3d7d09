package io.haulwatch.console.papers;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a paper stands on a local day. The day of expiry itself is still valid. */
public enum PaperState {
    VALID,
    /** Runs out within 30 days. */
    DUE_SOON,
    /** Runs out within 7 days. */
    DUE_URGENT,
    OVERDUE,
    MISSING;

    /** Days of the law are local. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Kinds without which nobody may drive; docs/rules/papers.md. */
    public static final Set<String> CRITICAL = Set.of(
            "co.licence", "veh.permit", "veh.inspection", "veh.ins_compulsory", "drv.licence", "drv.qualification");

    private static final int SOON_DAYS = 30;
    private static final int URGENT_DAYS = 7;

    /** @param expires last valid day, null for a paper without an end */
    public static PaperState on(LocalDate today, @Nullable LocalDate expires) {
        if (expires == null) {
            return VALID;
        }
        long days = ChronoUnit.DAYS.between(today, expires);
        if (days < 0) {
            return OVERDUE;
        }
        if (days <= URGENT_DAYS) {
            return DUE_URGENT;
        }
        return days <= SOON_DAYS ? DUE_SOON : VALID;
    }

    /** The word of the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

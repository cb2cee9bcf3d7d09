package io.haulwatch.model.paper;

import io.haulwatch.model.paper.PaperVersion.Review;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where papers stand, by local days alone: no clock, no database. The day of expiry itself is still valid, overdue begins with the next. Of
 * several versions that have begun the one that lasts longest counts.
 */
public final class PaperCalendar {
    private static final int SOON_DAYS = 30;
    private static final int URGENT_DAYS = 7;
    /** Months of a truck's age from which it is inspected twice a year. */
    private static final int OLD_MONTHS = 120;

    private static final int YEARLY = 12;
    private static final int HALF_YEARLY = 6;

    private static final Comparator<PaperVersion> LASTS_LONGEST = Comparator.comparing(
                    (PaperVersion version) -> version.expires() == null ? LocalDate.MAX : version.expires())
            .thenComparingLong(PaperVersion::id);

    private PaperCalendar() {}

    /** By which day's age the next inspection's cycle is chosen; authorities differ. */
    public enum CycleBasis {
        /** The truck's age when it was inspected last. */
        AT_LAST,
        /** Its age when the longer cycle would be due; the stricter one. */
        AT_DUE
    }

    /** What keeps papers from counting, whatever their days say. */
    public enum Bar {
        NONE,
        /** The kind is suspended. */
        HELD,
        /** The truck is laid up, and all its papers are frozen. */
        LAID_UP;

        /** @param laidUp goes before what is held back: a frozen paper waits for the truck */
        public static Bar of(boolean held, boolean laidUp) {
            return laidUp ? LAID_UP : held ? HELD : NONE;
        }

        private PaperState over(PaperState byDay) {
            return switch (this) {
                case NONE -> byDay;
                case HELD -> PaperState.SUSPENDED;
                case LAID_UP -> PaperState.INACTIVE;
            };
        }
    }

    /**
     * Where somebody stands with one kind of paper.
     *
     * @param kind null for one that the catalogue does not follow
     * @param versions all that there are, in any order
     * @param bar what keeps it from counting on that day
     */
    public static PaperState of(@Nullable PaperKind kind, List<PaperVersion> versions, Bar bar, LocalDate today) {
        if (bar == Bar.LAID_UP) {
            return PaperState.INACTIVE;
        }
        Optional<PaperVersion> best = best(versions, today);
        if (best.isEmpty()) {
            return versions.stream().anyMatch(version -> version.review() == Review.PENDING)
                    ? PaperState.PENDING_REVIEW
                    : PaperState.MISSING;
        }
        return bar.over(byDay(kind, best.get().expires(), today));
    }

    /** The version that counts on a day: approved, begun, and of those the one that lasts longest. */
    public static Optional<PaperVersion> best(List<PaperVersion> versions, LocalDate today) {
        return versions.stream()
                .filter(version -> version.review() == Review.APPROVED && version.hasBegun(today))
                .max(LASTS_LONGEST);
    }

    /** Where one version among all of its kind stands; one that has not begun is valid, only not yet. */
    public static PaperState ofVersion(
            @Nullable PaperKind kind, PaperVersion version, List<PaperVersion> all, Bar bar, LocalDate today) {
        return switch (version.review()) {
            case PENDING -> PaperState.PENDING_REVIEW;
            case REJECTED -> PaperState.REJECTED;
            case APPROVED -> {
                PaperVersion best = best(all, today).orElse(version);
                if (!version.hasBegun(today)) {
                    yield LASTS_LONGEST.compare(version, best) < 0 ? PaperState.SUPERSEDED : PaperState.VALID;
                }
                yield best.id() != version.id()
                        ? PaperState.SUPERSEDED
                        : bar.over(byDay(kind, version.expires(), today));
            }
        };
    }

    /** The state by the last valid day alone. @param expires null for one without an end */
    public static PaperState byDay(@Nullable PaperKind kind, @Nullable LocalDate expires, LocalDate today) {
        if (expires == null) {
            return PaperState.VALID;
        }
        long days = ChronoUnit.DAYS.between(today, expires);
        if (days < 0) {
            return kind != null && -days > kind.graceDays() ? PaperState.LAPSED : PaperState.OVERDUE;
        }
        if (days <= URGENT_DAYS) {
            return PaperState.DUE_URGENT;
        }
        return days <= SOON_DAYS ? PaperState.DUE_SOON : PaperState.VALID;
    }

    /** Which of its kind's warning steps a paper has reached, in days before its last one; empty before the first and when it is over. */
    public static Optional<Integer> step(PaperKind kind, @Nullable LocalDate expires, LocalDate today) {
        if (expires == null || today.isAfter(expires)) {
            return Optional.empty();
        }
        long days = ChronoUnit.DAYS.between(today, expires);
        return kind.leadDays().stream().filter(lead -> days <= lead).min(Comparator.naturalOrder());
    }

    /**
     * The day some months after another. Counted from the first day of a series and not from one to the next, so that the last day of a month
     * stays that: 31 January, 28 February, 31 March.
     */
    public static LocalDate after(LocalDate first, int months) {
        return first.plusMonths(months);
    }

    /** The n-th days of a duty that comes every so many months, from the first on. */
    public static List<LocalDate> series(LocalDate first, int months, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> after(first, n * months))
                .toList();
    }

    /** When a truck is to be inspected next: every year, from ten years on twice a year. */
    public static LocalDate nextInspection(LocalDate registered, LocalDate last, CycleBasis basis) {
        LocalDate old = after(registered, OLD_MONTHS);
        LocalDate asked = basis == CycleBasis.AT_LAST ? last : after(last, YEARLY);
        return after(last, asked.isBefore(old) ? YEARLY : HALF_YEARLY);
    }
}

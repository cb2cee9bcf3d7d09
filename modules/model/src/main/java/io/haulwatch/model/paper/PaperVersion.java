package io.haulwatch.model.paper;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One version of a paper; a renewal is another one, and the old one is kept.
 *
 * @param id among versions
 * @param review what somebody who may decided about it
 * @param issued first valid day, null for one that always was
 * @param expires last valid day, itself still valid; null for one without an end, or while the review is pending for one that is not known
 */
public record PaperVersion(
        long id,
        Review review,
        @Nullable LocalDate issued,
        @Nullable LocalDate expires) {
    /** What became of a version that was entered. */
    public enum Review {
        PENDING,
        APPROVED,
        REJECTED
    }

    /** Whether it can be right: a first day after the last one is none. */
    public static boolean canBe(@Nullable LocalDate issued, @Nullable LocalDate expires) {
        return issued == null || expires == null || !issued.isAfter(expires);
    }

    boolean hasBegun(LocalDate day) {
        return issued == null || !issued.isAfter(day);
    }

    /** Whether it is valid all days from one to another, both included, as far as its own dates say. */
    public boolean covers(LocalDate from, LocalDate to) {
        return review == Review.APPROVED && hasBegun(from) && (expires == null || !expires.isBefore(to));
    }
}

package io.haulwatch.console.handling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a step leaves behind.
 *
 * @param duty the step that is due next; null leaves duty and time as they are
 * @param dueAt when; {@link Duties#NEVER} for never
 * @param heldBy whose it is then, until {@code heldUntil}
 * @param askedBy who asked for a second person
 * @param handledBy who settled it, at {@code handledAt}; null leaves that as it was
 */
public record Change(
        Handling to,
        @Nullable String duty,
        @Nullable Instant dueAt,
        @Nullable Integer heldBy,
        @Nullable Instant heldUntil,
        @Nullable Integer askedBy,
        @Nullable Integer handledBy,
        @Nullable Instant handledAt) {

    /** Nobody's, nothing due that was not before. */
    public static Change to(Handling to) {
        return new Change(to, null, null, null, null, null, null, null);
    }

    public Change due(String nextDuty, Instant at) {
        return new Change(to, nextDuty, at, heldBy, heldUntil, askedBy, handledBy, handledAt);
    }

    public Change held(int userId, Instant until) {
        return new Change(to, duty, dueAt, userId, until, askedBy, handledBy, handledAt);
    }

    public Change asked(int userId) {
        return new Change(to, duty, dueAt, heldBy, heldUntil, userId, handledBy, handledAt);
    }

    public Change settled(int userId, Instant at) {
        return new Change(to, duty, dueAt, heldBy, heldUntil, askedBy, userId, at);
    }
}

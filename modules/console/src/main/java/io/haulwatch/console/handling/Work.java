package io.haulwatch.console.handling;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The work on one alarm as it stands while its row is held.
 *
 * @param state of the rules: prewarned, open, closed, amended, withdrawn
 * @param heldBy who claimed it or acts on it, null for nobody
 * @param holder his name
 * @param askedBy who asked for a second person
 * @param openedAt when the platform first had it, which all clocks begin with
 * @param duty the step that is due next, at {@code dueAt}; {@link Duties#NEVER} for never
 * @param cause what it has in common with others of its rule: its zone, else where its limit came from
 */
public record Work(
        UUID id,
        int companyId,
        int vehicleId,
        @Nullable Integer driverId,
        String rule,
        int severity,
        String state,
        Handling handling,
        @Nullable Integer heldBy,
        @Nullable String holder,
        @Nullable Instant heldUntil,
        @Nullable Integer askedBy,
        Instant openedAt,
        String duty,
        Instant dueAt,
        String cause) {
    /** A claim without an act runs out after this long. */
    public static final Duration HOLD = Duration.ofSeconds(60);

    /** Two threads may read the clock in another order than they get the row; a clock that was set back lies further off. */
    public static final Duration SLACK = Duration.ofSeconds(5);

    /** Whether a claim until then counts. One that reaches further than a claim can was made before the clock was set back, and counts no more. */
    public static boolean isLive(Instant until, Instant now) {
        return until.isAfter(now) && !until.isAfter(now.plus(HOLD).plus(SLACK));
    }

    /** Whether somebody else works on it now. */
    public boolean isHeldByOther(int userId, Instant now) {
        return heldBy != null && heldBy != userId && heldUntil != null && isLive(heldUntil, now);
    }

    /** Whether this one works on it now. */
    public boolean isHeldBy(int userId, Instant now) {
        return heldBy != null && heldBy == userId && heldUntil != null && isLive(heldUntil, now);
    }

    /** Whether the rules stand by it: a prompt in the cab is no alarm, and a withdrawn one is none any more. */
    public boolean stands() {
        return state.equals("open") || state.equals("closed") || state.equals("amended");
    }
}

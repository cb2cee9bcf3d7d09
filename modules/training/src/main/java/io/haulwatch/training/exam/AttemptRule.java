package io.haulwatch.training.exam;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Who may sit an exam again, and when.
 *
 * @param attempts how often it may be sat for one assignment
 * @param failuresBeforePause after so many failures, and again after so many more, there is a pause
 * @param pause counted from the end of the last failure
 */
public record AttemptRule(int attempts, int failuresBeforePause, Duration pause) {
    /** Three attempts, a day's pause after two failures. */
    public static final AttemptRule USUAL = new AttemptRule(3, 2, Duration.ofHours(24));

    public AttemptRule {
        if (attempts < 1 || failuresBeforePause < 1 || pause.isNegative()) {
            throw new IllegalArgumentException("an exam can be sat: attempts=" + attempts + ", failuresBeforePause="
                    + failuresBeforePause + ", pause=" + pause);
        }
    }

    /** How an attempt ended. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** 作废: taken back by the centre, for example after a breakdown; it does not count. */
        VOIDED
    }

    /** An attempt that has ended. */
    public record Attempt(Outcome outcome, Instant endedAt) {}

    /** What comes next. */
    public sealed interface Next {}

    /** @param number of the attempt, from 1 */
    public record MayStart(int number) implements Next {}

    /** Not before then. */
    public record Wait(Instant until) implements Next {}

    /** All attempts are used up. */
    public record NoneLeft() implements Next {}

    /** It is passed already. */
    public record AlreadyPassed() implements Next {}

    /** What comes after these attempts, in whatever order they are given. */
    public Next next(List<Attempt> ended, Instant now) {
        if (ended.stream().anyMatch(attempt -> attempt.outcome() == Outcome.PASSED)) {
            return new AlreadyPassed();
        }
        List<Instant> failures = ended.stream()
                .filter(attempt -> attempt.outcome() == Outcome.FAILED)
                .map(Attempt::endedAt)
                .sorted(Comparator.naturalOrder())
                .toList();
        if (failures.size() >= attempts) {
            return new NoneLeft();
        }
        if (!failures.isEmpty() && failures.size() % failuresBeforePause == 0) {
            Instant until = failures.getLast().plus(pause);
            if (now.isBefore(until)) {
                return new Wait(until);
            }
        }
        return new MayStart(failures.size() + 1);
    }
}

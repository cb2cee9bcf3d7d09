package io.haulwatch.analytics.clock;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * When drivers drove, for eyes outside the rules' thread: whoever wants to know asks, and the rules' thread answers between two batches. Nothing is
 * kept beside the ledger, and nobody who asks holds the rules up.
 */
public final class DrivenStretches {
    private static final int WAITING = 1_000;

    private final ArrayBlockingQueue<Question> questions = new ArrayBlockingQueue<>(WAITING);

    /** A stretch of driving. @param toMillis not included; times are of the device, ms since 1970 UTC */
    public record Driven(int vehicleId, long fromMillis, long toMillis) {}

    private record Question(int driverId, CompletableFuture<List<Driven>> answer) {}

    /** Asks when somebody drove. From any thread; fails at once if too many wait. */
    public CompletableFuture<List<Driven>> ask(int driverId) {
        CompletableFuture<List<Driven>> answer = new CompletableFuture<>();
        if (!questions.offer(new Question(driverId, answer))) {
            answer.completeExceptionally(
                    new IllegalStateException("the rules have not answered " + WAITING + " questions"));
        }
        return answer;
    }

    /**
     * Answers who asked; on the rules' thread.
     *
     * @param known what the ledger has of a driver
     * @param most questions that are answered now
     */
    public void answer(IntFunction<List<Driven>> known, int most) {
        for (int i = 0; i < most; i++) {
            Question next = questions.poll();
            if (next == null) {
                return;
            }
            try {
                next.answer.complete(known.apply(next.driverId));
            } catch (RuntimeException e) {
                next.answer.completeExceptionally(e);
            }
        }
    }
}

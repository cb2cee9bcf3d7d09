package io.haulwatch.console.http;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** Work that may wait, each piece on a virtual thread. How much of it there is at once is bounded: one call more is refused with 503. */
final class WaitingRoom {
    private static final int MAX_CALLS = 256;

    private final ExecutorService workers;
    private final Replies replies;
    private final Semaphore room = new Semaphore(MAX_CALLS);

    WaitingRoom(ExecutorService workers, Replies replies) {
        this.workers = workers;
        this.replies = replies;
    }

    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Runs work for a request; what it throws is the answer, given on the request's loop. */
    void run(RoutingContext context, Context loop, Work work) {
        if (!room.tryAcquire()) {
            replies.refuse(context, Refusal.unavailable("Too many calls wait already.", 1));
            return;
        }
        try {
            workers.execute(() -> {
                try {
                    work.run();
                } catch (Exception | Error e) {
                    // An error too: whoever asked would wait for an answer that never comes.
                    loop.runOnContext(nothing -> replies.refuse(context, e));
                } finally {
                    room.release();
                }
            });
        } catch (RejectedExecutionException e) {
            room.release();
            replies.refuse(context, Refusal.unavailable("The server stops.", 5));
        }
    }
}

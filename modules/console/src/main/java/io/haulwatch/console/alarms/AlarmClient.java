package io.haulwatch.console.alarms;

import io.haulwatch.console.live.FleetScopes;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.store.scope.Scope;
import java.util.function.IntSupplier;

/**
 * One listener of the alarm stream. Its queue is bounded; one that does not keep up is closed with a code that says: connect again and go on after
 * the last cursor. Thread-safe.
 */
final class AlarmClient {
    static final int LIMIT_BYTES = 256 * 1024;
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    /** Connect again with {@code after=} the last cursor. */
    static final int CLOSE_RESUME = 4009;

    private final Scope scope;
    private final Sight sight;
    private final Wire wire;
    private final IntSupplier standing;

    private long waitingBytes;
    private boolean closed;

    /** @param standing 0 while its session allows what it gets, else the code to close with */
    AlarmClient(Scope scope, Sight sight, Wire wire, IntSupplier standing) {
        this.scope = scope;
        this.sight = sight;
        this.wire = wire;
        this.standing = standing;
    }

    Scope scope() {
        return scope;
    }

    Sight sight() {
        return sight;
    }

    boolean sees(int companyId) {
        return FleetScopes.sees(scope, companyId);
    }

    int standing() {
        return standing.getAsInt();
    }

    /** Sends one message, or closes a listener that does not keep up. */
    void send(String message) {
        int size = message.length() * 2;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (waitingBytes + size > LIMIT_BYTES) {
                closed = true;
            } else {
                waitingBytes += size;
            }
        }
        if (isClosed()) {
            wire.close(CLOSE_RESUME, "too slow: connect again with after= the last cursor");
            return;
        }
        wire.send(message, () -> {
            synchronized (this) {
                waitingBytes -= size;
                notifyAll();
            }
        });
    }

    /** Waits until half of the queue is free, or the line is stuck and will be closed by the next message. */
    synchronized void awaitRoom() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (waitingBytes > LIMIT_BYTES / 2 && !closed) {
            long rest = (end - System.nanoTime()) / 1_000_000;
            if (rest <= 0) {
                return;
            }
            wait(rest);
        }
    }

    void close(int code, String reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        wire.close(code, reason);
    }

    synchronized void ended() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** The wire below. Never blocks. */
    interface Wire {
        /** Queues one message. @param done called once when it has left, or never will, on any thread */
        void send(String message, Runnable done);

        void close(int code, String reason);
    }
}

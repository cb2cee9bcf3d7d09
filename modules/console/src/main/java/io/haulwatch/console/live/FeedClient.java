package io.haulwatch.console.live;

import io.vertx.core.buffer.Buffer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * One listener of a channel. Its queue is bounded: when more than {@link #LIMIT_BYTES} wait besides a snapshot under way, frames are
 * dropped until everything is out, and then it gets a fresh snapshot: the latest state wins. One that takes nothing for
 * {@link #STUCK_MILLIS} is closed. All methods but the completions run on the feed's thread.
 */
final class FeedClient {
    static final int LIMIT_BYTES = 256 * 1024;
    static final long STUCK_MILLIS = 60_000;
    /** Took nothing for too long. */
    static final int CLOSE_TOO_SLOW = 4008;
    /** The server stops. */
    static final int CLOSE_GOING_AWAY = 1001;

    private final Socket socket;
    private final IntSupplier standing;
    private final LongSupplier clock;

    private final Object lock = new Object();
    private long waitingBytes;
    private int waitingFrames;
    private long lastProgressMillis;
    private boolean behind;
    private boolean closed;

    /** @param standing 0 while its session allows what it gets, else the code to close with */
    FeedClient(Socket socket, IntSupplier standing, LongSupplier clock) {
        this.socket = socket;
        this.standing = standing;
        this.clock = clock;
        this.lastProgressMillis = clock.getAsLong();
    }

    /** Sends a frame of the channel, or drops it and everything after it until the next {@link #resume}. */
    boolean offer(Buffer frame) {
        synchronized (lock) {
            if (closed || behind) {
                return false;
            }
            if (waitingBytes + frame.length() > LIMIT_BYTES) {
                behind = true;
                return false;
            }
            waitingBytes += frame.length();
            waitingFrames++;
        }
        send(frame, frame.length());
        return true;
    }

    /** Whether it lost frames and has room again: give it a snapshot. */
    boolean wantsSnapshot() {
        synchronized (lock) {
            return behind && waitingFrames == 0 && !closed;
        }
    }

    /** Starts over from a whole picture. Its bytes are shared by all who get it and do not count as waiting. */
    void resume(Buffer snapshot) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            behind = false;
            waitingFrames++;
        }
        send(snapshot, 0);
    }

    /** With which code it must be closed now, 0 if it may stay. */
    int verdict() {
        synchronized (lock) {
            if (waitingFrames > 0 && clock.getAsLong() - lastProgressMillis > STUCK_MILLIS) {
                return CLOSE_TOO_SLOW;
            }
        }
        return standing.getAsInt();
    }

    void close(int code, String reason) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        socket.close(code, reason);
    }

    /** The other side is gone. */
    void ended() {
        synchronized (lock) {
            closed = true;
        }
    }

    boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    long waitingBytes() {
        synchronized (lock) {
            return waitingBytes;
        }
    }

    private void send(Buffer frame, int counted) {
        socket.send(frame, () -> {
            synchronized (lock) {
                waitingBytes -= counted;
                waitingFrames--;
                lastProgressMillis = clock.getAsLong();
            }
        });
        synchronized (lock) {
            if (waitingFrames == 1) {
                lastProgressMillis = clock.getAsLong();
            }
        }
    }

    /** The wire below. Never blocks. */
    interface Socket {
        /** Queues one message. @param done called once when it has left, or never will, on any thread */
        void send(Buffer message, Runnable done);

        void close(int code, String reason);
    }
}

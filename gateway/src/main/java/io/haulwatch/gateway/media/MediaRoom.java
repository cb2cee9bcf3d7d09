package io.haulwatch.gateway.media;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for media that are on their way, of all terminals together: 41,000 quotas of their own would be more than the machine has.
 * Thread-safe; loops that ask at the same moment may overshoot by a package each.
 */
public final class MediaRoom {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    /** @param most bytes that may be held at once */
    public MediaRoom(long most) {
        if (most <= 0) {
            throw new IllegalArgumentException("there must be some room: most=" + most);
        }
        this.most = most;
    }

    /** Whether so many bytes more fit. */
    public boolean fits(long bytes) {
        return held.get() + bytes <= most;
    }

    /** Notes that so many bytes more are held, or fewer if negative. */
    public void change(long bytes) {
        if (bytes != 0) {
            held.addAndGet(bytes);
        }
    }

    /** Bytes held now. */
    public long held() {
        return held.get();
    }
}

package io.haulwatch.log.local;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes readers after an append. The appender pays two volatile accesses while nobody sleeps. */
final class AppendSignal {
    private final AtomicLong appended = new AtomicLong();
    private final AtomicInteger sleepers = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    long count() {
        return appended.get();
    }

    void appended() {
        // First count, then look for sleepers; a sleeper first registers, then looks at the count: one of the two sees
        // the other.
        appended.incrementAndGet();
        if (sleepers.get() > 0) {
            wakeAll();
        }
    }

    private void wakeAll() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sleeps until the count differs from {@code seen} or the time is over; true if it differs. */
    boolean await(long seen, long timeoutMillis) throws InterruptedException {
        if (appended.get() != seen) {
            return true;
        }
        long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        lock.lockInterruptibly();
        sleepers.incrementAndGet();
        try {
            while (appended.get() == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return appended.get() != seen;
        } finally {
            sleepers.decrementAndGet();
            lock.unlock();
        }
    }
}

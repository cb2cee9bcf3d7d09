package io.haulwatch.gateway.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Durations in log-linear buckets, 16 to each power of two (so at most 6 % off), from 1 µs to 1,000 s. Two halves: one fills, one rests,
 * swapped by {@link #rotate}, so a quantile speaks of the last one to two periods. Recording is one atomic add; thread-safe.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 4;
    private static final int SUB = 1 << SUB_BITS;
    private static final int BUCKETS = 31 * SUB;

    private volatile AtomicLongArray filling = new AtomicLongArray(BUCKETS);
    private volatile AtomicLongArray resting = new AtomicLongArray(BUCKETS);

    /** Counts one duration. */
    public void record(long nanos) {
        filling.incrementAndGet(bucket(nanos));
    }

    /** Forgets the older half. Called once a period by one thread. */
    public void rotate() {
        resting = filling;
        filling = new AtomicLongArray(BUCKETS);
    }

    /** The duration that a share {@code q} of the durations does not exceed, s; 0 if there are none. */
    public double quantileSeconds(double q) {
        AtomicLongArray a = filling;
        AtomicLongArray b = resting;
        long total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            total += a.get(i) + b.get(i);
        }
        if (total == 0) {
            return 0;
        }
        long rank = (long) Math.ceil(q * total);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += a.get(i) + b.get(i);
            if (seen >= rank) {
                return upperMicros(i) / 1e6;
            }
        }
        return upperMicros(BUCKETS - 1) / 1e6;
    }

    private static int bucket(long nanos) {
        long micros = Math.max(0, nanos / 1000);
        if (micros < SUB) {
            return (int) micros;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(micros) - SUB_BITS;
        int index = (exponent + 1) * SUB + (int) ((micros >>> exponent) & (SUB - 1));
        return Math.min(index, BUCKETS - 1);
    }

    private static long upperMicros(int bucket) {
        if (bucket < SUB) {
            return bucket + 1L;
        }
        int exponent = bucket / SUB - 1;
        return (SUB + bucket % SUB + 1L) << exponent;
    }
}

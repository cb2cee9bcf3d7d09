package io.haulwatch.rules.hours;

import io.haulwatch.rules.hours.Stretches.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Driving within any 24 hours (24 小时累计驾驶): a rolling window, no calendar day. */
final class RollingDay {
    private static final long DAY_MILLIS = 86_400_000L;

    private final long[] from;
    private final long[] to;
    /** Driving before {@code from[i]}. */
    private final long[] before;

    /** @param periods oldest first */
    RollingDay(List<DrivingPeriod> periods) {
        List<Stretch> drives = new ArrayList<>();
        for (DrivingPeriod period : periods) {
            for (Stretch part : period.parts) {
                if (DrivingPeriod.counts(part)) {
                    drives.add(part);
                }
            }
        }
        from = drives.stream().mapToLong(Stretch::fromMillis).toArray();
        to = drives.stream().mapToLong(Stretch::toMillis).toArray();
        before = new long[from.length];
        for (int i = 1; i < from.length; i++) {
            before[i] = before[i - 1] + to[i - 1] - from[i - 1];
        }
    }

    /** Driving in the 24 hours before {@code millis}, ms. */
    long sum(long millis) {
        return total(millis) - total(millis - DAY_MILLIS);
    }

    private long total(long millis) {
        int low = 0;
        int high = from.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (from[middle] < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : before[low - 1] + Math.min(millis, to[low - 1]) - from[low - 1];
    }

    /**
     * The first driving instant of {@code period} at which the sum goes beyond {@code limitMillis}, or -1. While driving the sum never
     * falls: each second adds one and takes away one at most.
     */
    long exceeds(DrivingPeriod period, long limitMillis) {
        for (Stretch part : period.parts) {
            if (!DrivingPeriod.counts(part) || sum(part.toMillis()) <= limitMillis) {
                continue;
            }
            TreeSet<Long> bends = new TreeSet<>();
            for (int i = 0; i < from.length; i++) {
                bends.add(from[i] + DAY_MILLIS);
                bends.add(to[i] + DAY_MILLIS);
            }
            bends.add(part.toMillis());
            if (sum(part.fromMillis()) > limitMillis) {
                return part.fromMillis();
            }
            for (long bend : bends.subSet(part.fromMillis(), false, part.toMillis(), true)) {
                long sum = sum(bend);
                if (sum > limitMillis) {
                    return bend - (sum - limitMillis);
                }
            }
        }
        return -1;
    }

    /** The highest sum at any driving instant of {@code period} up to {@code until}, ms. */
    long peak(DrivingPeriod period, long until) {
        long peak = 0;
        for (Stretch part : period.parts) {
            if (DrivingPeriod.counts(part) && part.fromMillis() < until) {
                peak = Math.max(peak, sum(Math.min(until, part.toMillis())));
            }
        }
        return peak;
    }
}

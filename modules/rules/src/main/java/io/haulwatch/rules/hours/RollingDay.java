package io.haulwatch.rules.hours;

import io.haulwatch.rules.hours.Stretches.Stretch;
import java.util.ArrayList;
import java.util.List;

/** Driving within any 24 hours (24 小时累计驾驶): a rolling window, no calendar day. */
final class RollingDay {
    private static final long DAY_MILLIS = 86_400_000L;

    private final long[] from;
    private final long[] to;
    /** Driving before {@code from[i]}. */
    private final long[] before;
    /** Where driving of the day before drops out of the window, or stops doing so, in order. */
    private final long[] bends;

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
        bends = new long[2 * from.length];
        for (int i = 0; i < from.length; i++) {
            bends[2 * i] = from[i] + DAY_MILLIS;
            bends[2 * i + 1] = to[i] + DAY_MILLIS;
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
            if (sum(part.fromMillis()) > limitMillis) {
                return part.fromMillis();
            }
            for (long bend : bends) {
                if (bend > part.fromMillis() && bend < part.toMillis() && sum(bend) > limitMillis) {
                    return bend - (sum(bend) - limitMillis);
                }
            }
            return part.toMillis() - (sum(part.toMillis()) - limitMillis);
        }
        return -1;
    }

    /** The highest sum at any driving instant of {@code period} up to {@code until}, ms. */
    long peak(DrivingPeriod period, long until) {
        long peak = 0;
        for (Stretch part : period.parts) {
            if (DrivingPeriod.counts(part) && part.fromMillis() <= until) {
                peak = Math.max(peak, sum(Math.min(until, part.toMillis())));
            }
        }
        return peak;
    }
}

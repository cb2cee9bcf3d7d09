package io.haulwatch.training.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Nobody studies at the wheel (行驶中学习): what a driver studied while his card drove is void. Of a stretch that driving overlaps, no more can have
 * been studied than the time in it without driving.
 */
public final class StudyWhileDriving {
    private StudyWhileDriving() {}

    /** @param endMillis not included */
    public record Interval(long startMillis, long endMillis) {
        public Interval {
            check(startMillis, endMillis);
        }
    }

    /** A stretch of study with what it was credited, never more than its own length. */
    public record Stretch(long startMillis, long endMillis, long creditedMillis) {
        public Stretch {
            check(startMillis, endMillis);
            if (creditedMillis < 0 || creditedMillis > endMillis - startMillis) {
                throw new IllegalArgumentException("nobody studies for longer than it lasts: startMillis=" + startMillis
                        + ", endMillis=" + endMillis + ", creditedMillis=" + creditedMillis);
            }
        }
    }

    /**
     * What is left of a stretch.
     *
     * @param stretch with what still counts
     * @param drivingMillis how long driving overlapped it: above 0 is an alarm {@code STUDY_WHILE_DRIVING}
     * @param voidMillis what counts no more
     */
    public record Judged(Stretch stretch, long drivingMillis, long voidMillis) {}

    /**
     * Takes driving out of study.
     *
     * @param driving in any order; parts that overlap count once
     */
    public static List<Judged> subtract(List<Stretch> studied, List<Interval> driving) {
        List<Interval> drives = apart(driving);
        return studied.stream().map(stretch -> judge(stretch, drives)).toList();
    }

    private static Judged judge(Stretch stretch, List<Interval> drives) {
        long overlap = 0;
        for (Interval drive : drives) {
            long from = Math.max(stretch.startMillis(), drive.startMillis());
            long to = Math.min(stretch.endMillis(), drive.endMillis());
            overlap += Math.max(0, to - from);
        }
        long standing = stretch.endMillis() - stretch.startMillis() - overlap;
        long left = Math.min(stretch.creditedMillis(), standing);
        return new Judged(
                new Stretch(stretch.startMillis(), stretch.endMillis(), left),
                overlap,
                stretch.creditedMillis() - left);
    }

    private static List<Interval> apart(List<Interval> intervals) {
        List<Interval> apart = new ArrayList<>();
        for (Interval next : intervals.stream()
                .sorted(Comparator.comparingLong(Interval::startMillis))
                .toList()) {
            if (!apart.isEmpty() && next.startMillis() <= apart.getLast().endMillis()) {
                Interval before = apart.removeLast();
                apart.add(new Interval(before.startMillis(), Math.max(before.endMillis(), next.endMillis())));
            } else {
                apart.add(next);
            }
        }
        return apart;
    }

    private static void check(long startMillis, long endMillis) {
        if (endMillis < startMillis) {
            throw new IllegalArgumentException(
                    "ends before it starts: startMillis=" + startMillis + ", endMillis=" + endMillis);
        }
    }
}

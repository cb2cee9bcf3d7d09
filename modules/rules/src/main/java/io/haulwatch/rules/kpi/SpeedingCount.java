package io.haulwatch.rules.kpi;

/**
 * Counts speeding as the assessment does (indicator 7): each lasts longer than 30 s, and several with no more than a minute between them are one. What is
 * too short by itself does not join its neighbours.
 */
public final class SpeedingCount {
    private SpeedingCount() {}

    /**
     * Counts one truck's stretches.
     *
     * @param startMillis in ascending order
     * @param endMillis of the same stretch
     */
    public static int count(long[] startMillis, long[] endMillis, KpiParameters parameters) {
        if (startMillis.length != endMillis.length) {
            throw new IllegalArgumentException(
                    "each stretch has a start and an end: starts=" + startMillis.length + ", ends=" + endMillis.length);
        }
        int count = 0;
        long lastEnd = Long.MIN_VALUE;
        for (int i = 0; i < startMillis.length; i++) {
            if (endMillis[i] - startMillis[i] <= parameters.speedingSeconds() * 1_000L) {
                continue;
            }
            if (lastEnd == Long.MIN_VALUE || startMillis[i] - lastEnd > parameters.mergeSeconds() * 1_000L) {
                count++;
            }
            lastEnd = Math.max(lastEnd, endMillis[i]);
        }
        return count;
    }
}

package io.haulwatch.training.exam;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Shares out whole seats by weights, the rest to the largest remainders (Hamilton's method); among equals to the first. */
final class LargestRemainder {
    private LargestRemainder() {}

    /** @param weights not negative, some above 0 */
    static int[] share(int seats, double[] weights) {
        double sum = Arrays.stream(weights).sum();
        int[] share = new int[weights.length];
        double[] remainder = new double[weights.length];
        int given = 0;
        for (int i = 0; i < weights.length; i++) {
            // A thousandth of a millionth keeps 50 × 30 / 100 from being 14.999…
            double exact = seats * weights[i] / sum + 1e-9;
            share[i] = (int) exact;
            remainder[i] = exact - share[i];
            given += share[i];
        }
        int[] largest = IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -remainder[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; given < seats; i++) {
            share[largest[i]]++;
            given++;
        }
        return share;
    }
}

package io.haulwatch.analytics.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Companies are compared with those of their size: three trucks top any list by chance. */
enum SizeClass {
    UNDER_10(10),
    FROM_10_TO_49(50),
    FROM_50_TO_199(200),
    FROM_200(Integer.MAX_VALUE);

    /** Fewer than that are not told of: one could be told apart. */
    static final int LEAST = 5;

    private final int below;

    SizeClass(int below) {
        this.below = below;
    }

    static SizeClass of(int vehicles) {
        return Arrays.stream(values())
                .filter(each -> vehicles < each.below)
                .findFirst()
                .orElse(FROM_200);
    }

    /** The word of database and API. */
    String key() {
        return this == FROM_10_TO_49 ? "10_49" : this == FROM_50_TO_199 ? "50_199" : name().toLowerCase(Locale.ROOT);
    }

    /** Quartiles of some scores, by linear interpolation between neighbours. */
    record Quartiles(int companies, double quarter, double median, double threeQuarters) {
        static Quartiles of(List<Double> scores) {
            List<Double> sorted = new ArrayList<>(scores);
            sorted.sort(Double::compare);
            return new Quartiles(sorted.size(), at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
        }

        private static double at(List<Double> sorted, double share) {
            double place = share * (sorted.size() - 1);
            int below = (int) Math.floor(place);
            int above = Math.min(below + 1, sorted.size() - 1);
            return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
        }
    }
}

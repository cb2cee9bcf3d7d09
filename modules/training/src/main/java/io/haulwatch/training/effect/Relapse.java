package io.haulwatch.training.effect;

import io.haulwatch.training.effect.Wilson.Interval;
import java.util.Comparator;

/**
 * Compares how many relapse of those who were taught and of those who were not. The interval of the difference is Newcombe's hybrid of two score
 * intervals: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17 (1998) 873–890,
 * method 10.
 */
public final class Relapse {
    private Relapse() {}

    /** @param relapsed of {@code drivers}, those who did it again */
    public record Group(int drivers, int relapsed) {
        public Group {
            if (relapsed < 0 || relapsed > drivers) {
                throw new IllegalArgumentException(
                        "no more relapse than there are: relapsed=" + relapsed + ", drivers=" + drivers);
            }
        }

        Interval share() {
            return Wilson.interval(relapsed, drivers);
        }
    }

    /** What a comparison says. */
    public enum Verdict {
        /** Those who were taught relapse less, beyond chance. */
        WORKS,
        /** They relapse more, beyond chance. */
        HARMS,
        /** Chance explains the difference, or one group is empty. */
        OPEN
    }

    /**
     * A comparison.
     *
     * @param improvement share of those not taught who relapse, less that of those taught: above 0 is good
     * @param lower of the improvement, 95 %
     * @param upper of the improvement, 95 %
     */
    public record Comparison(
            Group taught,
            Group control,
            Interval taughtShare,
            Interval controlShare,
            double improvement,
            double lower,
            double upper,
            Verdict verdict) {
        /**
         * What does not work comes first: of which even the most that it may improve is least. Something about which little is known stands behind
         * what is known to be of no use.
         */
        public static final Comparator<Comparison> DOES_NOT_WORK_FIRST =
                Comparator.comparingDouble(Comparison::upper).thenComparingDouble(Comparison::improvement);
    }

    /** Compares two groups of different drivers. */
    public static Comparison compare(Group taught, Group control) {
        Interval t = taught.share();
        Interval c = control.share();
        if (taught.drivers() == 0 || control.drivers() == 0) {
            return new Comparison(taught, control, t, c, 0, -1, 1, Verdict.OPEN);
        }
        double improvement = c.share() - t.share();
        double lower = improvement - Math.hypot(c.share() - c.lower(), t.upper() - t.share());
        double upper = improvement + Math.hypot(c.upper() - c.share(), t.share() - t.lower());
        Verdict verdict = lower > 0 ? Verdict.WORKS : upper < 0 ? Verdict.HARMS : Verdict.OPEN;
        return new Comparison(taught, control, t, c, improvement, lower, upper, verdict);
    }
}

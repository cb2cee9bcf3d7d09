package io.haulwatch.rules.inspection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * A plan to look at some of a number of trucks, and to say by them whether more of all than may be are bad. Exact: the number of bad ones in a sample
 * drawn without putting back is hypergeometric.
 *
 * @param trucks of which the sample is drawn, 1 or more
 * @param tolerable share of bad trucks that may be, 0 to below 1
 * @param confidence with which a clean sample is to rule out more, above 0.5 and below 1
 */
public record InspectionPlan(int trucks, double tolerable, double confidence) {
    /** Sums of many products are not exact to the last digit. */
    private static final double ROUNDING = 1e-12;

    public InspectionPlan {
        if (trucks < 1) {
            throw new IllegalArgumentException("there must be trucks: trucks=" + trucks);
        }
        if (!(tolerable >= 0 && tolerable < 1)) {
            throw new IllegalArgumentException("a share is 0 to below 1: tolerable=" + tolerable);
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is above one half and below 1: confidence=" + confidence);
        }
    }

    /** Bad trucks that may be among all of them. */
    public int tolerated() {
        return (int) Math.floor(tolerable * trucks + ROUNDING * trucks);
    }

    /**
     * The least number of trucks such that, were one more bad than is tolerated, a sample without any bad one had a chance of at most 1 −
     * confidence.
     */
    public int sampleSize() {
        int low = 1;
        int high = trucks - tolerated();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isAtMost(chance(middle, 0, tolerated() + 1), 1 - confidence)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** What a sample says about all trucks: that no more are bad than may be, that more are, or neither. */
    public enum Verdict {
        KEPT,
        EXCEEDED,
        OPEN
    }

    /**
     * What {@code bad} bad trucks among {@code looked} say about all of them: the least and the most bad ones that such a sample does not rule
     * out, each with the confidence of the plan.
     */
    public Finding finding(int looked, int bad) {
        if (looked < 1 || looked > trucks || bad < 0 || bad > looked) {
            throw new IllegalArgumentException(
                    "no such sample: looked=" + looked + ", bad=" + bad + ", trucks=" + trucks);
        }
        int least = least(looked, bad);
        int most = most(looked, bad);
        Verdict verdict = most <= tolerated() ? Verdict.KEPT : least > tolerated() ? Verdict.EXCEEDED : Verdict.OPEN;
        return new Finding(
                looked,
                bad,
                least,
                most,
                ShareBound.lower(looked, bad, confidence),
                ShareBound.upper(looked, bad, confidence),
                verdict);
    }

    /**
     * A finding.
     *
     * @param least bad trucks among all, at the plan's confidence
     * @param most bad trucks among all, at the plan's confidence
     * @param lowerShare of bad ones by Clopper and Pearson, as if the sample were of endlessly many
     * @param upperShare of bad ones by Clopper and Pearson, as if the sample were of endlessly many
     */
    public record Finding(
            int looked, int bad, int least, int most, double lowerShare, double upperShare, Verdict verdict) {}

    /** The greatest number of bad trucks under which so few in the sample are not rarer than 1 − confidence. */
    private int most(int looked, int bad) {
        int low = bad;
        int high = trucks - (looked - bad);
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (isAtMost(chance(looked, bad, middle), 1 - confidence)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** The least number of bad trucks under which so many in the sample are not rarer than 1 − confidence. */
    private int least(int looked, int bad) {
        if (bad == 0) {
            return 0;
        }
        int low = bad;
        int high = trucks - (looked - bad);
        while (low < high) {
            int middle = (low + high) >>> 1;
            double soMany =
                    HypergeometricDistribution.of(trucks, middle, looked).survivalProbability(bad - 1);
            if (isAtMost(soMany, 1 - confidence)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Chance of at most {@code bad} bad ones among {@code looked}, were {@code all} bad among all. */
    private double chance(int looked, int bad, int all) {
        return HypergeometricDistribution.of(trucks, all, looked).cumulativeProbability(bad);
    }

    private static boolean isAtMost(double chance, double limit) {
        return chance <= limit * (1 + ROUNDING);
    }

    /**
     * Draws by lot: the trucks whose SHA-256 of {@code seed:id} is lowest, in that order. Anybody can draw the same again with the seed and the
     * list of trucks, in whatever order that is.
     *
     * @return {@code size} of the ids
     */
    public static int[] draw(String seed, int[] ids, int size) {
        if (size < 0 || size > ids.length) {
            throw new IllegalArgumentException("so many are not there: size=" + size + ", of=" + ids.length);
        }
        MessageDigest digest = sha256();
        List<String> lots = Arrays.stream(ids)
                .mapToObj(id ->
                        HexFormat.of().formatHex(digest.digest((seed + ":" + id).getBytes(StandardCharsets.UTF_8))))
                .toList();
        return IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.comparing(lots::get))
                .limit(size)
                .mapToInt(i -> ids[i])
                .toArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

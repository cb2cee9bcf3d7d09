package io.haulwatch.training.exam;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What answers say about a question.
 *
 * <p>Discrimination (区分度) is the corrected point-biserial correlation: of answering this question rightly with the score in all other questions
 * of the paper. The difference of the upper and the lower 27 % would need no more than counting, but throws away 46 % of all answers, and with the
 * fifty that we ask for it compares 13 people with 13, many of whom share one score. The question's own points are not in the score, or each
 * question would agree with itself: S. Henrysson, Correction of item-total correlations in item analysis, Psychometrika 28 (1963) 211–218.
 *
 * @param answers how many answered
 * @param difficulty share of them who were right, 0 to 1: the higher, the easier (难度系数 p)
 * @param discrimination −1 to 1, or null where all were right, all were wrong or all have the same score
 * @param verdict what to do with the question
 */
public record ItemStatistics(
        int answers, double difficulty, @Nullable Double discrimination, Verdict verdict) {
    /** From so many answers on, a verdict is given. */
    public static final int ENOUGH_ANSWERS = 50;

    private static final double TOO_EASY = 0.95;

    /** What to do with a question. */
    public enum Verdict {
        /** Too few answers to say anything. */
        OPEN,
        KEEP,
        /** Nearly everybody is right: it tells nobody from anybody. */
        TOO_EASY,
        /** Those who know more are wrong more often: its key or its stem is likely wrong. */
        MISLEADING
    }

    /**
     * One answer in a marked paper.
     *
     * @param restScore score in all other questions of the same paper, in any unit
     */
    public record Answer(boolean right, double restScore) {}

    /** Statistics of one question in one version. */
    public static ItemStatistics of(List<Answer> answers) {
        if (answers.isEmpty()) {
            return new ItemStatistics(0, 0, null, Verdict.OPEN);
        }
        double n = answers.size();
        double p = answers.stream().filter(Answer::right).count() / n;
        double mean = answers.stream().mapToDouble(Answer::restScore).sum() / n;
        double square = 0;
        double product = 0;
        for (Answer answer : answers) {
            double distance = answer.restScore() - mean;
            square += distance * distance;
            product += ((answer.right() ? 1 : 0) - p) * distance;
        }
        double spread = Math.sqrt(square * n * p * (1 - p));
        Double discrimination = spread > 0 ? Math.clamp(product / spread, -1, 1) : null;
        return new ItemStatistics(answers.size(), p, discrimination, verdict(answers.size(), p, discrimination));
    }

    private static Verdict verdict(int answers, double p, @Nullable Double discrimination) {
        if (answers < ENOUGH_ANSWERS) {
            return Verdict.OPEN;
        }
        if (discrimination != null && discrimination < 0) {
            return Verdict.MISLEADING;
        }
        return p > TOO_EASY ? Verdict.TOO_EASY : Verdict.KEEP;
    }

    /** Whether the question should no longer be asked. */
    public boolean retire() {
        return verdict == Verdict.TOO_EASY || verdict == Verdict.MISLEADING;
    }
}

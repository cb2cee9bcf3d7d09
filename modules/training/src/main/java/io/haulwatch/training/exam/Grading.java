package io.haulwatch.training.exam;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Marks a paper (判分). Each question is worth 100 ÷ count points. Whether it is passed is decided on whole numbers, before anything is rounded;
 * points are shown rounded down, so that no paper shows a pass mark that it missed.
 */
public final class Grading {
    /** Divisible by every number of right options that a question can have, 1 to 8. */
    private static final int WHOLE = 840;

    private static final int POINTS = 100;
    private static final int MOST_OPTIONS = 8;

    private Grading() {}

    /** What an answer to a multiple choice is worth that is neither right nor wrong. */
    public enum Partial {
        /** 全对才得分: all right options and no other, or nothing. */
        NONE,
        /** 少选按比例得分: the share of the right options that were chosen; any wrong one makes it nothing. */
        PROPORTIONAL
    }

    /** @param passPercent points of 100 from which it is passed, 1 to 100 */
    public record Rule(int passPercent, Partial partial) {
        public Rule {
            if (passPercent < 1 || passPercent > POINTS) {
                throw new IllegalArgumentException("a pass mark is 1 to 100: passPercent=" + passPercent);
            }
        }
    }

    /** @param right places of the right options in the question, whatever their order on the paper */
    public record Asked(long questionId, Set<Integer> right) {
        public Asked {
            right = Set.copyOf(right);
            if (right.isEmpty() || right.size() > MOST_OPTIONS) {
                throw new IllegalArgumentException(
                        "a question has 1 to 8 right options: questionId=" + questionId + ", right=" + right);
            }
        }
    }

    /**
     * One question's mark.
     *
     * @param right whether exactly the right options were chosen
     * @param points of 100, two decimals, rounded down
     */
    public record Marked(long questionId, boolean right, BigDecimal points) {}

    /**
     * The mark of a paper.
     *
     * @param score of 100, two decimals, rounded down
     * @param right questions answered rightly in full
     */
    public record Grade(BigDecimal score, int right, int count, boolean passed, List<Marked> marks) {
        public Grade {
            marks = List.copyOf(marks);
        }
    }

    /**
     * Marks the answers; a question that nobody answered is not right.
     *
     * @param answers by question the places of the chosen options in the question, not on the paper
     */
    public static Grade grade(List<Asked> asked, Map<Long, Set<Integer>> answers, Rule rule) {
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("a paper without questions has no mark");
        }
        Set<Long> ids = new HashSet<>();
        List<Marked> marks = new ArrayList<>();
        int right = 0;
        long parts = 0;
        for (Asked question : asked) {
            if (!ids.add(question.questionId())) {
                throw new IllegalArgumentException("a paper asks once: questionId=" + question.questionId());
            }
            Set<Integer> chosen = answers.getOrDefault(question.questionId(), Set.of());
            int earned = parts(question, chosen, rule.partial());
            parts += earned;
            boolean full = earned == WHOLE;
            right += full ? 1 : 0;
            marks.add(new Marked(question.questionId(), full, points(earned, asked.size())));
        }
        boolean passed = parts * POINTS >= (long) rule.passPercent() * WHOLE * asked.size();
        return new Grade(points(parts, asked.size()), right, asked.size(), passed, marks);
    }

    private static int parts(Asked question, Set<Integer> chosen, Partial partial) {
        if (chosen.equals(question.right())) {
            return WHOLE;
        }
        return switch (partial) {
            case NONE -> 0;
            case PROPORTIONAL ->
                question.right().containsAll(chosen) ? WHOLE / question.right().size() * chosen.size() : 0;
        };
    }

    private static BigDecimal points(long parts, int count) {
        return BigDecimal.valueOf(parts * POINTS)
                .divide(BigDecimal.valueOf((long) WHOLE * count), 2, RoundingMode.DOWN);
    }
}

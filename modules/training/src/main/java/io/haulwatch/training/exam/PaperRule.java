package io.haulwatch.training.exam;

import io.haulwatch.training.content.Difficulty;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a paper is made of. Weights are shares of whatever they sum to: 30, 30, 20, 10, 10 or 3, 3, 2, 1, 1. What has no weight or weight 0 is
 * not asked; no weights at all is no wish.
 *
 * @param count questions, 1 to 200
 * @param topics weight of each knowledge area
 * @param difficulties weight of each difficulty
 */
public record PaperRule(int count, Map<String, Integer> topics, Map<Difficulty, Integer> difficulties) {
    private static final int MOST_QUESTIONS = 200;
    private static final int HEAVIEST = 10_000;

    public PaperRule {
        if (count < 1 || count > MOST_QUESTIONS) {
            throw new IllegalArgumentException("a paper has 1 to 200 questions: count=" + count);
        }
        check(topics);
        check(difficulties);
        topics = Collections.unmodifiableSortedMap(new TreeMap<>(topics));
        difficulties = Collections.unmodifiableMap(inOrder(difficulties));
    }

    private static Map<Difficulty, Integer> inOrder(Map<Difficulty, Integer> difficulties) {
        Map<Difficulty, Integer> ordered = new EnumMap<>(Difficulty.class);
        ordered.putAll(difficulties);
        return ordered;
    }

    private static void check(Map<?, Integer> weights) {
        int sum = 0;
        for (var weight : weights.entrySet()) {
            if (weight.getValue() < 0 || weight.getValue() > HEAVIEST) {
                throw new IllegalArgumentException(
                        "a weight is 0 to 10000: " + weight.getKey() + "=" + weight.getValue());
            }
            sum += weight.getValue();
        }
        if (sum == 0 && !weights.isEmpty()) {
            throw new IllegalArgumentException("weights must not all be 0: " + weights);
        }
    }

    boolean asks(PaperDraw.Item item) {
        return (topics.isEmpty() || topics.getOrDefault(item.topic(), 0) > 0)
                && (difficulties.isEmpty() || difficulties.getOrDefault(item.difficulty(), 0) > 0);
    }
}

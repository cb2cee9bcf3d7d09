package io.haulwatch.training.exam;

import io.haulwatch.training.content.Difficulty;
import io.haulwatch.training.content.QuestionKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws a paper by lot: so many of each topic and difficulty as its rule says, in an order of their own, with shuffled options. The same items,
 * rule and seed give the same paper for ever, in whatever order the items come, so that a stored seed proves a paper.
 *
 * <p>Topics share the questions by largest remainders. Within a topic its difficulties do, and what rounding took from a difficulty in one topic
 * it gets in the next, so that both sums of the table are kept. Where a stratum has too few questions, others fill it: first of the same topic,
 * then of the same difficulty, then any.
 */
public final class PaperDraw {
    private PaperDraw() {}

    /**
     * A question that may be drawn.
     *
     * @param version of the question, kept with the attempt
     */
    public record Item(
            long questionId, int version, String topic, Difficulty difficulty, QuestionKind kind, int optionCount) {
        public Item {
            if (optionCount < 1) {
                throw new IllegalArgumentException(
                        "a question has options: questionId=" + questionId + ", optionCount=" + optionCount);
            }
        }
    }

    /**
     * A question on a paper.
     *
     * @param optionOrder for each place on the paper which option of the question stands there, from 0
     */
    public record Drawn(long questionId, int version, List<Integer> optionOrder) {
        public Drawn {
            optionOrder = List.copyOf(optionOrder);
        }
    }

    private record Stratum(String topic, Difficulty difficulty) {}

    /** How many of these questions the rule can draw from; fewer than its count is too few. */
    public static int eligible(List<Item> items, PaperRule rule) {
        return (int) items.stream().filter(rule::asks).count();
    }

    /**
     * Draws a paper.
     *
     * @throws IllegalArgumentException if there are too few questions, or one is there twice
     */
    public static List<Drawn> draw(List<Item> items, PaperRule rule, long seed) {
        List<Item> pool = items.stream()
                .filter(rule::asks)
                .sorted(Comparator.comparingLong(Item::questionId))
                .toList();
        refuse(pool, rule);
        SplittableRandom random = new SplittableRandom(seed);
        Map<Stratum, List<Item>> strata = new LinkedHashMap<>();
        for (Item item : shuffled(pool, random)) {
            strata.computeIfAbsent(stratum(item, rule), none -> new ArrayList<>())
                    .add(item);
        }
        List<Item> paper = new ArrayList<>();
        Map<Stratum, Integer> missing = new LinkedHashMap<>();
        quotas(rule).forEach((stratum, quota) -> {
            List<Item> there = strata.getOrDefault(stratum, List.of());
            int taken = Math.min(quota, there.size());
            paper.addAll(there.subList(0, taken));
            strata.put(stratum, there.subList(taken, there.size()));
            if (taken < quota) {
                missing.put(stratum, quota - taken);
            }
        });
        missing.forEach((stratum, quota) -> paper.addAll(fill(stratum, quota, strata)));
        return shuffled(paper, random).stream()
                .map(item -> new Drawn(item.questionId(), item.version(), optionOrder(item, random)))
                .toList();
    }

    private static void refuse(List<Item> pool, PaperRule rule) {
        Set<Long> ids = new HashSet<>();
        for (Item item : pool) {
            if (!ids.add(item.questionId())) {
                throw new IllegalArgumentException(
                        "a question is drawn from once, in one version: questionId=" + item.questionId());
            }
        }
        if (pool.size() < rule.count()) {
            throw new IllegalArgumentException("there are too few questions for this paper: wanted=" + rule.count()
                    + ", there=" + pool.size() + ", topics="
                    + rule.topics().keySet());
        }
    }

    /** Without a wish for topics or difficulties, all are one. */
    private static Stratum stratum(Item item, PaperRule rule) {
        return new Stratum(
                rule.topics().isEmpty() ? "" : item.topic(),
                rule.difficulties().isEmpty() ? Difficulty.MEDIUM : item.difficulty());
    }

    private static Map<Stratum, Integer> quotas(PaperRule rule) {
        Map<String, Integer> topics = rule.topics().isEmpty() ? Map.of("", 1) : rule.topics();
        Map<Difficulty, Integer> difficulties =
                rule.difficulties().isEmpty() ? Map.of(Difficulty.MEDIUM, 1) : rule.difficulties();
        List<Difficulty> columns = List.copyOf(difficulties.keySet());
        double[] weights = columns.stream().mapToDouble(difficulties::get).toArray();
        double sum =
                IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).sum();
        int[] perTopic = LargestRemainder.share(
                rule.count(),
                topics.values().stream().mapToDouble(Integer::doubleValue).toArray());
        Map<Stratum, Integer> quotas = new LinkedHashMap<>();
        int[] given = new int[weights.length];
        int seats = 0;
        int row = 0;
        for (String topic : topics.keySet()) {
            int quota = perTopic[row++];
            seats += quota;
            double[] owed = new double[weights.length];
            for (int i = 0; i < owed.length; i++) {
                owed[i] = Math.max(0, seats * weights[i] / sum - given[i]);
            }
            int[] shares = quota == 0 ? new int[owed.length] : LargestRemainder.share(quota, owed);
            for (int i = 0; i < shares.length; i++) {
                given[i] += shares[i];
                quotas.put(new Stratum(topic, columns.get(i)), shares[i]);
            }
        }
        return quotas;
    }

    private static List<Item> fill(Stratum wanted, int count, Map<Stratum, List<Item>> strata) {
        List<Item> filled = new ArrayList<>();
        List<Stratum> nearest = strata.keySet().stream()
                .sorted(Comparator.comparingInt((Stratum other) -> distance(wanted, other)))
                .toList();
        for (Stratum other : nearest) {
            List<Item> there = strata.getOrDefault(other, List.of());
            int taken = Math.min(count - filled.size(), there.size());
            filled.addAll(there.subList(0, taken));
            strata.put(other, there.subList(taken, there.size()));
        }
        return filled;
    }

    /** The nearer, the better a stratum stands in for another. */
    private static int distance(Stratum wanted, Stratum other) {
        boolean alike = wanted.difficulty() == other.difficulty();
        if (wanted.topic().equals(other.topic())) {
            boolean next = wanted.difficulty() == Difficulty.MEDIUM || other.difficulty() == Difficulty.MEDIUM;
            return alike || next ? 0 : 1;
        }
        return alike ? 2 : 3;
    }

    private static List<Integer> optionOrder(Item item, SplittableRandom random) {
        List<Integer> order = IntStream.range(0, item.optionCount()).boxed().toList();
        return item.kind() == QuestionKind.TRUE_FALSE ? order : shuffled(order, random);
    }

    /** Fisher and Yates, written out: what a library does with a seed may change with its version. */
    private static <T> List<T> shuffled(List<T> ordered, SplittableRandom random) {
        List<T> list = new ArrayList<>(ordered);
        for (int i = list.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T last = list.get(i);
            list.set(i, list.get(j));
            list.set(j, last);
        }
        return list;
    }
}

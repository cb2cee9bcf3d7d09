package io.haulwatch.training.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.training.content.Difficulty;
import io.haulwatch.training.content.QuestionKind;
import io.haulwatch.training.exam.PaperDraw.Drawn;
import io.haulwatch.training.exam.PaperDraw.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaperDrawTest {
    private static final Map<String, Integer> TOPICS =
            Map.of("law", 30, "driving", 30, "emergency", 20, "vehicle", 10, "case", 10);
    private static final Map<Difficulty, Integer> DIFFICULTIES =
            Map.of(Difficulty.EASY, 3, Difficulty.MEDIUM, 5, Difficulty.HARD, 2);
    private static final List<QuestionKind> KINDS = List.of(QuestionKind.values());
    private static final List<Difficulty> LEVELS = List.of(Difficulty.values());
    private static final PaperRule FIFTY = new PaperRule(50, TOPICS, DIFFICULTIES);

    private static List<Item> bank(int perStratum) {
        List<Item> items = new ArrayList<>();
        for (String topic : List.of("law", "driving", "emergency", "vehicle", "case", "other")) {
            for (Difficulty difficulty : Difficulty.values()) {
                for (int i = 0; i < perStratum; i++) {
                    QuestionKind kind = KINDS.get(i % 3);
                    items.add(new Item(
                            1_000 + items.size(), 1, topic, difficulty, kind, kind == QuestionKind.TRUE_FALSE ? 2 : 4));
                }
            }
        }
        return items;
    }

    private static <K> Map<K, Long> counts(List<Drawn> paper, List<Item> items, Function<Item, K> key) {
        Map<Long, Item> byId = items.stream().collect(Collectors.toMap(Item::questionId, Function.identity()));
        return paper.stream()
                .map(drawn -> byId.get(drawn.questionId()))
                .collect(Collectors.groupingBy(key, Collectors.counting()));
    }

    @Test
    void aPaperHasSoManyOfEachTopicAndOfEachDifficultyAsItsRuleSays() {
        List<Item> items = bank(30);
        for (long seed = 0; seed < 50; seed++) {
            List<Drawn> paper = PaperDraw.draw(items, FIFTY, seed);
            assertThat(paper).hasSize(50).extracting(Drawn::questionId).doesNotHaveDuplicates();
            assertThat(counts(paper, items, Item::topic))
                    .as("seed %d", seed)
                    .isEqualTo(Map.of("law", 15L, "driving", 15L, "emergency", 10L, "vehicle", 5L, "case", 5L));
            assertThat(counts(paper, items, Item::difficulty))
                    .as("seed %d", seed)
                    .isEqualTo(Map.of(Difficulty.EASY, 15L, Difficulty.MEDIUM, 25L, Difficulty.HARD, 10L));
        }
    }

    @Test
    void theSameSeedGivesTheSamePaperInWhateverOrderTheQuestionsCome() {
        List<Item> items = bank(8);
        List<Item> turned = new ArrayList<>(items);
        Collections.shuffle(turned, new Random(7));
        assertThat(PaperDraw.draw(turned, FIFTY, 42)).isEqualTo(PaperDraw.draw(items, FIFTY, 42));
        assertThat(PaperDraw.draw(items, FIFTY, 43)).isNotEqualTo(PaperDraw.draw(items, FIFTY, 42));
    }

    /** Stored seeds have to give the papers that were sat: what is drawn here must never change. Worked out by SplitMix64 written in another language. */
    @Test
    void aStoredSeedGivesThePaperThatWasSat() {
        List<Item> items = IntStream.rangeClosed(1, 9)
                .mapToObj(id -> new Item(id, 2, "law", Difficulty.EASY, QuestionKind.SINGLE, 4))
                .toList();
        assertThat(PaperDraw.draw(items, new PaperRule(3, Map.of(), Map.of()), 2026))
                .containsExactly(
                        new Drawn(9, 2, List.of(0, 1, 3, 2)),
                        new Drawn(8, 2, List.of(3, 0, 2, 1)),
                        new Drawn(6, 2, List.of(1, 0, 3, 2)));
    }

    @Test
    void optionsAreShuffledButNotThoseOfTrueOrFalse() {
        List<Item> items = bank(30);
        Map<Long, Item> byId = items.stream().collect(Collectors.toMap(Item::questionId, Function.identity()));
        Map<List<Integer>, Integer> orders = new HashMap<>();
        for (long seed = 0; seed < 200; seed++) {
            for (Drawn drawn : PaperDraw.draw(items, FIFTY, seed)) {
                Item item = Objects.requireNonNull(byId.get(drawn.questionId()));
                if (item.kind() == QuestionKind.TRUE_FALSE) {
                    assertThat(drawn.optionOrder()).containsExactly(0, 1);
                } else {
                    assertThat(drawn.optionOrder()).containsExactlyInAnyOrder(0, 1, 2, 3);
                    orders.merge(drawn.optionOrder(), 1, Integer::sum);
                }
            }
        }
        assertThat(orders).hasSize(24);
    }

    @Test
    void everyQuestionOfAStratumIsDrawnAboutAsOftenAsAnyOther() {
        List<Item> items = bank(5);
        PaperRule one = new PaperRule(1, Map.of("law", 1), Map.of(Difficulty.HARD, 1));
        Map<Long, Integer> drawn = new HashMap<>();
        for (long seed = 0; seed < 5_000; seed++) {
            drawn.merge(PaperDraw.draw(items, one, seed).getFirst().questionId(), 1, Integer::sum);
        }
        // 1000 each; five standard deviations are 141.
        assertThat(drawn).hasSize(5);
        assertThat(drawn.values()).allMatch(times -> times > 850 && times < 1_150);
    }

    @Test
    void aShortStratumIsFilledFromItsTopicFirst() {
        List<Item> items = bank(30).stream()
                .filter(item -> !item.topic().equals("law") || item.difficulty() != Difficulty.EASY)
                .toList();
        List<Drawn> paper = PaperDraw.draw(items, FIFTY, 3);
        assertThat(counts(paper, items, Item::topic)).containsEntry("law", 15L);

        List<Item> noCases =
                bank(30).stream().filter(item -> !item.topic().equals("case")).toList();
        List<Drawn> filled = PaperDraw.draw(noCases, FIFTY, 3);
        assertThat(filled).hasSize(50);
        assertThat(counts(filled, noCases, Item::difficulty))
                .isEqualTo(Map.of(Difficulty.EASY, 15L, Difficulty.MEDIUM, 25L, Difficulty.HARD, 10L));
        assertThat(counts(filled, noCases, Item::topic)).doesNotContainKey("other");
    }

    @Test
    void withoutWishesEverythingIsDrawnFrom() {
        List<Item> items = bank(1);
        assertThat(PaperDraw.draw(items, new PaperRule(18, Map.of(), Map.of()), 1))
                .hasSize(18);
    }

    @Test
    void saysSoWhereThereAreTooFew() {
        List<Item> items = bank(3);
        assertThat(PaperDraw.eligible(items, FIFTY)).isEqualTo(45);
        assertThatThrownBy(() -> PaperDraw.draw(items, FIFTY, 1))
                .hasMessageContainingAll("there are too few questions for this paper", "wanted=50", "there=45");
        Item first = items.getFirst();
        assertThatThrownBy(() -> PaperDraw.draw(List.of(first, first), new PaperRule(1, Map.of(), Map.of()), 1))
                .hasMessageContaining("questionId=1000");
        assertThatThrownBy(() -> new PaperRule(0, Map.of(), Map.of())).hasMessageContaining("count=0");
        assertThatThrownBy(() -> new PaperRule(1, Map.of("law", -1), Map.of())).hasMessageContaining("law=-1");
        assertThatThrownBy(() -> new PaperRule(1, Map.of("law", 0), Map.of())).hasMessageContaining("law=0");
    }

    @Test
    void anyRuleThatCanBeKeptIsKept() {
        for (int seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Item> items = IntStream.range(0, 1 + random.nextInt(60))
                    .mapToObj(i -> new Item(
                            i,
                            1,
                            "t" + random.nextInt(4),
                            LEVELS.get(random.nextInt(3)),
                            QuestionKind.SINGLE,
                            2 + random.nextInt(4)))
                    .toList();
            Map<String, Integer> topics = new HashMap<>();
            IntStream.range(0, 4).forEach(i -> topics.put("t" + i, random.nextInt(5)));
            topics.put("t0", 1);
            Map<Difficulty, Integer> difficulties = random.nextBoolean() ? Map.of() : DIFFICULTIES;
            PaperRule any = new PaperRule(1, topics, difficulties);
            int there = PaperDraw.eligible(items, any);
            if (there == 0) {
                continue;
            }
            PaperRule rule = new PaperRule(1 + random.nextInt(there), topics, difficulties);
            List<Drawn> paper = PaperDraw.draw(items, rule, seed);
            assertThat(paper)
                    .as("seed %d", seed)
                    .hasSize(rule.count())
                    .extracting(Drawn::questionId)
                    .doesNotHaveDuplicates();
            assertThat(counts(paper, items, Item::topic).keySet())
                    .as("seed %d", seed)
                    .allMatch(topic -> topics.getOrDefault(topic, 0) > 0);
        }
    }
}

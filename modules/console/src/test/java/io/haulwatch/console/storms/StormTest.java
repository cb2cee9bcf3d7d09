package io.haulwatch.console.storms;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.alarms.AlarmPlace;
import io.haulwatch.console.storms.Storm.Came;
import io.haulwatch.console.storms.Storm.OfArea;
import io.haulwatch.console.storms.Storm.OfModel;
import io.haulwatch.console.storms.Storm.OfRule;
import io.haulwatch.console.storms.Storm.Square;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When it storms, and what stands out in a storm. */
final class StormTest {
    private static final Instant TEN = Instant.parse("2026-11-21T02:00:00Z");
    private static final AlarmPlace CHONGQING = new AlarmPlace(29.6, 106.5);
    private static final AlarmPlace CHENGDU = new AlarmPlace(30.6, 104.1);

    @Test
    void aMinuteWithAsManyAsUsualIsNoneAndOneMoreIs() {
        assertThat(Storm.since(minutes(0, Storm.MANY), TEN.plusSeconds(30))).isNull();
        assertThat(Storm.since(minutes(0, Storm.MANY + 1), TEN.plusSeconds(30))).isEqualTo(TEN);
    }

    @Test
    void itGoesOnOverQuietMinutesAndIsOverAfterFive() {
        SortedMap<Instant, Integer> two = minutes(0, 40, 5, 31);
        assertThat(Storm.since(two, TEN.plusSeconds(11 * 60))).isEqualTo(TEN);
        assertThat(Storm.since(two, TEN.plusSeconds(11 * 60 + 1))).isNull();
    }

    @Test
    void aSecondOneLaterIsAnother() {
        assertThat(Storm.since(minutes(0, 40, 6, 40), TEN.plusSeconds(6 * 60))).isEqualTo(TEN);
        assertThat(Storm.since(minutes(0, 40, 7, 40), TEN.plusSeconds(7 * 60))).isEqualTo(TEN.plusSeconds(7 * 60));
        assertThat(Storm.since(Collections.emptySortedMap(), TEN)).isNull();
    }

    @Test
    void aModelAndAnAreaStandOutWhenTheirTrucksDoNotExplainTheirAlarms() {
        List<Came> came = new ArrayList<>();
        came.addAll(many(30, "speed_source_mismatch", "BSJ-A5", CHONGQING));
        came.addAll(many(10, "speeding", "HW-SIM1", CHENGDU));
        came.addAll(many(10, "speeding", null, null));
        Storm storm = Storm.of(
                TEN,
                31,
                came,
                Map.of("BSJ-A5", 100, "HW-SIM1", 900),
                Map.of(Square.of(29.1, 106.9), 300, Square.of(30.9, 104.9), 700));
        assertThat(storm.alarms()).isEqualTo(50);
        assertThat(storm.rules()).containsExactly(new OfRule("speed_source_mismatch", 30), new OfRule("speeding", 20));
        assertThat(storm.models())
                .containsExactly(
                        new OfModel("BSJ-A5", 30, 0.6, 0.1, true), new OfModel("HW-SIM1", 10, 0.2, 0.9, false));
        assertThat(storm.areas())
                .containsExactly(
                        new OfArea(29.6, 106.5, 30, 0.6, 0.3, true), new OfArea(30.6, 104.1, 10, 0.2, 0.7, false));
    }

    @Test
    void aHandfulStandsForNothing() {
        Storm storm = Storm.of(TEN, 31, many(9, "speeding", "BSJ-A5", CHONGQING), Map.of("X", 1), Map.of());
        assertThat(storm.models()).containsExactly(new OfModel("BSJ-A5", 9, 1, 0, false));
        assertThat(storm.areas().getFirst().standsOut()).isFalse();
    }

    private static List<Came> many(int n, String rule, @Nullable String model, @Nullable AlarmPlace place) {
        return Collections.nCopies(n, new Came(rule, model, place));
    }

    /** Minutes after ten o'clock and how many came in each. */
    private static SortedMap<Instant, Integer> minutes(int... pairs) {
        SortedMap<Instant, Integer> byMinute = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            byMinute.put(TEN.plusSeconds(60L * pairs[i]), pairs[i + 1]);
        }
        return byMinute;
    }
}

package io.haulwatch.console.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The words of printed documents: both languages say the same. */
class PrintWordsTest {
    private static final Pattern HOLE = Pattern.compile("\\{\\w+}");
    private static final PrintWords CHINESE = PrintWords.of("zh-CN");
    private static final PrintWords ENGLISH = PrintWords.of("en");

    @Test
    void bothLanguagesHaveTheSameTextsWithTheSameHoles() {
        assertThat(ENGLISH.keys()).isEqualTo(CHINESE.keys());
        for (String key : ENGLISH.keys()) {
            assertThat(holes(ENGLISH.text(key))).as(key).isEqualTo(holes(CHINESE.text(key)));
        }
    }

    private static List<String> holes(String text) {
        return HOLE.matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void englishTextsHoldNoChinese() {
        for (String key : ENGLISH.keys()) {
            assertThat(ENGLISH.text(key))
                    .as(key)
                    .matches(text -> text.codePoints().noneMatch(Character::isIdeographic));
        }
    }

    @Test
    void codesHaveTheWordsOfThePages() {
        assertThat(CHINESE.of("paperKind", "veh.inspection")).isEqualTo("车辆年检");
        assertThat(ENGLISH.of("rule", "speeding")).isEqualTo("Speeding");
        assertThat(ENGLISH.of("rule", "unheard_of")).isEqualTo("unheard_of");
    }

    @Test
    void timesAreSaidAsPeopleSayThem() {
        assertThat(ENGLISH.lasting(40)).isEqualTo("40 s");
        assertThat(ENGLISH.lasting(1200)).isEqualTo("20 min");
        assertThat(ENGLISH.lasting(320)).isEqualTo("5 min 20 s");
        assertThat(CHINESE.lasting(14_400)).isEqualTo("4 小时");
        assertThat(CHINESE.lasting(14_700)).isEqualTo("4 小时 5 分");
        assertThat(CHINESE.moment("2026-11-20T16:00:00Z")).isEqualTo("2026-11-21 00:00:00");
        assertThat(PrintWords.kmh(985)).isEqualTo("98.5");
    }
}

package io.haulwatch.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.rules.terminal.TerminalAlarm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages have words in both languages for each alarm that a terminal can give, and for no other. */
final class TerminalAlarmWordsTest {
    @Test
    void everyAlarmOfATerminalHasItsWords() throws Exception {
        for (String language : List.of("en", "zh-CN")) {
            JsonNode messages =
                    new ObjectMapper().readTree(ReadmeTest.read("modules/console-web/src/i18n/" + language + ".json"));
            assertThat(messages.get("terminalAlarm").fieldNames())
                    .toIterable()
                    .as(language)
                    .containsExactlyInAnyOrderElementsOf(TerminalAlarm.codes());
        }
    }
}

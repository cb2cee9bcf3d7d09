package io.haulwatch.console;

import static io.haulwatch.console.Answers.done;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Texts to the cab: what an administrator makes of them, and what the desk then offers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CabTextsTest {
    private static final String TEXTS = "/api/v1/desk/cab-texts";
    private static final String OURS = "{limit} 公里限速，您已超速，请减速";

    private Stage stage;
    private Visitor admin;
    private Visitor agent;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        admin = Visitor.signedIn(stage.port(), "admin");
        agent = Visitor.signedIn(stage.port(), "agent");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aChangedTextIsOfferedInItsPlaceUntilItIsResetAndTheAuditSaysSo() throws Exception {
        String builtIn = offered().getFirst();
        assertThat(builtIn).contains("限速80公里");
        done(admin.send("PATCH", TEXTS, body("speeding", "zh-CN", 1, OURS)));
        assertThat(offered().getFirst()).isEqualTo("80 公里限速，您已超速，请减速");
        JsonNode text = text("speeding", "zh-CN", 1);
        assertThat(text.get("changed_by").textValue()).isEqualTo("管理员");
        assertThat(text.get("built_in").textValue()).contains("{limit}");
        // Three digits for the limit, a blank, and two bytes for each of 13 characters.
        assertThat(text.get("bytes").intValue()).isEqualTo(3 + 1 + 2 * 13);
        assertThat(
                        stage.database.column(
                                "select detail ->> 'words' from hw.audit where action = 'desk.cab_text' and object = 'cab_text:speeding'"))
                .contains(OURS);

        done(admin.send("PATCH", TEXTS, body("speeding", "zh-CN", 1, null)));
        assertThat(offered().getFirst()).isEqualTo(builtIn);
        assertThat(text("speeding", "zh-CN", 1).get("changed_at").isNull()).isTrue();
    }

    @Test
    void anEmptyTextIsNotOfferedAndAThirdOneCanBeAdded() throws Exception {
        done(admin.send("PATCH", TEXTS, body("speeding", "zh-CN", 2, "")));
        done(admin.send("PATCH", TEXTS, body("speeding", "zh-CN", 3, "前方学校，慢行")));
        assertThat(offered()).contains("前方学校，慢行").noneMatch(words -> words.contains("安全车距"));
        done(admin.send("PATCH", TEXTS, body("speeding", "zh-CN", 2, null)));
        done(admin.send("PATCH", TEXTS, body("speeding", "zh-CN", 3, null)));
        assertThat(offered()).anyMatch(words -> words.contains("安全车距")).doesNotContain("前方学校，慢行");
        refused(admin.send("PATCH", TEXTS, body("any", "zh-CN", 1, " ")), 422, "last-text");
    }

    @Test
    void whatTerminalsCannotShowAndWhatNoAlarmHasIsRefused() throws Exception {
        for (String wrong : List.of(
                body("speeding", "zh-CN", 1, "您已超速 {speed}"),
                body("speeding", "zh-CN", 1, "您已超速 {limit"),
                body("fatigue", "zh-CN", 1, "限速 {limit}"),
                body("speeding", "en", 1, "Slow down 🚚"),
                body("speeding", "fr", 1, "x"),
                body("speeding", "zh-CN", 4, "x"),
                body("weather", "zh-CN", 1, "x"),
                body("speeding", "zh-CN", 1, "慢".repeat(501)))) {
            refused(admin.send("PATCH", TEXTS, wrong), 400, "bad-value");
        }
        refused(agent.send("PATCH", TEXTS, body("speeding", "zh-CN", 1, "x")), 403, "not-allowed");
    }

    /** Chinese ones that the desk offers for a speeding alarm. */
    private List<String> offered() throws Exception {
        return StreamSupport.stream(
                        agent.json("/api/v1/alarms/" + Stage.ALARM_1 + "/desk")
                                .get("texts")
                                .spliterator(),
                        false)
                .filter(text -> text.get("language").textValue().equals("zh-CN"))
                .map(text -> text.get("words").textValue())
                .toList();
    }

    private JsonNode text(String rule, String language, int place) throws Exception {
        for (JsonNode text : agent.json(TEXTS).get("texts")) {
            if (text.get("rule").textValue().equals(rule)
                    && text.get("language").textValue().equals(language)
                    && text.get("place").intValue() == place) {
                return text;
            }
        }
        throw new AssertionError("no text: rule=" + rule);
    }

    private static String body(String rule, String language, int place, @Nullable String words) {
        return Visitor.JSON
                .createObjectNode()
                .put("rule", rule)
                .put("language", language)
                .put("place", place)
                .put("words", words)
                .toString();
    }
}

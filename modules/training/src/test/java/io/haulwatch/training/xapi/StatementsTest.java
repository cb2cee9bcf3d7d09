package io.haulwatch.training.xapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.training.content.Difficulty;
import io.haulwatch.training.content.Question;
import io.haulwatch.training.content.Question.Option;
import io.haulwatch.training.content.QuestionKind;
import io.haulwatch.training.content.TrueFalse;
import io.haulwatch.training.content.Words;
import io.haulwatch.training.xapi.Statements.Part;
import io.haulwatch.training.xapi.Statements.Sitting;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StatementsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID ID = UUID.fromString("0198f1c2-0000-7000-8000-000000000001");
    private static final UUID REGISTRATION = UUID.fromString("0198f1c2-0000-7000-8000-000000000002");
    private static final Instant AT = Instant.parse("2026-09-08T13:15:00.123456Z");
    private static final Sitting SITTING = new Sitting(12, 88_412, REGISTRATION, "2026-09");
    private static final Part LESSON = new Part("fatigue", "rest");

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    private static Question question(QuestionKind kind, Option... options) {
        return new Question(
                "q1",
                "rest",
                "fatigue",
                kind,
                Difficulty.EASY,
                new Words("休息多久？", "How long?"),
                List.of(options),
                null,
                null,
                null);
    }

    /** The profile of the training sheet §7, under our own names. */
    @Test
    void aLessonThatWasStudiedIsToldAsTheProfileHasIt() throws JsonProcessingException {
        assertThat(json(Statements.studied(
                                ID,
                                AT,
                                SITTING,
                                Verb.COMPLETED,
                                LESSON,
                                true,
                                Duration.ofMinutes(15),
                                List.of(true, true, false))
                        .toString()))
                .isEqualTo(json("""
                                {"id":"0198f1c2-0000-7000-8000-000000000001",
                                 "actor":{"objectType":"Agent",
                                  "account":{"homePage":"urn:haulwatch:tenant:12","name":"driver-88412"}},
                                 "verb":{"id":"http://adlnet.gov/expapi/verbs/completed","display":{"zh-CN":"完成","en":"completed"}},
                                 "object":{"objectType":"Activity","id":"urn:haulwatch:course:fatigue:lesson:rest",
                                  "definition":{"type":"http://adlnet.gov/expapi/activities/lesson"}},
                                 "result":{"completion":true,"duration":"PT15M0S",
                                  "extensions":{"urn:haulwatch:ext:credited_s":900,"urn:haulwatch:ext:checkins":[1,1,0]}},
                                 "context":{"registration":"0198f1c2-0000-7000-8000-000000000002","language":"zh-CN",
                                  "contextActivities":{"parent":[{"id":"urn:haulwatch:course:fatigue"}],
                                   "category":[{"id":"urn:haulwatch:plan:2026-09"}]}},
                                 "timestamp":"2026-09-08T13:15:00.123Z"}
                                """));
    }

    @Test
    void anExamTellsItsScoreBetweenNothingAndOne() {
        JsonNode passed = Statements.examined(
                ID,
                AT,
                new Sitting(12, 1, REGISTRATION, null),
                new Part("fatigue", null),
                new BigDecimal("82.00"),
                true,
                Duration.ofSeconds(3_661));
        assertThat(passed.at("/verb/id").asText()).isEqualTo("http://adlnet.gov/expapi/verbs/passed");
        assertThat(passed.at("/result/score/scaled").decimalValue()).isEqualByComparingTo("0.82");
        assertThat(passed.at("/result/success").booleanValue()).isTrue();
        assertThat(passed.at("/result/duration").asText()).isEqualTo("PT61M1S");
        assertThat(passed.at("/object/definition/type").asText()).endsWith("/course");
        assertThat(passed.at("/context/contextActivities")).isEmpty();
        assertThat(Statements.examined(ID, AT, SITTING, LESSON, new BigDecimal("76"), false, Duration.ZERO)
                        .at("/verb/id")
                        .asText())
                .endsWith("/failed");
    }

    @Test
    void anAnswerNamesTheChosenOptions() {
        Question multiple = question(
                QuestionKind.MULTIPLE,
                new Option(Words.chinese("甲"), true),
                new Option(Words.chinese("乙"), false),
                new Option(new Words("丙", "C"), true));
        JsonNode answered = Statements.answered(ID, AT, SITTING, LESSON, multiple, new TreeSet<>(List.of(2, 1)));
        assertThat(answered.at("/object/id").asText()).isEqualTo("urn:haulwatch:course:fatigue:question:q1");
        assertThat(answered.at("/object/definition/interactionType").asText()).isEqualTo("choice");
        assertThat(answered.at("/object/definition/correctResponsesPattern/0").asText())
                .isEqualTo("o0[,]o2");
        assertThat(answered.at("/object/definition/choices/2/description/en").asText())
                .isEqualTo("C");
        assertThat(answered.at("/result/response").asText()).isEqualTo("o1[,]o2");
        assertThat(answered.at("/result/success").booleanValue()).isFalse();
        assertThat(answered.at("/context/contextActivities/parent/0/id").asText())
                .isEqualTo("urn:haulwatch:course:fatigue:lesson:rest");
    }

    @Test
    void trueIsTrueInWhicheverPlaceItStands() {
        Question turned = question(
                QuestionKind.TRUE_FALSE, new Option(TrueFalse.FALSE, true), new Option(Words.chinese("正确"), false));
        JsonNode answered = Statements.answered(ID, AT, SITTING, LESSON, turned, new TreeSet<>(List.of(0)));
        assertThat(answered.at("/object/definition/interactionType").asText()).isEqualTo("true-false");
        assertThat(answered.at("/object/definition/correctResponsesPattern/0").asText())
                .isEqualTo("false");
        assertThat(answered.at("/result/response").asText()).isEqualTo("false");
        assertThat(answered.at("/result/success").booleanValue()).isTrue();
        Question can = question(
                QuestionKind.TRUE_FALSE,
                new Option(Words.chinese("可以"), true),
                new Option(Words.chinese("不可以"), false));
        assertThat(Statements.answered(ID, AT, SITTING, LESSON, can, new TreeSet<>())
                        .at("/object/definition/interactionType")
                        .asText())
                .isEqualTo("choice");
    }

    @Test
    void whatWasWrongIsVoidedByItsId() {
        UUID wrong = UUID.fromString("0198f1c2-0000-7000-8000-000000000009");
        JsonNode voided = Statements.voided(ID, AT, SITTING, wrong);
        assertThat(voided.at("/verb/id").asText()).isEqualTo("http://adlnet.gov/expapi/verbs/voided");
        assertThat(voided.at("/object/objectType").asText()).isEqualTo("StatementRef");
        assertThat(voided.at("/object/id").asText()).isEqualTo(wrong.toString());
        assertThat(voided.has("result")).isFalse();
    }

    @Test
    void everyOtherVerbIsToldOfALessonOrACourse() {
        for (Verb verb : Verb.values()) {
            if (verb != Verb.VOIDED) {
                JsonNode told = Statements.of(ID, AT, SITTING, verb, LESSON);
                assertThat(told.at("/verb/id").asText()).isEqualTo(verb.id());
                assertThat(told.has("result")).isFalse();
            }
        }
        assertThatThrownBy(() -> Statements.of(ID, AT, SITTING, Verb.VOIDED, LESSON))
                .hasMessageContaining("voided");
        assertThatThrownBy(() ->
                        Statements.examined(ID, AT, SITTING, LESSON, new BigDecimal("100.01"), true, Duration.ZERO))
                .hasMessageContaining("score=100.01");
    }
}

package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.driver.ExamBook;
import io.haulwatch.console.training.TaskCompletion;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exams on a phone: drawn, answered, cut off, taken over and marked; and what a passed one leaves behind. */
class DriverExamTest extends DriverStage {
    private static final long MINUTE = 60_000;
    private static final String ONE = "phone-one";
    private static final String TWO = "phone-two";

    private int versions = 1;

    /** Each has gone through the lessons. */
    @BeforeEach
    void studied() throws Exception {
        ground.studied(task, driver, 1);
    }

    private HttpResponse<String> begin(String device) throws Exception {
        return phone.post("/api/v1/exams/" + task + "/attempts", "{\"device\":\"" + device + "\"}");
    }

    private static String path(JsonNode attempt, String what) {
        return "/api/v1/attempts/" + attempt.get("id").textValue() + what;
    }

    private static String answer(int place, int answerNo, String given) {
        return "{\"place\":" + place + ",\"answer_no\":" + answerNo + ",\"given\":[" + given + "]}";
    }

    private HttpResponse<String> say(JsonNode attempt, String device, String... answers) throws Exception {
        return phone.post(
                path(attempt, "/answers"),
                "{\"device\":\"" + device + "\",\"answers\":[" + String.join(",", answers) + "],\"left_page\":1}");
    }

    /** Right answers to all questions. */
    private static String[] right(JsonNode attempt) {
        List<String> answers = new ArrayList<>();
        for (JsonNode question : attempt.get("questions")) {
            answers.add(answer(
                    question.get("place").intValue(),
                    1,
                    question.get("kind").textValue().equals("multiple") ? "0,1" : "0"));
        }
        return answers.toArray(String[]::new);
    }

    private JsonNode close(JsonNode attempt, String device) throws Exception {
        return json(phone.post(path(attempt, "/close"), "{\"device\":\"" + device + "\"}"));
    }

    @Test
    void aPassedExamClosesTheTaskWithCertificateLedgerStatementAndMessage() throws Exception {
        HttpResponse<String> begun = begin(ONE);
        assertThat(begun.statusCode()).isEqualTo(201);
        JsonNode attempt = Visitor.JSON.readTree(begun.body());
        assertThat(attempt.get("questions")).hasSize(5);
        assertThat(attempt.get("review").isNull()).isTrue();
        assertThat(begun.body()).doesNotContain("\"right\"", "因为");
        json(say(attempt, ONE, right(attempt)));
        JsonNode closed = json(phone.post(
                path(attempt, "/close"), "{\"device\":\"" + ONE + "\",\"strokes\":[[0,0,500,500],[10,10,1000,0]]}"));
        assertThat(closed.get("passed").booleanValue()).isTrue();
        assertThat(closed.get("score").doubleValue()).isEqualTo(100);
        assertThat(closed.get("review").get(0).get("clause").textValue()).isEqualTo("第 62 条");
        assertThat(closed.get("review").get(0).get("right_options").get(0).intValue())
                .isZero();
        assertThat(stage.database.column("select state || ' ' || best_score || ' ' || (closed_at is not null)"
                        + " from hw.training_task where task_id = " + task))
                .containsExactly("exam_passed 100.00 true");
        assertThat(stage.database.column("select hours || ' ' || score || ' ' || topic || ' ' || (chain is not null)"
                        + " from hw.training_record where task_id = " + task))
                .containsExactly("0.04 100.00 疲劳驾驶 true");
        assertThat(stage.database.column("select holder from hw.certificate where task_id = " + task))
                .containsExactly("考**");
        assertThat(statements()).hasSize(8).startsWith("initialized -").endsWith("passed -", "terminated -");
        assertThat(statements().subList(1, 6)).isSubsetOf("answered o0", "answered o0[,]o1");
        assertThat(stage.database.column(
                        "select jsonb_array_length(strokes) from hw.training_signature where task_id = " + task))
                .containsExactly("2");
        JsonNode certificate =
                phone.json("/api/v1/driver/certificates").get("items").get(0);
        assertThat(certificate.get("number").textValue()).matches("HW-2[0-9]{3}-[0-9A-Z]{6}-[0-9A-Z]");
        assertThat(certificate.get("valid").booleanValue()).isTrue();
        assertThat(phone.json("/api/v1/driver/messages").get("items").get(0).get("words"))
                .isEqualTo(certificate.get("number"));
        assertThat(close(attempt, ONE).get("closed_at")).as("handed in again").isEqualTo(closed.get("closed_at"));
        refused(begin(ONE), 409, "task-closed");
    }

    @Test
    void twoPhonesAnswerOneAfterTheOtherAndTheNewerAnswerStands() throws Exception {
        JsonNode attempt = json(begin(ONE));
        assertThat(begin(ONE).statusCode()).as("the open one again").isEqualTo(200);
        refused(begin(TWO), 409, "exam-elsewhere");
        assertThat(json(say(attempt, ONE, answer(1, 3, "2"))).get("taken")).hasSize(1);
        JsonNode older = json(say(attempt, ONE, answer(1, 2, "1"), answer(2, 1, "1")));
        assertThat(older.get("taken").get(0).intValue()).isEqualTo(2);
        assertThat(older.get("refused").get(0).get("code").textValue()).isEqualTo("older");
        assertThat(older.get("refused").get(0).get("stored").get("given").get(0).intValue())
                .isEqualTo(2);
        JsonNode elsewhere = json(say(attempt, TWO, answer(3, 1, "0")));
        assertThat(elsewhere.get("refused").get(0).get("code").textValue()).isEqualTo("elsewhere");
        refused(phone.post(path(attempt, "/close"), "{\"device\":\"" + TWO + "\"}"), 409, "exam-elsewhere");
        JsonNode taken = json(
                phone.post("/api/v1/exams/" + task + "/attempts", "{\"device\":\"" + TWO + "\",\"take_over\":true}"));
        assertThat(taken.get("id")).isEqualTo(attempt.get("id"));
        assertThat(taken.get("questions").get(0).get("given").get(0).intValue()).isEqualTo(2);
        assertThat(json(say(attempt, ONE, answer(4, 1, "0")))
                        .get("refused")
                        .get(0)
                        .get("code")
                        .textValue())
                .isEqualTo("elsewhere");
        assertThat(json(say(attempt, TWO, answer(4, 1, "0"))).get("taken")).hasSize(1);
    }

    @Test
    void whatIsSentTwiceAfterTheLineWasCutIsTakenOnce() throws Exception {
        JsonNode attempt = json(begin(ONE));
        String[] answers = right(attempt);
        assertThat(json(say(attempt, ONE, answers)).get("taken")).hasSize(5);
        JsonNode again = json(say(attempt, ONE, answers));
        assertThat(again.get("taken")).isEmpty();
        assertThat(again.get("refused").findValuesAsText("code")).containsOnly("older");
        assertThat(close(attempt, ONE).get("score").doubleValue()).isEqualTo(100);
        assertThat(stage.database.column("select count(*) from hw.certificate where task_id = " + task))
                .containsExactly("1");
        JsonNode late = json(say(attempt, ONE, answer(1, 9, "2")));
        assertThat(late.get("refused").get(0).get("code").textValue()).isEqualTo("exam-over");
    }

    @Test
    void theServersClockEndsAnExamAndAJumpOfItGivesNobodyTime() throws Exception {
        JsonNode attempt = json(begin(ONE));
        String[] answers = right(attempt);
        json(say(attempt, ONE, answers[0], answers[1], answers[2]));
        stage.ahead(10 * MINUTE + 20_000);
        try {
            assertThat(json(say(attempt, ONE, answers[3])).get("taken"))
                    .as("on its way when the time was over")
                    .hasSize(1);
            stage.ahead(20_000);
            JsonNode over = json(say(attempt, ONE, answers[4]));
            assertThat(over.get("refused").get(0).get("code").textValue()).isEqualTo("exam-over");
            JsonNode closed = phone.json(path(attempt, ""));
            assertThat(closed.get("score").doubleValue()).isEqualTo(80);
            assertThat(closed.get("passed").booleanValue()).isTrue();
            assertThat(closed.get("closed_at")).isEqualTo(closed.get("ends_at"));
            assertThat(stage.database.column("select closed_by from hw.exam_attempt where task_id = " + task))
                    .containsExactly("time");
        } finally {
            stage.ahead(-10 * MINUTE - 40_000);
        }
        assertThat(phone.json(path(attempt, "")).get("closed_at").isNull())
                .as("a clock that is set back opens nothing")
                .isFalse();
    }

    @Test
    void whoeverForgetsHisExamFindsItClosedByTheSweep() throws Exception {
        JsonNode attempt = json(begin(ONE));
        ExamBook exams =
                new ExamBook(new TaskCompletion(new SecureRandom()), new ObjectMapper(), () -> 1, UUID::randomUUID);
        ScopedDatabase database = new ScopedDatabase(stage.database.databases().app());
        assertThat(database.<Integer>write(
                        Scope.ALL,
                        ScopedDatabase.NO_USER,
                        connection -> exams.closeOverdue(
                                connection, stage.clock.instant().plusSeconds(11 * 60))))
                .isPositive();
        assertThat(phone.json(path(attempt, "")).get("passed").booleanValue()).isFalse();
        assertThat(statements()).containsExactly("initialized -", "failed -", "terminated -");
    }

    @Test
    void whoeverBeginsAgainAfterForgettingOneHasFailedThatOneFirst() throws Exception {
        JsonNode attempt = json(begin(ONE));
        stage.ahead(11 * MINUTE);
        try {
            JsonNode next = json(begin(TWO));
            assertThat(next.get("number").intValue()).isEqualTo(2);
            assertThat(phone.json(path(attempt, "")).get("passed").booleanValue())
                    .isFalse();
        } finally {
            stage.ahead(-11 * MINUTE);
        }
    }

    @Test
    void answersThatComeTogetherFromManyLinesAreTakenOnceEach() throws Exception {
        JsonNode attempt = json(begin(ONE));
        try (var lines = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> said = new ArrayList<>();
            for (int i = 1; i <= 12; i++) {
                int number = i;
                said.add(lines.submit(() -> number % 4 == 0
                        ? begin(ONE)
                        : say(attempt, ONE, answer(1, number, Integer.toString(number % 3)))));
            }
            for (var each : said) {
                assertThat(each.get().statusCode()).isEqualTo(200);
            }
        }
        JsonNode stands = phone.json(path(attempt, "")).get("questions").get(0);
        assertThat(stands.get("answer_no").intValue()).isEqualTo(11);
        assertThat(stands.get("given").get(0).intValue()).isEqualTo(2);
        close(attempt, ONE);
    }

    @Test
    void aQuestionThatIsChangedDuringTheExamStaysAsItWasAsked() throws Exception {
        JsonNode attempt = json(begin(ONE));
        json(say(attempt, ONE, right(attempt)));
        stage.database.run(
                "insert into hw.question_version select question_id, " + ++versions
                        + ", kind, difficulty, '改 ' || stem, stem_en, jsonb_build_array(options -> 2, options -> 1, options -> 0),"
                        + " explanation, explanation_en, clause, clause_en, effective, made_by, made_at from hw.question_version where version = 1");
        try {
            JsonNode seen = phone.json(path(attempt, ""));
            assertThat(seen.get("questions").get(0).get("stem").textValue()).startsWith("第");
            JsonNode closed = close(attempt, ONE);
            assertThat(closed.get("score").doubleValue()).isEqualTo(100);
            assertThat(stage.database.column("select distinct version from hw.exam_answer where attempt_id = '"
                            + attempt.get("id").textValue() + "'"))
                    .containsExactly("1");
        } finally {
            // What was there at first is the newest again, for the tests that come after.
            stage.database.run("insert into hw.question_version select question_id, " + ++versions
                    + ", kind, difficulty, stem, stem_en, options, explanation, explanation_en, clause, clause_en, effective, made_by, made_at"
                    + " from hw.question_version where version = 1");
        }
    }

    @Test
    void twoFailuresAskForADaysPauseAndThreeForTheCompany() throws Exception {
        for (int i = 0; i < 2; i++) {
            JsonNode closed = close(json(begin(ONE)), ONE);
            assertThat(closed.get("passed").booleanValue()).isFalse();
            assertThat(closed.get("number").intValue()).isEqualTo(i + 1);
        }
        JsonNode wait = Visitor.JSON.readTree(refused(begin(ONE), 409, "wait-first"));
        assertThat(wait.get("until").textValue()).isNotEmpty();
        JsonNode exam = phone.json("/api/v1/driver/tasks/" + task).get("exam");
        assertThat(exam.get("attempts_left").intValue()).isEqualTo(1);
        assertThat(exam.get("may_start_at")).isEqualTo(wait.get("until"));
        stage.ahead(25 * 60 * MINUTE);
        try {
            close(json(begin(ONE)), ONE);
            refused(begin(ONE), 409, "no-attempts-left");
        } finally {
            stage.ahead(-25 * 60 * MINUTE);
        }
    }

    @Test
    void thePageMayBeLeftThreeTimesAndTheFourthHandsIn() throws Exception {
        JsonNode attempt = json(begin(ONE));
        assertThat(attempt.get("leaves_left").intValue()).isEqualTo(3);
        String[] answers = right(attempt);
        for (int left = 1; left <= 3; left++) {
            JsonNode taken = json(left(attempt, ONE, left, answers[left - 1]));
            assertThat(taken.get("leaves_left").intValue()).isEqualTo(3 - left);
            assertThat(taken.get("closed_at").isNull()).isTrue();
        }
        assertThat(json(left(attempt, TWO, 4)).get("closed_at").isNull())
                .as("another phone's leaves are not this exam's")
                .isTrue();
        JsonNode last = json(left(attempt, ONE, 4, answers[3]));
        assertThat(last.get("taken")).as("answered before it was left").hasSize(1);
        assertThat(last.get("closed_at").isNull()).isFalse();
        JsonNode closed = phone.json(path(attempt, ""));
        assertThat(closed.get("score").doubleValue()).isEqualTo(80);
        assertThat(closed.get("leaves_left").intValue()).isZero();
        assertThat(stage.database.column(
                        "select closed_by || ' ' || left_page from hw.exam_attempt where task_id = " + task))
                .containsExactly("left_page 4");
        assertThat(json(left(attempt, ONE, 5)).get("closed_at")).isEqualTo(last.get("closed_at"));
    }

    private HttpResponse<String> left(JsonNode attempt, String device, int times, String... answers) throws Exception {
        return phone.post(
                path(attempt, "/answers"),
                "{\"device\":\"" + device + "\",\"answers\":[" + String.join(",", answers) + "],\"left_page\":" + times
                        + "}");
    }

    /** What was told of this driver: verb and response, answers in the order of their options. */
    private List<String> statements() throws Exception {
        return stage.database.column(
                "select regexp_replace(body -> 'verb' ->> 'id', '.*/', '') || ' ' || coalesce(body -> 'result' ->> 'response', '-')"
                        + " from hw.learning_statement where driver_id = " + driver
                        + " order by body -> 'verb' ->> 'id' like '%initialized' desc, body -> 'verb' ->> 'id' like '%answered' desc,"
                        + " body -> 'result' ->> 'response', statement_no");
    }

    @Test
    void nobodyReachesAnotherDriversExam() throws Exception {
        JsonNode attempt = json(begin(ONE));
        stage.database.run(
                "insert into hw.driver (driver_id, company_id, name) values (" + (driver + 500) + ", 1, '别人')");
        phone = ground.phone(driver + 500);
        refused(begin(ONE), 404, "not-found");
        refused(phone.get(path(attempt, "")), 404, "not-found");
        refused(say(attempt, ONE, answer(1, 1, "0")), 404, "not-found");
        refused(phone.post(path(attempt, "/close"), "{\"device\":\"" + ONE + "\"}"), 404, "not-found");
    }
}

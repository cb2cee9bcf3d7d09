package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What somebody tries who wants hours without studying, answers before the exam is over, another one's account, or a server that breaks. */
class HostileDriverTest extends DriverStage {
    private static final String DEVICE = "phone-one";

    @Test
    void nobodyStudiesTwoLessonsInTheSameTimeByPausingOne() throws Exception {
        JsonNode first = begin(DriverGround.LESSON_1);
        beats(first, beat(0, 0, true));
        assertThat(beats(first, beat(1, 0, false)).get("state").textValue()).isEqualTo("paused");
        JsonNode second = begin(DriverGround.LESSON_2);
        beats(first, beat(2, 0, true));
        beats(second, beat(0, 0, true));
        stage.ahead(5 * SECOND);
        JsonNode paused = beats(first, beat(3, 5, true));
        assertThat(paused.get("credited_s").intValue()).isZero();
        assertThat(paused.get("reason").textValue()).isEqualTo("other_session");
        assertThat(beats(second, beat(1, 5, true)).get("credited_s").intValue()).isEqualTo(5);
        assertThat(stage.database.column("select sum(credited_s) from hw.study_day where driver_id = " + driver))
                .containsExactly("5");
        assertThat(begin(DriverGround.LESSON_1).get("state").textValue()).isEqualTo("running");
    }

    /** A beat that says that it was so long ago. */
    private String old(int sequence, int position, int secondsAgo) {
        return String.format(
                Locale.ROOT,
                "{\"sequence\":%d,\"nonce\":\"o%d\",\"position_s\":%d,\"visible\":true,\"at\":\"%s\"}",
                sequence,
                sequence,
                position,
                stage.clock.instant().minusSeconds(secondsAgo));
    }

    @Test
    void noTimeCountsFromBeforeALessonWasBegun() throws Exception {
        JsonNode study = begin(DriverGround.LESSON_1);
        String[] lies = {old(0, 0, 60), old(1, 15, 45), old(2, 30, 30), old(3, 45, 15), old(4, 60, 0)};
        assertThat(beats(study, lies).get("credited_s").intValue()).isZero();
        json(phone.post("/api/v1/driver/studies/" + study.get("id").asText() + "/present", "{}"));
        begin(DriverGround.LESSON_1);
        assertThat(beats(study, lies).get("credited_s").intValue()).isZero();
        begin(DriverGround.LESSON_2);
        JsonNode again = begin(DriverGround.LESSON_1);
        stage.ahead(10 * SECOND);
        int place = again.get("position_s").intValue();
        assertThat(beats(study, old(0, place, 300), old(1, place, 5), old(2, place + 5, 0))
                        .get("credited_s")
                        .intValue())
                .as("what waited on the phone since then does count")
                .isEqualTo(5);
    }

    @Test
    void aFloodOfBeatsLeavesNoMoreThanALessonCanTell() throws Exception {
        JsonNode study = begin(DriverGround.LESSON_1);
        int sequence = 0;
        for (int call = 0; call < 4; call++) {
            List<String> jumps = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                jumps.add(beat(sequence++, 58, true));
            }
            beats(study, jumps.toArray(String[]::new));
        }
        String count = "select count(*) from hw.study_event where study_id = "
                + study.get("id").asText();
        assertThat(Integer.parseInt(stage.database.column(count).getFirst())).isBetween(1, 500);
    }

    @Test
    void beatsThatNoPhoneSendsAreRefusedAndNothingBreaks() throws Exception {
        JsonNode study = begin(DriverGround.LESSON_1);
        String beat = "{\"sequence\":1,\"nonce\":\"%s\",\"position_s\":1,\"visible\":true,\"at\":\"%s\"}";
        String now = "2026-11-20T16:00:00Z";
        for (String nonce : List.of("\\u0000", "\\ud83d", "\\n", "n n")) {
            refused(said(study, String.format(Locale.ROOT, beat, nonce, now)), 400, "bad-value");
        }
        for (String at : List.of("+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z")) {
            refused(said(study, String.format(Locale.ROOT, beat, "n", at)), 400, "bad-value");
        }
        for (String wild : List.of(
                "{\"sequence\":2147483647,\"nonce\":\"a\",\"position_s\":1e400,\"visible\":true}",
                "{\"sequence\":0,\"nonce\":\"b\",\"position_s\":-1e30,\"visible\":true}")) {
            assertThat(said(study, wild).statusCode()).as(wild).isEqualTo(200);
        }
        refused(
                said(study, "{\"sequence\":2147483648,\"nonce\":\"a\",\"position_s\":1,\"visible\":true}"),
                400,
                "bad-value");
        refused(said(study, String.join(",", Collections.nCopies(201, beat(1, 1, true)))), 400, "bad-value");
        assertThat(phone.post("/api/v1/driver/studies/" + study.get("id").asText() + "/beats", "[".repeat(60_000))
                        .statusCode())
                .isEqualTo(400);
        assertThat(phone.post(
                                "/api/v1/driver/studies/" + study.get("id").asText() + "/beats",
                                "{\"beats\":\"" + "x".repeat(70_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void namesThatCanBeNoneAreNotFound() throws Exception {
        for (String name : List.of("%00.svg", "a%00b.png", "..%2Fx.svg", "x".repeat(3_000) + ".svg")) {
            refused(phone.get("/api/v1/course-pictures/" + DriverGround.COURSE + "/" + name), 404, "not-found");
        }
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        refused(company.get("/api/v1/certificates/%00/pdf"), 404, "not-found");
        refused(company.post("/api/v1/certificates/A%00B/revoke", "{\"reason\":\"x\"}"), 404, "not-found");
        refused(new Visitor(stage.port()).get("/api/v1/certificate-checks/%00"), 404, "not-found");
    }

    @Test
    void aLinkOfTheCompanyThatHeLeftOpensNothing() throws Exception {
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        String link = json(company.post("/api/v1/drivers/" + driver + "/entry-link", "{}"))
                .get("link")
                .textValue();
        String body = "{\"link\":\"" + link.substring(link.indexOf('=') + 1) + "\"}";
        stage.database.run("update hw.driver set company_id = 2 where driver_id = " + driver);
        refused(new Visitor(stage.port()).post("/api/v1/driver/session", body), 401, "bad-link");
        stage.database.run("update hw.driver set company_id = 1 where driver_id = " + driver);
        DriverGround.entered(new Visitor(stage.port()), body);
    }

    private JsonNode beginExam() throws Exception {
        return json(phone.post("/api/v1/exams/" + task + "/attempts", "{\"device\":\"" + DEVICE + "\"}"));
    }

    private static String path(JsonNode attempt, String what) {
        return "/api/v1/attempts/" + attempt.get("id").textValue() + what;
    }

    private List<String> asked(JsonNode attempt) throws Exception {
        return stage.database.column("select question_id from hw.exam_answer where attempt_id = '"
                + attempt.get("id").textValue() + "'");
    }

    private HttpResponse<String> quiz(String question) throws Exception {
        return phone.post("/api/v1/driver/quiz", "{\"question_id\":" + question + ",\"version\":1,\"given\":[0]}");
    }

    @Test
    void nothingTellsWhatIsRightInAnExamThatIsOpen() throws Exception {
        ground.studied(task, driver, 1);
        JsonNode failed = beginExam();
        JsonNode review = json(phone.post(path(failed, "/close"), "{\"device\":\"" + DEVICE + "\"}"))
                .get("review");
        assertThat(review).hasSize(5);

        JsonNode open = beginExam();
        List<String> asked = asked(open);
        for (String question : asked) {
            refused(quiz(question), 409, "exam-open");
        }
        List<String> before = new ArrayList<>(asked(failed));
        before.removeAll(asked);
        assertThat(phone.json(path(failed, "")).get("review"))
                .as("what is not asked now may be looked at")
                .hasSize(before.size());
        for (int n = 0; n < 6; n++) {
            String question = Integer.toString(DriverGround.QUESTION + n);
            if (!asked.contains(question)) {
                assertThat(quiz(question).statusCode()).isEqualTo(200);
            }
        }
        json(phone.post(path(open, "/close"), "{\"device\":\"" + DEVICE + "\"}"));
        assertThat(phone.json(path(failed, "")).get("review")).hasSize(5);
        assertThat(quiz(asked.getFirst()).statusCode()).isEqualTo(200);
    }

    @Test
    void answersWithNumbersBeyondAllMeasureAreNone() throws Exception {
        ground.studied(task, driver, 1);
        JsonNode open = beginExam();
        String answers = "{\"device\":\"" + DEVICE
                + "\",\"answers\":[{\"place\":4294967297,\"answer_no\":1,\"given\":[0]},"
                + "{\"place\":1,\"answer_no\":4294967297,\"given\":[0]},{\"place\":1.5,\"answer_no\":1,\"given\":[0]},"
                + "{\"place\":1,\"answer_no\":1,\"given\":[0,0]},{\"place\":1,\"answer_no\":1,\"given\":[9]},"
                + "{\"place\":99,\"answer_no\":1,\"given\":[0]},null,7]}";
        JsonNode taken = json(phone.post(path(open, "/answers"), answers));
        assertThat(taken.get("taken")).isEmpty();
        assertThat(taken.get("refused").findValuesAsText("code")).hasSize(8).containsOnly("bad-answer");
        json(phone.post(path(open, "/close"), "{\"device\":\"" + DEVICE + "\"}"));
    }

    @Test
    void aCodeIsReadOnlyByWhoSeesEverybodyWhomItLetsIn() throws Exception {
        stage.database.run(
                "insert into hw.driver (driver_id, company_id, name, phone) values (391, 1, '甲', '13800000391'), (392, 2, '乙', '13800000391')");
        assertThat(new Visitor(stage.port())
                        .post("/api/v1/driver/codes", "{\"phone\":\"13800000391\"}")
                        .statusCode())
                .isEqualTo(202);
        Visitor agent = Visitor.signedIn(stage.port(), "agent");
        assertThat(refused(agent.get("/api/v1/drivers/391/entry-code"), 422, "phone-of-others"))
                .doesNotContain("蓉通", "乙");
        assertThat(Visitor.signedIn(stage.port(), "centre")
                        .json("/api/v1/drivers/391/entry-code")
                        .get("code")
                        .textValue())
                .matches("[0-9]{6}");
        stage.database.run("update hw.driver set retired_at = now() where driver_id = 392");
        assertThat(agent.json("/api/v1/drivers/391/entry-code").get("code").textValue())
                .matches("[0-9]{6}");
    }
}

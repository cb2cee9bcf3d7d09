package io.haulwatch.console;

import static io.haulwatch.console.Answers.done;
import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Orders of the regulator over HTTP: issued about a figure, answered with files, sent back, put off, overdue, accepted, withdrawn. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupervisionTest {
    /** Sessions end sooner than an hour without a call. */
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private static final long DAY = Duration.ofDays(1).toMillis();
    /** A document by its first bytes. */
    private static final String PDF = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n";

    private Stage stage;
    private Visitor regulator;
    private Visitor company;
    private Visitor foreign;
    private Visitor lead;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        stage.database.run(
                "insert into hw.kpi_vehicle_day (vehicle_id, company_id, day, received, qualified, total_m, gap_m, drifts, offline_moves, "
                        + "speedings, fatigue_s, due, handled, in_time) values (1, 1, '2026-03-05', 1000, 990, 400000, 10000, 3, 1, 7, 3600, 4, 3, 2)");
        regulator = Visitor.signedIn(stage.port(), "regulator50");
        company = Visitor.signedIn(stage.port(), "company1");
        foreign = Visitor.signedIn(stage.port(), "company2");
        lead = Visitor.signedIn(stage.port(), "centre");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void anOrderKeepsItsFigureIsAnsweredWithAFileSentBackAnsweredAgainAndAccepted() throws Exception {
        ObjectNode given = order(10);
        given.putObject("figure")
                .put("indicator", "handled")
                .put("from", "2026-03-05")
                .put("to", "2026-03-05")
                .put("vehicle", 1);
        JsonNode issued = json(regulator.post("/api/v1/supervision", given.toString()));
        String path = path(issued);
        stage.database.run("update hw.kpi_vehicle_day set handled = 4 where day = '2026-03-05'");
        JsonNode figure = company.json(path).get("figure");
        assertThat(figure.get("numerator").doubleValue()).as("as it was then").isEqualTo(3);
        assertThat(figure.get("denominator").doubleValue()).isEqualTo(4);
        assertThat(figure.get("plate").textValue()).isEqualTo("渝B12345");
        assertThat(figure.get("formula").textValue()).isEqualTo("kpi-2");
        JsonNode found = lead.json("/api/v1/cases/" + issued.get("case_id"));
        assertThat(found.get("title").textValue()).isEqualTo("超速报警未处置");
        assertThat(found.get("steps").findValuesAsText("party")).containsExactly("company");
        refused(
                lead.post(
                        "/api/v1/cases/" + issued.get("case_id") + "/steps/"
                                + found.get("steps").get(0).get("id") + "/done",
                        "{\"result\":\"x\"}"),
                422,
                "step-of-order");

        String file = json(company.post(
                        "/api/v1/attachments?subject=supervision&subject_id=" + issued.get("id")
                                + "&name=%E6%95%B4%E6%94%B9.pdf",
                        PDF))
                .get("id")
                .textValue();
        assertThat(company.json(path).get("files").findValuesAsText("title")).containsExactly("整改.pdf");
        refused(regulator.post(path + "/actions", action(issued, "accept")), 409, "order-state");
        JsonNode answered = json(company.post(path + "/answer", answer(issued, "已处置全部报警")));
        assertThat(answered.get("state").textValue()).isEqualTo("answered");
        assertThat(answered.get("files")).isEmpty();
        assertThat(answered.get("answers").get(0).get("files").findValuesAsText("id"))
                .containsExactly(file);
        assertThat(regulator.get(path + "/files/" + file).statusCode()).isEqualTo(200);
        refused(foreign.get(path + "/files/" + file), 404, "not-found");
        refused(
                company.post(
                        "/api/v1/attachments?subject=supervision&subject_id=" + issued.get("id") + "&name=b",
                        PDF + " "),
                409,
                "order-state");

        ObjectNode back =
                write(answered).put("action", "return").put("words", "缺驾驶员签字").put("due_at", in(5));
        JsonNode returned = json(regulator.post(path + "/actions", back.toString()));
        assertThat(returned.get("state").textValue()).isEqualTo("returned");
        refused(company.post(path + "/answer", answer(issued, "x y")), 409, "order-changed");
        JsonNode again = json(company.post(path + "/answer", answer(returned, "已补签字")));
        JsonNode accepted = json(regulator.post(path + "/actions", action(again, "accept")));
        assertThat(accepted.get("state").textValue()).isEqualTo("accepted");
        assertThat(accepted.get("overdue").booleanValue()).isFalse();
        assertThat(accepted.get("answers").findValuesAsText("verdict")).containsExactly("returned", "accepted");
        assertThat(accepted.get("events").findValuesAsText("kind"))
                .containsExactly(
                        "order_issue", "order_answer", "order_return", "order_answer", "order_accept", "close");
        assertThat(lead.json("/api/v1/cases/" + issued.get("case_id"))
                        .get("state")
                        .textValue())
                .as("a case that was opened for the order alone ends with it")
                .isEqualTo("closed");
        refused(regulator.post(path + "/actions", action(accepted, "withdraw", "x")), 409, "order-state");
        assertThat(stage.database.column("select action from hw.audit where object = 'supervision:" + issued.get("id")
                        + "' and action like 'supervision.%' order by audit_id"))
                .containsExactly(
                        "supervision.issue",
                        "supervision.answer",
                        "supervision.return",
                        "supervision.answer",
                        "supervision.accept",
                        "supervision.close");
    }

    @Test
    void askedTwiceUnderTheSameKeyNothingIsDoneTwice() throws Exception {
        String given = order(10).toString();
        HttpResponse<String> first = regulator.post("/api/v1/supervision", given);
        assertThat(first.statusCode()).isEqualTo(201);
        HttpResponse<String> second = regulator.post("/api/v1/supervision", given);
        assertThat(second.statusCode()).isEqualTo(200);
        JsonNode issued = Visitor.JSON.readTree(first.body());
        assertThat(Visitor.JSON.readTree(second.body()).get("id")).isEqualTo(issued.get("id"));
        String path = path(issued);
        String answer = answer(issued, "已整改完成");
        JsonNode once = json(company.post(path + "/answer", answer));
        JsonNode twice = json(company.post(path + "/answer", answer));
        assertThat(twice.get("revision")).isEqualTo(once.get("revision"));
        assertThat(twice.get("answers")).hasSize(1);
        ObjectNode stolen = (ObjectNode) Visitor.JSON.readTree(action(once, "accept"));
        stolen.put("key", Visitor.JSON.readTree(answer).get("key").textValue());
        refused(regulator.post(path + "/actions", stolen.toString()), 409, "key-used");
    }

    @Test
    void whatIsOverdueStandsFirstIsEscalatedByTheTableAndHasTimeAgainOncePutOff() throws Exception {
        JsonNode later = json(regulator.post("/api/v1/supervision", order(9).toString()));
        JsonNode sooner = json(
                regulator.post("/api/v1/supervision", order(10.0 * MINUTE / DAY).toString()));
        String path = path(sooner);
        stage.ahead(16 * MINUTE);
        try {
            await().until(() -> !company.json(path).get("escalated_to").isNull());
            assertThat(company.json(path).get("escalated_to").textValue())
                    .as("severity 3, duty of the company")
                    .isEqualTo("regulator");
            JsonNode overdue =
                    regulator.json("/api/v1/supervision?status=overdue").get("items");
            assertThat(overdue.findValuesAsText("id"))
                    .containsExactly(sooner.get("id").asText());
            assertThat(overdue.get(0).get("overdue").booleanValue()).isTrue();
            JsonNode open = regulator.json("/api/v1/supervision?status=open&limit=1");
            assertThat(open.get("items").findValuesAsText("id"))
                    .containsExactly(sooner.get("id").asText());
            JsonNode rest = regulator.json("/api/v1/supervision?status=open&limit=200&cursor="
                    + open.get("next_cursor").textValue());
            assertThat(rest.get("items").findValuesAsText("id"))
                    .contains(later.get("id").asText())
                    .doesNotContain(sooner.get("id").asText());
            JsonNode figures = regulator.json("/api/v1/supervision/figures?region=50");
            assertThat(figures.get("overdue").intValue()).isEqualTo(1);
            assertThat(figures.get("months")).hasSize(12);

            ObjectNode earlier =
                    write(later).put("action", "extend").put("words", "x").put("due_at", in(5));
            refused(regulator.post(path(later) + "/actions", earlier.toString()), 422, "order-not-later");
            ObjectNode off =
                    write(sooner).put("action", "extend").put("words", "配件未到").put("due_at", in(4));
            JsonNode extended = json(regulator.post(path + "/actions", off.toString()));
            assertThat(extended.get("overdue").booleanValue()).isFalse();
            assertThat(extended.get("escalated_to").isNull()).isTrue();
            assertThat(extended.get("first_due_at")).isEqualTo(sooner.get("due_at"));
            assertThat(extended.get("events").findValuesAsText("kind"))
                    .containsExactly("order_issue", "escalate", "order_extend");
            done(regulator.post(path + "/actions", action(extended, "withdraw", "重复下发")));
            assertThat(company.json(path).get("state").textValue()).isEqualTo("withdrawn");
        } finally {
            stage.ahead(-16 * MINUTE);
        }
    }

    @Test
    void anOrderJoinsTheCaseOfItsAlarmsAndTakesTheFreeOnesIntoIt() throws Exception {
        String inCase = alarm();
        String free = alarm();
        String settled = alarm();
        stage.database.run(
                "update hw.episode set handling = 'resolved', handled_by = 1, handled_at = now() where episode_id = '"
                        + settled + "'");
        JsonNode found = json(lead.post("/api/v1/cases", "{\"alarms\":[\"" + inCase + "\"],\"note\":\"x\"}"));
        ObjectNode given = order(3);
        given.putArray("alarms").add(inCase).add(free).add(settled);
        JsonNode issued = json(regulator.post("/api/v1/supervision", given.toString()));
        assertThat(issued.get("case_id")).isEqualTo(found.get("id"));
        assertThat(issued.get("alarm_rows")).hasSize(3);
        JsonNode joined = lead.json("/api/v1/cases/" + found.get("id"));
        assertThat(joined.get("alarm_rows"))
                .extracting(row -> row.get("id").textValue())
                .containsExactlyInAnyOrder(inCase, free);
        assertThat(joined.get("steps").get(4).get("order_id")).isEqualTo(issued.get("id"));
        assertThat(stage.database.column(
                        "select handling || coalesce(waits_for, '') from hw.episode where episode_id in ('" + free
                                + "', '" + settled + "') order by 1"))
                .containsExactly("resolved", "waitingcase");
        String path = path(issued);
        JsonNode answered = json(company.post(path + "/answer", answer(issued, "已整改")));
        done(regulator.post(path + "/actions", action(answered, "accept")));
        assertThat(lead.json("/api/v1/cases/" + found.get("id")).get("state").textValue())
                .as("others still owe something in it")
                .isEqualTo("open");
        assertThat(regulator
                        .json("/api/v1/supervision?case=" + found.get("id"))
                        .get("items")
                        .findValuesAsText("id"))
                .containsExactly(issued.get("id").asText());
    }

    @Test
    void onlyARegulatorOfItsPlaceSupervisesACompanyAndOnlyThatCompanyAnswers() throws Exception {
        refused(lead.post("/api/v1/supervision", order(3).toString()), 403, "not-allowed");
        refused(
                regulator.post(
                        "/api/v1/supervision", order(3).put("company_id", 2).toString()),
                404,
                "not-found");
        ObjectNode foreignAlarm = order(3);
        foreignAlarm.putArray("alarms").add(Stage.ALARM_2);
        refused(regulator.post("/api/v1/supervision", foreignAlarm.toString()), 404, "not-found");
        refused(regulator.post("/api/v1/supervision", order(-1).toString()), 422, "order-due");
        refused(regulator.post("/api/v1/supervision", order(367).toString()), 422, "order-due");
        ObjectNode nothing = order(3);
        nothing.putObject("figure")
                .put("indicator", "luck")
                .put("from", "2026-03-05")
                .put("to", "2026-03-05");
        refused(regulator.post("/api/v1/supervision", nothing.toString()), 400, "bad-value");
        JsonNode issued = json(regulator.post("/api/v1/supervision", order(3).toString()));
        String path = path(issued);
        refused(foreign.get(path), 404, "not-found");
        refused(foreign.post(path + "/answer", answer(issued, "not ours")), 404, "not-found");
        refused(regulator.post(path + "/answer", answer(issued, "not ours")), 403, "not-allowed");
        refused(company.post(path + "/actions", action(issued, "accept")), 403, "not-allowed");
        assertThat(foreign.json("/api/v1/supervision").get("items")).isEmpty();
        assertThat(company.json("/api/v1/supervision?status=open").get("items").findValuesAsText("id"))
                .contains(issued.get("id").asText());
    }

    private ObjectNode order(double days) {
        return Visitor.JSON
                .createObjectNode()
                .put("key", UUID.randomUUID().toString())
                .put("company_id", 1)
                .put("subject", "超速报警未处置")
                .put("words", "三月五日一起超速报警未处置，请说明并整改")
                .put("severity", 3)
                .put("due_at", in(days));
    }

    private String in(double days) {
        return Instant.ofEpochMilli(stage.clock.millis() + Math.round(days * DAY))
                .toString();
    }

    private static ObjectNode write(JsonNode seen) {
        return Visitor.JSON
                .createObjectNode()
                .put("key", UUID.randomUUID().toString())
                .put("revision", seen.get("revision").intValue());
    }

    private static String answer(JsonNode seen, String words) {
        return write(seen).put("words", words).toString();
    }

    private static String action(JsonNode seen, String action) {
        return action(seen, action, "");
    }

    private static String action(JsonNode seen, String action, String words) {
        return write(seen).put("action", action).put("words", words).toString();
    }

    private static String path(JsonNode order) {
        return "/api/v1/supervision/" + order.get("id").asText();
    }

    private String alarm() throws Exception {
        String id = UUID.randomUUID().toString();
        stage.database.run(
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id, "
                        + "started_at, ended_at, severity, evidence, measures, facts, points, stream_offset) values ('"
                        + id
                        + "', 1, 1, 'closed', 'speeding', 'v', 'vehicle:1', 1, 1, now() - interval '5 minutes', now(), 3, 'live', '{}', '{}', '[]', 6000)");
        return id;
    }
}

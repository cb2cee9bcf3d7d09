package io.haulwatch.console;

import static io.haulwatch.console.Answers.done;
import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Cases and appeals over HTTP: who owes what, what is overdue, who may see it, and what an accepted appeal changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CasesTest {
    private Stage stage;
    private Visitor lead;
    private Visitor agent;
    private Visitor company;
    private Visitor foreign;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        lead = Visitor.signedIn(stage.port(), "centre");
        agent = Visitor.signedIn(stage.port(), "agent");
        company = Visitor.signedIn(stage.port(), "company1");
        foreign = Visitor.signedIn(stage.port(), "company2");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void anEscalatedAlarmIsACaseWhoseStepsEachPartyDoesAndWhichClosesWithAConclusion() throws Exception {
        String alarm = alarm(4);
        done(agent.post("/api/v1/alarms/" + alarm + "/acts", "{\"kind\":\"escalate\",\"note\":\"连续三次\"}"));
        stage.ahead(5_500);
        await().until(() -> handling(alarm).equals("waiting"));
        String id = stage.database
                .column("select case_id from hw.case_alarm where episode_id = '" + alarm + "'")
                .getFirst();
        JsonNode made = lead.json("/api/v1/cases/" + id);
        assertThat(made.get("opened_by").textValue()).isEqualTo("何静");
        assertThat(made.get("events").get(0).get("note").textValue()).isEqualTo("连续三次");
        assertThat(made.get("steps").findValuesAsText("party"))
                .containsExactly("centre", "company", "driver", "centre");
        String path = "/api/v1/cases/" + id;

        refused(lead.post(path + "/close", "{\"conclusion\":\"x\"}"), 422, "case-steps-open");
        refused(agent.post(path + "/close", "{\"conclusion\":\"x\"}"), 403, "not-allowed");
        List<String> steps = made.get("steps").findValuesAsText("id");
        refused(
                company.post(path + "/steps/" + steps.getFirst() + "/done", "{\"result\":\"x\"}"),
                422,
                "step-of-another");
        done(company.post(path + "/steps/" + steps.get(1) + "/done", "{\"result\":\"已教育驾驶员\"}"));
        refused(company.post(path + "/steps/" + steps.get(1) + "/done", "{\"result\":\"again\"}"), 409, "step-done");
        for (int i : new int[] {0, 2, 3}) {
            done(agent.post(path + "/steps/" + steps.get(i) + "/done", "{\"result\":\"done\"}"));
        }
        assertThat(handling(alarm)).isEqualTo("waiting");
        JsonNode closed = json(lead.post(path + "/close", "{\"conclusion\":\"责任明确\"}"));
        assertThat(closed.get("state").textValue()).isEqualTo("closed");
        assertThat(closed.get("events").findValuesAsText("kind"))
                .containsExactly("open", "done", "done", "done", "done", "close");
        assertThat(handling(alarm)).isEqualTo("resolved");
        refused(
                agent.post(path + "/steps", "{\"party\":\"centre\",\"words\":\"x\",\"minutes\":5}"),
                409,
                "case-closed");
    }

    @Test
    void whatIsOverdueGoesOnceToWhomTheTableNames() throws Exception {
        String alarm = alarm(3);
        String id = open(alarm).get("id").asText();
        long minutes = 60_000;
        assertThat(lead.json("/api/v1/cases/" + id).get("escalated_to").isNull())
                .isTrue();
        stage.ahead(16 * minutes);
        try {
            await().until(() ->
                    !lead.json("/api/v1/cases/" + id).get("escalated_to").isNull());
            JsonNode first = lead.json("/api/v1/cases/" + id);
            assertThat(first.get("steps").findValuesAsText("escalated_to"))
                    .containsExactly("lead", "null", "null", "null");
            assertThat(first.get("steps").get(0).get("overdue").booleanValue()).isTrue();
            assertThat(stage.database.column(
                            "select kind || ' ' || note || ' ' || (user_id is null) from hw.case_event where case_id = "
                                    + id + " order by event_id"))
                    .containsExactly("open x false", "escalate verify: lead true");
            assertThat(lead.json("/api/v1/cases?escalated_to=lead").get("items").findValuesAsText("id"))
                    .contains(id);
            assertThat(lead.json("/api/v1/cases?escalated_to=regulator")
                            .get("items")
                            .findValuesAsText("id"))
                    .doesNotContain(id);
        } finally {
            stage.ahead(-16 * minutes);
        }
        assertThat(lead.json("/api/v1/cases/" + id)
                        .get("steps")
                        .get(0)
                        .get("overdue")
                        .booleanValue())
                .as("a clock that was set back moves no deadline")
                .isFalse();
    }

    @Test
    void aCaseIsOfOneCompanyAndSeenByNobodyElses() throws Exception {
        String own = alarm(2);
        refused(
                lead.post("/api/v1/cases", "{\"alarms\":[\"" + own + "\",\"" + Stage.ALARM_2 + "\"],\"note\":\"x\"}"),
                422,
                "case-one-company");
        String id = open(own).get("id").asText();
        refused(agent.post("/api/v1/cases", "{\"alarms\":[\"" + own + "\"],\"note\":\"x\"}"), 409, "alarm-waits");
        refused(
                lead.post("/api/v1/cases/" + id + "/alarms", "{\"alarms\":[\"" + Stage.ALARM_2 + "\"]}"),
                422,
                "case-one-company");
        String more = alarm(1);
        assertThat(json(agent.post("/api/v1/cases/" + id + "/alarms", "{\"alarms\":[\"" + more + "\"]}"))
                        .get("alarm_rows"))
                .hasSize(2);
        refused(foreign.get("/api/v1/cases/" + id), 404, "not-found");
        refused(foreign.post("/api/v1/cases/" + id + "/notes", "{\"note\":\"x\"}"), 404, "not-found");
        assertThat(foreign.json("/api/v1/cases").get("items")).isEmpty();
        assertThat(company.json("/api/v1/cases").get("items").findValuesAsText("id"))
                .contains(id);
        Visitor regulator = Visitor.signedIn(stage.port(), "regulator50");
        assertThat(regulator.json("/api/v1/cases/" + id).get("plate").textValue())
                .isEqualTo("渝B12345");
        refused(regulator.post("/api/v1/cases/" + id + "/notes", "{\"note\":\"x\"}"), 403, "not-allowed");
    }

    @Test
    void anAcceptedAppealTakesTheAlarmOutOfTheFiguresAndARejectedOnePutsItBack() throws Exception {
        String resolved = alarm(3);
        String fresh = alarm(3);
        done(agent.post("/api/v1/alarms/" + resolved + "/actions", "{\"kind\":\"acknowledge\",\"note\":\"x\"}"));
        String reason = "{\"reason\":\"该路段限速为 80，不是 60\"}";
        refused(foreign.post("/api/v1/alarms/" + resolved + "/appeal", reason), 404, "not-found");
        refused(agent.post("/api/v1/alarms/" + resolved + "/appeal", reason), 403, "not-allowed");
        int events = events();
        done(company.post("/api/v1/alarms/" + resolved + "/appeal", reason));
        done(company.post("/api/v1/alarms/" + fresh + "/appeal", reason));
        refused(company.post("/api/v1/alarms/" + fresh + "/appeal", reason), 409, "alarm-settled");
        assertThat(handling(resolved)).isEqualTo("appealed");
        assertThat(events())
                .as("a contested alarm counts until somebody has decided")
                .isEqualTo(events);

        String yes = "{\"accept\":true,\"note\":\"限速已更正\"}";
        refused(agent.post("/api/v1/alarms/" + resolved + "/appeal/decision", yes), 403, "not-allowed");
        assertThat(json(lead.post("/api/v1/alarms/" + resolved + "/appeal/decision", yes))
                        .get("accepted")
                        .booleanValue())
                .isTrue();
        assertThat(handling(resolved)).isEqualTo("overturned");
        assertThat(events()).isEqualTo(events - 1);
        refused(lead.post("/api/v1/alarms/" + resolved + "/appeal/decision", yes), 409, "alarm-settled");

        String no = "{\"accept\":false,\"note\":\"限速标志清晰\"}";
        done(lead.post("/api/v1/alarms/" + fresh + "/appeal/decision", no));
        assertThat(handling(fresh)).as("it was not handled, so it is due again").isEqualTo("new");
        done(agent.post("/api/v1/alarms/" + fresh + "/actions", "{\"kind\":\"acknowledge\",\"note\":\"x\"}"));
        done(company.post("/api/v1/alarms/" + fresh + "/appeal", reason));
        done(lead.post("/api/v1/alarms/" + fresh + "/appeal/decision", no));
        assertThat(handling(fresh)).as("it was handled, and is again").isEqualTo("resolved");
        JsonNode decided = company.json("/api/v1/appeals?status=decided").get("items");
        assertThat(decided.findValuesAsText("accepted")).containsExactly("false", "false", "true");
        assertThat(foreign.json("/api/v1/appeals").get("items")).isEmpty();
        assertThat(company.json("/api/v1/alarms/" + resolved).get("actions").findValuesAsText("kind"))
                .containsExactly("ack", "appeal", "accept_appeal");
    }

    @Test
    void aCompanyWithOpenCasesIsNotRetiredButSaysWhatIsOpenAndGoesOnceThatIsSettledWithNothingLost() throws Exception {
        Visitor admin = Visitor.signedIn(stage.port(), "admin");
        stage.database.run(
                "insert into hw.company (company_id, name, adcode) values (9, '远航物流', '500112')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class, retired_at)"
                        + " values (90, 9, '渝C00090', 2, 'GENERAL', now())",
                "insert into hw.app_user (username, password_hash, display_name, role, scope) select 'company9', password_hash, '吴刚',"
                        + " 'company', 'company:9' from hw.app_user where username = 'admin'",
                "insert into hw.receiver (kind, of_centre, name, address, company_ids, events, least_severity, language, made_by, made_at)"
                        + " values ('email', false, '远航', 'a@b.example', '{9}', '{alarm}', 1, 'en', 1, now())",
                "insert into hw.delivery (delivery_id, receiver_id, company_id, event, object, body, made_at, counts_from, next_at)"
                        + " select gen_random_uuid(), receiver_id, 9, 'alarm', 'x', '{}', now(), now(), '2100-01-01' from hw.receiver"
                        + " where name = '远航'");
        Visitor manager = Visitor.signedIn(stage.port(), "company9");
        String inCase = alarm(9, 90, 3);
        String noticed = alarm(9, 90, 2);
        String contested = alarm(9, 90, 2);
        String untouched = alarm(9, 90, 1);
        String id = json(lead.post("/api/v1/cases", "{\"alarms\":[\"" + inCase + "\"],\"note\":\"x\"}"))
                .get("id")
                .asText();
        done(lead.post(
                "/api/v1/alarms/" + noticed + "/acts",
                "{\"kind\":\"notice\",\"words\":\"请答复\",\"minutes\":null,\"note\":\"\"}"));
        stage.ahead(5_500);
        await().until(() -> handling(noticed).equals("waiting"));
        done(manager.post("/api/v1/alarms/" + contested + "/appeal", "{\"reason\":\"报警的不是本车\"}"));

        JsonNode refusal = Visitor.JSON.readTree(
                refused(admin.post("/api/v1/register/companies/9/retire", "{}"), 422, "company-open-work"));
        assertThat(refusal.get("cases").asText()).isEqualTo("#" + id);
        assertThat(List.of(
                        refusal.get("alarms").intValue(),
                        refusal.get("notices").intValue(),
                        refusal.get("appeals").intValue()))
                .containsExactly(2, 1, 1);
        assertThat(refusal.get("detail").textValue())
                .contains("1 cases (#" + id + "), 2 alarms", "Close the cases, settle the alarms");
        assertThat(stage.database.column("select retired_at is null from hw.company where company_id = 9"))
                .containsExactly("t");

        JsonNode notice = manager.json("/api/v1/notices").at("/items/0/id");
        done(manager.post("/api/v1/notices/" + notice.asText() + "/answer", "{\"answer\":\"已处理\"}"));
        done(lead.post("/api/v1/alarms/" + noticed + "/actions", "{\"kind\":\"acknowledge\",\"note\":\"x\"}"));
        done(lead.post("/api/v1/alarms/" + contested + "/appeal/decision", "{\"accept\":true,\"note\":\"x\"}"));
        for (String step : lead.json("/api/v1/cases/" + id).get("steps").findValuesAsText("id")) {
            done(lead.post("/api/v1/cases/" + id + "/steps/" + step + "/done", "{\"result\":\"x\"}"));
        }
        refused(admin.post("/api/v1/register/companies/9/retire", "{}"), 422, "company-open-work");
        done(lead.post("/api/v1/cases/" + id + "/close", "{\"conclusion\":\"企业注销\"}"));
        assertThat(admin.post("/api/v1/register/companies/9/retire", "{}").statusCode())
                .isEqualTo(204);

        assertThat(lead.json("/api/v1/cases/" + id).get("events").findValuesAsText("kind"))
                .as("its case can be read as before")
                .contains("open", "done", "close");
        assertThat(lead.json("/api/v1/alarms?company=9&status=all").get("items"))
                .hasSize(4);
        assertThat(handling(untouched))
                .as("what nobody took up waits at the desk")
                .isEqualTo("new");
        done(lead.post("/api/v1/alarms/" + untouched + "/actions", "{\"kind\":\"acknowledge\",\"note\":\"企业已注销\"}"));
        assertThat(stage.database.column("select state from hw.delivery where company_id = 9 and object = 'x'"))
                .as("a message that waits still goes out")
                .containsExactly("waiting");
        assertThat(stage.database.column("select count(*) from hw.notice where company_id = 9 and answer is not null"))
                .containsExactly("1");
    }

    /** Alarms of the driver as the company's page counts them. */
    private int events() throws IOException, InterruptedException {
        return company.json("/api/v1/companies/1/risk")
                .get("drivers")
                .get(0)
                .get("events")
                .intValue();
    }

    private JsonNode open(String alarm) throws Exception {
        return json(agent.post("/api/v1/cases", "{\"alarms\":[\"" + alarm + "\"],\"note\":\"x\"}"));
    }

    private String alarm(int severity) throws Exception {
        return alarm(1, 1, severity);
    }

    private String alarm(int companyId, int vehicleId, int severity) throws Exception {
        String id = UUID.randomUUID().toString();
        stage.database.run(
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id, "
                        + "started_at, ended_at, severity, evidence, measures, facts, points, stream_offset) values ('"
                        + id
                        + "', " + companyId + ", 1, 'closed', 'speeding', 'v', 'vehicle:" + vehicleId + "', "
                        + vehicleId
                        + ", 1, now() - interval '5 minutes', now(), "
                        + severity + ", 'live', '{}', '{}', '[]', 6000)");
        return id;
    }

    private String handling(String id) throws Exception {
        return stage.database
                .column("select handling from hw.episode where episode_id = '" + id + "'")
                .getFirst();
    }
}

package io.haulwatch.console;

import static io.haulwatch.console.Answers.done;
import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The end of a shift over HTTP: what goes where, and who says to have read it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShiftTest {
    private Stage stage;
    private Visitor agent;
    private Visitor spare;
    private Visitor lead;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        agent = Visitor.signedIn(stage.port(), "agent");
        spare = Visitor.signedIn(stage.port(), "spare");
        lead = Visitor.signedIn(stage.port(), "centre");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void anAgentSeesWhatHeHoldsHandsItToAColleagueAndTheColleagueSaysThatHeHasReadTheNote() throws Exception {
        String claimed = alarm(3);
        String noticed = alarm(2);
        String doubted = alarm(3);
        String escalated = alarm(4);
        act(noticed, "{\"kind\":\"notice\",\"words\":\"请答复\",\"minutes\":null,\"note\":\"\"}");
        act(doubted, "{\"kind\":\"false\",\"reason\":\"wrong_limit\",\"note\":\"x\"}");
        act(escalated, "{\"kind\":\"escalate\",\"note\":\"x\"}");
        stage.ahead(5_500);
        await().until(() -> column("select count(*) from hw.episode where handling = 'waiting'")
                .equals("3"));
        done(agent.post("/api/v1/alarms/" + claimed + "/claim", "{}"));

        JsonNode shift = agent.json("/api/v1/desk/shift");
        JsonNode holds = shift.get("holds");
        assertThat(holds.get("claims").findValuesAsText("id")).containsExactly(claimed);
        assertThat(holds.get("notices").findValuesAsText("id")).containsExactly(noticed);
        assertThat(holds.get("second_person").findValuesAsText("id")).containsExactly(doubted);
        assertThat(holds.get("cases")).hasSize(1);
        assertThat(shift.get("colleagues").findValuesAsText("name"))
                .as("who works at the desk and sees what he sees")
                .containsExactlyInAnyOrder("管理员", "周岚", "备用");
        int to = id("spare");
        refused(
                agent.post("/api/v1/desk/handovers", "{\"note\":\"x\",\"to\":" + id("company1") + "}"),
                422,
                "no-colleague");
        refused(agent.post("/api/v1/desk/handovers", "{\"note\":\" \"}"), 400, "bad-value");

        JsonNode note = json(agent.post("/api/v1/desk/handovers", "{\"note\":\"渝B12345 等待企业答复\",\"to\":" + to + "}"));
        assertThat(note.get("held").get("claims").findValuesAsText("id")).containsExactly(claimed);
        assertThat(column("select held_by from hw.episode where episode_id = '" + claimed + "'"))
                .isEqualTo(Integer.toString(to));
        assertThat(column("select kind from hw.episode_action where episode_id = '" + claimed
                        + "' order by action_id desc limit 1"))
                .isEqualTo("hand_over");
        assertThat(agent.json("/api/v1/desk/shift").at("/holds/claims")).isEmpty();

        JsonNode begin = spare.json("/api/v1/desk/shift");
        assertThat(begin.at("/unread/0/note").textValue()).isEqualTo("渝B12345 等待企业答复");
        assertThat(begin.at("/unread/0/from").textValue()).isEqualTo("何静");
        String path = "/api/v1/desk/handovers/" + note.get("id").asText() + "/read";
        refused(agent.post(path, "{}"), 422, "handover-of-another");
        refused(lead.post(path, "{}"), 422, "handover-of-another");
        assertThat(json(spare.post(path, "{}")).get("read_by").textValue()).isEqualTo("备用");
        refused(spare.post(path, "{}"), 409, "handover-read");
        assertThat(spare.json("/api/v1/desk/shift").get("unread")).isEmpty();
        JsonNode history = agent.json("/api/v1/desk/handovers").at("/items/0");
        assertThat(history.get("read_by").textValue()).isEqualTo("备用");
        assertThat(history.get("read_at").isNull()).isFalse();
        assertThat(column("select string_agg(action, ' ' order by audit_id) from hw.audit where object = 'handover:"
                        + note.get("id").asText() + "'"))
                .isEqualTo("desk.hand_over desk.take_over");
    }

    @Test
    void withoutAColleagueClaimsGoBackToTheQueueAndWhoeverComesNextReadsTheNote() throws Exception {
        String claimed = alarm(4);
        done(spare.post("/api/v1/alarms/" + claimed + "/claim", "{}"));
        JsonNode note = json(spare.post("/api/v1/desk/handovers", "{\"note\":\"夜班平静\"}"));
        assertThat(column("select handling from hw.episode where episode_id = '" + claimed + "'"))
                .isEqualTo("new");
        JsonNode everywhere = json(lead.post("/api/v1/desk/handovers", "{\"note\":\"蓉通有事\"}"));
        assertThat(agent.json("/api/v1/desk/shift").get("unread").findValuesAsText("note"))
                .as("a note of one who sees more may speak of what an agent must not know")
                .contains("夜班平静")
                .doesNotContain("蓉通有事");
        refused(
                agent.post("/api/v1/desk/handovers/" + everywhere.get("id").asText() + "/read", "{}"),
                404,
                "not-found");
        assertThat(lead.json("/api/v1/desk/shift").get("unread").findValuesAsText("id"))
                .contains(note.get("id").asText());
        done(agent.post("/api/v1/desk/handovers/" + note.get("id").asText() + "/read", "{}"));
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        refused(company.get("/api/v1/desk/handovers"), 403, "not-allowed");
    }

    private void act(String alarm, String content) throws Exception {
        done(agent.post("/api/v1/alarms/" + alarm + "/acts", content));
    }

    private int id(String username) throws Exception {
        return Integer.parseInt(column("select user_id from hw.app_user where username = '" + username + "'"));
    }

    private String column(String sql) throws Exception {
        return stage.database.column(sql).getFirst();
    }

    private String alarm(int severity) throws Exception {
        String id = UUID.randomUUID().toString();
        stage.database.run(
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id, "
                        + "started_at, ended_at, severity, evidence, measures, facts, points, stream_offset) values ('"
                        + id
                        + "', 1, 1, 'closed', 'speeding', 'v', 'vehicle:1', 1, 1, now() - interval '5 minutes', now(), "
                        + severity + ", 'live', '{}', '{}', '[]', 7000)");
        return id;
    }
}

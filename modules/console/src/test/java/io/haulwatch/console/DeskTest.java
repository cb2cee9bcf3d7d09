package io.haulwatch.console;

import static io.haulwatch.console.Answers.done;
import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.handling.Handling;
import io.haulwatch.console.handling.Step;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The alarm desk over HTTP: who has what, what takes effect when, and what happens when two do it at once or the clock is set. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskTest {
    private static final String TEXT = "{\"kind\":\"text\",\"text\":\"请减速\",\"note\":\"看到\"}";
    private static final String NOTICE = "{\"kind\":\"notice\",\"words\":\"请核实并教育驾驶员\",\"minutes\":5,\"note\":\"看到\"}";
    private static final String FALSE = "{\"kind\":\"false\",\"reason\":\"position_drift\",\"note\":\"看到\"}";
    private static final int EFFECT = 5_500;
    private static final int HOUR = 3_600_000;

    private Stage stage;
    private Visitor lead;
    private Visitor agent;
    private Visitor spare;
    private Visitor company;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        lead = Visitor.signedIn(stage.port(), "centre");
        agent = Visitor.signedIn(stage.port(), "agent");
        spare = Visitor.signedIn(stage.port(), "spare");
        company = Visitor.signedIn(stage.port(), "company1");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void theQueueBeginsWithTheHeaviestAndThenWithWhatIsDueFirstAndLosesNothingBetweenPages() throws Exception {
        List<String> wanted = new ArrayList<>();
        for (int severity = 4; severity >= 1; severity--) {
            for (int minutes : new int[] {3, 2, 1}) {
                wanted.add(alarm(2, 3, severity, "cum24", minutes));
            }
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = lead.json("/api/v1/desk?rule=cum24&limit=5" + cursor);
            page.get("items").forEach(row -> seen.add(row.get("id").textValue()));
            assertThat(page.get("counts").toString()).isEqualTo("{\"1\":3,\"2\":3,\"3\":3,\"4\":3}");
            if (page.get("next_cursor").isNull()) {
                break;
            }
            cursor = "&cursor=" + page.get("next_cursor").textValue();
        }
        // What nobody waits for is in no order but its own.
        assertThat(seen.subList(0, 9)).isEqualTo(wanted.subList(0, 9));
        assertThat(seen.subList(9, 12)).containsExactlyInAnyOrderElementsOf(wanted.subList(9, 12));
        JsonNode first =
                lead.json("/api/v1/desk?rule=cum24&limit=1").get("items").get(0);
        assertThat(first.get("desk").get("duty").textValue()).isEqualTo("ack");
        assertThat(due(wanted.getFirst())).isEqualTo(opened(wanted.getFirst()) + 120_000);
        assertThat(lead.json("/api/v1/desk?rule=cum24&severity=1")
                        .get("items")
                        .get(0)
                        .get("desk")
                        .get("due_at")
                        .isNull())
                .isTrue();
        assertThat(agent.json("/api/v1/desk?rule=cum24").get("items")).isEmpty();
    }

    @Test
    void ofTwoWhoTakeAnAlarmAtOnceOneHasItAndTheOtherSeesWho() throws Exception {
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 5; i++) {
                String id = alarm(1, 1, 3, "papers", 1);
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<HttpResponse<String>>> answers = new ArrayList<>();
                for (Visitor each : List.of(agent, spare)) {
                    Callable<HttpResponse<String>> claim = () -> {
                        together.await();
                        return each.post("/api/v1/alarms/" + id + "/claim", "{}");
                    };
                    answers.add(both.submit(claim));
                }
                HttpResponse<String> one = answers.getFirst().get();
                HttpResponse<String> other = answers.getLast().get();
                assertThat(List.of(one.statusCode(), other.statusCode())).containsExactlyInAnyOrder(200, 409);
                boolean agentWon = one.statusCode() == 200;
                assertThat((agentWon ? other : one).body())
                        .contains("alarm-held")
                        .contains(agentWon ? "holder=何静" : "holder=备用");
                assertThat(trail(id)).containsExactly("claim");
                assertThat(state(lead, id).get("holder").get("name").textValue())
                        .isEqualTo(agentWon ? "何静" : "备用");
                assertThat(stage.database.column(
                                "select count(*) from hw.audit where action = 'alarm.claim' and object = 'alarm:" + id
                                        + "'"))
                        .containsExactly("1");
            }
        }
    }

    @Test
    void aClaimWithoutAnActRunsOutAfterAMinuteUnlessItIsRenewed() throws Exception {
        String id = alarm(1, 1, 3, "papers", 1);
        done(agent.post("/api/v1/alarms/" + id + "/claim", "{}"));
        stage.ahead(40_000);
        done(agent.post("/api/v1/alarms/" + id + "/claim", "{}"));
        stage.ahead(40_000);
        refused(spare.post("/api/v1/alarms/" + id + "/claim", "{}"), 409, "alarm-held");
        stage.ahead(30_000);
        await().until(() -> handling(id).equals("new"));
        assertThat(trail(id)).containsExactly("claim", "expire");
        done(spare.post("/api/v1/alarms/" + id + "/claim", "{}"));
        done(agent.post("/api/v1/alarms/" + id + "/release", "{}"));
        assertThat(handling(id)).as("somebody else's claim is not given back").isEqualTo("claimed");
        done(spare.post("/api/v1/alarms/" + id + "/release", "{}"));
        assertThat(handling(id)).isEqualTo("new");
        assertThat(due(id)).as("whoever looks puts nothing off").isEqualTo(opened(id) + 300_000);
    }

    @Test
    void aTextReachesTheGatewayOnlyWhenItCannotBeUndoneAnyMoreAndShowsWhatBecameOfIt() throws Exception {
        String id = alarm(1, 1, 3, "speeding", 1);
        JsonNode begun = json(agent.post("/api/v1/alarms/" + id + "/acts", TEXT));
        assertThat(begun.get("handling").textValue()).isEqualTo("acting");
        assertThat(begun.get("act").get("by").textValue()).isEqualTo("何静");
        assertThat(commands(id)).isEmpty();
        refused(spare.post("/api/v1/alarms/" + id + "/acts", TEXT), 409, "alarm-held");
        refused(agent.post("/api/v1/alarms/" + id + "/acts", TEXT), 409, "alarm-acting");

        stage.ahead(EFFECT);
        await().until(() -> handling(id).equals("resolved"));
        UUID command = UUID.fromString(commands(id).getFirst());
        await().until(() -> stage.ports.submitted().contains(command));
        assertThat(contact(id).get("command_state").textValue()).isEqualTo("queued");
        stage.database.run("update hw.command set state = 'acknowledged' where command_id = '" + command + "'");
        assertThat(contact(id).get("command_state").textValue()).isEqualTo("acknowledged");
        assertThat(trail(id)).containsExactly("begin", "text");
        assertThat(stage.database.column(
                        "select handled_by = (select user_id from hw.app_user where username = 'agent') "
                                + "from hw.episode where episode_id = '" + id + "'"))
                .containsExactly("t");
    }

    @Test
    void whatIsUndoneInTimeHasNeverHappened() throws Exception {
        String id = alarm(1, 1, 2, "speeding", 1);
        long act = json(agent.post("/api/v1/alarms/" + id + "/acts", TEXT))
                .get("act")
                .get("id")
                .longValue();
        refused(spare.post("/api/v1/acts/" + act + "/undo", "{}"), 422, "act-of-another");
        done(agent.post("/api/v1/acts/" + act + "/undo", "{}"));
        assertThat(state(agent, id).get("holder").get("name").textValue()).isEqualTo("何静");
        stage.ahead(EFFECT);
        String later = alarm(1, 1, 2, "speeding", 1);
        done(spare.post("/api/v1/alarms/" + later + "/acts", FALSE));
        stage.ahead(EFFECT);
        await().until(() -> handling(later).equals("false"));
        assertThat(commands(id)).isEmpty();
        assertThat(trail(id)).containsExactly("begin", "undo");
    }

    @Test
    void anUndoAfterSomebodyElseActedSaysWhoAndWhat() throws Exception {
        String heavy = alarm(1, 1, 3, "speeding", 1);
        long act = json(agent.post("/api/v1/alarms/" + heavy + "/acts", FALSE))
                .get("act")
                .get("id")
                .longValue();
        stage.ahead(EFFECT);
        await().until(() -> handling(heavy).equals("waiting"));
        refused(agent.post("/api/v1/acts/" + act + "/undo", "{}"), 409, "undo-too-late");
        done(lead.post("/api/v1/alarms/" + heavy + "/decision", "{\"approve\":true}"));
        assertThat(refused(agent.post("/api/v1/acts/" + act + "/undo", "{}"), 409, "undo-overtaken"))
                .contains("周岚")
                .contains("approve");

        String taken = alarm(1, 1, 3, "speeding", 1);
        long text = json(agent.post("/api/v1/alarms/" + taken + "/acts", TEXT))
                .get("act")
                .get("id")
                .longValue();
        refused(spare.post("/api/v1/alarms/" + taken + "/claim", "{\"take_over\":true}"), 403, "not-allowed");
        done(lead.post("/api/v1/alarms/" + taken + "/claim", "{\"take_over\":true}"));
        assertThat(refused(agent.post("/api/v1/acts/" + text + "/undo", "{}"), 409, "undo-overtaken"))
                .contains("周岚")
                .contains("take_over");
        stage.ahead(EFFECT);
        assertThat(commands(taken)).isEmpty();
        assertThat(handling(taken)).isEqualTo("claimed");
    }

    @Test
    void aHeavyFalseAlarmTakesASecondPersonAndALightOneDoesNot() throws Exception {
        String light = alarm(1, 1, 2, "speeding", 1);
        String heavy = alarm(1, 1, 4, "speeding", 1);
        done(lead.post("/api/v1/alarms/" + light + "/acts", FALSE));
        done(lead.post("/api/v1/alarms/" + heavy + "/acts", FALSE));
        stage.ahead(EFFECT);
        await().until(() -> handling(light).equals("false") && handling(heavy).equals("waiting"));
        assertThat(state(lead, heavy).get("waits_for").textValue()).isEqualTo("second_person");
        refused(lead.post("/api/v1/alarms/" + heavy + "/decision", "{\"approve\":true}"), 422, "alarm-second-person");
        refused(agent.post("/api/v1/alarms/" + heavy + "/decision", "{\"approve\":false}"), 422, "note-needed");
        assertThat(ids(lead.json("/api/v1/desk?severity=4&limit=200"))).doesNotContain(heavy);
        assertThat(ids(agent.json("/api/v1/desk?severity=4&limit=200"))).contains(heavy);
        done(agent.post("/api/v1/alarms/" + heavy + "/decision", "{\"approve\":false,\"note\":\"轨迹连续\"}"));
        assertThat(handling(heavy)).isEqualTo("new");
        assertThat(trail(heavy)).containsExactly("begin", "false_position_drift", "reject");
    }

    @Test
    void aCriticalAlarmIsActedOnWithANoteAndNeverTogetherWithOthers() throws Exception {
        String critical = alarm(1, 1, 4, "fatigue", 1);
        String one = alarm(1, 1, 2, "fatigue", 1);
        String two = alarm(1, 1, 3, "fatigue", 1);
        String other = alarm(1, 2, 2, "fatigue", 1);
        refused(
                agent.post("/api/v1/alarms/" + critical + "/acts", "{\"kind\":\"text\",\"text\":\"请减速\"}"),
                422,
                "note-needed");
        JsonNode rows = json(agent.post("/api/v1/desk/bulk", bulk(TEXT, critical, one, two)))
                .get("rows");
        assertThat(rows.findValuesAsText("outcome")).containsExactlyInAnyOrder("refused", "begun", "begun");
        rows.forEach(row -> assertThat(row.get("id").textValue().equals(critical))
                .isEqualTo(row.get("why").asText().equals("critical")));
        refused(agent.post("/api/v1/desk/bulk", bulk(TEXT, two, other)), 422, "bulk-not-one-kind");
        refused(agent.post("/api/v1/desk/bulk", bulk(TEXT, one, Stage.ALARM_2)), 404, "not-found");

        long act = state(agent, one).get("act").get("id").longValue();
        assertThat(json(agent.post("/api/v1/acts/" + act + "/undo", "{}")).get("undone"))
                .as("what was begun together is undone together")
                .hasSize(2);
        assertThat(handling(two)).isEqualTo("claimed");

        String school = alarm(1, 1, 2, "speeding", 1);
        String same = alarm(1, 2, 2, "speeding", 1);
        String elsewhere = alarm(1, 2, 2, "speeding", 1);
        stage.database.run(
                "update hw.episode set facts = '{\"zone_id\":\"7\"}' where episode_id in ('" + school + "', '" + same
                        + "')",
                "update hw.episode set facts = '{\"zone_id\":\"8\"}' where episode_id = '" + elsewhere + "'");
        refused(agent.post("/api/v1/desk/bulk", bulk(FALSE, school, elsewhere)), 422, "bulk-not-one-kind");
        assertThat(json(agent.post("/api/v1/desk/bulk", bulk(FALSE, school, same)))
                        .get("rows")
                        .findValuesAsText("outcome"))
                .containsExactly("begun", "begun");
    }

    @Test
    void aCompanySeesItsNoticeAnswersItOnceAndALateAnswerIsCalledLate() throws Exception {
        String id = alarm(1, 1, 3, "papers", 1);
        done(agent.post("/api/v1/alarms/" + id + "/acts", NOTICE));
        stage.ahead(EFFECT);
        await().until(() -> handling(id).equals("waiting"));
        JsonNode notice =
                company.json("/api/v1/notices?status=open").get("items").get(0);
        assertThat(notice.get("words").textValue()).contains("核实");
        assertThat(notice.get("overdue").booleanValue()).isFalse();
        Visitor foreign = Visitor.signedIn(stage.port(), "company2");
        assertThat(foreign.json("/api/v1/notices").get("items")).isEmpty();
        String answer = "/api/v1/notices/" + notice.get("id").asText() + "/answer";
        refused(foreign.post(answer, "{\"answer\":\"不是我们的\"}"), 404, "not-found");
        refused(agent.post(answer, "{\"answer\":\"代答\"}"), 403, "not-allowed");
        assertThat(ids(agent.json("/api/v1/desk?rule=papers&limit=200"))).doesNotContain(id);

        stage.ahead(6 * 60_000);
        assertThat(company.json("/api/v1/notices?status=open")
                        .get("items")
                        .get(0)
                        .get("overdue")
                        .booleanValue())
                .isTrue();
        assertThat(ids(agent.json("/api/v1/desk?rule=papers&limit=200")))
                .as("a company that is silent comes back to the desk")
                .contains(id);
        done(company.post(answer, "{\"answer\":\"已停驶，明天换证\"}"));
        refused(company.post(answer, "{\"answer\":\"再说一次\"}"), 409, "notice-answered");
        assertThat(state(agent, id).get("waits_for").textValue()).isEqualTo("centre");
        assertThat(company.json("/api/v1/notices?status=answered")
                        .get("items")
                        .get(0)
                        .get("overdue")
                        .booleanValue())
                .isTrue();
        done(agent.post("/api/v1/alarms/" + id + "/actions", "{\"kind\":\"acknowledge\",\"note\":\"已核实\"}"));
        assertThat(trail(id)).containsExactly("begin", "notice", "answer", "ack");
    }

    @Test
    void aClockThatIsSetMovesNoDeadlineAndLosesNothing() throws Exception {
        String waits = alarm(1, 1, 3, "speeding", 1);
        String held = alarm(1, 1, 3, "speeding", 1);
        String begun = alarm(1, 1, 2, "speeding", 1);
        long due = due(waits);
        done(agent.post("/api/v1/alarms/" + held + "/claim", "{}"));
        done(agent.post("/api/v1/alarms/" + begun + "/acts", FALSE));
        stage.ahead(-HOUR);
        try {
            // The claim reaches further than one can, and so does the time for undoing: neither lasts an hour.
            await().until(() -> handling(held).equals("new") && handling(begun).equals("false"));
            assertThat(trail(held)).containsExactly("claim", "expire");
            assertThat(due(waits)).isEqualTo(due);
        } finally {
            stage.ahead(HOUR);
        }
        stage.ahead(HOUR / 4);
        try {
            JsonNode row = StreamSupport.stream(
                            agent.json("/api/v1/desk?rule=speeding&severity=3&limit=200")
                                    .get("items")
                                    .spliterator(),
                            false)
                    .filter(each -> each.get("id").textValue().equals(waits))
                    .findFirst()
                    .orElseThrow();
            assertThat(Instant.parse(row.get("desk").get("due_at").textValue())).isBefore(stage.clock.instant());
            assertThat(due(waits)).isEqualTo(due);
        } finally {
            stage.ahead(-HOUR / 4);
        }
    }

    @Test
    void whatWasBegunBeforeARestartTakesEffectAfterIt() throws Exception {
        Stage first = new Stage();
        try {
            done(Visitor.signedIn(first.port(), "admin").post("/api/v1/alarms/" + Stage.ALARM_2 + "/acts", TEXT));
            first.console.close();
            first.ahead(EFFECT);
            try (Console second = Console.start(
                    ConsoleOptions.plain("127.0.0.1", 0, "test"),
                    first.ports.ports(),
                    first.database.databases(),
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                    first.clock)) {
                await().until(() -> first.database
                        .column("select handling from hw.episode where episode_id = '" + Stage.ALARM_2 + "'")
                        .equals(List.of("resolved")));
                assertThat(second.port()).isNotEqualTo(first.port());
            }
            assertThat(first.database.column("select kind from hw.command where vehicle_id = 3 and kind = 'TEXT'"))
                    .hasSize(1);
        } finally {
            first.database.close();
        }
    }

    @Test
    void anActThatCannotTakeEffectGivesTheAlarmBack() throws Exception {
        String id = alarm(1, 2, 3, "speeding", 1);
        done(agent.post("/api/v1/alarms/" + id + "/acts", TEXT));
        stage.database.run("update hw.vehicle set retired_at = now() where vehicle_id = 2");
        try {
            stage.ahead(EFFECT);
            await().until(() -> handling(id).equals("new"));
            assertThat(trail(id)).containsExactly("begin", "fail");
            assertThat(commands(id)).isEmpty();
            refused(agent.post("/api/v1/alarms/" + id + "/acts", TEXT), 422, "truck-gone");
        } finally {
            stage.database.run("update hw.vehicle set retired_at = null where vehicle_id = 2");
        }
    }

    /** Every state against every call, so that no route goes by another table. */
    @Test
    void everyCallIsAnsweredAsTheTableOfStepsSays() throws Exception {
        List<Try> tries = new ArrayList<>();
        for (Handling state : Handling.values()) {
            tries.add(new Try(state, Step.CLAIM, "/claim", "{}", UUID.randomUUID()));
            tries.add(new Try(state, Step.BEGIN, "/acts", TEXT, UUID.randomUUID()));
            tries.add(new Try(state, Step.APPROVE, "/decision", "{\"approve\":true}", UUID.randomUUID()));
            String no = "{\"approve\":false,\"note\":\"x\"}";
            tries.add(new Try(state, Step.REJECT, "/decision", no, UUID.randomUUID()));
            String note = "{\"kind\":\"acknowledge\",\"note\":\"x\"}";
            tries.add(new Try(state, Step.ACKNOWLEDGE, "/actions", note, UUID.randomUUID()));
        }
        stage.database.run(tries.stream()
                .map(each -> insert(each.id.toString(), 2, 3, 3, "fatigue_night", 1, each.state))
                .toArray(String[]::new));
        for (Try each : tries) {
            int status = lead.post("/api/v1/alarms/" + each.id + each.path, each.body)
                    .statusCode();
            assertThat(status)
                    .as(each.toString())
                    .isIn(each.step.isOpenTo(each.state) ? Set.of(200, 201) : Set.of(409));
        }
        List<String> after =
                stage.database.column("select e.episode_id || ' ' || handling || ' ' || coalesce(waits_for, '') || ' ' "
                        + "|| (select count(*) from hw.episode_action a where a.episode_id = e.episode_id) "
                        + "from hw.episode e where rule = 'fatigue_night'");
        for (Try each : tries) {
            String[] row = after.stream()
                    .filter(one -> one.startsWith(each.id.toString()))
                    .findFirst()
                    .orElseThrow()
                    .split(" ", -1);
            Handling now = Handling.of(row[1], row[2].isEmpty() ? null : row[2]);
            if (each.step.isOpenTo(each.state)) {
                assertThat(each.step.leads(each.state, now))
                        .as("%s to %s", each, now)
                        .isTrue();
                assertThat(row[3]).as(each.toString()).isEqualTo("1");
            } else {
                assertThat(now).as(each.toString()).isEqualTo(each.state);
                assertThat(row[3]).as(each.toString()).isEqualTo("0");
            }
        }
    }

    /** A call on an alarm in a state. */
    private record Try(Handling state, Step step, String path, String body, UUID id) {}

    @Test
    void anAdministratorSetsADeadlineAndWhatComesThenGoesByIt() throws Exception {
        Visitor admin = Visitor.signedIn(stage.port(), "admin");
        String before = alarm(1, 1, 2, "card_change_moving", 1);
        String change = "{\"duty\":\"ack\",\"severity\":2,\"limit_s\":900,\"escalates_to\":\"manager\"}";
        refused(lead.send("PATCH", "/api/v1/desk/duties", change), 403, "not-allowed");
        refused(admin.send("PATCH", "/api/v1/desk/duties", change.replace("900", "0")), 400, "bad-value");
        done(admin.send("PATCH", "/api/v1/desk/duties", change));
        try {
            String after = alarm(1, 1, 2, "card_change_moving", 1);
            assertThat(due(after)).isEqualTo(opened(after) + 900_000);
            assertThat(due(before)).isEqualTo(opened(before) + 600_000);
            stage.database.run("update hw.episode set severity = 4 where episode_id = '" + after + "'");
            assertThat(due(after))
                    .as("a severity that rises unseen shortens the time")
                    .isEqualTo(opened(after) + 120_000);
            JsonNode limits = lead.json("/api/v1/desk/duties").get("limits");
            assertThat(limits).hasSize(24);
        } finally {
            done(admin.send(
                    "PATCH", "/api/v1/desk/duties", change.replace("900", "600").replace("manager", "lead")));
        }
    }

    /** An alarm that the platform got some minutes ago. */
    private String alarm(int company, int vehicle, int severity, String rule, int minutesAgo) throws Exception {
        String id = UUID.randomUUID().toString();
        stage.database.run(insert(id, company, vehicle, severity, rule, minutesAgo, Handling.NEW));
        return id;
    }

    private static String insert(
            String id, int company, int vehicle, int severity, String rule, int minutesAgo, Handling state) {
        return "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id, "
                + "started_at, ended_at, opened_at, severity, evidence, measures, facts, points, stream_offset, handling, waits_for) "
                + "values ('" + id + "', " + company + ", 1, 'open', '" + rule + "', 'v', 'vehicle:" + vehicle + "', "
                + vehicle + ", null, now() - interval '" + minutesAgo + " minutes', now(), now() - interval '"
                + minutesAgo + " minutes', " + severity + ", 'live', '{\"limit_decikmh\":800}', '{}', '[]', 5000, '"
                + state.word() + "', "
                + (state.waitsFor() == null ? "null" : "'" + state.waitsFor() + "'") + ")";
    }

    private String one(String column, String id) throws Exception {
        return stage.database
                .column("select " + column + " from hw.episode where episode_id = '" + id + "'")
                .getFirst();
    }

    private String handling(String id) throws Exception {
        return one("handling", id);
    }

    private long due(String id) throws Exception {
        return Math.round(Double.parseDouble(one("extract(epoch from due_at) * 1000", id)));
    }

    private long opened(String id) throws Exception {
        return Math.round(Double.parseDouble(one("extract(epoch from opened_at) * 1000", id)));
    }

    private List<String> trail(String id) throws Exception {
        return stage.database.column(
                "select kind from hw.episode_action where episode_id = '" + id + "' order by action_id");
    }

    private List<String> commands(String id) throws Exception {
        return stage.database.column(
                "select command_id from hw.desk_act where episode_id = '" + id + "' and command_id is not null");
    }

    private JsonNode contact(String id) throws IOException, InterruptedException {
        return agent.json("/api/v1/alarms/" + id + "/desk").get("contacts").get(0);
    }

    private static JsonNode state(Visitor visitor, String id) throws IOException, InterruptedException {
        return visitor.json("/api/v1/alarms/" + id + "/desk").get("alarm").get("desk");
    }

    private static Set<String> ids(JsonNode page) {
        Set<String> ids = new TreeSet<>();
        page.get("items").forEach(row -> ids.add(row.get("id").textValue()));
        return ids;
    }

    private static String bulk(String act, String... ids) {
        return act.replaceFirst("[{]", "{\"alarms\":[\"" + String.join("\",\"", ids) + "\"],");
    }
}

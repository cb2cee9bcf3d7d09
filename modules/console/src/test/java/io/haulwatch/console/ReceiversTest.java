package io.haulwatch.console;

import static io.haulwatch.console.Answers.done;
import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.notifications.NotificationOptions;
import io.haulwatch.console.notifications.StandInReceiver;
import io.haulwatch.console.notifications.TargetRule;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Receivers of notifications over HTTP: who may register which, what is never shown again, and what a page does with what did not arrive. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiversTest {
    private Stage stage;
    private Visitor admin;
    private Visitor company;
    private Visitor foreign;

    @BeforeAll
    void start() throws Exception {
        ConsoleOptions plain = ConsoleOptions.plain("127.0.0.1", 0, "test");
        stage = new Stage(new ConsoleOptions(
                plain.host(),
                plain.port(),
                null,
                false,
                null,
                false,
                plain.version(),
                false,
                null,
                plain.secrets(),
                new NotificationOptions(TargetRule.opening("127.0.0.0/8"), null, null, null, null),
                "[]"));
        admin = Visitor.signedIn(stage.port(), "admin");
        company = Visitor.signedIn(stage.port(), "company1");
        foreign = Visitor.signedIn(stage.port(), "company2");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aCompanyRegistersForItselfOnlyAndSeesNobodyElsesReceiversAndDeliveries() throws Exception {
        try (StandInReceiver receiver = new StandInReceiver()) {
            String address = receiver.address();
            refused(company.post("/api/v1/receivers", wanted(address, "[2]")), 400, "bad-value");
            refused(company.post("/api/v1/receivers", wanted(address, "[]")), 400, "bad-value");
            refused(company.post("/api/v1/receivers", wanted(address, "[1,2]")), 400, "bad-value");
            JsonNode own = json(company.post("/api/v1/receivers", wanted(address, "[1]")));
            JsonNode everybodys = json(admin.post("/api/v1/receivers", wanted(address, "[]")));
            stage.database.run(alarm());
            await().until(() -> admin.json("/api/v1/deliveries").get("items").size() == 2);
            assertThat(company.json("/api/v1/receivers").get("items").findValuesAsText("id"))
                    .containsExactly(own.get("id").asText());
            assertThat(company.json("/api/v1/deliveries").get("items").findValuesAsText("receiver_id"))
                    .containsExactly(own.get("id").asText());
            assertThat(foreign.json("/api/v1/receivers").get("items")).isEmpty();
            assertThat(foreign.json("/api/v1/deliveries").get("items")).isEmpty();
            for (JsonNode hidden : List.of(own, everybodys)) {
                String path = "/api/v1/receivers/" + hidden.get("id").asText();
                refused(foreign.send("PATCH", path, "{\"paused\":true}"), 404, "not-found");
                refused(foreign.post(path + "/test", "{}"), 404, "not-found");
                refused(foreign.post(path + "/secret", "{}"), 404, "not-found");
                refused(foreign.post(path + "/again", "{}"), 404, "not-found");
            }
            done(company.send("PATCH", "/api/v1/receivers/" + own.get("id").asText(), "{\"paused\":true}"));
            for (JsonNode each : List.of(own, everybodys)) {
                assertThat(admin.send(
                                        "DELETE",
                                        "/api/v1/receivers/" + each.get("id").asText(),
                                        "{}")
                                .statusCode())
                        .isEqualTo(204);
            }
            assertThat(admin.json("/api/v1/deliveries?state=dead").get("items").findValuesAsText("fault"))
                    .as("what waited is given up, and says why")
                    .containsExactly("receiver_removed", "receiver_removed");
        }
    }

    @Test
    void aSecretIsShownOnceAndStandsNowhereInTheClear() throws Exception {
        try (StandInReceiver receiver = new StandInReceiver()) {
            JsonNode made = json(admin.post("/api/v1/receivers", wanted(receiver.address(), "[]")));
            String secret = made.get("secret").textValue();
            String path = "/api/v1/receivers/" + made.get("id").asText();
            assertThat(secret).startsWith("whsec_").hasSize("whsec_".length() + 44);
            assertThat(admin.get("/api/v1/receivers").body()).doesNotContain(secret, "\"secret\"");
            assertThat(stage.database.column(
                            "select encode(secret, 'escape') || (select string_agg(detail::text, ' ') from hw.audit)"
                                    + " from hw.receiver where receiver_id = "
                                    + made.get("id").asText()))
                    .noneMatch(row -> row.contains(secret) || row.contains(secret.substring(6, 20)));
            assertThat(json(admin.post(path + "/secret", "{}")).get("secret").textValue())
                    .startsWith("whsec_")
                    .isNotEqualTo(secret);
            assertThat(admin.send("DELETE", path, "{}").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void whatWouldReachInsideOrGoOpenlyThroughThePublicNetworkIsRefusedWithASentence() throws Exception {
        for (String closed : List.of(
                "http://10.0.0.1/x", "https://169.254.169.254/latest", "https://[::1]:8443/", "https://192.168.1.1")) {
            refused(admin.post("/api/v1/receivers", wanted(closed, "[]")), 422, "target-closed");
        }
        refused(admin.post("/api/v1/receivers", wanted("http://1.1.1.1/hook", "[]")), 422, "target-plain");
        for (String wrong : List.of(
                "ftp://127.0.0.1/x",
                "https://u:p@127.0.0.1/",
                "https:///x",
                "x y",
                "https://127.0.0.1/#a",
                "file:/etc/passwd")) {
            refused(admin.post("/api/v1/receivers", wanted(wrong, "[]")), 400, "bad-value");
        }
        refused(
                admin.post("/api/v1/receivers", wanted("a@b.example", "[]").replace("webhook", "email")),
                422,
                "no-mail-server");
        refused(
                admin.post(
                        "/api/v1/receivers", wanted("http://127.0.0.1:9/", "[]").replace("[\"alarm\"]", "[\"x\"]")),
                400,
                "bad-value");
    }

    @Test
    void aTestMessageGoesOnceAPausedReceiverWaitsAndADeadLetterIsSentAgainFromThePage() throws Exception {
        try (StandInReceiver receiver = new StandInReceiver()) {
            receiver.on();
            JsonNode made = json(company.post("/api/v1/receivers", wanted(receiver.address(), "[1]")));
            String id = made.get("id").asText();
            String path = "/api/v1/receivers/" + id;
            String sent =
                    json(company.post(path + "/test", "{}")).get("delivery_id").textValue();
            await().until(() -> receiver.got.size() == 1);
            assertThat(receiver.got.getFirst().id()).isEqualTo(sent);
            await().until(() -> state(id).equals("arrived"));

            done(company.send("PATCH", path, "{\"paused\":true,\"name\":\"车队系统\"}"));
            refused(company.post(path + "/test", "{}"), 409, "receiver-paused");
            stage.database.run(alarm());
            await().until(() -> company.json("/api/v1/deliveries?state=waiting&receiver=" + id)
                            .get("items")
                            .size()
                    == 1);
            assertThat(company.json("/api/v1/receivers").at("/items/0/name").textValue())
                    .isEqualTo("车队系统");
            receiver.answers(got -> 500);
            done(company.send("PATCH", path, "{\"paused\":false}"));
            await().until(() ->
                    !company.json("/api/v1/receivers").at("/items/0/fault").isNull());
            assertThat(company.json("/api/v1/receivers")
                            .at("/items/0/fault_detail")
                            .textValue())
                    .isEqualTo("500");
            stage.database.run("update hw.delivery set counts_from = '2020-01-01' where state = 'waiting'");
            stage.ahead(61_000);
            await().until(() -> state(id).equals("dead"));
            String dead = company.json("/api/v1/deliveries?state=dead&receiver=" + id)
                    .at("/items/0/id")
                    .textValue();
            refused(foreign.post("/api/v1/deliveries/again", "{\"ids\":[\"" + dead + "\"]}"), 404, "not-found");
            receiver.answers(got -> 200);
            done(company.post("/api/v1/deliveries/again", "{\"ids\":[\"" + dead + "\"]}"));
            stage.ahead(61_000);
            await().until(() -> state(id).equals("arrived"));
            assertThat(receiver.got.getLast().id()).isEqualTo(dead);
            assertThat(json(company.post(path + "/again", "{}")).get("count").intValue())
                    .isZero();
            assertThat(stage.database.column("select action from hw.audit where object = 'receiver:" + id
                            + "' or object = 'delivery:" + dead + "' order by audit_id"))
                    .containsExactly(
                            "receiver.add", "receiver.change", "receiver.change", "receiver.again", "receiver.again");
            assertThat(company.send("DELETE", path, "{}").statusCode()).isEqualTo(204);
        }
    }

    /** Of the newest delivery. */
    private String state(String receiver) throws Exception {
        return company.json("/api/v1/deliveries?receiver=" + receiver)
                .at("/items/0/state")
                .asText();
    }

    private static String wanted(String address, String companies) {
        return "{\"kind\":\"webhook\",\"name\":\"x\",\"address\":\"" + address + "\",\"company_ids\":" + companies
                + ",\"events\":[\"alarm\"],\"least_severity\":1,\"language\":\"zh-CN\"}";
    }

    private static String alarm() {
        return "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id,"
                + " started_at, ended_at, severity, evidence, measures, facts, points, stream_offset) values (gen_random_uuid(), 1, 1,"
                + " 'open', 'speeding', 'v', 'vehicle:1', 1, now(), now(), 4, 'live', '{}', '{}', '[]', 1)";
    }
}

package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.notifications.NotificationOptions;
import io.haulwatch.console.notifications.OperatorWebhook;
import io.haulwatch.console.notifications.StandInReceiver;
import io.haulwatch.console.notifications.TargetRule;
import io.haulwatch.console.port.DriverCards;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How drivers get in, what the lock keeps from them while they drive, and that nobody sees another one's rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriverEntryTest {
    private static final long MINUTE = 60_000;

    private Stage stage;
    private DriverGround ground;
    private Visitor centre;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        ground = new DriverGround(stage);
        stage.database.run(
                "insert into hw.driver (driver_id, company_id, name, phone) values (11, 1, '甲一', '13800000011'), (12, 1, '乙二', '13800000012'),"
                        + " (13, 2, '乙二', '13800000012'), (14, 1, '丁四', '13800000014'), (15, 1, '戊五', '13800000015')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) values (21, 1, '渝B00021', 2, 'GENERAL')",
                "insert into hw.assignment (vehicle_id, driver_id, company_id, effective_from) values (21, 15, 1, '-infinity')");
        centre = Visitor.signedIn(stage.port(), "centre");
        await().until(() -> centre.get("/api/v1/vehicles/21").statusCode() == 200);
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    private String code(int driver) throws Exception {
        return centre.json("/api/v1/drivers/" + driver + "/entry-code")
                .get("code")
                .textValue();
    }

    private HttpResponse<String> ask(String phone) throws Exception {
        return new Visitor(stage.port()).post("/api/v1/driver/codes", "{\"phone\":\"" + phone + "\"}");
    }

    @Test
    void aDriverSignsInByTheCodeOfHisPhoneAndHasOneSession() throws Exception {
        assertThat(ask("+86 138-0000-0011").statusCode()).isEqualTo(202);
        refused(ask("13800000011"), 429, "slow-down");
        String code = code(11);
        assertThat(code).matches("[0-9]{6}");
        Visitor first = new Visitor(stage.port());
        refused(
                first.post("/api/v1/driver/session", DriverGround.codeBody("13800000011", other(code))),
                401,
                "wrong-code");
        DriverGround.entered(first, DriverGround.codeBody("13800000011", code));
        JsonNode session = first.json("/api/v1/driver/session");
        assertThat(session.get("driver").get("name").textValue()).isEqualTo("甲一");
        assertThat(session.get("driver").get("company_name").textValue()).isEqualTo("渝捷达物流有限公司");
        refused(first.post("/api/v1/driver/session", DriverGround.codeBody("13800000011", code)), 401, "wrong-code");

        Visitor second = ground.phone(11);
        assertThat(first.get("/api/v1/driver/session").statusCode()).isEqualTo(401);
        assertThat(second.get("/api/v1/driver/session").statusCode()).isEqualTo(200);
        assertThat(stage.database.column(
                        "select username || ' ' || scope || ' ' || extract(day from s.expires_at - s.created_at) from hw.app_user u"
                                + " join hw.session s using (user_id) where driver_id = 11"))
                .containsExactly("driver-11 company:1 30");
        assertThat(Visitor.signedIn(stage.port(), "admin")
                        .json("/api/v1/users?query=driver-11")
                        .get("items"))
                .isEmpty();
        assertThat(second.send("DELETE", "/api/v1/driver/session", null).statusCode())
                .isEqualTo(204);
        assertThat(second.get("/api/v1/driver/session").statusCode()).isEqualTo(401);
    }

    private static String other(String code) {
        return code.startsWith("0") ? "1" + code.substring(1) : "0" + code.substring(1);
    }

    @Test
    void aPhoneThatNobodyHasIsAnsweredLikeAnyOther() throws Exception {
        assertThat(ask("13999999999").body()).isEqualTo("{\"wait_seconds\":60,\"delivery\":\"told\"}");
        stage.database.run(
                "insert into hw.driver (driver_id, company_id, name, phone) values (16, 1, '己六', '13800000016')");
        assertThat(ask("13800000016").body())
                .as("of a number that the register has")
                .isEqualTo("{\"wait_seconds\":60,\"delivery\":\"told\"}");
        refused(ask("13999999999"), 429, "slow-down");
        Visitor stranger = new Visitor(stage.port());
        refused(
                stranger.post("/api/v1/driver/session", DriverGround.codeBody("13999999999", "123456")),
                401,
                "wrong-code");
        refused(stranger.post("/api/v1/driver/codes", "{\"phone\":\"12\"}"), 400, "bad-value");
        refused(stranger.post("/api/v1/driver/session", "{\"link\":\"x\"}"), 401, "bad-link");
    }

    @Test
    void aCodeIsGoodForFiveTriesAndFiveMinutes() throws Exception {
        assertThat(ask("13800000014").statusCode()).isEqualTo(202);
        String code = code(14);
        Visitor phone = new Visitor(stage.port());
        for (int i = 0; i < 5; i++) {
            refused(
                    phone.post("/api/v1/driver/session", DriverGround.codeBody("13800000014", other(code))),
                    401,
                    "wrong-code");
        }
        refused(phone.post("/api/v1/driver/session", DriverGround.codeBody("13800000014", code)), 401, "wrong-code");
        refused(centre.get("/api/v1/drivers/14/entry-code"), 404, "not-found");
        stage.ahead(2 * MINUTE);
        try {
            assertThat(ask("13800000014").statusCode()).isEqualTo(202);
            String late = code(14);
            stage.ahead(5 * MINUTE);
            refused(
                    phone.post("/api/v1/driver/session", DriverGround.codeBody("13800000014", late)),
                    401,
                    "wrong-code");
            stage.ahead(-5 * MINUTE);
            DriverGround.entered(phone, DriverGround.codeBody("13800000014", late));
        } finally {
            stage.ahead(-2 * MINUTE);
        }
    }

    @Test
    void whoDrivesForTwoCompaniesSaysForWhich() throws Exception {
        assertThat(ask("13800000012").statusCode()).isEqualTo(202);
        String code = code(12);
        Visitor phone = new Visitor(stage.port());
        JsonNode refusal = Visitor.JSON.readTree(refused(
                phone.post("/api/v1/driver/session", DriverGround.codeBody("13800000012", code)),
                409,
                "choose-company"));
        assertThat(refusal.get("choices").findValuesAsText("driver_id")).containsExactly("12", "13");
        assertThat(refusal.get("choices").findValuesAsText("company_name")).containsExactly("渝捷达物流有限公司", "蓉通运输有限公司");
        DriverGround.entered(phone, "{\"phone\":\"13800000012\",\"code\":\"" + code + "\",\"driver_id\":13}");
        assertThat(phone.json("/api/v1/driver/session")
                        .get("driver")
                        .get("company_id")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void aLinkOpensOnceAndChoosesNoPassword() throws Exception {
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        refused(company.post("/api/v1/drivers/2/entry-link", "{}"), 404, "not-found");
        JsonNode made = json(company.post("/api/v1/drivers/14/entry-link", "{}"));
        String link = made.get("link").textValue();
        assertThat(link).startsWith("/driver/#entry=");
        String token = link.substring(link.indexOf('=') + 1);
        Visitor phone = new Visitor(stage.port());
        refused(
                phone.post("/api/v1/link/password", "{\"token\":\"" + token + "\",\"password\":\"山高水长-0818-xy\"}"),
                404,
                "not-found");
        DriverGround.entered(phone, "{\"link\":\"" + token + "\"}");
        refused(phone.post("/api/v1/driver/session", "{\"link\":\"" + token + "\"}"), 401, "bad-link");
        stage.database.run("update hw.driver set retired_at = now() where driver_id = 14");
        stage.ahead(6_000);
        assertThat(phone.get("/api/v1/driver/today").statusCode())
                .as("who left signs in no more")
                .isEqualTo(401);
        stage.database.run("update hw.driver set retired_at = null where driver_id = 14");
    }

    @Test
    void whileHisTruckMovesNothingAnswersButTodayAndTheClock() throws Exception {
        Visitor phone = ground.phone(15);
        // The console's copy of the register follows the database within seconds.
        await().until(() -> phone.json("/api/v1/driver/today")
                .path("vehicle")
                .path("plate")
                .asText()
                .equals("渝B00021"));
        ground.drives(21, 40);
        stage.ahead(1_500);
        JsonNode today = phone.json("/api/v1/driver/today");
        assertThat(today.get("locked").booleanValue()).isTrue();
        assertThat(today.get("vehicle").get("plate").textValue()).isEqualTo("渝B00021");
        assertThat(phone.get("/api/v1/driver/clock").statusCode()).isEqualTo(200);
        for (String path : List.of("alarms", "papers", "hours", "messages", "certificates")) {
            refused(phone.get("/api/v1/driver/" + path), 423, "truck-moving");
        }
        ground.drives(21, 0);
        assertThat(phone.json("/api/v1/driver/today").get("locked").booleanValue())
                .isFalse();
        assertThat(phone.get("/api/v1/driver/papers").statusCode()).isEqualTo(200);
        // Another driver's card in his truck: it is not he who drives. His own in another truck: it is.
        ground.drives(21, 40);
        stage.ports.cards.put(21, new DriverCards.Card(11, "11", 0));
        stage.ahead(1_500);
        assertThat(phone.json("/api/v1/driver/today").get("locked").booleanValue())
                .isFalse();
        stage.ports.cards.put(2, new DriverCards.Card(15, "15", 0));
        ground.drives(2, 30);
        stage.ahead(1_500);
        assertThat(phone.json("/api/v1/driver/today")
                        .get("vehicle")
                        .get("plate")
                        .textValue())
                .isEqualTo("渝B54321");
        refused(phone.get("/api/v1/driver/papers"), 423, "truck-moving");
        stage.ahead(4 * MINUTE);
        assertThat(phone.json("/api/v1/driver/today").get("locked").booleanValue())
                .as("an old position says nothing about now")
                .isFalse();
        stage.ports.cards.clear();
        stage.ahead(-4 * MINUTE - 4_500);
        ground.drives(21, 0);
        ground.drives(2, 0);
    }

    @Test
    void aDriverSeesHisOwnAlarmsPapersAndMessagesAndContestsOne() throws Exception {
        ground.drives(1, 0);
        Visitor phone = ground.phone(1);
        stage.database.run(
                "insert into hw.driver_message (company_id, driver_id, kind, words, at) values (1, 1, 'note', '你好', now()), (2, 2, 'note', '别人', now())");
        String task = ground.task(1, 1, Stage.ALARM_1);
        String foreign = ground.task(2, 2, Stage.ALARM_2);
        stage.ahead(1_500);
        JsonNode today = phone.json("/api/v1/driver/today");
        assertThat(today.get("tasks")).hasSize(1);
        assertThat(today.get("tasks").get(0).get("id").asText()).isEqualTo(task);
        assertThat(today.get("tasks").get(0).get("cause").get("episode_id").textValue())
                .isEqualTo(Stage.ALARM_1);
        assertThat(today.get("unread").intValue()).isEqualTo(1);
        assertThat(today.get("open_alarms").intValue()).isEqualTo(1);
        assertThat(today.get("clock").get("continuous_s").intValue()).isEqualTo(13_680);
        assertThat(phone.json("/api/v1/driver/papers").get("items").findValuesAsText("number"))
                .contains("Q-1");
        JsonNode message = phone.json("/api/v1/driver/messages").get("items");
        assertThat(message.findValuesAsText("words")).containsExactly("你好");
        String read = "/api/v1/driver/messages/" + message.get(0).get("id").asText() + "/read";
        assertThat(json(phone.post(read, "{}")).get("read_at").isNull()).isFalse();
        String another = stage.database
                .column("select message_id from hw.driver_message where driver_id = 2")
                .getFirst();
        refused(phone.post("/api/v1/driver/messages/" + another + "/read", "{}"), 404, "not-found");

        assertThat(phone.json("/api/v1/driver/alarms").get("items").findValuesAsText("id"))
                .containsExactly(Stage.ALARM_1);
        JsonNode road = phone.json("/api/v1/driver/alarms/" + Stage.ALARM_1 + "/track");
        assertThat(road.get("points")).isNotEmpty();
        assertThat(road.at("/points/0/speed_kmh").isNumber()).isTrue();
        refused(phone.get("/api/v1/driver/alarms/" + Stage.ALARM_2 + "/track"), 404, "not-found");
        String reason = "{\"reason\":\"当时在超车道避让事故车辆\"}";
        refused(phone.post("/api/v1/driver/alarms/" + Stage.ALARM_2 + "/appeal", reason), 404, "not-found");
        JsonNode appeal = json(phone.post("/api/v1/driver/alarms/" + Stage.ALARM_1 + "/appeal", reason));
        assertThat(appeal.get("by").textValue()).isEqualTo("陈国强");
        assertThat(appeal.get("by_driver").booleanValue()).isTrue();
        refused(phone.post("/api/v1/driver/alarms/" + Stage.ALARM_1 + "/appeal", reason), 409, "alarm-settled");
        assertThat(centre.json("/api/v1/appeals").get("items").findValuesAsText("by_driver"))
                .containsExactly("true");
        json(centre.post(
                "/api/v1/alarms/" + Stage.ALARM_1 + "/appeal/decision", "{\"accept\":true,\"note\":\"录像证实\"}"));
        JsonNode mine = phone.json("/api/v1/driver/alarms").get("items").get(0);
        assertThat(mine.get("appeal").get("accepted").booleanValue()).isTrue();
        assertThat(mine.get("handling").textValue()).isEqualTo("overturned");
        assertThat(phone.json("/api/v1/driver/messages")
                        .get("items")
                        .get(0)
                        .get("words")
                        .textValue())
                .isEqualTo("录像证实");
        assertThat(phone.json("/api/v1/driver/hours").get("month_wanted_s").intValue())
                .isGreaterThanOrEqualTo(0);
        assertThat(foreign).isNotEqualTo(task);
    }

    @Test
    void theDatabaseKeepsADriverToHisOwnRowsASecondTime() throws Exception {
        String task = ground.task(12, 1, "99999999-9999-4999-8999-000000000012");
        ground.studied(task, 12, 1);
        stage.database.run(
                "insert into hw.driver_message (company_id, driver_id, kind, at) values (1, 12, 'note', now())",
                "insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic) values (1, 12, 'monthly', current_date, 1, 'x')");
        ScopedDatabase database = new ScopedDatabase(stage.database.databases().app());
        for (String table : List.of(
                "driver",
                "training_task",
                "training_cause",
                "study",
                "study_day",
                "driver_message",
                "training_record",
                "episode",
                "assignment")) {
            List<Integer> seen = database.read(
                    new Scope.OneDriver(12),
                    ScopedDatabase.NO_USER,
                    connection -> new SqlText("select distinct driver_id from hw." + table)
                            .list(connection, row -> row.getInt(1)));
            assertThat(seen).as(table).isSubsetOf(12);
        }
        int changed = database.write(
                new Scope.OneDriver(12),
                ScopedDatabase.NO_USER,
                connection -> new SqlText("update hw.training_task set state = 'in_progress' where driver_id <> 12")
                        .run(connection));
        assertThat(changed).isZero();
        for (String table : List.of("company", "vehicle", "appeal", "training_plan", "receiver")) {
            List<Integer> seen = database.read(
                    new Scope.OneDriver(12),
                    ScopedDatabase.NO_USER,
                    connection -> new SqlText("select 1 from hw." + table).list(connection, row -> 1));
            assertThat(seen).as(table).isEmpty();
        }
    }

    @Test
    void aProgramOfTheOperatorBringsTheCodeSignedAndItsFailureShows() throws Exception {
        try (StandInReceiver program = new StandInReceiver()) {
            program.on();
            String secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";
            ConsoleOptions plain = ConsoleOptions.plain("127.0.0.1", 0, "test");
            NotificationOptions told = new NotificationOptions(
                    TargetRule.opening("127.0.0.0/8"),
                    null,
                    null,
                    new OperatorWebhook.Place(URI.create(program.address()), secret),
                    null);
            try (Stage sending = new Stage(new ConsoleOptions(
                    plain.host(), 0, null, false, null, false, "test", false, null, plain.secrets(), told, "[]"))) {
                Visitor lead = Visitor.signedIn(sending.port(), "centre");
                Visitor phone = new Visitor(sending.port());
                assertThat(phone.post("/api/v1/driver/codes", "{\"phone\":\"" + DriverGround.PHONE_1 + "\"}")
                                .body())
                        .isEqualTo("{\"wait_seconds\":60,\"delivery\":\"sent\"}");
                await().until(() -> lead.json("/api/v1/drivers/1/entry-code")
                        .get("state")
                        .textValue()
                        .equals("arrived"));
                assertThat(lead.json("/api/v1/drivers/1/entry-code").get("code").isNull())
                        .as("who sends codes shows none")
                        .isTrue();
                JsonNode body = Visitor.JSON.readTree(program.got.getLast().body());
                assertThat(body.get("event").textValue()).isEqualTo("driver_code");
                DriverGround.entered(
                        phone,
                        DriverGround.codeBody(
                                DriverGround.PHONE_1, body.get("code").textValue()));
                program.answers(got -> 500);
                assertThat(phone.post("/api/v1/driver/codes", "{\"phone\":\"" + DriverGround.PHONE_2 + "\"}")
                                .statusCode())
                        .isEqualTo(202);
                await().until(() -> lead.json("/api/v1/drivers/2/entry-code")
                        .get("state")
                        .textValue()
                        .equals("failed"));
                assertThat(sending.meters.scrape()).contains("haulwatch_driver_codes_total{outcome=\"failed\"} 1.0");
            }
        }
    }
}

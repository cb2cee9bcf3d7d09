package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What pages know of terminals: who was not let in, what became of what they report, what they are told and what they send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminalsTest {
    private Stage stage;
    private Visitor centre;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        centre = Visitor.signedIn(stage.port(), "centre");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void refusedTerminalsAreFoundByPhonePlateAndAddress() throws Exception {
        JsonNode all = centre.json("/api/v1/terminals/refused");
        assertThat(all.get("total").intValue()).isEqualTo(2);
        assertThat(all.get("forgotten").intValue()).isEqualTo(2);
        assertThat(all.at("/items/0/registration/plate").textValue()).isEqualTo("粤B12345");
        assertThat(all.at("/items/0/last_at").textValue()).isEqualTo("2026-03-10T04:01:00Z");
        assertThat(all.at("/items/1/registration").isNull()).isTrue();
        for (String query : new String[] {"1391234", "%E7%B2%A4b12345", "10.1.2.3", "a6b7c8d"}) {
            JsonNode found = centre.json("/api/v1/terminals/refused?query=" + query);
            assertThat(found.get("items")).as(query).hasSize(1);
            assertThat(found.at("/items/0/phone").textValue()).isEqualTo("13912345678");
        }
        assertThat(centre.json("/api/v1/terminals/refused?limit=1").get("items"))
                .hasSize(1);
    }

    @Test
    void theBooksSayWhatBecameOfEachReportAndBalance() throws Exception {
        JsonNode day = centre.json("/api/v1/books?day=2026-03-05&limit=2");
        assertThat(day.at("/total/received").longValue()).isEqualTo(370 + 360 + 12 + 99);
        assertThat(day.at("/total/difference").longValue()).isZero();
        assertThat(day.at("/total/refused_by").toString())
                .isEqualTo("{\"bad_body\":2,\"damaged\":9,\"unsupported\":3}");
        List<String> plates = new ArrayList<>();
        day.get("items").forEach(item -> plates.add(item.get("plate").textValue()));
        JsonNode rest = centre.json("/api/v1/books?day=2026-03-05&limit=2&cursor="
                + day.get("next_cursor").textValue());
        rest.get("items").forEach(item -> plates.add(item.get("plate").textValue()));
        assertThat(plates).containsExactly("川A99999", "渝B12345", "渝B54321");
        assertThat(rest.get("next_cursor").isNull()).isTrue();
        assertThat(day.at("/items/1/sums/refused_by/unsupported").longValue()).isEqualTo(3);

        Visitor company = Visitor.signedIn(stage.port(), "company1");
        JsonNode own = company.json("/api/v1/books?day=2026-03-05");
        assertThat(own.at("/total/received").longValue()).isEqualTo(370 + 360 + 12);
        assertThat(own.get("items")).hasSize(2);
        JsonNode hours =
                company.json("/api/v1/vehicles/1/days/2026-03-05/books").get("hours");
        assertThat(hours).hasSize(2);
        assertThat(hours.at("/0/hour").textValue()).isEqualTo("2026-03-05T01:00:00Z");
        assertThat(hours.at("/0/sums/quarantined").longValue()).isEqualTo(1);
        assertThat(hours.at("/0/sums/refused_by/bad_body").longValue()).isEqualTo(2);
        assertThat(hours.at("/1/sums/refused_by")).isEmpty();
    }

    @Test
    void aModelCountsTheTerminalThatIsInTheTruckNowAndTheSevenDaysOfChina() throws Exception {
        stage.database.run(
                "update hw.terminal set maker = 'M', model = 'new', registered_at = now() where vehicle_id = 1",
                "insert into hw.terminal (vehicle_id, company_id, phone, maker, model, registered_at) values "
                        + "(1, 1, '13900000009', 'M', 'old', now() - interval '1 year')",
                "insert into hw.vehicle_day (vehicle_id, company_id, day, points) values "
                        + "(1, 1, (now() at time zone 'Asia/Shanghai')::date - 7, 70000)");
        JsonNode models = Visitor.signedIn(stage.port(), "company1").json("/api/v1/terminals/models");
        assertThat(models.get("items")).hasSize(1);
        JsonNode row = models.at("/items/0");
        assertThat(row.get("model").textValue()).isEqualTo("new");
        assertThat(row.get("terminals").intValue()).isEqualTo(1);
        // One doubt in the 10,000 positions of these days; the day before them does not count.
        assertThat(row.get("doubts_per10000").doubleValue()).isEqualTo(1.0);
        assertThat(row.get("reconnects").intValue()).isEqualTo(2);
    }

    @Test
    void aCommandIsAuditedStoredAndHandedToTheGateway() throws Exception {
        HttpResponse<String> sent = centre.post(
                "/api/v1/vehicles/1/commands", "{\"kind\":\"text\",\"text\":\"前方长下坡，请减速\",\"flags\":[\"tts\"]}");
        assertThat(sent.statusCode()).isEqualTo(202);
        JsonNode command = Visitor.JSON.readTree(sent.body());
        assertThat(command.get("state").textValue()).isEqualTo("queued");
        UUID id = UUID.fromString(command.get("id").textValue());
        assertThat(stage.ports.submitted()).contains(id);
        assertThat(centre.json("/api/v1/commands/" + id)
                        .get("payload")
                        .get("text")
                        .textValue())
                .isEqualTo("前方长下坡，请减速");
        assertThat(centre.json("/api/v1/vehicles/1/commands").get("items").size())
                .isPositive();
        assertThat(stage.database.column("select detail ->> 'command_id' from hw.audit where action = 'command.send'"))
                .contains(id.toString());
        for (String bad : List.of(
                "{\"kind\":\"text\",\"text\":\"\"}",
                "{\"kind\":\"text\",\"text\":\"a\\u0007b\"}",
                "{\"kind\":\"text\",\"text\":\"\\ud83d\\ude80\"}",
                "{\"kind\":\"text\",\"text\":\"" + "x".repeat(501) + "\"}",
                "{\"kind\":\"text\",\"text\":\"x\",\"flags\":[\"engine_off\"]}",
                "{\"kind\":\"engine_off\"}",
                "{\"kind\":\"locate\"",
                "[]")) {
            assertThat(centre.post("/api/v1/vehicles/1/commands", bad).statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void whatATerminalIsToldIsCheckedAndHandedOnAsTheGatewayReadsIt() throws Exception {
        for (List<String> each : List.of(
                List.of(
                        "{\"kind\":\"photo\",\"channel\":2,\"pictures\":3,\"size\":\"large\"}",
                        "{\"size\": 2, \"channel\": 2, \"pictures\": 3}"),
                List.of(
                        "{\"kind\":\"track\",\"interval_s\":5,\"minutes\":30}",
                        "{\"seconds\": 1800, \"interval_s\": 5}"),
                List.of("{\"kind\":\"track\",\"interval_s\":0}", "{\"seconds\": 0, \"interval_s\": 0}"),
                List.of("{\"kind\":\"confirm_alarms\",\"alarms\":[0,20]}", "{\"alarms\": 1048577}"),
                List.of("{\"kind\":\"call\",\"phone\":\"+8602365001234\"}", "{\"phone\": \"+8602365001234\"}"),
                List.of("{\"kind\":\"read_recorder\",\"command\":5}", "{\"command\": 5}"),
                List.of(
                        "{\"kind\":\"listen\",\"phone\":\"110\",\"reason\":\"紧急报警\"}",
                        "{\"phone\": \"110\", \"reason\": \"紧急报警\"}"))) {
            HttpResponse<String> sent = centre.post("/api/v1/vehicles/2/commands", each.getFirst());
            assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
            String id = Visitor.JSON.readTree(sent.body()).get("id").textValue();
            assertThat(stage.database.column("select payload::text from hw.command where command_id = '" + id + "'"))
                    .containsExactly(each.getLast());
            assertThat(stage.database.column(
                            "select detail ->> 'payload' from hw.audit where detail ->> 'command_id' = '" + id + "'"))
                    .hasSize(1);
        }
        for (String bad : List.of(
                "{\"kind\":\"photo\",\"channel\":0,\"pictures\":1,\"size\":\"small\"}",
                "{\"kind\":\"photo\",\"channel\":1,\"pictures\":65535,\"size\":\"small\"}",
                "{\"kind\":\"photo\",\"channel\":1,\"pictures\":1,\"size\":\"huge\"}",
                "{\"kind\":\"track\",\"interval_s\":5}",
                "{\"kind\":\"track\",\"interval_s\":1.5,\"minutes\":1}",
                "{\"kind\":\"confirm_alarms\",\"alarms\":[]}",
                "{\"kind\":\"confirm_alarms\",\"alarms\":[1]}",
                "{\"kind\":\"read_recorder\",\"command\":8}",
                "{\"kind\":\"set_zone\",\"zone_id\":0}",
                "{\"kind\":\"read_zones\",\"shape\":\"oval\"}",
                "{\"kind\":\"call\",\"phone\":\"12;34\"}",
                "{\"kind\":\"listen\",\"phone\":\"110\"}")) {
            assertThat(centre.post("/api/v1/vehicles/2/commands", bad).statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
        HttpResponse<String> zone = centre.post("/api/v1/vehicles/2/commands", "{\"kind\":\"set_zone\",\"zone_id\":1}");
        assertThat(zone.statusCode()).as(zone.body()).isEqualTo(202);
        assertThat(stage.database.column("select payload::text from hw.command where kind = 'SET_ZONE'"))
                .containsExactly(
                        "{\"name\": \"学校\", \"shape\": \"circle\", \"places\": [[29500000, 106500000]], \"zone_id\": 1, "
                                + "\"radius_m\": 1, \"limit_kmh\": 30}");
        assertThat(centre.post("/api/v1/vehicles/2/commands", "{\"kind\":\"delete_zone\",\"zone_id\":2}")
                        .statusCode())
                .as("a zone of another company")
                .isEqualTo(422);
        Visitor agent = Visitor.signedIn(stage.port(), "agent");
        HttpResponse<String> refused = agent.post(
                "/api/v1/vehicles/2/commands", "{\"kind\":\"listen\",\"phone\":\"110\",\"reason\":\"紧急报警\"}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("listen into a cab").contains("admin, lead");
        assertThat(agent.post(
                                "/api/v1/vehicles/2/commands",
                                "{\"kind\":\"photo\",\"channel\":1,\"pictures\":1,\"size\":\"small\"}")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void aPictureIsFoundByItsTimeShownAsWhatItIsAndEachLookIsWrittenDown() throws Exception {
        Instant now = stage.clock.instant();
        stage.database.run(
                "insert into hw.terminal_file (file_id, company_id, vehicle_id, kind, content_type, bytes, content, at, "
                        + "received_at, detail) values (gen_random_uuid(), 1, 1, 'recorder', 'application/octet-stream', 1, '\\x55', "
                        + "now() - interval '2 days', now(), 8)");
        String around = "?from=" + now.minusSeconds(660) + "&to=" + now.minusSeconds(420);
        JsonNode found = centre.json("/api/v1/vehicles/1/files" + around).get("items");
        assertThat(found).hasSize(1);
        assertThat(found.at("/0/id").textValue()).isEqualTo(Stage.FILE_1);
        assertThat(found.at("/0/kind").textValue()).isEqualTo("image");
        assertThat(centre.json("/api/v1/vehicles/1/files?to=" + now.minusSeconds(660))
                        .get("items"))
                .hasSize(1);

        JsonNode first = centre.json("/api/v1/vehicles/1/files?limit=1");
        JsonNode rest = centre.json("/api/v1/vehicles/1/files?limit=1&cursor="
                + first.get("next_cursor").textValue());
        assertThat(first.findValuesAsText("id")).doesNotContainAnyElementsOf(rest.findValuesAsText("id"));
        assertThat(rest.get("items")).hasSize(1);
        assertThat(rest.get("next_cursor").isNull()).isTrue();

        HttpResponse<String> picture = centre.get("/api/v1/files/" + Stage.FILE_1);
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().map())
                .containsEntry("Content-Type", List.of("image/jpeg"))
                .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                .containsEntry("Content-Security-Policy", List.of("default-src 'none'; sandbox"))
                .containsEntry(
                        "Content-Disposition",
                        List.of("inline; filename=\"haulwatch-vehicle-1-" + Stage.FILE_1 + ".jpg\""));
        HttpResponse<String> block = centre.get("/api/v1/files/" + Stage.FILE_2);
        assertThat(block.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(block.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; ");
        assertThat(stage.database.column(
                        "select object || ' ' || (detail ->> 'file_id') from hw.audit where action = 'file.open'"))
                .contains("vehicle:1 " + Stage.FILE_1, "vehicle:3 " + Stage.FILE_2);

        stage.database.run("update hw.terminal_file set content = null where file_id = '" + Stage.FILE_2 + "'");
        assertThat(centre.get("/api/v1/files/" + Stage.FILE_2).statusCode())
                .as("its file is gone")
                .isEqualTo(404);
    }
}

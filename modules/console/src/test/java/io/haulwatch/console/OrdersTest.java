package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.store.command.CommandStore;
import io.haulwatch.store.order.OrderRuns;
import io.haulwatch.store.order.OrderRuns.Sent;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Orders to many trucks over the API, with the terminals' answers made by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdersTest {
    /** Company 3 of this test: trucks 1001 to 1500, each with a terminal. */
    private static final int FLEET = 500;

    private static final String SPEED_90 = "\"kind\":\"set_parameters\",\"parameters\":[{\"id\":85,\"value\":90}]";

    private Stage stage;
    private Visitor lead;
    private Visitor admin;
    private OrderRuns runs;
    private CommandStore commands;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        stage.database.run(
                "insert into hw.company (company_id, name, adcode) values (3, '巴渝重卡有限公司', '500112')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) select 1000 + n, 3, "
                        + "'渝D' || lpad(n::text, 5, '0'), 2, 'GENERAL' from generate_series(1, " + FLEET + ") n",
                "insert into hw.terminal (vehicle_id, company_id, phone, edition) select 1000 + n, 3, (14000000000 + n)::text, 2019 "
                        + "from generate_series(1, " + FLEET + ") n",
                "insert into hw.app_user (username, password_hash, display_name, role, scope) select 'lead1', password_hash, "
                        + "'何静', 'lead', 'company:1' from hw.app_user where username = 'centre'");
        lead = Visitor.signedIn(stage.port(), "centre");
        admin = Visitor.signedIn(stage.port(), "admin");
        runs = new OrderRuns(stage.database.databases().writer());
        commands = new CommandStore(stage.database.databases().writer());
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aLeadSetsAParameterOnFiveHundredTrucksInWavesAndOneWaveHaltsOnFailures() throws Exception {
        String choice = "\"trucks\":{\"companies\":[3]},\"wave_size\":50";
        JsonNode count = ok(lead.post("/api/v1/orders/count", "{" + SPEED_90 + "," + choice + "}"), 200);
        assertThat(count.get("trucks").intValue()).isEqualTo(FLEET);
        assertThat(count.get("waves").intValue()).isEqualTo(10);
        assertThat(count.get("second_person").booleanValue()).isFalse();
        JsonNode order = order(lead, SPEED_90 + "," + choice, FLEET, 4);
        String id = order.get("id").textValue();

        // Wave 1: every terminal had 100 and takes 90. One of wave 2 refuses: 2 %. Three of wave 3 do: 6 %, more than 4
        // %.
        answer(wave(50), Map.of());
        List<Sent> second = wave(50);
        answer(second, refusing(second, 1));
        List<Sent> third = wave(50);
        answer(third.subList(0, 40), refusing(third, 3));
        assertThat(runs.advance(stage.clock.instant())).isEmpty();

        JsonNode halted = lead.json("/api/v1/orders/" + id);
        assertThat(halted.at("/order/state").textValue()).isEqualTo("halted");
        assertThat(halted.at("/order/wave").intValue()).isEqualTo(3);
        assertThat(counts(halted)).isEqualTo(Map.of("acknowledged", 136, "refused", 4, "waiting", 360));
        assertThat(texts(halted.get("acts"), "action")).containsExactly("order.create", "order.halt");
        assertThat(halted.at("/acts/1/by_person").booleanValue()).isFalse();
        assertThat(runs.advance(stage.clock.instant()))
                .as("a halted order sends nothing")
                .isEmpty();
        JsonNode refused = lead.json("/api/v1/orders/" + id + "/trucks?state=refused");
        assertThat(refused.get("items")).hasSize(4);
        assertThat(refused.at("/items/0/result").textValue()).isEqualTo("terminal answered: failure (1)");

        // The twins: who took it, and who refused and tells another value than is wanted.
        int took = second.getLast().vehicleId();
        assertThat(standing(took)).isEqualTo("same");
        assertThat(standing(refused.at("/items/0/vehicle_id").intValue())).isEqualTo("different");

        // Rolled back: those that took it get what they had; nobody else.
        JsonNode back = ok(lead.post("/api/v1/orders/" + id + "/actions", "{\"action\":\"roll_back\"}"), 201);
        assertThat(back.get("targets").intValue()).isEqualTo(136);
        assertThat(back.get("rolls_back").textValue()).isEqualTo(id);
        List<Sent> backwards = wave(50);
        assertThat(stage.database.column(
                        "select distinct payload::text from hw.command where kind = 'SET_PARAMETERS' and order_id = '"
                                + back.get("id").textValue() + "'"))
                .containsExactly("{\"parameters\": [{\"id\": 85, \"value\": 100}]}");
        act(lead, back.get("id").textValue(), "cancel", 200);
        assertThat(stage.database.column("select distinct state from hw.command where command_id in ('"
                        + String.join(
                                "','",
                                backwards.stream()
                                        .map(sent -> sent.commandId().toString())
                                        .toList()) + "')"))
                .containsExactly("withdrawn");

        // Let go on: the wave that halted it is finished, the next one is judged again.
        act(lead, id, "resume", 200);
        assertThat(wave(10)).hasSize(10);
        act(lead, id, "pause", 200);
        assertThat(runs.advance(stage.clock.instant())).isEmpty();
        act(lead, id, "cancel", 200);
        assertThat(lead.json("/api/v1/orders/" + id).at("/order/counts/waiting").intValue())
                .isEqualTo(360);
    }

    @Test
    void ordersOfOneMomentAreAllThereWhenTheyAreReadPageByPage() throws Exception {
        for (int i = 0; i < 3; i++) {
            String id = order(lead, SPEED_90 + ",\"trucks\":{\"vehicles\":[1]},\"wave_size\":1", 1, 10)
                    .get("id")
                    .textValue();
            act(lead, id, "cancel", 200);
        }
        List<String> atOnce = texts(lead.json("/api/v1/orders?limit=200").get("items"), "id");
        List<String> paged = new ArrayList<>();
        JsonNode page = lead.json("/api/v1/orders?limit=1");
        paged.addAll(texts(page.get("items"), "id"));
        while (page.hasNonNull("next_cursor")) {
            page = lead.json(
                    "/api/v1/orders?limit=1&cursor=" + page.get("next_cursor").textValue());
            paged.addAll(texts(page.get("items"), "id"));
        }
        assertThat(atOnce).hasSizeGreaterThanOrEqualTo(3);
        assertThat(paged).isEqualTo(atOnce);
    }

    @Test
    void aWaveIsSentOnceHoweverManyTakeTheOrderFurtherAtTheSameTime() throws Exception {
        String text = "\"kind\":\"text\",\"text\":\"前方大雾\",\"trucks\":{\"companies\":[3]},\"wave_size\":30";
        String id = order(lead, text, FLEET, 0).get("id").textValue();
        List<Integer> sent = new CopyOnWriteArrayList<>();
        try (ExecutorService many = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 12; i++) {
                var unused = many.submit(() -> {
                    // Each has read nothing before, like a product that has just been started again.
                    for (Sent each :
                            new OrderRuns(stage.database.databases().writer()).advance(stage.clock.instant())) {
                        sent.add(each.vehicleId());
                    }
                    return null;
                });
            }
        }
        assertThat(sent).hasSize(30).doesNotHaveDuplicates();
        assertThat(stage.database.column("select count(*) from hw.command where order_id = '" + id + "'"))
                .containsExactly("30");
        act(lead, id, "cancel", 200);
    }

    @Test
    void whatEndangersAMovingTruckWaitsForAnotherPersonWithTheRight() throws Exception {
        String doors = "\"kind\":\"doors\",\"lock\":false,\"trucks\":{\"vehicles\":[1]},\"wave_size\":1";
        JsonNode order = order(lead, doors, 1, 0);
        String id = order.get("id").textValue();
        assertThat(order.get("state").textValue()).isEqualTo("awaiting");
        assertThat(runs.advance(stage.clock.instant())).isEmpty();
        assertThat(act(lead, id, "approve", 422).get("type").textValue()).endsWith(":order-second-person");
        assertThatThrownBy(() -> stage.database.run(
                        "update hw.terminal_order set state = 'running', decided_by = created_by where order_id = '"
                                + id + "'"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("order_not_decided_by_its_author");
        assertThatThrownBy(() -> stage.database.run(
                        "update hw.terminal_order set state = 'running' where order_id = '" + id + "'"))
                .hasMessageContaining("order_sent_after_a_second_person");
        JsonNode approved = act(admin, id, "approve", 200);
        assertThat(approved.at("/order/decided_by").textValue()).isEqualTo("管理员");
        List<Sent> sent = runs.advance(stage.clock.instant());
        assertThat(sent).hasSize(1);
        assertThat(act(admin, id, "approve", 422).get("type").textValue()).endsWith(":order-state");
        act(lead, id, "cancel", 200);
    }

    @Test
    void anAddressThatCutsATerminalOffNeedsASecondPersonAndASpeedDoesNot() throws Exception {
        String trucks = "\"trucks\":{\"vehicles\":[1]},\"wave_size\":1}";
        String address = "{\"kind\":\"set_parameters\",\"parameters\":[{\"id\":19,\"value\":\"10.0.0.9\"}],";
        assertThat(ok(lead.post("/api/v1/orders/count", address + trucks), 200)
                        .get("second_person")
                        .booleanValue())
                .isTrue();
        assertThat(ok(lead.post("/api/v1/orders/count", "{" + SPEED_90 + "," + trucks), 200)
                        .get("second_person")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void aPasswordOfTheMobileNetworkIsShownNowhere() throws Exception {
        stage.database.run(
                "insert into hw.terminal_parameter (vehicle_id, parameter_id, company_id, reported, reported_at) values "
                        + "(2, 18, 1, '\"geheim\"', now()), (2, 85, 1, '90', now())",
                "insert into hw.command (command_id, company_id, vehicle_id, kind, payload, created_by, expires_at, state, response) values "
                        + "(gen_random_uuid(), 1, 2, 'READ_PARAMETERS', '{}', 1, now(), 'acknowledged', "
                        + "'{\"parameters\":[{\"id\":18,\"value\":\"geheim\"},{\"id\":85,\"value\":90}]}')");
        String order = order(
                        lead,
                        "\"kind\":\"set_parameters\",\"parameters\":[{\"id\":18,\"value\":\"geheim\"}],"
                                + "\"trucks\":{\"vehicles\":[1]},\"wave_size\":1",
                        1,
                        0)
                .get("id")
                .textValue();
        assertThat(admin.get("/api/v1/audit?kind=order").body())
                .contains("order:" + order)
                .doesNotContain("geheim");
        act(lead, order, "cancel", 200);
        JsonNode twin = admin.json("/api/v1/vehicles/2/parameters").get("items");
        assertThat(twin.at("/0/reported").textValue()).isEqualTo("•••••");
        assertThat(twin.at("/1/reported").intValue()).isEqualTo(90);
        assertThat(admin.get("/api/v1/vehicles/2/commands").body())
                .contains("•••••")
                .doesNotContain("geheim");
    }

    @Test
    void whoDoesNotSeeEveryTruckOfAnOrderSeesNothingOfItAndCannotReachFurther() throws Exception {
        String both = SPEED_90 + ",\"trucks\":{\"vehicles\":[1,3]},\"wave_size\":5";
        String id = order(lead, both, 2, 0).get("id").textValue();
        Visitor narrow = Visitor.signedIn(stage.port(), "lead1");
        assertThat(narrow.get("/api/v1/orders/" + id).statusCode()).isEqualTo(404);
        assertThat(narrow.get("/api/v1/orders/" + id + "/trucks").statusCode()).isEqualTo(404);
        assertThat(act(narrow, id, "cancel", 404).get("status").intValue()).isEqualTo(404);
        assertThat(narrow.get("/api/v1/orders").body()).doesNotContain(id);
        JsonNode count = ok(narrow.post("/api/v1/orders/count", "{" + both + "}"), 200);
        assertThat(count.get("trucks").intValue()).isEqualTo(1);
        assertThat(texts(count.get("unknown"), "")).containsExactly("3");
        assertThat(ok(
                                narrow.post(
                                        "/api/v1/orders/count",
                                        "{" + SPEED_90 + ",\"trucks\":{\"all\":true},\"wave_size\":5}"),
                                200)
                        .get("trucks")
                        .intValue())
                .isEqualTo(1);
        act(lead, id, "cancel", 200);
    }

    @Test
    void anOrderIsRefusedWhenItsTrucksAreNotThoseThatWereCounted() throws Exception {
        HttpResponse<String> answer =
                lead.post("/api/v1/orders", body(SPEED_90 + ",\"trucks\":{\"vehicles\":[1]},\"wave_size\":5", 2, 0));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("order-counted-otherwise");
        assertThat(lead.post(
                                "/api/v1/orders/count",
                                "{\"kind\":\"set_parameters\",\"parameters\":[{\"id\":85,\"value\":4294967296}],"
                                        + "\"trucks\":{\"all\":true},\"wave_size\":5}")
                        .body())
                .contains("max_speed_kmh must be a whole number from 0 to 4294967295");
        assertThat(lead.post(
                                "/api/v1/orders/count",
                                "{" + SPEED_90 + ",\"trucks\":{\"all\":true,\"vehicles\":[1]},\"wave_size\":5}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aTruckIsSentARectangleAndWhatItsTerminalToldStandsBesideWhatItSaidYesTo() throws Exception {
        stage.database.run(
                "insert into hw.zone (zone_id, company_id, name, kind, limit_kmh, window_start, window_end, shape, geometry, effective_from) "
                        + "values (101, 1, '堆场一', 'depot', 20, '22:00', '06:30', 'RECTANGLE', '{\"type\":\"Polygon\",\"coordinates\":"
                        + "[[[106.5,29.5],[106.6,29.5],[106.6,29.7],[106.5,29.7],[106.5,29.5]]]}', '-infinity')");
        String yard = "{\"zone_id\": 101, \"shape\": \"rectangle\", \"name\": \"%s\", \"limit_kmh\": %d, "
                + "\"places\": [[29700000, 106500000], [29500000, 106600000]], \"from_minute\": 1320, \"to_minute\": 390}";
        ok(lead.post("/api/v1/vehicles/1/commands", "{\"kind\":\"set_zone\",\"zone_id\":101}"), 202);
        List<CommandStore.Pending> both = zoneCommands();
        assertThat(both).extracting(CommandStore.Pending::kind).containsExactly("SET_ZONE", "READ_ZONES");
        assertThat(Visitor.JSON.readTree(both.getFirst().payload()))
                .isEqualTo(Visitor.JSON.readTree(yard.formatted("堆场一", 20)));
        assertThat(both.getLast().payload()).isEqualTo("{\"shape\": \"rectangle\"}");
        finish(both.getFirst(), null);
        assertThat(held()).containsExactly("101 confirmed true");
        finish(both.getLast(), yard.formatted("YARD", 20));
        assertThat(held()).as("names come back shortened, or not at all").containsExactly("101 held true");
        told(yard.formatted("YARD", 30));
        assertThat(held()).containsExactly("101 different true");
        told("{\"zone_id\": 4000000000, \"shape\": \"rectangle\", \"name\": \"?\"}");
        assertThat(held()).containsExactly("101 missing true", "4000000000 extra false");

        ok(
                lead.post(
                        "/api/v1/vehicles/1/commands",
                        "{\"kind\":\"delete_zone\",\"zone_id\":4000000000,\"shape\":\"rectangle\"}"),
                202);
        ok(lead.post("/api/v1/vehicles/1/commands", "{\"kind\":\"delete_zone\",\"zone_id\":101}"), 202);
        for (CommandStore.Pending each : zoneCommands()) {
            finish(each, each.kind().equals("READ_ZONES") ? "" : null);
        }
        assertThat(held()).isEmpty();
        assertThat(Visitor.signedIn(stage.port(), "company2")
                        .get("/api/v1/vehicles/1/zones")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void picturesAndZonesGoToManyTrucksInWavesWithoutASecondPerson() throws Exception {
        String photo =
                "\"kind\":\"photo\",\"channel\":1,\"pictures\":2,\"size\":\"small\",\"trucks\":{\"companies\":[3]},\"wave_size\":20";
        JsonNode count = ok(lead.post("/api/v1/orders/count", "{" + photo + "}"), 200);
        assertThat(count.get("second_person").booleanValue()).isFalse();
        String id = order(lead, photo, FLEET, 10).get("id").textValue();
        List<Sent> first = wave(20);
        assertThat(sentWith(first.getFirst())).containsExactly("PHOTO {\"size\": 0, \"channel\": 1, \"pictures\": 2}");
        for (int i = 0; i < first.size(); i++) {
            step(first.get(i).commandId(), "queued", "sent", null, null);
            step(first.get(i).commandId(), "sent", i < 3 ? "refused" : "acknowledged", null, null);
        }
        assertThat(runs.advance(stage.clock.instant())).isEmpty();
        assertThat(lead.json("/api/v1/orders/" + id).at("/order/state").textValue())
                .as("3 of 20 is more than 10 %")
                .isEqualTo("halted");
        act(lead, id, "cancel", 200);

        // A zone of everyone: edition 2019 is asked behind it, edition 2013 cannot be.
        String zone = "\"kind\":\"set_zone\",\"zone_id\":1,\"trucks\":{\"vehicles\":[1,3]},\"wave_size\":2";
        String zones = order(lead, zone, 2, 0).get("id").textValue();
        List<Sent> sent = wave(2);
        String circle =
                "SET_ZONE {\"name\": \"学校\", \"shape\": \"circle\", \"places\": [[29500000, 106500000]], \"zone_id\": 1, "
                        + "\"radius_m\": 1, \"limit_kmh\": 30}";
        for (Sent each : sent) {
            if (each.vehicleId() == 1) {
                assertThat(sentWith(each)).containsExactly(circle, "READ_ZONES {\"shape\": \"circle\"}");
            } else {
                assertThat(sentWith(each)).containsExactly(circle);
            }
            step(each.commandId(), "queued", "sent", null, null);
            step(each.commandId(), "sent", "acknowledged", null, null);
        }
        assertThat(runs.advance(stage.clock.instant())).isEmpty();
        assertThat(lead.json("/api/v1/orders/" + zones).at("/order/state").textValue())
                .isEqualTo("done");
        // Truck 3's company has a zone that truck 1 may not get.
        HttpResponse<String> foreign =
                lead.post("/api/v1/orders/count", "{" + zone.replace("\"zone_id\":1", "\"zone_id\":2") + "}");
        assertThat(foreign.statusCode()).isEqualTo(422);
        assertThat(foreign.body()).contains("no-zone");
        assertThat(ok(
                                lead.post(
                                        "/api/v1/orders/count",
                                        "{\"kind\":\"delete_zone\",\"zone_id\":2,\"trucks\":{\"vehicles\":[3]},\"wave_size\":2}"),
                                200)
                        .get("trucks")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void closerReportsAndConfirmedAlarmsGoToManyTrucksAsToOne() throws Exception {
        for (List<String> each : List.of(
                List.of(
                        "\"kind\":\"track\",\"interval_s\":5,\"minutes\":30",
                        "TRACK {\"seconds\": 1800, \"interval_s\": 5}"),
                List.of("\"kind\":\"confirm_alarms\",\"alarms\":[0,20]", "CONFIRM_ALARMS {\"alarms\": 1048577}"))) {
            String asked = each.getFirst() + ",\"trucks\":{\"companies\":[3]},\"wave_size\":2";
            String id = order(lead, asked, FLEET, 10).get("id").textValue();
            assertThat(sentWith(wave(2).getFirst())).containsExactly(each.getLast());
            act(lead, id, "cancel", 200);
        }
        for (String bad : List.of(
                "\"kind\":\"track\",\"interval_s\":5",
                "\"kind\":\"confirm_alarms\",\"alarms\":[1]",
                "\"kind\":\"call\",\"phone\":\"110\"")) {
            assertThat(lead.post("/api/v1/orders/count", "{" + bad + ",\"trucks\":{\"companies\":[3]},\"wave_size\":2}")
                            .statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    /** All commands that a truck of an order got with this one, as they are sent. */
    private List<String> sentWith(Sent sent) throws SQLException {
        return stage.database.column(
                "select c.kind || ' ' || c.payload from hw.command c join hw.command o using (order_id, vehicle_id) "
                        + "where o.command_id = '" + sent.commandId() + "' order by c.created_at");
    }

    @Test
    void aZoneThatNoTerminalTakesIsRefusedWithItsSize() throws Exception {
        String line = IntStream.range(0, 401)
                .mapToObj(i -> "[106.%03d,29.5]".formatted(i))
                .collect(Collectors.joining(",", "[", "]"));
        String sections = IntStream.range(0, 400)
                .mapToObj(i -> "{\"width_m\":9,\"limit_kmh\":0}")
                .collect(Collectors.joining(",", "[", "]"));
        stage.database.run(
                "insert into hw.zone (zone_id, company_id, name, kind, shape, geometry, sections, effective_from) values "
                        + "(111, 0, '长途', 'route', 'ROUTE', '{\"type\":\"LineString\",\"coordinates\":" + line + "}', '"
                        + sections
                        + "', '-infinity'), (112, 0, '环', 'depot', 'POLYGON', '{\"type\":\"Polygon\",\"coordinates\":["
                        + line + "," + line
                        + "]}', null, '-infinity'), (113, 0, '赤道', 'depot', 'RECTANGLE', '{\"type\":\"Polygon\",\"coordinates\":"
                        + "[[[9,-1],[9,1],[10,1],[10,-1],[9,-1]]]}', null, '-infinity')");
        assertThat(refusal(111))
                .contains("zone-too-large")
                .contains("at most 400 points")
                .contains("points=401");
        assertThat(refusal(112)).contains("zone-with-holes").contains("holes=1");
        assertThat(refusal(113)).contains("zone-across-hemispheres");
        assertThat(refusal(114)).contains("no-zone");
    }

    private String refusal(int zone) throws Exception {
        HttpResponse<String> answer =
                lead.post("/api/v1/vehicles/1/commands", "{\"kind\":\"set_zone\",\"zone_id\":" + zone + "}");
        assertThat(answer.statusCode()).isEqualTo(422);
        return answer.body();
    }

    /** What truck 1 still has to do about rectangles. */
    private List<CommandStore.Pending> zoneCommands() throws SQLException {
        return commands.pending(1).stream()
                .filter(each -> each.payload().contains("\"rectangle\""))
                .toList();
    }

    /** The terminal does what it was told, or tells these zones. */
    private void finish(CommandStore.Pending command, @Nullable String zones) throws SQLException {
        step(command.commandId(), "queued", "sent", null, null);
        step(
                command.commandId(),
                "sent",
                "acknowledged",
                null,
                zones == null ? null : "{\"shape\":\"rectangle\",\"zones\":[" + zones + "]}");
    }

    private void told(String zones) throws Exception {
        ok(lead.post("/api/v1/vehicles/1/commands", "{\"kind\":\"read_zones\",\"shape\":\"rectangle\"}"), 202);
        finish(zoneCommands().getFirst(), zones);
    }

    private List<String> held() throws Exception {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : lead.json("/api/v1/vehicles/1/zones").get("items")) {
            if (row.get("shape").textValue().equals("rectangle")) {
                rows.add(row.get("id").asText() + " " + row.get("standing").textValue() + " "
                        + row.get("in_register").booleanValue());
            }
        }
        return rows;
    }

    private static String body(String content, int expected, int stopPercent) {
        return "{" + content + ",\"expected\":" + expected + ",\"stop_percent\":" + stopPercent
                + ",\"answer_minutes\":60,\"note\":\"限速统一为 90\"}";
    }

    private static JsonNode order(Visitor who, String content, int expected, int stopPercent) throws Exception {
        return ok(who.post("/api/v1/orders", body(content, expected, stopPercent)), 201);
    }

    private static JsonNode act(Visitor who, String id, String action, int status) throws Exception {
        return ok(who.post("/api/v1/orders/" + id + "/actions", "{\"action\":\"" + action + "\"}"), status);
    }

    private static JsonNode ok(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Visitor.JSON.readTree(answer.body());
    }

    private List<Sent> wave(int size) throws SQLException {
        List<Sent> sent = runs.advance(stage.clock.instant());
        assertThat(sent).hasSize(size);
        return sent;
    }

    private static Map<Integer, Boolean> refusing(List<Sent> wave, int howMany) {
        Map<Integer, Boolean> refusing = new LinkedHashMap<>();
        wave.subList(0, howMany).forEach(sent -> refusing.put(sent.vehicleId(), true));
        return refusing;
    }

    /** Terminals that have 100 km/h tell so, take what they are given, and tell it again; or refuse it. */
    private void answer(List<Sent> wave, Map<Integer, Boolean> refusing) throws SQLException {
        for (Sent sent : wave) {
            boolean refuses = refusing.containsKey(sent.vehicleId());
            boolean set = false;
            for (CommandStore.Pending command : commands.pending(sent.vehicleId())) {
                step(command.commandId(), "queued", "sent", null, null);
                if (command.kind().equals("SET_PARAMETERS")) {
                    set = !refuses;
                    step(
                            command.commandId(),
                            "sent",
                            refuses ? "refused" : "acknowledged",
                            refuses ? "terminal answered: failure (1)" : null,
                            null);
                } else {
                    step(
                            command.commandId(),
                            "sent",
                            "acknowledged",
                            null,
                            "{\"parameters\":[{\"id\":85,\"value\":" + (set ? 90 : 100) + "}]}");
                }
            }
        }
    }

    private void step(UUID id, String from, String to, @Nullable String result, @Nullable String response)
            throws SQLException {
        assertThat(commands.change(new CommandStore.Step(id, from, to, 1, 1, stage.clock.millis(), result, response)))
                .isTrue();
    }

    private String standing(int vehicleId) throws Exception {
        return lead.json("/api/v1/vehicles/" + vehicleId + "/parameters")
                .at("/items/0/standing")
                .textValue();
    }

    private static Map<String, Integer> counts(JsonNode detail) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        detail.at("/order/counts").properties().forEach(count -> {
            if (count.getValue().intValue() > 0) {
                counts.put(count.getKey(), count.getValue().intValue());
            }
        });
        return counts;
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(each ->
                texts.add(field.isEmpty() ? each.textValue() : each.path(field).textValue()));
        return texts;
    }
}

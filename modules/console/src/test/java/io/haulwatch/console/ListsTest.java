package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.port.DriverCards;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What lists and details say, and what they refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListsTest {
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
    void trucksWithAnExpiredCriticalPaperAreThoseOfTruckAndDriverInForce() throws Exception {
        // Truck 1: its inspection and its driver's qualification. Truck 2's inspection was renewed; maintenance is not
        // critical.
        assertThat(centre.json("/api/v1/fleet/expired-papers")
                        .get("vehicle_ids")
                        .toString())
                .isEqualTo("[1]");
        assertThat(Visitor.signedIn(stage.port(), "company2")
                        .json("/api/v1/fleet/expired-papers")
                        .get("vehicle_ids"))
                .isEmpty();
    }

    @Test
    void companiesComeWithTheirFiguresWorstFirst() throws Exception {
        JsonNode items = centre.json("/api/v1/companies").get("items");
        JsonNode first = items.get(0);
        assertThat(first.get("name").textValue()).isEqualTo("渝捷达物流有限公司");
        assertThat(first.get("region").get("en").textValue()).isEqualTo("Chongqing");
        assertThat(first.get("vehicles").intValue()).isEqualTo(2);
        assertThat(first.get("drivers").intValue()).isEqualTo(1);
        assertThat(first.get("online").intValue()).isEqualTo(1);
        // Truck 1's inspection and the driver's qualification; truck 2's inspection was renewed, maintenance is not
        // critical.
        assertThat(first.get("overdue_critical").intValue()).isEqualTo(2);
        assertThat(first.get("open_by_severity").get("4").intValue()).isEqualTo(1);
        assertThat(first.get("km_7d").doubleValue()).isEqualTo(3880.0);
        assertThat(first.get("open_per_1000km").doubleValue()).isEqualTo(0.26);
        assertThat(first.get("risk").get("score").isNull()).isTrue();
    }

    @Test
    void aCompanysRiskNamesWhatStandsBehindEachNumber() throws Exception {
        JsonNode risk = centre.json("/api/v1/companies/1/risk");
        JsonNode counts = risk.get("counts");
        assertThat(counts.get("maintenance_overdue").get("count").intValue()).isEqualTo(1);
        assertThat(counts.get("inspection_overdue").get("count").intValue()).isEqualTo(1);
        assertThat(counts.get("inspection_overdue").get("of").intValue()).isEqualTo(2);
        assertThat(counts.get("qualification_expired").get("driving_now").intValue())
                .isEqualTo(1);
        assertThat(counts.get("insurance_expired").get("due_7d").intValue()).isEqualTo(1);
        assertThat(counts.get("hazards_overdue").get("count").intValue()).isEqualTo(1);
        assertThat(counts.get("hazards_overdue").get("of").intValue()).isEqualTo(2);
        JsonNode overdue = risk.get("overdue");
        assertThat(overdue.findValuesAsText("owner_label")).contains("渝B12345", "陈国强", "消防器材");
        assertThat(overdue.get(0).get("critical").booleanValue()).isTrue();
        assertThat(risk.get("due_soon").findValuesAsText("kind")).contains("veh.ins_compulsory", "hazard.major");
        assertThat(risk.get("open_alarms").get("by_rule").get("speeding").intValue())
                .isEqualTo(1);
        assertThat(risk.get("drivers").get(0).get("events").intValue()).isEqualTo(1);
        assertThat(risk.get("vehicles").get(0).get("state").textValue()).isEqualTo("moving");
        assertThat(risk.get("score").get("value").isNull()).isTrue();
    }

    @Test
    void theNewestScoreIsShownWithItsParts() throws Exception {
        JsonNode score = centre.json("/api/v1/companies/2/risk").get("score");
        assertThat(score.get("value").doubleValue()).isEqualTo(53.3);
        assertThat(score.get("band").textValue()).isEqualTo("orange");
        assertThat(score.get("parts").get(0).get("points").doubleValue()).isEqualTo(23.2);
        assertThat(score.get("missing").get(0).textValue()).isEqualTo("T");
        assertThat(score.get("insufficient_data").booleanValue()).isFalse();
        assertThat(centre.json("/api/v1/companies?sort=score")
                        .get("items")
                        .get(0)
                        .get("id")
                        .intValue())
                .isEqualTo(2);
        assertThat(centre.json("/api/v1/fleet/summary")
                        .get("companies_by_band")
                        .get("orange")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void vehiclesAreFoundByPlateDriverAndState() throws Exception {
        assertThat(plates("/api/v1/vehicles?query=54321")).containsExactly("渝B54321");
        assertThat(plates("/api/v1/vehicles?query=" + encoded("陈国强"))).containsExactly("渝B12345");
        assertThat(plates("/api/v1/vehicles?state=moving")).containsExactly("渝B12345");
        assertThat(plates("/api/v1/vehicles?state=never")).containsExactly("渝B54321");
        assertThat(plates("/api/v1/vehicles?ids=1,3")).containsExactlyInAnyOrder("渝B12345", "川A99999");
        assertThat(plates("/api/v1/vehicles?company=2")).containsExactly("川A99999");
        JsonNode moving =
                centre.json("/api/v1/vehicles?state=moving").get("items").get(0);
        assertThat(moving.get("lat").doubleValue()).isEqualTo(29.56301);
        assertThat(moving.get("speed_kmh").doubleValue()).isEqualTo(98.0);
        assertThat(moving.get("driver").get("phone_masked").textValue()).isEqualTo("138****2047");
    }

    @Test
    void aDriversNumberIsSeenInFullByTheCentreAloneAndIdCardsByNobody() throws Exception {
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        Visitor regulator = Visitor.signedIn(stage.port(), "regulator50");
        for (String path : List.of("/api/v1/vehicles", "/api/v1/vehicles/1", "/api/v1/companies/1/risk")) {
            assertThat(company.get(path).body()).doesNotContain("13800002047").doesNotContain("500101199001010011");
            assertThat(regulator.get(path).body()).doesNotContain("13800002047").doesNotContain("500101199001010011");
            assertThat(centre.get(path).body()).doesNotContain("500101199001010011");
        }
        assertThat(centre.get("/api/v1/vehicles/1").body()).contains("13800002047");
    }

    @Test
    void theDrawerOfATruckHoldsPapersAlarmsClockAndCounters() throws Exception {
        JsonNode drawer = centre.json("/api/v1/vehicles/1");
        assertThat(drawer.get("plate").textValue()).isEqualTo("渝B12345");
        assertThat(drawer.get("terminal").get("edition").intValue()).isEqualTo(2019);
        assertThat(drawer.get("today").get("km").doubleValue()).isEqualTo(388.0);
        assertThat(drawer.get("clock").get("continuous_s").intValue()).isEqualTo(13_680);
        JsonNode papers = drawer.get("papers");
        assertThat(papers.findValuesAsText("kind")).contains("veh.inspection", "veh.maintenance2", "drv.qualification");
        assertThat(papers.findValuesAsText("state")).contains("overdue", "due_urgent", "missing");
        assertThat(centre.json("/api/v1/vehicles/2").get("clock").isNull()).isTrue();
    }

    @Test
    void theDrawerSaysWhoDrivesAndWhenceThatIsKnown() throws Exception {
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        JsonNode assigned = centre.json("/api/v1/vehicles/1").get("at_the_wheel");
        assertThat(assigned.get("source").textValue()).isEqualTo("assigned");
        assertThat(assigned.get("driver").get("name").textValue()).isEqualTo("陈国强");
        assertThat(centre.json("/api/v1/vehicles/2").at("/at_the_wheel/source").textValue())
                .isEqualTo("nobody");
        try {
            stage.ports.cards.put(1, new DriverCards.Card(2, "0022", 1_773_525_662_000L));
            JsonNode card = centre.json("/api/v1/vehicles/1").get("at_the_wheel");
            assertThat(card.get("source").textValue()).isEqualTo("card");
            assertThat(card.get("driver").get("name").textValue()).isEqualTo("马志远");
            assertThat(card.get("card_number_end").textValue()).isEqualTo("0022");
            assertThat(card.get("since").textValue()).isEqualTo("2026-03-14T22:01:02Z");
            // The holder is another company's driver, whom this one may not see.
            assertThat(company.json("/api/v1/vehicles/1")
                            .at("/at_the_wheel/driver")
                            .isNull())
                    .isTrue();
            stage.ports.cards.put(1, new DriverCards.Card(null, "4417", 1_773_525_662_000L));
            JsonNode unknown = centre.json("/api/v1/vehicles/1").get("at_the_wheel");
            assertThat(unknown.get("source").textValue()).isEqualTo("unknown_card");
            assertThat(unknown.get("driver").isNull()).isTrue();
        } finally {
            stage.ports.cards.clear();
        }
    }

    @Test
    void aTrackGivesColumnsOfEqualLengthWithDoubtfulPointsMarked() throws Exception {
        Instant now = Instant.now();
        JsonNode track = centre.json("/api/v1/vehicles/1/track?from=" + now.minusSeconds(3_600) + "&to=" + now);
        assertThat(track.get("t_ms")).hasSize(60);
        for (String column : List.of("lat", "lon", "speed", "heading", "flags")) {
            assertThat(track.get(column)).as(column).hasSize(60);
        }
        List<Integer> flags = new ArrayList<>();
        track.get("flags").forEach(flag -> flags.add(flag.intValue()));
        assertThat(flags.stream().filter(flag -> (flag & 1) != 0)).hasSize(1);
        assertThat(flags.stream().filter(flag -> (flag & 4) != 0)).isNotEmpty();
        assertThat(centre.get("/api/v1/vehicles/1/track").statusCode()).isEqualTo(400);
        assertThat(centre.get("/api/v1/vehicles/1/track?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void anAlarmShowsItsEvidenceStripTrackAndHistory() throws Exception {
        JsonNode alarm = centre.json("/api/v1/alarms/" + Stage.ALARM_1);
        assertThat(alarm.get("vehicle").get("plate").textValue()).isEqualTo("渝B12345");
        assertThat(alarm.get("driver").get("name").textValue()).isEqualTo("陈国强");
        JsonNode point = alarm.get("points").get(0);
        assertThat(point.get("lat").doubleValue()).isEqualTo(29.563);
        assertThat(point.get("lon").doubleValue()).isEqualTo(106.55164);
        assertThat(point.get("speed_kmh").doubleValue()).isEqualTo(98.0);
        assertThat(alarm.get("revisions").get(0).get("why").textValue()).isEqualTo("first seen");
        JsonNode strip = alarm.get("strip");
        assertThat(strip.get("limit_segments").get(0).get("limit_kmh").doubleValue())
                .isEqualTo(80.0);
        assertThat(strip.get("limit_segments").get(0).get("source").textValue()).isEqualTo("ZONE");
        assertThat(strip.get("t_ms").size())
                .isPositive()
                .isEqualTo(strip.get("speed").size());
        assertThat(alarm.get("papers").size()).isPositive();
    }

    @Test
    void aTerminalsAlarmIsFoundByItsSourceAndOneThatWasJoinedIsEvidence() throws Exception {
        UUID alone = UUID.randomUUID();
        UUID joined = UUID.randomUUID();
        String insert = "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, "
                + "vehicle_id, started_at, ended_at, severity, evidence, ended_by, measures, facts, points, stream_offset) "
                + "values ('%s', 2, 1, '%s', 'terminal_alarm', 'cn-2026.1', 'vehicle:3', 3, '2026-03-01T01:00:00Z', "
                + "'2026-03-01T01:01:00Z', 1, 'terminal', '%s', '{}', '{\"alarm\":\"overspeed\"%s}', '[]', 900)";
        try {
            stage.database.run(
                    insert.formatted(alone, "closed", "cleared", ""),
                    insert.formatted(joined, "withdrawn", "joined", ",\"joined\":\"" + Stage.ALARM_2 + "\""));
            assertThat(alarms("source=terminal")).containsExactly(alone.toString());
            assertThat(alarms("source=platform")).contains(Stage.ALARM_2).doesNotContain(alone.toString());
            assertThat(alarms("rule=terminal_alarm")).containsExactly(alone.toString());
            JsonNode witness = centre.json("/api/v1/alarms/" + Stage.ALARM_2).get("terminal");
            assertThat(witness).hasSize(1);
            assertThat(witness.get(0).get("alarm").textValue()).isEqualTo("overspeed");
            assertThat(witness.get(0).get("started_at").textValue()).isEqualTo("2026-03-01T01:00:00Z");

            // The lower one of both limits: the platform's is 80, the terminal has told 70, then 90.
            assertThat(caseLimit(Stage.ALARM_2).isNull()).as("it has told none").isTrue();
            stage.database.run(
                    "insert into hw.terminal_parameter (vehicle_id, parameter_id, company_id, reported, reported_at) "
                            + "values (3, 85, 2, '70', now() - interval '1 hour')");
            assertThat(caseLimit(Stage.ALARM_2).get("kmh").doubleValue()).isEqualTo(70.0);
            assertThat(caseLimit(alone.toString()).get("kmh").doubleValue()).isEqualTo(70.0);
            stage.database.run("update hw.terminal_parameter set reported = '90' where vehicle_id = 3");
            assertThat(caseLimit(Stage.ALARM_2).get("kmh").doubleValue()).isEqualTo(80.0);
            assertThat(caseLimit(Stage.ALARM_2).get("terminal_kmh").intValue()).isEqualTo(90);
            stage.database.run(
                    "update hw.terminal_parameter set reported_at = now(), wanted_at = now() where vehicle_id = 3");
            assertThat(caseLimit(Stage.ALARM_2).isNull())
                    .as("it was set since, and what it was then is not known")
                    .isTrue();
            assertThat(centre.get("/api/v1/alarms?source=cab").statusCode()).isEqualTo(400);
        } finally {
            stage.database.run(
                    "delete from hw.episode where episode_id in ('%s', '%s')".formatted(alone, joined),
                    "delete from hw.terminal_parameter where vehicle_id = 3");
        }
    }

    private JsonNode caseLimit(String alarm) throws Exception {
        return centre.json("/api/v1/alarms/" + alarm).get("case_limit");
    }

    private List<String> alarms(String query) throws Exception {
        List<String> ids = new ArrayList<>();
        centre.json("/api/v1/alarms?" + query)
                .get("items")
                .forEach(row -> ids.add(row.get("id").textValue()));
        return ids;
    }

    @Test
    void alarmsAreFilteredCountedAndPaged() throws Exception {
        try (Stage own = new Stage()) {
            for (int i = 0; i < 30; i++) {
                own.database.run(
                        "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, "
                                + "vehicle_id, started_at, ended_at, severity, evidence, measures, facts, points, stream_offset, handling) "
                                + "values ('" + UUID.randomUUID()
                                + "', 1, 1, 'closed', 'papers', 'cn-2026.1', 'vehicle:2', 2, now() - interval '"
                                + (i / 3) + " hours', now(), " + (1 + i % 3) + ", 'live', '{}', '{}', '[]', "
                                + (100 + i) + ", '"
                                + (i % 2 == 0 ? "new" : "resolved") + "')");
            }
            Visitor visitor = Visitor.signedIn(own.port(), "company1");
            JsonNode all = visitor.json("/api/v1/alarms?limit=200");
            assertThat(all.get("items")).hasSize(31);
            assertThat(all.get("counts").get("total").intValue()).isEqualTo(31);
            assertThat(all.get("counts").get("by_rule").get("papers").intValue())
                    .isEqualTo(30);
            List<String> ids = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = visitor.json("/api/v1/alarms?limit=4" + cursor);
                assertThat(page.get("items").size()).isBetween(1, 4);
                page.get("items").forEach(item -> ids.add(item.get("id").textValue()));
                cursor = page.get("next_cursor").isNull()
                        ? ""
                        : "&cursor=" + page.get("next_cursor").textValue();
            } while (!cursor.isEmpty());
            assertThat(ids)
                    .isEqualTo(all.get("items").findValuesAsText("id").stream()
                            .filter(id -> id.length() == 36)
                            .toList());
            assertThat(visitor.json("/api/v1/alarms?status=open&rule=papers")
                            .get("counts")
                            .get("total")
                            .intValue())
                    .isEqualTo(15);
            assertThat(visitor.json("/api/v1/alarms?status=closed")
                            .get("counts")
                            .get("total")
                            .intValue())
                    .isEqualTo(15);
            assertThat(visitor.json("/api/v1/alarms?severity=4").get("items")).hasSize(1);
            assertThat(visitor.json("/api/v1/alarms?query=54321&severity=1,2").get("items"))
                    .hasSize(20);
        }
    }

    @Test
    void cursorsThatWereChangedOrMovedAreRefused() throws Exception {
        String cursor = centre.json("/api/v1/alarms?limit=1").get("next_cursor").textValue();
        assertThat(centre.get("/api/v1/alarms?limit=1&cursor=" + cursor).statusCode())
                .isEqualTo(200);
        for (int i = 0; i < cursor.length(); i += 7) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
            assertThat(centre.get("/api/v1/alarms?limit=1&cursor=" + changed).statusCode())
                    .as(changed)
                    .isEqualTo(400);
        }
        assertThat(centre.get("/api/v1/vehicles?limit=1&cursor=" + cursor).statusCode())
                .isEqualTo(400);
        assertThat(centre.get("/api/v1/alarms?limit=1&severity=4&cursor=" + cursor)
                        .statusCode())
                .isEqualTo(400);
        assertThat(Visitor.signedIn(stage.port(), "admin")
                        .get("/api/v1/alarms?limit=1&cursor=" + cursor)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatLooksLikeSqlOrScriptIsTakenAsTextOrRefusedNeverRun() throws Exception {
        List<String> nasty = List.of(
                "' or 1=1 --",
                "'; drop table hw.alarm; --",
                "%",
                "_",
                "\\",
                "<script>alert(1)</script>",
                "${jndi:ldap://x}",
                "\u0000",
                "../../etc/passwd",
                "1e9",
                "-1",
                "9".repeat(40),
                "𝕏".repeat(30));
        for (String value : nasty) {
            String e = encoded(value);
            for (String path : List.of(
                    "/api/v1/vehicles?query=" + e,
                    "/api/v1/vehicles?company=" + e,
                    "/api/v1/vehicles?ids=" + e,
                    "/api/v1/vehicles?state=" + e,
                    "/api/v1/companies?query=" + e,
                    "/api/v1/companies?sort=" + e,
                    "/api/v1/alarms?query=" + e,
                    "/api/v1/alarms?rule=" + e,
                    "/api/v1/alarms?status=" + e,
                    "/api/v1/alarms?from=" + e,
                    "/api/v1/alarms?cursor=" + e,
                    "/api/v1/alarms?limit=" + e,
                    "/api/v1/alarms/" + e,
                    "/api/v1/vehicles/" + e,
                    "/api/v1/commands/" + e,
                    "/api/v1/companies/" + e + "/risk")) {
                HttpResponse<String> answer = centre.get(path);
                assertThat(answer.statusCode()).as(path).isIn(200, 400, 404);
                if (answer.statusCode() == 200 && path.contains("query=")) {
                    assertThat(Visitor.JSON.readTree(answer.body()).get("items"))
                            .as(path)
                            .isEmpty();
                }
                if (answer.statusCode() != 200) {
                    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                            .as(path)
                            .startsWith("application/problem+json");
                }
            }
        }
        HttpResponse<String> refused = centre.get("/api/v1/alarms?status=%3Cscript%3E");
        assertThat(Visitor.JSON.readTree(refused.body()).get("detail").textValue())
                .contains("open, closed, all")
                .contains("status=<script>");
    }

    @Test
    void acknowledgingIsStoredOnceWithItsNoteAndAudited() throws Exception {
        try (Stage own = new Stage()) {
            Visitor visitor = Visitor.signedIn(own.port(), "company1");
            String path = "/api/v1/alarms/" + Stage.ALARM_1 + "/actions";
            HttpResponse<String> withoutNote = visitor.post(path, "{\"kind\":\"acknowledge\"}");
            assertThat(withoutNote.statusCode()).isEqualTo(422);
            HttpResponse<String> done = visitor.post(path, "{\"kind\":\"acknowledge\",\"note\":\"已语音提醒 <b>\"}");
            assertThat(done.statusCode()).isEqualTo(201);
            assertThat(Visitor.JSON.readTree(done.body()).get("user").textValue())
                    .isEqualTo("李敏");
            assertThat(visitor.post(path, "{\"kind\":\"acknowledge\",\"note\":\"again\"}")
                            .statusCode())
                    .isEqualTo(409);
            JsonNode alarm = visitor.json("/api/v1/alarms/" + Stage.ALARM_1);
            assertThat(alarm.get("handling").textValue()).isEqualTo("resolved");
            assertThat(alarm.get("actions").get(0).get("note").textValue()).isEqualTo("已语音提醒 <b>");
            assertThat(visitor.json("/api/v1/alarms?status=open").get("items")).isEmpty();
            assertThat(own.database.column("select object from hw.audit where action = 'alarm.acknowledge'"))
                    .containsExactly("alarm:" + Stage.ALARM_1);
            assertThat(visitor.post(path, "{\"kind\":\"delete\"}").statusCode()).isEqualTo(400);
        }
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
        String around = "?from=" + now.minusSeconds(660) + "&to=" + now.minusSeconds(420);
        JsonNode found = centre.json("/api/v1/vehicles/1/files" + around).get("items");
        assertThat(found).hasSize(1);
        assertThat(found.at("/0/id").textValue()).isEqualTo(Stage.FILE_1);
        assertThat(found.at("/0/kind").textValue()).isEqualTo("image");
        assertThat(centre.json("/api/v1/vehicles/1/files?to=" + now.minusSeconds(660))
                        .get("items"))
                .isEmpty();

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

    @Test
    void healthMetricsAndStatusSayHowTheSystemIs() throws Exception {
        Visitor stranger = new Visitor(stage.port());
        assertThat(stranger.json("/health/live").get("status").textValue()).isEqualTo("ok");
        assertThat(stranger.json("/health/ready").get("status").textValue()).isEqualTo("ok");
        assertThat(stranger.get("/metrics").body()).contains("haulwatch_console_request_seconds");
        JsonNode status = centre.json("/api/v1/status");
        assertThat(status.get("log").get("accepting").booleanValue()).isTrue();
        assertThat(status.get("readers").get("writer_lag").intValue()).isEqualTo(12);
        assertThat(status.get("tile_sources").isArray()).isTrue();
    }

    @Test
    void unknownPathsAndMethodsOfTheApiAreProblems() throws Exception {
        assertThat(centre.get("/api/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(centre.post("/api/v1/companies", "{}").statusCode()).isEqualTo(405);
        assertThat(centre.get("/api/v1/nothing")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .startsWith("application/problem+json");
    }

    private List<String> plates(String path) throws Exception {
        return centre.json(path).get("items").findValuesAsText("plate");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

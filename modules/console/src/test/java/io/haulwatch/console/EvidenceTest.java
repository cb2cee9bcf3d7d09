package io.haulwatch.console;

import static io.haulwatch.console.Answers.done;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The evidence card over HTTP: what stands in it, in which language, for whom, and how a printed one is checked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidenceTest {
    private static final String SPEEDING = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final String NOBODYS = "aaaaaaaa-0000-4000-8000-000000000002";
    private static final String OLD = "aaaaaaaa-0000-4000-8000-000000000003";
    private static final String LONG_NAME = "重庆两江新区鱼复工业开发区危险货物与冷链甩挂联运供应链管理股份有限公司第三分公司";

    private Stage stage;
    private Visitor lead;
    private Visitor company;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        String columns =
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id, "
                        + "started_at, ended_at, ended_by, severity, evidence, measures, facts, points, stream_offset) values ";
        stage.database.run(
                "insert into hw.company (company_id, name, adcode) values (7, '" + LONG_NAME + "', '500112')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) values (9, 7, '渝D00009', 2, 'GENERAL')",
                "select hw.ensure_position_day('2026-03-05')",
                // Ten seconds apart, from 09:57:00 on; faster than 80 km/h from 10:00:00 to 10:01:40.
                "insert into hw.position (device_time, receive_time, body_hash, vehicle_id, alarms, status, lat, lon, speed, heading, "
                        + "altitude, satellites, flags, body) select t, t + interval '3 seconds', n, 1, 0, 3, 29563000 + n * 2000, "
                        + "106551640 + n * 900, case when n between 18 and 28 then 1030 else 700 end, 24, 250, 11, 0, decode('"
                        + Stage.BODY + "', 'hex') from generate_series(0, 60) n, "
                        + "lateral (select timestamptz '2026-03-05T01:57:00Z' + n * interval '10 seconds') at (t)",
                "insert into hw.doubt (vehicle_id, company_id, device_time, body_hash, reason) values "
                        + "(1, 1, '2026-03-05T01:59:30Z', 15, 'JUMP')",
                columns + "('" + SPEEDING
                        + "', 1, 2, 'closed', 'speeding', 'cn-2026.1', 'vehicle:1', 1, 1, '2026-03-05T02:00:00Z', "
                        + "'2026-03-05T02:01:40Z', 'limit', 3, 'live', '{\"limit_decikmh\":800,\"peak_decikmh\":1030,\"duration_s\":100,"
                        + "\"excess_permille\":288,\"distance_m\":2850}', '{\"limit_source\":\"ZONE\",\"zone\":\"学校\",\"candidates\":"
                        + "\"PLATFORM_VEHICLE=90; ZONE 9=80\"}', '[{\"role\":\"opening\",\"device_millis\":1772676000000,\"body_hex\":\""
                        + Stage.BODY + "\"}]', 5)",
                columns + "('" + NOBODYS
                        + "', 7, 1, 'closed', 'card_change_moving', 'cn-2026.1', 'vehicle:9', 9, null, "
                        + "'2026-03-06T02:00:00Z', '2026-03-06T02:00:00Z', 'instant', 3, 'live', '{\"speed_decikmh\":655}', '{}', '[]', 6)",
                columns + "('" + OLD
                        + "', 1, 1, 'closed', 'papers', 'cn-2026.1', 'vehicle:1', 1, 1, '2025-01-05T02:00:00Z', "
                        + "'2025-01-05T03:00:00Z', 'stop', 4, 'live', '{\"distance_m\":42000,\"duration_s\":3600}', "
                        + "'{\"paper_kind\":\"veh.inspection\",\"papers\":\"veh.inspection 2024-12-31\",\"expires\":\"2024-12-31\"}', "
                        + "'[{\"role\":\"opening\",\"device_millis\":1736042400000,\"body_hex\":\"" + Stage.BODY
                        + "\"}]', 7)",
                "insert into hw.episode_revision (episode_id, revision, company_id, state, content) values ('"
                        + SPEEDING + "', 1, 1, 'open', '{}'), ('" + SPEEDING
                        + "', 2, 1, 'closed', '{\"ended_by\":\"limit\"}')");
        lead = Visitor.signedIn(stage.port(), "centre");
        company = Visitor.signedIn(stage.port(), "company1");
        done(Visitor.signedIn(stage.port(), "agent")
                .post("/api/v1/alarms/" + SPEEDING + "/actions", "{\"kind\":\"note\",\"note\":\"已电话提醒 <b>减速</b>\"}"));
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void theCardTellsWhatWasReceivedHowItWasJudgedAndWhatWasDone() throws Exception {
        JsonNode answer = company.json("/api/v1/alarms/" + SPEEDING + "/evidence?lang=en");
        JsonNode card = answer.get("content");
        assertThat(card.get("would_not_have_fired").textValue())
                .isEqualTo(
                        "It would not have fired if the truck had gone no faster than 80 km/h (Zone), or faster for no longer than 30 s "
                                + "without a break; it reached 103 km/h and was above the limit for 1 min 40 s.");
        assertThat(card.get("limit").get("kmh").textValue()).isEqualTo("80");
        assertThat(card.get("limit").get("candidates")).hasSize(2);
        assertThat(card.get("law").get(0).textValue()).contains("arts. 45 and 78");
        JsonNode reports = card.get("reports");
        assertThat(reports).hasSize(18);
        assertThat(reports.get(0).get("device_time").textValue()).isEqualTo("2026-03-05T01:58:40Z");
        assertThat(reports.get(8).get("device_time").textValue()).isEqualTo("2026-03-05T02:00:00Z");
        assertThat(reports.get(8).get("body_hex").textValue()).isEqualTo(Stage.BODY);
        assertThat(reports.get(8).get("received_at").textValue()).isEqualTo("2026-03-05T02:00:03Z");
        assertThat(reports.findValues("doubted").stream()
                        .filter(JsonNode::booleanValue)
                        .count())
                .isEqualTo(1);
        assertThat(card.get("quality").get("positions").intValue()).isEqualTo(59);
        assertThat(card.get("quality").get("doubted").intValue()).isEqualTo(1);
        assertThat(card.get("quality").get("least_satellites").intValue()).isEqualTo(11);
        assertThat(card.get("quality").get("longest_gap_seconds").intValue()).isEqualTo(10);
        assertThat(card.get("alarm").get("actions").findValuesAsText("note")).contains("已电话提醒 <b>减速</b>");
        assertThat(card.get("alarm").get("papers").findValuesAsText("kind"))
                .contains("veh.inspection", "drv.qualification");
    }

    @Test
    void thePrintedCardSaysTheSameInBothLanguages() throws Exception {
        String chinese = text(pdf(company, SPEEDING, "zh-CN"));
        assertThat(chinese)
                .contains("报警证据卡", "渝B12345", "渝捷达物流有限公司", "陈国强", "限速 80", "电子围栏", "学校", "车型限速 90 km/h")
                .contains("第四十五条", "2026-03-05 10:00:00", "车辆年检", "已电话提醒 <b>减速</b>", "何静", "不采信", "cn-2026.1")
                .contains("29.599000, 106.567840");
        assertThat(chinese.replaceAll("\\s", ""))
                .contains("如果车速没有超过80km/h（电子围栏），或连续超过的时间不长于30秒，就不会报警；实际最高103km/h，超速持续1分40秒。")
                .contains(Stage.BODY);
        String english = text(pdf(company, SPEEDING, "en"));
        assertThat(english)
                .contains("Evidence of an alarm", "渝B12345", "Speeding", "limit 80", "Zone", "Vehicle class 90 km/h")
                .contains(
                        "arts. 45 and 78",
                        "2026-03-05 10:00:00",
                        "Vehicle inspection",
                        "not believed",
                        "Revision 2: Ended");
        assertThat(english.replaceAll("\\s+", " "))
                .contains("It would not have fired if the truck had gone no faster than 80 km/h (Zone)");
    }

    @Test
    void aCardWithoutLimitDriverTrackOrRawReportsSaysSo() throws Exception {
        String text = text(pdf(lead, NOBODYS, "zh-CN"));
        assertThat(text).contains("与限速无关", "未知", "没有留存原始报文", "这段时间没有留存位置", "无对应条款", "还没有人处理");
        assertThat(text.replaceAll("\\s", "")).contains(LONG_NAME);
        String old = text(pdf(lead, OLD, "en"));
        assertThat(old)
                .contains(
                        "No positions around the start are kept",
                        "Of the positions around the start none is kept any more")
                .contains("art. 16", "safety inspection", "2024-12-31");
    }

    @Test
    void aForeignCompanyIsAnsweredAsIfThereWereNoSuchAlarm() throws Exception {
        Visitor foreign = Visitor.signedIn(stage.port(), "company2");
        for (String path : new String[] {"/evidence", "/evidence?lang=en", "/evidence/pdf", "/evidence/pdf?lang=en"}) {
            String body = refused(foreign.get("/api/v1/alarms/" + SPEEDING + path), 404, "not-found");
            assertThat(body).doesNotContain("渝", "陈");
        }
        refused(company.get("/api/v1/alarms/" + NOBODYS + "/evidence/pdf"), 404, "not-found");
        refused(company.get("/api/v1/alarms/" + SPEEDING + "/evidence/pdf?lang=fr"), 400, "bad-value");
    }

    @Test
    void aRegulatorReadsNoNameAndNoPlaceBeforeGivingAReason() throws Exception {
        Visitor regulator = Visitor.signedIn(stage.port(), "regulator50");
        String before = text(pdf(regulator, SPEEDING, "en"));
        assertThat(before)
                .contains("has to give a reason", "陈**")
                .doesNotContain("陈国强", "106.56", Stage.BODY.substring(0, 8) + " ");
        done(regulator.post("/api/v1/vehicles/1/looks", "{\"reason\":\"核查超速报警\"}"));
        assertThat(text(pdf(regulator, SPEEDING, "en")))
                .contains("106.567840", "陈**")
                .doesNotContain("陈国强");
    }

    @Test
    void aPrintedCardCanBeCheckedAndItsNumberStaysUntilItsContentChanges() throws Exception {
        String first = number(pdf(company, OLD, "zh-CN"));
        assertThat(number(pdf(lead, OLD, "zh-CN"))).isEqualTo(first);
        assertThat(number(pdf(company, OLD, "en"))).isNotEqualTo(first);
        JsonNode document = company.json("/api/v1/documents/" + first);
        assertThat(document.get("sum_holds").booleanValue()).isTrue();
        assertThat(document.get("issued_by").textValue()).isEqualTo("李敏");
        assertThat(document.get("subject").textValue()).isEqualTo("alarm:" + OLD);
        assertThat(document.get("content"))
                .isEqualTo(company.json("/api/v1/alarms/" + OLD + "/evidence").get("content"));
        assertThat(sum(document.get("content")))
                .isEqualTo(document.get("sha256").textValue());
        assertThat(text(pdf(company, OLD, "zh-CN")))
                .contains(first, document.get("sha256").textValue());
        refused(Visitor.signedIn(stage.port(), "company2").get("/api/v1/documents/" + first), 404, "not-found");
        refused(company.get("/api/v1/documents/" + first + "0"), 404, "not-found");
        assertThat(Visitor.signedIn(stage.port(), "regulator50")
                        .json("/api/v1/documents/" + first)
                        .get("content")
                        .isNull())
                .as("a driver's name stands in it")
                .isTrue();
        done(lead.post("/api/v1/alarms/" + OLD + "/actions", "{\"kind\":\"note\",\"note\":\"复核\"}"));
        assertThat(number(pdf(company, OLD, "zh-CN"))).isNotEqualTo(first);
        assertThat(stage.database.column(
                        "select count(*) from hw.audit where action = 'evidence.print' and detail ->> 'number' = '"
                                + first + "'"))
                .containsExactly("3");
    }

    /** As somebody with the answer in his hands would sum it. */
    private static String sum(JsonNode content) throws Exception {
        ObjectMapper sorted = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        String text = sorted.writeValueAsString(sorted.treeToValue(content, Object.class));
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<byte[]> pdf(Visitor who, String alarm, String lang)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = who.raw(who.request("/api/v1/alarms/" + alarm + "/evidence/pdf?lang=" + lang)
                .build());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(answer.body().length).isLessThan(200_000);
        return answer;
    }

    private static String number(HttpResponse<byte[]> answer) {
        String name = answer.headers().firstValue("Content-Disposition").orElseThrow();
        return name.replaceAll(".*\"(EC-\\d+-\\d+)-.*", "$1");
    }

    private static String text(HttpResponse<byte[]> answer) throws IOException {
        try (PDDocument document = Loader.loadPDF(answer.body())) {
            return new PDFTextStripper().getText(document);
        }
    }
}

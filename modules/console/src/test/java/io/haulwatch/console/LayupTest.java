package io.haulwatch.console;

import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.papers.PaperReminders;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.ScopedDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Trucks that are laid up: with evidence and an end, their papers frozen and not counted, and each step kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayupTest {
    private static final String TODAY = "(now() at time zone 'Asia/Shanghai')::date";

    private Stage stage;
    private Visitor company;
    private Visitor lead;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        trucks(stage);
        company = Visitor.signedIn(stage.port(), "company1");
        lead = Visitor.signedIn(stage.port(), "centre");
    }

    /** Trucks 301 to 312, each with a permit that is twenty days overdue and nothing else. */
    private static void trucks(Stage stage) throws Exception {
        stage.database.run(
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) "
                        + "select n, 1, '渝B9' || lpad(n::text, 4, '0'), 2, 'GENERAL' from generate_series(301, 312) n",
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, issued, expires, effective_from) "
                        + "select 1, 'VEHICLE', n, 'veh.permit', 'P-' || n, '2020-01-01', " + TODAY
                        + " - 20, '-infinity' from generate_series(301, 312) n");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aLayUpWaitsForItsEvidenceAndFreezesTheTrucksPapersFromThenOn() throws Exception {
        assertThat(states(301)).containsOnly("overdue", "missing");
        assertThat(dues("overdue")).contains("渝B90301");
        assertThat(expired()).contains(301);
        assertThat(truck(301).get("overdue").intValue()).isEqualTo(1);
        int permits = count("permit_overdue", "of");
        assertThat(company.json("/api/v1/vehicles/301/risk")
                        .get("risk")
                        .get("parts")
                        .findValuesAsText("code"))
                .containsExactly("D");

        JsonNode waiting = begin(301, -2, 30);
        assertThat(waiting.get("state").textValue()).isEqualTo("waiting");
        assertThat(waiting.get("begun_by").textValue()).isEqualTo("周岚");
        assertThat(states(301)).as("without evidence").containsOnly("overdue", "missing");
        assertThat(stops(301)).doesNotContain("laid_up");

        attach(waiting, "修理厂送修单.pdf");
        JsonNode inForce = layup(301);
        assertThat(inForce.get("state").textValue()).isEqualTo("in_force");
        assertThat(inForce.get("attachments").findValuesAsText("title")).containsExactly("修理厂送修单.pdf");
        assertThat(states(301)).containsOnly("inactive");
        assertThat(company.json("/api/v1/companies/1/papers?state=inactive&query=P-301")
                        .get("items")
                        .findValuesAsText("days"))
                .containsExactly("null");
        assertThat(company.json("/api/v1/vehicles/301/papers").get("kinds").findValuesAsText("state"))
                .containsOnly("inactive");
        assertThat(company.json("/api/v1/vehicles/301").get("papers").findValuesAsText("state"))
                .containsOnly("inactive");
        assertThat(dues("overdue")).doesNotContain("渝B90301");
        assertThat(expired()).doesNotContain(301);
        assertThat(truck(301).get("overdue").intValue()).isZero();
        assertThat(count("permit_overdue", "of")).isEqualTo(permits - 1);
        JsonNode risk = company.json("/api/v1/vehicles/301/risk");
        assertThat(risk.get("papers")).isEmpty();
        assertThat(risk.get("risk").get("missing").toString()).contains("\"D\"");
        assertThat(stage.database.column("select action from hw.audit where object = 'vehicle:301' order by audit_id"))
                .containsExactly("layup.begin", "layup.in_force");
    }

    @Test
    void theGateStopsATruckThatIsLaidUpOnceAndSaysUntilWhen() throws Exception {
        attach(begin(302, 0, 10), "a.pdf");
        JsonNode verdict = company.json("/api/v1/vehicles/302/dispatch");
        assertThat(verdict.get("allowed").booleanValue()).isFalse();
        assertThat(verdict.at("/reasons/0/code").textValue()).isEqualTo("laid_up");
        assertThat(verdict.at("/reasons/0/weight").textValue()).isEqualTo("stop");
        assertThat(verdict.at("/reasons/0/detail").textValue()).isEqualTo(day(10));
        assertThat(verdict.get("reasons").findValuesAsText("kind"))
                .as("its frozen papers say nothing besides")
                .noneMatch(kind -> kind.startsWith("veh."));
    }

    @Test
    void anAlarmOfATruckThatDrivesAllTheSameShowsItsPapersAsTheyWereJudged() throws Exception {
        attach(begin(311, -2, 10), "a.pdf");
        String alarm = "31131131-1311-4311-8311-311311311311";
        stage.database.run(
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, "
                        + "vehicle_id, started_at, ended_at, severity, evidence, measures, facts, points, stream_offset) values ('"
                        + alarm
                        + "', 1, 1, 'closed', 'papers', 'cn-2026.1', 'vehicle:311', 311, now(), now(), 4, 'live', '{}', "
                        + "'{\"papers\":\"veh.permit " + day(-20) + "\"}', '[]', 0)");
        assertThat(company.json("/api/v1/vehicles/311").get("papers").findValuesAsText("state"))
                .containsOnly("inactive");
        assertThat(company.json("/api/v1/alarms/" + alarm).get("papers").findValuesAsText("state"))
                .contains("overdue")
                .doesNotContain("inactive");
    }

    @Test
    void whoeverEndsItSaysWhyAndThePapersCountAgainAtOnce() throws Exception {
        JsonNode begun = begin(303, -30, 300);
        attach(begun, "a.pdf");
        assertThat(states(303)).containsOnly("inactive");
        String end = "/api/v1/layups/" + begun.get("id") + "/end";
        refused(lead.post(end, "{\"note\":\" x \"}"), 422, "layup-note");
        assertThat(company.post(end, "{\"note\":\"修好了\"}").statusCode()).isEqualTo(403);
        HttpResponse<String> ended = lead.post(end, "{\"note\":\"修好了，已出厂\"}");
        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
        assertThat(states(303)).containsOnly("overdue", "missing");
        assertThat(dues("overdue")).contains("渝B90303");
        JsonNode kept = layup(303);
        assertThat(kept.get("state").textValue()).isEqualTo("ended");
        assertThat(kept.get("ended_by").textValue()).isEqualTo("周岚");
        assertThat(kept.get("end_reason").textValue()).isEqualTo("修好了，已出厂");
        assertThat(kept.get("note").textValue()).isEqualTo("发动机大修");
        refused(lead.post(end, "{\"note\":\"又一次\"}"), 409, "layup-over");
        refused(send(lead, begun, "b.pdf"), 409, "layup-over");
        assertThat(begin(303, 0, 5).get("state").textValue())
                .as("its days are free again")
                .isEqualTo("waiting");
        assertThat(stage.database.column("select action from hw.audit where object = 'vehicle:303' order by audit_id"))
                .containsExactly("layup.begin", "layup.in_force", "layup.end", "layup.begin");
    }

    @Test
    void aTruckIsLaidUpOnceAtATimeAndOnlyForDaysThatCanBe() throws Exception {
        begin(304, 0, 20);
        HttpResponse<String> second = ask(lead, 304, "repair", day(0), day(40), "变速箱");
        refused(second, 409, "layup-there");
        assertThat(second.body()).contains(day(20));
        refused(ask(lead, 305, "repair", day(-3), day(-4), "变速箱"), 422, "layup-days");
        refused(ask(lead, 305, "repair", day(1), day(4), "变速箱"), 422, "layup-days");
        refused(ask(lead, 305, "repair", day(-31), day(4), "变速箱"), 422, "layup-days");
        refused(ask(lead, 305, "repair", day(-5), day(-1), "变速箱"), 422, "layup-days");
        LocalDate today = LocalDate.parse(day(0));
        refused(ask(lead, 305, "repair", day(0), today.plusYears(1).toString(), "变速箱"), 422, "layup-days");
        refused(ask(lead, 305, "repair", day(0), day(4), " 修 "), 422, "layup-note");
        assertThat(ask(lead, 305, "holiday", day(0), day(4), "变速箱").statusCode())
                .isEqualTo(400);
        assertThat(lead.post("/api/v1/vehicles/305/layups", "{\"reason\":\"repair\",\"note\":\"变速箱\"}")
                        .statusCode())
                .as("without days")
                .isEqualTo(400);
        assertThat(ask(company, 305, "repair", day(0), day(4), "变速箱").statusCode())
                .as("a company lays no truck of its own up")
                .isEqualTo(403);
        HttpResponse<String> longest = ask(
                lead,
                305,
                "deregistered",
                day(-30),
                today.minusDays(30).plusYears(1).minusDays(1).toString(),
                "已报停");
        assertThat(longest.statusCode()).as(longest.body()).isEqualTo(201);
        HttpResponse<String> notEvidence = send(company, Visitor.JSON.readTree(longest.body()), "a.pdf");
        assertThat(notEvidence.statusCode())
                .as("whoever may not lay up gives no evidence either")
                .isEqualTo(403);
        assertThat(layup(305).get("state").textValue()).isEqualTo("waiting");
    }

    @Test
    void anotherCompanyFindsNothingOfIt() throws Exception {
        stage.database.run(
                "insert into hw.app_user (username, password_hash, display_name, role, scope) select 'agent2', "
                        + "password_hash, 'agent2', 'agent', 'company:2' from hw.app_user where username = 'admin'");
        JsonNode begun = begin(306, 0, 10);
        attach(begun, "a.pdf");
        Visitor foreign = Visitor.signedIn(stage.port(), "agent2");
        refused(foreign.get("/api/v1/vehicles/306/layups"), 404, "not-found");
        refused(ask(foreign, 306, "repair", day(0), day(4), "变速箱"), 404, "not-found");
        refused(foreign.post("/api/v1/layups/" + begun.get("id") + "/end", "{\"note\":\"修好了\"}"), 404, "not-found");
        refused(send(foreign, begun, "b.pdf"), 404, "not-found");
        refused(
                foreign.get("/api/v1/attachments/"
                        + layup(306).at("/attachments/0/id").textValue()),
                404,
                "not-found");
        assertThat(layup(306).get("state").textValue()).isEqualTo("in_force");
    }

    @Test
    void aServiceThatIsOverdueIsNotCountedWhileTheTruckIsLaidUp() throws Exception {
        stage.database.run("insert into hw.maintenance_record (company_id, vehicle_id, done_on) values (1, 307, "
                + TODAY + " - 200)");
        int services = count("maintenance_overdue", "count");
        assertThat(service(307)).isEqualTo("overdue");
        attach(begin(307, 0, 10), "a.pdf");
        assertThat(service(307)).isEqualTo("inactive");
        assertThat(count("maintenance_overdue", "count")).isEqualTo(services - 1);
        assertThat(states(307)).containsOnly("inactive");
    }

    @Test
    void nobodyIsRemindedOfAPaperOfATruckThatIsLaidUpUntilItRunsAgain() throws Exception {
        stage.database.run(
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, expires, effective_from) values"
                        + " (1, 'VEHICLE', 308, 'veh.tank', 'T-308', '2028-06-30', '-infinity'),"
                        + " (1, 'VEHICLE', 309, 'veh.tank', 'T-309', '2028-06-30', '-infinity')",
                "insert into hw.layup (company_id, vehicle_id, reason, first_day, last_day, note, begun_by, evident_at) values"
                        + " (1, 308, 'repair', '2028-05-20', '2028-06-09', '大修中', 1, '2028-05-20T01:00:00Z')");
        String reminded = "select p.number from hw.paper_reminder r join hw.paper p using (paper_id)"
                + " where p.number in ('T-308', 'T-309') order by 1";
        remind("2028-05-31T02:00:00Z");
        assertThat(stage.database.column(reminded)).containsExactly("T-309");
        remind("2028-06-10T02:00:00Z");
        assertThat(stage.database.column(reminded)).containsExactly("T-308", "T-309");
    }

    private void remind(String at) {
        new PaperReminders(new ScopedDatabase(stage.database.databases().app()), () -> Instant.parse(at)).look();
    }

    @Test
    void aTruckThatBelongsToNoCompanyYetIsNotLaidUp() throws Exception {
        stage.database.run("insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) values "
                + "(320, 0, '渝B90320', 2, 'GENERAL')");
        refused(ask(lead, 320, "repair", day(0), day(4), "变速箱"), 422, "layup-unassigned");
    }

    /** The clock is the console's: nobody does anything, and the day after the last one the papers count again. */
    @Test
    void itEndsByItselfWithItsLastDay() throws Exception {
        try (Stage other = new Stage()) {
            trucks(other);
            LayupTest there = new LayupTest();
            there.stage = other;
            there.signIn();
            int before = there.overdueCritical();
            there.attach(there.begin(301, 0, 0), "a.pdf");
            other.ahead(Duration.ofMinutes(2).toMillis());
            assertThat(there.states(301)).containsOnly("inactive");
            assertThat(there.overdueCritical()).isEqualTo(before - 1);
            other.ahead(Duration.ofDays(1).toMillis());
            there.signIn();
            assertThat(there.states(301)).containsOnly("overdue", "missing");
            assertThat(there.overdueCritical()).isGreaterThanOrEqualTo(before);
            assertThat(there.dues("overdue")).contains("渝B90301");
            assertThat(there.layup(301).get("state").textValue()).isEqualTo("over");
            assertThat(there.stops(301)).doesNotContain("laid_up");
        }
    }

    private void signIn() throws Exception {
        company = Visitor.signedIn(stage.port(), "company1");
        lead = Visitor.signedIn(stage.port(), "centre");
    }

    private int overdueCritical() throws Exception {
        return company.json("/api/v1/companies").at("/items/0/overdue_critical").intValue();
    }

    private JsonNode begin(int vehicle, int first, int last) throws Exception {
        HttpResponse<String> answer = ask(lead, vehicle, "repair", day(first), day(last), "发动机大修");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Visitor.JSON.readTree(answer.body());
    }

    private static HttpResponse<String> ask(
            Visitor who, int vehicle, String reason, String first, String last, String note) throws Exception {
        return who.post(
                "/api/v1/vehicles/" + vehicle + "/layups",
                "{\"reason\":\"" + reason + "\",\"first_day\":\"" + first + "\",\"last_day\":\"" + last
                        + "\",\"note\":\"" + note + "\"}");
    }

    private void attach(JsonNode layup, String name) throws Exception {
        HttpResponse<String> answer = send(lead, layup, name);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static HttpResponse<String> send(Visitor who, JsonNode layup, String name) throws Exception {
        byte[] scan = ("%PDF-1.7\n1 0 obj\nendobj\n% " + name + "\n%%EOF\n").getBytes(StandardCharsets.UTF_8);
        return who.text(who.request("/api/v1/attachments?subject=layup&subject_id=" + layup.get("id") + "&name="
                        + java.net.URLEncoder.encode(name, StandardCharsets.UTF_8))
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(scan))
                .build());
    }

    /** The newest of a truck. */
    private JsonNode layup(int vehicle) throws Exception {
        return lead.json("/api/v1/vehicles/" + vehicle + "/layups").at("/items/0");
    }

    private static List<JsonNode> all(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    private Set<String> states(int vehicle) throws Exception {
        return all(company.json("/api/v1/companies/1/papers?query=%E6%B8%9DB9" + "0" + vehicle)
                        .get("items"))
                .stream()
                .map(line -> line.get("state").textValue())
                .collect(Collectors.toSet());
    }

    private Set<String> dues(String list) throws Exception {
        return all(company.json("/api/v1/companies/1/risk").get(list)).stream()
                .map(due -> due.get("owner_label").textValue())
                .collect(Collectors.toSet());
    }

    private int count(String name, String field) throws Exception {
        return company.json("/api/v1/companies/1/risk")
                .at("/counts/" + name + "/" + field)
                .intValue();
    }

    private JsonNode truck(int vehicle) throws Exception {
        return all(company.json("/api/v1/companies/1/risk").get("vehicles")).stream()
                .filter(row -> row.get("id").intValue() == vehicle)
                .findFirst()
                .orElseThrow();
    }

    private Set<Integer> expired() throws Exception {
        return all(company.json("/api/v1/fleet/expired-papers").elements().next()).stream()
                .map(JsonNode::intValue)
                .collect(Collectors.toSet());
    }

    private List<String> stops(int vehicle) throws Exception {
        return company.json("/api/v1/vehicles/" + vehicle + "/dispatch")
                .get("reasons")
                .findValuesAsText("code");
    }

    private String service(int vehicle) throws Exception {
        return all(company.json("/api/v1/companies/1/services?limit=200").get("items")).stream()
                .filter(row -> row.get("vehicle_id").intValue() == vehicle)
                .map(row -> row.get("state").textValue())
                .findFirst()
                .orElseThrow();
    }

    private static String day(int fromToday) {
        return LocalDate.now(PaperState.ZONE).plusDays(fromToday).toString();
    }
}

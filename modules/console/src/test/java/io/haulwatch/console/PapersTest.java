package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.store.file.AttachmentFiles;
import io.haulwatch.store.register.ReferenceLoader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Papers through their life: entered, agreed to, renewed, corrected, held back, with scans; and the alarms that a late entry explains. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PapersTest {
    private static final byte[] PDF = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

    /** The local day, in SQL: the day of the database's own zone may be another one. */
    private static final String TODAY = "(now() at time zone 'Asia/Shanghai')::date";

    private Stage stage;
    private Visitor company;
    private Visitor lead;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        company = Visitor.signedIn(stage.port(), "company1");
        lead = Visitor.signedIn(stage.port(), "centre");
        // Trucks of these tests alone, so that none waits for what another one did.
        stage.database.run(
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) "
                        + "select n, 1, '渝B7' || lpad(n::text, 4, '0'), 2, 'GENERAL' from generate_series(101, 120) n",
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, issued, expires, effective_from) "
                        + "select 1, 'VEHICLE', n, 'veh.permit', 'P-' || n, '2020-01-01', " + TODAY
                        + " - 20, '-infinity' "
                        + "from generate_series(101, 120) n");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aCompanySeesOfWhatItWasRemindedAndThatItIsSettledSince() throws Exception {
        stage.database.run(
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, expires, effective_from) values"
                        + " (1, 'VEHICLE', 120, 'veh.tank', 'T-1', " + TODAY + " + 20, '-infinity'),"
                        + " (1, 'DRIVER', 1, 'drv.health', 'G-1', " + TODAY + " + 25, '-infinity')",
                "insert into hw.paper_reminder (company_id, paper_id, lead_days, reminded_on) select 1, paper_id, 30, "
                        + TODAY + " from hw.paper where number in ('T-1', 'G-1') order by number desc");
        JsonNode list = company.json("/api/v1/companies/1/reminders").get("items");
        assertThat(list.findValuesAsText("owner_label")).containsExactly("陈国强", "渝B70120");
        assertThat(list.findValuesAsText("days")).containsExactly("25", "20");
        assertThat(list.findValuesAsText("renewed")).containsExactly("false", "false");
        assertThat(Visitor.signedIn(stage.port(), "regulator50")
                        .json("/api/v1/companies/1/reminders")
                        .get("items")
                        .findValuesAsText("owner_label"))
                .containsExactly("陈**", "渝B70120");
        stage.database.run(
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, expires, effective_from) values"
                        + " (1, 'VEHICLE', 120, 'veh.tank', 'T-2', " + TODAY + " + 385, '-infinity')");
        assertThat(company.json("/api/v1/companies/1/reminders").get("items").findValuesAsText("renewed"))
                .containsExactly("false", "true");
        assertThat(Visitor.signedIn(stage.port(), "company2")
                        .get("/api/v1/companies/1/reminders")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aListNamesWhatIsOverdueAndWhatIsMissingTheWorstFirst() throws Exception {
        JsonNode page = company.json("/api/v1/companies/1/papers?query=%E6%B8%9DB12345");
        assertThat(lines(page))
                .containsSubsequence(
                        "veh.inspection overdue", "veh.maintenance2 overdue", "veh.ins_compulsory due_urgent")
                .contains("veh.permit missing");
        assertThat(page.at("/items/0/critical").booleanValue()).isTrue();
        assertThat(page.get("states").get("missing").intValue()).isPositive();
        JsonNode overdue = company.json("/api/v1/companies/1/papers?state=overdue&kind=drv.qualification&owner=DRIVER");
        assertThat(lines(overdue)).containsExactly("drv.qualification overdue");
        assertThat(overdue.get("total").intValue()).isEqualTo(1);
        JsonNode first = company.json("/api/v1/companies/1/papers?limit=3");
        JsonNode second = company.json("/api/v1/companies/1/papers?limit=3&cursor="
                + first.get("next_cursor").textValue());
        assertThat(second.get("items")).hasSize(3);
        assertThat(second.get("items").get(0)).isNotEqualTo(first.get("items").get(2));
        assertThat(company.get("/api/v1/companies/1/papers?state=fine").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRenewalWaitsUntilSomebodyAgreesAndTheOldVersionIsKept() throws Exception {
        JsonNode entered = enter(
                company,
                101,
                "\"issued\":\"" + day(-1) + "\",\"expires\":\"" + day(400)
                        + "\",\"number\":\"P-new\",\"note\":\"已换证\"");
        long id = entered.get("id").longValue();
        JsonNode waiting = kind(101);
        assertThat(waiting.get("state").textValue()).isEqualTo("overdue");
        assertThat(states(waiting)).containsExactly("pending_review", "overdue");
        assertThat(lines(company.json("/api/v1/companies/1/papers?state=pending_review&query=P-101")))
                .containsExactly("veh.permit overdue");
        assertThat(post(company, "/api/v1/papers/" + id + "/review", "{\"decision\":\"approve\"}")
                        .statusCode())
                .isEqualTo(403);

        HttpResponse<String> approved = post(
                lead,
                "/api/v1/papers/" + id + "/review",
                "{\"decision\":\"approve\",\"number\":\"P-new\",\"issued\":\"" + day(-1) + "\",\"expires\":\""
                        + day(400) + "\",\"note\":\"原件已核\"}");
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        JsonNode renewed = kind(101);
        assertThat(renewed.get("state").textValue()).isEqualTo("valid");
        assertThat(states(renewed)).containsExactly("valid", "superseded");
        assertThat(renewed.at("/versions/0/reviewed_by").textValue()).isEqualTo("周岚");
        assertThat(company.json("/api/v1/vehicles/101/papers").get("events").findValuesAsText("kind"))
                .containsExactly("approved", "entered");
        assertThat(stage.database.column("select action from hw.audit where object = 'vehicle:101' order by audit_id"))
                .containsExactly("paper.enter", "paper.approve");
        assertThat(post(lead, "/api/v1/papers/" + id + "/review", "{\"decision\":\"reject\",\"note\":\"x\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void whatIsRefusedStaysInTheFileAndCountsNothing() throws Exception {
        long id = enter(company, 102, "\"expires\":\"" + day(300) + "\"")
                .get("id")
                .longValue();
        assertThat(post(lead, "/api/v1/papers/" + id + "/review", "{\"decision\":\"reject\"}")
                        .statusCode())
                .as("without a reason")
                .isEqualTo(422);
        assertThat(post(lead, "/api/v1/papers/" + id + "/review", "{\"decision\":\"reject\",\"note\":\"看不清\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(states(kind(102))).containsExactly("rejected", "overdue");
        // The same may be entered again, right this time.
        assertThat(enter(company, 102, "\"expires\":\"" + day(300) + "\"")
                        .get("id")
                        .longValue())
                .isGreaterThan(id);
    }

    @Test
    void theListOfCompaniesSaysHowManyPapersWaitForAReview() throws Exception {
        long before = toReview();
        long id = enter(company, 119, "\"expires\":\"" + day(300) + "\"")
                .get("id")
                .longValue();
        assertThat(toReview()).isEqualTo(before + 1);
        assertThat(post(lead, "/api/v1/papers/" + id + "/review", "{\"decision\":\"reject\",\"note\":\"看不清\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(toReview()).isEqualTo(before);
    }

    /** Of the first company. The list is at most a minute old. */
    private long toReview() throws Exception {
        stage.ahead(61_000);
        for (JsonNode each : lead.json("/api/v1/companies").get("items")) {
            if (each.get("id").intValue() == 1) {
                return each.get("papers_to_review").longValue();
            }
        }
        throw new IllegalStateException("no company 1");
    }

    @Test
    void aClassThatNoLicenceHasIsRefusedAndOneThatItHasIsKeptPlain() throws Exception {
        String licence =
                "{\"owner_kind\":\"DRIVER\",\"owner_id\":1,\"kind\":\"drv.licence\",\"number\":\"L-9\",\"expires\":\""
                        + day(900) + "\",\"category\":\"%s\"}";
        HttpResponse<String> wrong = post(company, "/api/v1/papers", licence.formatted("A9"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("paper-category", "category=A9");
        assertThat(post(company, "/api/v1/papers", licence.formatted("a2、d")).statusCode())
                .isEqualTo(201);
        assertThat(stage.database.column("select category from hw.paper where number = 'L-9'"))
                .containsExactly("A2D");
    }

    @Test
    void datesThatContradictAreRefusedAndAnUnknownDayIsNeverAgreedTo() throws Exception {
        HttpResponse<String> backwards = post(
                company, "/api/v1/papers", paper(103, "\"issued\":\"" + day(10) + "\",\"expires\":\"" + day(5) + "\""));
        assertThat(backwards.statusCode()).isEqualTo(422);
        assertThat(backwards.body()).contains("paper-dates", day(10), day(5));
        long id = enter(company, 103, "\"number\":\"?\"").get("id").longValue();
        HttpResponse<String> unknown =
                post(lead, "/api/v1/papers/" + id + "/review", "{\"decision\":\"approve\",\"number\":\"?\"}");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("paper-no-day");
        assertThat(kind(103).get("state").textValue()).isEqualTo("overdue");
        assertThat(post(lead, "/api/v1/papers/" + id + "/review", "{\"decision\":\"approve\",\"endless\":true}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(kind(103).get("state").textValue()).isEqualTo("valid");
    }

    @Test
    void aPaperThatSaysNothingIsRefusedAndNothingWaits() throws Exception {
        HttpResponse<String> empty = post(company, "/api/v1/papers", paper(112, "\"number\":\"  \",\"note\":\"换证\""));
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("paper-empty");
        assertThat(states(kind(112))).containsExactly("overdue");
        enter(company, 112, "\"endless\":true");
        assertThat(states(kind(112))).containsExactlyInAnyOrder("overdue", "pending_review");
    }

    @Test
    void aRowOfBeforeWhoseDatesContradictIsShownAndIsNeverValid() throws Exception {
        stage.database.run(
                "alter table hw.paper drop constraint paper_dates",
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, issued, expires, effective_from) "
                        + "values (1, 'VEHICLE', 104, 'veh.inspection', 'X', " + TODAY + " + 30, " + TODAY
                        + " + 3, '-infinity')",
                "alter table hw.paper add constraint paper_dates check (issued is null or expires is null or issued <= expires) not valid");
        assertThat(lines(company.json("/api/v1/companies/1/papers?kind=veh.inspection&query=%E6%B8%9DB70104")))
                .containsExactly("veh.inspection missing");
        assertThat(reference().papers())
                .noneMatch(paper -> paper.ownerId() == 104
                        && paper.kind().equals("veh.inspection")
                        && paper.effectiveFrom() <= System.currentTimeMillis());
    }

    @Test
    void aMistakeIsCorrectedByAnotherRowAndTheWrongOneIsKept() throws Exception {
        long wrong = enter(lead, 105, "\"expires\":\"" + day(3) + "\",\"approved\":true")
                .get("id")
                .longValue();
        HttpResponse<String> corrected = post(
                lead, "/api/v1/papers/" + wrong + "/correct", "{\"expires\":\"" + day(300) + "\",\"note\":\"年份录错\"}");
        assertThat(corrected.statusCode()).as(corrected.body()).isEqualTo(200);
        JsonNode now = kind(105);
        assertThat(now.get("state").textValue()).isEqualTo("valid");
        assertThat(now.at("/versions/0/expires").textValue()).isEqualTo(day(300));
        assertThat(stage.database.column("select corrects from hw.paper where owner_id = 105 and corrects is not null"))
                .containsExactly(Long.toString(wrong));
        assertThat(stage.database.column("select count(*) from hw.paper where paper_id = " + wrong
                        + " and effective_to < 'infinity' and expires = " + TODAY + " + 3"))
                .containsExactly("1");
    }

    @Test
    void asLongAsAPaperIsHeldBackRulesSeeItAsOverdue() throws Exception {
        long id = enter(lead, 106, "\"expires\":\"" + day(300) + "\",\"approved\":true")
                .get("id")
                .longValue();
        assertThat(post(company, "/api/v1/papers/" + id + "/hold", "{\"action\":\"suspend\",\"note\":\"x\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(lead, "/api/v1/papers/" + id + "/hold", "{\"action\":\"suspend\",\"note\":\"运管暂扣\"}")
                        .statusCode())
                .isEqualTo(200);
        JsonNode held = kind(106);
        assertThat(held.get("state").textValue()).isEqualTo("suspended");
        assertThat(held.at("/hold/reason").textValue()).isEqualTo("运管暂扣");
        assertThat(longestAt(106, Long.MAX_VALUE))
                .isEqualTo(LocalDate.now(PaperState.ZONE).minusDays(1));
        assertThat(post(lead, "/api/v1/papers/" + id + "/hold", "{\"action\":\"suspend\",\"note\":\"again\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(post(lead, "/api/v1/papers/" + id + "/hold", "{\"action\":\"lift\",\"note\":\"已发还\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(kind(106).get("state").textValue()).isEqualTo("valid");
        assertThat(longestAt(106, Long.MAX_VALUE)).isEqualTo(LocalDate.parse(day(300)));
    }

    @Test
    void whatWaitsOrIsNotYetValidDoesNotCountForRules() throws Exception {
        enter(company, 107, "\"expires\":\"" + day(500) + "\"");
        assertThat(longestAt(107, Long.MAX_VALUE)).isEqualTo(LocalDate.parse(day(-20)));
        enter(lead, 107, "\"issued\":\"" + day(10) + "\",\"expires\":\"" + day(700) + "\",\"approved\":true");
        long begins = LocalDate.parse(day(10))
                .atStartOfDay(PaperState.ZONE)
                .toInstant()
                .toEpochMilli();
        assertThat(longestAt(107, begins - 1)).isEqualTo(LocalDate.parse(day(-20)));
        assertThat(longestAt(107, begins)).isEqualTo(LocalDate.parse(day(700)));
        assertThat(kind(107).get("state").textValue()).isEqualTo("overdue");
    }

    @Test
    void aPaperThatWasRenewedInTimeTakesTheAlarmsOutThatItExplainsAndNoOthers() throws Exception {
        String explained = alarm(108, "veh.permit 2026-01-01");
        String stillWrong = alarm(108, "veh.permit 2026-01-01; veh.inspection 2026-01-01");
        String before = alarm(108, "veh.permit 2026-01-01", "now() - interval '40 days'");
        JsonNode done = enter(
                lead,
                108,
                "\"issued\":\"" + day(-21) + "\",\"expires\":\"" + day(340)
                        + "\",\"approved\":true,\"note\":\"11 月已换，漏录\"");
        assertThat(done.get("overturned_alarms").toString()).isEqualTo("[\"" + explained + "\"]");
        assertThat(stage.database.column("select handling from hw.episode where episode_id in ('" + explained + "', '"
                        + stillWrong + "', '" + before + "') order by handling"))
                .containsExactly("new", "new", "overturned");
        JsonNode told =
                company.json("/api/v1/alarms/" + explained).get("actions").get(0);
        assertThat(told.get("kind").textValue()).isEqualTo("overturned");
        assertThat(told.get("note").textValue()).contains("veh.permit", "11 月已换，漏录");
        assertThat(company.json("/api/v1/vehicles/108/papers").get("events").findValuesAsText("note"))
                .contains(explained);

        JsonNode both = enter(
                lead,
                108,
                "veh.inspection",
                "\"issued\":\"" + day(-100) + "\",\"expires\":\"" + day(200) + "\",\"approved\":true");
        assertThat(both.get("overturned_alarms").toString()).isEqualTo("[\"" + stillWrong + "\"]");
    }

    @Test
    void aScanIsKeptByItsContentUnderANameOfTheServer() throws Exception {
        long id = enter(company, 109, "\"expires\":\"" + day(300) + "\"")
                .get("id")
                .longValue();
        HttpResponse<byte[]> kept = send(company, id, "../../etc/道路运输证.pdf", PDF);
        assertThat(kept.statusCode())
                .as(new String(kept.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        JsonNode scan = Visitor.JSON.readTree(kept.body());
        assertThat(scan.get("content_type").textValue()).isEqualTo("application/pdf");
        UUID file = UUID.fromString(scan.get("id").textValue());
        assertThat(stage.ports.attachments.kept).containsKey(file);
        HttpResponse<byte[]> back =
                lead.raw(lead.request("/api/v1/attachments/" + file).GET().build());
        assertThat(back.body()).isEqualTo(PDF);
        assertThat(back.headers().firstValue("Content-Disposition").orElse(""))
                .isEqualTo("attachment; filename=\"haulwatch-" + file + ".pdf\"");
        assertThat(stage.database.column(
                        "select action from hw.audit where object = 'paper:" + id + "' order by audit_id"))
                .containsExactly("attachment.add", "attachment.open");
        assertThat(kind(109).at("/versions/0/attachments/0/title").textValue()).contains("道路运输证.pdf");

        assertThat(send(company, id, "again.pdf", PDF).statusCode()).isEqualTo(409);
        byte[] page = "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> lie = send(company, id, "scan.pdf", page);
        assertThat(lie.statusCode()).isEqualTo(422);
        assertThat(new String(lie.body(), StandardCharsets.UTF_8)).contains("attachment-type");
        byte[] torn = "%PDF-1.7 and then nothing".getBytes(StandardCharsets.US_ASCII);
        assertThat(send(company, id, "torn.pdf", torn).statusCode()).isEqualTo(422);
        byte[] large = new byte[AttachmentFiles.MOST_BYTES + 1];
        System.arraycopy(PDF, 0, large, 0, PDF.length);
        assertThat(send(company, id, "large.pdf", large).statusCode()).isEqualTo(413);
        Visitor foreign = Visitor.signedIn(stage.port(), "company2");
        assertThat(send(foreign, id, "a.pdf", PDF).statusCode()).isEqualTo(404);
        assertThat(foreign.get("/api/v1/attachments/" + file).statusCode()).isEqualTo(404);
        assertThat(stage.ports.attachments.kept)
                .as("what was refused leaves nothing")
                .hasSize(1);
        assertThat(Visitor.signedIn(stage.port(), "regulator50")
                        .get("/api/v1/attachments/" + file)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aTableRunsNothingInASpreadsheetAndMasksDriversForARegulator() throws Exception {
        enter(company, 110, "veh.tank", "\"expires\":\"" + day(300) + "\",\"number\":\"=HYPERLINK(1)\"");
        assertThat(post(
                                lead,
                                "/api/v1/papers/"
                                        + stage.database
                                                .column("select max(paper_id) from hw.paper where owner_id = 110")
                                                .getFirst()
                                        + "/review",
                                "{\"decision\":\"approve\",\"number\":\"=HYPERLINK(1)\",\"expires\":\"" + day(300)
                                        + "\"}")
                        .statusCode())
                .isEqualTo(200);
        String table =
                company.get("/api/v1/companies/1/papers/table?language=en").body();
        assertThat(table).contains("'=HYPERLINK(1)").contains("陈国强").contains("Q-1");
        assertThat(company.get("/api/v1/companies/1/papers/table?state=missing").body())
                .contains("missing")
                .doesNotContain("overdue");
        assertThat(Visitor.signedIn(stage.port(), "regulator50")
                        .get("/api/v1/companies/1/papers/table")
                        .body())
                .contains("陈**")
                .doesNotContain("陈国强", "Q-1");
    }

    @Test
    void aRetiredCompanyHasNoDutiesAnyMore() throws Exception {
        stage.database.run(
                "insert into hw.company (company_id, name, adcode, retired_at) values (90, '旧公司', '500112', now())",
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, expires, effective_from) "
                        + "values (90, 'COMPANY', 90, 'co.licence', " + TODAY + " - 9, '-infinity')",
                "insert into hw.hazard (company_id, title, grade, found_on, due_on) values (90, 'h', 'major', " + TODAY
                        + " - 9, " + TODAY + " - 5)");
        String id = stage.database
                .column("select paper_id from hw.paper where company_id = 90")
                .getFirst();
        assertThat(lead.get("/api/v1/companies/90/papers").statusCode()).isEqualTo(404);
        assertThat(lead.get("/api/v1/companies/90/own-papers").statusCode()).isEqualTo(404);
        assertThat(post(lead, "/api/v1/papers/" + id + "/correct", "{\"expires\":\"2190-01-01\",\"note\":\"x\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(stage.database.column("select count(*) from hw.paper where company_id = 90"))
                .as("what was kept stays")
                .containsExactly("1");
    }

    private JsonNode enter(Visitor who, int vehicle, String fields) throws Exception {
        return enter(who, vehicle, "veh.permit", fields);
    }

    private JsonNode enter(Visitor who, int vehicle, String kind, String fields) throws Exception {
        HttpResponse<String> answer = post(who, "/api/v1/papers", paper(vehicle, kind, fields));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Visitor.JSON.readTree(answer.body());
    }

    private static String paper(int vehicle, String fields) {
        return paper(vehicle, "veh.permit", fields);
    }

    private static String paper(int vehicle, String kind, String fields) {
        return "{\"owner_kind\":\"VEHICLE\",\"owner_id\":" + vehicle + ",\"kind\":\"" + kind + "\"," + fields + "}";
    }

    private static HttpResponse<String> post(Visitor who, String path, String body) throws Exception {
        return who.post(path, body);
    }

    private static HttpResponse<byte[]> send(Visitor who, long paper, String name, byte[] content) throws Exception {
        return who.raw(who.request("/api/v1/attachments?subject=paper&subject_id=" + paper + "&name="
                        + java.net.URLEncoder.encode(name, StandardCharsets.UTF_8))
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(content))
                .build());
    }

    /** The truck's permit. */
    private JsonNode kind(int vehicle) throws Exception {
        return StreamSupport.stream(
                        company.json("/api/v1/vehicles/" + vehicle + "/papers")
                                .get("kinds")
                                .spliterator(),
                        false)
                .filter(kind -> kind.get("kind").textValue().equals("veh.permit"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> states(JsonNode kind) {
        return StreamSupport.stream(kind.get("versions").spliterator(), false)
                .map(version -> version.get("state").textValue())
                .toList();
    }

    private static List<String> lines(JsonNode page) {
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .map(line ->
                        line.get("kind").textValue() + " " + line.get("state").textValue())
                .toList();
    }

    private ReferenceSet reference() throws Exception {
        return new ReferenceLoader(stage.database.databases().writer()).load();
    }

    /** Last valid day of the permit that rules go by at a time. */
    private LocalDate longestAt(int vehicle, long at) throws Exception {
        return reference().papers().stream()
                .filter(paper -> paper.ownerId() == vehicle && paper.kind().equals("veh.permit"))
                .filter(paper -> paper.effectiveFrom() <= at
                        && (paper.effectiveTo() > at || paper.effectiveTo() == ReferenceSet.FOREVER))
                .map(ReferenceSet.Paper::expires)
                .max(LocalDate::compareTo)
                .orElseThrow();
    }

    private String alarm(int vehicle, String papers) throws Exception {
        return alarm(vehicle, papers, "now() - interval '2 days'");
    }

    private String alarm(int vehicle, String papers, String started) throws Exception {
        String id = UUID.randomUUID().toString();
        stage.database.run(
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, "
                        + "started_at, ended_at, severity, evidence, measures, facts, points, stream_offset) values ('"
                        + id
                        + "', 1, 1, 'closed', 'papers', 'cn-2026.1', 'vehicle:" + vehicle + "', " + vehicle + ", "
                        + started + ", "
                        + started + " + interval '20 minutes', 4, 'live', '{}', '{\"papers\":\"" + papers
                        + "\"}', '[]', 0)");
        return id;
    }

    private static String day(int fromToday) {
        return LocalDate.now(PaperState.ZONE).plusDays(fromToday).toString();
    }
}

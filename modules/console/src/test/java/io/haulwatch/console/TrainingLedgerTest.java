package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The ledger as a list, as tables and on paper; a driver's chain of rows; certificates that are checked and revoked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingLedgerTest {
    private static final String LEDGER = "/api/v1/companies/1/training-ledger";
    private static final String OCTOBER = "?from=2026-10-01&to=2026-10-31";

    private Stage stage;
    private Visitor company;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        TrainingRows.histories(stage.database);
        stage.database.run(
                "insert into hw.driver (driver_id, company_id, name) values (21, 1, '=cmd(缺席)'), (22, 1, '去二'), (23, 1, '链三')",
                "insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic, entered_by) values "
                        + "(1, 1, 'monthly', '2026-10-05', 2, '防御性驾驶', 1), (1, 22, 'monthly', '2026-10-06', 1.5, '雨天', 1)",
                "insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic) values "
                        + "(1, 1, 'continuing', '2026-10-05', 6, '=继续教育'), (1, 1, 'continuing', '2026-11-05', 6, '十一月')",
                "insert into hw.training_signature (task_id, company_id, driver_id, strokes, signed_at) values (1, 1, 1, '[[1,2,3,4]]', now())",
                "insert into hw.training_task (company_id, driver_id, course_id, plan_id, kind, assigned_at, due_at) values "
                        + "(1, 21, 9001, 1, 'monthly', '2026-10-01', '2026-10-31T15:59:59Z')",
                "update hw.driver set company_id = 2 where driver_id = 22",
                // A company with more rows than paper takes.
                "insert into hw.company (company_id, name, adcode) values (60, '大台账', '110105')",
                "insert into hw.driver (driver_id, company_id, name) select 60000 + n, 60, '员' || n from generate_series(1, 60) n",
                "insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic) select 60, 60000 + 1 + n % 60, 'monthly', "
                        + "date '2026-01-01' + n / 60, 0.25, '课 ' || n from generate_series(0, 4499) n");
        company = Visitor.signedIn(stage.port(), "company1");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void theLedgerHoldsWhatWasEnteredImportedAndLearntOnline() throws Exception {
        JsonNode page = company.json(LEDGER + OCTOBER + "&limit=2");
        assertThat(page.at("/totals/records").intValue()).isEqualTo(4);
        assertThat(page.at("/totals/drivers").intValue()).isEqualTo(2);
        assertThat(page.at("/totals/hours").decimalValue()).isEqualByComparingTo("10");
        assertThat(page.at("/totals/absentees").intValue()).isEqualTo(1);
        JsonNode rest = company.json(
                LEDGER + OCTOBER + "&limit=2&cursor=" + page.get("next_cursor").textValue());
        assertThat(rest.get("next_cursor").isNull()).isTrue();
        assertThat(StreamSupport.stream(page.get("items").spliterator(), false)
                        .map(row -> row.get("driver").textValue() + " "
                                + row.get("source").textValue()))
                .containsExactly("陈国强 entered", "陈国强 imported");
        assertThat(StreamSupport.stream(rest.get("items").spliterator(), false)
                        .map(row -> row.get("driver").textValue() + " "
                                + row.get("source").textValue() + " " + row.get("signed") + " "
                                + row.get("certificate_no").asText()))
                .as("who drives for another company now was here then")
                .containsExactly("去二 entered false null", "陈国强 online true " + TrainingRows.certificate(1));
        assertThat(company.json(LEDGER + "/absentees" + OCTOBER)
                        .at("/items/0/driver")
                        .textValue())
                .isEqualTo("=cmd(缺席)");
        refused(company.get(LEDGER + "?from=2026-10-02&to=2026-10-01"), 400, "bad-value");
        assertThat(company.json(LEDGER + "?from=2020-01-01")
                        .at("/totals/records")
                        .intValue())
                .as("without an end up to now")
                .isGreaterThanOrEqualTo(5);
    }

    @Test
    void tablesOfAnyLengthHoldTheRowsOfTheListAndNoFormula() throws Exception {
        String csv =
                new String(file(company, LEDGER + "/file" + OCTOBER + "&format=csv&lang=en"), StandardCharsets.UTF_8);
        assertThat(csv.lines().toList())
                .hasSize(7)
                .anySatisfy(line -> assertThat(line).contains("'=继续教育", "imported"))
                .anySatisfy(line -> assertThat(line).contains("'=cmd(缺席)", "absent"))
                .last()
                .asString()
                .contains("# Exported from Haulwatch by company1");
        try (ReadableWorkbook book = new ReadableWorkbook(
                new ByteArrayInputStream(file(company, LEDGER + "/file" + OCTOBER + "&format=xlsx&lang=zh-CN")))) {
            List<String> topics = book.getFirstSheet().read().stream()
                    .map(row -> row.getCell(3).asString())
                    .toList();
            assertThat(topics).containsExactly("主题", "防御性驾驶", "'=继续教育", "雨天", "课程 first");
            assertThat(book.getSheets().toList().get(1).read().get(1).getCell(1).asString())
                    .isEqualTo("'=cmd(缺席)");
        }
        Visitor centre = Visitor.signedIn(stage.port(), "centre");
        String year = "/api/v1/companies/60/training-ledger/file?from=2026-01-01&to=2026-12-31";
        assertThat(new String(file(centre, year + "&format=csv"), StandardCharsets.UTF_8).lines())
                .as("batch after batch")
                .hasSize(4502);
        try (ReadableWorkbook book =
                new ReadableWorkbook(new ByteArrayInputStream(file(centre, year + "&format=xlsx")))) {
            assertThat(book.getFirstSheet().read()).hasSize(4501);
        }
        refused(centre.get(year + "&format=pdf"), 422, "ledger-too-long");
        assertThat(new String(
                        file(Visitor.signedIn(stage.port(), "regulator50"), LEDGER + "/file" + OCTOBER + "&format=csv"),
                        StandardCharsets.UTF_8))
                .contains("陈**")
                .doesNotContain("陈国强");
    }

    @Test
    void theLedgerOnPaperHasANumberAndASumInBothLanguages() throws Exception {
        assertThat(text(file(company, LEDGER + "/file" + OCTOBER + "&format=pdf&lang=zh-CN")))
                .contains("安全培训台账", "渝捷达物流有限公司", "防御性驾驶", "线上", "=cmd(缺席)");
        HttpResponse<byte[]> answer = company.raw(company.request(LEDGER + "/file" + OCTOBER + "&format=pdf&lang=en")
                .build());
        assertThat(text(answer.body())).contains("Ledger of safety training", "SHA-256", "online", "Absent");
        String number = answer.headers()
                .firstValue("Content-Disposition")
                .orElseThrow()
                .replaceAll(".*\"(TL-\\d+-\\d+)-en.*", "$1");
        JsonNode document = company.json("/api/v1/documents/" + number);
        assertThat(document.get("sum_holds").booleanValue()).isTrue();
        assertThat(document.at("/content/totals/records").intValue()).isEqualTo(4);
    }

    @Test
    void unusualNamesStandInTablesAndOnPaper() throws Exception {
        String odd = "🚚\u202e王\u0301\u200d <b>&\uffff\ufffe\u0001\u0009\ue000𠮷";
        stage.database.run(
                "insert into hw.driver (driver_id, company_id, name) values (66, 1, '" + odd + "'), (67, 1, '"
                        + "长".repeat(60) + "')",
                "insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic) values (1, 66, 'monthly', '2026-05-05', 1, '"
                        + odd + "'), (1, 67, 'monthly', '2026-05-05', 1, '" + "W".repeat(100) + "')");
        String may = LEDGER + "/file?from=2026-05-01&to=2026-05-31";
        assertThat(new String(file(company, may + "&format=csv"), StandardCharsets.UTF_8))
                .contains("𠮷");
        try (ReadableWorkbook book =
                new ReadableWorkbook(new ByteArrayInputStream(file(company, may + "&format=xlsx")))) {
            assertThat(book.getFirstSheet().read().get(1).getCell(1).asString()).contains("𠮷");
        }
        assertThat(text(file(company, may + "&format=pdf&lang=en"))).contains("<b>&");
    }

    @Test
    void aTranscriptSaysWhichRowBreaksItsChain() throws Exception {
        stage.database.run("insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic) values "
                + "(2, 23, 'monthly', '2026-08-01', 1, '甲'), (1, 23, 'monthly', '2026-09-01', 1, '乙'), "
                + "(1, 23, 'monthly', '2026-09-20', 1, '丙')");
        JsonNode whole = company.json("/api/v1/drivers/23/training?limit=1");
        assertThat(whole.at("/chain/holds").booleanValue()).isTrue();
        assertThat(whole.at("/chain/records").intValue()).as("all companies'").isEqualTo(3);
        assertThat(whole.get("items")).hasSize(1);
        JsonNode second = company.json("/api/v1/drivers/23/training?limit=1&cursor="
                + whole.get("next_cursor").textValue());
        assertThat(second.at("/items/0/topic").textValue()).isEqualTo("乙");
        assertThat(second.get("next_cursor").isNull())
                .as("the first row is the other company's")
                .isTrue();

        edit("update hw.training_record set hours = 9 where driver_id = 23 and topic = '乙'");
        JsonNode broken = company.json("/api/v1/drivers/23/training").get("chain");
        assertThat(broken.get("holds").booleanValue()).isFalse();
        assertThat(broken.get("broken_at")).isEqualTo(second.at("/items/0/id"));
        edit("update hw.training_record set hours = 1 where driver_id = 23 and topic = '乙'");
        assertThat(company.json("/api/v1/drivers/23/training")
                        .at("/chain/holds")
                        .booleanValue())
                .isTrue();
        edit("update hw.training_record set hours = 2 where driver_id = 23 and topic = '甲'");
        JsonNode foreign = company.json("/api/v1/drivers/23/training").get("chain");
        assertThat(foreign.get("holds").booleanValue()).isFalse();
        assertThat(foreign.get("broken_at").isNull())
                .as("not this company's row")
                .isTrue();
        edit("delete from hw.training_record where driver_id = 23 and topic = '甲'");
        assertThat(company.json("/api/v1/drivers/23/training")
                        .at("/chain/holds")
                        .booleanValue())
                .as("a row that was taken out shows")
                .isFalse();
    }

    @Test
    void whatWasStudiedAtTheWheelIsListedNewestFirstWithWhenItsCertificateWasIssued() throws Exception {
        stage.database.run(
                "insert into hw.company (company_id, name, adcode) values (61, '行驶中', '110105')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) values (6101, 61, '京A61610', 2, 'GENERAL')",
                "insert into hw.driver (driver_id, company_id, name) values (61001, 61, '轮一'), (61002, 61, '轮二')",
                "insert into hw.training_task (task_id, company_id, driver_id, course_id, kind, state, assigned_at, due_at, closed_at) overriding system"
                        + " value values (61001, 61, 61001, 9001, 'remedial', 'exam_passed', '2026-11-01', '2026-11-30', '2026-11-20T14:00:00Z'),"
                        + " (61002, 61, 61002, 9001, 'remedial', 'in_progress', '2026-11-01', '2026-11-30', null)",
                "insert into hw.exam_attempt (attempt_id, task_id, company_id, driver_id, course_id, number, seed, device, pass_percent, begun_at,"
                        + " ends_at, closed_at, closed_by, score, passed) values ('61616161-6161-4161-8161-616161616161', 61001, 61, 61001, 9001, 1, 7,"
                        + " 'device-0', 80, '2026-11-20T13:50:00Z', '2026-11-20T14:05:00Z', '2026-11-20T14:00:00Z', 'driver', 100, true)",
                "insert into hw.certificate (certificate_no, task_id, company_id, driver_id, course_id, attempt_id, holder, score, studied_s,"
                        + " issued_at, expires_on) values ('TC-2026-WHEEL', 61001, 61, 61001, 9001, '61616161-6161-4161-8161-616161616161', '轮*', 100,"
                        + " 60, '2026-11-20T14:00:00Z', '2190-10-10')",
                "insert into hw.study (task_id, company_id, driver_id, lesson_id, version, seed, begun_at) select task_id, 61, driver_id, 9001, 1, 1,"
                        + " '2026-11-20T13:00:00Z' from hw.training_task where company_id = 61",
                "insert into hw.study_at_wheel (study_id, task_id, company_id, driver_id, vehicle_id, begun_at, ended_at, driven_s, void_s, found_at)"
                        + " select study_id, task_id, 61, driver_id, 6101, '2026-11-20T13:00:00Z', '2026-11-20T13:01:00Z', 50, 40,"
                        + " '2026-11-20T16:00:00Z' from hw.study where company_id = 61 order by task_id");
        String list = "/api/v1/companies/61/study-at-wheel";
        Visitor centre = Visitor.signedIn(stage.port(), "centre");
        JsonNode newest = centre.json(list + "?limit=1");
        assertThat(newest.at("/items")).hasSize(1);
        assertThat(newest.at("/items/0/driver").textValue()).isEqualTo("轮二");
        assertThat(newest.at("/items/0/task_state").textValue()).isEqualTo("in_progress");
        assertThat(newest.at("/items/0/certificate").isNull()).isTrue();
        assertThat(newest.at("/items/0/certificate_issued_at").isNull()).isTrue();
        JsonNode rest = centre.json(
                list + "?limit=1&cursor=" + newest.get("next_cursor").textValue());
        assertThat(rest.get("next_cursor").isNull()).isTrue();
        JsonNode first = rest.at("/items/0");
        assertThat(first.get("plate").textValue()).isEqualTo("京A61610");
        assertThat(first.get("lesson_en").textValue()).isEqualTo("First");
        assertThat(first.get("driven_s").intValue()).isEqualTo(50);
        assertThat(first.get("void_s").intValue()).isEqualTo(40);
        assertThat(first.get("certificate").textValue()).isEqualTo("TC-2026-WHEEL");
        assertThat(first.get("certificate_issued_at").textValue()).isEqualTo("2026-11-20T14:00:00Z");
        assertThat(first.get("found_at").textValue()).isEqualTo("2026-11-20T16:00:00Z");
        assertThat(Visitor.signedIn(stage.port(), "regulator50").get(list).statusCode())
                .as("of another province")
                .isEqualTo(404);
        refused(company.get(list), 404, "not-found");
    }

    private void edit(String change) throws Exception {
        stage.database.run(
                "alter table hw.training_record disable trigger only_added_to",
                change,
                "alter table hw.training_record enable trigger only_added_to");
    }

    @Test
    void anybodyChecksACertificateAndARevokedOneIsWorthNothing() throws Exception {
        String number = TrainingRows.certificate(1);
        Visitor stranger = new Visitor(stage.port());
        JsonNode check = stranger.json("/api/v1/certificate-checks/" + number.toLowerCase(java.util.Locale.ROOT));
        assertThat(check.toString())
                .isEqualTo(
                        "{\"number\":\"" + number
                                + "\",\"valid\":true,\"course\":{\"title\":\"课程 first\",\"title_en\":\"Course first\"},"
                                + "\"issued_on\":\"2026-10-10\",\"expires_on\":\"2190-10-10\",\"revoked\":false,\"holder\":\"陈**\"}");
        assertThat(text(file(company, "/api/v1/certificates/" + number + "/pdf?lang=zh-CN")))
                .contains("培训合格证书", "陈国强", "****11", number, "/check/" + number);
        assertThat(text(file(
                        Visitor.signedIn(stage.port(), "regulator50"),
                        "/api/v1/certificates/" + number + "/pdf?lang=en")))
                .contains("Certificate of training", "陈**", "Course first")
                .doesNotContain("陈国强");
        String revoke = "/api/v1/certificates/" + number + "/revoke";
        refused(Visitor.signedIn(stage.port(), "company2").post(revoke, "{\"reason\":\"x\"}"), 404, "not-found");
        JsonNode revoked = json(company.post(revoke, "{\"reason\":\"他人代考\"}"));
        assertThat(revoked.get("state").textValue()).isEqualTo("revoked");
        refused(company.post(revoke, "{\"reason\":\"x\"}"), 409, "certificate-revoked");
        assertThat(stranger.json("/api/v1/certificate-checks/" + number)
                        .get("valid")
                        .booleanValue())
                .isFalse();
        assertThat(company.json("/api/v1/certificates?company=1&state=revoked")
                        .at("/items/0/revoked_reason")
                        .textValue())
                .isEqualTo("他人代考");
        assertThat(company.json("/api/v1/certificates?state=valid").get("items"))
                .isEmpty();
        assertThat(company.json("/api/v1/certificates?number="
                                + number.substring(0, 8).toLowerCase(Locale.ROOT))
                        .at("/items/0/number")
                        .textValue())
                .isEqualTo(number);
        assertThat(company.json("/api/v1/certificates?number=XX").get("items")).isEmpty();
        assertThat(stage.database.column("select state || ' ' || reason from hw.training_task where task_id = 1"))
                .containsExactly("revoked 他人代考");
        assertThat(stage.database.column("select words from hw.driver_message where driver_id = 1 and kind = 'note'"))
                .singleElement()
                .asString()
                .contains(number, "他人代考");
        assertThat(stage.database.column(
                        "select detail ->> 'reason' from hw.audit where action = 'certificate.revoke'"))
                .containsExactly("他人代考");
        assertThat(company.json("/api/v1/training-progress?month=2026-10")
                        .at("/total/done")
                        .intValue())
                .as("it has to be learnt again")
                .isZero();
        for (int i = 0; i < 5; i++) {
            refused(stranger.get("/api/v1/certificate-checks/TC-2026-NONE" + i), 404, "not-found");
        }
        refused(stranger.get("/api/v1/certificate-checks/TC-2026-NONE9"), 429, "slow-down");
    }

    private static byte[] file(Visitor who, String path) throws Exception {
        HttpResponse<byte[]> answer = who.raw(who.request(path).build());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return answer.body();
    }

    private static String text(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }
}

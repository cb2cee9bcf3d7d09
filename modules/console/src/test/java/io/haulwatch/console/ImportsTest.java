package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** From an upload to the register: nothing without a report, nothing without agreement, and no file that harms anybody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportsTest {
    private static final String IMPORTS = "/api/v1/imports";
    private static final Charset GBK = Charset.forName("GBK");

    private Stage stage;
    private Visitor admin;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        admin = Visitor.signedIn(stage.port(), "admin");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    private static byte[] company(String name, String region) {
        return ("企业名称,行政区划代码\n" + name + "," + region + "\n").getBytes(GBK);
    }

    private HttpResponse<byte[]> send(Visitor visitor, String name, byte[] content) throws Exception {
        return visitor.raw(visitor.request(IMPORTS + "?name=" + name)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(content))
                .build());
    }

    private JsonNode sent(String name, byte[] content) throws Exception {
        HttpResponse<byte[]> answer = send(admin, name, content);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return Visitor.JSON.readTree(answer.body());
    }

    private static JsonNode problem(HttpResponse<byte[]> answer, int status) throws IOException {
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        return Visitor.JSON.readTree(answer.body());
    }

    private int companies() throws Exception {
        return Integer.parseInt(
                stage.database.column("select count(*) from hw.company").getFirst());
    }

    private String path(JsonNode sent, String rest) {
        return IMPORTS + "/" + sent.get("id").textValue() + rest;
    }

    @Test
    void aTableIsReportedThenAgreedToThenInTheRegisterAndTheAudit() throws Exception {
        int before = companies();
        JsonNode sent = sent("a.csv", company("<b>安捷</b>", "500112"));
        assertThat(sent.get("state").textValue()).isEqualTo("ready");
        assertThat(sent.at("/lines/created").intValue()).isEqualTo(1);
        assertThat(companies()).isEqualTo(before);

        JsonNode done =
                Visitor.JSON.readTree(admin.post(path(sent, "/apply"), "{}").body());
        assertThat(done.get("state").textValue()).isEqualTo("applied");
        assertThat(stage.database.column("select name from hw.company where adcode = '500112' and name like '<b>%'"))
                .containsExactly("<b>安捷</b>");
        assertThat(stage.database.column(
                        "select action || ' ' || (detail ->> 'created') from hw.audit where object = 'import:"
                                + sent.get("id").textValue() + "' order by audit_id"))
                .containsExactly("import.check 1", "import.apply 1");
        HttpResponse<String> again = admin.post(path(sent, "/apply"), "{}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(stage.database.column("select content is null from hw.register_import where import_id = '"
                        + sent.get("id").textValue() + "'"))
                .containsExactly("t");
    }

    @Test
    void aWrongTableNamesColumnReasonAndRemedyInEitherLanguageAndIsNotTakenIn() throws Exception {
        int before = companies();
        JsonNode sent =
                sent("wrong.csv", "企业名称,行政区划代码\n好公司,500112\n=1+1,500112\n坏公司,重庆\n".getBytes(StandardCharsets.UTF_8));
        assertThat(sent.get("state").textValue()).isEqualTo("wrong");
        JsonNode chinese =
                admin.json(path(sent, "/lines?outcome=refused&language=zh-CN")).get("items");
        assertThat(chinese).hasSize(2);
        assertThat(chinese.at("/1/faults/0").toString())
                .isEqualTo(
                        "{\"column\":\"行政区划代码 (B)\",\"value\":\"重庆\",\"why\":\"不是六位行政区划代码\",\"todo\":\"填写 GB/T 2260 六位代码，如 500112。\"}");
        JsonNode english = admin.json(path(sent, "/lines?language=en&limit=1"));
        assertThat(english.at("/items/0/outcome").textValue()).isEqualTo("created");
        JsonNode next = admin.json(path(
                sent,
                "/lines?language=en&limit=1&cursor="
                        + english.get("next_cursor").textValue()));
        assertThat(next.at("/items/0/faults/0/why").textValue()).contains("which a spreadsheet runs as a formula");
        assertThat(admin.get(path(sent, "/report?language=en")).body())
                .contains("'=1+1")
                .contains("six digits of GB/T 2260");
        HttpResponse<String> refused = admin.post(path(sent, "/apply"), "{}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("import-wrong");
        assertThat(companies()).isEqualTo(before);
    }

    @Test
    void aReportThatTheRegisterHasOvertakenIsShownAnewInsteadOfTakenIn() throws Exception {
        JsonNode first = sent("one.csv", company("同名运输", "500112"));
        JsonNode second = sent("two.csv", company("同名运输", "500105"));
        assertThat(admin.post(path(first, "/apply"), "{}").statusCode()).isEqualTo(200);
        HttpResponse<String> overtaken = admin.post(path(second, "/apply"), "{}");
        assertThat(overtaken.statusCode()).isEqualTo(409);
        assertThat(overtaken.body()).contains("import-overtaken");
        assertThat(admin.json(path(second, "/lines"))
                        .at("/items/0/changes/0/after")
                        .textValue())
                .isEqualTo("500105");
        assertThat(admin.post(path(second, "/apply"), "{}").statusCode()).isEqualTo(200);
        assertThat(stage.database.column("select adcode from hw.company where name = '同名运输'"))
                .containsExactly("500105");
    }

    @Test
    void anUploadThatNobodyAgreesToIsOverAfterADay() throws Exception {
        JsonNode sent = sent("late.csv", company("迟到运输", "500112"));
        stage.database.run("update hw.register_import set expires_at = now() - interval '1 second' where import_id = '"
                + sent.get("id").textValue() + "'");
        assertThat(admin.json(path(sent, "")).get("state").textValue()).isEqualTo("expired");
        assertThat(admin.post(path(sent, "/apply"), "{}").statusCode()).isEqualTo(409);
        JsonNode other = sent("thrown.csv", company("不要了", "500112"));
        assertThat(admin.send("DELETE", path(other, ""), null).statusCode()).isEqualTo(204);
        assertThat(admin.post(path(other, "/apply"), "{}").statusCode()).isEqualTo(409);
        assertThat(stage.database.column("select name from hw.company where name in ('迟到运输', '不要了')"))
                .isEmpty();
    }

    @Test
    void fiftyMegabytesAreRefusedInWordsWhileOthersGoOn() throws Exception {
        byte[] large = new byte[50 * 1024 * 1024];
        CompletableFuture<HttpResponse<byte[]>> sending = CompletableFuture.supplyAsync(() -> {
            try {
                return send(admin, "large.xlsx", large);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Visitor other = Visitor.signedIn(stage.port(), "company1");
        List<Integer> answers = new ArrayList<>();
        do {
            answers.add(other.get("/api/v1/vehicles").statusCode());
        } while (!sending.isDone());
        assertThat(answers).containsOnly(200);
        JsonNode refused = problem(sending.join(), 413);
        assertThat(refused.get("detail").textValue())
                .isEqualTo("A file has at most 10 MB. Split it into several files.");
        assertThat(sent("small.csv", company("还能导入", "500112")).get("state").textValue())
                .isEqualTo("ready");
    }

    @Test
    void nobodyWithoutTheRightGetsAFileReceived() throws Exception {
        byte[] content = company("x", "500112");
        assertThat(send(new Visitor(stage.port()), "a.csv", content).statusCode())
                .isEqualTo(401);
        assertThat(send(Visitor.signedIn(stage.port(), "company1"), "a.csv", content)
                        .statusCode())
                .isEqualTo(403);
        Visitor withoutToken = Visitor.signedIn(stage.port(), "admin");
        withoutToken.csrf = null;
        assertThat(send(withoutToken, "a.csv", content).statusCode()).isEqualTo(403);
        // A stranger who promises much and sends nothing is answered without being waited for.
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + IMPORTS + " HTTP/1.1\r\nHost: 127.0.0.1:" + stage.port()
                            + "\r\nContent-Length: 9000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] begin = socket.getInputStream().readNBytes(12);
            assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void aBombALockedFileAndNoiseAreEachRefusedInTheirOwnWords() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            for (int i = 0; i < 120; i++) {
                zip.write(new byte[1024 * 1024]);
            }
        }
        JsonNode bomb = problem(send(admin, "bomb.xlsx", out.toByteArray()), 422);
        assertThat(bomb.get("type").textValue()).endsWith("file-unpacks-too-large");
        assertThat(bomb.get("detail").textValue()).contains("unpacks to more than 96 MB and is not opened");
        JsonNode locked =
                problem(send(admin, "locked.xlsx", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0}), 422);
        assertThat(locked.get("type").textValue()).endsWith("file-old-or-locked");
        JsonNode noise = problem(send(admin, "x", new byte[] {0, 1, 2, 3}), 422);
        assertThat(noise.get("type").textValue()).endsWith("file-not-a-table");
        assertThat(problem(send(admin, "x", new byte[0]), 400).get("detail").textValue())
                .contains("must be the file");
    }

    @Test
    void aNameThatIsAPathIsOnlyAName() throws Exception {
        byte[] table = company("路径运输", "500112");
        assertThat(problem(send(admin, "x%00.csv", table), 400).get("detail").textValue())
                .contains("U+0000");
        JsonNode sent = sent("..%2F..%2Fetc%2Fpasswd%0A", table);
        assertThat(sent.get("file_name").textValue()).isEqualTo("../../etc/passwd");
        HttpResponse<byte[]> report =
                admin.raw(admin.request(path(sent, "/report")).GET().build());
        assertThat(report.headers().firstValue("Content-Disposition").orElseThrow())
                .isEqualTo("attachment; filename=\"haulwatch-import-"
                        + sent.get("id").textValue() + ".csv\"");
    }

    @Test
    void aLeadOfSomeCompaniesOnlyImportsNothing() throws Exception {
        stage.database.run("update hw.app_user set scope = 'company:1' where username = 'centre'");
        try {
            Visitor lead = Visitor.signedIn(stage.port(), "centre");
            HttpResponse<byte[]> refused = send(lead, "a.csv", company("x", "500112"));
            assertThat(problem(refused, 403).get("detail").textValue()).contains("a scope of all companies");
        } finally {
            stage.database.run("update hw.app_user set scope = 'all' where username = 'centre'");
        }
        assertThat(admin.get(IMPORTS + "/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    void theTemplateComesBackAsATableThatIsRead() throws Exception {
        byte[] template = admin.raw(
                        admin.request(IMPORTS + "/template?language=en").GET().build())
                .body();
        JsonNode sent = sent("template.xlsx", template);
        assertThat(admin.json(path(sent, "/lines?language=en"))
                        .at("/items/0/faults/0/why")
                        .textValue())
                .isEqualTo("the file has no lines");
        assertThat(admin.get(IMPORTS + "/template?table=drivers&language=zh-CN").body())
                .startsWith("\ufeff")
                .contains("姓名", ",所属企业,");
    }
}

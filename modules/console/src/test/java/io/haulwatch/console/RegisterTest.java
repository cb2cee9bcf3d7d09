package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The register changed on a page: by the rules of a table, with a history of who changed what from what to what. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegisterTest {
    private Stage stage;
    private Visitor lead;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        lead = Visitor.signedIn(stage.port(), "centre");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aChangedFieldIsStoredAndItsHistorySaysWhoFromWhatToWhat() throws Exception {
        JsonNode before = entry("vehicles", "渝B12345");
        assertThat(before.at("/values/model").textValue()).isEqualTo("重型半挂牵引车");
        JsonNode fate = put(
                "vehicles",
                "{\"plate\":\"渝B12345\",\"plate_colour\":\"2\",\"company\":\"渝捷达物流有限公司\",\"vehicle_class\":\"DANGEROUS_GOODS\","
                        + "\"model\":\"解放 J7\"}",
                false);
        assertThat(fate.get("outcome").textValue()).isEqualTo("changed");
        assertThat(entry("vehicles", "渝B12345").at("/values/model").textValue()).isEqualTo("解放 J7");
        JsonNode change = lead.json("/api/v1/register/changes?table=vehicles&subject=%E6%B8%9DB12345&language=en")
                .get("items")
                .get(0);
        assertThat(change.at("/who/display_name").textValue()).isEqualTo("周岚");
        assertThat(change.get("import_id").isNull()).isTrue();
        assertThat(change.get("changes").toString())
                .contains("\"before\":\"重型半挂牵引车\",\"after\":\"解放 J7\"")
                .contains("dangerous goods");
        assertThat(stage.database.column("select detail ->> 'fields' from hw.audit where action = 'register.change'"))
                .anyMatch(fields -> fields.contains("model") && fields.contains("vehicle_class"));
    }

    @Test
    void aWrongValueIsReportedAtItsFieldAndNothingIsStored() throws Exception {
        JsonNode fate = put(
                "vehicles",
                "{\"plate\":\"渝B54321\",\"plate_colour\":\"purple\",\"company\":\"渝捷达物流有限公司\",\"vehicle_class\":\"GENERAL\"}",
                false);
        assertThat(fate.get("outcome").textValue()).isEqualTo("refused");
        assertThat(fate.at("/faults/0/field").textValue()).isEqualTo("plate_colour");
        assertThat(fate.at("/faults/0/todo").textValue()).isNotBlank();
        assertThat(entry("vehicles", "渝B54321").at("/values/vehicle_class").textValue())
                .isEqualTo("DANGEROUS_GOODS");
    }

    @Test
    void aLineThatIsNotThereIsMadeOnlyOnPurpose() throws Exception {
        String values = "{\"name\":\"山城冷链有限公司\",\"adcode\":\"500112\"}";
        HttpResponse<String> typo = lead.post("/api/v1/register/companies", "{\"values\":" + values + "}");
        assertThat(typo.statusCode()).isEqualTo(422);
        assertThat(typo.body()).contains("register-not-there");
        assertThat(put("companies", values, true).get("outcome").textValue()).isEqualTo("created");
        assertThat(put("companies", values, true).get("outcome").textValue()).isEqualTo("unchanged");
        assertThat(entry("companies", "山城冷链有限公司").at("/values/adcode").textValue())
                .isEqualTo("500112");
    }

    @Test
    void anIdentityCardIsNeitherShownNorKeptInTheHistory() throws Exception {
        JsonNode fate = put(
                "drivers",
                "{\"name\":\"陈国强\",\"company\":\"渝捷达物流有限公司\",\"id_card\":\"500101199001019999\",\"phone\":\"13800002047\",\"licence_no\":\"L-7788\"}",
                false);
        assertThat(fate.get("outcome").textValue()).as(fate.toString()).isEqualTo("changed");
        assertThat(lead.get("/api/v1/register/drivers").body())
                .contains("L-7788")
                .doesNotContain("500101199001019999", "500101199001010011");
        assertThat(stage.database.column("select changes::text from hw.register_change"))
                .anyMatch(row -> row.contains("L-7788"))
                .noneMatch(row -> row.contains("5001011990010"));
    }

    @Test
    void aTableThatIsTakenInLeavesItsHistoryToo() throws Exception {
        String sent = Visitor.JSON
                .readTree(lead.post("/api/v1/imports?name=a.csv", "企业名称,行政区划代码\n巴南快运有限公司,500113\n")
                        .body())
                .get("id")
                .textValue();
        assertThat(lead.post("/api/v1/imports/" + sent + "/apply", "{}").statusCode())
                .isEqualTo(200);
        JsonNode change = lead.json(
                        "/api/v1/register/changes?subject=%E5%B7%B4%E5%8D%97%E5%BF%AB%E8%BF%90%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8")
                .get("items")
                .get(0);
        assertThat(change.get("import_id").textValue()).isEqualTo(sent);
        assertThat(change.get("outcome").textValue()).isEqualTo("created");
    }

    @Test
    void whoDoesNotSeeEveryCompanyAndUnknownTablesAreRefused() throws Exception {
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        assertThat(company.get("/api/v1/register/companies").statusCode()).isEqualTo(403);
        assertThat(lead.get("/api/v1/register/secrets").statusCode()).isEqualTo(404);
        assertThat(lead.post("/api/v1/register/companies", "{\"values\":{\"other\":\"x\"}}")
                        .statusCode())
                .isEqualTo(400);
        for (String table : new String[] {"companies", "vehicles", "terminals", "drivers", "papers"}) {
            assertThat(lead.json("/api/v1/register/" + table).get("items"))
                    .as(table)
                    .isNotEmpty();
        }
    }

    private JsonNode entry(String table, String subject) throws Exception {
        for (JsonNode item : lead.json("/api/v1/register/" + table).get("items")) {
            if (item.get("subject").textValue().equals(subject)) {
                return item;
            }
        }
        throw new IllegalStateException("not there: " + subject);
    }

    private JsonNode put(String table, String values, boolean create) throws Exception {
        HttpResponse<String> answer =
                lead.post("/api/v1/register/" + table, "{\"values\":" + values + ",\"create\":" + create + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Visitor.JSON.readTree(answer.body());
    }
}

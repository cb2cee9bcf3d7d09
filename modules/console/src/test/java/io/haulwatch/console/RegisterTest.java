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
        // The rows of the stage bring their own numbers.
        for (String table : new String[] {"company", "vehicle", "driver"}) {
            stage.database.column(
                    "select setval(pg_get_serial_sequence('hw." + table + "', '" + table + "_id'), 10000)");
        }
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
    void aLineIsRenamedAndAFieldEmptiedAndItsHistoryGoesWithIt() throws Exception {
        JsonNode made = put("companies", "{\"name\":\"江津冷链有限公司\",\"adcode\":\"500116\",\"contact_name\":\"李四\"}", true);
        assertThat(made.get("outcome").textValue()).isEqualTo("created");
        int id = entry("companies", "江津冷链有限公司").get("id").intValue();
        JsonNode fate = edit("companies", id, "{\"name\":\"江津物流有限公司\",\"adcode\":\"500116\"}", "\"contact_name\"");
        assertThat(fate.get("outcome").textValue()).as(fate.toString()).isEqualTo("changed");
        JsonNode now = entry("companies", "江津物流有限公司");
        assertThat(now.get("id").intValue()).isEqualTo(id);
        assertThat(now.get("values").has("contact_name")).isFalse();
        JsonNode history = lead.json("/api/v1/register/changes?table=companies&language=en&id=" + id)
                .get("items");
        assertThat(history).hasSize(2);
        assertThat(history.get(0).get("changes").toString())
                .contains("\"before\":\"江津冷链有限公司\",\"after\":\"江津物流有限公司\"")
                .contains("\"before\":\"李四\",\"after\":null");

        JsonNode taken = edit("companies", id, "{\"name\":\"渝捷达物流有限公司\",\"adcode\":\"500116\"}", "");
        assertThat(taken.get("outcome").textValue()).isEqualTo("refused");
        assertThat(taken.at("/faults/0/field").textValue()).isEqualTo("name");
        HttpResponse<String> needed = lead.post(
                "/api/v1/register/companies", "{\"id\":" + id + ",\"values\":{\"name\":\"a\"},\"empty\":[\"adcode\"]}");
        assertThat(needed.statusCode()).isEqualTo(400);
        HttpResponse<String> over = lead.post(
                "/api/v1/register/companies",
                "{\"create\":true,\"values\":{\"name\":\"江津物流有限公司\",\"adcode\":\"500112\"}}");
        assertThat(over.body()).contains("register-there");
    }

    @Test
    void aTruckAndItsDriverKeepTheirRowWithAnotherPlateAndName() throws Exception {
        put(
                "vehicles",
                "{\"plate\":\"渝A70001\",\"plate_colour\":\"2\",\"company\":\"渝捷达物流有限公司\",\"vehicle_class\":\"GENERAL\"}",
                true);
        put(
                "drivers",
                "{\"name\":\"钱七\",\"company\":\"渝捷达物流有限公司\",\"phone\":\"13800007001\",\"vehicle\":\"渝A70001\"}",
                true);
        int truck = entry("vehicles", "渝A70001").get("id").intValue();
        int driver = entry("drivers", "钱七").get("id").intValue();
        assertThat(edit(
                                "vehicles",
                                truck,
                                "{\"plate\":\"渝A70002\",\"plate_colour\":\"2\",\"company\":\"渝捷达物流有限公司\","
                                        + "\"vehicle_class\":\"GENERAL\"}",
                                "")
                        .get("outcome")
                        .textValue())
                .isEqualTo("changed");
        assertThat(entry("vehicles", "渝A70002").get("id").intValue()).isEqualTo(truck);
        stage.database.column("update hw.assignment set effective_from = now() - interval '1 hour' where driver_id = "
                + driver + " returning driver_id");
        // The licence is new and the name another: by its name alone the line would be a second driver.
        JsonNode fate = edit(
                "drivers",
                driver,
                "{\"name\":\"钱八\",\"company\":\"渝捷达物流有限公司\",\"licence_no\":\"L-7001\"}",
                "\"phone\",\"vehicle\"");
        assertThat(fate.get("outcome").textValue()).as(fate.toString()).isEqualTo("changed");
        assertThat(fate.get("changes")).hasSize(4);
        assertThat(entry("drivers", "钱八").get("id").intValue()).isEqualTo(driver);
        assertThat(stage.database.column("select count(*) from hw.assignment where driver_id = " + driver
                        + " and effective_to = 'infinity'"))
                .containsExactly("0");
    }

    @Test
    void whatIsRetiredLeavesTheRegisterAndItsHistoryStays() throws Exception {
        put("companies", "{\"name\":\"綦江快运有限公司\",\"adcode\":\"500110\"}", true);
        put(
                "vehicles",
                "{\"plate\":\"渝A80001\",\"plate_colour\":\"2\",\"company\":\"綦江快运有限公司\",\"vehicle_class\":\"GENERAL\"}",
                true);
        int company = entry("companies", "綦江快运有限公司").get("id").intValue();
        int truck = entry("vehicles", "渝A80001").get("id").intValue();
        HttpResponse<String> used = lead.post("/api/v1/register/companies/" + company + "/retire", "{}");
        assertThat(used.statusCode()).isEqualTo(422);
        assertThat(used.body()).contains("register-in-use");
        assertThat(lead.post("/api/v1/register/vehicles/" + truck + "/retire", "{}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(lead.post("/api/v1/register/vehicles/" + truck + "/retire", "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(lead.post("/api/v1/register/companies/" + company + "/retire", "{}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(lead.get("/api/v1/register/vehicles").body()).doesNotContain("渝A80001");
        assertThat(lead.json("/api/v1/register/changes?table=vehicles&id=" + truck)
                        .at("/items/0/outcome")
                        .textValue())
                .isEqualTo("retired");
        assertThat(stage.database.column("select detail ->> 'subject' from hw.audit where action = 'register.retire'"))
                .contains("渝A80001", "綦江快运有限公司");
        assertThat(lead.post("/api/v1/register/papers/1/retire", "{}").statusCode())
                .isEqualTo(400);
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

    private JsonNode edit(String table, int id, String values, String empty) throws Exception {
        HttpResponse<String> answer = lead.post(
                "/api/v1/register/" + table, "{\"id\":" + id + ",\"values\":" + values + ",\"empty\":[" + empty + "]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Visitor.JSON.readTree(answer.body());
    }

    private JsonNode put(String table, String values, boolean create) throws Exception {
        HttpResponse<String> answer =
                lead.post("/api/v1/register/" + table, "{\"values\":" + values + ",\"create\":" + create + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Visitor.JSON.readTree(answer.body());
    }
}

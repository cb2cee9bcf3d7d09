package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.rules.inspection.InspectionPlan;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Inspections over HTTP: drawn by lot, the same again from the seed, never changed, told of truck by truck, concluded honestly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InspectionsTest {
    private Stage stage;
    private Visitor regulator;
    private Visitor company;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        stage.database.run(
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) "
                        + "select 100 + n, 1, case n when 1 then '=渝A00001' else '渝A' || 10000 + n end, 2, 'GENERAL' from generate_series(1, 98) n");
        regulator = Visitor.signedIn(stage.port(), "regulator50");
        company = Visitor.signedIn(stage.port(), "company1");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aSampleIsDrawnByLotAndAnybodyDrawsTheSameFromItsSeed() throws Exception {
        JsonNode size =
                json(regulator.post("/api/v1/inspections/size", plan(0.05, 0.95).toString()));
        assertThat(size.get("trucks").intValue()).isEqualTo(100);
        assertThat(size.get("sample_size").intValue()).as("worked out by hand").isEqualTo(39);
        assertThat(size.get("tolerated").intValue()).isEqualTo(5);
        String given = plan(0.05, 0.95).toString();
        JsonNode drawn = json(regulator.post("/api/v1/inspections", given));
        HttpResponse<String> again = regulator.post("/api/v1/inspections", given);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Visitor.JSON.readTree(again.body())).isEqualTo(drawn);
        JsonNode whole = regulator.json("/api/v1/inspections/" + drawn.get("id") + "?population=true");
        int[] population = StreamSupport.stream(whole.get("population").spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
        assertThat(population).hasSize(100);
        List<Integer> trucks = StreamSupport.stream(drawn.get("drawn").spliterator(), false)
                .map(truck -> truck.get("vehicle_id").intValue())
                .toList();
        assertThat(trucks.stream().mapToInt(Integer::intValue).toArray())
                .isEqualTo(InspectionPlan.draw(drawn.get("seed").textValue(), population, 39));
        assertThat(drawn.get("seed").textValue()).matches("[0-9a-f]{32}");
        assertThat(json(regulator.post("/api/v1/inspections", plan(0.05, 0.95).toString()))
                        .get("seed"))
                .isNotEqualTo(drawn.get("seed"));
        assertThatThrownBy(() -> {
                    try (Connection connection =
                                    stage.database.databases().app().getConnection();
                            Statement change = connection.createStatement()) {
                        change.execute("update hw.inspection_plan set sample_size = 1");
                    }
                })
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
    }

    @Test
    void eachTruckIsToldOfCorrectionsKeepWhatWasSaidAndTheConclusionSaysNoMoreThanIsKnown() throws Exception {
        JsonNode drawn =
                json(regulator.post("/api/v1/inspections", plan(0.5, 0.9).toString()));
        String path = "/api/v1/inspections/" + drawn.get("id");
        int n = drawn.get("sample_size").intValue();
        assertThat(n).isLessThan(8);
        for (int i = 0; i < n; i++) {
            assertThat(regulator.json(path).get("conclusion").isNull())
                    .as("not before all are told of")
                    .isTrue();
            json(regulator.post(path + "/results", result(drawn, i, "in_order", "")));
        }
        JsonNode clean = regulator.json(path).get("conclusion");
        assertThat(clean.get("verdict").textValue()).isEqualTo("kept");
        assertThat(clean.get("most").intValue()).isLessThanOrEqualTo(50);
        refused(regulator.post(path + "/results", result(drawn, 0, "not_shown", "")), 422, "note-needed");
        String correction = result(drawn, 0, "not_shown", "记错车辆，实未到检");
        json(regulator.post(path + "/results", correction));
        JsonNode corrected = json(regulator.post(path + "/results", correction));
        assertThat(corrected.get("drawn").get(0).get("told").intValue())
                .as("asked twice, told once")
                .isEqualTo(2);
        assertThat(corrected.get("not_shown").intValue()).isEqualTo(1);
        assertThat(corrected.get("conclusion").get("bad").intValue())
                .as("not shown is not in order")
                .isEqualTo(1);
        assertThat(corrected.get("conclusion").get("verdict").textValue()).isEqualTo("open");
        assertThat(stage.database.column("select result from hw.inspection_result where plan_id = " + drawn.get("id")
                        + " and vehicle_id = " + drawn.get("drawn").get(0).get("vehicle_id") + " order by result_id"))
                .containsExactly("in_order", "not_shown");
        ObjectNode stranger = Visitor.JSON
                .createObjectNode()
                .put("key", UUID.randomUUID().toString())
                .put("vehicle", 3)
                .put("result", "in_order");
        refused(regulator.post(path + "/results", stranger.toString()), 404, "not-found");
    }

    @Test
    void aPlanIsReadByItsCompaniesAndSavedAsATableInWhichNothingRuns() throws Exception {
        JsonNode drawn =
                json(regulator.post("/api/v1/inspections", plan(0, 0.99).toString()));
        String path = "/api/v1/inspections/" + drawn.get("id");
        assertThat(company.json(path).get("title").textValue()).isEqualTo("危险品车辆抽查");
        String csv = company.get(path + "/file?format=csv&language=zh-CN").body();
        assertThat(csv)
                .contains("签号,车牌,企业")
                .contains("'=渝A00001")
                .contains(drawn.get("seed").textValue());
        assertThat(company.get(path + "/file").headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(name -> assertThat(name).endsWith(".xlsx\""));
        refused(Visitor.signedIn(stage.port(), "company2").get(path), 404, "not-found");
        refused(company.post("/api/v1/inspections", plan(0, 0.95).toString()), 403, "not-allowed");
        refused(
                regulator.post(
                        "/api/v1/inspections", plan(0, 0.95).put("company", 2).toString()),
                422,
                "order-empty");
        refused(regulator.post("/api/v1/inspections", plan(1, 0.95).toString()), 400, "bad-value");
        refused(regulator.post("/api/v1/inspections", plan(0, 0.2).toString()), 400, "bad-value");
        assertThat(company.json("/api/v1/inspections?limit=1").get("items")).hasSize(1);
    }

    private static ObjectNode plan(double tolerable, double confidence) {
        return Visitor.JSON
                .createObjectNode()
                .put("key", UUID.randomUUID().toString())
                .put("title", "危险品车辆抽查")
                .put("region", "50")
                .put("tolerable", tolerable)
                .put("confidence", confidence);
    }

    private static String result(JsonNode plan, int lot, String result, String note) {
        return Visitor.JSON
                .createObjectNode()
                .put("key", UUID.randomUUID().toString())
                .put("vehicle", plan.get("drawn").get(lot).get("vehicle_id").intValue())
                .put("result", result)
                .put("note", note)
                .toString();
    }
}

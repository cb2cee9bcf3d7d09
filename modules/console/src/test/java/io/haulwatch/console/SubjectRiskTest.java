package io.haulwatch.console;

import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The risk of one truck and one driver, by the sheet's formula with numbers worked by hand, down to the alarms behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubjectRiskTest {
    /** X = 10·3 + 3 + 3, 3,880 km, mean 3: E = (36 + 60) / (3.88 + 20), A = 100 (1 − e^(−E / 6)). */
    private static final double DRIVING = 48.8;

    /** Driving and papers share the whole as 0.40 to 0.25. */
    private static final double DRIVING_SHARE = 0.40 / 0.65;

    private Stage stage;
    private Visitor company;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        stage.database.run(
                "insert into hw.company_risk (company_id, as_of, score, band, parts, formula_version) values (1, now(), 30, 'yellow', "
                        + "'{\"parts\":[{\"code\":\"A\",\"weight\":0.4,\"value\":40,\"points\":16,\"data\":{\"mean_per_1000km\":3.0}}]}', 'r')",
                "insert into hw.driver (driver_id, company_id, name) values (7, 1, '李小平')",
                "insert into hw.assignment (vehicle_id, driver_id, company_id, effective_from) values "
                        + "(1, 7, 1, now() - interval '1 day')",
                old("gen_random_uuid()", "new", 2, 1, 100),
                old("gen_random_uuid()", "new", 2, 1, 101),
                old("gen_random_uuid()", "overturned", 4, 1, 5),
                old("gen_random_uuid()", "false", 4, 1, 5),
                old("gen_random_uuid()", "new", 4, 1, 200));
        company = Visitor.signedIn(stage.port(), "company1");
    }

    private static String old(String id, String handling, int severity, int vehicle, int days) {
        return "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id, "
                + "started_at, ended_at, severity, evidence, measures, facts, points, stream_offset, handling) values ("
                + id + ", 1, 1, "
                + "'closed', 'speeding', 'v', 's', " + vehicle + ", 1, now() - interval '" + days
                + " days', now() - interval '" + days
                + " days', " + severity + ", 'live', '{}', '{}', '[]', 900, '" + handling + "')";
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aTrucksScoreIsItsDrivingAndItsPapers() throws Exception {
        JsonNode risk = company.json("/api/v1/vehicles/1/risk");
        JsonNode parts = risk.get("risk").get("parts");
        assertThat(parts.findValuesAsText("code")).containsExactly("A", "D");
        assertThat(parts.get(0).get("value").doubleValue()).isCloseTo(DRIVING, within(0.06));
        assertThat(parts.get(1).get("value").doubleValue())
                .as("12.5 of 16 are more than a fifth")
                .isEqualTo(100);
        assertThat(risk.get("risk").get("score").doubleValue())
                .isCloseTo(DRIVING_SHARE * DRIVING + (1 - DRIVING_SHARE) * 100, within(0.1));
        assertThat(risk.get("risk").get("band").textValue()).isEqualTo("orange");
        assertThat(risk.get("papers").findValuesAsText("kind"))
                .containsExactlyInAnyOrder("veh.ins_compulsory", "veh.permit", "veh.inspection", "veh.maintenance2");
        assertThat(risk.get("events").findValuesAsText("points")).containsExactly("10", "3", "3");
        assertThat(risk.get("events").findValuesAsText("times")).containsExactly("3", "1", "1");
        assertThat(risk.get("events").get(0).get("id").textValue()).isEqualTo(Stage.ALARM_1);
    }

    @Test
    void aTruckThatHardlyMovesIsJudgedByItsPapersAlone() throws Exception {
        JsonNode risk = company.json("/api/v1/vehicles/2/risk").get("risk");
        assertThat(risk.get("insufficient_data").booleanValue()).isTrue();
        assertThat(risk.get("missing").get(0).textValue()).isEqualTo("A");
        assertThat(risk.get("parts").findValuesAsText("code")).containsExactly("D");
    }

    @Test
    void aDriversScoreFallsAtOnceWhenHisPapersAreRenewed() throws Exception {
        JsonNode before = company.json("/api/v1/drivers/1/risk");
        assertThat(before.get("formula_version").textValue()).isEqualTo("risk-2026.3-untrained");
        assertThat(before.get("risk").get("missing").get(0).textValue()).isEqualTo("T");
        assertThat(before.get("papers").findValuesAsText("kind")).containsExactly("drv.licence", "drv.qualification");
        stage.database.run(
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, issued, expires, effective_from) values "
                        + "(1, 'DRIVER', 1, 'drv.licence', 'L-9', '2024-01-01', current_date + 400, '-infinity'), "
                        + "(1, 'DRIVER', 1, 'drv.qualification', 'Q-9', '2024-01-01', current_date + 400, '-infinity')");
        JsonNode after = company.json("/api/v1/drivers/1/risk");
        assertThat(after.get("papers")).isEmpty();
        assertThat(after.get("risk").get("score").doubleValue()).isCloseTo(DRIVING_SHARE * DRIVING, within(0.1));
        assertThat(after.get("risk").get("band").textValue()).isEqualTo("yellow");
    }

    @Test
    void theWorstComeFirstAndNobodySeesAnotherCompanys() throws Exception {
        JsonNode worst = company.json("/api/v1/companies/1/worst");
        List<Double> scores = worst.get("trucks").findValues("score").stream()
                .map(JsonNode::doubleValue)
                .toList();
        assertThat(scores).hasSize(2).isSortedAccordingTo((one, other) -> Double.compare(other, one));
        assertThat(worst.get("drivers").findValuesAsText("label")).containsExactlyInAnyOrder("陈国强", "李小平");
        Visitor foreign = Visitor.signedIn(stage.port(), "company2");
        for (String path : List.of("/companies/1/worst", "/vehicles/1/risk", "/drivers/1/risk")) {
            refused(foreign.get("/api/v1" + path), 404, "not-found");
        }
        assertThat(Visitor.signedIn(stage.port(), "regulator50")
                        .json("/api/v1/companies/1/worst")
                        .get("drivers")
                        .findValuesAsText("label"))
                .containsExactlyInAnyOrder("陈**", "李**");
    }

    @Test
    void whoIsAmongTheWorstHasTheScoreOfHisOwnPage() throws Exception {
        JsonNode worst = company.json("/api/v1/companies/1/worst");
        for (JsonNode truck : worst.get("trucks")) {
            assertThat(company.json("/api/v1/vehicles/" + truck.get("id") + "/risk")
                            .get("risk"))
                    .isEqualTo(truck);
        }
        for (JsonNode driver : worst.get("drivers")) {
            assertThat(company.json("/api/v1/drivers/" + driver.get("id") + "/risk")
                            .get("risk"))
                    .isEqualTo(driver);
        }
        assertThat(worst.get("drivers").findValuesAsText("km"))
                .as("the second driver came yesterday, and both days are his too")
                .containsExactly("3880.0", "3880.0");
    }
}

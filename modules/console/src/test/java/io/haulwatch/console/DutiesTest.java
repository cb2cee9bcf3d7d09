package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.register.LineReport;
import io.haulwatch.store.register.RegisterImport;
import io.haulwatch.store.register.TableReport;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Services, hazards, accidents and training: written down, followed, given out and taken in again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DutiesTest {
    private Stage stage;
    private Visitor company;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        company = Visitor.signedIn(stage.port(), "company1");
        String today = "(now() at time zone 'Asia/Shanghai')::date";
        stage.database.run(
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) values "
                        + "(201, 1, '渝B80201', 2, 'GENERAL'), (202, 1, '渝B80202', 2, 'GENERAL')",
                // 600 km a day for 70 days.
                "insert into hw.vehicle_day (vehicle_id, company_id, day, distance_mm) " + "select 201, 1, " + today
                        + " - n, 600000000 from generate_series(1, 70) n");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aServiceIsDueByKilometresWhereTheTruckDrivesMuchAndByDaysWhereItStands() throws Exception {
        post(
                "/api/v1/vehicles/201/services",
                "{\"done_on\":\"" + day(-60) + "\",\"odometer_km\":120000,\"workshop\":\"江北维修\"}");
        JsonNode row = service("渝B80201");
        // 60 days of 600 km lie between, the day itself not counted: 59 · 600 + … = 35,400 km, 4,600 left, 7 days at a
        // mean of 580 or 600 km.
        assertThat(row.get("km_since").longValue()).isEqualTo(59 * 600L);
        assertThat(row.get("daily_km").longValue()).isEqualTo(580);
        assertThat(row.get("due_on").textValue()).isEqualTo(day(7));
        assertThat(row.get("state").textValue()).isEqualTo("due_urgent");
        assertThat(line("veh.maintenance2", "%E6%B8%9DB80201")).isEqualTo("due_urgent");

        post("/api/v1/vehicles/202/services", "{\"done_on\":\"" + day(-100) + "\"}");
        assertThat(service("渝B80202").get("due_on").textValue()).isEqualTo(day(20));
        post("/api/v1/vehicles/202/service-interval", "{\"every_km\":20000,\"every_days\":90}");
        JsonNode own = service("渝B80202");
        assertThat(own.get("own_interval").booleanValue()).isTrue();
        assertThat(own.get("due_on").textValue()).isEqualTo(day(-10));
        JsonNode risk = company.json("/api/v1/companies/1/risk");
        assertThat(StreamSupport.stream(risk.get("overdue").spliterator(), false)
                        .filter(due -> due.get("kind").textValue().equals("veh.maintenance2"))
                        .map(due -> due.get("owner_label").textValue()))
                .contains("渝B80202")
                .doesNotContain("渝B80201");
        assertThat(company.post("/api/v1/vehicles/201/services", "{\"done_on\":\"" + day(1) + "\"}")
                        .statusCode())
                .as("a service that lies ahead")
                .isEqualTo(400);
        assertThat(company.post("/api/v1/vehicles/201/services", "{\"done_on\":\"" + day(-60) + "\"}")
                        .statusCode())
                .as("the same again")
                .isEqualTo(409);
    }

    @Test
    void aHazardIsPutRightCheckedAndClosedAndEachStepIsKept() throws Exception {
        int id = post(
                        "/api/v1/companies/1/hazards",
                        "{\"title\":\"停车场照明\",\"grade\":\"major\",\"found_on\":\"" + day(-9) + "\",\"due_on\":\""
                                + day(-2) + "\",\"owner_name\":\"赵强\"}")
                .get("id")
                .intValue();
        assertThat(hazard(id).get("state").textValue()).isEqualTo("overdue");
        assertThat(act(id, "accept", "").statusCode())
                .as("nothing to check yet")
                .isEqualTo(409);
        assertThat(act(id, "rectify", "换灯").statusCode()).isEqualTo(201);
        assertThat(hazard(id).get("state").textValue()).isEqualTo("rectified");
        assertThat(act(id, "refuse", "").statusCode()).as("without saying why").isEqualTo(422);
        assertThat(act(id, "refuse", "东侧仍不亮").statusCode()).isEqualTo(201);
        assertThat(hazard(id).get("state").textValue()).isEqualTo("overdue");
        assertThat(act(id, "rectify", "东侧也换").statusCode()).isEqualTo(201);
        assertThat(act(id, "accept", "").statusCode()).isEqualTo(201);
        JsonNode closed = hazard(id);
        assertThat(closed.get("state").textValue()).isEqualTo("closed");
        assertThat(closed.get("events").findValuesAsText("kind"))
                .containsExactly("found", "rectified", "refused", "rectified", "accepted");
        assertThat(closed.at("/events/2/note").textValue()).isEqualTo("东侧仍不亮");
        assertThat(company.post(
                                "/api/v1/companies/1/hazards",
                                "{\"title\":\"x\",\"grade\":\"major\",\"found_on\":\"" + day(-1) + "\",\"due_on\":\""
                                        + day(-2) + "\"}")
                        .statusCode())
                .as("due before it was found")
                .isEqualTo(422);
    }

    @Test
    void whatIsGivenOutCanBeTakenInAgainAndChangesNothing() throws Exception {
        post(
                "/api/v1/drivers/1/training",
                "{\"kind\":\"monthly\",\"held_on\":\"" + day(-40) + "\",\"hours\":1.5,\"topic\":\"防御性驾驶\"}");
        post(
                "/api/v1/companies/1/accidents",
                "{\"happened_on\":\"" + day(-50)
                        + "\",\"place\":\"渝宜高速 K12\",\"vehicle_id\":1,\"driver_id\":1,\"deaths\":0,"
                        + "\"injured\":1,\"responsibility\":\"minor\"}");
        post("/api/v1/vehicles/1/services", "{\"done_on\":\"" + day(-30) + "\",\"odometer_km\":88000}");
        RegisterImport register = new RegisterImport(stage.database.databases().writer());
        for (String table : List.of("training", "accidents", "maintenance", "hazards")) {
            for (String format : List.of("xlsx", "csv")) {
                for (String language : List.of("zh-CN", "en")) {
                    HttpResponse<byte[]> given = company.raw(company.request("/api/v1/companies/1/duties/" + table
                                    + "/file?format=" + format + "&language=" + language)
                            .GET()
                            .build());
                    assertThat(given.statusCode()).isEqualTo(200);
                    TableReport report = register.tryTable(given.body());
                    assertThat(report.lines())
                            .as("%s %s %s", table, format, language)
                            .isNotEmpty()
                            .allSatisfy(line -> assertThat(line.outcome())
                                    .as(line.toString())
                                    .isEqualTo(LineReport.Outcome.UNCHANGED));
                }
            }
        }
    }

    @Test
    void aTableOfTrainingIsCheckedCellByCell() throws Exception {
        String table = """
                驾驶员,培训种类,培训日期,学时
                陈国强,月度教育,2026-09-10,2
                陈国强,聚餐,2026-09-11,2
                没有这个人,月度教育,2026-09-12,2
                陈国强,继续教育,2026-09-13,25
                """;
        RegisterImport register = new RegisterImport(stage.database.databases().writer());
        TableReport report = register.tryTable(("\ufeff" + table).getBytes(StandardCharsets.UTF_8));
        assertThat(report.lines())
                .extracting(line -> line.outcome().name()
                        + line.faults().stream()
                                .map(fault -> " " + fault.rule())
                                .reduce("", String::concat))
                .containsExactly("CREATED", "REFUSED NOT_ONE_OF", "REFUSED NO_DRIVER", "REFUSED NOT_HOURS");
    }

    @Test
    void aHazardInATableGoesOnWhereItIsKnown() throws Exception {
        String first = "隐患,所属企业,等级,发现日期,整改期限\n轮胎磨损,渝捷达物流有限公司,一般,2026-09-01,2026-09-20\n";
        String later = "隐患,所属企业,等级,发现日期,整改期限,销号日期\n轮胎磨损,渝捷达物流有限公司,一般,2026-09-01,2026-09-20,2026-09-18\n";
        RegisterImport register = new RegisterImport(stage.database.databases().writer());
        byte[] content = first.getBytes(StandardCharsets.UTF_8);
        register.takeTable(content, register.tryTable(content), (connection, ids) -> {});
        TableReport report = register.tryTable(later.getBytes(StandardCharsets.UTF_8));
        assertThat(report.lines().getFirst().changes())
                .extracting(change -> change.field() + " " + change.before() + " " + change.after())
                .containsExactly("closed_on null 2026-09-18");
        assertThat(register.tryTable(content).lines().getFirst().outcome())
                .as("an empty cell leaves what is there")
                .isEqualTo(LineReport.Outcome.UNCHANGED);
    }

    @Test
    void theGateSaysWhyATruckMayNotLeave() throws Exception {
        JsonNode verdict = company.json("/api/v1/vehicles/1/dispatch");
        assertThat(verdict.get("driver").textValue()).isEqualTo("陈国强");
        assertThat(verdict.get("allowed").booleanValue()).isFalse();
        assertThat(verdict.at("/reasons/0/weight").textValue()).isEqualTo("stop");
        assertThat(StreamSupport.stream(verdict.get("reasons").spliterator(), false)
                        .map(reason -> reason.get("kind").textValue() + " "
                                + reason.get("state").textValue()))
                .contains("veh.inspection overdue", "drv.qualification overdue", "veh.permit missing");
        assertThat(company.get("/api/v1/vehicles/1/dispatch?driver=2").statusCode())
                .as("a driver of another company")
                .isEqualTo(404);
    }

    private String line(String kind, String query) throws Exception {
        return company.json("/api/v1/companies/1/papers?kind=" + kind + "&query=" + query)
                .at("/items/0/state")
                .textValue();
    }

    private JsonNode service(String plate) throws Exception {
        return StreamSupport.stream(
                        company.json("/api/v1/companies/1/services")
                                .get("items")
                                .spliterator(),
                        false)
                .filter(row -> row.get("plate").textValue().equals(plate))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode hazard(int id) throws Exception {
        return StreamSupport.stream(
                        company.json("/api/v1/companies/1/duties/hazards?limit=200")
                                .get("items")
                                .spliterator(),
                        false)
                .filter(row -> row.get("id").intValue() == id)
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> act(int hazard, String action, String note) throws Exception {
        return company.post(
                "/api/v1/hazards/" + hazard + "/actions", "{\"action\":\"" + action + "\",\"note\":\"" + note + "\"}");
    }

    private JsonNode post(String path, String body) throws Exception {
        HttpResponse<String> answer = company.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Visitor.JSON.readTree(answer.body());
    }

    private static String day(int fromToday) {
        return LocalDate.now(PaperState.ZONE).plusDays(fromToday).toString();
    }
}

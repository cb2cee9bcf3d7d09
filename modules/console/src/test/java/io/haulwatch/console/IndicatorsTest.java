package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Indicators over HTTP: from a figure to the truck and its day, frozen periods, and who sees what. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndicatorsTest {
    private static final String MARCH = "from=2026-03-01&to=2026-03-31";

    private Stage stage;
    private Visitor centre;
    private Visitor regulator;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        stage.database.run(
                "insert into hw.kpi_day (day, formula, trucks, counted_at, frozen_at) values "
                        + "('2026-03-05', 'kpi-1', 3, '2026-03-07T06:00:00+08', '2026-03-07T06:00:00+08'), "
                        + "('2026-03-06', 'kpi-1', 3, '2026-03-08T06:00:00+08', '2026-03-08T06:00:00+08')",
                day(1, 1, "2026-03-05", "1000, 990, 400000, 10000, 3, 1, 2, 3600, 4, 4, 3"),
                day(1, 1, "2026-03-06", "1000, 1000, 100000, 0, 2, 0, 1, 0, 0, 0, 0"),
                day(2, 1, "2026-03-05", "500, 400, 100000, 50000, 0, 0, 0, 0, 6, 3, 3"),
                day(3, 2, "2026-03-05", "100, 100, 70000, 0, 0, 0, 9, 0, 0, 0, 0"),
                "insert into hw.kpi_period (first_day, last_day, version, formula, asked_at, reason, made_at) values "
                        + "('2026-02-01', '2026-02-28', 1, 'kpi-1', '2026-03-02T06:00:00+08', 'month', '2026-03-02T06:00:00+08')",
                "insert into hw.kpi_period_vehicle (period_id, vehicle_id, company_id, entered, online_days, received, qualified, total_m, gap_m, "
                        + "drift_days, offline_moves, speedings, fatigue_s, due, handled, in_time) select period_id, 1, 1, true, 28, 10, 9, "
                        + "1000, 0, 0, 0, 0, 0, 0, 0, 0 from hw.kpi_period",
                "insert into hw.kpi_region_month (adcode, month, companies, online, speedings, fatigue_s, counted_at) values "
                        + "('5001', '2026-03-01', 4, 100, 900, 0, now()), ('5001', '2026-02-01', 5, 100, 300, 36000, now())");
        centre = Visitor.signedIn(stage.port(), "centre");
        regulator = Visitor.signedIn(stage.port(), "regulator50");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void theTablesHoldTheRowsOfThePage() throws Exception {
        String csv = centre.get("/api/v1/kpis/companies/file?format=csv&lang=en&" + MARCH)
                .body();
        List<String> lines = csv.lines().toList();
        JsonNode rows = centre.json("/api/v1/kpis/companies?" + MARCH).get("items");
        assertThat(lines).hasSize(rows.size() + 2);
        assertThat(lines.getFirst()).startsWith("\ufeffCompany,Region code,Trucks,km,Network entry (%),");
        assertThat(lines.getLast()).startsWith("\"# Exported from Haulwatch by centre at ");
        for (int i = 0; i < rows.size(); i++) {
            List<String> cells = List.of(lines.get(i + 1).split(",", -1));
            assertThat(cells.getFirst()).isEqualTo(rows.get(i).get("name").textValue());
            int at = 4;
            for (JsonNode figure : rows.get(i).get("indicators")) {
                JsonNode value = figure.get("percent").isNull() ? figure.get("value") : figure.get("percent");
                for (JsonNode number : List.of(value, figure.get("numerator"), figure.get("denominator"))) {
                    String cell = cells.get(at++);
                    assertThat(cell.isEmpty() ? null : (Double) Double.parseDouble(cell))
                            .as(figure.get("code").textValue())
                            .isEqualTo(number.isNull() ? null : (Double) number.doubleValue());
                }
            }
        }
        String trucks = centre.get("/api/v1/companies/1/kpi-trucks/file?format=csv&lang=zh-CN&" + MARCH)
                .body();
        assertThat(trucks.lines().skip(1).map(line -> line.replaceAll(",.*", "")))
                .startsWith(
                        centre
                                .json("/api/v1/companies/1/kpi-trucks?" + MARCH)
                                .get("items")
                                .findValuesAsText("plate")
                                .stream()
                                .toArray(String[]::new));
        assertThat(Visitor.signedIn(stage.port(), "company2")
                        .get("/api/v1/companies/1/kpi-trucks/file?format=csv&" + MARCH)
                        .statusCode())
                .isEqualTo(404);
        assertThat(centre.get("/api/v1/kpis/companies/file?" + MARCH).headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"haulwatch-indicators-2026-03-01-2026-03-31.xlsx\"");
    }

    @Test
    void aFigureSaysWhatWasCountedOutOfHowMuch() throws Exception {
        JsonNode all = centre.json("/api/v1/kpis?" + MARCH);
        assertThat(all.get("formula").textValue()).isEqualTo("kpi-2");
        assertThat(all.get("state").textValue()).isEqualTo("open");
        assertThat(all.get("days").intValue()).isEqualTo(31);
        assertThat(all.get("days_counted").intValue()).isEqualTo(2);
        assertThat(all.get("trucks").intValue()).isEqualTo(3);
        assertThat(all.get("km").doubleValue()).isEqualTo(670);
        JsonNode data = figure(all, "data");
        assertThat(data.get("numerator").doubleValue()).isEqualTo(2_490);
        assertThat(data.get("denominator").doubleValue()).isEqualTo(2_600);
        assertThat(data.get("percent").decimalValue()).isEqualByComparingTo("95.77");
        assertThat(figure(all, "track").get("percent").decimalValue()).isEqualByComparingTo("91.04");
        assertThat(figure(all, "track").get("denominator").doubleValue())
                .as("kilometres")
                .isEqualTo(670);
        assertThat(figure(all, "drift").get("numerator").doubleValue())
                .as("two drift points in a day are not three")
                .isEqualTo(1);
        assertThat(figure(all, "speeding").get("value").doubleValue()).isEqualTo(4);
        assertThat(figure(all, "speeding").get("percent").isNull()).isTrue();
        assertThat(figure(all, "fatigue").get("value").doubleValue()).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(figure(all, "in_time").get("percent").decimalValue()).isEqualByComparingTo("60.00");
        assertThat(all.at("/score/sheet").textValue()).isEqualTo("administration");

        JsonNode frozen = centre.json("/api/v1/kpis?from=2026-03-05&to=2026-03-06");
        assertThat(frozen.get("state").textValue()).isEqualTo("frozen");
    }

    @Test
    void aCompanyIsHeldAgainstAMonthOfItsPrefectureThatHasEnoughCompanies() throws Exception {
        JsonNode own = centre.json("/api/v1/kpis?scope=company:1&" + MARCH);
        assertThat(own.at("/score/sheet").textValue()).isEqualTo("company");
        assertThat(own.at("/score/most").intValue()).isEqualTo(90);
        assertThat(own.at("/score/means/month").textValue()).isEqualTo("2026-02-01");
        assertThat(own.at("/score/means/companies").intValue()).isEqualTo(5);
        assertThat(own.at("/score/means/speeding").doubleValue()).isEqualTo(3);
        // 1.5 events a truck beside a mean of 3.
        JsonNode line = StreamSupport.stream(own.at("/score/lines").spliterator(), false)
                .filter(each -> each.get("code").textValue().equals("speeding"))
                .findFirst()
                .orElseThrow();
        assertThat(line.get("points").doubleValue()).isCloseTo(15, within(1e-9));
    }

    @Test
    void aFigureLeadsToItsTrucksAndATruckToItsDays() throws Exception {
        JsonNode trucks = regulator.json("/api/v1/companies/1/kpi-trucks?indicator=track&" + MARCH);
        assertThat(trucks.at("/items/0/plate").textValue())
                .as("50 km are missing from it, 10 km from the other")
                .isEqualTo("渝B54321");
        assertThat(trucks.at("/items/0/indicators/track/percent").decimalValue())
                .isEqualByComparingTo("50.00");
        JsonNode days = regulator.json("/api/v1/vehicles/1/kpi-days?" + MARCH);
        assertThat(days.get("items")).hasSize(2);
        assertThat(days.at("/items/0/day").textValue()).isEqualTo("2026-03-05");
        assertThat(days.at("/items/0/gap_km").doubleValue()).isEqualTo(10);
        assertThat(days.at("/items/0/frozen").booleanValue()).isTrue();
        JsonNode companies = centre.json("/api/v1/kpis/companies?" + MARCH);
        assertThat(companies.get("items")).hasSize(2);
        assertThat(companies.at("/items/1/indicators/speeding/value").doubleValue())
                .isEqualTo(9);
    }

    @Test
    void aRegionIsARatioOfSumsAndEachCompanyStandsAgainstWhatIsExpectedOfItsDriving() throws Exception {
        JsonNode region = centre.json("/api/v1/region?of=speeding&" + MARCH);
        assertThat(region.get("count").intValue()).isEqualTo(12);
        assertThat(region.get("exposure").doubleValue())
                .as("thousands of kilometres")
                .isCloseTo(0.67, within(1e-9));
        assertThat(region.get("rate").doubleValue()).isCloseTo(12 / 0.67, within(1e-9));
        JsonNode first = region.get("companies").get(0);
        assertThat(first.get("adcode").textValue()).isEqualTo("500112");
        assertThat(first.get("expected").doubleValue()).isCloseTo(12 * 600 / 670.0, within(1e-9));
        assertThat(first.get("place").textValue()).isEqualTo("below_95");
        JsonNode second = region.get("companies").get(1);
        assertThat(second.get("count").intValue()).isEqualTo(9);
        assertThat(second.get("expected").doubleValue()).isCloseTo(12 * 70 / 670.0, within(1e-9));
        assertThat(second.get("place").textValue()).isEqualTo("above_998");
        assertThat(region.get("limits").get(0).get("exposure").doubleValue()).isCloseTo(0.07 / 1.25, within(1e-9));
        assertThat(region.get("limits").get(48).get("exposure").doubleValue()).isCloseTo(0.6 * 1.25, within(1e-9));
        JsonNode perTruck = centre.json("/api/v1/region?per=truck&" + MARCH);
        assertThat(perTruck.get("of").textValue()).isEqualTo("alarms");
        assertThat(perTruck.get("count").intValue()).isEqualTo(10);
        assertThat(perTruck.get("exposure").doubleValue()).isEqualTo(3);
        assertThat(regulator.json("/api/v1/region?" + MARCH).get("companies")).hasSize(1);
        JsonNode nothing = centre.json("/api/v1/region?from=2025-01-01&to=2025-01-31");
        assertThat(nothing.get("rate").isNull()).isTrue();
        assertThat(nothing.get("limits")).isEmpty();
        assertThat(nothing.get("companies").get(0).get("place").isNull()).isTrue();
    }

    @Test
    void nobodySeesTheFiguresOfOthers() throws Exception {
        assertThat(regulator.json("/api/v1/kpis?" + MARCH).get("trucks").intValue())
                .isEqualTo(2);
        assertThat(regulator.json("/api/v1/kpis/companies?" + MARCH).get("items"))
                .hasSize(1);
        assertThat(regulator.get("/api/v1/kpis?scope=company:2&" + MARCH).statusCode())
                .isEqualTo(404);
        assertThat(regulator.get("/api/v1/companies/2/kpi-trucks?" + MARCH).statusCode())
                .isEqualTo(404);
        assertThat(regulator.get("/api/v1/vehicles/3/kpi-days?" + MARCH).statusCode())
                .isEqualTo(404);
        assertThat(centre.json("/api/v1/kpis?scope=region:51&" + MARCH)
                        .get("trucks")
                        .intValue())
                .isEqualTo(1);
        assertThat(regulator
                        .json("/api/v1/kpis?scope=region:51&" + MARCH)
                        .get("trucks")
                        .intValue())
                .isZero();
        assertThat(regulator
                        .json("/api/v1/kpis?scope=region:51&" + MARCH)
                        .get("score")
                        .isNull())
                .isTrue();
    }

    @Test
    void aFrozenPeriodIsReadAsItWasAndCountedAgainBesideIt() throws Exception {
        JsonNode periods = centre.json("/api/v1/kpi-periods");
        int february = StreamSupport.stream(periods.get("items").spliterator(), false)
                .filter(each -> each.get("first_day").textValue().equals("2026-02-01"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .intValue();
        JsonNode then = centre.json("/api/v1/kpis?period=" + february);
        assertThat(then.get("from").textValue()).isEqualTo("2026-02-01");
        assertThat(then.get("state").textValue()).isEqualTo("frozen");
        assertThat(figure(then, "data").get("percent").decimalValue()).isEqualByComparingTo("90.00");

        String march = "{\"month\":\"2026-03\",\"reason\":\"申诉成立，重新统计\"}";
        assertThat(regulator.post("/api/v1/kpi-periods", march).statusCode())
                .as("of one region only")
                .isEqualTo(403);
        assertThat(Visitor.signedIn(stage.port(), "company1")
                        .post("/api/v1/kpi-periods", march)
                        .statusCode())
                .isEqualTo(403);
        assertThat(centre.post("/api/v1/kpi-periods", "{\"month\":\"2025-03\",\"reason\":\"nothing there\"}")
                        .body())
                .contains("not-counted");
        assertThat(centre.post("/api/v1/kpi-periods", "{\"month\":\"2026-13\",\"reason\":\"no month\"}")
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> made = centre.post("/api/v1/kpi-periods", march);
        assertThat(made.statusCode()).isEqualTo(202);
        JsonNode period = Visitor.JSON.readTree(made.body());
        assertThat(period.get("version").intValue()).isEqualTo(1);
        assertThat(period.get("made_at").isNull()).isTrue();
        assertThat(period.get("asked_by").textValue()).isEqualTo("周岚");
        assertThat(stage.database.column("select count(*) from hw.kpi_day where frozen_at is null"))
                .as("its days are counted again")
                .containsExactly("2");
        assertThat(centre.post("/api/v1/kpi-periods", march).statusCode()).isEqualTo(409);
        assertThat(centre.get("/api/v1/kpis?period=" + period.get("id").intValue())
                        .statusCode())
                .isEqualTo(409);
        stage.database.run(
                "update hw.kpi_day set frozen_at = counted_at", "delete from hw.kpi_period where made_at is null");
    }

    @Test
    void wrongQuestionsAreAnsweredWithWhatIsWrong() throws Exception {
        assertThat(centre.get("/api/v1/kpis?from=2026-03-31&to=2026-03-01").body())
                .contains("from must not be after to");
        assertThat(centre.get("/api/v1/kpis?scope=region:1&" + MARCH).body()).contains("scope must be");
        assertThat(centre.get("/api/v1/companies/1/kpi-trucks?indicator=luck&" + MARCH)
                        .statusCode())
                .isEqualTo(400);
        assertThat(centre.get("/api/v1/kpis?period=999").statusCode()).isEqualTo(404);
    }

    private static JsonNode figure(JsonNode figures, String code) {
        return StreamSupport.stream(figures.get("indicators").spliterator(), false)
                .filter(each -> each.get("code").textValue().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static String day(int vehicle, int company, String day, String values) {
        return "insert into hw.kpi_vehicle_day (vehicle_id, company_id, day, received, qualified, total_m, gap_m, drifts, offline_moves, "
                + "speedings, fatigue_s, due, handled, in_time) values (" + vehicle + ", " + company + ", '" + day
                + "', " + values + ")";
    }
}

package io.haulwatch.console;

import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The monthly report over HTTP: its numbers are those of the pages, and nobody reads another company's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonthlyReportTest {
    private static final String MONTH = "2026-03";
    private static final String REPORT = "/api/v1/companies/1/report";

    private Stage stage;
    private Visitor company;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        stage.database.run(
                "insert into hw.kpi_day (day, formula, trucks, counted_at, frozen_at) select d, 'kpi-1', 2, now(), now() from "
                        + "generate_series(date '2026-03-01', date '2026-03-31', interval '1 day') d",
                "insert into hw.kpi_vehicle_day values (1, 1, '2026-03-05', 1000, 950, 400000, 20000, 0, 0, 4, 3600, 4, 3, 2), "
                        + "(2, 1, '2026-03-06', 500, 500, 100000, 0, 3, 1, 0, 0, 1, 1, 1), (3, 2, '2026-03-05', 1, 1, 1, 0, 0, 0, 9, 0, 9, 9, 9)",
                "insert into hw.kpi_day (day, formula, trucks, counted_at) values ('2026-02-27', 'kpi-1', 2, now())",
                "insert into hw.kpi_period (first_day, last_day, version, formula, asked_at, reason, made_at) values "
                        + "('2026-03-01', '2026-03-31', 1, 'kpi-1', now(), 'month', now()), "
                        + "('2026-03-01', '2026-03-31', 2, 'kpi-1', now(), 'appeals', now())",
                "insert into hw.kpi_period_vehicle select p.period_id, v.vehicle_id, v.company_id, true, 1, v.received, v.qualified, v.total_m, "
                        + "v.gap_m, (v.drifts >= 3)::int, v.offline_moves, v.speedings, v.fatigue_s, v.due, v.handled, "
                        + "v.in_time + (p.version - 1) from hw.kpi_vehicle_day v cross join hw.kpi_period p where v.company_id = 1",
                "insert into hw.driver (driver_id, company_id, name) values (11, 1, '=cmd(甲)'), (12, 1, '欧阳建国')",
                episodes(1, 11, 4, "2026-03-05T02:00:00Z", 5, "new"),
                episodes(2, 12, 2, "2026-03-06T02:00:00Z", 2, "resolved"),
                episodes(2, 12, 4, "2026-03-07T02:00:00Z", 3, "overturned"),
                episodes(1, 11, 1, "2026-02-28T15:59:59Z", 1, "new"),
                "insert into hw.vehicle_day (vehicle_id, company_id, day, distance_mm) values (1, 1, '2026-03-05', 1000000000), "
                        + "(2, 1, '2026-03-31', 500000000), (2, 1, '2026-04-01', 900000000)",
                "insert into hw.company_risk (company_id, as_of, score, band, parts, formula_version) values (1, '2026-03-20T00:00:00Z', 40, "
                        + "'yellow', '{\"parts\":[{\"code\":\"A\",\"weight\":0.4,\"value\":58.0,\"points\":23.2}],\"veto\":[]}', 'r-1'), "
                        + "(1, '2026-03-31T02:00:00Z', 61.5, 'orange', '{\"parts\":[{\"code\":\"A\",\"weight\":0.4,\"value\":70.0,"
                        + "\"points\":28.0}],\"veto\":[]}', 'r-2'), (1, '2026-04-01T00:00:00Z', 9, 'blue', '{\"parts\":[]}', 'r-2')",
                "insert into hw.hazard (company_id, title, grade, found_on, due_on, rectified_on, closed_on) values "
                        + "(1, '轮胎', 'general', '2026-03-02', '2026-03-20', '2026-03-10', '2026-03-12')",
                "insert into hw.accident (company_id, happened_on, place, injured) values (1, '2026-03-09', 'G93', 2)");
        company = Visitor.signedIn(stage.port(), "company1");
    }

    private static String episodes(int vehicle, int driver, int severity, String at, int count, String handling) {
        return "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id, "
                + "started_at, ended_at, severity, evidence, measures, facts, points, stream_offset, handling) select gen_random_uuid(), 1, 1, "
                + "'closed', case when n = 1 then 'fatigue' else 'speeding' end, 'v', 's', " + vehicle + ", " + driver
                + ", timestamptz '"
                + at + "' + n * interval '1 millisecond', timestamptz '" + at + "' + interval '1 hour', " + severity
                + ", 'live', '{}', '{}', '[]', 900, '" + handling + "' from generate_series(1, " + count + ") n";
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void itsFiguresAreThoseOfThePages() throws Exception {
        JsonNode report = company.json(REPORT + "?month=" + MONTH);
        assertThat(report.get("state").textValue()).isEqualTo("final");
        int version = report.get("figures").get("period").get("id").intValue();
        assertThat(report.get("figures"))
                .as("the newest frozen version, as the page of indicators shows it")
                .isEqualTo(company.json("/api/v1/kpis?scope=company:1&period=" + version));
        assertThat(report.get("figures").get("period").get("version").intValue())
                .isEqualTo(2);
        assertThat(report.get("open").get("overdue_all").intValue())
                .isEqualTo(
                        company.json("/api/v1/companies/1/risk").get("overdue").size());
        assertThat(report.get("risk").get("score").doubleValue())
                .as("the last of the month")
                .isEqualTo(61.5);
        assertThat(report.get("weeks").findValuesAsText("day").getLast()).isEqualTo("2026-03-31");
        assertThat(report.get("months").findValuesAsText("month"))
                .startsWith("2025-10")
                .endsWith("2026-03");
        assertThat(report.get("months").findValuesAsText("alarms")).endsWith("1", "7");
        assertThat(report.get("months").findValuesAsText("km")).endsWith("0.0", "1500.0");
    }

    @Test
    void theWorstComeFirstWithWhyAndWithoutWhatWasTakenOut() throws Exception {
        JsonNode report = company.json(REPORT + "?month=" + MONTH);
        JsonNode drivers = report.get("drivers");
        assertThat(drivers.findValuesAsText("name")).containsExactly("=cmd(甲)", "欧阳建国");
        assertThat(drivers.findValuesAsText("points"))
                .as("30 a day at most; 3 + 3")
                .containsExactly("30", "6");
        assertThat(drivers.get(0).get("why").get("by_rule").toString()).isEqualTo("{\"speeding\":4,\"fatigue\":1}");
        JsonNode trucks = report.get("trucks");
        assertThat(trucks.findValuesAsText("plate")).containsExactly("渝B12345", "渝B54321");
        assertThat(trucks.findValuesAsText("points_per1000_km")).containsExactly("30.0", "12.0");
        JsonNode done = report.get("done");
        assertThat(done.get("alarms_by_handling").toString()).isEqualTo("{\"new\":5,\"overturned\":3,\"resolved\":2}");
        assertThat(done.get("hazards_closed").intValue()).isEqualTo(1);
        assertThat(done.get("accidents").intValue()).isEqualTo(1);
        assertThat(done.get("injured").intValue()).isEqualTo(2);
    }

    @Test
    void thePrintedReportSaysTheSameInBothLanguages() throws Exception {
        String chinese = text(file(company, "/pdf?month=" + MONTH + "&lang=zh-CN"));
        assertThat(chinese)
                .contains("2026-03 月度安全报告", "渝捷达物流有限公司", "本月数据已定稿", "车辆上线率", "欧阳建国", "超速 4、疲劳驾驶 1")
                .contains("61.5 · 较大风险", "渝B12345", "kpi-1", "2026-03-31", "第 2 版");
        String english = text(file(company, "/pdf?month=" + MONTH + "&lang=en"));
        assertThat(english)
                .contains(
                        "Monthly safety report 2026-03",
                        "The figures of this month are final",
                        "Track completeness",
                        "Speeding 4")
                .contains("Worst five drivers", "61.5 · Elevated risk", "version 2, frozen");
    }

    @Test
    void theWorkbookHoldsNumbersAndRunsNothing() throws Exception {
        Map<String, List<List<Object>>> book =
                book(file(company, "/xlsx?month=" + MONTH + "&lang=en").body());
        assertThat(book.keySet())
                .containsExactly(
                        "Report",
                        "Indicators",
                        "Risk score",
                        "Worst five drivers",
                        "Worst five trucks",
                        "What was done",
                        "What is open",
                        "Overdue",
                        "Alarms per 1,000 km by month",
                        "Risk score of twelve weeks");
        List<List<Object>> figures = Objects.requireNonNull(book.get("Indicators"));
        JsonNode page = company.json(REPORT + "?month=" + MONTH).get("figures");
        assertThat(figures).hasSize(page.get("indicators").size() + 1);
        for (int i = 0; i < page.get("indicators").size(); i++) {
            JsonNode figure = page.get("indicators").get(i);
            List<Object> row = figures.get(i + 1);
            String shown = figure.get("unit").textValue().equals("rate") ? "percent" : "value";
            if (figure.get("value").isNull()) {
                assertThat(row.get(1)).as(figure.get("code").textValue()).isInstanceOf(String.class);
                continue;
            }
            assertThat((Double) row.get(1))
                    .as(figure.get("code").textValue())
                    .isCloseTo(figure.get(shown).doubleValue(), org.assertj.core.data.Offset.offset(0.005));
            assertThat((Double) row.get(3))
                    .isCloseTo(figure.get("numerator").doubleValue(), org.assertj.core.data.Offset.offset(0.005));
            assertThat((Double) row.get(4))
                    .isCloseTo(figure.get("denominator").doubleValue(), org.assertj.core.data.Offset.offset(0.005));
        }
        assertThat(Objects.requireNonNull(book.get("Worst five drivers")).get(1).getFirst())
                .isEqualTo("'=cmd(甲)");
    }

    @Test
    void aMonthThatIsNotOverOrWasNeverCountedSaysSo() throws Exception {
        String now = YearMonth.from(stage.clock.instant().atZone(io.haulwatch.model.paper.PaperState.ZONE))
                .toString();
        assertThat(company.json(REPORT + "?month=2026-02").get("state").textValue())
                .as("its one day can still change")
                .isEqualTo("provisional");
        JsonNode none = company.json(REPORT + "?month=2020-01");
        assertThat(none.get("state").textValue()).isEqualTo("none");
        assertThat(none.get("risk").isNull()).isTrue();
        assertThat(none.at("/figures/score").isNull()).isTrue();
        assertThat(none.get("figures").get("indicators").findValues("value")).allMatch(JsonNode::isNull);
        assertThat(none.get("drivers")).isEmpty();
        assertThat(text(file(company, "/pdf?month=2020-01&lang=en")))
                .contains("No day of this month was counted", "no value");
        stage.database.run("insert into hw.kpi_day (day, formula, trucks, counted_at) values ('" + now
                + "-01', 'kpi-1', 2, now())");
        assertThat(company.json(REPORT + "?month=" + now).get("state").textValue())
                .isEqualTo("running");
        refused(company.get(REPORT + "?month=2150-01"), 400, "bad-value");
        refused(company.get(REPORT + "?month=2026-13"), 400, "bad-value");
        refused(company.get(REPORT + "?month=2099-01"), 422, "month-not-begun");
    }

    @Test
    void aForeignCompanyGetsNothing() throws Exception {
        Visitor foreign = Visitor.signedIn(stage.port(), "company2");
        for (String path : List.of("", "/pdf", "/xlsx")) {
            assertThat(refused(foreign.get(REPORT + path + "?month=" + MONTH), 404, "not-found"))
                    .doesNotContain("渝", "欧阳");
        }
        assertThat(text(file(Visitor.signedIn(stage.port(), "regulator50"), "/pdf?month=" + MONTH + "&lang=zh-CN")))
                .contains("欧**")
                .doesNotContain("欧阳建国");
    }

    private static HttpResponse<byte[]> file(Visitor who, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = who.raw(who.request(REPORT + path).build());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return answer;
    }

    private static String text(HttpResponse<byte[]> answer) throws IOException {
        try (PDDocument document = Loader.loadPDF(answer.body())) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static Map<String, List<List<Object>>> book(byte[] bytes) throws IOException {
        Map<String, List<List<Object>>> sheets = new LinkedHashMap<>();
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            for (var sheet : book.getSheets().toList()) {
                List<List<Object>> rows = new ArrayList<>();
                for (var row : sheet.read()) {
                    rows.add(row.stream().map(MonthlyReportTest::value).toList());
                }
                sheets.put(sheet.getName(), rows);
            }
        }
        return sheets;
    }

    private static Object value(@Nullable Cell cell) {
        if (cell == null) {
            return "";
        }
        return switch (cell.getType()) {
            case NUMBER -> cell.asNumber().doubleValue();
            case STRING -> cell.asString();
            case EMPTY -> "";
            case FORMULA, ERROR, BOOLEAN -> throw new IllegalStateException("a number or a text: " + cell);
        };
    }
}

package io.haulwatch.console;

import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Alarms as one table, however many. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlarmExportTest {
    private static final int ALARMS = 5_000;

    private final Stage stage;

    AlarmExportTest() throws Exception {
        stage = new Stage();
    }

    /** Wide rows: more of them than sockets hold between two processes. Half of them began in the same moment. */
    @BeforeAll
    void manyAlarms() throws Exception {
        stage.database.run(
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id, "
                        + "started_at, ended_at, severity, evidence, measures, facts, points, stream_offset, handling) "
                        + "select gen_random_uuid(), 1, 1, 'closed', 'papers', repeat('x', 4000), 'vehicle:2', 2, 1, "
                        + "timestamptz '2026-03-05T00:00:00Z' - case when n % 2 = 0 then interval '0' else n * interval '1 minute' end, "
                        + "timestamptz '2026-03-05T01:00:00Z', 2, 'live', '{\"peak_decikmh\":981,\"duration_s\":40}', '{}', '[]', n, 'resolved' "
                        + "from generate_series(10, " + (9 + ALARMS) + ") n",
                "update hw.vehicle set plate = '=1+1' where vehicle_id = 2");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    private List<CSVRecord> table(String username, String query) throws IOException, InterruptedException {
        HttpResponse<String> answer = Visitor.signedIn(stage.port(), username).get("/api/v1/alarm-export?" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .matches("attachment; filename=\"haulwatch-alarms-\\d{4}-\\d\\d-\\d\\d\\.csv\"");
        assertThat(answer.body()).startsWith("\ufeff");
        try (CSVParser parser = CSVParser.parse(answer.body().substring(1), CSVFormat.RFC4180)) {
            return parser.getRecords();
        }
    }

    @Test
    void theTableHoldsEachAlarmOfTheFilterOnceAndSaysHowManyThereAre() throws Exception {
        List<CSVRecord> rows = table("company1", "rule=papers");
        assertThat(rows).hasSize(ALARMS + 2);
        assertThat(rows.get(0).get(0)).isEqualTo("id");
        assertThat(rows.subList(1, ALARMS + 1).stream().map(row -> row.get(0)).distinct())
                .hasSize(ALARMS);
        assertThat(rows.getLast().get(0))
                .startsWith("# Exported from Haulwatch by company1")
                .endsWith("alarms " + ALARMS);
        CSVRecord first = rows.get(1);
        assertThat(first.get(10)).isEqualTo("2026-03-05T00:00:00Z");
        assertThat(first.get(11)).isEqualTo("2026-03-05 08:00:00");
        assertThat(first.get(15)).isEqualTo("98.1");
        assertThat(first.get(7)).as("no cell runs").isEqualTo("'=1+1");
        assertThat(first.get(8)).isEqualTo("陈国强");
    }

    @Test
    void aQueryThatNoAuditCouldKeepIsRefusedInASentence() throws Exception {
        refused(Visitor.signedIn(stage.port(), "company1").get("/api/v1/alarm-export?format=%00"), 400, "bad-value");
    }

    @Test
    void nobodyGetsAlarmsOfOthersAndARegulatorNoNamesOfDrivers() throws Exception {
        assertThat(table("company2", "rule=papers")).hasSize(2);
        assertThat(table("regulator50", "rule=papers").get(1).get(8)).isEqualTo("陈**");
    }

    @Test
    void aFilterThatMeansNothingIsRefusedBeforeTheFirstRow() throws Exception {
        HttpResponse<String> answer =
                Visitor.signedIn(stage.port(), "company1").get("/api/v1/alarm-export?rule=parking");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("parking");
    }

    @Test
    void aTableThatBreaksOffIsNeverTakenForTheWholeOne() throws Exception {
        Visitor visitor = Visitor.signedIn(stage.port(), "company1");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = http.send(
                    visitor.request("/api/v1/alarm-export?rule=papers").GET().build(), BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                assertThat(in.readNBytes(1_000)).hasSize(1_000);
                stage.database.run("alter table hw.episode rename to episode_away");
                try {
                    assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
                } finally {
                    stage.database.run("alter table hw.episode_away rename to episode");
                }
            }
        }
        assertThat(table("company1", "rule=papers")).as("the next one is whole").hasSize(ALARMS + 2);
    }
}

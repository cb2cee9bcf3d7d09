package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The figures of the big screen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WallTest {
    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        stage.database.run(
                // One alarm five minutes after midnight on each of ten days before, two on one of them.
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, started_at, ended_at, "
                        + "severity, evidence, measures, facts, points, stream_offset, opened_at, handling) select gen_random_uuid(), 1, 1, 'closed', "
                        + "'speeding', 'v', 'vehicle:1', 1, day, day, 2, 'live', '{}', '{}', '[]', 0, "
                        + "day, 'resolved' from (select (date_trunc('day', now() at time zone 'Asia/Shanghai') - d * interval '1 day' "
                        + "+ interval '5 minutes') at time zone 'Asia/Shanghai' as day from unnest(array[1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10]) d) x",
                "update hw.episode set due_at = now() - interval '1 minute' where episode_id = '" + Stage.ALARM_1 + "'",
                "update hw.episode set due_at = now() + interval '4 minutes' where episode_id = '" + Stage.ALARM_2
                        + "'");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void alarmsThatWaitAreToldByTheirClock() throws Exception {
        JsonNode waiting =
                Visitor.signedIn(stage.port(), "centre").json("/api/v1/wall").get("waiting");
        assertThat(waiting).hasSize(2);
        assertThat(waiting.get(0).toString()).isEqualTo("{\"severity\":4,\"in_time\":0,\"soon\":0,\"overdue\":1}");
        assertThat(waiting.get(1).toString()).isEqualTo("{\"severity\":2,\"in_time\":0,\"soon\":1,\"overdue\":0}");
    }

    @Test
    void aWallShowsNoWholePlateAndNobodysName() throws Exception {
        JsonNode wall = Visitor.signedIn(stage.port(), "centre").json("/api/v1/wall");
        assertThat(wall.at("/critical/0/plate").textValue()).isEqualTo("渝B12***");
        assertThat(wall.toString()).doesNotContain("渝B12345").doesNotContain("陈国强");
    }

    @Test
    void whatIsUsualIsTheMiddleHalfOfTheDaysBefore() throws Exception {
        JsonNode arrivals =
                Visitor.signedIn(stage.port(), "company1").json("/api/v1/wall").get("arrivals");
        assertThat(arrivals.get("usual")).hasSize(144);
        assertThat(arrivals.at("/usual/0").toString()).isEqualTo("{\"low\":1.0,\"middle\":1.0,\"high\":1.0}");
        assertThat(arrivals.at("/usual/72/high").doubleValue()).isZero();
        assertThat(arrivals.get("today")).hasSizeBetween(1, 144);
    }

    @Test
    void aWallShowsWhatItsViewerMaySee() throws Exception {
        JsonNode other = Visitor.signedIn(stage.port(), "company2").json("/api/v1/wall");
        assertThat(other.get("critical")).isEmpty();
        assertThat(other.at("/arrivals/usual")).as("no week of alarms yet").isEmpty();
        assertThat(other.get("km_today").doubleValue()).isEqualTo(100);
        assertThat(Visitor.signedIn(stage.port(), "centre")
                        .json("/api/v1/wall")
                        .at("/rates_7d/0/code")
                        .textValue())
                .isEqualTo("50");
        assertThat(Visitor.signedIn(stage.port(), "driver1").get("/api/v1/wall").statusCode())
                .isEqualTo(403);
    }
}

package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A storm of alarms over HTTP: the lead is told what it is made of, and somebody else only what he sees of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskStormTest {
    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        stage.database.run(
                "update hw.terminal set model = 'BSJ-A5' where vehicle_id = 1",
                "update hw.terminal set model = 'HW-SIM1' where vehicle_id = 3",
                // 40 of one truck within a minute, and two that say nothing: one joined, one withdrawn.
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, started_at, ended_at, "
                        + "opened_at, severity, evidence, measures, facts, points, stream_offset, handling, ended_by) select gen_random_uuid(), 1, 1, "
                        + "case n when 41 then 'withdrawn' else 'open' end, 'speed_source_mismatch', 'v', 'vehicle:1', 1, now(), now(), "
                        + "date_trunc('minute', now()) - interval '1 minute', 2, 'live', '{}', '{}', "
                        + "'[{\"role\":\"opening\",\"device_millis\":1,\"body_hex\":\"" + Stage.BODY
                        + "\"}]', 9000 + n, 'new', case n when 42 then 'joined' end from generate_series(1, 42) n",
                // 40 of a truck of the other company that came within a minute too, and were over two hours before.
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, started_at, ended_at, "
                        + "opened_at, severity, evidence, measures, facts, points, stream_offset, handling) select gen_random_uuid(), 2, 1, "
                        + "'closed', 'speeding', 'v', 'vehicle:3', 3, now() - interval '3 hours', now() - interval '2 hours', "
                        + "date_trunc('minute', now()) - interval '1 minute', 2, 'buffered', '{}', '{}', '[]', 9100 + n, 'new' "
                        + "from generate_series(1, 40) n");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void theLeadIsToldSinceWhenHowManyAndWhichModelAndAreaStandOut() throws Exception {
        JsonNode told = Visitor.signedIn(stage.port(), "centre").json("/api/v1/desk/storm");
        assertThat(told.get("per_minute").intValue()).isEqualTo(30);
        JsonNode storm = told.get("storm");
        // With the two alarms of the stage, should they have come within the same minute.
        assertThat(storm.get("alarms").intValue()).isBetween(40, 42);
        assertThat(storm.get("busiest_minute").intValue()).isBetween(40, 42);
        assertThat(storm.at("/rules/0/rule").textValue()).isEqualTo("speed_source_mismatch");
        assertThat(storm.at("/models/0/model").textValue()).isEqualTo("BSJ-A5");
        assertThat(storm.at("/models/0/usual").doubleValue()).isEqualTo(0.5);
        assertThat(storm.at("/areas/0/lat").doubleValue()).isEqualTo(29.563);
        assertThat(storm.at("/areas/0/lon").doubleValue()).isEqualTo(106.5516);
    }

    @Test
    void whoSeesNothingOfItIsToldOfNoneAndAnUploadOfHoursThatArePastIsNoStorm() throws Exception {
        stage.database.run("update hw.app_user set scope = 'company:2' where username = 'spare'");
        Visitor other = Visitor.signedIn(stage.port(), "spare");
        assertThat(other.json("/api/v1/desk/storm").get("storm").isNull()).isTrue();
    }

    @Test
    void aRowOfTheQueueSaysWhereItBeganAndWhatModelItsTerminalIs() throws Exception {
        JsonNode row = Visitor.signedIn(stage.port(), "agent")
                .json("/api/v1/desk?severity=4")
                .at("/items/0");
        assertThat(row.get("terminal_model").textValue()).isEqualTo("BSJ-A5");
        assertThat(row.get("place").toString()).isEqualTo("{\"lat\":29.563,\"lon\":106.55164}");
    }
}

package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A regulator opens a track with a reason, and the truck's company reads it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrackLooksTest {
    private static final String REASON = "{\"reason\":\"  核查 11 月 20 日超速举报 \"}";
    private static final List<String> TRACKS = List.of(
            "/track?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z",
            "/days/2026-01-01",
            "/days/2026-01-01/export?format=csv",
            "/trips?from=2026-01-01&to=2026-01-02");

    private static final String LOCATED = "0b1c2d3e-0000-4000-8000-00000000000a";

    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aTrackOpensWithAReasonForOneTruckAndOnePersonForEightHoursAndItsCompanyReadsIt() throws Exception {
        stage.database.run(
                "insert into hw.app_user (username, password_hash, display_name, role, scope) select 'other50', "
                        + "password_hash, '吴磊', 'regulator', 'region:50' from hw.app_user where username = 'admin'");
        Visitor regulator = Visitor.signedIn(stage.port(), "regulator50");
        Visitor other = Visitor.signedIn(stage.port(), "other50");
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        stage.database.run(
                "insert into hw.command (command_id, company_id, vehicle_id, kind, payload, created_by, expires_at, "
                        + "state, response) values ('" + LOCATED + "', 1, 1, 'LOCATE', '{}', 1, now(), 'acknowledged', "
                        + "'{\"lat\": 29.5, \"lon\": 106.5}')");
        assertThat(places(regulator)).containsExactly(false, false, false);
        assertThat(places(company)).containsExactly(true, true, true);
        assertThat(answers(regulator, 1)).containsOnly(403);
        assertThat(regulator.get("/api/v1/vehicles/1").statusCode()).isEqualTo(200);
        assertThat(answers(company, 1)).containsOnly(200);
        JsonNode alarm = regulator.json("/api/v1/alarms/" + Stage.ALARM_1);
        assertThat(alarm.get("rule").textValue()).isEqualTo("speeding");
        assertThat(alarm.get("reason_needed").booleanValue()).isTrue();
        assertThat(alarm.get("points")).isEmpty();
        assertThat(alarm.get("strip").isNull()).isTrue();
        assertThat(alarm.get("track").isNull()).isTrue();
        JsonNode own = company.json("/api/v1/alarms/" + Stage.ALARM_1);
        assertThat(own.get("reason_needed").booleanValue()).isFalse();
        assertThat(own.at("/track/t_ms")).isNotEmpty();
        for (String wrong :
                List.of("{}", "{\"reason\":\"为了\"}", "{\"reason\":\"     x     \"}", "{\"reason\":\"a\\nb c d e\"}")) {
            assertThat(regulator.post("/api/v1/vehicles/1/looks", wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(regulator.post("/api/v1/vehicles/1/looks", REASON).statusCode())
                .isEqualTo(201);
        assertThat(answers(regulator, 1)).containsOnly(200);
        assertThat(places(regulator)).containsExactly(true, true, true);
        assertThat(answers(regulator, 2)).containsOnly(403);
        JsonNode opened = regulator.json("/api/v1/alarms/" + Stage.ALARM_1);
        assertThat(opened.get("reason_needed").booleanValue()).isFalse();
        assertThat(opened.get("points")).hasSize(1);
        assertThat(opened.at("/strip/speed")).isNotEmpty();
        assertThat(answers(other, 1)).containsOnly(403);
        assertThat(company.post("/api/v1/vehicles/1/looks", REASON).body()).contains("reason-not-asked");

        JsonNode look = company.json("/api/v1/looks").get("items").get(0);
        assertThat(look.get("reason").textValue()).isEqualTo("核查 11 月 20 日超速举报");
        assertThat(look.get("plate").textValue()).isEqualTo("渝B12345");
        assertThat(look.get("who").get("display_name").textValue()).isEqualTo("王磊");
        assertThat(regulator.json("/api/v1/looks").get("items")).hasSize(1);
        assertThat(other.json("/api/v1/looks").get("items")).isEmpty();
        assertThat(Visitor.signedIn(stage.port(), "company2")
                        .json("/api/v1/looks")
                        .get("items"))
                .isEmpty();
        assertThat(stage.database.column("select detail ->> 'reason' from hw.audit where action = 'history.look'"))
                .containsExactly("核查 11 月 20 日超速举报");
        assertThatThrownBy(() -> stage.database.run("update hw.track_look set reason = 'something else'"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("only ever added to");

        stage.ahead(8 * 3_600_000L);
        Visitor next = Visitor.signedIn(stage.port(), "regulator50");
        assertThat(answers(next, 1)).containsOnly(403);
    }

    /** Whether the answer to a query of truck 1's place tells it: by itself, in the list, in the drawer. */
    private static List<Boolean> places(Visitor visitor) throws Exception {
        return List.of(
                visitor.json("/api/v1/commands/" + LOCATED).at("/response/lat").isNumber(),
                visitor.json("/api/v1/vehicles/1/commands")
                        .at("/items/0/response/lat")
                        .isNumber(),
                visitor.json("/api/v1/vehicles/1")
                        .at("/commands/0/response/lat")
                        .isNumber());
    }

    @Test
    void aForeignTruckAnswersWithOrWithoutAReasonLikeOneThatIsNotThere() throws Exception {
        Visitor regulator = Visitor.signedIn(stage.port(), "regulator50");
        assertThat(answers(regulator, 3)).containsOnly(404);
        assertThat(regulator.post("/api/v1/vehicles/3/looks", REASON).statusCode())
                .isEqualTo(404);
        assertThat(regulator.post("/api/v1/vehicles/3/looks", "{}").statusCode())
                .isEqualTo(404);
        assertThat(regulator.post("/api/v1/vehicles/999999/looks", REASON).statusCode())
                .isEqualTo(404);
    }

    private static List<Integer> answers(Visitor visitor, int vehicle) throws Exception {
        List<Integer> answers = new java.util.ArrayList<>();
        for (String track : TRACKS) {
            answers.add(visitor.get("/api/v1/vehicles/" + vehicle + track).statusCode());
        }
        return answers;
    }
}

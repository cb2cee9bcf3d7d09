package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.model.episode.EpisodeState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A driver's name and numbers are read by those who work with him; an authority reads that there is somebody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonalDataTest {
    private static final String ALARM = "/api/v1/alarms/" + Stage.ALARM_1;

    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    private record Named(@DriverName String name) {}

    @Test
    void anAnswerThatIsWrittenWithoutASightMasksEverything() throws Exception {
        assertThat(Json.mapper().writeValueAsString(new Named("陈国强"))).isEqualTo("{\"name\":\"陈**\"}");
        assertThat(new Sight(true, false).writer(Json.mapper()).writeValueAsString(new Named("陈国强")))
                .isEqualTo("{\"name\":\"陈国强\"}");
        assertThat(Sight.maskedPhone("13800002047")).isEqualTo("138****2047");
        assertThat(Sight.maskedPhone("1380")).isEqualTo("****");
    }

    @Test
    void aRegulatorReadsNoDriversNameNoPhoneAndNoNumberOfHisPapersInAnyAnswer() throws Exception {
        Visitor regulator = Visitor.signedIn(stage.port(), "regulator50");
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        assertThat(regulator
                        .post("/api/v1/vehicles/1/looks", "{\"reason\":\"抽查驾驶时间\"}")
                        .statusCode())
                .isEqualTo(201);
        int named = 0;
        for (Route route : stage.console.routes()) {
            if (!route.method().name().equals("GET")) {
                continue;
            }
            String path = route.path()
                    .replace(":id", route.path().startsWith("/api/v1/alarms") ? Stage.ALARM_1 : "1")
                    .replace(":day", "2026-01-01");
            String query = path.endsWith("/track")
                    ? "?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z"
                    : path.endsWith("/trips") ? "?from=2026-01-01&to=2026-01-02" : "";
            named += company.get(path + query).body().contains("陈国强") ? 1 : 0;
            assertThat(regulator.get(path + query).body())
                    .as(route.name())
                    .doesNotContain("陈国强", "\"Q-1\"", "13800002047");
        }
        assertThat(named).as("answers that name a driver").isGreaterThanOrEqualTo(5);
        assertThat(regulator
                        .json("/api/v1/vehicles/1")
                        .get("driver")
                        .get("name")
                        .textValue())
                .isEqualTo("陈**");
        assertThat(company.json(ALARM).get("papers").toString()).contains("\"Q-1\"");
        assertThat(regulator.json(ALARM).get("papers").toString())
                .contains("\"J-1\"")
                .doesNotContain("\"Q-1\"");
    }

    @Test
    void whoMayNotReadANameCannotGuessItBySearching() throws Exception {
        String search = "/api/v1/vehicles?query=%E9%99%88%E5%9B%BD";
        assertThat(Visitor.signedIn(stage.port(), "company1").json(search).get("items"))
                .hasSize(1);
        assertThat(Visitor.signedIn(stage.port(), "regulator50").json(search).get("items"))
                .isEmpty();
    }

    @Test
    void liveAlarmsAreMaskedTooAndALineIsClosedWhenTheRoleSeesLess() throws Exception {
        Visitor regulator = Visitor.signedIn(stage.port(), "regulator50");
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        Visitor.Line masked = regulator.open("/ws/alarms");
        Visitor.Line full = company.open("/ws/alarms");
        await().until(() -> !masked.messages.isEmpty() && !full.messages.isEmpty());
        long first = stage.ports.say(Stage.speeding(1, 1, stage.clock.millis() - 60_000, 1, EpisodeState.OPEN, 3));
        await().until(() -> masked.episodes().size() == 1 && full.episodes().size() == 1);
        assertThat(driver(full.episodes().getFirst())).isEqualTo("陈国强");
        assertThat(driver(masked.episodes().getFirst())).isEqualTo("陈**");
        Visitor.Line again = regulator.open("/ws/alarms?after=" + (first - 1));
        await().until(() -> again.episodes().size() == 1);
        assertThat(driver(again.episodes().getFirst())).isEqualTo("陈**");

        stage.database.run("update hw.app_user set role = 'regulator' where username = 'company1'");
        stage.ahead(6_000);
        assertThat(full.closed.get(20, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(4003);
        stage.database.run("update hw.app_user set role = 'company' where username = 'company1'");
        stage.ahead(6_000);
    }

    private static String driver(JsonNode message) {
        return message.at("/episode/driver/name").textValue();
    }
}

package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.live.FeedDecoder;
import io.haulwatch.console.port.OperationsStatus;
import io.haulwatch.model.episode.EpisodeState;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The database goes away under people who work: what is live stays live, what is not says so, and everything comes back alone. */
class DatabaseAwayTest {
    @Test
    void liveAlarmsAndTheMapGoOnAndListsSaySo() throws Exception {
        try (Stage stage = new Stage()) {
            Visitor visitor = Visitor.signedIn(stage.port(), "centre");
            Visitor.Line alarms = visitor.open("/ws/alarms");
            Visitor.Line fleet = visitor.open("/ws/fleet");
            FeedDecoder view = new FeedDecoder();
            await().until(() -> !alarms.messages.isEmpty() && !fleet.frames.isEmpty());

            stage.database.cutOff();
            stage.ports.database = new OperationsStatus.Database(false, "connection refused");

            stage.ports.say(Stage.speeding(1, stage.clock.millis() - 60_000, 1, EpisodeState.OPEN, 4));
            stage.ports.report(1, 29_600_000, 106_600_000, 1_200, 15, stage.clock.millis());
            await().atMost(Duration.ofSeconds(3)).until(() -> alarms.episodes().size() == 1);
            JsonNode episode = alarms.episodes().getFirst().get("episode");
            assertThat(episode.get("vehicle").get("plate").textValue()).isEqualTo("渝B12345");
            await().atMost(Duration.ofSeconds(3)).until(() -> {
                while (!fleet.frames.isEmpty()) {
                    view.accept(fleet.frames.removeFirst());
                }
                return view.trucks.values().stream().anyMatch(truck -> truck.speed() == 120 && (truck.risk() & 7) == 4);
            });

            // Long enough for what was believed of the session to be old.
            stage.ahead(60_000);
            assertThat(visitor.get("/api/v1/session").statusCode()).isEqualTo(200);
            assertThat(visitor.get("/api/v1/status").statusCode()).isEqualTo(200);
            visitor.open("/ws/alarms").close();
            HttpResponse<String> list = visitor.get("/api/v1/alarms");
            assertThat(list.statusCode()).isEqualTo(503);
            assertThat(list.headers().firstValue("Retry-After")).isPresent();
            assertThat(Visitor.JSON.readTree(list.body()).get("detail").textValue())
                    .contains("The database does not answer now");

            stage.database.letIn();
            stage.ports.database = OperationsStatus.Database.OK;
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> visitor.get("/api/v1/alarms").statusCode() == 200);
            assertThat(alarms.closed).isNotDone();
            assertThat(fleet.closed).isNotDone();
        }
    }
}

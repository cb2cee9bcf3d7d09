package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.live.FeedDecoder;
import io.haulwatch.console.port.OperationsStatus;
import io.haulwatch.model.episode.EpisodeState;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The two WebSockets as the pages use them. */
class LiveTest {
    @Test
    void theFeedBeginsWithASnapshotAndFollowsTheTrucksThatMayBeSeen() throws Exception {
        try (Stage stage = new Stage()) {
            Visitor company = Visitor.signedIn(stage.port(), "company1");
            Visitor centre = Visitor.signedIn(stage.port(), "centre");
            Visitor.Line own = company.open("/ws/fleet");
            Visitor.Line all = centre.open("/ws/fleet");
            FeedDecoder ownView = new FeedDecoder();
            FeedDecoder allView = new FeedDecoder();
            await().until(() -> {
                follow(own, ownView);
                follow(all, allView);
                return ownView.trucks.size() == 1 && allView.trucks.size() == 2;
            });
            JsonNode dictionary = company.json("/api/v1/fleet/dictionary");
            assertThat(dictionary.get("epoch").longValue()).isEqualTo(Integer.toUnsignedLong(ownView.epoch));
            int slot = slotOf(dictionary, 1);
            assertThat(ownView.at(slot).lat5()).isEqualTo(2_956_301);

            stage.ports.report(1, 29_570_000, 106_560_000, 1_031, 0b1111, stage.clock.millis());
            stage.ports.report(2, 29_600_000, 106_600_000, 0, 0b1001, stage.clock.millis());
            await().until(() -> {
                follow(own, ownView);
                return ownView.trucks.size() == 2 && ownView.at(slot).speed() == 103;
            });
            assertThat(ownView.at(slot).lat5()).isEqualTo(2_957_000);

            // An alarm colours its truck; a company that loses a truck loses it on the map.
            stage.ports.say(Stage.speeding(2, stage.clock.millis() - 60_000, 1, EpisodeState.OPEN, 3));
            int second = slotOf(company.json("/api/v1/fleet/dictionary"), 2);
            await().until(() -> {
                follow(own, ownView);
                return ownView.trucks.containsKey(second) && (ownView.at(second).risk() & 7) == 3;
            });
            stage.database.run("update hw.vehicle set company_id = 2 where vehicle_id = 2");
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                follow(own, ownView);
                return ownView.trucks.size() == 1;
            });
            assertThat(own.frames)
                    .noneMatch(frame -> new String(frame, java.nio.charset.StandardCharsets.UTF_8).contains("川A99999"));
        }
    }

    @Test
    void socketsOfOtherOriginsAndWithoutASessionAreRefused() throws Exception {
        try (Stage stage = new Stage()) {
            Visitor visitor = Visitor.signedIn(stage.port(), "centre");
            visitor.origin = "http://evil.example";
            for (String path : List.of("/ws/fleet", "/ws/alarms")) {
                assertThatThrownBy(() -> visitor.open(path))
                        .isInstanceOf(ExecutionException.class)
                        .satisfies(e -> assertThat(status(e)).isEqualTo(403));
            }
            visitor.origin = "http://127.0.0.1:" + stage.port();
            visitor.open("/ws/fleet").close();
            visitor.cookie = "hw_session=x";
            assertThatThrownBy(() -> visitor.open("/ws/fleet"))
                    .satisfies(e -> assertThat(status(e)).isEqualTo(401));
        }
    }

    @Test
    void aSocketWhoseSessionEndsIsClosedWithItsCode() throws Exception {
        try (Stage stage = new Stage()) {
            Visitor visitor = Visitor.signedIn(stage.port(), "centre");
            Visitor.Line fleet = visitor.open("/ws/fleet");
            Visitor.Line alarms = visitor.open("/ws/alarms");
            await().until(() -> !fleet.frames.isEmpty() && !alarms.messages.isEmpty());
            assertThat(visitor.send("DELETE", "/api/v1/session", null).statusCode())
                    .isEqualTo(204);
            assertThat(fleet.closed.get(15, TimeUnit.SECONDS)).isEqualTo(4001);
            assertThat(alarms.closed.get(15, TimeUnit.SECONDS)).isEqualTo(4001);
        }
    }

    @Test
    void alarmsComeLiveToThoseWhoMaySeeThemAndAreResumedAfterACursor() throws Exception {
        try (Stage stage = new Stage()) {
            Visitor company = Visitor.signedIn(stage.port(), "company1");
            Visitor.Line line = company.open("/ws/alarms");
            await().until(() -> !line.messages.isEmpty());
            assertThat(line.messages.getFirst().get("type").textValue()).isEqualTo("status");
            long start = stage.clock.millis() - 600_000;
            long first = stage.ports.say(Stage.speeding(1, start, 1, EpisodeState.OPEN, 3));
            stage.ports.say(Stage.speeding(3, start, 1, EpisodeState.OPEN, 4));
            stage.ports.say(Stage.speeding(1, start, 2, EpisodeState.CLOSED, 3));
            await().until(() -> line.episodes().size() == 2);
            JsonNode episode = line.episodes().getFirst().get("episode");
            assertThat(episode.get("vehicle").get("plate").textValue()).isEqualTo("渝B12345");
            assertThat(episode.get("company").get("name").textValue()).isEqualTo("渝捷达物流有限公司");
            assertThat(line.episodes().getFirst().get("cursor").longValue()).isEqualTo(first);
            assertThat(line.messages.toString()).doesNotContain("川A99999");
            line.close();

            Visitor.Line again = company.open("/ws/alarms?after=" + first);
            await().until(() -> again.episodes().size() == 1);
            assertThat(again.episodes().getFirst().get("episode").get("state").textValue())
                    .isEqualTo("closed");
            again.close();
            assertThatThrownBy(() -> company.open("/ws/alarms?after=x"))
                    .satisfies(e -> assertThat(status(e)).isEqualTo(400));
        }
    }

    @Test
    void aChangeOfTheSystemIsToldWithinASecond() throws Exception {
        try (Stage stage = new Stage()) {
            Visitor.Line line = Visitor.signedIn(stage.port(), "company1").open("/ws/alarms");
            await().until(() -> !line.messages.isEmpty());
            stage.ports.log = new OperationsStatus.Log(false, "disk: free space below 1 GiB, delete something");
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> line.messages.stream()
                            .anyMatch(message -> message.path("status")
                                    .path("log")
                                    .path("reason")
                                    .asText()
                                    .contains("free space")));
            Visitor stranger = new Visitor(stage.port());
            assertThat(stranger.get("/health/ready").statusCode()).isEqualTo(503);
            stage.ports.log = OperationsStatus.Log.OK;
            stage.ports.database = new OperationsStatus.Database(false, "connection refused");
            JsonNode ready = stranger.json("/health/ready");
            assertThat(ready.get("status").textValue()).isEqualTo("degraded");
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> !line.messages
                            .getLast()
                            .path("status")
                            .path("database")
                            .path("up")
                            .asBoolean(true));
        }
    }

    @Test
    void handlingAnAlarmIsToldToTheOthersWhoSeeIt() throws Exception {
        try (Stage stage = new Stage()) {
            Visitor centre = Visitor.signedIn(stage.port(), "centre");
            Visitor.Line own = Visitor.signedIn(stage.port(), "company1").open("/ws/alarms");
            Visitor.Line foreign = Visitor.signedIn(stage.port(), "company2").open("/ws/alarms");
            await().until(() -> !own.messages.isEmpty() && !foreign.messages.isEmpty());
            assertThat(centre.post(
                                    "/api/v1/alarms/" + Stage.ALARM_1 + "/actions",
                                    "{\"kind\":\"acknowledge\",\"note\":\"已提醒\"}")
                            .statusCode())
                    .isEqualTo(201);
            await().until(() -> own.messages.stream()
                    .anyMatch(message -> message.get("type").textValue().equals("handling")));
            assertThat(foreign.messages)
                    .noneMatch(message -> message.get("type").textValue().equals("handling"));
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (Stage stage = new Stage()) {
            assertThatThrownBy(() -> Console.start(
                            ConsoleOptions.plain("127.0.0.1", stage.port(), "test"),
                            stage.ports.ports(),
                            stage.database.databases(),
                            stage.meters,
                            stage.clock))
                    .isInstanceOf(PortInUseException.class)
                    .satisfies(e -> assertThat(((PortInUseException) e).port()).isEqualTo(stage.port()));
        }
    }

    private static void follow(Visitor.Line line, FeedDecoder view) {
        while (!line.frames.isEmpty()) {
            view.accept(line.frames.removeFirst());
        }
    }

    private static int slotOf(JsonNode dictionary, int vehicleId) {
        for (JsonNode row : dictionary.get("vehicles")) {
            if (row.get(1).intValue() == vehicleId) {
                return row.get(0).intValue();
            }
        }
        throw new IllegalStateException("no slot: vehicleId=" + vehicleId);
    }

    private static int status(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof WebSocketHandshakeException handshake) {
                return handshake.getResponse().statusCode();
            }
        }
        return -1;
    }
}

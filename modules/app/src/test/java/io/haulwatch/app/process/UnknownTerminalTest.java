package io.haulwatch.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.app.database.DatabaseAccess;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A terminal that the register does not know, against a product as it is delivered: refused in the contract's words, and nothing kept. */
final class UnknownTerminalTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void anUnknownTerminalIsRefusedCountedAndLeftWithoutATrace() throws Exception {
        ProductProcess product =
                new ProductProcess(folder.resolve("data"), Map.of("HAULWATCH_GATEWAY_AUTHENTICATE_WITHIN", "3s"));
        try (product) {
            product.startAndAwaitReady();
            try (HandTerminal terminal = new HandTerminal(product.terminalPort())) {
                HandTerminal.Answer registration = terminal.ask(HandTerminal.REGISTRATION);
                assertThat(registration.messageId()).isEqualTo(0x8100);
                assertThat(registration.word(0)).as("the answered serial").isEqualTo(1);
                assertThat(registration.result()).as("terminal not in database").isEqualTo(4);
                assertThat(registration.body().limit())
                        .as("a refusal brings no code")
                        .isEqualTo(3);

                HandTerminal.Answer of2019 = terminal.ask(HandTerminal.AUTHENTICATION_2019);
                assertThat(of2019.header().limit())
                        .as("the form of the question, 17 bytes")
                        .isEqualTo(17);
                assertAnswer(of2019, 2, 0x0102);

                assertAnswer(terminal.authenticate("AK7F3Q2026"), 101, 0x0102);
                // Reports before sign-on are failures, too; the fifth failure ends the connection.
                HandTerminal.Fix fix =
                        new HandTerminal.Fix(System.currentTimeMillis() / 1000, 22_550_000, 114_060_000, 0);
                assertAnswer(terminal.ask(0x0200, fix.body()), 102, 0x0200);
                assertAnswer(terminal.ask(0x0200, fix.body()), 103, 0x0200);
                assertThat(terminal.read(30_000)).as("closed by the platform").isNull();
            }
            try (HandTerminal silent = new HandTerminal(product.terminalPort())) {
                assertThat(silent.ask(HandTerminal.REGISTRATION).result()).isEqualTo(4);
                assertThat(silent.read(30_000))
                        .as("closed when the time to authenticate is over")
                        .isNull();
            }

            assertThat(product.metric("haulwatch_sign_ons_total", "result=\"registration_refused\""))
                    .isEqualTo(2);
            assertThat(product.metric("haulwatch_sign_ons_total", "result=\"unknown_phone\""))
                    .isEqualTo(2);
            assertThat(product.metric("haulwatch_frames_rejected_total", "cause=\"unauthenticated\""))
                    .isEqualTo(2);
            Awaitility.await("both connections are counted by why they ended")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> {
                        assertThat(product.metric(
                                        "haulwatch_gateway_connections_closed_total", "cause=\"sign_on_failed\""))
                                .isEqualTo(1);
                        assertThat(product.metric(
                                        "haulwatch_gateway_connections_closed_total", "cause=\"sign_on_time\""))
                                .isEqualTo(1);
                        assertThat(product.metric("haulwatch_gateway_connections", ""))
                                .isZero();
                    });
            assertThat(product.metric("haulwatch_positions_accepted_total", "")).isZero();
            try (Agent agent = Agent.signIn(product)) {
                assertThat(agent.json("/api/v1/vehicles?query=").path("items").toString())
                        .isEqualTo("[]");
                JsonNode refused = agent.json("/api/v1/terminals/refused");
                assertThat(refused.path("total").asInt()).isEqualTo(1);
                JsonNode told = refused.path("items").get(0);
                assertThat(told.path("reason").asText()).isEqualTo("unknown_phone");
                assertThat(told.path("address").asText()).isEqualTo("127.0.0.1");
                assertThat(told.path("registration").path("plate").asText()).isEqualTo(HandTerminal.PLATE);
                assertThat(told.path("times").asInt())
                        .as("two registrations and two authentications")
                        .isEqualTo(4);
            }
            product.awaitDrained();
            assertThat(product.stop()).isEqualTo(143);
        }
        try (DatabaseAccess access = Promises.open(product);
                Connection connection = access.databases().administrator()) {
            for (String table : new String[] {"terminal", "vehicle", "position", "position_quarantine"}) {
                assertThat(Stored.number(connection, "select count(*) from hw." + table))
                        .as(table)
                        .isZero();
            }
        }
    }

    private static void assertAnswer(HandTerminal.Answer answer, int serial, int messageId) {
        assertThat(answer.messageId()).isEqualTo(0x8001);
        assertThat(answer.word(0)).as("the answered serial").isEqualTo(serial);
        assertThat(answer.word(2)).as("the answered message").isEqualTo(messageId);
        assertThat(answer.result()).as("failure").isEqualTo(1);
    }
}

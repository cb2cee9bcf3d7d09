package io.haulwatch.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The disk gets full under load, as far as the product can tell: the watermark lies just below what is free now, and a file takes up
 * the rest. Everything else on this disk may move half a gigabyte meanwhile.
 */
@Isolated("holds the product to a time")
final class FreeSpaceTest {
    private static final long MEGABYTE = 1024 * 1024;
    private static final long MARGIN = 512 * MEGABYTE;
    /** Above the watermark by this part of it the log accepts again. */
    private static final long RETURN = 16;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void atTheWatermarkAcknowledgementsStopAndTheConsoleSaysSoAndAllGoesOnByItselfWithNothingLost() throws Exception {
        long free = Files.getFileStore(folder).getUsableSpace();
        long watermarkMegabytes = (free - 2 * MARGIN) / MEGABYTE * RETURN / (RETURN + 1);
        assertThat(watermarkMegabytes)
                .as("too little room for this test: free=" + free)
                .isGreaterThan(64);
        ProductProcess product = new ProductProcess(
                folder.resolve("data"),
                Map.of(
                        "HAULWATCH_GATEWAY_UNKNOWN_TERMINALS",
                        "enrol",
                        "HAULWATCH_LOG_FREE_SPACE_MB",
                        Long.toString(watermarkMegabytes)));
        Load.importRegister(folder, product);
        Path known = Files.writeString(folder.resolve("known.json"), HandTerminal.REGISTER);
        product.run("import", "--data", product.data().toString(), known.toString());
        try (product) {
            product.startAndAwaitReady();
            try (Load load = Load.start(folder, product, 1);
                    Agent agent = Agent.signIn(product);
                    Agent.Alarms alarms = agent.alarms();
                    HandTerminal terminal = new HandTerminal(product.terminalPort())) {
                awaitFlow(product);
                String code = terminal.ask(HandTerminal.REGISTRATION).code();
                assertThat(terminal.authenticate(code).result()).isZero();
                HandTerminal.Fix fix =
                        new HandTerminal.Fix(System.currentTimeMillis() / 1000, 22_550_000, 114_060_000, 0);
                int sent;
                try (Ballast ballast = Ballast.of(
                        folder.resolve("ballast"),
                        Files.getFileStore(folder).getUsableSpace() - watermarkMegabytes * MEGABYTE + MARGIN)) {
                    Awaitility.await("the console says that nothing is acknowledged")
                            .atMost(Duration.ofSeconds(5))
                            .pollInterval(Duration.ofMillis(100))
                            .until(() -> !agent.json("/api/v1/status")
                                    .path("log")
                                    .path("accepting")
                                    .asBoolean());
                    String reason = agent.json("/api/v1/status")
                            .path("log")
                            .path("reason")
                            .asText();
                    System.out.println("FreeSpaceTest with " + ballast + ": " + reason);
                    assertThat(reason)
                            .startsWith("free space in ")
                            .contains("is below the watermark")
                            .endsWith("it resumes by itself");
                    Awaitility.await("those who watch are told, too")
                            .atMost(Duration.ofSeconds(5))
                            .until(() -> !alarms.status()
                                    .path("log")
                                    .path("accepting")
                                    .asBoolean());
                    assertThat(product.status("/health/ready")).isEqualTo(503);
                    assertThat(product.get("/health/ready")).contains("\"down\"", "below the watermark");

                    double accepted = awaitStill(product);
                    sent = terminal.send(0x0200, fix.body());
                    assertThatThrownBy(() -> terminal.read(3_000)).isInstanceOf(SocketTimeoutException.class);
                    assertThat(product.metric("haulwatch_positions_accepted_total", ""))
                            .isEqualTo(accepted);
                }
                Awaitility.await("it accepts again by itself")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> agent.json("/api/v1/status")
                                .path("log")
                                .path("accepting")
                                .asBoolean());
                HandTerminal.Answer answer = terminal.answer();
                assertThat(answer.word(0))
                        .as("the report that waited is answered")
                        .isEqualTo(sent);
                assertThat(answer.result()).isZero();
                awaitFlow(product);
                load.awaitLive();
                load.stop();
                product.awaitDrained();
                assertThat(product.stop()).isEqualTo(143);
                List<Path> ledgers = new ArrayList<>(load.ledgers());
                ledgers.add(Files.writeString(folder.resolve("hand.ledger"), fix.ledgerLine(sent)));
                Promises.assertKept("FreeSpaceTest", product, ledgers);
            }
        }
    }

    private static void awaitFlow(ProductProcess product) {
        double before = product.metric("haulwatch_positions_accepted_total", "");
        Awaitility.await("positions flow")
                .atMost(Duration.ofMinutes(1))
                .until(() -> product.metric("haulwatch_positions_accepted_total", "") > before + 50);
    }

    /** What was on its way into the log when the gate closed is still counted; then the number stands. */
    private static double awaitStill(ProductProcess product) {
        double[] last = {-1};
        return Awaitility.await("acknowledgements stop")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> {
                            double now = product.metric("haulwatch_positions_accepted_total", "");
                            boolean still = now == last[0];
                            last[0] = now;
                            return still ? now : -1;
                        },
                        now -> now >= 0);
    }
}

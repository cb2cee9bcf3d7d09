package io.haulwatch.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database, a server of its own that the product only has the address of, is stopped under load and started again. Meanwhile
 * acknowledgements, sign-ons and live alarms go on; afterwards the backlog drains and nothing is missing.
 */
final class OutageTest {
    private static final long OUTAGE_SECONDS = Long.getLong("haulwatch.outage.seconds", 20);
    private static final String ACCEPTED = "haulwatch_positions_accepted_total";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void whileTheDatabaseIsAwayTerminalsAndLiveAlarmsGoOnAndAfterwardsNothingIsMissing() throws Exception {
        try (OwnDatabase database = OwnDatabase.start(folder.resolve("database"))) {
            Map<String, String> environment = new HashMap<>(database.environment());
            environment.put("HAULWATCH_GATEWAY_UNKNOWN_TERMINALS", "enrol");
            ProductProcess product = new ProductProcess(folder.resolve("data"), environment);
            Load.importRegister(folder, product);
            Path known = Files.writeString(folder.resolve("known.json"), HandTerminal.REGISTER);
            product.run("import", "--data", product.data().toString(), known.toString());
            try (product) {
                product.startAndAwaitReady();
                List<Path> ledgers = new ArrayList<>();
                try (Load load = Load.start(folder, product, 2);
                        Agent agent = Agent.signIn(product);
                        Agent.Alarms alarms = agent.alarms()) {
                    String code = issueCode(product);
                    awaitGrowth(product, load);

                    database.stop();
                    long began = System.nanoTime();
                    double acceptedBefore = product.metric(ACCEPTED, "");
                    long promisedBefore = load.ledgerBytes();
                    long seenBefore = alarms.count();
                    assertConsoleSaysSo(product, agent, alarms);
                    assertRegistrationGoesOn(product, code);
                    ledgers.add(assertAlarmsGoOn(product, agent, alarms, code));
                    assertFleetSignsOnAgain(product, load);
                    while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(OUTAGE_SECONDS)) {
                        awaitGrowth(product, load);
                    }
                    assertThat(alarms.isOpen()).isTrue();
                    assertThat(agent.json("/api/v1/session")
                                    .path("user")
                                    .path("username")
                                    .asText())
                            .as("the session lasts")
                            .isEqualTo("admin");
                    double accepted = product.metric(ACCEPTED, "") - acceptedBefore;
                    double behind = lag(product);
                    assertThat(accepted).isPositive();
                    assertThat(load.ledgerBytes()).isGreaterThan(promisedBefore);
                    assertThat(behind)
                            .as("what the database has to catch up with")
                            .isPositive();
                    long seen = alarms.count() - seenBefore;
                    long awayMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);

                    database.startAgain();
                    long back = System.nanoTime();
                    awaitStored(product, agent);
                    System.out.printf(
                            "OutageTest: database away for %.1f s; meanwhile %.0f positions accepted, %d revisions of alarms seen live;"
                                    + " %.0f records behind, drained under load %.1f s after its start%n",
                            awayMillis / 1000.0,
                            accepted,
                            seen,
                            behind,
                            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back) / 1000.0);
                    awaitGrowth(product, load);
                    load.awaitLive();
                    load.stop();
                    ledgers.addAll(load.ledgers());
                    product.awaitDrained();
                    assertListed(agent);
                }
                assertThat(product.stop()).isEqualTo(143);
                Promises.assertKept("OutageTest", product, ledgers);
            }
        }
    }

    /** The code that the terminal gets while all is well. */
    private static String issueCode(ProductProcess product) throws IOException {
        try (HandTerminal terminal = new HandTerminal(product.terminalPort())) {
            HandTerminal.Answer answer = terminal.ask(HandTerminal.REGISTRATION);
            assertThat(answer.result()).isZero();
            return answer.code();
        }
    }

    private static void awaitGrowth(ProductProcess product, Load load) throws IOException {
        double accepted = product.metric(ACCEPTED, "");
        long promised = load.ledgerBytes();
        Awaitility.await("positions are accepted and terminals note their acknowledgement")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> product.metric(ACCEPTED, "") > accepted && load.ledgerBytes() > promised);
    }

    private static void assertConsoleSaysSo(ProductProcess product, Agent agent, Agent.Alarms alarms) throws Exception {
        Awaitility.await("the console says that the database is away")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !agent.json("/api/v1/status")
                        .path("database")
                        .path("up")
                        .asBoolean());
        JsonNode status = agent.json("/api/v1/status");
        System.out.println("OutageTest status: " + status);
        assertThat(status.path("database").path("reason").asText())
                .startsWith("the database does not answer: ")
                .hasLineCount(1)
                .hasSizeLessThan(300);
        assertThat(status.path("log").path("accepting").asBoolean()).isTrue();
        Awaitility.await("those who watch are told")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !alarms.status().path("database").path("up").asBoolean());
        assertThat(product.status("/health/ready")).isEqualTo(200);
        assertThat(product.get("/health/ready")).contains("\"degraded\"");
        HttpResponse<String> list = agent.get("/api/v1/alarms");
        assertThat(list.statusCode()).as(list.body()).isEqualTo(503);
        assertThat(list.body()).contains("The database does not answer now");
        assertThat(agent.json("/api/v1/fleet/dictionary").isObject())
                .as("the map goes on")
                .isTrue();
    }

    /** A terminal that lost its code and asks again as the register knows it gets the same one. */
    private static void assertRegistrationGoesOn(ProductProcess product, String code) throws IOException {
        assertThat(issueCode(product)).isEqualTo(code);
    }

    /** A terminal signs on with the code of before and speeds; the alarm is there at once, also for one who has just opened the page. */
    private Path assertAlarmsGoOn(ProductProcess product, Agent agent, Agent.Alarms alarms, String code)
            throws Exception {
        StringBuilder promised = new StringBuilder();
        try (HandTerminal terminal = new HandTerminal(product.terminalPort());
                Agent.Alarms opened = agent.alarms()) {
            assertThat(terminal.authenticate(code).result()).isZero();
            long begin = System.currentTimeMillis() / 1000 - 120;
            for (int i = 0; i < 12; i++) {
                // 120 km/h due north; a truck may drive 90.
                HandTerminal.Fix fix =
                        new HandTerminal.Fix(begin + 10L * i, 22_550_000 + 2_998 * i, 114_060_000, 1_200);
                HandTerminal.Answer answer = terminal.ask(0x0200, fix.body());
                assertThat(answer.result()).isZero();
                promised.append(fix.ledgerLine(answer.word(0)));
            }
            for (Agent.Alarms line : List.of(alarms, opened)) {
                Awaitility.await("the alarm is seen live")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> !line.open(HandTerminal.PLATE).isEmpty());
                assertThat(line.open(HandTerminal.PLATE).getFirst().path("rule").asText())
                        .isEqualTo("speeding");
            }
        }
        return Files.writeString(folder.resolve("hand.ledger"), promised);
    }

    private static void assertFleetSignsOnAgain(ProductProcess product, Load load) throws Exception {
        double before = product.metric("haulwatch_sign_ons_total", "result=\"authenticated\"");
        load.reconnectSimulated();
        Awaitility.await("all trucks have signed on again")
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        product.metric("haulwatch_sign_ons_total", "result=\"authenticated\"") >= before + Load.TRUCKS
                                && product.metric("haulwatch_terminals_online", "") >= Load.TRUCKS);
    }

    private static double lag(ProductProcess product) {
        return product.metric("haulwatch_log_lag_records", "reader=\"writer\"");
    }

    /** Under load the backlog goes below what comes in within a moment, and the console takes its word back. */
    private static void awaitStored(ProductProcess product, Agent agent) {
        Awaitility.await("the backlog drains")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(() ->
                        agent.json("/api/v1/status").path("database").path("up").asBoolean() && lag(product) == 0);
    }

    private static void assertListed(Agent agent) throws Exception {
        boolean listed = false;
        for (JsonNode alarm :
                agent.json("/api/v1/alarms?rule=speeding&limit=200").path("items")) {
            listed |= alarm.path("vehicle").path("plate").asText().equals(HandTerminal.PLATE);
        }
        assertThat(listed).as("the alarm of the outage is in the list").isTrue();
    }
}

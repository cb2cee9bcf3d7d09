package io.haulwatch.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.analytics.replay.CleanPass;
import io.haulwatch.app.config.Config;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.app.ledger.LedgerCheck;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.store.register.ReferenceLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the product, or its database server, at random moments under load, on one data folder throughout. Afterwards everything that
 * terminals were promised is stored, nothing twice, and the episodes are those of one clean pass.
 */
final class CrashTest {
    private static final int APP_KILLS = Integer.getInteger("haulwatch.crash.app", 14);
    private static final int DATABASE_KILLS = Integer.getInteger("haulwatch.crash.database", 6);
    private static final int TRUCKS = 300;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void whatWasAcknowledgedSurvivesEveryKillAndTheEpisodesAreThoseOfACleanPass() throws Exception {
        long seed = Long.getLong("haulwatch.seed", System.nanoTime());
        System.out.println("CrashTest seed=" + seed + " (replay with -Dhaulwatch.seed=" + seed + ")");
        SplittableRandom random = new SplittableRandom(seed);
        Path data = folder.resolve("data");
        Path register = folder.resolve("register.json");
        ProductProcess product = new ProductProcess(data, Map.of("HAULWATCH_GATEWAY_UNKNOWN_TERMINALS", "enrol"));
        run("simulate", "--write-register", register.toString(), "--fleet", Integer.toString(TRUCKS), "--seed", "5");
        run("import", "--data", data.toString(), register.toString());

        List<Path> ledgers = new ArrayList<>();
        List<Process> fleets = new ArrayList<>();
        try (product) {
            product.startAndAwaitReady();
            Path simulated = folder.resolve("simulated.ledger");
            ledgers.add(simulated);
            List<String> simulate = ProductProcess.command(
                    "simulate",
                    "--port",
                    Integer.toString(product.terminalPort()),
                    "--fleet",
                    Integer.toString(TRUCKS),
                    "--seed",
                    "5",
                    "--multiplier",
                    "100",
                    "--history-hours",
                    "6",
                    "--ledger",
                    simulated.toString(),
                    "--data",
                    folder.resolve("simulator").toString());
            fleets.add(new ProcessBuilder(simulate)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("simulator.out").toFile())
                    .start());
            Optional<Path> independent = IndependentFleet.source();
            if (independent.isPresent()) {
                Path ledger = folder.resolve("independent.ledger");
                ledgers.add(ledger);
                fleets.add(IndependentFleet.start(
                        independent.get(),
                        folder.resolve("independent.out"),
                        "--port",
                        Integer.toString(product.terminalPort()),
                        "--vehicles",
                        "200",
                        "--rate",
                        "150",
                        "--duration",
                        "3600",
                        "--warmup",
                        "1",
                        "--reconnect",
                        "1",
                        "--ramp",
                        "200",
                        "--ledger",
                        ledger.toString()));
            } else {
                System.out.println(
                        "SKIPPED: the half of the load that comes from LoadGen, which is not beside this checkout");
            }

            for (int round = 0; round < APP_KILLS + DATABASE_KILLS; round++) {
                boolean database = random.nextInt(APP_KILLS + DATABASE_KILLS) < DATABASE_KILLS;
                double before = product.metric("haulwatch_positions_accepted_total", "");
                Awaitility.await("positions flow in round " + round)
                        .atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> product.metric("haulwatch_positions_accepted_total", "") > before + 50);
                // The moment is random, not a condition to wait for.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)));
                if (database) {
                    long pid = product.postmaster();
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                } else {
                    product.kill();
                    product.startAndAwaitReady();
                }
            }
            Awaitility.await("the simulated trucks are live again")
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() ->
                            Files.readString(folder.resolve("simulator.out")).contains("live")
                                    && product.metric("haulwatch_terminals_online", "") >= TRUCKS);
            for (Process fleet : fleets) {
                IndependentFleet.stop(fleet);
            }
            product.awaitDrained();
            assertThat(product.stop()).isEqualTo(143);
            check(data, ledgers);
        } finally {
            fleets.forEach(Process::destroyForcibly);
        }
    }

    private static void check(Path data, List<Path> ledgers) throws Exception {
        Config config = Config.load(null, Map.of(), Map.of("data", data.toString()));
        try (DatabaseAccess access = DatabaseAccess.forCommand(config, sentence -> {});
                Connection connection = access.databases().administrator()) {
            LedgerCheck.Result ledger = LedgerCheck.check(connection, ledgers);
            System.out.println("CrashTest ledgers: " + ledger);
            assertThat(ledger.lines()).isGreaterThan(1_000);
            assertThat(ledger.good()).as(ledger.toString()).isTrue();

            ReferenceSet reference = new ReferenceLoader(access.databases().writer()).load();
            CleanPass clean = CleanPass.over(Stored.positions(connection), reference);
            List<Episode> stored = Stored.episodes(connection);
            System.out.println("CrashTest episodes: stored " + stored.size() + ", clean pass "
                    + clean.episodes().size());
            assertThat(clean.episodes()).isNotEmpty();
            assertThat(clean.differences(stored)).isEmpty();
        }
    }

    private static void run(String... arguments) throws Exception {
        Process process = new ProcessBuilder(ProductProcess.command(arguments))
                .inheritIO()
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}

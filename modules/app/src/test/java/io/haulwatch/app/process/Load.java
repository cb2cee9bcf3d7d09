package io.haulwatch.app.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Terminals that report to a running product and write down what they were promised: the simulated fleet, which resends, and, where it
 * is at hand, the fleet that was written independently.
 */
final class Load implements AutoCloseable {
    /** Simulated trucks. */
    static final int TRUCKS = 300;

    private static final String SEED = "5";

    private final Path folder;
    private final ProductProcess product;
    private final int historyHours;
    private final List<Path> ledgers = new ArrayList<>();
    private final List<Path> said = new ArrayList<>();
    private @Nullable Process simulated;
    private @Nullable Process independent;

    private Load(Path folder, ProductProcess product, int historyHours) {
        this.folder = folder;
        this.product = product;
        this.historyHours = historyHours;
    }

    /** Takes the simulated fleet's register into the product's database, beside the product or before its start. */
    static void importRegister(Path folder, ProductProcess product) throws IOException, InterruptedException {
        Path register = folder.resolve("register.json");
        product.run("simulate", "--write-register", register.toString(), "--fleet", TRUCKS + "", "--seed", SEED);
        product.run("import", "--data", product.data().toString(), register.toString());
    }

    /**
     * Starts both fleets against a product that is ready.
     *
     * @param folder for their ledgers and what they say
     * @param historyHours how much each simulated truck has to tell before it is live
     */
    static Load start(Path folder, ProductProcess product, int historyHours) throws IOException {
        Load load = new Load(folder, product, historyHours);
        load.startSimulated();
        Optional<Path> source = IndependentFleet.source();
        if (source.isPresent()) {
            load.startIndependent(source.get());
        } else {
            System.out.println(
                    "SKIPPED: the half of the load that comes from LoadGen, which is not beside this checkout");
        }
        return load;
    }

    private void startSimulated() throws IOException {
        Path ledger = folder.resolve("simulated-" + said.size() + ".ledger");
        Path output = folder.resolve("simulated-" + said.size() + ".out");
        ledgers.add(ledger);
        said.add(output);
        simulated = new ProcessBuilder(ProductProcess.command(
                        "simulate",
                        "--port",
                        Integer.toString(product.terminalPort()),
                        "--fleet",
                        Integer.toString(TRUCKS),
                        "--seed",
                        SEED,
                        "--multiplier",
                        "100",
                        "--history-hours",
                        Integer.toString(historyHours),
                        "--ledger",
                        ledger.toString(),
                        "--data",
                        folder.resolve("simulator").toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /**
     * Each report is a second after the one before, by the terminal's own clock. By the wall's clock a terminal that had to wait would
     * say several things within one second, in an order that nobody can tell afterwards: late for the rules, and no clean pass.
     */
    private void startIndependent(Path source) throws IOException {
        Path ledger = folder.resolve("independent.ledger");
        ledgers.add(ledger);
        independent = IndependentFleet.start(
                source,
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
                "--time-step",
                "1",
                "--reconnect",
                "1",
                "--ramp",
                "200",
                "--ledger",
                ledger.toString());
    }

    /** All simulated trucks lose their connection and come back, as after a failure of the network. */
    void reconnectSimulated() throws IOException, InterruptedException {
        stop(simulated);
        startSimulated();
    }

    /** Waits until every simulated truck is signed on and has sent all it remembers. */
    void awaitLive() {
        Awaitility.await("the simulated trucks are live")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> Files.readString(said.getLast()).contains("live")
                        && product.metric("haulwatch_terminals_online", "") >= TRUCKS);
    }

    /** What was promised until now; whole once {@link #stop} has returned. */
    List<Path> ledgers() {
        return List.copyOf(ledgers);
    }

    /** Grows as promises are written down. */
    long ledgerBytes() throws IOException {
        long bytes = 0;
        for (Path ledger : ledgers) {
            bytes += Files.exists(ledger) ? Files.size(ledger) : 0;
        }
        return bytes;
    }

    /** Ends both fleets in order, so that their ledgers are whole. */
    void stop() throws InterruptedException {
        stop(simulated);
        stop(independent);
    }

    private static void stop(@Nullable Process process) throws InterruptedException {
        if (process != null) {
            IndependentFleet.stop(process);
        }
    }

    @Override
    public void close() {
        for (Process process : new @Nullable Process[] {simulated, independent}) {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}

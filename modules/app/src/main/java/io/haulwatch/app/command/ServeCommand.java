package io.haulwatch.app.command;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.config.Config;
import io.haulwatch.app.config.ConfigException;
import io.haulwatch.app.demo.Demo;
import io.haulwatch.app.serve.Server;
import io.haulwatch.console.session.FirstUser;
import io.haulwatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs all roles in one process until it is told to stop. */
@Command(name = "serve", description = "Run the product: all roles in one process.", mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--unknown-terminals",
            paramLabel = "refuse|enrol",
            description = "What happens to unknown terminals.")
    private @Nullable String unknownTerminals;

    @Option(names = "--demo", description = "Also run a simulated fleet and its register.")
    private boolean demo;

    @Option(names = "--fleet", defaultValue = "1000", description = "Simulated trucks (default: ${DEFAULT-VALUE}).")
    private int fleet;

    @Option(
            names = "--parked-seconds",
            defaultValue = "60",
            description = "How often a simulated truck reports while its engine is off (default: ${DEFAULT-VALUE}).")
    private int parkedSeconds;

    @Option(names = "--roles", hidden = true)
    private @Nullable String roles;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws StartException, ConfigException, InterruptedException {
        if (roles != null) {
            throw new StartException(
                    ExitCode.USAGE,
                    "--roles " + roles
                            + " cannot be used: the local log is opened by one process, so 'serve' runs all roles.");
        }
        if (demo) {
            try {
                SimulatorOptions.requireParked(Duration.ofSeconds(parkedSeconds));
            } catch (IllegalArgumentException e) {
                throw new StartException(ExitCode.USAGE, "--parked-seconds: " + e.getMessage() + ".", e);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        Config loaded = config.load(
                demo ? Demo.usual(fleet) : Map.of(),
                unknownTerminals == null ? Map.of() : Map.of("gateway.unknown_terminals", unknownTerminals));
        makeLogFolder(loaded.data().resolve("logs"));
        // Read by logback.xml when the first logger is made, which is after this line.
        System.setProperty("haulwatch.logs", loaded.data().resolve("logs").toString());
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        long began = System.nanoTime();
        try (Server server = Server.start(loaded, sentence -> out.println("· " + sentence));
                Demo simulated = demo ? Demo.start(loaded, server, fleet, parkedSeconds, out) : Demo.NONE) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                stop.countDown();
                                awaitQuietly(stopped);
                            },
                            "stop"));
            announce(out, server, (System.nanoTime() - began) / 1_000_000);
            simulated.watch(out);
            stop.await();
            out.println("· stopping");
        } finally {
            stopped.countDown();
        }
        return ExitCode.OK;
    }

    /** Before the first logger, which could otherwise only complain of a folder that cannot be made. */
    private static void makeLogFolder(Path logs) throws StartException {
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DISK,
                    "The folder " + logs + " cannot be made: " + e.getMessage()
                            + ". Name another data folder with --data or give this user the right to write there.",
                    e);
        }
    }

    private static void announce(PrintWriter out, Server server, long millis) {
        out.println();
        out.println("Haulwatch is ready after " + millis / 1000 + "." + millis % 1000 / 100 + " s.");
        out.println("  pages      " + server.webAddress());
        out.println("  terminals  port " + server.terminalPort() + ", JT/T 808 of 2011, 2013 and 2019");
        out.println(server.generatedPassword()
                .map(password -> "  sign in    " + FirstUser.NAME + " / " + password + "   (shown this once; keep it)")
                .orElse("  sign in    " + FirstUser.NAME + ", with the password of the first start"));
        out.println();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

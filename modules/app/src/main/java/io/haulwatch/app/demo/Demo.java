package io.haulwatch.app.demo;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.config.Config;
import io.haulwatch.app.serve.Server;
import io.haulwatch.simulator.Simulator;
import io.haulwatch.simulator.SimulatorOptions;
import io.haulwatch.store.register.RegisterImport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A simulated fleet as a child process. It stops with us: by request, or when its standard input ends because we are gone. */
public final class Demo implements AutoCloseable {
    /** No demonstration. */
    public static final Demo NONE = new Demo(null);

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final int STOP_SECONDS = 15;

    private final @Nullable Process child;

    private Demo(@Nullable Process child) {
        this.child = child;
    }

    /**
     * What a demonstration takes, by path of the configuration, where nobody says anything else. Rows go after days, so that one that was
     * left running does not fill the disk.
     */
    public static Map<String, String> usual(int fleet) {
        Map<String, String> usual = new LinkedHashMap<>();
        usual.put("gateway.unknown_terminals", "enrol");
        usual.put("retention.positions", "3d");
        usual.put("retention.episodes", "14d");
        if (SimulatorOptions.relaysFor(fleet) > 0) {
            usual.put("gateway.relays", SimulatorOptions.RELAY_ADDRESS);
        }
        return usual;
    }

    /** Imports the fleet's register if this data folder has not seen it yet, and starts the fleet. */
    public static Demo start(Config config, Server server, int fleet, int parkedSeconds, PrintWriter out)
            throws StartException {
        try {
            Path folder = Files.createDirectories(config.data().resolve("simulator"));
            Path register = folder.resolve("register-" + fleet + ".json");
            if (!Files.exists(register)) {
                out.println("· making the register of " + fleet + " simulated trucks");
                SimulatorOptions options = SimulatorOptions.demo(server.terminalPort(), fleet, folder);
                Path unfinished = folder.resolve("register.unfinished");
                Simulator.writeRegister(unfinished, options, LocalDate.now(CHINA));
                out.println(
                        "· " + new RegisterImport(server.database().databases().writer()).importFile(unfinished));
                Files.move(unfinished, register);
            }
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + (fleet > 5_000 ? 1_024 : 256) + "m",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    "io.haulwatch.app.Main",
                    "simulate",
                    "--exit-with-parent",
                    "--port",
                    Integer.toString(server.terminalPort()),
                    "--fleet",
                    Integer.toString(fleet),
                    "--data",
                    folder.toString(),
                    "--parked-seconds",
                    Integer.toString(parkedSeconds),
                    "--relays",
                    Integer.toString(SimulatorOptions.relaysFor(fleet))));
            Process child =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new Demo(child);
        } catch (IOException | SQLException e) {
            throw new StartException(ExitCode.DISK, "The simulated fleet cannot start: " + e.getMessage() + ".", e);
        }
    }

    /** Passes on what the fleet says until it ends. */
    public void watch(PrintWriter out) {
        if (child == null) {
            return;
        }
        Process process = child;
        Thread.ofPlatform().daemon().name("fleet-output").start(() -> {
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    out.println(line);
                }
            } catch (IOException e) {
                LOG.debug("the fleet's output ended: {}", e.toString());
            }
        });
    }

    @Override
    public void close() {
        if (child == null) {
            return;
        }
        child.destroy();
        try {
            if (!child.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                child.destroyForcibly();
            }
        } catch (InterruptedException e) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

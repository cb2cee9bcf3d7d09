package io.haulwatch.app.command;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.simulator.Simulator;
import io.haulwatch.simulator.SimulatorOptions;
import io.haulwatch.simulator.terminal.TerminalFleet;
import io.haulwatch.simulator.world.Temper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a fleet of simulated terminals against a gateway, or writes the register that belongs to it. */
@Command(
        name = "simulate",
        description = "Run a fleet of simulated terminals that speak JT/T 808.",
        mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Gateway (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(names = "--port", defaultValue = "7611", description = "Its terminal port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--fleet", defaultValue = "1000", description = "Trucks (default: ${DEFAULT-VALUE}).")
    private int fleet;

    @Option(
            names = "--seed",
            defaultValue = "20261121",
            description = "Same seed, same drives (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--multiplier",
            defaultValue = "20",
            description = "Times the real centre's 0.13 alarms a truck and day (default: ${DEFAULT-VALUE}).")
    private double multiplier;

    @Option(names = "--data", defaultValue = "data/simulator", description = "Folder for what terminals remember.")
    private Path data = Path.of("data/simulator");

    @Option(names = "--history-hours", defaultValue = "6", description = "How far back trucks upload at start.")
    private int historyHours;

    @Option(names = "--bind-range", defaultValue = "0", description = "Use source addresses 127.0.0.1 to 127.0.0.N.")
    private int bindRange;

    @Option(
            names = "--relays",
            defaultValue = "0",
            description =
                    "Connections from " + SimulatorOptions.RELAY_ADDRESS + " that share all terminals between them,"
                            + " as a platform does that passes on what terminals say (default: a connection each).")
    private int relays;

    @Option(
            names = "--parked-seconds",
            defaultValue = "60",
            description =
                    "How often a truck reports while its engine is off, a multiple of 10 (default: ${DEFAULT-VALUE}).")
    private int parkedSeconds;

    @Option(names = "--losses-an-hour", defaultValue = "0", description = "Lost links a terminal and hour.")
    private double losses;

    @Option(names = "--duplicate-ppm", defaultValue = "0", description = "Messages per million sent twice.")
    private int duplicatePpm;

    @Option(
            names = "--bad-frame-ppm",
            defaultValue = "0",
            description = "Messages per million followed by a damaged frame.")
    private int badFramePpm;

    @Option(names = "--ledger", description = "Write a line for each acknowledged position.")
    private @Nullable Path ledger;

    @Option(names = "--write-register", description = "Only write the fleet's register to this file.")
    private @Nullable Path register;

    @Option(
            names = "--truth",
            description =
                    "Only write the episodes that a perfect observer would see to this file, one JSON object a line.")
    private @Nullable Path truth;

    @Option(
            names = "--truth-from",
            paramLabel = "INSTANT",
            description = "First instant in which such an episode may begin, for example 2026-11-20T16:00:00Z"
                    + " (default: the first of --today).")
    private @Nullable Instant truthFrom;

    @Option(
            names = "--truth-to",
            paramLabel = "INSTANT",
            description = "Instant before which it must begin (default: 24 hours later).")
    private @Nullable Instant truthTo;

    @Option(
            names = "--today",
            paramLabel = "DATE",
            description = "Day in China that the register's papers are dated by (default: today).")
    private @Nullable LocalDate today;

    @Option(names = "--allow-remote", description = "Allow a gateway on another machine.")
    private boolean allowRemote;

    @Option(names = "--exit-with-parent", hidden = true, description = "Stop when standard input ends.")
    private boolean exitWithParent;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws StartException, InterruptedException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        // Read by logback.xml when the first logger is made, which is after these lines.
        System.setProperty("haulwatch.logs", data.resolve("logs").toString());
        System.setProperty("haulwatch.role", "simulator");
        SimulatorOptions options = options();
        if (register != null || truth != null) {
            writeFiles(options, out);
            return ExitCode.OK;
        }
        if (!allowRemote && !InetAddress.getByName(host).isLoopbackAddress()) {
            throw new StartException(
                    ExitCode.USAGE, "--host " + host + " is not this machine: add --allow-remote if you mean it.");
        }
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "stop"));
        if (exitWithParent) {
            Thread.ofPlatform().daemon().name("parent").start(() -> {
                awaitEndOfInput();
                stop.countDown();
            });
        }
        try (Simulator simulator = Simulator.start(options, System::currentTimeMillis)) {
            report(simulator.terminals(), out, stop);
        }
        return ExitCode.OK;
    }

    private void writeFiles(SimulatorOptions options, PrintWriter out) throws StartException, IOException {
        LocalDate day = today == null ? LocalDate.now(CHINA) : today;
        if (register != null) {
            Simulator.writeRegister(register, options, day);
            out.println("Register of " + fleet + " trucks written to " + register + ".");
        }
        if (truth != null) {
            Instant from = truthFrom == null ? day.atStartOfDay(CHINA).toInstant() : truthFrom;
            Instant to = truthTo == null ? from.plus(Duration.ofHours(24)) : truthTo;
            if (!from.isBefore(to) || Duration.between(from, to).compareTo(Simulator.LONGEST_TRUTH) > 0) {
                throw new StartException(
                        ExitCode.USAGE,
                        "--truth-from " + from + " to --truth-to " + to + " is not a window of at most "
                                + Simulator.LONGEST_TRUTH.toDays() + " days.");
            }
            int episodes = Simulator.writeTruth(truth, options, day, from, to);
            out.println(episodes + " episodes of " + fleet + " trucks from " + from + " to " + to + " written to "
                    + truth + ".");
        }
    }

    private SimulatorOptions options() throws StartException {
        try {
            return new SimulatorOptions(
                    host,
                    port,
                    fleet,
                    seed,
                    new Temper(multiplier),
                    data,
                    Duration.ofHours(historyHours),
                    bindRange,
                    relays,
                    Duration.ofSeconds(parkedSeconds),
                    new SimulatorOptions.Faults(losses, duplicatePpm, badFramePpm),
                    ledger);
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
    }

    private static void report(TerminalFleet terminals, PrintWriter out, CountDownLatch stop)
            throws InterruptedException {
        boolean caughtUp = false;
        while (!stop.await(5, TimeUnit.SECONDS)) {
            int behind = terminals.behind();
            if (!caughtUp) {
                out.println("· fleet: " + terminals.online() + " online, " + behind + " still upload their history, "
                        + terminals.acked() + " positions acknowledged");
                caughtUp = behind == 0 && terminals.online() > 0;
                if (caughtUp) {
                    out.println("· fleet: live");
                }
            }
        }
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // whatever the parent says does not matter, only that it lives
            }
        } catch (IOException e) {
            // a broken pipe means the same as its end
        }
    }
}

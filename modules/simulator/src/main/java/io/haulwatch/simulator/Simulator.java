package io.haulwatch.simulator;

import io.haulwatch.simulator.register.RegisterFile;
import io.haulwatch.simulator.terminal.TerminalFleet;
import io.haulwatch.simulator.truth.Law;
import io.haulwatch.simulator.truth.Observer;
import io.haulwatch.simulator.truth.TruthFile;
import io.haulwatch.simulator.world.Fleet;
import io.haulwatch.simulator.world.RoadNetwork;
import io.haulwatch.simulator.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.LongSupplier;

/** A running fleet of simulated terminals. */
public final class Simulator implements AutoCloseable {
    /** Longest window of {@link #writeTruth}: each second of it is looked at. */
    public static final Duration LONGEST_TRUTH = Duration.ofDays(7);

    private final TerminalFleet terminals;
    private final Thread thread;

    private Simulator(TerminalFleet terminals) {
        this.terminals = terminals;
        thread = Thread.ofPlatform().name("terminals").start(terminals);
    }

    /** Connects the fleet. @param clock device clock of all terminals, ms since 1970 UTC */
    public static Simulator start(SimulatorOptions options, LongSupplier clock) throws IOException {
        Fleet fleet = new Fleet(new RoadNetwork(), options.seed(), options.fleet());
        World world = new World(fleet, options.seed(), options.temper());
        return new Simulator(new TerminalFleet(options, world, RegisterFile.identities(fleet, options.seed()), clock));
    }

    /** Writes the register that belongs to the fleet, for {@code haulwatch import}. */
    public static void writeRegister(Path file, SimulatorOptions options, LocalDate today) throws IOException {
        RoadNetwork network = new RoadNetwork();
        Fleet fleet = new Fleet(network, options.seed(), options.fleet());
        new RegisterFile(fleet, network, options.seed(), options.temper(), today).write(file);
    }

    /**
     * Writes which episodes a perfect observer would see, for whoever compares.
     *
     * @param today day that the register's papers are dated by
     * @param from first instant in which such an episode may begin, device time
     * @param to instant before which it must begin, at most {@link #LONGEST_TRUTH} later
     * @return episodes written
     */
    public static int writeTruth(Path file, SimulatorOptions options, LocalDate today, Instant from, Instant to)
            throws IOException {
        RoadNetwork network = new RoadNetwork();
        Fleet fleet = new Fleet(network, options.seed(), options.fleet());
        World world = new World(fleet, options.seed(), options.temper());
        RegisterFile register = new RegisterFile(fleet, network, options.seed(), options.temper(), today);
        Observer observer = new Observer(world, register.content(), Law.CHINA);
        return TruthFile.write(file, observer, RegisterFile.identities(fleet, options.seed()), from, to);
    }

    /** Counters of the running fleet. */
    public TerminalFleet terminals() {
        return terminals;
    }

    @Override
    public void close() {
        terminals.stop();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

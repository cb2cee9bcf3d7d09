package io.haulwatch.simulator;

import io.haulwatch.simulator.world.Temper;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to simulate and against whom.
 *
 * @param host address of the gateway
 * @param port its terminal port
 * @param fleet number of trucks
 * @param seed the same seed gives the same fleet and the same drives
 * @param temper how often things go wrong
 * @param data folder for acknowledged times and authentication codes
 * @param history how far back a truck looks for what it has not had acknowledged; only the first
 *     {@link #TRUCKS_WITH_HISTORY} trucks do
 * @param bindRange source addresses 127.0.0.1 to 127.0.0.N in turn, 0 for the system's choice; one address holds about 28,000
 *     connections to one port
 * @param relays connections that share all terminals between them, as platforms that pass on what terminals say; 0 for a connection each
 * @param parked how often a truck reports while its engine is off; a multiple of ten seconds
 * @param faults what goes wrong on the line
 * @param ledger file that gets a line for each acknowledged position, or null
 */
public record SimulatorOptions(
        String host,
        int port,
        int fleet,
        long seed,
        Temper temper,
        Path data,
        Duration history,
        int bindRange,
        int relays,
        Duration parked,
        Faults faults,
        @Nullable Path ledger) {
    public SimulatorOptions {
        requireParked(parked);
    }

    /** Refuses what a truck whose engine is off cannot keep to: it looks every ten seconds whether a report is due. */
    public static void requireParked(Duration parked) {
        if (parked.toSeconds() < 10 || parked.toSeconds() % 10 != 0) {
            throw new IllegalArgumentException(
                    "a parked truck reports every 10, 20, 30 … seconds, not every " + parked.toSeconds());
        }
    }

    /** The usual report of a truck whose engine is off. */
    public static final Duration PARKED = Duration.ofSeconds(60);

    /** Trucks that bring history with them; the rest of a larger fleet starts live. */
    public static final int TRUCKS_WITH_HISTORY = 1_000;

    /** Where relays connect from: the gateway has to be told that a relay is at home there. */
    public static final String RELAY_ADDRESS = "127.0.0.101";

    /** Beyond this a process that may open 20,000 files cannot hold a connection for each truck. */
    public static final int MOST_CONNECTIONS = 15_000;

    private static final int TERMINALS_OF_A_RELAY = 2_000;

    /** Relays that a fleet needs, 0 while each truck can have its own connection. */
    public static int relaysFor(int fleet) {
        return fleet <= MOST_CONNECTIONS ? 0 : (fleet + TERMINALS_OF_A_RELAY - 1) / TERMINALS_OF_A_RELAY;
    }

    /** The demonstration: a thousand trucks against a local gateway. */
    public static SimulatorOptions demo(int port, int fleet, Path data) {
        return new SimulatorOptions(
                "127.0.0.1",
                port,
                fleet,
                20_261_121L,
                Temper.DEMO,
                data,
                Duration.ofHours(6),
                0,
                relaysFor(fleet),
                PARKED,
                Faults.NONE,
                null);
    }

    /**
     * Faults of the line.
     *
     * @param lossesAnHour times a terminal's link drops an hour
     * @param duplicatePpm messages per million that are sent twice
     * @param badFramePpm messages per million that are followed by a damaged frame
     */
    public record Faults(double lossesAnHour, int duplicatePpm, int badFramePpm) {
        public static final Faults NONE = new Faults(0, 0, 0);
    }
}

package io.haulwatch.gateway;

import io.haulwatch.gateway.link.LinkLimits;
import io.haulwatch.gateway.register.TerminalRegister;
import io.haulwatch.jt808.Edition;
import io.haulwatch.log.ReportLog;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A gateway on a free port of loopback with everything behind it made by hand. */
final class GatewayFixture implements AutoCloseable {
    static final LinkLimits QUICK = new LinkLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            3,
            3,
            40,
            Duration.ofMillis(300),
            1,
            Duration.ofMillis(300));

    final MemoryLog log = new MemoryLog();
    final FakeRegister database = new FakeRegister();
    final FakeCommands table;
    final FakeMedia media = new FakeMedia();
    final TerminalRegister register = new TerminalRegister(System::currentTimeMillis);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Gateway gateway;
    private final List<Terminal808> terminals = new ArrayList<>();

    GatewayFixture(Path folder, UnaryOperator<GatewayOptions> options) throws IOException {
        this(folder, options, InstantSource.system(), new FakeCommands());
    }

    GatewayFixture(Path folder, UnaryOperator<GatewayOptions> options, InstantSource clock, FakeCommands table)
            throws IOException {
        this.table = table;
        gateway = Gateway.start(
                options.apply(GatewayOptions.defaults(folder).withAddress("127.0.0.1", 0)),
                log,
                register,
                database,
                table,
                media,
                meters,
                clock);
    }

    /** A gateway over a log that is the caller's, which knows these terminals. */
    static Gateway over(Path folder, ReportLog log, Terminal... known) throws IOException {
        TerminalRegister register = new TerminalRegister(System::currentTimeMillis);
        register.replace(new ReferenceSet(1, List.of(known), List.of(), List.of(), List.of(), List.of(), List.of()));
        return Gateway.start(
                GatewayOptions.defaults(folder).withAddress("127.0.0.1", 0),
                log,
                register,
                new FakeRegister(),
                new FakeCommands(),
                new FakeMedia(),
                new SimpleMeterRegistry(),
                InstantSource.system());
    }

    /** Makes terminals known, as the register copy does. */
    GatewayFixture know(Terminal... known) {
        for (Terminal terminal : known) {
            database.know(terminal);
        }
        register.replace(new ReferenceSet(1, List.of(known), List.of(), List.of(), List.of(), List.of(), List.of()));
        return this;
    }

    /** A terminal that is in the register as vehicle {@code vehicleId} with terminal id {@code T<vehicleId>}. */
    static Terminal known(int vehicleId, String phone) {
        return new Terminal(vehicleId, 1, phone, "T" + vehicleId, plate(vehicleId), 1);
    }

    static String plate(int vehicleId) {
        return "渝B" + (10_000 + vehicleId);
    }

    Terminal808 connect(Edition edition, String phone, int vehicleId) throws IOException {
        Terminal808 terminal = new Terminal808(gateway.address(), edition, phone, plate(vehicleId));
        terminals.add(terminal);
        return terminal;
    }

    /** A connection from another address of loopback, over which anybody may be spoken for. */
    Terminal808 relay(InetAddress from) throws IOException {
        Terminal808 relay = new Terminal808(gateway.address(), Edition.V2013, "0", "", from);
        terminals.add(relay);
        return relay;
    }

    /** Connects and signs on as the register knows it. */
    Terminal808 signedOn(Edition edition, String phone, int vehicleId) throws IOException {
        return connect(edition, phone, vehicleId).signOn("T" + vehicleId);
    }

    @Override
    public void close() throws IOException {
        log.release();
        for (Terminal808 terminal : terminals) {
            terminal.close();
        }
        gateway.close();
    }
}

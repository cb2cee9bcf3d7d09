package io.haulwatch.app.serve;

import io.haulwatch.analytics.feed.DatabaseFeed;
import io.haulwatch.analytics.hours.HourPacking;
import io.haulwatch.analytics.kpi.KpiCounting;
import io.haulwatch.analytics.kpi.KpiJob;
import io.haulwatch.analytics.live.LiveFleet;
import io.haulwatch.analytics.risk.RiskJob;
import io.haulwatch.analytics.risk.RiskTimetable;
import io.haulwatch.analytics.runner.RuleRunner;
import io.haulwatch.analytics.runner.RuleRunnerOptions;
import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.backup.Backup;
import io.haulwatch.app.backup.Backups;
import io.haulwatch.app.config.Config;
import io.haulwatch.app.config.Key;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.console.Console;
import io.haulwatch.console.ConsoleOptions;
import io.haulwatch.console.PortInUseException;
import io.haulwatch.console.port.AttachmentStore;
import io.haulwatch.console.port.ConsolePorts;
import io.haulwatch.console.port.DrivenTimes;
import io.haulwatch.console.port.DriverCards;
import io.haulwatch.console.port.DrivingClock;
import io.haulwatch.console.session.FirstUser;
import io.haulwatch.gateway.Gateway;
import io.haulwatch.gateway.GatewayOptions;
import io.haulwatch.gateway.link.LinkLimits;
import io.haulwatch.gateway.register.TerminalRegister;
import io.haulwatch.log.ReportLog;
import io.haulwatch.log.local.DamagedLogException;
import io.haulwatch.log.local.LocalLog;
import io.haulwatch.log.local.LocalLogOptions;
import io.haulwatch.log.local.LogInUseException;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.rules.driver.Duty;
import io.haulwatch.rules.kpi.KpiParameters;
import io.haulwatch.store.command.CommandStore;
import io.haulwatch.store.database.Databases;
import io.haulwatch.store.file.AttachmentFiles;
import io.haulwatch.store.file.CourseVideoFiles;
import io.haulwatch.store.file.TerminalFiles;
import io.haulwatch.store.order.OrderRuns;
import io.haulwatch.store.position.WriterOptions;
import io.haulwatch.store.register.Enrolment;
import io.haulwatch.store.register.ReferenceFile;
import io.haulwatch.store.register.ReferenceLoader;
import io.haulwatch.store.retention.Retention;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.store.secret.SecretBox;
import io.haulwatch.store.track.HourPacker;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running product: everything in one process. Parts start from the log outwards, so that nothing is taken in before somebody can
 * read it, and stop the other way round.
 */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    /** Version shown in the status. */
    public static final String VERSION = "0.1.0";

    private final Config config;
    private final Consumer<String> progress;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InstantSource clock = InstantSource.system();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("schedule").daemon(true).factory());

    private DatabaseAccess access;
    private TerminalFiles files;
    private Gateway gateway;
    private Console console;
    private Optional<String> generatedPassword = Optional.empty();

    @SuppressWarnings("NullAway.Init") // start() sets all parts before anyone can call the others
    private Server(Config config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
    }

    /**
     * Starts all roles and returns when terminals and browsers are served.
     *
     * @param progress told one sentence at each long step
     * @throws StartException with one sentence and the exit code of the contract; nothing is left running
     */
    public static Server start(Config config, Consumer<String> progress) throws StartException {
        Server server = new Server(config, progress);
        try {
            server.open();
            return server;
        } catch (StartException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void open() throws StartException {
        new JvmMemoryMetrics().bindTo(meters);
        JvmGcMetrics garbage = new JvmGcMetrics();
        garbage.bindTo(meters);
        opened.push(garbage);
        new ProcessorMetrics().bindTo(meters);

        Path data = dataFolder();
        LocalLog log = openLog(data);
        findPortsFree();
        findTlsFiles();
        Path referenceFile = data.resolve("reference.json");
        Optional<ReferenceSet> copy = readCopy(referenceFile);
        access = opened(DatabaseAccess.forService(config, progress));
        Databases databases = access.databases();
        ReferenceLoader loader = new ReferenceLoader(databases.writer());
        ReferenceSet reference = firstReference(databases, loader, referenceFile, copy);

        TerminalRegister register = new TerminalRegister(clock::millis);
        register.replace(reference);
        RuleRunner rules = opened(startRules(log, reference, RuleRunnerOptions.in(data.resolve("snapshots"))));
        LiveFleet live = opened(LiveFleet.start(log, data.resolve("live-fleet.bin"), meters));
        DatabaseFeed feed = opened(DatabaseFeed.start(log, databases.writer(), writerOptions(), meters, clock));
        opened(HourPacking.start(
                new HourPacker(databases.writer(), databases.replay(), Duration.ofMinutes(5), Duration.ofMinutes(2)),
                meters,
                clock));
        opened(new ReferenceWatch(loader, referenceFile, reference, List.of(register::replace, rules::reference)));
        RegisterGate registerGate = opened(new RegisterGate(new Enrolment(databases.writer())));
        CommandGate commandGate = opened(new CommandGate(new CommandStore(databases.writer())));
        files = new TerminalFiles(
                databases.writer(),
                data.resolve("media"),
                config.terminals().fileBytesPerDay(),
                2 * config.log().freeSpaceBytes());
        FileGate fileGate = opened(new FileGate(files));
        gateway = opened(startGateway(data, log, register, registerGate, commandGate, fileGate));

        Status status = new Status(gateway::acknowledging, feed::state, () -> {
            Map<String, Long> lags = new LinkedHashMap<>(feed.lagRecords());
            lags.put(RuleRunner.READER, rules.lagRecords());
            lags.put(LiveFleet.READER, live.lagRecords());
            return lags;
        });
        console = opened(startConsole(databases, live, log, rules, status));
        scheduleUpkeep(databases);
        opened(new OrderClock(new OrderRuns(databases.writer()), gateway.commandDesk(), clock));
        opened(Backups.start(new Backup(data, log, access), config.backup(), meters, clock));
    }

    private WriterOptions writerOptions() {
        WriterOptions usual = WriterOptions.DEFAULTS;
        return new WriterOptions(
                usual.reader(),
                config.retention().positions(),
                usual.localDay(),
                usual.figuresEvery(),
                usual.maxRows(),
                usual.maxBytes());
    }

    private Path dataFolder() throws StartException {
        try {
            return Files.createDirectories(config.data());
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DISK,
                    "The data folder " + config.data() + " cannot be made: " + e.getMessage()
                            + ". Name another one with --data or give this user the right to write there.",
                    e);
        }
    }

    private LocalLog openLog(Path data) throws StartException {
        try {
            return opened(LocalLog.open(LocalLogOptions.in(data.resolve("log"))
                    .withMaxAge(config.log().keep())
                    .withFreeSpaceWatermarkBytes(config.log().freeSpaceBytes())));
        } catch (LogInUseException e) {
            throw new StartException(
                    ExitCode.USAGE,
                    "Another haulwatch uses the data folder " + data + ": stop it or name another folder with --data.",
                    e);
        } catch (DamagedLogException e) {
            throw new StartException(ExitCode.DISK, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DISK, "The report log below " + data + " cannot be opened: " + e.getMessage() + ".", e);
        }
    }

    /** A taken port is said before the database is made ready, which takes seconds. Who takes one meanwhile is found when it is opened. */
    private void findPortsFree() throws StartException {
        findFree(config.terminals().bind(), config.terminals().port(), this::terminalPortTaken);
        findFree(config.http().bind(), config.http().port(), this::pagePortTaken);
    }

    private static void findFree(String address, int port, Function<Exception, StartException> taken)
            throws StartException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("in use")) {
                throw taken.apply(e);
            }
            // Whatever else is wrong with it is said by the part that opens it.
            LOG.debug("a port cannot be looked at: address={} port={} error={}", address, port, e.toString());
        }
    }

    private void findTlsFiles() throws StartException {
        Config.Http http = config.http();
        for (String file : List.of(http.tlsCertificate(), http.tlsKey())) {
            if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
                throw new StartException(
                        ExitCode.USAGE,
                        "The file " + file
                                + " for HTTPS cannot be read: http.tls_certificate and http.tls_key name PEM files"
                                + " that this user may read.");
            }
        }
    }

    private StartException terminalPortTaken(Exception cause) {
        return new StartException(
                ExitCode.PORT_IN_USE,
                "Port " + config.terminals().port()
                        + " for terminals is in use: stop what listens there, or choose another with --terminal-port.",
                cause);
    }

    private StartException pagePortTaken(Exception cause) {
        return new StartException(
                ExitCode.PORT_IN_USE,
                "Port " + config.http().port()
                        + " for pages is in use: stop what listens there, or choose another with --http-port.",
                cause);
    }

    private static Optional<ReferenceSet> readCopy(Path file) {
        try {
            return ReferenceFile.read(file);
        } catch (IOException e) {
            LOG.warn("the register copy cannot be read and is made anew: file={} error={}", file, e.toString());
            return Optional.empty();
        }
    }

    /** The register from the database; from its copy while the database does not answer. */
    private ReferenceSet firstReference(
            Databases databases, ReferenceLoader loader, Path file, Optional<ReferenceSet> copy) throws StartException {
        try {
            prepare(databases);
            ReferenceSet loaded = loader.load();
            ReferenceFile.write(file, loaded);
            return loaded;
        } catch (SQLException e) {
            if (copy.isEmpty()) {
                throw new StartException(ExitCode.DATABASE, DatabaseAccess.unreachable(config, e), e);
            }
            LOG.warn(
                    "{} Terminals are served from the register copy meanwhile.", DatabaseAccess.unreachable(config, e));
            progress.accept(
                    DatabaseAccess.unreachable(config, e) + " Terminals are served from the register copy meanwhile.");
            var unused = schedule.schedule(() -> prepareLater(databases), 2, TimeUnit.SECONDS);
            return copy.get();
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DISK, "The register copy " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** Migrations and the first user. */
    private void prepare(Databases databases) throws SQLException, StartException {
        databases.migrate();
        try {
            generatedPassword = FirstUser.ensure(
                    new ScopedDatabase(databases.app()),
                    config.adminPassword().isEmpty() ? null : config.adminPassword(),
                    new SecureRandom());
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, "HAULWATCH_ADMIN_PASSWORD cannot be used: " + e.getMessage(), e);
        }
    }

    private void prepareLater(Databases databases) {
        try {
            prepare(databases);
            generatedPassword.ifPresent(password ->
                    progress.accept("The database answers. Sign in as " + FirstUser.NAME + " with " + password));
            LOG.info("the database answers");
        } catch (SQLException e) {
            var unused = schedule.schedule(() -> prepareLater(databases), 2, TimeUnit.SECONDS);
        } catch (StartException | RuntimeException e) {
            LOG.error("the database answers and cannot be prepared", e);
        }
    }

    private RuleRunner startRules(ReportLog log, ReferenceSet reference, RuleRunnerOptions options)
            throws StartException {
        try {
            return RuleRunner.start(log, reference, options, meters, clock);
        } catch (IOException e) {
            throw new StartException(ExitCode.DISK, "The rules cannot start: " + e.getMessage() + ".", e);
        }
    }

    private Gateway startGateway(
            Path data,
            ReportLog log,
            TerminalRegister register,
            RegisterGate registerGate,
            CommandGate commandGate,
            FileGate fileGate)
            throws StartException {
        Config.Terminals terminals = config.terminals();
        GatewayOptions usual = GatewayOptions.defaults(data.resolve("keys"));
        LinkLimits standard = usual.limits();
        GatewayOptions options = new GatewayOptions(
                terminals.bind(),
                terminals.port(),
                usual.keyFolder(),
                terminals.unknown() == Key.UnknownTerminals.ENROL,
                terminals.maxConnections(),
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                true,
                config.log().groupTime(),
                usual.gather(),
                usual.groupBytes(),
                usual.failuresPerAddress(),
                usual.failuresPerPhone(),
                new LinkLimits(
                        terminals.authenticateWithin(),
                        terminals.idleLimit(),
                        standard.foreignFrames(),
                        standard.signOnFailures(),
                        standard.garbage(),
                        standard.commandWait(),
                        standard.commandRetransmissions(),
                        standard.packageWait()),
                terminals.relays());
        try {
            return Gateway.start(options, log, register, registerGate, commandGate, fileGate, meters, clock);
        } catch (IOException e) {
            boolean taken = e instanceof BindException
                    || e.getCause() instanceof BindException
                    || String.valueOf(e.getMessage()).contains("in use");
            throw taken
                    ? terminalPortTaken(e)
                    : new StartException(ExitCode.DISK, "The gateway cannot start: " + e.getMessage() + ".", e);
        }
    }

    /** Beside the days of what terminals sent, so that backups hold them. */
    private AttachmentStore attachments() {
        AttachmentFiles kept = new AttachmentFiles(
                config.data().resolve("media").resolve("attachments"),
                2 * config.log().freeSpaceBytes());
        return new AttachmentStore() {
            @Override
            public void keep(UUID id, byte[] content) throws IOException {
                kept.keep(id, content);
            }

            @Override
            public byte[] read(UUID id) throws IOException {
                return kept.read(id);
            }

            @Override
            public void drop(UUID id) throws IOException {
                kept.drop(id);
            }
        };
    }

    private SecretBox secrets() throws StartException {
        try {
            return SecretBox.openOrCreate(config.data().resolve("keys"), new SecureRandom());
        } catch (IOException e) {
            throw new StartException(ExitCode.DISK, "The key of the console's secrets: " + e.getMessage() + ".", e);
        }
    }

    private Console startConsole(Databases databases, LiveFleet live, ReportLog log, RuleRunner rules, Status status)
            throws StartException {
        Config.Http http = config.http();
        ConsoleOptions.@Nullable Tls tls = http.tlsCertificate().isEmpty()
                ? null
                : new ConsoleOptions.Tls(Path.of(http.tlsCertificate()), Path.of(http.tlsKey()));
        ConsoleOptions options = new ConsoleOptions(
                http.bind(),
                http.port(),
                tls,
                !http.publicUrl().isEmpty(),
                http.publicUrl().isEmpty() ? null : http.publicUrl(),
                http.metricsEverywhere(),
                VERSION,
                config.requireSecondFactor(),
                config.provider(),
                secrets(),
                config.notifications(),
                "[]");
        ConsolePorts ports = new ConsolePorts(
                (version, out) -> live.changedSince(version, out::accept),
                new EpisodeTail(log),
                vehicle -> {
                    var of = rules.clocks().of(vehicle);
                    return of == null
                            ? null
                            : new DrivingClock.Clock(
                                    of.continuousSeconds(),
                                    of.limitSeconds(),
                                    of.deadlineMillis(),
                                    of.driving(),
                                    of.asOfMillis());
                },
                vehicle -> {
                    Duty.Turn turn = rules.cardHolders().of(vehicle);
                    return turn == null
                            ? null
                            : new DriverCards.Card(
                                    turn.source() == Duty.Source.CARD ? (Integer) turn.driverId() : null,
                                    turn.card().numberEnd(),
                                    turn.card().millis());
                },
                driver -> rules.drivenStretches()
                        .ask(driver)
                        .thenApply(drives -> drives.stream()
                                .map(drive ->
                                        new DrivenTimes.Drive(drive.vehicleId(), drive.fromMillis(), drive.toMillis()))
                                .toList()),
                gateway.commandDesk()::submit,
                status,
                new Door(gateway.refusedTerminals()),
                rules::reference,
                ParameterJson.book(),
                new DiaryView(gateway.diaries(), clock.instant()),
                files::read,
                attachments(),
                new CourseVideoFiles(
                        config.data().resolve("media").resolve("course-videos"),
                        2 * config.log().freeSpaceBytes(),
                        config.courseVideoBytes()));
        try {
            return Console.start(options, ports, databases, meters, clock);
        } catch (PortInUseException e) {
            throw pagePortTaken(e);
        } catch (IllegalStateException e) {
            if (tls == null) {
                throw e;
            }
            throw new StartException(
                    ExitCode.USAGE,
                    "HTTPS cannot start with " + tls.certificates() + " and " + tls.key() + ": "
                            + (e.getCause() == null ? e : e.getCause()).getMessage()
                            + ". Both are PEM files, the key PKCS#8 without a password.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(ExitCode.USAGE, "The start was interrupted.", e);
        }
    }

    /** What the database needs now and then. The log looks after itself. */
    private void scheduleUpkeep(Databases databases) {
        Retention retention = new Retention(
                databases.writer(),
                config.retention().positions(),
                config.retention().episodes());
        RiskTimetable risk = new RiskTimetable(new RiskJob(databases.writer(), clock), databases.writer(), clock);
        repeat(
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                "drop what is past its retention",
                () -> retention.run(clock.instant()));
        repeat(
                Duration.ofMinutes(6),
                Duration.ofHours(1),
                "drop files past their retention",
                () -> files.expire(clock.instant().minus(config.retention().positions())));
        repeat(Duration.ofSeconds(20), Duration.ofSeconds(5), "compute the risk scores", risk::tick);
        opened(KpiCounting.start(
                new KpiJob(databases.writer(), new ScopedDatabase(databases.app()), KpiParameters.STANDARD, clock)));
    }

    /** Work on the database that may fail today and succeed the next time. */
    @FunctionalInterface
    private interface Upkeep {
        void run() throws SQLException, IOException;
    }

    /** A failure is told and ends nothing; what is scheduled ends with {@link #close}. */
    private void repeat(Duration first, Duration pause, String what, Upkeep work) {
        var unused = schedule.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (SQLException | IOException | RuntimeException e) {
                        LOG.error("could not {}, tried again in {} s", what, pause.toSeconds(), e);
                    }
                },
                first.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** Where pages and API are. */
    public String webAddress() {
        String scheme = config.http().tlsCertificate().isEmpty() ? "http" : "https";
        return scheme + "://" + config.http().bind() + ":" + console.port();
    }

    public int httpPort() {
        return console.port();
    }

    public int terminalPort() {
        return gateway.address().getPort();
    }

    /** The password that was made for the first user, to be shown once; empty at every later start. */
    public Optional<String> generatedPassword() {
        return generatedPassword;
    }

    /** The database that it works on. */
    public DatabaseAccess database() {
        return access;
    }

    public PrometheusMeterRegistry meters() {
        return meters;
    }

    @Override
    public void close() {
        schedule.shutdownNow();
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly: {}", part.getClass().getSimpleName(), e.toString());
            }
        }
    }
}

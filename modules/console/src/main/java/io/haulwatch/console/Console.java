package io.haulwatch.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.alarms.AlarmExport;
import io.haulwatch.console.alarms.AlarmQueries;
import io.haulwatch.console.alarms.AlarmRoutes;
import io.haulwatch.console.alarms.AlarmSocket;
import io.haulwatch.console.alarms.AlarmStream;
import io.haulwatch.console.alarms.LiveAlarms;
import io.haulwatch.console.area.AreaRoutes;
import io.haulwatch.console.attachments.AttachmentRoutes;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.audit.AuditRoutes;
import io.haulwatch.console.books.BookRoutes;
import io.haulwatch.console.cases.AppealRoutes;
import io.haulwatch.console.cases.Appeals;
import io.haulwatch.console.cases.CaseBook;
import io.haulwatch.console.cases.CaseClock;
import io.haulwatch.console.cases.CaseRoutes;
import io.haulwatch.console.commands.CommandQueries;
import io.haulwatch.console.commands.CommandRoutes;
import io.haulwatch.console.companies.CompanyFigures;
import io.haulwatch.console.companies.CompanyRoutes;
import io.haulwatch.console.companies.CompanyScores;
import io.haulwatch.console.companies.DutyQueries;
import io.haulwatch.console.desk.DeskRoutes;
import io.haulwatch.console.directory.Directory;
import io.haulwatch.console.dispatch.DispatchRoutes;
import io.haulwatch.console.documents.IssuedDocuments;
import io.haulwatch.console.driver.CodeDelivery;
import io.haulwatch.console.driver.DriverFeature;
import io.haulwatch.console.driver.ExamBook;
import io.haulwatch.console.duties.DutyRoutes;
import io.haulwatch.console.duties.Services;
import io.haulwatch.console.evidence.EvidenceRoutes;
import io.haulwatch.console.factor.SecondFactors;
import io.haulwatch.console.files.FileRoutes;
import io.haulwatch.console.history.HistoryRoutes;
import io.haulwatch.console.http.AccessTable;
import io.haulwatch.console.http.ClientAddress;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Gate;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.OriginRule;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.http.SecurityHeaders;
import io.haulwatch.console.http.SocketGate;
import io.haulwatch.console.imports.ImportRoutes;
import io.haulwatch.console.imports.ImportStore;
import io.haulwatch.console.indicators.IndicatorRoutes;
import io.haulwatch.console.indicators.RegionRoutes;
import io.haulwatch.console.inspections.InspectionRoutes;
import io.haulwatch.console.live.FleetFeed;
import io.haulwatch.console.live.FleetRoutes;
import io.haulwatch.console.live.FleetSocket;
import io.haulwatch.console.live.FleetState;
import io.haulwatch.console.looks.LookRoutes;
import io.haulwatch.console.looks.TrackLooks;
import io.haulwatch.console.notifications.DeliveryRoutes;
import io.haulwatch.console.notifications.LearningStore;
import io.haulwatch.console.notifications.NotificationSender;
import io.haulwatch.console.notifications.OperatorWebhook;
import io.haulwatch.console.notifications.ReceiverRoutes;
import io.haulwatch.console.operations.OperationsRoutes;
import io.haulwatch.console.orders.OrderRoutes;
import io.haulwatch.console.pages.StaticPages;
import io.haulwatch.console.papers.LayupRoutes;
import io.haulwatch.console.papers.PaperLists;
import io.haulwatch.console.papers.PaperReminders;
import io.haulwatch.console.papers.PaperRoutes;
import io.haulwatch.console.papers.ReminderRoutes;
import io.haulwatch.console.port.ConsolePorts;
import io.haulwatch.console.print.PrintShop;
import io.haulwatch.console.provider.ProviderRoutes;
import io.haulwatch.console.register.RegisterHistory;
import io.haulwatch.console.register.RegisterRoutes;
import io.haulwatch.console.reports.ReportRoutes;
import io.haulwatch.console.risk.SubjectRoutes;
import io.haulwatch.console.session.BearerTokens;
import io.haulwatch.console.session.Entrance;
import io.haulwatch.console.session.Passwords;
import io.haulwatch.console.session.SessionCookie;
import io.haulwatch.console.session.SessionRoutes;
import io.haulwatch.console.session.Sessions;
import io.haulwatch.console.status.StatusWatch;
import io.haulwatch.console.storms.StormRoutes;
import io.haulwatch.console.supervision.SupervisionRoutes;
import io.haulwatch.console.terminals.DiaryRoutes;
import io.haulwatch.console.terminals.TerminalRoutes;
import io.haulwatch.console.training.StatementPush;
import io.haulwatch.console.training.TaskCompletion;
import io.haulwatch.console.training.TrainingRoutes;
import io.haulwatch.console.users.AccountRoutes;
import io.haulwatch.console.users.Accounts;
import io.haulwatch.console.users.FactorRoutes;
import io.haulwatch.console.users.KioskRoutes;
import io.haulwatch.console.users.LinkRoutes;
import io.haulwatch.console.users.OwnPassword;
import io.haulwatch.console.users.OwnProof;
import io.haulwatch.console.users.ProviderLinkRoutes;
import io.haulwatch.console.users.TokenRoutes;
import io.haulwatch.console.users.UserRoutes;
import io.haulwatch.console.vehicles.VehicleRoutes;
import io.haulwatch.console.wall.WallRoutes;
import io.haulwatch.console.zones.ZoneRoutes;
import io.haulwatch.store.database.Databases;
import io.haulwatch.store.register.RegisterImport;
import io.haulwatch.store.scope.ScopedDatabase;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running console: pages, API and live feed on one port. Start it with {@link #start}. */
public final class Console implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final int LARGEST_SOCKET_MESSAGE_IN = 1024;
    private static final int IDLE_SECONDS = 75;
    private static final int SEND_BUFFER = 256 * 1024;
    private static final int SHUTDOWN_SECONDS = 10;
    private static final String FLEET_SOCKET = "/ws/fleet";
    private static final String ALARM_SOCKET = "/ws/alarms";
    private static final List<String> SOCKETS = List.of(FLEET_SOCKET, ALARM_SOCKET);

    private final Vertx vertx;
    private final ExecutorService workers;
    private final Passwords passwords;
    private final PrintShop printShop = new PrintShop();
    private final FleetFeed feed;
    private final AlarmStream alarms;
    private final Upkeep upkeep;
    private final ProviderRoutes provider;
    private final NotificationSender notifications;
    private final CodeDelivery codes;
    private final StatementPush statements;
    private final List<Route> routes;
    private int port;

    private Console(
            ConsoleOptions options,
            ConsolePorts ports,
            Databases databases,
            PrometheusMeterRegistry meters,
            InstantSource clock)
            throws PortInUseException, InterruptedException {
        SecureRandom random = new SecureRandom();
        ObjectMapper json = Json.mapper();
        ScopedDatabase database = new ScopedDatabase(databases.app());
        this.vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        this.workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("haulwatch-console-", 0).factory());
        this.passwords = new Passwords(random);

        Directory directory = new Directory(database, clock);
        FleetState fleet = new FleetState(ports.fleet());
        LiveAlarms liveAlarms = new LiveAlarms();
        AlarmQueries alarmQueries = new AlarmQueries(json);
        CompanyScores scores = new CompanyScores(json);
        TruckColours colours = new TruckColours(liveAlarms);
        AuditLog audit = new AuditLog(json);
        Cursors cursors = new Cursors(json, random);
        CommandQueries commandQueries = new CommandQueries(json);
        StatusWatch status =
                new StatusWatch(ports.operations(), options.version(), tileSources(options, json), json, clock);
        Sessions sessions = new Sessions(
                database,
                options.secondFactorRequired(),
                () -> ports.operations().database().up(),
                random,
                clock);
        SecondFactors factors = new SecondFactors(options.secrets(), random);
        BearerTokens tokens = new BearerTokens(database, clock);
        OwnPassword ownPassword = new OwnPassword(passwords, database, clock);
        OwnProof proof = new OwnProof(ownPassword, factors, database, clock);
        SessionCookie cookie = new SessionCookie(options.secure());
        Accounts accounts = new Accounts(database, audit, random, clock);
        ImportStore imports = new ImportStore(json);
        Services services = new Services(clock);
        DutyQueries duties = new DutyQueries(services, clock);
        PaperLists papers = new PaperLists(services, clock);
        CompanyFigures figures = new CompanyFigures(database, scores, fleet, workers, clock);

        this.feed = new FleetFeed(fleet, colours, directory::book, json, meters, clock);
        this.alarms = new AlarmStream(
                alarmQueries, database, liveAlarms, directory::book, directory::refreshSoon, json, meters, clock);
        CaseBook cases = new CaseBook();
        DeskRoutes desk = new DeskRoutes(
                database,
                alarmQueries,
                commandQueries,
                cases,
                ports.commands(),
                alarms,
                directory::book,
                cursors,
                audit,
                json,
                UUID::randomUUID,
                clock);
        ExamBook exams = new ExamBook(new TaskCompletion(random), json, random::nextLong, UUID::randomUUID);
        IssuedDocuments documents = new IssuedDocuments(database, json);
        LearningStore.Account learning = options.notifications().learning();
        this.statements = new StatementPush(
                database,
                learning == null
                        ? null
                        : new LearningStore(vertx, options.notifications().targets(), learning),
                random,
                clock);
        TrainingRoutes training = new TrainingRoutes(
                database,
                documents,
                printShop,
                audit,
                cursors,
                json,
                ports.videos(),
                options.publicOrigin(),
                fleet,
                ports,
                directory::book,
                statements,
                clock);
        this.notifications =
                NotificationSender.of(database, options.notifications(), options.secrets(), vertx, json, meters, clock);
        OperatorWebhook.Place place = options.notifications().codes();
        this.codes = new CodeDelivery(
                place == null
                        ? null
                        : new OperatorWebhook(vertx, options.notifications().targets(), place),
                json,
                UUID::randomUUID,
                meters,
                clock);
        TrackLooks looks = new TrackLooks(clock);
        RegisterImport register = new RegisterImport(databases.writer());
        RegisterHistory history = new RegisterHistory(json);
        Entrance entrance = new Entrance(sessions, factors, cookie, audit, database, directory::book, clock);
        Appeals appeals = new Appeals(desk.trail(), clock);
        DriverFeature driver = new DriverFeature(
                database,
                fleet,
                ports,
                directory::book,
                entrance,
                codes,
                options.secrets(),
                appeals,
                alarms,
                exams,
                audit,
                json,
                random,
                clock);
        this.upkeep = new Upkeep(
                database,
                directory,
                liveAlarms,
                alarmQueries,
                scores,
                colours,
                status,
                alarms,
                imports,
                desk.due(),
                new CaseClock(database, clock),
                new PaperReminders(database, clock),
                exams,
                () -> {
                    training.look();
                    driver.look();
                },
                clock);
        this.provider = new ProviderRoutes(
                options.provider(), options.secure(), entrance, audit, database, workers, random, clock);
        this.routes = routes(List.of(
                new SessionRoutes(sessions, passwords, entrance).routes(),
                provider.routes(),
                driver.routes(),
                new CompanyRoutes(database, figures, scores, duties, fleet, cursors, json, workers, clock).routes(),
                new VehicleRoutes(
                                database,
                                fleet,
                                liveAlarms,
                                ports.drivingClock(),
                                ports.driverCards(),
                                alarmQueries,
                                commandQueries,
                                directory::book,
                                cursors,
                                looks,
                                clock)
                        .routes(),
                new HistoryRoutes(database, alarmQueries, ports.rules(), cursors, audit, looks, clock).routes(),
                new LookRoutes(database, looks, cursors, audit).routes(),
                new BookRoutes(database, cursors, clock).routes(),
                new IndicatorRoutes(database, audit, workers, clock).routes(),
                new RegionRoutes(database, clock).routes(),
                new WallRoutes(database, workers, clock).routes(),
                new AreaRoutes(database, fleet, directory::book, json, clock).routes(),
                new AlarmRoutes(database, alarmQueries, alarms, cursors, audit, looks, clock).routes(),
                new AlarmExport(database, alarmQueries, audit, clock).routes(),
                new EvidenceRoutes(
                                database, alarmQueries, ports.rules(), looks, documents, printShop, audit, json, clock)
                        .routes(),
                documents.routes(),
                new SubjectRoutes(database, scores, services, workers, clock).routes(),
                new ReportRoutes(database, scores, duties, documents, printShop, audit, json, workers, clock).routes(),
                desk.routes(),
                new StormRoutes(database, fleet, directory::book, clock).routes(),
                new CaseRoutes(database, cases, alarmQueries, desk.trail(), alarms, cursors, audit, clock).routes(),
                new SupervisionRoutes(database, alarmQueries, desk.trail(), alarms, cursors, audit, json, clock)
                        .routes(),
                new InspectionRoutes(database, audit, cursors, () -> seed(random), clock).routes(),
                new AppealRoutes(database, desk.trail(), appeals, alarms, cursors, clock).routes(),
                new CommandRoutes(
                                database, commandQueries, ports.commands(), looks, audit, json, UUID::randomUUID, clock)
                        .routes(),
                new OrderRoutes(database, fleet, ports.parameters(), audit, cursors, json, UUID::randomUUID, clock)
                        .routes(),
                new ZoneRoutes(database, json).routes(),
                new TerminalRoutes(ports.door()).routes(),
                new DiaryRoutes(database, ports.diaries(), fleet, workers, clock).routes(),
                new FileRoutes(database, ports.files(), cursors, audit).routes(),
                new PaperRoutes(database, papers, cursors, audit, clock).routes(),
                new LayupRoutes(database, audit, clock).routes(),
                new ReminderRoutes(database, cursors, clock).routes(),
                new DispatchRoutes(database, papers, clock).routes(),
                new DutyRoutes(database, services, audit, cursors, clock).routes(),
                training.routes(),
                new AttachmentRoutes(database, ports.attachments(), audit, UUID::randomUUID, clock).routes(),
                new FleetRoutes(feed, fleet, directory::book, new Sums(figures), database, clock).routes(),
                status.routes(),
                new UserRoutes(accounts, sessions, database, directory::book, cursors, clock).routes(),
                new ProviderLinkRoutes(options.provider(), accounts, sessions, database, clock).routes(),
                new AccountRoutes(accounts, sessions, passwords, ownPassword, database, clock).routes(),
                new KioskRoutes(accounts, tokens, proof, directory::book, database, random, clock).routes(),
                new TokenRoutes(accounts, tokens, proof, database, random, clock).routes(),
                new FactorRoutes(accounts, factors, sessions, ownPassword, database, clock).routes(),
                new LinkRoutes(accounts, sessions, passwords, database, clock).routes(),
                new RegisterRoutes(register, history, database, cursors, audit, clock).routes(),
                new ImportRoutes(register, imports, history, database, cursors, audit, UUID::randomUUID, clock)
                        .routes(),
                new ReceiverRoutes(
                                database,
                                options.notifications(),
                                options.secrets(),
                                audit,
                                json,
                                random,
                                UUID::randomUUID,
                                clock)
                        .routes(),
                new DeliveryRoutes(database, cursors, audit, json, clock).routes(),
                new AuditRoutes(database, cursors, json).routes(),
                new OperationsRoutes(meters, ports.operations(), options.metricsPublic()).routes()));

        byte[] start = new byte[4];
        random.nextBytes(start);
        AccessTable access = AccessTable.ofTheConsole();
        access.check(routes, SOCKETS.stream().map(Console::opening).toList());
        Gate gate = new Gate(
                access,
                sessions,
                tokens,
                cookie,
                new OriginRule(options.secure(), options.publicOrigin()),
                new ClientAddress(options.behindProxy()),
                directory::book,
                () -> ports.operations().database().up(),
                json,
                workers,
                meters,
                HexFormat.of().formatHex(start));
        try {
            upkeep.begin();
            alarms.start(ports.episodes());
            Router router = router(options, gate, clock, status);
            feed.start();
            this.port = listen(options, router, gate);
            upkeep.start(gate.sockets());
            notifications.start();
            statements.start();
            provider.start();
        } catch (PortInUseException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
        LOG.info("console listens: host={}, port={}, https={}", options.host(), port, options.tls() != null);
    }

    /**
     * Starts the console. A database that is away does not stop it: pages say so until it answers.
     *
     * @throws PortInUseException if somebody else listens at the port
     */
    public static Console start(
            ConsoleOptions options,
            ConsolePorts ports,
            Databases databases,
            PrometheusMeterRegistry meters,
            InstantSource clock)
            throws PortInUseException, InterruptedException {
        return new Console(options, ports, databases, meters, clock);
    }

    /** The port that it listens at. */
    public int port() {
        return port;
    }

    /** Every route, for tests that walk them all. */
    List<Route> routes() {
        return routes;
    }

    @Override
    public void close() {
        upkeep.close();
        notifications.close();
        statements.close();
        codes.close();
        alarms.close();
        feed.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the console's server did not close in order", e);
        }
        workers.shutdownNow();
        provider.close();
        passwords.close();
        printShop.close();
    }

    private Router router(ConsoleOptions options, Gate gate, InstantSource clock, StatusWatch status) {
        Router router = Router.router(vertx);
        SecurityHeaders headers = new SecurityHeaders(options.secure());
        router.route().handler(context -> {
            headers.on(context.response());
            context.next();
        });
        SocketGate sockets = gate.sockets();
        FleetSocket fleetSocket = new FleetSocket(feed, clock);
        router.route(HttpMethod.GET, FLEET_SOCKET)
                .handler(context -> sockets.open(
                        context,
                        opening(FLEET_SOCKET),
                        (scope, standing) -> context.request()
                                .toWebSocket()
                                .onSuccess(socket -> fleetSocket.serve(socket, scope, standing.begin()))
                                .onFailure(error -> sockets.refuse(context, error))));
        AlarmSocket alarmSocket = new AlarmSocket(alarms, workers, status::messageText);
        router.route(HttpMethod.GET, ALARM_SOCKET).handler(context -> alarmsSocket(context, sockets, alarmSocket));
        gate.mount(router, routes);
        new StaticPages(Console.class.getClassLoader(), workers).mount(router);
        return router;
    }

    private static void alarmsSocket(RoutingContext context, SocketGate sockets, AlarmSocket alarmSocket) {
        Long after;
        try {
            after = AlarmSocket.after(context.request().getParam("after"));
        } catch (RuntimeException e) {
            sockets.refuse(context, e);
            return;
        }
        Long from = after;
        sockets.open(
                context,
                opening(ALARM_SOCKET),
                (scope, standing) -> context.request()
                        .toWebSocket()
                        .onSuccess(socket -> alarmSocket.serve(socket, scope, from, standing.begin()))
                        .onFailure(error -> sockets.refuse(context, error)));
    }

    private static String seed(SecureRandom random) {
        byte[] seed = new byte[16];
        random.nextBytes(seed);
        return HexFormat.of().formatHex(seed);
    }

    /** How the table of access names a WebSocket. */
    private static String opening(String socket) {
        return HttpMethod.GET.name() + " " + socket;
    }

    private int listen(ConsoleOptions options, Router router, Gate gate)
            throws PortInUseException, InterruptedException {
        HttpServerOptions http = new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setIdleTimeout(IDLE_SECONDS)
                // What the system keeps for one who does not read is bounded too.
                .setSendBufferSize(SEND_BUFFER)
                .addWebSocketSubProtocol(SocketGate.PROTOCOL)
                .setMaxInitialLineLength(Gate.MAX_ADDRESS_LINE)
                .setMaxHeaderSize(Gate.MAX_HEADERS)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                // Frames are packed already; compressing them again costs more than it saves.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(LARGEST_SOCKET_MESSAGE_IN)
                .setMaxWebSocketMessageSize(LARGEST_SOCKET_MESSAGE_IN);
        ConsoleOptions.Tls tls = options.tls();
        if (tls != null) {
            http.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(tls.certificates().toString())
                            .addKeyPath(tls.key().toString()));
            http.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
        }
        SecurityHeaders headers = new SecurityHeaders(options.secure());
        HttpServer server = vertx.createHttpServer(http).requestHandler(router).invalidRequestHandler(request -> {
            headers.on(request.response());
            gate.unreadable(request);
        });
        try {
            return server.listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS)
                    .actualPort();
        } catch (ExecutionException e) {
            if (isInUse(e.getCause())) {
                throw new PortInUseException(options.host(), options.port(), e);
            }
            throw new IllegalStateException(
                    "the console cannot listen: host=" + options.host() + ", port=" + options.port(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the console does not begin to listen: port=" + options.port(), e);
        }
    }

    private static boolean isInUse(@Nullable Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String message = each.getMessage();
            if (each instanceof BindException
                    || (message != null && message.toLowerCase(Locale.ROOT).contains("address already in use"))) {
                return true;
            }
        }
        return false;
    }

    private static List<Route> routes(List<List<Route>> features) {
        List<Route> all = new ArrayList<>();
        features.forEach(all::addAll);
        return List.copyOf(all);
    }

    private static JsonNode tileSources(ConsoleOptions options, ObjectMapper json) {
        try {
            return json.readTree(options.tileSourcesJson());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the map sources are not JSON: " + e.getOriginalMessage(), e);
        }
    }
}

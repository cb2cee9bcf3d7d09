package io.haulwatch.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.session.ApiTokens;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.SessionCookie;
import io.haulwatch.console.session.Sessions;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.session.TokenScope;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.sheet.SheetFile;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Mounts routes and stands before each of them: origin, session, right, CSRF token, body; then the endpoint on a virtual thread; then the
 * answer or the problem document. What may wait here is bounded: one call more is refused with 503.
 */
public final class Gate {
    /** Largest body of a call. */
    public static final int MAX_BODY = 64 * 1024;

    /** Largest file that is sent. */
    public static final int MAX_FILE = SheetFile.MOST_BYTES;

    /** The one protocol of our WebSockets; a big screen's token stands beside it. */
    public static final String SOCKET_PROTOCOL = "haulwatch-wall";

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String SOCKET_PROTOCOLS = "Sec-WebSocket-Protocol";
    private static final String CSRF = "X-CSRF-Token";
    private static final String PROBLEM_JSON = "application/problem+json; charset=utf-8";
    private static final int MAX_CALLS = 256;
    /** Files that are received or worked on at once: each may take as much memory as it is long, some times over. */
    private static final int MAX_FILES = 2;

    /** Uploads that are written to the disk at once. */
    private static final int MAX_UPLOADS = 8;
    /** Bodies of known length that are sent at once: each has three buffers of 64 KiB. */
    private static final int MAX_SENT = 256;

    private static final String TAKES_FILE = "takes-file";

    private final AccessTable access;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final SessionCookie cookie;
    private final OriginRule origins;
    private final ClientAddress addresses;
    private final Supplier<FleetBook> book;
    private final BooleanSupplier databaseUp;
    private final ObjectMapper json;
    private final ExecutorService workers;
    private final MeterRegistry meters;
    private final Set<Standing> standings = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(MAX_CALLS);
    private final Semaphore files = new Semaphore(MAX_FILES);
    private final Semaphore uploads = new Semaphore(MAX_UPLOADS);
    private final Semaphore sent = new Semaphore(MAX_SENT);
    private final String errorPrefix;
    private final AtomicLong errors = new AtomicLong();

    /** @param errorPrefix differs with each start, so that an error id is found in one log only */
    public Gate(
            AccessTable access,
            Sessions sessions,
            ApiTokens tokens,
            SessionCookie cookie,
            OriginRule origins,
            ClientAddress addresses,
            Supplier<FleetBook> book,
            BooleanSupplier databaseUp,
            ObjectMapper json,
            ExecutorService workers,
            MeterRegistry meters,
            String errorPrefix) {
        this.access = access;
        this.sessions = sessions;
        this.tokens = tokens;
        this.cookie = cookie;
        this.origins = origins;
        this.addresses = addresses;
        this.book = book;
        this.databaseUp = databaseUp;
        this.json = json;
        this.workers = workers;
        this.meters = meters;
        this.errorPrefix = errorPrefix;
    }

    /** Mounts routes, and a problem document for everything else under {@code /api}. */
    public void mount(Router router, List<Route> routes) {
        BodyHandler body = BodyHandler.create(false).setBodyLimit(MAX_BODY);
        BodyHandler file = BodyHandler.create(false).setBodyLimit(MAX_FILE);
        for (Route route : routes) {
            var mounted = router.route(route.method(), route.path());
            if (route.body() == Route.Body.FILE) {
                mounted.handler((SecurityPolicyHandler) context -> admit(context, route))
                        .handler(file);
            } else if (route.unsafe() && route.body() != Route.Body.UPLOAD) {
                mounted.handler(body);
            }
            mounted.handler(context -> begin(context, route)).failureHandler(this::failed);
        }
        router.route("/api/*").last().handler(context -> {
            boolean known = routes.stream().anyMatch(route -> matches(route.path(), context.normalizedPath()));
            refuse(
                    context,
                    known
                            ? Refusal.methodNotAllowed("This path takes another method: method="
                                    + context.request().method().name() + ".")
                            : Refusal.notFound("The API has no such path; see /api/v1/openapi.json."));
        });
        router.errorHandler(500, this::failed);
    }

    /**
     * The session behind a WebSocket's opening request, found on a virtual thread; {@code granted} runs on the request's context. The
     * request is refused otherwise.
     *
     * @param route method and path, as the table of access names it
     */
    public void open(RoutingContext context, String route, SocketOpening granted) {
        HttpServerRequest request = context.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            refuse(context, Refusal.badValue("This address is a WebSocket; open it with an upgrade."));
            return;
        }
        if (!origins.allows(request.getHeader("Origin"), request.getHeader("Host"))) {
            refuse(context, Refusal.notAllowed("The page's origin is not the console's own."));
            return;
        }
        Credential credential = credential(context);
        String address = addresses.of(request);
        Context loop = context.vertx().getOrCreateContext();
        request.pause();
        onWorker(context, loop, () -> {
            SignedIn who = signedIn(credential, address, route);
            Scope scope = who.scope(book.get());
            Set<TokenScope> scopes = who.tokenScopes();
            boolean wall = scopes != null && scopes.contains(TokenScope.WALL);
            Standing standing = new Standing(credential, address, route, scope, Sight.of(who.role()), wall, this);
            loop.runOnContext(nothing -> {
                request.resume();
                granted.open(scope, standing);
            });
        });
    }

    /** Takes over an opening request; {@link Standing#begin} when the socket is open. */
    @FunctionalInterface
    public interface SocketOpening {
        void open(Scope scope, Standing standing);
    }

    void watch(Standing standing) {
        standings.add(standing);
    }

    /** Looks at the sessions of all open sockets; may wait for the database. */
    public void checkStandings() {
        standings.forEach(Standing::check);
    }

    void forget(Standing standing) {
        standings.remove(standing);
    }

    /** Whether a session may still open a socket with a scope: 0, or the code to close its socket with. */
    int standing(Credential credential, String address, String route, Scope scope, Sight sight) {
        try {
            SignedIn who = found(credential, address, false);
            if (who == null) {
                return Standing.SESSION_ENDED;
            }
            return mayCall(who, route)
                            && !sessions.owesFactor(who)
                            && who.scope(book.get()).equals(scope)
                            && Sight.of(who.role()).equals(sight)
                    ? 0
                    : Standing.RIGHTS_CHANGED;
        } catch (SQLException e) {
            // The database is away; what was granted stands until it can be asked again.
            LOG.debug("a session could not be checked: {}", e.getMessage());
            return 0;
        }
    }

    /** Lets a file in after looking at who sends it, and only as many at once as there is room for. */
    private void admit(RoutingContext context, Route route) {
        HttpServerRequest request = context.request();
        context.put(TAKES_FILE, true);
        Credential credential = credential(context);
        String address = addresses.of(request);
        String csrf = request.getHeader(CSRF);
        Context loop = context.vertx().getOrCreateContext();
        request.pause();
        onWorker(context, loop, () -> {
            checkCsrf(csrf, signedIn(credential, address, route.name()));
            loop.runOnContext(nothing -> {
                if (context.response().closed()) {
                    // Nobody would give the room back: who has gone away ends no more.
                    return;
                }
                if (!files.tryAcquire()) {
                    refuse(context, Refusal.unavailable("Other files are looked at just now; send it again.", 5));
                    return;
                }
                context.addEndHandler(ended -> files.release());
                context.next();
                request.resume();
            });
        });
    }

    private void begin(RoutingContext context, Route route) {
        HttpServerRequest request = context.request();
        Timer.Sample sample = Timer.start(meters);
        context.addEndHandler(ended -> sample.stop(meters.timer(
                "haulwatch_console_request_seconds",
                "route",
                route.method().name() + " " + route.path(),
                "status",
                Integer.toString(context.response().getStatusCode()))));
        if (route.unsafe() && !origins.allows(request.getHeader("Origin"), request.getHeader("Host"))) {
            refuse(context, Refusal.notAllowed("The page's origin is not the console's own: reload the page."));
            return;
        }
        boolean isUpload = route.body() == Route.Body.UPLOAD;
        Buffer body = route.unsafe() && !isUpload ? context.body().buffer() : null;
        String contentType = request.getHeader("Content-Type");
        String csrf = request.getHeader(CSRF);
        String ifNoneMatch = request.getHeader("If-None-Match");
        boolean isGet = request.method().equals(HttpMethod.GET);
        String range = isGet ? request.getHeader("Range") : null;
        String ifRange = isGet ? request.getHeader("If-Range") : null;
        Map<String, String> cookies = cookies(context);
        Credential credential = credential(context);
        String address = addresses.of(request);
        Map<String, String> pathParameters = new HashMap<>(context.pathParams());
        Map<String, String> query = new HashMap<>();
        request.params(false).forEach((name, value) -> {
            if (!pathParameters.containsKey(name)) {
                query.putIfAbsent(name, value);
            }
        });
        String path = context.normalizedPath();
        Context loop = context.vertx().getOrCreateContext();
        if (isUpload) {
            request.pause();
        }
        onWorker(context, loop, () -> {
            SignedIn who = route.right() == Right.PUBLIC ? null : signedIn(credential, address, route.name());
            if (route.unsafe() && who != null) {
                checkCsrf(csrf, who);
            }
            Sight sight = Sight.of(who == null ? null : who.role());
            Function<@Nullable Upload, Call> call = upload -> new Call(
                    path,
                    pathParameters,
                    query,
                    route.body() == Route.Body.FILE || isUpload ? MissingNode.getInstance() : parse(body, contentType),
                    who,
                    who == null ? new Scope.Companies(Set.of()) : who.scope(book.get()),
                    credential.session(),
                    cookies,
                    address,
                    ifNoneMatch,
                    range,
                    ifRange,
                    route.body() == Route.Body.FILE ? body : null,
                    upload,
                    newErrorId());
            if (!isUpload) {
                answered(context, loop, route.endpoint().answer(call.apply(null)), sight);
                return;
            }
            if (!uploads.tryAcquire()) {
                throw Refusal.unavailable("Other files are received just now; send it again.", 5);
            }
            try (Upload upload = new Upload(request, loop)) {
                answered(context, loop, route.endpoint().answer(call.apply(upload)), sight);
            } finally {
                uploads.release();
            }
        });
    }

    private void answered(RoutingContext context, Context loop, Answer answer, Sight sight)
            throws JsonProcessingException {
        switch (answer.body()) {
            case StreamedBody streamed -> stream(context, loop, answer, null, streamed);
            case SizedBody sized -> sized(context, loop, answer, sized);
            case null, default -> {
                byte[] bytes = bytes(answer.body(), sight);
                loop.runOnContext(nothing -> send(context.response(), answer, bytes));
            }
        }
    }

    /** Sent by a thread of its own: whoever watches a film takes minutes, and calls that wait must not wait for that. */
    private void sized(RoutingContext context, Context loop, Answer answer, SizedBody body) {
        HttpServerResponse response = context.response();
        if (context.request().method().equals(HttpMethod.HEAD)) {
            loop.runOnContext(nothing -> {
                if (!response.ended() && !response.closed()) {
                    head(response, answer);
                    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
                    response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(body.length()));
                    response.end();
                }
            });
            return;
        }
        if (!sent.tryAcquire()) {
            throw Refusal.unavailable("Many others watch just now; try again.", 5);
        }
        try {
            workers.execute(() -> {
                try {
                    stream(context, loop, answer, body.length(), body.body());
                } finally {
                    sent.release();
                }
            });
        } catch (RejectedExecutionException e) {
            sent.release();
            throw Refusal.unavailable("The server stops.", 5);
        }
    }

    /**
     * Once the head is out nothing can be refused any more: what goes wrong then breaks the connection off and is told here.
     *
     * @param length of the body, null if nobody knows it before
     */
    private void stream(RoutingContext context, Context loop, Answer answer, @Nullable Long length, StreamedBody body) {
        HttpServerResponse response = context.response();
        loop.runOnContext(nothing -> {
            head(response, answer);
            response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
            if (length == null) {
                response.setChunked(true);
            } else {
                response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
                // Taken out again on the way: it says that nobody packs these bytes, whose places are asked for by
                // number.
                response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
            }
        });
        // Not closed when something goes wrong: that would end the response as if it were whole.
        ResponseStream out = new ResponseStream(response, loop);
        try {
            body.write(out);
            out.finish();
        } catch (IOException | SQLException | RuntimeException e) {
            // Whoever seeks in a film leaves the place where he was, each time.
            boolean left = length != null && e instanceof ResponseStream.GoneException;
            LOG.atLevel(left ? Level.DEBUG : Level.WARN)
                    .log(
                            "error_id={} {} broke off: {}",
                            newErrorId(),
                            Call.shown(context.normalizedPath()),
                            e.toString());
            loop.runOnContext(nothing -> response.reset());
        }
    }

    private SignedIn signedIn(Credential credential, String address, String route) throws SQLException {
        SignedIn who = found(credential, address, true);
        if (who == null && credential.token() != null) {
            Duration wait = tokens.failed(address);
            throw wait.isZero()
                    ? Refusal.signInNeeded("bad-token", "This token is unknown, over or revoked.")
                    : Refusal.slowDown("Too many tokens from this address that were not good.", wait.toSeconds() + 1);
        }
        if (who == null) {
            throw Refusal.signInNeeded("There is no valid session; POST /api/v1/session signs in.");
        }
        Right right = access.right(route);
        if (!access.allows(route, who.role())) {
            throw Refusal.notAllowed("This needs " + right.words() + ", which the role "
                    + who.role().word() + " does not have; held by: " + right.holders() + ".");
        }
        if (!mayCall(who, route)) {
            Set<TokenScope> scopes = access.tokenScopes(route);
            throw Refusal.notAllowedYet(
                    "token-scope",
                    scopes.isEmpty()
                            ? "No token may call this; sign in."
                            : "This token does not have the scope " + TokenScope.words(scopes) + ".");
        }
        if (right != Right.SIGNED_IN && sessions.owesFactor(who)) {
            throw Refusal.notAllowedYet(
                    "second-factor-owed",
                    "This installation wants a second factor of the role "
                            + who.role().word() + "; set one up in your account first.");
        }
        return who;
    }

    private @Nullable SignedIn found(Credential credential, String address, boolean used) throws SQLException {
        String token = credential.token();
        return token == null ? sessions.find(credential.session(), used) : tokens.find(token, address);
    }

    /** Whether role and, for a program, token allow a route. */
    private boolean mayCall(SignedIn who, String route) {
        Set<TokenScope> scopes = who.tokenScopes();
        return access.allows(route, who.role())
                && (scopes == null || !Collections.disjoint(scopes, access.tokenScopes(route)));
    }

    private Credential credential(RoutingContext context) {
        HttpServerRequest request = context.request();
        return Credential.of(
                cookie.tokenOf(cookies(context)),
                request.getHeader(HttpHeaders.AUTHORIZATION),
                request.getHeader(SOCKET_PROTOCOLS));
    }

    private static void checkCsrf(@Nullable String csrf, SignedIn who) {
        byte[] expected = who.csrf().getBytes(StandardCharsets.UTF_8);
        if (csrf == null || !MessageDigest.isEqual(expected, csrf.getBytes(StandardCharsets.UTF_8))) {
            throw Refusal.notAllowed(
                    "The header X-CSRF-Token does not hold the session's token; GET /api/v1/session tells it.");
        }
    }

    private JsonNode parse(@Nullable Buffer body, @Nullable String contentType) {
        if (body == null || body.length() == 0) {
            return MissingNode.getInstance();
        }
        if (contentType == null
                || !contentType.toLowerCase(Locale.ROOT).replace(" ", "").startsWith("application/json")) {
            throw Refusal.wrongMediaType("The body must be application/json.");
        }
        try {
            JsonNode parsed = json.readTree(body.getBytes());
            return parsed == null ? MissingNode.getInstance() : parsed;
        } catch (IOException e) {
            throw Refusal.badValue("The body is not JSON.");
        }
    }

    private byte[] bytes(@Nullable Object body, Sight sight) throws JsonProcessingException {
        return switch (body) {
            case null -> new byte[0];
            case byte[] ready -> ready;
            default -> sight.writer(json).writeValueAsBytes(body);
        };
    }

    private void onWorker(RoutingContext context, Context loop, Work work) {
        if (!room.tryAcquire()) {
            refuse(context, Refusal.unavailable("Too many calls wait already.", 1));
            return;
        }
        try {
            workers.execute(() -> {
                try {
                    work.run();
                } catch (Exception | Error e) {
                    // An error too: whoever asked would wait for an answer that never comes.
                    loop.runOnContext(nothing -> refuse(context, e));
                } finally {
                    room.release();
                }
            });
        } catch (RejectedExecutionException e) {
            room.release();
            refuse(context, Refusal.unavailable("The server stops.", 5));
        }
    }

    private void failed(RoutingContext context) {
        int status = context.statusCode();
        Throwable cause = context.failure();
        if (status == 413) {
            refuse(
                    context,
                    context.get(TAKES_FILE) == null
                            ? Refusal.tooLarge("A body has at most " + MAX_BODY + " bytes.")
                            : Refusal.tooLarge("A file has at most " + MAX_FILE / (1024 * 1024)
                                    + " MB. Split it into several files."));
        } else if (status == 400) {
            refuse(context, Refusal.badValue("The request cannot be read."));
        } else {
            refuse(context, cause == null ? Refusal.internal() : cause);
        }
    }

    /** Answers with the problem document of what went wrong. */
    public void refuse(RoutingContext context, Throwable problem) {
        if (problem instanceof Upload.CutException) {
            LOG.debug("{} broke off: {}", Call.shown(context.normalizedPath()), problem.getMessage());
            context.response().reset();
            return;
        }
        String errorId = newErrorId();
        Refusal refusal = refusalOf(problem);
        if (refusal.status() == 500) {
            LOG.error(
                    "error_id={} {} {} answered 500",
                    errorId,
                    context.request().method(),
                    Call.shown(context.normalizedPath()),
                    problem);
        } else if (refusal.status() > 500) {
            LOG.warn(
                    "error_id={} {} {} answered {}: {}",
                    errorId,
                    context.request().method(),
                    Call.shown(context.normalizedPath()),
                    refusal.status(),
                    problem.getMessage());
        }
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        Answer answer = new Answer(
                refusal.status(), refusal.document(context.normalizedPath(), errorId), PROBLEM_JSON, refusal.headers());
        try {
            send(response, answer, bytes(answer.body(), Sight.MASKED));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem document is JSON", e);
        }
        // What still comes of a file that was held back is let go by, or the sender never reads why.
        context.request().resume();
    }

    private Refusal refusalOf(Throwable problem) {
        if (problem instanceof Refusal refusal) {
            return refusal;
        }
        if (problem instanceof SQLException sql && (isConnection(sql) || !databaseUp.getAsBoolean())) {
            return Refusal.unavailable(
                    "The database does not answer now; reports are still taken in, and this page works again once it does.",
                    5);
        }
        return Refusal.internal();
    }

    private static boolean isConnection(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || (state != null && (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")));
    }

    private static void send(HttpServerResponse response, Answer answer, byte[] bytes) {
        if (response.ended() || response.closed()) {
            return;
        }
        head(response, answer);
        if (bytes.length > 0) {
            response.putHeader("Content-Type", answer.contentType());
        }
        response.end(Buffer.buffer(bytes));
    }

    private static void head(HttpServerResponse response, Answer answer) {
        response.setStatusCode(answer.status());
        response.putHeader("Cache-Control", "no-store");
        answer.headers().forEach(response::putHeader);
    }

    private static Map<String, String> cookies(RoutingContext context) {
        Map<String, String> cookies = new HashMap<>();
        for (Cookie cookie : context.request().cookies()) {
            cookies.putIfAbsent(cookie.getName(), cookie.getValue());
        }
        return cookies;
    }

    private String newErrorId() {
        return errorPrefix + "-" + errors.incrementAndGet();
    }

    private static boolean matches(String pattern, String path) {
        String[] expected = pattern.split("/", -1);
        String[] actual = path.split("/", -1);
        if (expected.length != actual.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (!expected[i].startsWith(":") && !expected[i].equals(actual[i])) {
                return false;
            }
        }
        return true;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}

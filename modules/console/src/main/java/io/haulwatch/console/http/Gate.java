package io.haulwatch.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.session.BearerTokens;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.SessionCookie;
import io.haulwatch.console.session.Sessions;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.sheet.SheetFile;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Mounts routes and stands before each of them: origin, session, right, CSRF token, body; then the endpoint on a virtual thread; then the
 * answer or the problem document.
 */
public final class Gate {
    /** Largest body of a call. */
    public static final int MAX_BODY = 64 * 1024;

    /** Longest first line of a request: method, path and query. */
    public static final int MAX_ADDRESS_LINE = 8 * 1024;

    /** Largest headers of a request, together. */
    public static final int MAX_HEADERS = 16 * 1024;

    /** Largest file that is sent. */
    public static final int MAX_FILE = SheetFile.MOST_BYTES;

    private static final String CSRF = "X-CSRF-Token";
    /** Files that are received or worked on at once: each may take as much memory as it is long, some times over. */
    private static final int MAX_FILES = 2;

    /** Uploads that are written to the disk at once. */
    private static final int MAX_UPLOADS = 8;

    private static final String TAKES_FILE = "takes-file";

    private final Admission admission;
    private final OriginRule origins;
    private final ClientAddress addresses;
    private final ObjectMapper json;
    private final MeterRegistry meters;
    private final Replies replies;
    private final WaitingRoom room;
    private final SocketGate sockets;
    private final Semaphore files = new Semaphore(MAX_FILES);
    private final Semaphore uploads = new Semaphore(MAX_UPLOADS);

    /** @param errorPrefix differs with each start, so that an error id is found in one log only */
    public Gate(
            AccessTable access,
            Sessions sessions,
            BearerTokens tokens,
            SessionCookie cookie,
            OriginRule origins,
            ClientAddress addresses,
            Supplier<FleetBook> book,
            BooleanSupplier databaseUp,
            ObjectMapper json,
            ExecutorService workers,
            MeterRegistry meters,
            String errorPrefix) {
        this.admission = new Admission(access, sessions, tokens, cookie, book);
        this.origins = origins;
        this.addresses = addresses;
        this.json = json;
        this.meters = meters;
        this.replies = new Replies(databaseUp, json, workers, errorPrefix);
        this.room = new WaitingRoom(workers, replies);
        this.sockets = new SocketGate(admission, origins, addresses, room, replies);
    }

    /** The gate of WebSockets, which share room and rights with the routes. */
    public SocketGate sockets() {
        return sockets;
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
            replies.refuse(
                    context,
                    known
                            ? Refusal.methodNotAllowed("This path takes another method: method="
                                    + context.request().method().name() + ".")
                            : Refusal.notFound("The API has no such path; see /api/v1/openapi.json."));
        });
        router.errorHandler(500, this::failed);
    }

    /** Answers what the server could not read as a request. */
    public void unreadable(HttpServerRequest request) {
        replies.refuseUnreadable(
                request,
                switch (request.decoderResult().cause()) {
                    case TooLongHttpLineException tooLong ->
                        Refusal.addressTooLong("An address has at most " + MAX_ADDRESS_LINE
                                + " bytes with its query: ask for less at once.");
                    case TooLongHttpHeaderException tooLarge ->
                        Refusal.headersTooLarge("The headers have at most " + MAX_HEADERS
                                + " bytes together: remove cookies of this address.");
                    case null, default -> Refusal.badValue("What came is not a request of HTTP/1.1.");
                });
    }

    /** Lets a file in after looking at who sends it, and only as many at once as there is room for. */
    private void admit(RoutingContext context, Route route) {
        HttpServerRequest request = context.request();
        context.put(TAKES_FILE, true);
        Credential credential = admission.credential(context);
        String address = addresses.of(request);
        String csrf = request.getHeader(CSRF);
        Context loop = context.vertx().getOrCreateContext();
        request.pause();
        room.run(context, loop, () -> {
            Admission.checkCsrf(csrf, admission.signedIn(credential, address, route.name()));
            loop.runOnContext(nothing -> {
                if (context.response().closed()) {
                    // Nobody would give the room back: who has gone away ends no more.
                    return;
                }
                if (!files.tryAcquire()) {
                    replies.refuse(
                            context, Refusal.unavailable("Other files are looked at just now; send it again.", 5));
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
            replies.refuse(context, Refusal.notAllowed("The page's origin is not the console's own: reload the page."));
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
        Map<String, String> cookies = Admission.cookies(context);
        Credential credential = admission.credential(context);
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
        room.run(context, loop, () -> {
            SignedIn who = route.right() == Right.PUBLIC ? null : admission.signedIn(credential, address, route.name());
            if (route.unsafe() && who != null) {
                Admission.checkCsrf(csrf, who);
            }
            Sight sight = Sight.of(who == null ? null : who.role());
            Function<@Nullable Upload, Call> call = upload -> new Call(
                    path,
                    pathParameters,
                    query,
                    route.body() == Route.Body.FILE || isUpload ? MissingNode.getInstance() : parse(body, contentType),
                    who,
                    who == null ? new Scope.Companies(Set.of()) : admission.scope(who),
                    credential.session(),
                    cookies,
                    address,
                    ifNoneMatch,
                    range,
                    ifRange,
                    route.body() == Route.Body.FILE ? body : null,
                    upload,
                    replies.newErrorId());
            if (!isUpload) {
                replies.answer(context, loop, route.endpoint().answer(call.apply(null)), sight);
                return;
            }
            if (!uploads.tryAcquire()) {
                throw Refusal.unavailable("Other files are received just now; send it again.", 5);
            }
            try (Upload upload = new Upload(request, loop)) {
                replies.answer(context, loop, route.endpoint().answer(call.apply(upload)), sight);
            } finally {
                uploads.release();
            }
        });
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

    private void failed(RoutingContext context) {
        int status = context.statusCode();
        Throwable cause = context.failure();
        if (status == 413) {
            replies.refuse(
                    context,
                    context.get(TAKES_FILE) == null
                            ? Refusal.tooLarge("A body has at most " + MAX_BODY + " bytes.")
                            : Refusal.tooLarge("A file has at most " + MAX_FILE / (1024 * 1024)
                                    + " MB. Split it into several files."));
        } else if (status == 400) {
            replies.refuse(context, Refusal.badValue("The request cannot be read."));
        } else {
            replies.refuse(context, cause == null ? Refusal.internal() : cause);
        }
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
}

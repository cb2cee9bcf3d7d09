package io.haulwatch.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.personal.Sight;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Sends answers, whole or piece by piece, and the problem document of whatever went wrong. */
final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
    private static final String PROBLEM_JSON = "application/problem+json; charset=utf-8";
    /** Bodies of known length that are sent at once: each has three buffers of 64 KiB. */
    private static final int MAX_SENT = 256;

    private final BooleanSupplier databaseUp;
    private final ObjectMapper json;
    private final ExecutorService workers;
    private final Semaphore sent = new Semaphore(MAX_SENT);
    private final String errorPrefix;
    private final AtomicLong errors = new AtomicLong();

    Replies(BooleanSupplier databaseUp, ObjectMapper json, ExecutorService workers, String errorPrefix) {
        this.databaseUp = databaseUp;
        this.json = json;
        this.workers = workers;
        this.errorPrefix = errorPrefix;
    }

    void answer(RoutingContext context, Context loop, Answer answer, Sight sight) throws JsonProcessingException {
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
     * What goes wrong before the first bytes are out is refused like anything else. Afterwards nothing can be refused any more: the connection is broken
     * off, and the log has the cause.
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
            loop.runOnContext(nothing -> {
                if (!response.headWritten() && !response.closed()) {
                    withoutHead(response, answer);
                    refuse(context, e);
                    return;
                }
                LOG.atLevel(left ? Level.DEBUG : Level.WARN)
                        .log(
                                "error_id={} {} broke off: {}",
                                newErrorId(),
                                Call.shown(context.normalizedPath()),
                                e.toString());
                response.reset();
            });
        }
    }

    /** Takes back what was said of a body that does not come. */
    private static void withoutHead(HttpServerResponse response, Answer answer) {
        answer.headers().keySet().forEach(response.headers()::remove);
        response.headers().remove(HttpHeaders.CONTENT_LENGTH).remove(HttpHeaders.CONTENT_ENCODING);
        response.setChunked(false);
    }

    private byte[] bytes(@Nullable Object body, Sight sight) throws JsonProcessingException {
        return switch (body) {
            case null -> new byte[0];
            case byte[] ready -> ready;
            default -> sight.writer(json).writeValueAsBytes(body);
        };
    }

    /** Answers with the problem document of what went wrong. */
    void refuse(RoutingContext context, Throwable problem) {
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
        tell(response, refusal, context.normalizedPath(), errorId);
        // What still comes of a file that was held back is let go by, or the sender never reads why.
        context.request().resume();
    }

    /** Answers what could not be read as a request, and says that the connection ends: nobody knows where the next one would begin. */
    void refuseUnreadable(HttpServerRequest request, Refusal refusal) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        tell(response, refusal, null, newErrorId());
        request.connection().close();
    }

    /** Sends the problem document of a refusal. @param path that was asked for, null if it could not be read */
    private void tell(HttpServerResponse response, Refusal refusal, @Nullable String path, String errorId) {
        Answer answer = new Answer(refusal.status(), refusal.document(path, errorId), PROBLEM_JSON, refusal.headers());
        try {
            send(response, answer, bytes(answer.body(), Sight.MASKED));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem document is JSON", e);
        }
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

    String newErrorId() {
        return errorPrefix + "-" + errors.incrementAndGet();
    }
}

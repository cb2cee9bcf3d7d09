package io.haulwatch.console.notifications;

import io.haulwatch.console.notifications.Outcome.Arrived;
import io.haulwatch.console.notifications.Outcome.Failed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a program something by an HTTP POST, signed if it has a secret of ours. The address is looked up, judged, and then called as it was judged: a name that leads elsewhere a moment
 * later gains nothing. Redirects are not followed; of the answer its status counts, and no more than some bytes are read.
 */
final class SignedPost implements AutoCloseable {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int MOST_ANSWER = 4_096;

    private final HttpClient client;
    private final TargetRule rule;
    private final Lookup lookup;
    private final Duration limit;

    /** Names to addresses. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** @param limit for one message from the first byte to the answer's status */
    SignedPost(Vertx vertx, TargetRule rule, Lookup lookup, Duration limit) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setMaxHeaderSize(MOST_ANSWER * 2)
                .setMaxInitialLineLength(MOST_ANSWER));
        this.rule = rule;
        this.lookup = lookup;
        this.limit = limit;
    }

    /**
     * Sends once, in bounded time; never throws for what the other side does.
     *
     * @param id the same however often it is sent
     */
    Outcome send(URI address, byte[] secret, UUID id, String body, Instant now) throws InterruptedException {
        return post(
                address,
                Map.of(
                        "webhook-id",
                        id.toString(),
                        "webhook-timestamp",
                        Long.toString(now.getEpochSecond()),
                        "webhook-signature",
                        Signature.of(secret, id, now, body)),
                body);
    }

    /** The same without a signature. @param headers besides those of every message */
    Outcome post(URI address, Map<String, String> headers, String body) throws InterruptedException {
        InetAddress place;
        try {
            place = judged(address);
        } catch (UnknownHostException e) {
            return new Failed("unknown_host", address.getHost());
        }
        if (place == null) {
            return new Failed("target_closed", address.getHost());
        }
        boolean tls = address.getScheme().equals("https");
        int port = address.getPort() < 0 ? tls ? 443 : 80 : address.getPort();
        String query = address.getRawQuery();
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(place, port)))
                .setHost(address.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI(query == null ? path : path + "?" + query)
                .putHeader("content-type", "application/json; charset=utf-8")
                .putHeader("user-agent", "Haulwatch");
        headers.forEach(request::putHeader);
        return exchange(request, body);
    }

    /** The address that is called; null if one of the name's addresses is closed, or is called without TLS and not opened. */
    private @Nullable InetAddress judged(URI address) throws UnknownHostException {
        String host = address.getHost();
        InetAddress[] places =
                lookup.of(host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host);
        boolean plain = address.getScheme().equals("http");
        for (InetAddress place : places) {
            if (!rule.allows(place) || (plain && !rule.isOpened(place))) {
                return null;
            }
        }
        return places.length == 0 ? null : places[0];
    }

    private Outcome exchange(RequestOptions options, String body) throws InterruptedException {
        AtomicReference<@Nullable HttpClientRequest> under = new AtomicReference<>();
        AtomicInteger status = new AtomicInteger();
        Future<Integer> answer = client.request(options)
                .compose(request -> {
                    under.set(request);
                    return request.send(Buffer.buffer(body));
                })
                .compose(response -> {
                    status.set(response.statusCode());
                    return read(response);
                });
        try {
            return said(answer.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            // Who says that he has it and then goes on talking has it.
            return status.get() > 0 ? said(status.get()) : new Failed("timeout", limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            return status.get() > 0 ? said(status.get()) : failed(e.getCause());
        } finally {
            HttpClientRequest request = under.get();
            if (request != null) {
                request.reset();
            }
        }
    }

    /** Reads as much as anybody may say in thanks, and says the status. */
    private static Future<Integer> read(HttpClientResponse response) {
        Promise<Integer> done = Promise.promise();
        AtomicInteger bytes = new AtomicInteger();
        response.exceptionHandler(error -> done.tryComplete(response.statusCode()))
                .endHandler(end -> done.tryComplete(response.statusCode()))
                .handler(part -> {
                    if (bytes.addAndGet(part.length()) > MOST_ANSWER) {
                        done.tryComplete(response.statusCode());
                    }
                });
        return done.future();
    }

    private static Outcome said(int status) {
        if (status >= 200 && status < 300) {
            return new Arrived();
        }
        return new Failed(status >= 300 && status < 400 ? "redirect" : "status", Integer.toString(status));
    }

    private static Failed failed(@Nullable Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof SSLException) {
                return new Failed("tls", String.valueOf(each.getMessage()));
            }
            if (each instanceof ConnectException || each instanceof NoRouteToHostException) {
                return new Failed(
                        String.valueOf(each.getMessage()).contains("timed out") ? "timeout" : "unreachable", "");
            }
        }
        return new Failed("broken_off", error == null ? "" : error.getClass().getSimpleName());
    }

    @Override
    public void close() {
        var unused = client.close();
    }
}

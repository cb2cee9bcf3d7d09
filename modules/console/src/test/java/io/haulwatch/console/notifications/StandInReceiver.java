package io.haulwatch.console.notifications;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Somebody's program that takes notifications, on loopback. It can be off: then its port is held and nobody listens there. */
public final class StandInReceiver implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /** What it got, in order. */
    public final List<Got> got = new CopyOnWriteArrayList<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int port;
    /** Says the status of the answer; may take its time. */
    private volatile Function<Got, Integer> answers = got -> 204;

    private @Nullable HttpServer server;
    private @Nullable Socket holder;

    /** One message. */
    public record Got(
            String path,
            String id,
            String timestamp,
            String signature,
            String version,
            String authorization,
            String body) {}

    /** Begins off. */
    public StandInReceiver() {
        try {
            Socket held = new Socket();
            held.setReuseAddress(true);
            held.bind(new InetSocketAddress(HERE, 0));
            this.port = held.getLocalPort();
            this.holder = held;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "http://127.0.0.1:" + port + "/haulwatch";
    }

    public void answers(Function<Got, Integer> status) {
        answers = status;
    }

    public void on() throws IOException {
        Socket held = holder;
        if (held != null) {
            held.close();
            holder = null;
        }
        HttpServer started = HttpServer.create(new InetSocketAddress(HERE, port), 0);
        started.setExecutor(threads);
        started.createContext("/", this::take);
        started.start();
        server = started;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Got one = new Got(
                    exchange.getRequestURI().getPath(),
                    header(exchange, "webhook-id"),
                    header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"),
                    header(exchange, "X-Experience-API-Version"),
                    header(exchange, "authorization"),
                    body);
            got.add(one);
            int status = answers.apply(one);
            if (status / 100 == 3) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() throws IOException {
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
        }
        Socket held = holder;
        if (held != null) {
            held.close();
        }
        threads.shutdownNow();
    }
}

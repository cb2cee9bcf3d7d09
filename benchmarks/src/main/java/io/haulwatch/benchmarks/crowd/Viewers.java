package io.haulwatch.benchmarks.crowd;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * People who look at the live map, as lines of the binary feed and nothing else: so many that read, and so many that open the line and
 * never read. Prints what those who read got.
 *
 * <p>{@code Viewers BASE-URI READING NOT-READING SECONDS}; the password of {@code admin} is in {@code HAULWATCH_ADMIN_PASSWORD}.
 */
public final class Viewers {
    private static final int LONGEST_MESSAGE = 1 << 24;
    private static final int TYPE_AT = 2;
    private static final int EPOCH_AT = 4;
    private static final int SEQUENCE_AT = 8;
    private static final int COUNT_AT = 12;
    private static final int SNAPSHOT = 1;
    private static final int DELTA = 2;
    private static final int HEARTBEAT = 6;

    private Viewers() {}

    public static void main(String[] arguments) throws Exception {
        URI base = URI.create(arguments[0]);
        int reading = Integer.parseInt(arguments[1]);
        int silent = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        String cookie;
        try (HttpClient http = HttpClient.newHttpClient()) {
            cookie = signIn(http, base);
        }
        // Not the JDK's WebSocket: it loses its place when bytes come together with the answer to its opening.
        Vertx vertx = Vertx.vertx();
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxConnections(reading + silent).setMaxMessageSize(LONGEST_MESSAGE));
        try {
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i < reading + silent; i++) {
                lines.add(open(client, base, cookie, i < reading));
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            lines.forEach(Line::end);
            report(lines.subList(0, reading), silent, seconds);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private static String signIn(HttpClient http, URI base) throws IOException, InterruptedException {
        String password = System.getenv("HAULWATCH_ADMIN_PASSWORD");
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(base.resolve("/api/v1/session"))
                        .header("Content-Type", "application/json")
                        .header("Origin", base.toString())
                        .POST(BodyPublishers.ofString("{\"username\":\"admin\",\"password\":\"" + password + "\"}"))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("no sign-in: " + answer.statusCode() + " " + answer.body());
        }
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    private static Line open(WebSocketClient client, URI base, String cookie, boolean reads) throws Exception {
        Line line = new Line();
        ClientWebSocket socket = client.webSocket();
        socket.binaryMessageHandler(line::message);
        socket.closeHandler(
                closed -> line.breaks("closed with " + socket.closeStatusCode() + " " + socket.closeReason()));
        socket.exceptionHandler(error -> line.breaks(error.toString()));
        socket.connect(new WebSocketConnectOptions()
                        .setHost(base.getHost())
                        .setPort(base.getPort())
                        .setURI("/ws/fleet")
                        .addHeader("Cookie", cookie))
                .onSuccess(opened -> {
                    if (!reads) {
                        opened.pause();
                    }
                })
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        return line;
    }

    private static void report(List<Line> lines, int silent, int seconds) {
        long bytes = lines.stream().mapToLong(line -> line.bytes).sum();
        long updates = lines.stream().mapToLong(line -> line.updates).sum();
        long jumps = lines.stream().mapToLong(line -> line.jumps).sum();
        long broken = lines.stream().filter(line -> line.broken).count();
        long snapshots = lines.stream().mapToLong(line -> line.snapshots).sum();
        long[] gaps = lines.stream()
                .flatMapToLong(line -> Arrays.stream(line.gaps, 0, line.gapCount))
                .sorted()
                .toArray();
        int trucks = lines.stream().mapToInt(line -> line.trucks).max().orElse(0);
        System.out.printf(
                Locale.ROOT,
                "%d read, %d do not: trucks in the snapshot %d, updates/s for each reader %.0f, bytes per update %.1f, kB/s for each reader %.1f,"
                        + " time between two frames ms p50 %.0f p99 %.0f max %.0f, snapshots %d, jumps in the sequence %d, lines broken %d%n",
                lines.size(),
                silent,
                trucks,
                updates / (double) lines.size() / seconds,
                bytes / (double) Math.max(1, updates),
                bytes / 1_000.0 / lines.size() / seconds,
                millis(gaps, 50),
                millis(gaps, 99),
                millis(gaps, 100),
                snapshots,
                jumps,
                broken);
    }

    private static double millis(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }

    /** One viewer's line; its event loop calls it from one thread. */
    private static final class Line {
        private static final int MOST_GAPS = 100_000;

        private final long[] gaps = new long[MOST_GAPS];
        private volatile boolean over;
        private long last;
        private int gapCount;
        private int epoch;
        private int sequence;
        private int trucks;
        private long bytes;
        private long updates;
        private long snapshots;
        private long jumps;
        private boolean broken;

        void end() {
            over = true;
        }

        void message(Buffer message) {
            if (over) {
                return;
            }
            int type = message.getByte(TYPE_AT);
            int at = message.getIntLE(SEQUENCE_AT);
            int count = message.getIntLE(COUNT_AT);
            if (type == SNAPSHOT) {
                snapshots++;
                trucks = count;
                epoch = message.getIntLE(EPOCH_AT);
            } else if (type != HEARTBEAT && (message.getIntLE(EPOCH_AT) != epoch || at != sequence + 1)) {
                jumps++;
            }
            sequence = at;
            if (type == DELTA) {
                long now = System.nanoTime();
                if (last != 0 && gapCount < MOST_GAPS) {
                    gaps[gapCount++] = now - last;
                }
                last = now;
                updates += count;
                bytes += message.length();
            }
        }

        void breaks(String why) {
            if (!over) {
                broken = true;
                System.err.println("a line broke: " + why);
            }
        }
    }
}

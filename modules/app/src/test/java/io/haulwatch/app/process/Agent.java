package io.haulwatch.app.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody of the safety centre who is signed in and watches the live alarms. */
final class Agent implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ProductProcess product;
    private final String cookie;

    private Agent(ProductProcess product) throws IOException, InterruptedException {
        this.product = product;
        HttpResponse<String> answer = http.send(
                request("/api/v1/session")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.createObjectNode()
                                .put("username", "admin")
                                .put("password", ProductProcess.ADMIN_PASSWORD)
                                .toString()))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("no sign-in: " + answer.statusCode() + " " + answer.body());
        }
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        this.cookie = set.substring(0, set.indexOf(';'));
    }

    static Agent signIn(ProductProcess product) throws IOException, InterruptedException {
        return new Agent(product);
    }

    /** Answer to a call of this session. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).header("Cookie", cookie).build(), BodyHandlers.ofString());
    }

    /** Answer to a call of this session that has to succeed. */
    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(product.uri(path)).timeout(Duration.ofSeconds(30));
    }

    /** Opens the stream of live alarms, as the pages do. */
    Alarms alarms() throws Exception {
        Alarms alarms = new Alarms();
        alarms.socket = http.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .header("Cookie", cookie)
                .buildAsync(URI.create("ws://127.0.0.1:" + product.httpPort() + "/ws/alarms"), alarms)
                .get(30, TimeUnit.SECONDS);
        return alarms;
    }

    /** What came over a line of live alarms. */
    static final class Alarms implements WebSocket.Listener, AutoCloseable {
        private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private volatile boolean closed;

        @Nullable
        private WebSocket socket;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(read(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private static JsonNode read(String message) {
            try {
                return JSON.readTree(message);
            } catch (IOException e) {
                throw new IllegalStateException("not JSON: " + message, e);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed = true;
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed = true;
        }

        boolean isOpen() {
            return !closed;
        }

        /** Alarms that were said to go on, of the vehicle with this plate. */
        List<JsonNode> open(String plate) {
            return messages.stream()
                    .filter(message -> message.path("type").asText().equals("episode"))
                    .map(message -> message.path("episode"))
                    .filter(episode ->
                            episode.path("vehicle").path("plate").asText().equals(plate)
                                    && episode.path("state").asText().equals("open"))
                    .toList();
        }

        /** Revisions of alarms that came so far. */
        long count() {
            return messages.stream()
                    .filter(message -> message.path("type").asText().equals("episode"))
                    .count();
        }

        /** The newest word on how the system is. */
        JsonNode status() {
            return messages.stream()
                    .filter(message -> message.path("type").asText().equals("status"))
                    .reduce((earlier, later) -> later)
                    .orElseThrow()
                    .path("status");
        }

        @Override
        public void close() {
            if (socket != null) {
                socket.abort();
            }
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

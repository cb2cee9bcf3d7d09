package io.haulwatch.console;

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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Somebody at a browser: holds a cookie and a CSRF token, and sends what he is told to. */
final class Visitor {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String PASSWORD = "山高水长-0818-xy";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final int port;

    @Nullable
    String cookie;

    @Nullable
    String csrf;

    @Nullable
    String origin;

    /** Of a program. */
    @Nullable
    String authorization;

    /** Of a big screen: goes along as a protocol of its WebSocket, as a browser has to send it. */
    @Nullable
    String kiosk;

    /** What a proxy says about where this comes from; each line is a header line. */
    @Nullable
    String forwardedFor;

    Visitor(int port) {
        this.port = port;
    }

    /** Signs in; fails the test if that does not work. */
    static Visitor signedIn(int port, String username) throws IOException, InterruptedException {
        Visitor visitor = new Visitor(port);
        HttpResponse<String> answer = visitor.signIn(username, PASSWORD);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("no sign-in: " + answer.statusCode() + " " + answer.body());
        }
        return visitor;
    }

    HttpResponse<String> signIn(String username, String password) throws IOException, InterruptedException {
        return signIn(username, password, null);
    }

    /** @param code of the second factor, null to say none */
    HttpResponse<String> signIn(String username, String password, @Nullable String code)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(
                "POST",
                "/api/v1/session",
                JSON.createObjectNode()
                        .put("username", username)
                        .put("password", password)
                        .put("code", code)
                        .toString());
        answer.headers().firstValue("Set-Cookie").ifPresent(value -> cookie = value.substring(0, value.indexOf(';')));
        if (answer.statusCode() == 200) {
            csrf = JSON.readTree(answer.body()).get("csrf_token").textValue();
        }
        return answer;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    /** GET that must be answered with 200, as JSON. */
    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    HttpResponse<String> send(String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> raw(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofByteArray());
    }

    HttpResponse<String> text(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        if (csrf != null) {
            request.header("X-CSRF-Token", csrf);
        }
        if (origin != null) {
            request.header("Origin", origin);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (forwardedFor != null) {
            forwardedFor.lines().forEach(line -> request.header("X-Forwarded-For", line));
        }
        return request;
    }

    /** Opens a WebSocket; the exception of a refusal is thrown as it is. */
    Line open(String path) throws InterruptedException, ExecutionException, TimeoutException {
        Line line = new Line();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        if (cookie != null) {
            builder.header("Cookie", cookie);
        }
        if (origin != null) {
            builder.header("Origin", origin);
        }
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        if (kiosk != null) {
            builder.subprotocols("haulwatch-wall", kiosk);
        }
        line.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), line)
                .get(15, TimeUnit.SECONDS);
        return line;
    }

    /** What came over a WebSocket. */
    static final class Line implements WebSocket.Listener {
        final List<byte[]> frames = new CopyOnWriteArrayList<>();
        final List<JsonNode> messages = new CopyOnWriteArrayList<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final java.io.ByteArrayOutputStream binary = new java.io.ByteArrayOutputStream();
        private final StringBuilder text = new StringBuilder();

        @Nullable
        WebSocket socket;

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            binary.writeBytes(part);
            if (last) {
                frames.add(binary.toByteArray());
                binary.reset();
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    messages.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    closed.completeExceptionally(e);
                }
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        List<JsonNode> episodes() {
            return messages.stream()
                    .filter(message -> message.path("type").asText().equals("episode"))
                    .toList();
        }

        void close() {
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
        }
    }
}

package io.haulwatch.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.console.personal.Sight;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table that is written while it is sent: a fault before its first bytes is told in words, one after them breaks it off. */
class RepliesTest {
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private Replies replies;

    @BeforeEach
    void open() {
        replies = new Replies(() -> true, Json.mapper(), workers, "t");
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        workers.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aDatabaseThatGoesAwayBeforeTheFirstBytesIsSaidAndNoFileIsPromised() throws Exception {
        HttpResponse<String> answer = asked(out -> {
            out.write("one line\n".getBytes(StandardCharsets.UTF_8));
            throw new SQLException("gone", "08006");
        });
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.body()).contains("The database does not answer now").doesNotContain("one line");
    }

    @Test
    void aFaultAfterTheFirstBytesBreaksTheTableOffSoThatNobodyTakesItForWhole() {
        assertThatThrownBy(() -> asked(out -> {
                    out.write(new byte[300_000]);
                    throw new SQLException("gone", "08006");
                }))
                .isInstanceOf(IOException.class);
    }

    private HttpResponse<String> asked(StreamedBody body) throws Exception {
        Router router = Router.router(vertx);
        router.get("/table").handler(context -> {
            Context loop = vertx.getOrCreateContext();
            workers.execute(() -> {
                try {
                    replies.answer(
                            context,
                            loop,
                            Answer.streamed(body, "text/csv").with("Content-Disposition", "attachment"),
                            Sight.MASKED);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
        });
        int port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/table"))
                        .build(),
                BodyHandlers.ofString());
    }
}

package io.haulwatch.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaticPagesTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private int port;

    @BeforeAll
    void start() throws Exception {
        Router router = Router.router(vertx);
        new StaticPages(StaticPagesTest.class.getClassLoader(), workers).mount(router);
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    @AfterAll
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
        workers.shutdown();
    }

    @Test
    void everyPathOfThePagesOwnRouterGetsTheStartPageFreshEachTime() throws Exception {
        for (String path : List.of("/", "/alarms", "/companies/3/risk", "/index.html")) {
            HttpResponse<byte[]> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("test page");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/html");
        }
    }

    @Test
    void hashedFilesAreKeptForEverAndSentPacked() throws Exception {
        HttpResponse<byte[]> answer = get("/assets/index-abc123.js", "Accept-Encoding", "gzip, br");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("assets");
        }
        HttpResponse<byte[]> plain = get("/assets/index-abc123.js");
        assertThat(new String(plain.body(), StandardCharsets.UTF_8)).contains("assets");
        String tag = plain.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/assets/index-abc123.js", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void pathsBelowDriverGetTheStartPageOfThePhone() throws Exception {
        for (String path : List.of("/driver/", "/driver/index.html", "/driver/learn/7", "/driver/anything")) {
            HttpResponse<byte[]> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .as(path)
                    .contains("test phone");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
        }
        assertThat(new String(get("/drivers").body(), StandardCharsets.UTF_8)).contains("test page");
    }

    @Test
    void thePhoneIsLedIntoTheReachOfItsServiceWorker() throws Exception {
        HttpResponse<byte[]> answer = get("/driver");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("/driver/");
    }

    @Test
    void theAddressOnACertificateLeadsToItsCheck() throws Exception {
        HttpResponse<byte[]> answer = get("/check/HW-2026-000123-K");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("/driver/#verify=HW-2026-000123-K");
        assertThat(get("/check/a%0d%0aSet-Cookie:x").headers().firstValue("Location"))
                .isEmpty();
    }

    @Test
    void theServiceWorkerIsAskedForEachTimeAndTheHashedFilesOfThePhoneNever() throws Exception {
        HttpResponse<byte[]> worker = get("/driver/sw.js");
        assertThat(worker.statusCode()).isEqualTo(200);
        assertThat(worker.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(worker.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(get("/driver/assets/index-abc123.js")
                        .headers()
                        .firstValue("Cache-Control")
                        .orElseThrow())
                .contains("immutable");
        assertThat(get("/driver/assets/gone-abc123.js").statusCode()).isEqualTo(404);
        assertThat(get("/driver/manifest.webmanifest")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .isEqualTo("application/manifest+json");
    }

    @Test
    void nothingOutsideTheFolderIsServed() throws Exception {
        for (String path : List.of(
                "/../Console.class",
                "/..%2fConsole.class",
                "/%2e%2e/Console.class",
                "/assets/..%2f..%2fConsole.class",
                "/..%5cConsole.class",
                "/.git/config",
                "/assets/.hidden.js",
                "/%00.js",
                "/io/haulwatch/console/Console.class",
                "/META-INF/MANIFEST.MF",
                "/missing.js",
                "/driver/../../Console.class",
                "/driver/..%2fConsole.class",
                "/driver/missing.js",
                "/" + "a".repeat(500) + ".js")) {
            HttpResponse<byte[]> answer = get(path);
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
        }
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }
}

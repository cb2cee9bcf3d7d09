package io.haulwatch.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at the start or at the door is said in one clear sentence, with the exit code or status of the contract. */
final class RefusalTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private record End(int code, String said) {}

    private End end(ProductProcess product) throws Exception {
        product.start();
        assertThat(product.process().waitFor(90, TimeUnit.SECONDS))
                .as(product.said())
                .isTrue();
        return new End(product.process().exitValue(), product.said());
    }

    @Test
    void anUnknownKeyEndsTheStartWithTwo() throws Exception {
        Path file = folder.resolve("haulwatch.yaml");
        Files.writeString(file, "htpp:\n  port: 1\n");
        try (ProductProcess product = new ProductProcess(folder.resolve("a"), Map.of(), "--config", file.toString())) {
            End end = end(product);
            assertThat(end.code()).isEqualTo(2);
            assertThat(end.said()).contains("the key 'htpp.port' is unknown").doesNotContain("\tat ");
        }
    }

    @Test
    void aVariableThatNamesNoKeyEndsTheStartWithTwo() throws Exception {
        try (ProductProcess product = new ProductProcess(folder.resolve("f"), Map.of("HAULWATCH_HTTP_PROT", "1"))) {
            End end = end(product);
            assertThat(end.code()).isEqualTo(2);
            assertThat(end.said().strip())
                    .isEqualTo("The environment variable HAULWATCH_HTTP_PROT is not a configuration key:"
                            + " 'haulwatch config' lists all; remove it or correct its name.");
        }
    }

    @Test
    void aPortThatIsNoNumberEndsTheStartWithTwo() throws Exception {
        Process process = new ProcessBuilder(ProductProcess.command(
                        "serve", "--data", folder.resolve("g").toString(), "--http-port", "eighty"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(2);
        assertThat(said.strip())
                .isEqualTo("command line: http.port cannot be 'eighty': it is a whole number from 0 to 65535.");
    }

    @Test
    void violationsKeptShorterThanPositionsEndTheStartWithTwo() throws Exception {
        try (ProductProcess product =
                new ProductProcess(folder.resolve("h"), Map.of("HAULWATCH_RETENTION_EPISODES", "30d"))) {
            End end = end(product);
            assertThat(end.code()).isEqualTo(2);
            assertThat(end.said())
                    .contains("retention.episodes cannot be '30d'")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void anUnknownOptionEndsTheStartWithTwo() throws Exception {
        try (ProductProcess product = new ProductProcess(folder.resolve("i"), Map.of(), "--http-prot", "1")) {
            End end = end(product);
            assertThat(end.code()).isEqualTo(2);
            assertThat(end.said())
                    .contains("Unknown option")
                    .contains("--http-prot")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void splitRolesAreRefusedWithTwo() throws Exception {
        try (ProductProcess product = new ProductProcess(folder.resolve("b"), Map.of(), "--roles", "gateway")) {
            End end = end(product);
            assertThat(end.code()).isEqualTo(2);
            assertThat(end.said()).contains("opened by one process");
        }
    }

    @Test
    void aCertificateThatCannotBeReadEndsTheStartWithTwo() throws Exception {
        try (ProductProcess product = new ProductProcess(
                folder.resolve("j"),
                Map.of(
                        "HAULWATCH_HTTP_TLS_CERTIFICATE",
                        "/nowhere/chain.pem",
                        "HAULWATCH_HTTP_TLS_KEY",
                        "/nowhere/key.pem"))) {
            End end = end(product);
            assertThat(end.code()).isEqualTo(2);
            assertThat(end.said())
                    .contains("/nowhere/chain.pem")
                    .contains("PEM")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void anUnreachableDatabaseWithoutARegisterCopyEndsTheStartWithFour() throws Exception {
        int nobody = ProductProcess.freePort();
        try (ProductProcess product = new ProductProcess(
                folder.resolve("c"),
                Map.of("HAULWATCH_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + nobody + "/haulwatch"))) {
            End end = end(product);
            assertThat(end.code()).isEqualTo(4);
            assertThat(end.said()).contains("The database does not answer").doesNotContain("\tat ");
        }
    }

    @Test
    void aDataFolderThatCannotBeMadeEndsTheStartWithFive() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        ProductProcess product = new ProductProcess(folder.resolve("d"), Map.of("HAULWATCH_DATA", "x"));
        try (product) {
            Process process = new ProcessBuilder(ProductProcess.command(
                            "serve", "--data", file.resolve("data").toString()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(5);
            assertThat(said).contains("cannot be made").doesNotContain("\tat ");
        }
    }

    @Test
    void aRunningProductSaysNoToTheWrongPasswordAndStopsWhenAskedAndItsPortsAreNotTakenTwice() throws Exception {
        try (ProductProcess product = new ProductProcess(folder.resolve("e"), Map.of())) {
            product.startAndAwaitReady();
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(product.uri("/api/v1/session"))
                                    .header("Content-Type", "application/json")
                                    .header(
                                            "Origin",
                                            URI.create("http://127.0.0.1:" + product.httpPort())
                                                    .toString())
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            "{\"username\":\"admin\",\"password\":\"not the password\"}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("application/problem+json");

            for (String which : new String[] {"--http-port", "--terminal-port"}) {
                int taken = which.equals("--http-port") ? product.httpPort() : product.terminalPort();
                try (ProductProcess second = new ProductProcess(folder.resolve("e2" + which), Map.of())) {
                    Process process = new ProcessBuilder(ProductProcess.command(
                                    "serve",
                                    "--data",
                                    second.data().toString(),
                                    "--http-port",
                                    Integer.toString(which.equals("--http-port") ? taken : second.httpPort()),
                                    "--terminal-port",
                                    Integer.toString(which.equals("--terminal-port") ? taken : second.terminalPort())))
                            .redirectErrorStream(true)
                            .start();
                    String said = new String(
                            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                    assertThat(process.waitFor()).as(said).isEqualTo(3);
                    assertThat(said)
                            .contains("Port " + taken)
                            .contains("in use")
                            .doesNotContain("\tat ");
                }
            }
            long postmaster = product.postmaster();
            assertThat(product.stop()).isEqualTo(143);
            Awaitility.await("the database server is gone")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ProcessHandle.of(postmaster).isEmpty());
        }
    }
}

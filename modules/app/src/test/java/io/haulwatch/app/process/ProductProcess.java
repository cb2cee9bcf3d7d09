package io.haulwatch.app.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The product in a JVM of its own, on a data folder and ports that stay the same over restarts. */
public final class ProductProcess implements AutoCloseable {
    public static final String ADMIN_PASSWORD = "a-password-for-tests-1";

    private final Delivery delivery;
    private final Path data;
    private final int httpPort;
    private final int terminalPort;
    private final Map<String, String> environment;
    private final List<String> arguments;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private @Nullable Process process;
    private int starts;

    /** @param environment more variables, for example configuration */
    public ProductProcess(Path data, Map<String, String> environment, String... arguments) throws IOException {
        this(Delivery.get(), data, environment, arguments);
    }

    ProductProcess(Delivery delivery, Path data, Map<String, String> environment, String... arguments)
            throws IOException {
        this.delivery = delivery;
        this.data = data;
        this.environment = Map.copyOf(environment);
        this.arguments = List.of(arguments);
        this.httpPort = freePort();
        this.terminalPort = freePort();
        Files.createDirectories(data);
        delivery.share(data);
    }

    /** A port that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The command line of any command of the product. */
    public static List<String> command(String... arguments) {
        return command(Delivery.get(), arguments);
    }

    private static List<String> command(Delivery delivery, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(delivery.flags());
        command.add("io.haulwatch.app.Main");
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts it and waits until it says that it is ready. */
    public void startAndAwaitReady() throws IOException {
        start();
        awaitReady();
    }

    public void start() throws IOException {
        List<String> command = command(delivery, "serve");
        command.addAll(List.of(
                "--data",
                data.toString(),
                "--http-port",
                Integer.toString(httpPort),
                "--terminal-port",
                Integer.toString(terminalPort)));
        command.addAll(arguments);
        process = builder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
        starts++;
    }

    /** Runs another command of the product with the same configuration to its good end. */
    public void run(String... command) throws IOException, InterruptedException {
        Process running = builder(command(delivery, command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
        if (!running.waitFor(2, TimeUnit.MINUTES)) {
            running.destroyForcibly();
            throw new IllegalStateException(
                    "it did not end within 2 minutes: " + List.of(command) + ", it said " + said());
        }
        if (running.exitValue() != 0) {
            throw new IllegalStateException(
                    "it ended with " + running.exitValue() + ": " + List.of(command) + ", it said " + said());
        }
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("HAULWATCH_"));
        builder.environment().put("HAULWATCH_ADMIN_PASSWORD", ADMIN_PASSWORD);
        builder.environment().putAll(environment);
        return builder;
    }

    /** What it is configured with besides its options. */
    public Map<String, String> environment() {
        return environment;
    }

    public void awaitReady() {
        Awaitility.await("ready, start " + starts + ", see " + output())
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (!requireNonNull(process).isAlive()) {
                        throw new IllegalStateException("it ended with " + process.exitValue() + ": " + said());
                    }
                    return status("/health/live") == 200;
                });
    }

    /** HTTP status of a path, 0 while nobody answers. */
    public int status(String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(uri(path))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Body of a path. */
    public String get(String path) throws IOException {
        try {
            return http.send(
                            HttpRequest.newBuilder(uri(path))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Sum of a metric over its labels, those that contain {@code label}; 0 while it is not there. */
    public double metric(String name, String label) {
        try {
            return get("/metrics")
                    .lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .filter(line -> line.contains(label))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Waits until the readers have read all. */
    public void awaitDrained() {
        Awaitility.await("all readers at the end of the log")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> status("/metrics") == 200 && metric("haulwatch_log_lag_records", "") == 0);
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    public int httpPort() {
        return httpPort;
    }

    public int terminalPort() {
        return terminalPort;
    }

    public Path data() {
        return data;
    }

    /** Everything it ever printed. */
    public String said() throws IOException {
        return Files.exists(output()) ? Files.readString(output()) : "";
    }

    private Path output() {
        return data.resolveSibling(data.getFileName() + ".out");
    }

    public Process process() {
        return requireNonNull(process);
    }

    /** Process id of the embedded database server as its own lock file gives it, or −1. */
    public long postmaster() throws IOException {
        Path lock = data.resolve("postgres").resolve("postmaster.pid");
        return Files.exists(lock)
                ? Long.parseLong(Files.readAllLines(lock).getFirst().strip())
                : -1;
    }

    /** Like kill -9. */
    public void kill() throws InterruptedException {
        process().destroyForcibly().waitFor();
    }

    /** Like Ctrl-C. */
    public int stop() throws InterruptedException {
        process().destroy();
        if (!process().waitFor(60, TimeUnit.SECONDS)) {
            process().destroyForcibly().waitFor();
            throw new IllegalStateException("it did not stop within 60 s");
        }
        return process().exitValue();
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            try {
                stop();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}

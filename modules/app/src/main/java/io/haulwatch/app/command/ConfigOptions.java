package io.haulwatch.app.command;

import io.haulwatch.app.config.Config;
import io.haulwatch.app.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that overlay the configuration; the same on every command that reads it. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file (default: haulwatch.yaml, if there).")
    private @Nullable Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default: data).")
    private @Nullable String data;

    @Option(names = "--http-port", paramLabel = "P", description = "Pages and API (default: 8080).")
    private @Nullable String httpPort;

    @Option(names = "--terminal-port", paramLabel = "P", description = "JT/T 808 terminals (default: 7611).")
    private @Nullable String terminalPort;

    Config load() throws ConfigException {
        return load(Map.of(), Map.of());
    }

    /**
     * @param usual by path, what the command takes where nobody says anything
     * @param given by path, from the command's own options
     */
    Config load(Map<String, String> usual, Map<String, String> given) throws ConfigException {
        Map<String, String> overrides = new LinkedHashMap<>(given);
        put(overrides, "data", data);
        put(overrides, "http.port", httpPort);
        put(overrides, "terminals.port", terminalPort);
        Path found = file;
        if (found == null && Files.exists(Path.of("haulwatch.yaml"))) {
            found = Path.of("haulwatch.yaml");
        }
        return Config.load(found, System.getenv(), overrides, usual);
    }

    private static void put(Map<String, String> overrides, String path, @Nullable String value) {
        if (value != null) {
            overrides.put(path, value);
        }
    }
}

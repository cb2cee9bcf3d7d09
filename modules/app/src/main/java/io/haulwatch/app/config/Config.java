package io.haulwatch.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.haulwatch.console.notifications.LearningStore;
import io.haulwatch.console.notifications.NotificationOptions;
import io.haulwatch.console.notifications.OperatorWebhook;
import io.haulwatch.console.provider.ProviderOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force, as one typed object. Later wins: defaults, file, environment, command line. An unknown key is
 * refused, because a misspelt limit that silently keeps its default is worse than a start that fails.
 */
public record Config(
        Path data,
        Http http,
        Terminals terminals,
        Database database,
        Log log,
        Retention retention,
        Backup backup,
        boolean requireSecondFactor,
        @Nullable ProviderOptions provider,
        NotificationOptions notifications,
        long courseVideoBytes,
        String adminPassword) {

    /** Variables that begin like ours but belong to scripts and tests. */
    private static final Set<String> NOT_KEYS =
            Set.of("HAULWATCH_JAVA_HOME", "HAULWATCH_JAVA_OPTS", "HAULWATCH_TEST_TIMESCALEDB_URL");

    /** Pages and API. */
    public record Http(
            int port, String bind, String tlsCertificate, String tlsKey, String publicUrl, boolean metricsEverywhere) {}

    /**
     * The terminals' side.
     *
     * @param fileBytesPerDay that one truck may send to be kept within 24 hours
     */
    public record Terminals(
            int port,
            String bind,
            Key.UnknownTerminals unknown,
            Duration authenticateWithin,
            Duration idleLimit,
            int maxConnections,
            Set<InetAddress> relays,
            long fileBytesPerDay) {}

    /** The database; an empty address means the embedded one. */
    public record Database(String url, String adminUser, String adminPassword) {
        public boolean embedded() {
            return url.isEmpty();
        }
    }

    /** The report log. */
    public record Log(Duration groupTime, Duration keep, long freeSpaceBytes) {}

    /** How long rows are kept. */
    public record Retention(Duration positions, Duration episodes) {}

    /**
     * Backups of the running service.
     *
     * @param folder where they go; null for none
     * @param every from the end of one to the begin of the next
     * @param keep how many are kept; the oldest goes when a new one is whole
     */
    public record Backup(@Nullable Path folder, Duration every, int keep) {}

    /** {@link #load(Path, Map, Map, Map)} for a command without defaults of its own. */
    public static Config load(@Nullable Path file, Map<String, String> environment, Map<String, String> overrides)
            throws ConfigException {
        return load(file, environment, overrides, Map.of());
    }

    /**
     * Reads the configuration.
     *
     * @param file YAML file, or null for none
     * @param environment all variables of the process
     * @param overrides by path, from the command line
     * @param usual by path, what this command takes where nobody says anything
     */
    public static Config load(
            @Nullable Path file,
            Map<String, String> environment,
            Map<String, String> overrides,
            Map<String, String> usual)
            throws ConfigException {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> sources = new LinkedHashMap<>();
        put(usual, "default", values, sources);
        if (file != null) {
            Map<String, String> found = new LinkedHashMap<>();
            flatten("", readFile(file), found);
            put(found, file.toString(), values, sources);
        }
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            if (!name.startsWith("HAULWATCH_") || NOT_KEYS.contains(name)) {
                continue;
            }
            Key<?> key = Key.ALL.stream()
                    .filter(k -> k.variable().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> new ConfigException(
                                    "The environment variable " + name
                                            + " is not a configuration key: 'haulwatch config' lists all; remove it or correct its name."));
            values.put(key.path(), variable.getValue());
            sources.put(key.path(), "environment variable " + name);
        }
        put(overrides, "command line", values, sources);
        return new Reader(values, sources).config();
    }

    private static JsonNode readFile(Path file) throws ConfigException {
        try {
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new ConfigException(file + " is not YAML: " + e.getOriginalMessage() + " (line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ").");
        } catch (IOException e) {
            throw new ConfigException(file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static void flatten(String path, JsonNode node, Map<String, String> out) throws ConfigException {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                flatten(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), out);
            }
        } else if (node.isArray()) {
            throw new ConfigException("The key " + path + " holds a list: every key is a single value.");
        } else if (!node.isMissingNode() && !path.isEmpty()) {
            out.put(path, node.isNull() ? "" : node.asText());
        }
    }

    private static void put(
            Map<String, String> found, String source, Map<String, String> values, Map<String, String> sources)
            throws ConfigException {
        for (Map.Entry<String, String> entry : found.entrySet()) {
            if (Key.ALL.stream().noneMatch(key -> key.path().equals(entry.getKey()))) {
                throw new ConfigException(source + ": the key '" + entry.getKey()
                        + "' is unknown: 'haulwatch config' lists all; remove it or correct its name.");
            }
            values.put(entry.getKey(), entry.getValue());
            sources.put(entry.getKey(), source);
        }
    }

    /** Turns texts into values. */
    private record Reader(Map<String, String> values, Map<String, String> sources) {
        <T> T get(Key<T> key) throws ConfigException {
            return key.read(text(key), sources.getOrDefault(key.path(), "default"));
        }

        String text(Key<?> key) {
            return values.getOrDefault(key.path(), key.defaultText());
        }

        Config config() throws ConfigException {
            Config config = new Config(
                    Path.of(get(Key.DATA)).toAbsolutePath().normalize(),
                    new Http(
                            get(Key.HTTP_PORT),
                            get(Key.HTTP_BIND),
                            get(Key.HTTP_TLS_CERTIFICATE),
                            get(Key.HTTP_TLS_KEY),
                            get(Key.HTTP_PUBLIC_URL),
                            get(Key.HTTP_METRICS_EVERYWHERE)),
                    new Terminals(
                            get(Key.TERMINALS_PORT),
                            get(Key.TERMINALS_BIND),
                            get(Key.GATEWAY_UNKNOWN_TERMINALS),
                            get(Key.GATEWAY_AUTHENTICATE_WITHIN),
                            get(Key.GATEWAY_IDLE_LIMIT),
                            get(Key.GATEWAY_MAX_CONNECTIONS),
                            get(Key.GATEWAY_RELAYS),
                            get(Key.TERMINALS_FILES_MB_PER_DAY) * 1024L * 1024L),
                    new Database(get(Key.DATABASE_URL), get(Key.DATABASE_ADMIN_USER), get(Key.DATABASE_ADMIN_PASSWORD)),
                    new Log(get(Key.LOG_GROUP_TIME), get(Key.LOG_KEEP), get(Key.LOG_FREE_SPACE_MB) * 1024L * 1024L),
                    new Retention(get(Key.RETENTION_POSITIONS), get(Key.RETENTION_EPISODES)),
                    new Backup(
                            get(Key.BACKUP_FOLDER).isEmpty()
                                    ? null
                                    : Path.of(get(Key.BACKUP_FOLDER))
                                            .toAbsolutePath()
                                            .normalize(),
                            get(Key.BACKUP_EVERY),
                            get(Key.BACKUP_KEEP)),
                    get(Key.ACCOUNTS_REQUIRE_SECOND_FACTOR),
                    provider(),
                    new NotificationOptions(
                            get(Key.NOTIFICATIONS_ALLOW_TARGETS),
                            mail(),
                            get(Key.HTTP_PUBLIC_URL).isEmpty() ? null : get(Key.HTTP_PUBLIC_URL),
                            codes(),
                            learning()),
                    get(Key.TRAINING_VIDEO_MB) * 1024L * 1024L,
                    get(Key.ADMIN_PASSWORD));
            if (config.http.tlsCertificate.isEmpty() != config.http.tlsKey.isEmpty()) {
                throw new ConfigException(
                        "http.tls_certificate and http.tls_key belong together: give both or neither.");
            }
            checkRetention(config.retention);
            Path backups = config.backup.folder;
            if (backups != null && (backups.startsWith(config.data) || config.data.startsWith(backups))) {
                throw new ConfigException("backup.folder cannot be '" + text(Key.BACKUP_FOLDER)
                        + "': it lies in the data folder or around it; name a folder elsewhere, best on another disk.");
            }
            return config;
        }

        /** Nothing of the provider without its issuer: a misspelt key would otherwise leave people at the password for no reason they see. */
        private @Nullable ProviderOptions provider() throws ConfigException {
            String issuer = get(Key.OIDC_ISSUER);
            if (issuer.isEmpty()) {
                for (Key<?> key : Key.ALL) {
                    if (key.path().startsWith("oidc.") && !text(key).equals(key.defaultText())) {
                        throw new ConfigException(key.path()
                                + " is given without oidc.issuer: name the provider, or remove " + key.path() + ".");
                    }
                }
                return null;
            }
            String file = get(Key.OIDC_CLIENT_SECRET_FILE);
            try {
                return new ProviderOptions(
                        issuer,
                        get(Key.OIDC_CLIENT_ID),
                        new ProviderOptions.Secret(
                                get(Key.OIDC_CLIENT_SECRET),
                                file.isEmpty() ? null : Path.of(file).toAbsolutePath()),
                        redirectUri(),
                        get(Key.OIDC_NAME),
                        get(Key.OIDC_ACCOUNT_CLAIM),
                        get(Key.OIDC_SCOPES),
                        get(Key.OIDC_SECOND_FACTOR_ACR),
                        get(Key.OIDC_SECOND_FACTOR_AMR));
            } catch (IllegalArgumentException e) {
                throw new ConfigException("The OpenID Connect provider cannot be used: " + e.getMessage() + ".");
            }
        }

        /** Nothing of the mail server without its name, for the same reason. */
        private NotificationOptions.@Nullable Mail mail() throws ConfigException {
            String host = get(Key.SMTP_HOST);
            if (host.isEmpty()) {
                for (Key<?> key : Key.ALL) {
                    if (key.path().startsWith("smtp.") && !text(key).equals(key.defaultText())) {
                        throw new ConfigException(key.path()
                                + " is given without smtp.host: name the mail server, or remove " + key.path() + ".");
                    }
                }
                return null;
            }
            String from = get(Key.SMTP_FROM);
            if (from.indexOf('@') < 1 || from.codePoints().anyMatch(c -> c <= ' ')) {
                throw new ConfigException("smtp.from cannot be '" + from
                        + "': it is the mailbox that notifications come from, such as haulwatch@example.com.");
            }
            String file = get(Key.SMTP_PASSWORD_FILE);
            if (get(Key.SMTP_USER).isEmpty()
                    != (file.isEmpty() && get(Key.SMTP_PASSWORD).isEmpty())) {
                throw new ConfigException(
                        "smtp.user and smtp.password (or smtp.password_file) belong together: give both or neither.");
            }
            return new NotificationOptions.Mail(
                    host,
                    get(Key.SMTP_PORT),
                    get(Key.SMTP_SECURITY),
                    get(Key.SMTP_USER),
                    get(Key.SMTP_PASSWORD),
                    file.isEmpty() ? null : Path.of(file).toAbsolutePath(),
                    from);
        }

        /** Who brings codes to drivers' phones: address and secret, or neither. */
        private OperatorWebhook.@Nullable Place codes() throws ConfigException {
            String url = get(Key.DRIVER_CODE_WEBHOOK_URL);
            String secret = get(Key.DRIVER_CODE_WEBHOOK_SECRET);
            if (url.isEmpty() != secret.isEmpty()) {
                throw new ConfigException(
                        "driver.code_webhook_url and driver.code_webhook_secret belong together: give both or neither.");
            }
            try {
                return url.isEmpty() ? null : new OperatorWebhook.Place(URI.create(url), secret);
            } catch (IllegalArgumentException e) {
                throw new ConfigException("driver.code_webhook_url cannot be '" + url + "': " + e.getMessage() + ".");
            }
        }

        /** Who gets what drivers learnt; nothing of it without its address, as with the mail server. */
        private LearningStore.@Nullable Account learning() throws ConfigException {
            String url = get(Key.LEARNING_STORE_URL);
            if (url.isEmpty()) {
                for (Key<?> key : Key.ALL) {
                    if (key.path().startsWith("learning_store.") && !text(key).equals(key.defaultText())) {
                        throw new ConfigException(
                                key.path() + " is given without learning_store.url: name the store, or remove "
                                        + key.path() + ".");
                    }
                }
                return null;
            }
            String file = get(Key.LEARNING_STORE_PASSWORD_FILE);
            try {
                return new LearningStore.Account(
                        URI.create(url),
                        get(Key.LEARNING_STORE_USER),
                        get(Key.LEARNING_STORE_PASSWORD),
                        file.isEmpty() ? null : Path.of(file).toAbsolutePath());
            } catch (IllegalArgumentException e) {
                throw new ConfigException("learning_store.url cannot be '" + url + "': " + e.getMessage() + ".");
            }
        }

        /** Browsers bring the cookie of a sign-in back to the address where they began only. */
        private String redirectUri() throws ConfigException {
            String given = get(Key.OIDC_REDIRECT_URI);
            String base = get(Key.HTTP_PUBLIC_URL);
            if (given.isEmpty() && base.isEmpty()) {
                throw new ConfigException("oidc.redirect_uri is missing: it is the console's own address and "
                        + ProviderOptions.CALLBACK + ", as registered with the provider.");
            }
            String made = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + ProviderOptions.CALLBACK;
            if (!given.isEmpty() && !base.isEmpty() && !given.equals(made)) {
                throw new ConfigException("oidc.redirect_uri cannot be '" + given + "': with http.public_url it is "
                        + made + "; correct it or leave it out.");
            }
            return given.isEmpty() ? made : given;
        }

        /** The law asks for violations longer than for positions, and an alarm without its evidence is still an alarm. */
        private void checkRetention(Retention retention) throws ConfigException {
            if (retention.positions.toDays() < 1) {
                throw new ConfigException("retention.positions cannot be '" + text(Key.RETENTION_POSITIONS)
                        + "': positions are kept at least a day; give 1d or more.");
            }
            if (retention.episodes.compareTo(retention.positions) < 0) {
                throw new ConfigException("retention.episodes cannot be '" + text(Key.RETENTION_EPISODES)
                        + "': violations are kept at least as long as positions, which are kept '"
                        + text(Key.RETENTION_POSITIONS)
                        + "'; raise retention.episodes or lower retention.positions.");
            }
        }
    }
}

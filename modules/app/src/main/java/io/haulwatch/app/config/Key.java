package io.haulwatch.app.config;

import io.haulwatch.console.notifications.NotificationOptions;
import io.haulwatch.console.notifications.TargetRule;
import java.net.InetAddress;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * One configuration key: its path in the file, its default as text, how its text is read and a sentence for people.
 *
 * @param path dotted path, for example {@code http.port}; the environment variable is {@code HAULWATCH_HTTP_PORT}
 * @param secret never printed
 */
public record Key<T>(String path, String defaultText, Function<String, T> reader, boolean secret, String sentence) {
    static final Key<Integer> HTTP_PORT = port("http.port", 8080, "Port of pages and API.");
    static final Key<String> HTTP_BIND =
            text("http.bind", "127.0.0.1", "Address that pages and API listen on; loopback unless you change it.");
    static final Key<String> HTTP_TLS_CERTIFICATE = text(
            "http.tls_certificate", "", "PEM file with the certificate chain; with http.tls_key it turns HTTPS on.");
    static final Key<String> HTTP_TLS_KEY = text("http.tls_key", "", "PEM file with the private key.");
    static final Key<String> HTTP_PUBLIC_URL = text(
            "http.public_url",
            "",
            "Address that browsers use when a proxy ends TLS in front, for example https://safety.example.com; it declares the proxy.");
    static final Key<Boolean> HTTP_METRICS_EVERYWHERE =
            flag("http.metrics_everywhere", false, "Whether /metrics answers others than this machine.");
    static final Key<Integer> TERMINALS_PORT =
            port("terminals.port", 7611, "Port of JT/T 808 terminals, all editions.");
    static final Key<String> TERMINALS_BIND =
            text("terminals.bind", "127.0.0.1", "Address that terminals connect to; loopback unless you change it.");
    static final Key<UnknownTerminals> GATEWAY_UNKNOWN_TERMINALS = new Key<>(
            "gateway.unknown_terminals",
            "refuse",
            UnknownTerminals::read,
            false,
            "What happens to a terminal that the register does not know: refuse, or enrol it into the company 'unassigned'.");
    static final Key<Duration> GATEWAY_AUTHENTICATE_WITHIN = duration(
            "gateway.authenticate_within", "12s", "A connection that has not authenticated after this time is closed.");
    static final Key<Duration> GATEWAY_IDLE_LIMIT = duration(
            "gateway.idle_limit", "180s", "A terminal that says nothing for this time is offline: three heartbeats.");
    static final Key<Integer> GATEWAY_MAX_CONNECTIONS = count(
            "gateway.max_connections", 18_000, 1, 1_000_000, "Connections held at most; more are refused and counted.");
    static final Key<Set<InetAddress>> GATEWAY_RELAYS = new Key<>(
            "gateway.relays",
            "",
            Key::addresses,
            false,
            "Addresses, with commas, of platforms that pass on what many terminals say over one connection; they vouch for who speaks.");
    static final Key<Integer> TERMINALS_FILES_MB_PER_DAY = count(
            "terminals.files_mb_per_day",
            20,
            1,
            100_000,
            "Megabytes of pictures, sounds, videos and recorder data that one truck may send within 24 hours; more is refused and counted.");
    static final Key<String> DATA =
            text("data", "data", "Folder of everything that is kept: log, database, keys, register copy.");
    static final Key<String> DATABASE_URL = text(
            "database.url",
            "",
            "JDBC address of your own PostgreSQL or TimescaleDB; empty starts the embedded one in the data folder.");
    static final Key<String> DATABASE_ADMIN_USER =
            text("database.admin_user", "postgres", "Role that makes roles and migrations in your own database.");
    static final Key<String> DATABASE_ADMIN_PASSWORD =
            secret("database.admin_password", "Password of database.admin_user.");
    static final Key<Duration> LOG_GROUP_TIME = duration(
            "log.group_time",
            "5ms",
            "How long reports are collected before one durable write; longer costs less and answers later.");
    static final Key<Duration> LOG_KEEP =
            duration("log.keep", "1h", "How long a report stays in the log after all readers have passed it.");
    static final Key<Integer> LOG_FREE_SPACE_MB = count(
            "log.free_space_mb",
            512,
            64,
            1_000_000,
            "Below this much free space acknowledgements stop; they resume alone when there is room again.");
    static final Key<Duration> RETENTION_POSITIONS = duration(
            "retention.positions", "183d", "How long positions are kept, at least a day; the law asks for 6 months.");
    static final Key<Duration> RETENTION_EPISODES = duration(
            "retention.episodes",
            "1096d",
            "How long violations and their handling are kept, at least as long as positions; the law asks for 3 years.");
    static final Key<String> BACKUP_FOLDER = text(
            "backup.folder",
            "",
            "Folder for backups of the running service, best on another disk; empty: none are made.");
    static final Key<Duration> BACKUP_EVERY = duration("backup.every", "24h", "Pause between one backup and the next.");
    static final Key<Integer> BACKUP_KEEP =
            count("backup.keep", 7, 1, 1_000, "Backups that are kept; the oldest goes when a new one is whole.");
    static final Key<Boolean> ACCOUNTS_REQUIRE_SECOND_FACTOR = flag(
            "accounts.require_second_factor",
            false,
            "Whether administrators, centre leads and regulators must have a second factor; until then they see nothing but their account.");
    static final Key<String> OIDC_ISSUER = text(
            "oidc.issuer",
            "",
            "OpenID Connect provider of your organisation, https, exactly as it names itself; empty: people sign in with passwords only.");
    static final Key<String> OIDC_CLIENT_ID =
            text("oidc.client_id", "", "What the provider knows this installation by.");
    static final Key<String> OIDC_CLIENT_SECRET = secret(
            "oidc.client_secret",
            "What the provider gave together with oidc.client_id; give it as a variable of the environment, or name its file.");
    static final Key<String> OIDC_CLIENT_SECRET_FILE =
            text("oidc.client_secret_file", "", "File that holds the client secret and nothing else, in its place.");
    static final Key<String> OIDC_REDIRECT_URI = text(
            "oidc.redirect_uri",
            "",
            "Where the provider sends browsers back to, as registered there: the console's own address and /api/v1/session/provider/callback; empty: made of http.public_url.");
    static final Key<String> OIDC_NAME = text(
            "oidc.name",
            "",
            "Name of the provider on the button of the sign-in page, for example your organisation's.");
    static final Key<String> OIDC_ACCOUNT_CLAIM = text(
            "oidc.account_claim",
            "email",
            "Claim of the ID token that names the account as the administrator linked it; email counts only if the provider says that it is verified.");
    static final Key<Set<String>> OIDC_SCOPES =
            words("oidc.scopes", "openid email", "What the provider is asked for, with spaces; openid is among them.");
    static final Key<Set<String>> OIDC_SECOND_FACTOR_ACR = words(
            "oidc.second_factor_acr",
            "",
            "Values of the claim acr, with spaces, by which the provider says that it asked for a second factor; otherwise Haulwatch asks for its own.");
    static final Key<Set<String>> OIDC_SECOND_FACTOR_AMR = words(
            "oidc.second_factor_amr", "", "Values of the claim amr, with spaces, that say the same, for example mfa.");
    static final Key<TargetRule> NOTIFICATIONS_ALLOW_TARGETS = new Key<>(
            "notifications.allow_targets",
            "",
            TargetRule::opening,
            false,
            "Addresses and networks, with commas, outside the public network to which programs may be registered for notifications, for example 10.1.0.0/16.");
    static final Key<String> SMTP_HOST =
            text("smtp.host", "", "Mail server that takes notifications for mailboxes; empty: no letters are sent.");
    static final Key<Integer> SMTP_PORT = port("smtp.port", 587, "Port of the mail server.");
    static final Key<NotificationOptions.Security> SMTP_SECURITY = new Key<>(
            "smtp.security",
            "starttls",
            Key::mailSecurity,
            false,
            "How the way to the mail server is guarded: starttls, tls (mostly port 465), or none for a server on this machine.");
    static final Key<String> SMTP_USER = text("smtp.user", "", "Name at the mail server; empty: it asks for none.");
    static final Key<String> SMTP_PASSWORD = secret(
            "smtp.password", "Password of smtp.user; give it as a variable of the environment, or name its file.");
    static final Key<String> SMTP_PASSWORD_FILE =
            text("smtp.password_file", "", "File that holds the password and nothing else, in its place.");
    static final Key<String> SMTP_FROM =
            text("smtp.from", "", "Mailbox that notifications come from, for example haulwatch@example.com.");
    static final Key<String> DRIVER_CODE_WEBHOOK_URL = text(
            "driver.code_webhook_url",
            "",
            "Program that sends drivers the codes by which they sign in, for example https://sms.example.com/codes; empty: the centre reads a driver his code.");
    static final Key<String> DRIVER_CODE_WEBHOOK_SECRET = secret(
            "driver.code_webhook_secret",
            "What messages to driver.code_webhook_url are signed with: whsec_ and base64 of 24 to 64 random bytes.");
    static final Key<String> LEARNING_STORE_URL = text(
            "learning_store.url",
            "",
            "Learning record store that gets what drivers learnt as xAPI 1.0.3, its address without /statements, for example https://lrs.example.com/xapi; empty: nothing is sent.");
    static final Key<String> LEARNING_STORE_USER =
            text("learning_store.user", "", "Name at the learning record store that may write statements.");
    static final Key<String> LEARNING_STORE_PASSWORD = secret(
            "learning_store.password",
            "Password of learning_store.user; give it as a variable of the environment, or name its file.");
    static final Key<String> LEARNING_STORE_PASSWORD_FILE =
            text("learning_store.password_file", "", "File that holds the password and nothing else, in its place.");
    static final Key<Integer> TRAINING_VIDEO_MB = count(
            "training.video_mb",
            4_096,
            1,
            100_000,
            "Megabytes of one video of a course at most; a larger one is refused.");
    static final Key<String> ADMIN_PASSWORD = secret(
            "admin.password",
            "Password of the user admin. It counts at the first start only, when the user is made; empty: one is generated then and printed once.");

    /** All keys, in the order in which they are printed. */
    public static final List<Key<?>> ALL = List.of(
            DATA,
            HTTP_PORT,
            HTTP_BIND,
            HTTP_TLS_CERTIFICATE,
            HTTP_TLS_KEY,
            HTTP_PUBLIC_URL,
            HTTP_METRICS_EVERYWHERE,
            TERMINALS_PORT,
            TERMINALS_BIND,
            TERMINALS_FILES_MB_PER_DAY,
            GATEWAY_UNKNOWN_TERMINALS,
            GATEWAY_AUTHENTICATE_WITHIN,
            GATEWAY_IDLE_LIMIT,
            GATEWAY_MAX_CONNECTIONS,
            GATEWAY_RELAYS,
            DATABASE_URL,
            DATABASE_ADMIN_USER,
            DATABASE_ADMIN_PASSWORD,
            LOG_GROUP_TIME,
            LOG_KEEP,
            LOG_FREE_SPACE_MB,
            RETENTION_POSITIONS,
            RETENTION_EPISODES,
            BACKUP_FOLDER,
            BACKUP_EVERY,
            BACKUP_KEEP,
            ACCOUNTS_REQUIRE_SECOND_FACTOR,
            OIDC_ISSUER,
            OIDC_CLIENT_ID,
            OIDC_CLIENT_SECRET,
            OIDC_CLIENT_SECRET_FILE,
            OIDC_REDIRECT_URI,
            OIDC_NAME,
            OIDC_ACCOUNT_CLAIM,
            OIDC_SCOPES,
            OIDC_SECOND_FACTOR_ACR,
            OIDC_SECOND_FACTOR_AMR,
            NOTIFICATIONS_ALLOW_TARGETS,
            SMTP_HOST,
            SMTP_PORT,
            SMTP_SECURITY,
            SMTP_USER,
            SMTP_PASSWORD,
            SMTP_PASSWORD_FILE,
            SMTP_FROM,
            DRIVER_CODE_WEBHOOK_URL,
            DRIVER_CODE_WEBHOOK_SECRET,
            LEARNING_STORE_URL,
            LEARNING_STORE_USER,
            LEARNING_STORE_PASSWORD,
            LEARNING_STORE_PASSWORD_FILE,
            TRAINING_VIDEO_MB,
            ADMIN_PASSWORD);

    /** Literal addresses; a name would be looked up, and could be somebody else's tomorrow. */
    private static Set<InetAddress> addresses(String text) {
        Set<InetAddress> found = new LinkedHashSet<>();
        for (String each : text.split(",", -1)) {
            String address = each.strip();
            if (!address.isEmpty()) {
                try {
                    found.add(InetAddress.ofLiteral(address));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "it is a list of IP addresses with commas, and '" + address + "' is none", e);
                }
            }
        }
        return found;
    }

    private static NotificationOptions.Security mailSecurity(String text) {
        return switch (text) {
            case "starttls" -> NotificationOptions.Security.STARTTLS;
            case "tls" -> NotificationOptions.Security.TLS;
            case "none" -> NotificationOptions.Security.NONE;
            default -> throw new IllegalArgumentException("it is starttls, tls or none");
        };
    }

    /** What happens to a terminal that the register does not know. */
    public enum UnknownTerminals {
        REFUSE,
        ENROL;

        static UnknownTerminals read(String text) {
            return switch (text) {
                case "refuse" -> REFUSE;
                case "enrol" -> ENROL;
                default -> throw new IllegalArgumentException("it is refuse or enrol");
            };
        }
    }

    /** Name of the environment variable that overrides the file. */
    public String variable() {
        return "HAULWATCH_" + path.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    T read(String text, String where) throws ConfigException {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new ConfigException(
                    where + ": " + path + " cannot be '" + (secret ? "…" : text) + "': " + e.getMessage() + ".");
        }
    }

    private static Key<String> text(String path, String standard, String sentence) {
        return new Key<>(path, standard, Function.identity(), false, sentence);
    }

    private static Key<String> secret(String path, String sentence) {
        return new Key<>(path, "", Function.identity(), true, sentence);
    }

    private static Key<Set<String>> words(String path, String standard, String sentence) {
        return new Key<>(
                path,
                standard,
                text -> {
                    Set<String> found = new LinkedHashSet<>(List.of(text.strip().split("\\s+")));
                    found.remove("");
                    return found;
                },
                false,
                sentence);
    }

    private static Key<Integer> port(String path, int standard, String sentence) {
        return count(path, standard, 0, 65_535, sentence);
    }

    private static Key<Boolean> flag(String path, boolean standard, String sentence) {
        return new Key<>(
                path,
                Boolean.toString(standard),
                text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException("it is true or false");
                },
                false,
                sentence);
    }

    private static Key<Integer> count(String path, int standard, int least, int most, String sentence) {
        return new Key<>(
                path,
                Integer.toString(standard),
                text -> {
                    try {
                        int value = Integer.parseInt(text);
                        if (value >= least && value <= most) {
                            return value;
                        }
                    } catch (NumberFormatException e) {
                        // the sentence below says what a number here may be
                    }
                    throw new IllegalArgumentException("it is a whole number from " + least + " to " + most);
                },
                false,
                sentence);
    }

    private static Key<Duration> duration(String path, String standard, String sentence) {
        return new Key<>(path, standard, Key::readDuration, false, sentence);
    }

    private static Duration readDuration(String text) {
        int unit = 0;
        while (unit < text.length() && Character.isDigit(text.charAt(unit))) {
            unit++;
        }
        if (unit > 0 && unit < 10) {
            long amount = Long.parseLong(text.substring(0, unit));
            Duration one = switch (text.substring(unit)) {
                case "ms" -> Duration.ofMillis(1);
                case "s" -> Duration.ofSeconds(1);
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                case "d" -> Duration.ofDays(1);
                default -> Duration.ZERO;
            };
            if (!one.isZero()) {
                return one.multipliedBy(amount);
            }
        }
        throw new IllegalArgumentException("it is a time like 500ms, 15s, 5m, 6h or 183d");
    }
}

package io.haulwatch.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.console.notifications.NotificationOptions;
import io.haulwatch.console.provider.ProviderOptions;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigTest {
    private static final Map<String, String> PROVIDER = Map.of(
            "HAULWATCH_HTTP_PUBLIC_URL", "https://safety.example.com/",
            "HAULWATCH_OIDC_ISSUER", "https://id.example.com",
            "HAULWATCH_OIDC_CLIENT_ID", "haulwatch",
            "HAULWATCH_OIDC_CLIENT_SECRET", "s3cret-of-the-client",
            "HAULWATCH_OIDC_SECOND_FACTOR_AMR", "mfa otp");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void pinsAllDefaults() throws ConfigException {
        assertThat(Config.load(null, Map.of(), Map.of()))
                .isEqualTo(new Config(
                        Path.of("data").toAbsolutePath(),
                        new Config.Http(8080, "127.0.0.1", "", "", "", false),
                        new Config.Terminals(
                                7611,
                                "127.0.0.1",
                                Key.UnknownTerminals.REFUSE,
                                Duration.ofSeconds(12),
                                Duration.ofSeconds(180),
                                18_000,
                                Set.of(),
                                20L * 1024 * 1024),
                        new Config.Database("", "postgres", ""),
                        new Config.Log(Duration.ofMillis(5), Duration.ofHours(1), 512L * 1024 * 1024),
                        new Config.Retention(Duration.ofDays(183), Duration.ofDays(1096)),
                        new Config.Backup(null, Duration.ofHours(24), 7),
                        false,
                        null,
                        NotificationOptions.NONE,
                        4096L * 1024 * 1024,
                        ""));
    }

    @Test
    void relaysAreAddressesAndNoNames() throws ConfigException {
        Config config = Config.load(null, Map.of("HAULWATCH_GATEWAY_RELAYS", "10.1.2.3, fd00::7"), Map.of());
        assertThat(config.terminals().relays())
                .containsExactlyInAnyOrder(InetAddress.ofLiteral("10.1.2.3"), InetAddress.ofLiteral("fd00::7"));
        assertThatThrownBy(() -> Config.load(null, Map.of("HAULWATCH_GATEWAY_RELAYS", "relay.example"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("gateway.relays cannot be 'relay.example': it is a list of IP addresses");
    }

    @Test
    void aMailServerIsNamedWholeOrNotAtAll() throws ConfigException {
        Map<String, String> whole = new HashMap<>(Map.of(
                "HAULWATCH_SMTP_HOST", "mail.example.com",
                "HAULWATCH_SMTP_FROM", "haulwatch@example.com",
                "HAULWATCH_SMTP_USER", "haulwatch",
                "HAULWATCH_SMTP_PASSWORD", "s3cret-of-the-mailbox",
                "HAULWATCH_NOTIFICATIONS_ALLOW_TARGETS", "10.1.0.0/16, fd00::7"));
        NotificationOptions.Mail mail = Objects.requireNonNull(
                Config.load(null, whole, Map.of()).notifications().mail());
        assertThat(mail.port()).isEqualTo(587);
        assertThat(mail.security()).isEqualTo(NotificationOptions.Security.STARTTLS);
        assertThat(mail.toString()).doesNotContain("s3cret");
        refusesConfig(whole, "HAULWATCH_SMTP_HOST", "", "is given without smtp.host");
        refusesConfig(whole, "HAULWATCH_SMTP_FROM", "haulwatch", "smtp.from cannot be 'haulwatch'");
        refusesConfig(whole, "HAULWATCH_SMTP_PASSWORD", "", "belong together");
        refusesConfig(whole, "HAULWATCH_NOTIFICATIONS_ALLOW_TARGETS", "intranet", "'intranet' is none");
        refusesConfig(whole, "HAULWATCH_SMTP_SECURITY", "ssl", "it is starttls, tls or none");
    }

    private static void refusesConfig(Map<String, String> whole, String variable, String value, String why) {
        Map<String, String> changed = new HashMap<>(whole);
        changed.put(variable, value);
        assertThatThrownBy(() -> Config.load(null, changed, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(why);
    }

    @Test
    void codesForDriversNeedAnAddressAndItsSecret() throws Exception {
        Map<String, String> whole = Map.of(
                "HAULWATCH_DRIVER_CODE_WEBHOOK_URL", "https://sms.example.com/codes",
                "HAULWATCH_DRIVER_CODE_WEBHOOK_SECRET", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz");
        refusesConfig(whole, "HAULWATCH_DRIVER_CODE_WEBHOOK_SECRET", "", "belong together");
        refusesConfig(whole, "HAULWATCH_DRIVER_CODE_WEBHOOK_SECRET", "s3cret", "24 random bytes");
        refusesConfig(whole, "HAULWATCH_DRIVER_CODE_WEBHOOK_URL", "ftp://sms", "https://sms.example.com/codes");
    }

    @Test
    void aLearningRecordStoreIsNamedWholeOrNotAtAll() throws Exception {
        Map<String, String> whole = Map.of(
                "HAULWATCH_LEARNING_STORE_URL", "https://lrs.example.com/xapi",
                "HAULWATCH_LEARNING_STORE_USER", "haulwatch",
                "HAULWATCH_LEARNING_STORE_PASSWORD", "s3cret-of-the-store");
        assertThat(Objects.requireNonNull(Config.load(null, whole, Map.of())
                                .notifications()
                                .learning())
                        .toString())
                .isEqualTo("Account[https://lrs.example.com/xapi]");
        refusesConfig(whole, "HAULWATCH_LEARNING_STORE_URL", "", "is given without learning_store.url");
        refusesConfig(whole, "HAULWATCH_LEARNING_STORE_URL", "ftp://lrs", "https://lrs.example.com/xapi");
        refusesConfig(whole, "HAULWATCH_LEARNING_STORE_PASSWORD", "", "a password or the file that holds it");
        refusesConfig(whole, "HAULWATCH_LEARNING_STORE_USER", "", "a user without a colon");
        refusesConfig(whole, "HAULWATCH_LEARNING_STORE_PASSWORD_FILE", "/run/secrets/lrs", "a password or the file");
    }

    @Test
    void pinsAllNames() {
        assertThat(Key.ALL.stream().map(Key::variable))
                .containsExactly(
                        "HAULWATCH_DATA",
                        "HAULWATCH_HTTP_PORT",
                        "HAULWATCH_HTTP_BIND",
                        "HAULWATCH_HTTP_TLS_CERTIFICATE",
                        "HAULWATCH_HTTP_TLS_KEY",
                        "HAULWATCH_HTTP_PUBLIC_URL",
                        "HAULWATCH_HTTP_METRICS_EVERYWHERE",
                        "HAULWATCH_TERMINALS_PORT",
                        "HAULWATCH_TERMINALS_BIND",
                        "HAULWATCH_TERMINALS_FILES_MB_PER_DAY",
                        "HAULWATCH_GATEWAY_UNKNOWN_TERMINALS",
                        "HAULWATCH_GATEWAY_AUTHENTICATE_WITHIN",
                        "HAULWATCH_GATEWAY_IDLE_LIMIT",
                        "HAULWATCH_GATEWAY_MAX_CONNECTIONS",
                        "HAULWATCH_GATEWAY_RELAYS",
                        "HAULWATCH_DATABASE_URL",
                        "HAULWATCH_DATABASE_ADMIN_USER",
                        "HAULWATCH_DATABASE_ADMIN_PASSWORD",
                        "HAULWATCH_LOG_GROUP_TIME",
                        "HAULWATCH_LOG_KEEP",
                        "HAULWATCH_LOG_FREE_SPACE_MB",
                        "HAULWATCH_RETENTION_POSITIONS",
                        "HAULWATCH_RETENTION_EPISODES",
                        "HAULWATCH_BACKUP_FOLDER",
                        "HAULWATCH_BACKUP_EVERY",
                        "HAULWATCH_BACKUP_KEEP",
                        "HAULWATCH_ACCOUNTS_REQUIRE_SECOND_FACTOR",
                        "HAULWATCH_OIDC_ISSUER",
                        "HAULWATCH_OIDC_CLIENT_ID",
                        "HAULWATCH_OIDC_CLIENT_SECRET",
                        "HAULWATCH_OIDC_CLIENT_SECRET_FILE",
                        "HAULWATCH_OIDC_REDIRECT_URI",
                        "HAULWATCH_OIDC_NAME",
                        "HAULWATCH_OIDC_ACCOUNT_CLAIM",
                        "HAULWATCH_OIDC_SCOPES",
                        "HAULWATCH_OIDC_SECOND_FACTOR_ACR",
                        "HAULWATCH_OIDC_SECOND_FACTOR_AMR",
                        "HAULWATCH_NOTIFICATIONS_ALLOW_TARGETS",
                        "HAULWATCH_SMTP_HOST",
                        "HAULWATCH_SMTP_PORT",
                        "HAULWATCH_SMTP_SECURITY",
                        "HAULWATCH_SMTP_USER",
                        "HAULWATCH_SMTP_PASSWORD",
                        "HAULWATCH_SMTP_PASSWORD_FILE",
                        "HAULWATCH_SMTP_FROM",
                        "HAULWATCH_DRIVER_CODE_WEBHOOK_URL",
                        "HAULWATCH_DRIVER_CODE_WEBHOOK_SECRET",
                        "HAULWATCH_LEARNING_STORE_URL",
                        "HAULWATCH_LEARNING_STORE_USER",
                        "HAULWATCH_LEARNING_STORE_PASSWORD",
                        "HAULWATCH_LEARNING_STORE_PASSWORD_FILE",
                        "HAULWATCH_TRAINING_VIDEO_MB",
                        "HAULWATCH_ADMIN_PASSWORD");
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndTheEnvironmentOverTheFile() throws Exception {
        Path file = folder.resolve("haulwatch.yaml");
        Files.writeString(file, "http:\n  port: 1\nterminals:\n  port: 2\nlog:\n  keep: 3d\n");
        Config config = Config.load(
                file,
                Map.of("HAULWATCH_HTTP_PORT", "10", "HAULWATCH_TERMINALS_PORT", "20"),
                Map.of("http.port", "100"));
        assertThat(config.http().port()).isEqualTo(100);
        assertThat(config.terminals().port()).isEqualTo(20);
        assertThat(config.log().keep()).isEqualTo(Duration.ofDays(3));
    }

    @Test
    void refusesAnUnknownKeyInTheFileAndNamesIt() throws Exception {
        Path file = folder.resolve("haulwatch.yaml");
        Files.writeString(file, "http:\n  prot: 1\n");
        assertThatThrownBy(() -> Config.load(file, Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'http.prot' is unknown");
    }

    @Test
    void whatACommandUsuallyTakesIsWeakerThanTheFile() throws Exception {
        Path file = folder.resolve("haulwatch.yaml");
        Files.writeString(file, "retention:\n  positions: 30d\n");
        Config config = Config.load(
                file, Map.of(), Map.of(), Map.of("retention.positions", "3d", "gateway.unknown_terminals", "enrol"));
        assertThat(config.retention().positions()).isEqualTo(Duration.ofDays(30));
        assertThat(config.terminals().unknown()).isEqualTo(Key.UnknownTerminals.ENROL);
    }

    @Test
    void aProviderIsTakenWithItsSecretAndTheAddressThatBrowsersUse() throws ConfigException {
        ProviderOptions provider = Config.load(null, PROVIDER, Map.of()).provider();
        assertThat(provider)
                .isEqualTo(new ProviderOptions(
                        "https://id.example.com",
                        "haulwatch",
                        new ProviderOptions.Secret("s3cret-of-the-client", null),
                        "https://safety.example.com/api/v1/session/provider/callback",
                        "",
                        "email",
                        Set.of("openid", "email"),
                        Set.of(),
                        Set.of("mfa", "otp")));
        assertThat(provider).asString().doesNotContain("s3cret");
    }

    @Test
    void aProviderThatCannotBeMeantIsRefusedWithTheReason() {
        refusedProvider("HAULWATCH_OIDC_ISSUER", "", "is given without oidc.issuer");
        refusedProvider("HAULWATCH_OIDC_ISSUER", "http://id.example.com", "https address (http on loopback only)");
        refusedProvider("HAULWATCH_OIDC_ISSUER", "https://id.example.com?a=b", "no ?, #");
        refusedProvider("HAULWATCH_OIDC_CLIENT_ID", "", "oidc.client_id is missing");
        refusedProvider("HAULWATCH_OIDC_CLIENT_SECRET", "", "give either oidc.client_secret");
        refusedProvider("HAULWATCH_OIDC_CLIENT_SECRET_FILE", "/run/secret", "give either oidc.client_secret");
        refusedProvider("HAULWATCH_OIDC_SCOPES", "email", "openid among them");
        refusedProvider("HAULWATCH_HTTP_PUBLIC_URL", "", "oidc.redirect_uri is missing");
        refusedProvider(
                "HAULWATCH_OIDC_REDIRECT_URI",
                "https://other.example/api/v1/session/provider/callback",
                "with http.public_url it is");
    }

    private static void refusedProvider(String variable, String value, String reason) {
        Map<String, String> environment = new HashMap<>(PROVIDER);
        environment.put(variable, value);
        assertThatThrownBy(() -> Config.load(null, environment, Map.of()))
                .as(variable)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesBackupsInsideTheDataFolder() {
        assertThatThrownBy(() -> Config.load(
                        null, Map.of("HAULWATCH_DATA", "/srv/hw", "HAULWATCH_BACKUP_FOLDER", "/srv/hw/b"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("backup.folder cannot be '/srv/hw/b': it lies in the data folder");
    }

    @Test
    void refusesAnUnknownVariable() {
        assertThatThrownBy(() -> Config.load(null, Map.of("HAULWATCH_HTTP_PROT", "1"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("HAULWATCH_HTTP_PROT");
    }

    @Test
    void saysWhichRuleAValueBreaks() {
        assertThatThrownBy(() -> Config.load(null, Map.of("HAULWATCH_HTTP_PORT", "80800"), Map.of()))
                .hasMessageContaining("http.port cannot be '80800'")
                .hasMessageContaining("from 0 to 65535");
        assertThatThrownBy(() -> Config.load(null, Map.of("HAULWATCH_LOG_KEEP", "a week"), Map.of()))
                .hasMessageContaining("log.keep cannot be 'a week'")
                .hasMessageContaining("like 500ms");
    }

    @Test
    void refusesToKeepViolationsShorterThanPositionsOrPositionsForLessThanADay() throws ConfigException {
        assertThatThrownBy(() -> Config.load(null, Map.of("HAULWATCH_RETENTION_EPISODES", "30d"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("retention.episodes cannot be '30d': violations are kept at least as long as positions,"
                        + " which are kept '183d'; raise retention.episodes or lower retention.positions.");
        assertThatThrownBy(() -> Config.load(null, Map.of("HAULWATCH_RETENTION_POSITIONS", "23h"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("retention.positions cannot be '23h'")
                .hasMessageContaining("at least a day");
        Config equal = Config.load(
                null, Map.of("HAULWATCH_RETENTION_POSITIONS", "30d", "HAULWATCH_RETENTION_EPISODES", "30d"), Map.of());
        assertThat(equal.retention().episodes()).isEqualTo(equal.retention().positions());
    }

    @Test
    void saysThatThePasswordOfTheFirstUserCountsAtTheFirstStartOnly() {
        assertThat(Key.ADMIN_PASSWORD.sentence()).contains("at the first start only");
    }

    @Test
    void neverRepeatsASecretInAMessage() {
        assertThatThrownBy(() -> Config.load(
                        null,
                        Map.of("HAULWATCH_HTTP_TLS_KEY", "key.pem", "HAULWATCH_ADMIN_PASSWORD", "hunter2 hunter2"),
                        Map.of()))
                .hasMessageNotContaining("hunter2");
    }
}

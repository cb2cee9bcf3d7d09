package io.haulwatch.console;

import io.haulwatch.console.notifications.NotificationOptions;
import io.haulwatch.console.provider.ProviderOptions;
import io.haulwatch.store.secret.SecretBox;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * How the console is reached.
 *
 * @param host address to listen at
 * @param port port to listen at, 0 for any that is free
 * @param tls certificate for https, null for http
 * @param behindProxy whether a proxy that ends TLS stands before it: cookies are then marked for https, and the client's address is the
 *     last one of {@code X-Forwarded-For}
 * @param publicOrigin the origin that browsers see, such as {@code https://console.example}, or null to take the request's own host
 * @param metricsPublic whether {@code /metrics} answers to other machines
 * @param version of the product, shown in the status
 * @param secondFactorRequired whether administrators, leads and regulators must have a second factor
 * @param provider through which people may also sign in, null without one
 * @param secrets seals what the database must not tell
 * @param notifications where programs may be told, and how letters go out
 * @param tileSourcesJson map sources of the deployment as a JSON list, {@code []} for none
 */
public record ConsoleOptions(
        String host,
        int port,
        @Nullable Tls tls,
        boolean behindProxy,
        @Nullable String publicOrigin,
        boolean metricsPublic,
        String version,
        boolean secondFactorRequired,
        @Nullable ProviderOptions provider,
        SecretBox secrets,
        NotificationOptions notifications,
        String tileSourcesJson) {

    public ConsoleOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535: port=" + port);
        }
    }

    /** Plain http on one address, nothing else set, with a key that nobody knows after it. */
    public static ConsoleOptions plain(String host, int port, String version) {
        SecureRandom random = new SecureRandom();
        SecretBox secrets = SecretBox.of(random.generateSeed(SecretBox.KEY_BYTES), random);
        return new ConsoleOptions(
                host, port, null, false, null, false, version, false, null, secrets, NotificationOptions.NONE, "[]");
    }

    /** Whether browsers reach the console by https. */
    boolean secure() {
        return tls != null || behindProxy;
    }

    /** PEM files of certificate chain and private key. */
    public record Tls(Path certificates, Path key) {}
}

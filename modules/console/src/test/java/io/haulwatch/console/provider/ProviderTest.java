package io.haulwatch.console.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class ProviderTest {
    @TempDir
    Path folder;

    @Test
    void aSecretThatCannotBeReadIsNamedAndReadAnewWithoutARestart() throws Exception {
        AtomicLong seconds = new AtomicLong();
        InstantSource clock = () -> java.time.Instant.ofEpochSecond(seconds.get());
        Path file = folder.resolve("secret");
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        try (Provider provider = new Provider(options("http://127.0.0.1:" + nobody, file), clock, Runnable::run)) {
            refused(provider, "oidc.client_secret_file cannot be read");
            Files.writeString(file, "\n");
            refused(provider, "cannot be read");
            seconds.addAndGet(6);
            refused(provider, "holds no secret");
            Files.writeString(file, "s3cret\n");
            seconds.addAndGet(6);
            refused(provider, "ConnectException");
            assertThat(provider.answers()).isFalse();
            assertThat(provider.options().secret().read()).isEqualTo("s3cret");
            assertThat(provider.options().toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void onlyHttpsAndThisMachineAreGuarded() {
        for (String good :
                Set.of("https://id.example.com/x", "http://127.0.0.1:8", "http://localhost", "http://[::1]:8/")) {
            assertThat(ProviderOptions.isGuarded(URI.create(good))).as(good).isTrue();
        }
        for (String bad : Set.of(
                "http://id.example.com",
                "http://127.0.0.1.example.com",
                "http://localhost.example",
                "ftp://localhost",
                "https:/x",
                "x")) {
            assertThat(ProviderOptions.isGuarded(URI.create(bad))).as(bad).isFalse();
        }
    }

    private static void refused(Provider provider, String words) {
        assertThatThrownBy(() -> provider.address("s".repeat(43), "n".repeat(43), new CodeVerifier()))
                .isInstanceOf(Cause.Refused.class)
                .hasMessageContaining(words);
    }

    private static ProviderOptions options(String issuer, Path secret) {
        return new ProviderOptions(
                issuer,
                "haulwatch",
                new ProviderOptions.Secret("", secret),
                "https://safety.example.com" + ProviderOptions.CALLBACK,
                "",
                "email",
                Set.of("openid"),
                Set.of(),
                Set.of());
    }
}

package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console with a certificate of its own. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class HttpsTest {
    private static final char[] PASSWORD = "only-for-this-test".toCharArray();

    @TempDir
    Path folder;

    @Test
    void withACertificateEverythingGoesOverTlsAndTheSessionsCookieNeverOverAnythingElse() throws Exception {
        KeyStore own = certificate();
        ConsoleOptions plain = ConsoleOptions.plain("127.0.0.1", 0, "test");
        ConsoleOptions options = new ConsoleOptions(
                plain.host(),
                0,
                new ConsoleOptions.Tls(
                        pem(
                                "chain.pem",
                                "CERTIFICATE",
                                own.getCertificate("console").getEncoded()),
                        pem(
                                "key.pem",
                                "PRIVATE KEY",
                                own.getKey("console", PASSWORD).getEncoded())),
                plain.behindProxy(),
                plain.publicOrigin(),
                plain.metricsPublic(),
                plain.version(),
                plain.secondFactorRequired(),
                null,
                plain.secrets(),
                plain.notifications(),
                plain.tileSourcesJson());
        try (Stage stage = new Stage(options);
                HttpClient trusting = client(own, "TLSv1.3");
                HttpClient old = client(own, "TLSv1.1")) {
            String origin = "https://localhost:" + stage.port();
            HttpResponse<String> answer = trusting.send(signIn(origin), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                    .startsWith("__Host-")
                    .contains("Secure", "HttpOnly");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();

            assertThatThrownBy(() -> old.send(signIn(origin), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> trusting.send(signIn("http://localhost:" + stage.port()), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    private static HttpRequest signIn(String origin) {
        return HttpRequest.newBuilder(URI.create(origin + "/api/v1/session"))
                .header("Content-Type", "application/json")
                .header("Origin", origin)
                .POST(BodyPublishers.ofString("{\"username\":\"admin\",\"password\":\"" + Visitor.PASSWORD + "\"}"))
                .build();
    }

    private static HttpClient client(KeyStore trusted, String protocol) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLParameters parameters = context.getSupportedSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        return HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }

    /** Made by the JDK's own tool: one for this run alone. */
    private KeyStore certificate() throws Exception {
        Path store = folder.resolve("store.p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "console",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(tool.waitFor()).as(said).isZero();
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            own.load(in, PASSWORD);
        }
        Objects.requireNonNull(own.getCertificate("console"));
        // As a trusted certificate of its own: a key's entry is not one.
        own.setCertificateEntry("trusted", own.getCertificate("console"));
        return own;
    }

    private Path pem(String name, String what, byte[] content) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + what + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                        + "-----\n");
    }
}

package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.notifications.NotificationOptions;
import io.haulwatch.console.provider.ProviderOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.Test;

/** The whole way, over sockets, with a provider that somebody else wrote. */
class IndependentProviderTest {
    @Test
    void theWholeWayWithAnAccountNamedByAClaimOfTheOrganisation() throws Exception {
        MockOAuth2Server server = new MockOAuth2Server();
        server.start(InetAddress.getLoopbackAddress(), 0);
        ConsoleOptions plain = ConsoleOptions.plain("127.0.0.1", 0, "test");
        ProviderOptions provider = new ProviderOptions(
                server.issuerUrl("organisation").toString(),
                "haulwatch",
                new ProviderOptions.Secret("of the client", null),
                // Browsers see another address than the one it listens at, as behind a proxy.
                "https://safety.example.com" + ProviderOptions.CALLBACK,
                "",
                "employee_number",
                Set.of("openid", "profile"),
                Set.of(),
                Set.of("otp"));
        ConsoleOptions behindProxy = new ConsoleOptions(
                plain.host(),
                0,
                null,
                true,
                "https://safety.example.com",
                false,
                "test",
                false,
                provider,
                plain.secrets(),
                NotificationOptions.NONE,
                "[]");
        try (Stage stage = new Stage(behindProxy);
                HttpClient http = HttpClient.newHttpClient()) {
            stage.database.run(
                    "insert into hw.provider_link (user_id, claim, name, linked_at, linked_by) select user_id, 'employee_number', 'E-0815',"
                            + " now(), 1 from hw.app_user where username = 'company1'");
            Visitor browser = new Visitor(stage.port());
            browser.origin = "https://safety.example.com";
            HttpResponse<String> begun = browser.post("/api/v1/session/provider", "{\"next\":\"/companies/1\"}");
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
            assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow())
                    .startsWith("__Host-hw_provider=")
                    .contains("HttpOnly", "SameSite=Lax", "Secure", "Path=/");
            browser.cookie = cookie(begun);

            server.enqueueCallback(new DefaultOAuth2TokenCallback(
                    "organisation",
                    "00u1-subject",
                    "JWT",
                    List.of("haulwatch"),
                    Map.of("employee_number", "E-0815", "amr", List.of("pwd", "otp")),
                    300));
            HttpResponse<String> signedIn = http.send(
                    HttpRequest.newBuilder(URI.create(Visitor.JSON
                                    .readTree(begun.body())
                                    .get("address")
                                    .textValue()))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(302);
            URI back = URI.create(signedIn.headers().firstValue("Location").orElseThrow());
            assertThat(back.toString()).startsWith(provider.redirectUri() + "?");

            HttpResponse<String> in = browser.get(back.getRawPath() + "?" + back.getRawQuery());
            assertThat(in.headers().firstValue("Location")).contains("/companies/1");
            browser.cookie = cookie(in);
            assertThat(browser.cookie).startsWith("__Host-hw_session=");
            assertThat(browser.json("/api/v1/session")
                            .get("user")
                            .get("username")
                            .textValue())
                    .isEqualTo("company1");
            assertThat(browser.json("/api/v1/companies").get("items")).hasSize(1);
            assertThat(stage.database.column("select subject from hw.provider_link"))
                    .containsExactly("00u1-subject");
        } finally {
            server.shutdown();
        }
    }

    private static String cookie(HttpResponse<String> answer) {
        String header = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return header.substring(0, header.indexOf(';'));
    }
}

package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Sessions as an attacker and as an honest user meet them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {
    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void signsInTellsWhoAndSignsOut() throws Exception {
        Visitor visitor = new Visitor(stage.port());
        HttpResponse<String> answer = visitor.signIn("Company1", Visitor.PASSWORD);
        JsonNode user = Visitor.JSON.readTree(answer.body()).get("user");
        assertThat(user.get("role").textValue()).isEqualTo("company");
        assertThat(user.get("scope").textValue()).isEqualTo("company:1");
        assertThat(user.get("scope_label").textValue()).isEqualTo("渝捷达物流有限公司");
        assertThat(visitor.get("/api/v1/session").statusCode()).isEqualTo(200);
        assertThat(visitor.send("DELETE", "/api/v1/session", null).statusCode()).isEqualTo(204);
        assertThat(visitor.get("/api/v1/session").statusCode()).isEqualTo(401);
        assertThat(stage.database.column("select action from hw.audit where user_id = 3 order by audit_id"))
                .contains("session.begin", "session.end");
    }

    @Test
    void theCookieIsForTheBrowserAloneAndTheTokenIsNotInTheDatabase() throws Exception {
        Visitor visitor = new Visitor(stage.port());
        HttpResponse<String> answer = visitor.signIn("admin", Visitor.PASSWORD);
        String header = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(header)
                .startsWith("hw_session=")
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/")
                .doesNotContain("Domain");
        String token = header.substring(header.indexOf('=') + 1, header.indexOf(';'));
        assertThat(token).hasSizeGreaterThanOrEqualTo(43);
        assertThat(stage.database.column("select encode(token_hash, 'hex') from hw.session"))
                .noneMatch(hash -> hash.equals(HexFormat.of().formatHex(token.getBytes(StandardCharsets.UTF_8))))
                .allMatch(hash -> hash.length() == 64);
        assertThat(stage.database.column("select s::text from hw.session s")).noneMatch(row -> row.contains(token));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void aTokenPlantedBeforeSignInIsWorthNothingAfterwards() throws Exception {
        Visitor victim = new Visitor(stage.port());
        victim.cookie = "hw_session=planted-by-somebody-else-planted-by-somebody";
        victim.signIn("centre", Visitor.PASSWORD);
        Visitor attacker = new Visitor(stage.port());
        attacker.cookie = "hw_session=planted-by-somebody-else-planted-by-somebody";
        assertThat(attacker.get("/api/v1/session").statusCode()).isEqualTo(401);

        String first = String.valueOf(victim.cookie);
        victim.signIn("centre", Visitor.PASSWORD);
        assertThat(victim.cookie).isNotEqualTo(first);
        attacker.cookie = first;
        assertThat(attacker.get("/api/v1/session").statusCode()).isEqualTo(401);
    }

    @Test
    void unknownUserAndWrongPasswordGetTheSameAnswer() throws Exception {
        Visitor visitor = new Visitor(stage.port());
        JsonNode unknown =
                Visitor.JSON.readTree(visitor.signIn("nobody", "山高水长-0818-xx").body());
        HttpResponse<String> wrongAnswer = visitor.signIn("regulator50", "山高水长-0818-xx");
        JsonNode wrong = Visitor.JSON.readTree(wrongAnswer.body());
        assertThat(wrongAnswer.statusCode()).isEqualTo(401);
        assertThat(wrongAnswer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(unknown.get("detail")).isEqualTo(wrong.get("detail"));
        assertThat(unknown.get("title")).isEqualTo(wrong.get("title"));
        assertThat(wrong.get("error_id").textValue()).isNotBlank();
        assertThat(wrongAnswer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(stage.database.column("select detail ->> 'username' from hw.audit where action = 'session.refused'"))
                .contains("nobody", "regulator50");
    }

    @Test
    void guessersAreSlowedDownWithTheTimeToWait() throws Exception {
        Visitor visitor = new Visitor(stage.port());
        HttpResponse<String> last = visitor.signIn("guessed", "x1234567890");
        for (int i = 0; i < 6; i++) {
            last = visitor.signIn("guessed", "x1234567890");
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("Retry-After")).isPresent();
        assertThat(visitor.signIn("centre", Visitor.PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void callsThatChangeSomethingNeedTheTokenOfTheSession() throws Exception {
        Visitor visitor = Visitor.signedIn(stage.port(), "centre");
        Visitor other = Visitor.signedIn(stage.port(), "admin");
        String body = "{\"kind\":\"note\",\"note\":\"x\"}";
        String path = "/api/v1/alarms/" + Stage.ALARM_1 + "/actions";
        String right = String.valueOf(visitor.csrf);
        visitor.csrf = null;
        assertThat(visitor.post(path, body).statusCode()).isEqualTo(403);
        visitor.csrf = other.csrf;
        assertThat(visitor.post(path, body).statusCode()).isEqualTo(403);
        visitor.csrf = right;
        assertThat(visitor.post(path, body).statusCode()).isEqualTo(201);
    }

    @Test
    void pagesOfOtherOriginsAreRefused() throws Exception {
        Visitor visitor = Visitor.signedIn(stage.port(), "centre");
        String body = "{\"kind\":\"note\",\"note\":\"x\"}";
        String path = "/api/v1/alarms/" + Stage.ALARM_1 + "/actions";
        for (String origin : new String[] {"http://evil.example", "null", "https://127.0.0.1:" + stage.port()}) {
            visitor.origin = origin;
            assertThat(visitor.post(path, body).statusCode()).as(origin).isEqualTo(403);
            Visitor stranger = new Visitor(stage.port());
            stranger.origin = origin;
            assertThat(stranger.signIn("centre", Visitor.PASSWORD).statusCode())
                    .as(origin)
                    .isEqualTo(403);
        }
        visitor.origin = "http://127.0.0.1:" + stage.port();
        assertThat(visitor.post(path, body).statusCode()).isEqualTo(201);
    }

    @Test
    void aSessionEndsWhenItIsNotUsedAndInAnyCaseAfterTwelveHours() throws Exception {
        try (Stage own = new Stage()) {
            Visitor idle = Visitor.signedIn(own.port(), "company1");
            Visitor remembered = new Visitor(own.port());
            HttpResponse<byte[]> answer = remembered.raw(remembered
                    .request("/api/v1/session")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(
                            "{\"username\":\"company2\",\"password\":\"" + Visitor.PASSWORD + "\",\"remember\":true}"))
                    .build());
            String header = answer.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(header).contains("Max-Age=28800");
            remembered.cookie = header.substring(0, header.indexOf(';'));
            own.ahead(29 * 60_000L);
            assertThat(idle.get("/api/v1/session").statusCode()).isEqualTo(200);
            own.ahead(29 * 60_000L);
            assertThat(idle.get("/api/v1/session").statusCode()).isEqualTo(200);
            own.ahead(31 * 60_000L);
            assertThat(idle.get("/api/v1/session").statusCode()).isEqualTo(401);
            assertThat(remembered.get("/api/v1/session").statusCode()).isEqualTo(200);
            own.ahead(7 * 3_600_000L);
            assertThat(remembered.get("/api/v1/session").statusCode()).isEqualTo(401);

            Visitor busy = Visitor.signedIn(own.port(), "admin");
            for (int i = 0; i < 30; i++) {
                own.ahead(24 * 60_000L);
                assertThat(busy.get("/api/v1/session").statusCode()).isEqualTo(i < 29 ? 200 : 401);
            }
        }
    }

    @Test
    void aUserWhoIsDisabledIsOutWithinSeconds() throws Exception {
        try (Stage own = new Stage()) {
            Visitor visitor = Visitor.signedIn(own.port(), "company2");
            own.database.run("update hw.app_user set disabled = true where username = 'company2'");
            own.ahead(6_000);
            assertThat(visitor.get("/api/v1/session").statusCode()).isEqualTo(401);
            assertThat(visitor.signIn("company2", Visitor.PASSWORD).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() throws Exception {
        Visitor visitor = new Visitor(stage.port());
        for (String path : new String[] {"/", "/api/v1/session", "/health/live", "/no/such.file"}) {
            HttpResponse<String> answer = visitor.get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .as(path)
                    .contains("default-src 'self'")
                    .contains("script-src 'self';")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe-eval");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).isPresent();
            assertThat(answer.headers().firstValue("Permissions-Policy")).isPresent();
        }
    }

    @Test
    void bodiesAreLimitedAndMustBeJson() throws Exception {
        Visitor visitor = new Visitor(stage.port());
        assertThat(visitor.post("/api/v1/session", "{\"username\":\"" + "x".repeat(100_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(visitor.post("/api/v1/session", "{\"username\":").statusCode())
                .isEqualTo(400);
        assertThat(visitor.post("/api/v1/session", "[".repeat(5_000)).statusCode())
                .isEqualTo(400);
        assertThat(visitor.post("/api/v1/session", "{} trailing").statusCode()).isEqualTo(400);
        assertThat(visitor.post("/api/v1/session", "[1]").statusCode()).isEqualTo(400);
        HttpResponse<byte[]> form = visitor.raw(visitor.request("/api/v1/session")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=admin&password=x"))
                .build());
        assertThat(form.statusCode()).isEqualTo(415);
    }
}

package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.http.AccessTable;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Role;
import io.haulwatch.console.session.TokenScope;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tokens of programs: what they reach, what they never reach, and how they end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTokensTest {
    private static final String TOKENS = "/api/v1/account/tokens";

    private final AccessTable access = AccessTable.ofTheConsole();
    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        TrainingRows.histories(stage.database);
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aTokenReachesTheRoutesOfItsScopesForItsMakerAndNothingElse() throws Exception {
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        for (TokenScope scope : TokenScope.OF_PROGRAMS) {
            Visitor program = program(make(company, scope.word(), scope.word()));
            for (Route route : stage.console.routes()) {
                if (route.right() == io.haulwatch.console.session.Right.PUBLIC) {
                    continue;
                }
                HttpResponse<String> own = call(program, route, "1");
                if (access.tokenScopes(route.name()).contains(scope)) {
                    assertThat(own.statusCode())
                            .as("%s with %s: %s", route.name(), scope, own.body())
                            .isEqualTo(200);
                    HttpResponse<String> foreign = call(program, route, "3");
                    // Courses are everyone's.
                    if (route.path().contains(":id") && !route.path().startsWith("/api/v1/courses/")) {
                        assertThat(foreign.statusCode()).as(route.name()).isEqualTo(404);
                    }
                    assertThat(foreign.body()).doesNotContain("川A99999", "蓉通");
                } else {
                    assertThat(own.statusCode())
                            .as("%s with %s", route.name(), scope)
                            .isEqualTo(403);
                    if (route.name().startsWith("HEAD")) {
                        continue;
                    }
                    assertThat(own.body())
                            .contains(
                                    access.allows(route.name(), Role.COMPANY)
                                            ? "urn:haulwatch:problem:token-scope"
                                            : "urn:haulwatch:problem:not-allowed");
                }
            }
            assertThat(AccessWalkTest.opened(program, "/ws/fleet")).isEqualTo(scope == TokenScope.MAP ? 101 : 403);
            assertThat(AccessWalkTest.opened(program, "/ws/alarms")).isEqualTo(scope == TokenScope.ALARMS ? 101 : 403);
        }
    }

    @Test
    void itIsShownOnceKeptAsAHashAndListedWithItsLastUse() throws Exception {
        Visitor lead = Visitor.signedIn(stage.port(), "centre");
        String token = make(lead, "板块报表", "map", "history");
        assertThat(token).matches("hwt_[A-Za-z0-9_-]{43}");
        assertThat(stage.database.column("select t::text from hw.api_token t"))
                .noneMatch(row -> row.contains(token) || row.contains(token.substring(4)));
        assertThat(stage.database.column("select encode(token_hash, 'hex') from hw.api_token"))
                .noneMatch(hash -> hash.contains(
                        HexFormat.of().formatHex(token.getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
        JsonNode row = lead.json(TOKENS).get("items").get(0);
        assertThat(row.get("name").textValue()).isEqualTo("板块报表");
        assertThat(row.get("last_used_at").isNull()).isTrue();
        Visitor program = program(token);
        assertThat(program.get("/api/v1/vehicles").statusCode()).isEqualTo(200);
        row = lead.json(TOKENS).get("items").get(0);
        assertThat(row.get("last_used_at").isNull()).isFalse();
        assertThat(row.get("last_address").textValue()).isEqualTo("127.0.0.1");
        assertThat(lead.get(TOKENS).body()).doesNotContain(token);
        assertThat(stage.database.column("select a::text from hw.audit a where action like 'token.%'"))
                .isNotEmpty()
                .noneMatch(each -> each.contains(token));

        // A cookie beside it changes nothing: a program is no browser, and a browser no program.
        program.cookie = lead.cookie;
        program.csrf = lead.csrf;
        assertThat(program.get(TOKENS).statusCode()).isEqualTo(403);
        program.authorization = "Bearer " + token.substring(0, token.length() - 1) + "A".repeat(2);
        assertThat(program.get("/api/v1/vehicles").statusCode()).isIn(401, 429);
        program.authorization = "Basic b3RoZXI6cHJveHk=";
        assertThat(program.get("/api/v1/vehicles").statusCode()).isEqualTo(200);

        int id = row.get("id").intValue();
        assertThat(Visitor.signedIn(stage.port(), "agent")
                        .send("DELETE", TOKENS + "/" + id, "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(lead.send("DELETE", TOKENS + "/" + id, "{}").statusCode()).isEqualTo(204);
        assertThat(program(token).get("/api/v1/vehicles").statusCode()).isIn(401, 429);
    }

    @Test
    void itEndsInTimeWithItsMakerAndWithAResetAndFollowsHisRole() throws Exception {
        Visitor admin = Visitor.signedIn(stage.port(), "admin");
        Visitor maker = Visitor.signedIn(stage.port(), "company2");
        Visitor program = program(make(maker, "x", "map"));
        Visitor follower = program(make(Visitor.signedIn(stage.port(), "spare"), "y", "map"));
        assertThat(program.json("/api/v1/vehicles").get("items")).hasSize(1);
        assertThat(follower.json("/api/v1/vehicles").get("items")).hasSize(2);
        assertThat(admin.send("PATCH", "/api/v1/users/6", "{\"role\":\"driver\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(admin.json("/api/v1/users/4/tokens").get("items")).hasSize(1);
        assertThat(admin.post("/api/v1/users/4/link", "{}").statusCode()).isEqualTo(201);
        stage.ahead(6_000);
        assertThat(program.get("/api/v1/vehicles").statusCode()).isIn(401, 429);
        assertThat(follower.get("/api/v1/vehicles").statusCode()).isEqualTo(403);

        Visitor regulator = Visitor.signedIn(stage.port(), "regulator50");
        Visitor day = program(make(regulator, "z", "map"));
        assertThat(day.get("/api/v1/vehicles").statusCode()).isEqualTo(200);
        stage.database.run("update hw.app_user set disabled = true where username = 'regulator50'");
        stage.ahead(6_000);
        assertThat(day.get("/api/v1/vehicles").statusCode()).isIn(401, 429);
        stage.database.run("update hw.app_user set disabled = false where username = 'regulator50'");
        assertThat(day.get("/api/v1/vehicles").statusCode()).isEqualTo(200);
        stage.ahead(86_400_000L * 31);
        assertThat(day.get("/api/v1/vehicles").statusCode()).isIn(401, 429);
    }

    @Test
    void makingOneTakesThePasswordASensibleLifeAndKnownScopesAndThereIsAnEndToThem() throws Exception {
        Visitor group = Visitor.signedIn(stage.port(), "group");
        assertThat(group.post(TOKENS, body("x", 30, "wrong-password-1", "map")).body())
                .contains("wrong-password");
        for (String wrong : List.of(
                body("x", 0, Visitor.PASSWORD, "map"),
                body("x", 366, Visitor.PASSWORD, "map"),
                body("x", 30, Visitor.PASSWORD),
                body("x", 30, Visitor.PASSWORD, "everything"),
                body("x", 30, Visitor.PASSWORD, "wall"),
                body(" ", 30, Visitor.PASSWORD, "map"))) {
            assertThat(group.post(TOKENS, wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(Visitor.signedIn(stage.port(), "driver1")
                        .post(TOKENS, body("x", 30, Visitor.PASSWORD, "map"))
                        .statusCode())
                .isEqualTo(403);
        stage.database.run(
                "insert into hw.api_token (token_hash, user_id, name, scopes, created_at, expires_at) select "
                        + "sha256(n::text::bytea), 9, 'x', '{map}', now(), now() + interval '999 days' from generate_series(1, 20) n");
        assertThat(group.post(TOKENS, body("x", 30, Visitor.PASSWORD, "map")).body())
                .contains("too-many-tokens");
    }

    @Test
    void whoTriesTokensIsToldToWaitAndARightOneStillOpens() throws Exception {
        Visitor agent = Visitor.signedIn(stage.port(), "agent");
        Visitor program = program(make(agent, "x", "map"));
        Visitor guesser = program("hwt_" + "x".repeat(43));
        int last = 0;
        for (int i = 0; i < 14 && last != 429; i++) {
            last = guesser.get("/api/v1/vehicles").statusCode();
            assertThat(last).isIn(401, 429);
        }
        assertThat(last).isEqualTo(429);
        assertThat(program.get("/api/v1/vehicles").statusCode()).isEqualTo(200);
    }

    private String make(Visitor visitor, String name, String... scopes) throws Exception {
        HttpResponse<String> answer = visitor.post(TOKENS, body(name, 30, Visitor.PASSWORD, scopes));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Visitor.JSON.readTree(answer.body()).get("token").textValue();
    }

    private static String body(String name, int days, String password, String... scopes) {
        var body = Visitor.JSON
                .createObjectNode()
                .put("name", name)
                .put("days", days)
                .put("current", password);
        Stream.of(scopes).forEach(body.putArray("scopes")::add);
        return body.toString();
    }

    private Visitor program(String token) {
        Visitor program = new Visitor(stage.port());
        program.authorization = "Bearer " + token;
        return program;
    }

    private static HttpResponse<String> call(Visitor program, Route route, String id) throws Exception {
        String path = route.path();
        String alarm = id.equals("1") ? Stage.ALARM_1 : Stage.ALARM_2;
        String number = path.startsWith("/api/v1/companies") && id.equals("3") ? "2" : id;
        String filled = path.replace(":id", path.startsWith("/api/v1/alarms") ? alarm : number)
                .replace(":day", "2026-01-01")
                .replace(":table", "training");
        String query = path.endsWith("/track")
                ? "?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z"
                : path.endsWith("/trips")
                        ? "?from=2026-01-01&to=2026-01-02"
                        : path.endsWith("/export") ? "?format=csv" : "";
        return program.send(
                route.method().name(), filled + query, route.method().name().equals("GET") ? null : "{}");
    }
}

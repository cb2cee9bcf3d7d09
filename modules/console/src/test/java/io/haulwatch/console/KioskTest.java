package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.http.AccessTable;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.TokenScope;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Big screens with a token of their own: what they reach, what they never learn, and how they end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KioskTest {
    private static final String KIOSKS = "/api/v1/kiosks";

    private final AccessTable access = AccessTable.ofTheConsole();
    private Stage stage;
    private Visitor admin;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        admin = Visitor.signedIn(stage.port(), "admin");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void itReadsTheWallOfItsCompaniesAndNothingElseAnswers() throws Exception {
        Visitor wall = screen(make("一楼大厅", "region:50", 30));
        assertThat(wall.json("/api/v1/wall").at("/critical/0/plate").textValue())
                .isEqualTo("渝B12***");
        Visitor other = screen(make("成都", "company:2", 30));
        assertThat(other.json("/api/v1/wall").get("critical")).isEmpty();
        assertThat(other.json("/api/v1/wall").get("km_today").doubleValue()).isEqualTo(100);
        for (Route route : stage.console.routes()) {
            if (route.right() == Right.PUBLIC || route.path().equals("/api/v1/wall")) {
                continue;
            }
            HttpResponse<String> answer = wall.send(
                    route.method().name(),
                    route.path().replaceAll(":\\w+", "1"),
                    route.method().name().equals("GET") ? null : "{}");
            assertThat(answer.statusCode()).as(route.name()).isEqualTo(403);
            assertThat(access.tokenScopes(route.name())).as(route.name()).doesNotContain(TokenScope.WALL);
        }
    }

    @Test
    void itsLiveLineTellsPositionsAndNeitherPlatesNorCompanies() throws Exception {
        Visitor wall = screen(make("指挥室", "all", 30));
        assertThat(AccessWalkTest.opened(wall, "/ws/alarms")).isEqualTo(403);
        Visitor.Line line = wall.open("/ws/fleet");
        try {
            await().until(() -> !line.frames.isEmpty());
            // A new plate is told to everybody else who listens.
            stage.database.run("update hw.vehicle set plate = '渝B10001' where vehicle_id = 2");
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> line.frames.stream().anyMatch(frame -> frame[2] == 4));
            for (byte[] frame : line.frames) {
                assertThat(new String(frame, StandardCharsets.UTF_8)).doesNotContain("渝B", "川A", "渝捷达", "蓉通");
            }
        } finally {
            line.close();
        }
    }

    @Test
    void itIsShownOnceAndEndsWhenAnAdministratorOrItsTimeEndsIt() throws Exception {
        String token = make("走廊", "all", 7);
        assertThat(stage.database.column("select encode(token_hash, 'hex') from hw.kiosk"))
                .noneMatch(hash -> hash.contains(HexFormat.of().formatHex(token.getBytes(StandardCharsets.US_ASCII))));
        assertThat(admin.get(KIOSKS).body()).doesNotContain(token);
        assertThat(stage.database.column("select a::text from hw.audit a where action = 'kiosk.make'"))
                .isNotEmpty()
                .noneMatch(each -> each.contains(token));
        Visitor wall = screen(token);
        assertThat(wall.get("/api/v1/wall").statusCode()).isEqualTo(200);
        JsonNode row = row("走廊");
        assertThat(row.get("made_by").textValue()).isEqualTo("管理员");
        assertThat(row.get("last_address").textValue()).isEqualTo("127.0.0.1");
        Visitor.Line line = wall.open("/ws/fleet");
        await().until(() -> !line.frames.isEmpty());
        assertThat(admin.send("DELETE", KIOSKS + "/" + row.get("id").intValue(), null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(line.closed.get(30, TimeUnit.SECONDS)).isEqualTo(4001);
        assertThat(wall.get("/api/v1/wall").statusCode()).isIn(401, 429);
        assertThat(stage.database.column("select action from hw.audit where action = 'kiosk.end'"))
                .isNotEmpty();

        Visitor week = screen(make("大门", "all", 7));
        assertThat(week.get("/api/v1/wall").statusCode()).isEqualTo(200);
        stage.ahead(86_400_000L * 8);
        assertThat(week.get("/api/v1/wall").statusCode()).isIn(401, 429);
        stage.ahead(-86_400_000L * 8);
    }

    @Test
    void onlyAnAdministratorMakesOneWithHisPasswordAndForCompaniesThatAreThere() throws Exception {
        assertThat(Visitor.signedIn(stage.port(), "centre")
                        .post(KIOSKS, body("x", "all", 7, Visitor.PASSWORD))
                        .statusCode())
                .isEqualTo(403);
        assertThat(admin.post(KIOSKS, body("x", "all", 7, "wrong-password-1")).body())
                .contains("wrong-password");
        for (String wrong : new String[] {
            body(" ", "all", 7, Visitor.PASSWORD),
            body("x", "everything", 7, Visitor.PASSWORD),
            body("x", "company:99", 7, Visitor.PASSWORD),
            body("x", "all", 0, Visitor.PASSWORD),
            body("x", "all", 366, Visitor.PASSWORD)
        }) {
            assertThat(admin.post(KIOSKS, wrong).statusCode()).as(wrong).isEqualTo(400);
        }
    }

    private JsonNode row(String name) throws Exception {
        for (JsonNode each : admin.json(KIOSKS).get("items")) {
            if (each.get("name").textValue().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no big screen: name=" + name);
    }

    private String make(String name, String scope, int days) throws Exception {
        HttpResponse<String> answer = admin.post(KIOSKS, body(name, scope, days, Visitor.PASSWORD));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer).get("token").textValue();
    }

    private static String body(String name, String scope, int days, String password) {
        return Visitor.JSON
                .createObjectNode()
                .put("name", name)
                .put("scope", scope)
                .put("days", days)
                .put("current", password)
                .toString();
    }

    private Visitor screen(String token) {
        Visitor screen = new Visitor(stage.port());
        screen.authorization = "Bearer " + token;
        screen.kiosk = token;
        return screen;
    }
}

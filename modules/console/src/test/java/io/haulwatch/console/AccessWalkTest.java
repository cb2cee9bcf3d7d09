package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Role;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Walks every mounted route with every role and with a foreign company's ids, and fails on anything that answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessWalkTest {
    private static final String COMMAND_BODY = "{\"kind\":\"locate\"}";
    private static final int SPARE = 6;
    private static final String ACTION_BODY = "{\"kind\":\"note\",\"note\":\"x\"}";

    /** Words that stand for company 2 in any answer. */
    private static final List<String> FOREIGN_WORDS =
            List.of("蓉通", "川A99999", "13900000003", "马志远", "13700001234", Stage.ALARM_2, Stage.COMMAND_2, "堆场", "J-3");

    private final Map<Role, Visitor> visitors = new LinkedHashMap<>();
    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        visitors.put(Role.ADMIN, Visitor.signedIn(stage.port(), "admin"));
        visitors.put(Role.LEAD, Visitor.signedIn(stage.port(), "centre"));
        visitors.put(Role.AGENT, Visitor.signedIn(stage.port(), "agent"));
        visitors.put(Role.DRIVER, Visitor.signedIn(stage.port(), "driver1"));
        visitors.put(Role.COMPANY, Visitor.signedIn(stage.port(), "company1"));
        visitors.put(Role.REGULATOR, Visitor.signedIn(stage.port(), "regulator50"));
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void noRouteButThePublicOnesAnswersWithoutASession() throws Exception {
        Visitor stranger = new Visitor(stage.port());
        for (Route route : stage.console.routes()) {
            HttpResponse<String> answer = stranger.send(route.method().name(), path(route, Target.OWN), body(route));
            if (route.right() == Right.PUBLIC) {
                assertThat(answer.statusCode()).as(name(route)).isNotEqualTo(403);
            } else {
                assertThat(answer.statusCode()).as(name(route)).isEqualTo(401);
            }
        }
        for (String socket : List.of("/ws/fleet", "/ws/alarms")) {
            assertThat(stranger.get(socket).statusCode()).as(socket).isEqualTo(400);
            assertThat(refused(stranger, socket)).as(socket).isEqualTo(401);
        }
    }

    @Test
    void everyRoleIsRefusedWhatItsRightsDoNotHold() throws Exception {
        for (Route route : stage.console.routes()) {
            if (isSignOut(route)) {
                continue;
            }
            for (Map.Entry<Role, Visitor> each : visitors.entrySet()) {
                HttpResponse<String> answer =
                        each.getValue().send(route.method().name(), path(route, Target.OWN), body(route));
                if (route.right().heldBy(each.getKey()) && !isNobodys(route, each.getKey())) {
                    assertThat(answer.statusCode())
                            .as("%s as %s: %s", name(route), each.getKey(), answer.body())
                            .isNotIn(401, 403, 500);
                } else {
                    assertThat(answer.statusCode())
                            .as("%s as %s", name(route), each.getKey())
                            .isEqualTo(403);
                    assertThat(answer.body())
                            .contains(
                                    isNobodys(route, each.getKey())
                                            ? "all companies"
                                            : route.right().words());
                }
            }
        }
        assertThat(Right.COMMAND_TERMINALS.heldBy(Role.COMPANY)).isFalse();
        assertThat(Right.COMMAND_TERMINALS.heldBy(Role.REGULATOR)).isFalse();
        assertThat(Right.ORDER_IN_BULK.heldBy(Role.AGENT)).isFalse();
        assertThat(Right.HANDLE_ALARMS.heldBy(Role.REGULATOR)).isFalse();
    }

    @Test
    void nothingOfAForeignCompanyAnswersOrShows() throws Exception {
        for (Role role : List.of(Role.AGENT, Role.COMPANY, Role.REGULATOR, Role.DRIVER)) {
            Visitor visitor = visitor(role);
            for (Route route : stage.console.routes()) {
                if (isSignOut(route)
                        || route.right() == Right.PUBLIC
                        || !route.right().heldBy(role)) {
                    continue;
                }
                HttpResponse<String> answer =
                        visitor.send(route.method().name(), path(route, Target.FOREIGN), body(route));
                if (route.path().contains(":id")) {
                    assertThat(answer.statusCode())
                            .as("%s as %s", name(route), role)
                            .isEqualTo(404);
                }
                assertThat(withoutId(answer.body(), route))
                        .as("%s as %s", name(route), role)
                        .doesNotContain(FOREIGN_WORDS);
                String filtered = visitor.get(path(route, Target.FOREIGN).replaceAll("[?].*", "")
                                + "?company=2&vehicle=3&ids=3&query=%E5%B7%9DA&status=all")
                        .body();
                assertThat(withoutId(filtered, route))
                        .as("%s as %s", name(route), role)
                        .doesNotContain(FOREIGN_WORDS);
            }
        }
    }

    @Test
    void aForeignIdIsAnsweredLikeOneThatIsNotThere() throws Exception {
        Visitor visitor = visitor(Role.COMPANY);
        JsonNode foreign =
                Visitor.JSON.readTree(visitor.get("/api/v1/vehicles/3").body());
        JsonNode absent =
                Visitor.JSON.readTree(visitor.get("/api/v1/vehicles/999999").body());
        assertThat(foreign.get("status")).isEqualTo(absent.get("status"));
        assertThat(foreign.get("detail").textValue().replace("=3", "="))
                .isEqualTo(absent.get("detail").textValue().replace("=999999", "="));
    }

    @Test
    void ownThingsAnswer() throws Exception {
        Visitor visitor = visitor(Role.COMPANY);
        assertThat(visitor.json("/api/v1/companies").get("items")).hasSize(1);
        assertThat(visitor.json("/api/v1/vehicles").get("items")).hasSize(2);
        assertThat(visitor.json("/api/v1/alarms").get("items")).hasSize(1);
        assertThat(visitor.json("/api/v1/zones").get("features")).hasSize(1);
        assertThat(visitor(Role.REGULATOR).json("/api/v1/companies").get("items"))
                .hasSize(1);
        assertThat(visitor(Role.LEAD).json("/api/v1/companies").get("items")).hasSize(2);
        assertThat(visitor.json("/api/v1/fleet/summary").get("total").intValue())
                .isEqualTo(2);
        assertThat(visitor.json("/api/v1/fleet/dictionary").get("vehicles")).hasSize(2);
    }

    /** A refusal repeats the id that was asked for; nothing else of a foreign company may show. */
    private static String withoutId(String body, Route route) {
        return route.path().contains(":id")
                ? body.replace(path(route, Target.FOREIGN).split("/", -1)[4].replaceAll("[?].*", ""), "")
                : body;
    }

    private static int refused(Visitor visitor, String path) throws Exception {
        try {
            visitor.open(path).close();
            return 101;
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof java.net.http.WebSocketHandshakeException handshake) {
                return handshake.getResponse().statusCode();
            }
            throw e;
        }
    }

    private Visitor visitor(Role role) {
        return java.util.Objects.requireNonNull(visitors.get(role));
    }

    /** What belongs to no company is for those who see all of them; this walk's agent sees one. */
    private static boolean isNobodys(Route route, Role role) {
        return route.right() == Right.SEE_REFUSED_TERMINALS && role == Role.AGENT;
    }

    private static boolean isSignOut(Route route) {
        return name(route).equals("DELETE /api/v1/session");
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }

    private static @org.jspecify.annotations.Nullable String body(Route route) {
        if (route.method().name().equals("GET")) {
            return null;
        }
        return switch (route.path()) {
            case "/api/v1/vehicles/:id/commands" -> COMMAND_BODY;
            case "/api/v1/alarms/:id/actions" -> ACTION_BODY;
            default -> "{}";
        };
    }

    /** Whose things a path names. */
    private enum Target {
        OWN,
        FOREIGN
    }

    /** A path with ids of things that are there; a new route with another kind of id must be named here. */
    private static String path(Route route, Target target) {
        boolean own = target == Target.OWN;
        String path = route.path();
        if (!path.contains(":")) {
            return path;
        }
        String id = switch (path.split("/")[3]) {
            case "companies" -> own ? "1" : "2";
            case "vehicles" -> own ? "1" : "3";
            case "alarms" -> own ? Stage.ALARM_1 : Stage.ALARM_2;
            // A user whom nobody signs in as: what is done to him disturbs no other step of the walk.
            case "users" -> Integer.toString(own ? SPARE : SPARE + 1_000);
            case "account" -> "999999";
            case "imports" -> "55555555-5555-4555-8555-555555555555";
            case "orders" -> own ? Stage.ORDER_1 : "66666666-6666-4666-8666-666666666666";
            case "commands" -> own ? "44444444-4444-4444-8444-444444444444" : Stage.COMMAND_2;
            default -> throw new IllegalStateException("name an id for " + path);
        };
        String query = path.endsWith("/track")
                ? "?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z"
                : path.endsWith("/trips")
                        ? "?from=2026-01-01&to=2026-01-02"
                        : path.endsWith("/export") ? "?format=csv" : "";
        return path.replace(":id", id).replace(":day", "2026-01-01").replace(":session", "999999") + query;
    }
}

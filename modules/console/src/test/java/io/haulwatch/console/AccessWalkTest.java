package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.directory.Directory;
import io.haulwatch.console.http.AccessTable;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Reach;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Role;
import io.haulwatch.console.session.TokenScope;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Walks every mounted route with every role and with a foreign company's ids, and fails on anything that answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessWalkTest {
    private static final int SPARE = 6;

    /** Scans of a paper of each company. */
    private static final String SCAN_1 = "99999999-9999-4999-8999-999999999991";

    private static final String SCAN_2 = "99999999-9999-4999-8999-999999999992";
    private static final String FOREIGN_HAZARD = "4711";

    private static final String FOREIGN_LAYUP = "4712";
    private static final String FOREIGN_ORDER = "4712";
    private static final String FOREIGN_PLAN = "4713";
    private static final String UNKNOWN_VIDEO = "4b4b4b4b-4b4b-4b4b-8b4b-4b4b4b4b4b4b";
    private static final String FOREIGN_ATTEMPT = "4a4a4a4a-4a4a-4a4a-8a4a-4a4a4a4a4a4a";

    /** Words that stand for company 2 in any answer. */
    private static final List<String> FOREIGN_WORDS = List.of(
            "蓉通",
            "川A99999",
            "13900000003",
            "马志远",
            "13700001234",
            Stage.ALARM_2,
            Stage.COMMAND_2,
            Stage.FILE_2,
            SCAN_2,
            TrainingRows.certificate(2),
            "driver-2",
            "堆场",
            "J-3");

    /** Things of company 2, as an order and an import are no rows of the stage. */
    private static final String ORDER_2 = "66666666-6666-4666-8666-666666666666";

    private static final String IMPORT = "77777777-7777-4777-8777-777777777777";
    /** The JSON list without elements, packed with gzip. */
    private static final String NO_LINES = "1f8b08000000000002038b8e050029bb4c0d02000000";

    private static final List<String> SOCKETS = List.of("/ws/fleet", "/ws/alarms");

    private final AccessTable access = AccessTable.ofTheConsole();
    private final List<Caller> callers = new ArrayList<>();
    /** Tasks of a driver of each company. */
    private String taskOwn = "";

    private String taskForeign = "";
    private Stage stage;

    /** Somebody who walks. @param all whether he sees all companies; the others see company 1 and not company 2 */
    private record Caller(String username, Role role, boolean all, Visitor visitor) {
        @Override
        public String toString() {
            return username;
        }
    }

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        TrainingRows.histories(stage.database);
        DriverGround ground = new DriverGround(stage);
        // A driver who has no truck, so that nothing of his is locked.
        stage.database.run(
                "insert into hw.driver (driver_id, company_id, name, phone) values (77, 1, '甲一', '13800000077')",
                "update hw.app_user set driver_id = 77 where username = 'driver1'");
        taskOwn = ground.task(77, 1, Stage.ALARM_1);
        taskForeign = ground.task(2, 2, Stage.ALARM_2);
        stage.database.run(
                "insert into hw.app_user (username, password_hash, display_name, role, scope) select name, password_hash, "
                        + "name, role_, scope_ from hw.app_user, (values ('lead1', 'lead', 'company:1'), "
                        + "('list', 'company', 'company:1,7'), ('lead50', 'lead', 'region:5001,50')) v (name, role_, scope_) "
                        + "where username = 'admin'",
                "insert into hw.terminal_order select '" + ORDER_2
                        + "', kind, payload, '{2}', chosen, note, targets, wave_size, "
                        + "stop_percent, answer_minutes, second_person, state, wave, unjudged_wave, null, created_by, created_at "
                        + "from hw.terminal_order where order_id = '" + Stage.ORDER_1 + "'",
                "insert into hw.terminal_order_target (order_id, vehicle_id, company_id, wave) values ('" + ORDER_2
                        + "', 3, 2, 1)",
                "insert into hw.hazard (hazard_id, company_id, title, grade, found_on, due_on) overriding system value values ("
                        + FOREIGN_HAZARD + ", 2, '蓉通隐患', 'general', '2026-01-01', '2026-02-01')",
                "insert into hw.layup (layup_id, company_id, vehicle_id, reason, first_day, last_day, note, begun_by, evident_at) "
                        + "overriding system value values (4711, 1, 2, 'repair', current_date - 9, current_date + 9, '发动机大修', 1, now()), ("
                        + FOREIGN_LAYUP
                        + ", 2, 3, 'repair', current_date - 9, current_date + 9, '蓉通大修', 1, now())",
                "insert into hw.attachment (attachment_id, company_id, subject, subject_id, content_type, bytes, sha256, title, added_by) values ('"
                        + SCAN_1 + "', 1, 'paper', 1, 'image/png', 1, '\\x00', '甲', 1), ('" + SCAN_2
                        + "', 2, 'paper', 7, 'image/png', 1, '\\x00', '蓉通', 1)",
                "insert into hw.safety_case (case_id, company_id, title, severity, opened_by, opened_at) overriding system value values "
                        + "(4711, 1, '督办', 3, 1, now()), (4712, 2, '蓉通督办', 3, 1, now())",
                "insert into hw.supervision_order (order_id, case_id, opened_case, company_id, subject, words, severity, issued_by, issued_at, "
                        + "first_due_at, due_at, state_at) overriding system value values "
                        + "(1, 4711, true, 1, '督办', 'x', 3, 1, now(), now(), now(), now()), "
                        + "(4712, 4712, true, 2, '蓉通督办', 'x', 3, 1, now(), now(), now(), now())",
                "insert into hw.inspection_plan (plan_id, write_key, company_ids, title, population, tolerable, confidence, sample_size, seed, "
                        + "drawn_by, drawn_at) overriding system value values (1, gen_random_uuid(), '{1}', '抽查', '{1,2}', 0.1, 0.95, 1, 'x', 1, now()), "
                        + "(4713, gen_random_uuid(), '{2}', '蓉通抽查', '{3}', 0.1, 0.95, 1, 'x', 1, now())",
                "insert into hw.register_import (import_id, created_by, created_at, expires_at, file_name, report, created, changed, "
                        + "unchanged, wrong, state) values ('" + IMPORT
                        + "', 1, now(), now() + interval '1 day', '蓉通.csv', decode('" + NO_LINES
                        + "', 'hex'), 0, 0, 0, 1, 'wrong')");
        caller("admin", Role.ADMIN, true);
        caller("centre", Role.LEAD, true);
        caller("lead1", Role.LEAD, false);
        caller("lead50", Role.LEAD, false);
        caller("agent", Role.AGENT, false);
        caller("company1", Role.COMPANY, false);
        caller("list", Role.COMPANY, false);
        caller("regulator50", Role.REGULATOR, false);
        caller("driver1", Role.DRIVER, false);
        assertThat(callers.stream().map(Caller::role)).contains(Role.values());
    }

    private void caller(String username, Role role, boolean all) throws Exception {
        callers.add(new Caller(username, role, all, Visitor.signedIn(stage.port(), username)));
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void noRouteButThePublicOnesAnswersWithoutASession() throws Exception {
        Visitor stranger = new Visitor(stage.port());
        for (Route route : stage.console.routes()) {
            HttpResponse<String> answer = stranger.send(route.method().name(), path(route, Target.OWN), body(route, 1));
            if (route.right() == Right.PUBLIC) {
                assertThat(answer.statusCode()).as(route.name()).isNotEqualTo(403);
            } else {
                assertThat(answer.statusCode()).as(route.name()).isEqualTo(401);
            }
        }
        for (String socket : SOCKETS) {
            assertThat(stranger.get(socket).statusCode()).as(socket).isEqualTo(400);
            assertThat(opened(stranger, socket)).as(socket).isEqualTo(401);
        }
    }

    @Test
    void everyRoleIsAnsweredAsTheTableSays() throws Exception {
        for (Caller caller : callers) {
            for (Route route : stage.console.routes()) {
                if (isSignOut(route)) {
                    continue;
                }
                HttpResponse<String> answer =
                        caller.visitor.send(route.method().name(), path(route, Target.OWN), body(route, 1));
                if (!access.allows(route.name(), caller.role)) {
                    assertThat(answer.statusCode())
                            .as("%s as %s", route.name(), caller)
                            .isEqualTo(403);
                    assertThat(answer.body()).contains(route.right().words());
                } else if (isNobodys(route) && !caller.all) {
                    assertThat(answer.statusCode())
                            .as("%s as %s", route.name(), caller)
                            .isEqualTo(403);
                    assertThat(answer.body()).contains("all companies");
                } else if (access.tokenScopes(route.name()).contains(TokenScope.HISTORY)
                        && caller.role == Role.REGULATOR) {
                    assertThat(answer.statusCode())
                            .as("%s as %s", route.name(), caller)
                            .isEqualTo(403);
                    assertThat(answer.body()).contains("urn:haulwatch:problem:reason-needed");
                } else {
                    assertThat(answer.statusCode())
                            .as("%s as %s: %s", route.name(), caller, answer.body())
                            .isNotIn(401, 403, 500);
                }
            }
            for (String socket : SOCKETS) {
                assertThat(opened(caller.visitor, socket))
                        .as("%s as %s", socket, caller)
                        .isEqualTo(access.allows("GET " + socket, caller.role) ? 101 : 403);
            }
        }
    }

    /** What the sheet of roles promises, so that a change of the table and of the rights together does not go unseen. */
    @Test
    void nobodyReachesBeyondHisWork() {
        assertThat(Right.COMMAND_TERMINALS.heldBy(Role.COMPANY)).isFalse();
        assertThat(Right.COMMAND_TERMINALS.heldBy(Role.REGULATOR)).isFalse();
        assertThat(Right.ORDER_IN_BULK.heldBy(Role.AGENT)).isFalse();
        assertThat(Right.HANDLE_ALARMS.heldBy(Role.REGULATOR)).isFalse();
        assertThat(stage.console.routes().stream()
                        .filter(route -> access.allows(route.name(), Role.DRIVER))
                        .map(Route::right))
                .containsOnly(Right.PUBLIC, Right.SIGNED_IN, Right.LEARN);
    }

    @Test
    void nothingOfAForeignCompanyAnswersOrShows() throws Exception {
        for (Caller caller : callers) {
            if (caller.all) {
                continue;
            }
            for (Route route : stage.console.routes()) {
                if (isSignOut(route) || route.right() == Right.PUBLIC) {
                    continue;
                }
                HttpResponse<String> answer =
                        caller.visitor.send(route.method().name(), path(route, Target.FOREIGN), body(route, 3));
                if (!access.allows(route.name(), caller.role) || isNobodys(route)) {
                    assertThat(answer.statusCode())
                            .as("%s as %s", route.name(), caller)
                            .isEqualTo(403);
                } else if (route.path().contains(":id")) {
                    assertThat(answer.statusCode())
                            .as("%s as %s: %s", route.name(), caller, answer.body())
                            .isEqualTo(404);
                } else if (!route.method().name().equals("GET") && !isCount(route)) {
                    assertThat(answer.statusCode())
                            .as("%s as %s: %s", route.name(), caller, answer.body())
                            .isBetween(400, 499);
                }
                assertThat(withoutId(answer.body(), route))
                        .as("%s as %s", route.name(), caller)
                        .doesNotContain(FOREIGN_WORDS);
                if (isCount(route) && answer.statusCode() == 200) {
                    assertThat(Visitor.JSON
                                    .readTree(answer.body())
                                    .get("trucks")
                                    .intValue())
                            .isZero();
                }
                String filtered = caller.visitor
                        .get(path(route, Target.FOREIGN).replaceAll("[?].*", "")
                                + "?company=2&vehicle=3&ids=3&query=%E5%B7%9DA&status=all")
                        .body();
                assertThat(withoutId(filtered, route))
                        .as("%s as %s", route.name(), caller)
                        .doesNotContain(FOREIGN_WORDS);
            }
        }
        assertThat(stage.database.column("select state from hw.terminal_order where order_id = '" + ORDER_2 + "'"))
                .containsExactly("awaiting");
    }

    @Test
    void theDatabaseHoldsListsAndRegionsASecondTime() throws Exception {
        ScopedDatabase database = new ScopedDatabase(stage.database.databases().app());
        Directory directory = new Directory(database, stage.clock);
        directory.refresh();
        Map<String, Set<Integer>> seen = Map.of(
                "company:1", Set.of(1),
                "company:2", Set.of(2),
                "company:1,2", Set.of(1, 2),
                "region:50", Set.of(1),
                "region:5101", Set.of(2),
                "region:50,51", Set.of(1, 2),
                "region:11", Set.of());
        for (Map.Entry<String, Set<Integer>> each : seen.entrySet()) {
            Scope scope = Reach.of(each.getKey()).orElseThrow().scope(directory.book());
            for (String table : List.of(
                    "company",
                    "vehicle",
                    "terminal",
                    "driver",
                    "assignment",
                    "paper",
                    "paper_hold",
                    "paper_event",
                    "paper_counted",
                    "paper_counted_on(current_date)",
                    "layup",
                    "laid_up(current_date)",
                    "attachment",
                    "supervision_order",
                    "hazard",
                    "hazard_event",
                    "maintenance_plan",
                    "maintenance_record",
                    "accident",
                    "training_record",
                    "training_task",
                    "certificate",
                    "learning_statement",
                    "zone",
                    "vehicle_day",
                    "company_risk",
                    "issued_document",
                    "episode",
                    "command",
                    "delivery",
                    "position_scoped")) {
                List<Integer> found = database.read(
                        scope,
                        ScopedDatabase.NO_USER,
                        connection -> new SqlText(
                                        "select distinct company_id from hw." + table + " where company_id > 0")
                                .list(connection, row -> row.getInt(1)));
                assertThat(found).as("%s in the scope %s", table, each.getKey()).isSubsetOf(each.getValue());
                if (List.of("company", "vehicle", "terminal", "episode").contains(table)) {
                    assertThat(found)
                            .as("%s in the scope %s", table, each.getKey())
                            .hasSameElementsAs(each.getValue());
                }
            }
        }
    }

    @Test
    void aForeignIdIsAnsweredLikeOneThatIsNotThere() throws Exception {
        Visitor visitor = visitor("company1");
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
        Visitor visitor = visitor("company1");
        assertThat(visitor.json("/api/v1/companies").get("items")).hasSize(1);
        assertThat(visitor.json("/api/v1/vehicles").get("items")).hasSize(2);
        assertThat(visitor.json("/api/v1/alarms").get("items")).hasSize(1);
        assertThat(visitor.json("/api/v1/zones").get("features")).hasSize(1);
        assertThat(visitor("regulator50").json("/api/v1/companies").get("items"))
                .hasSize(1);
        assertThat(visitor("centre").json("/api/v1/companies").get("items")).hasSize(2);
        assertThat(visitor.json("/api/v1/fleet/summary").get("total").intValue())
                .isEqualTo(2);
        assertThat(visitor.json("/api/v1/fleet/dictionary").get("vehicles")).hasSize(2);
    }

    /** A refusal repeats the id that was asked for; nothing else of a foreign company may show. */
    private String withoutId(String body, Route route) {
        String[] names = route.path().split("/", -1);
        String[] values = path(route, Target.FOREIGN).replaceAll("[?].*", "").split("/", -1);
        String shown = body;
        for (int i = 0; i < names.length; i++) {
            shown = names[i].equals(":id") ? shown.replace(values[i], "") : shown;
        }
        return shown.replace(TrainingRows.certificate(2), "");
    }

    static int opened(Visitor visitor, String path) throws Exception {
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

    private Visitor visitor(String username) {
        return callers.stream()
                .filter(caller -> caller.username.equals(username))
                .findFirst()
                .orElseThrow()
                .visitor;
    }

    /** What belongs to no company, or to all, is for those who see all of them. */
    private static boolean isNobodys(Route route) {
        return route.right() == Right.SEE_REFUSED_TERMINALS
                || route.right() == Right.IMPORT_REGISTER
                || route.right() == Right.WRITE_COURSES;
    }

    private static LocalDate today() {
        return LocalDate.now(PaperState.ZONE);
    }

    private static boolean isSignOut(Route route) {
        return route.name().equals("DELETE /api/v1/session") || route.name().equals("DELETE /api/v1/driver/session");
    }

    private static boolean isCount(Route route) {
        return route.path().equals("/api/v1/orders/count");
    }

    private static @Nullable String body(Route route, int vehicle) {
        if (route.method().name().equals("GET")) {
            return null;
        }
        return switch (route.path()) {
            case "/api/v1/vehicles/:id/commands" -> "{\"kind\":\"locate\"}";
            case "/api/v1/register/:table" -> "{\"values\":{\"plate\":\"x\"}}";
            case "/api/v1/papers/:id/review" -> "{\"decision\":\"reject\",\"note\":\"x\"}";
            case "/api/v1/papers/:id/correct" -> "{\"expires\":\"2190-01-01\",\"note\":\"x\"}";
            case "/api/v1/papers/:id/hold" -> "{\"action\":\"suspend\",\"note\":\"x\"}";
            case "/api/v1/vehicles/:id/layups" ->
                "{\"reason\":\"repair\",\"first_day\":\"" + today() + "\",\"last_day\":\"" + today()
                        + "\",\"note\":\"xyz\"}";
            case "/api/v1/layups/:id/end" -> "{\"note\":\"xyz\"}";
            case "/api/v1/papers" ->
                "{\"owner_kind\":\"VEHICLE\",\"owner_id\":" + vehicle
                        + ",\"kind\":\"veh.tank\",\"expires\":\"2190-01-01\"}";
            case "/api/v1/vehicles/:id/services" -> "{\"done_on\":\"2026-01-01\"}";
            case "/api/v1/vehicles/:id/service-interval" -> "{\"every_km\":40000,\"every_days\":120}";
            case "/api/v1/companies/:id/hazards" ->
                "{\"title\":\"x\",\"grade\":\"general\",\"found_on\":\"2026-01-01\",\"due_on\":\"2026-02-01\"}";
            case "/api/v1/hazards/:id/actions" -> "{\"action\":\"rectify\"}";
            case "/api/v1/companies/:id/accidents" ->
                "{\"happened_on\":\"2026-01-01\",\"place\":\"x\",\"responsibility\":\"none\"}";
            case "/api/v1/drivers/:id/training" -> "{\"kind\":\"monthly\",\"held_on\":\"2026-01-01\",\"hours\":2}";
            case "/api/v1/vehicles/:id/looks" -> "{\"reason\":\"检查危险品运输\"}";
            case "/api/v1/alarms/:id/actions" -> "{\"kind\":\"note\",\"note\":\"x\"}";
            case "/api/v1/orders/:id/actions" -> "{\"action\":\"" + (vehicle == 1 ? "resume" : "cancel") + "\"}";
            case "/api/v1/orders", "/api/v1/orders/count" ->
                "{\"kind\":\"set_parameters\",\"parameters\":[{\"id\":85,\"value\":90}],\"trucks\":{\"vehicles\":["
                        + vehicle + "]},\"wave_size\":5,\"expected\":1,\"stop_percent\":0,\"answer_minutes\":60,"
                        + "\"note\":\"x\"}";
            default -> "{}";
        };
    }

    /** Whose things a path names. */
    private enum Target {
        OWN,
        FOREIGN
    }

    /** A path with ids of things that are there; a new route with another kind of id must be named here. */
    private String path(Route route, Target target) {
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
            case "imports" -> IMPORT;
            case "orders" -> own ? Stage.ORDER_1 : ORDER_2;
            case "register", "acts", "notices", "cases", "receivers", "desk", "kiosks" -> "999999";
            case "documents" -> "EC-20260101-999999";
            case "hazards" -> own ? "1" : FOREIGN_HAZARD;
            case "layups" -> own ? "4711" : FOREIGN_LAYUP;
            case "inspections" -> own ? "1" : FOREIGN_PLAN;
            case "supervision" -> own ? "1" : FOREIGN_ORDER;
            case "drivers" -> own ? "1" : "2";
            case "training-plans", "training-tasks" -> own ? "1" : Integer.toString(TrainingRows.FOREIGN);
            // Courses are everyone's: another company has none of its own.
            case "courses", "lessons", "questions" -> own ? Integer.toString(TrainingRows.COURSE) : "999999";
            case "papers" -> own ? "1" : "7";
            case "attachments" -> own ? SCAN_1 : SCAN_2;
            case "files" -> own ? Stage.FILE_1 : Stage.FILE_2;
            case "driver" ->
                path.contains("/tasks/")
                        ? own ? taskOwn : taskForeign
                        : path.contains("/alarms/") ? own ? Stage.ALARM_1 : Stage.ALARM_2 : "999999";
            case "course-videos" -> own ? TrainingRows.VIDEO : UNKNOWN_VIDEO;
            case "exams", "course-pictures", "certificates", "certificate-checks" -> "";
            case "attempts" -> FOREIGN_ATTEMPT;
            case "commands" -> own ? "44444444-4444-4444-8444-444444444444" : Stage.COMMAND_2;
            default -> throw new IllegalStateException("name an id for " + path);
        };
        String query = path.endsWith("/track")
                ? "?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z"
                : path.endsWith("/trips")
                        ? "?from=2026-01-01&to=2026-01-02"
                        : path.endsWith("/export") || path.endsWith("/file") ? "?format=csv" : "";
        return path.replace(":id", id)
                        .replace(":day", "2026-01-01")
                        .replace(":session", "999999")
                        .replace(":token", "999999")
                        .replace(":step", "999999")
                        .replace(":file", SCAN_1)
                        .replace(":lesson", Integer.toString(DriverGround.LESSON_1))
                        .replace(":task", own ? taskOwn : taskForeign)
                        .replace(":course", Integer.toString(DriverGround.COURSE))
                        .replace(":name", "clock.svg")
                        .replace(":no", TrainingRows.certificate(own ? 1 : 2))
                        .replace(":table", path.contains("/duties/") ? "training" : "vehicles")
                + query;
    }
}

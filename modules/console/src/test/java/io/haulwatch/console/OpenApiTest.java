package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.http.AccessTable;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.TokenScope;
import io.haulwatch.model.paper.PaperState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The API's description against the API: every route is described, everything described is there, and answers look as described. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private Stage stage;
    private JsonNode document;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        TrainingRows.histories(stage.database);
        document = new Visitor(stage.port()).json("/api/v1/openapi.json");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void describesEveryRouteWithItsRightAndNothingElse() {
        Map<String, String> mounted = new TreeMap<>();
        for (Route route : stage.console.routes()) {
            mounted.put(
                    route.method().name().toLowerCase(Locale.ROOT) + " "
                            + route.path().replaceAll(":(\\w+)", "{$1}"),
                    route.right().name());
        }
        mounted.put("get /ws/fleet", Right.WATCH.name());
        mounted.put("get /ws/alarms", Right.WATCH.name());
        Map<String, String> described = new TreeMap<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    described.put(
                            operation.getKey() + " " + path.getKey(),
                            operation.getValue().get("x-right").textValue());
                }));
        assertThat(described).isEqualTo(mounted);
        AccessTable access = AccessTable.ofTheConsole();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    Set<TokenScope> scopes =
                            access.tokenScopes(operation.getKey().toUpperCase(Locale.ROOT) + " "
                                    + path.getKey().replaceAll("[{](\\w+)[}]", ":$1"));
                    assertThat(operation.getValue().path("x-token-scope").asText(""))
                            .as(path.getKey())
                            .isEqualTo(TokenScope.words(scopes));
                }));
    }

    @Test
    void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() {
        Set<String> used = new TreeSet<>();
        references(document, used);
        Set<String> made = new TreeSet<>();
        document.get("components").get("schemas").fieldNames().forEachRemaining(made::add);
        assertThat(made).containsAll(used);
        made.removeAll(used);
        assertThat(made).containsExactly("AlarmMessage");
    }

    @Test
    void answersLookAsDescribed() throws Exception {
        Visitor visitor = Visitor.signedIn(stage.port(), "admin");
        String sent = visitor.post("/api/v1/vehicles/1/commands", "{\"kind\":\"locate\"}")
                .body();
        String command = Visitor.JSON.readTree(sent).get("id").textValue();
        String table = visitor.post("/api/v1/imports?name=a.csv", "企业名称,行政区划代码\n新公司,500112\n,5\n")
                .body();
        String imported = Visitor.JSON.readTree(table).get("id").textValue();
        visitor.post("/api/v1/alarms/" + Stage.ALARM_1 + "/actions", "{\"kind\":\"note\",\"note\":\"x\"}");
        visitor.post("/api/v1/cases", "{\"alarms\":[\"" + Stage.ALARM_1 + "\"],\"note\":\"x\"}");
        Visitor regulator = Visitor.signedIn(stage.port(), "regulator50");
        regulator.post(
                "/api/v1/supervision",
                "{\"key\":\"11111111-1111-4111-8111-111111111111\",\"company_id\":1,\"subject\":\"x\",\"words\":\"x\","
                        + "\"severity\":3,\"due_at\":\""
                        + stage.clock.instant().plusSeconds(60) + "\",\"case_id\":1}");
        regulator.post(
                "/api/v1/inspections",
                "{\"key\":\"22222222-2222-4222-8222-222222222222\",\"title\":\"x\",\"tolerable\":0.5,\"confidence\":0.9}");
        Map<String, String> examples = new TreeMap<>(Map.of(
                "/api/v1/imports/{id}",
                "/api/v1/imports/" + imported,
                "/api/v1/imports/{id}/lines",
                "/api/v1/imports/" + imported + "/lines",
                "/api/v1/vehicles/{id}/track",
                "/api/v1/vehicles/1/track?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z",
                "/api/v1/vehicles/{id}/days/{day}",
                "/api/v1/vehicles/1/days/" + today(),
                "/api/v1/vehicles/{id}/days/{day}/books",
                "/api/v1/vehicles/1/days/2026-03-05/books",
                "/api/v1/vehicles/{id}/trips",
                "/api/v1/vehicles/1/trips?from=" + today() + "&to=" + today(),
                "/api/v1/alarms/{id}",
                "/api/v1/alarms/" + Stage.ALARM_1,
                "/api/v1/commands/{id}",
                "/api/v1/commands/" + command,
                "/api/v1/orders/{id}",
                "/api/v1/orders/" + Stage.ORDER_1,
                "/api/v1/orders/{id}/trucks",
                "/api/v1/orders/" + Stage.ORDER_1 + "/trucks"));
        examples.put("/api/v1/alarms/{id}/evidence", "/api/v1/alarms/" + Stage.ALARM_1 + "/evidence");
        examples.put("/api/v1/documents/{id}", "/api/v1/documents/" + printed(visitor));
        DriverGround ground = new DriverGround(stage);
        ground.drives(1, 0);
        String task = ground.task(1, 1, Stage.ALARM_1);
        ground.studied(task, 1, 1);
        Visitor phone = ground.phone(1);
        examples.put("/api/v1/driver/tasks/{id}", "/api/v1/driver/tasks/" + task);
        examples.put(
                "/api/v1/attempts/{id}",
                "/api/v1/attempts/"
                        + Answers.json(phone.post("/api/v1/exams/" + task + "/attempts", "{\"device\":\"12345678\"}"))
                                .get("id")
                                .textValue());
        new Visitor(stage.port()).post("/api/v1/driver/codes", "{\"phone\":\"" + DriverGround.PHONE_1 + "\"}");
        stage.database.run(
                "insert into hw.driver_message (company_id, driver_id, kind, words, at) values (1, 1, 'note', '你好', now())");
        examples.put("/api/v1/certificate-checks/{no}", "/api/v1/certificate-checks/" + TrainingRows.certificate(1));
        examples.put("/api/v1/courses/{id}", "/api/v1/courses/" + TrainingRows.COURSE);
        examples.put("/api/v1/courses/{id}/videos", "/api/v1/courses/" + TrainingRows.COURSE + "/videos");
        examples.put("/api/v1/courses/{id}/pictures", "/api/v1/courses/" + TrainingRows.COURSE + "/pictures");
        examples.put("/api/v1/course-videos/{id}", "/api/v1/course-videos/" + TrainingRows.VIDEO);
        examples.put("/api/v1/courses/{id}/questions", "/api/v1/courses/" + TrainingRows.COURSE + "/questions");
        examples.put("/api/v1/alarms/{id}/desk", "/api/v1/alarms/" + Stage.ALARM_1 + "/desk");
        examples.put("/api/v1/driver/alarms/{id}/track", "/api/v1/driver/alarms/" + Stage.ALARM_1 + "/track");
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            JsonNode schema = path.getValue().at("/get/responses/200/content/application~1json/schema");
            if (schema.isMissingNode()) {
                continue;
            }
            String address = examples.getOrDefault(
                    path.getKey(),
                    path.getKey()
                            .replace("{id}", "1")
                            .replace("{table}", path.getKey().contains("/duties/") ? "hazards" : "papers"));
            boolean driver = path.getValue().at("/get/x-right").textValue().equals(Right.LEARN.name());
            check(path.getKey(), schema, (driver ? phone : visitor).json(address), wrong);
        }
        check(
                "problem",
                schema("Problem"),
                Visitor.JSON.readTree(visitor.get("/api/v1/vehicles/77").body()),
                wrong);
        assertThat(wrong).isEmpty();
    }

    /** The number of a document that is printed for this. */
    private static String printed(Visitor visitor) throws Exception {
        return visitor.get("/api/v1/companies/1/report/pdf")
                .headers()
                .firstValue("Content-Disposition")
                .orElseThrow()
                .replaceAll(".*\"(MR-\\d+-\\d+)-.*", "$1");
    }

    private static LocalDate today() {
        return LocalDate.now(PaperState.ZONE);
    }

    private JsonNode schema(String name) {
        return document.get("components").get("schemas").get(name);
    }

    /** As much of JSON Schema as the document uses. */
    private void check(String where, JsonNode schema, JsonNode value, List<String> wrong) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").textValue();
            check(where, schema(name.substring(name.lastIndexOf('/') + 1)), value, wrong);
            return;
        }
        if (schema.has("anyOf")) {
            boolean fits = false;
            for (JsonNode one : schema.get("anyOf")) {
                List<String> inside = new ArrayList<>();
                check(where, one, value, inside);
                fits |= inside.isEmpty();
            }
            if (!fits) {
                wrong.add(where + " fits none: " + value);
            }
            return;
        }
        if (schema.has("allOf")) {
            schema.get("allOf").forEach(one -> check(where, one, value, wrong));
            return;
        }
        if (schema.has("enum") && !value.isNull()) {
            boolean known = false;
            for (JsonNode one : schema.get("enum")) {
                known |= one.equals(value);
            }
            if (!known) {
                wrong.add(where + " is not one of " + schema.get("enum") + ": " + value);
            }
        }
        if (schema.has("type") && !fitsType(schema.get("type"), value)) {
            wrong.add(where + " must be " + schema.get("type") + ": " + value);
            return;
        }
        if (value.isObject()) {
            JsonNode properties = schema.path("properties");
            schema.path("required").forEach(name -> {
                if (!value.has(name.textValue())) {
                    wrong.add(where + " lacks " + name.textValue());
                }
            });
            value.properties().forEach(field -> {
                if (properties.has(field.getKey())) {
                    check(where + "." + field.getKey(), properties.get(field.getKey()), field.getValue(), wrong);
                } else if (schema.has("additionalProperties")) {
                    check(where + ".*", schema.get("additionalProperties"), field.getValue(), wrong);
                }
            });
        }
        if (value.isArray() && schema.has("items")) {
            Iterator<JsonNode> items = value.elements();
            for (int i = 0; items.hasNext() && i < 20; i++) {
                check(where + "[]", schema.get("items"), items.next(), wrong);
            }
        }
    }

    private static boolean fitsType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (fitsType(one, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (type.textValue()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("type=" + type);
        };
    }

    private static void references(JsonNode node, Set<String> found) {
        if (node.has("$ref")) {
            String name = node.get("$ref").textValue();
            found.add(name.substring(name.lastIndexOf('/') + 1));
        }
        node.forEach(child -> references(child, found));
    }
}

package io.haulwatch.app.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import io.haulwatch.app.process.HandTerminal;
import io.haulwatch.app.process.ProductProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Every page is opened in both languages, light and dark, and looked at: no text is cut off, and axe finds no serious violation. */
@Order(Integer.MAX_VALUE) // One of two threads begins at the end of the list.
final class PagesTest extends BrowserTest {
    /** That come with the product. */
    private static final int COURSES = 8;

    /** A lesson of a task that is open, and one whose certificate was issued before its driving was known. */
    private static final String AT_THE_WHEEL = """
            {"items": [
              {"id": 2, "driver_id": 7, "driver": "欧阳建国", "vehicle_id": 1, "plate": "渝B12345", "task_id": 2,
               "course": {"id": 2, "title": "疲劳驾驶", "title_en": "Driving tired", "topic": "fatigue"},
               "lesson": "四小时与二十分钟", "lesson_en": "Four hours and twenty minutes",
               "begun_at": "2026-11-20T13:00:00Z", "ended_at": "2026-11-20T13:02:40Z", "driven_s": 160, "void_s": 95,
               "found_at": "2026-11-20T16:10:00Z", "task_state": "exam_passed",
               "certificate": "HW-2026-7K3M9T-4", "certificate_issued_at": "2026-11-20T14:00:00Z"},
              {"id": 1, "driver_id": 8, "driver": "李敏", "vehicle_id": 2, "plate": null, "task_id": 1,
               "course": {"id": 1, "title": "超速", "title_en": "Speeding", "topic": "speed"},
               "lesson": "刹车距离", "lesson_en": null,
               "begun_at": "2026-11-19T15:59:00Z", "ended_at": "2026-11-19T16:01:40Z", "driven_s": 60, "void_s": 60,
               "found_at": "2026-11-20T01:10:00Z", "task_state": "in_progress", "certificate": null, "certificate_issued_at": null}],
             "next_cursor": null}
            """;

    @Test
    void textIsWholeOnEveryPageInBothLanguages() throws Exception {
        List<String> faults = new ArrayList<>();
        String welcome = "";
        for (String language : List.of("zh-CN", "en")) {
            if (language.equals("en")) {
                desk.leave();
                desk.open("/sign-in");
                desk.part("language-switch").click();
                Pages.goDark(desk);
            }
            Pages pages = new Pages(desk, language, faults);
            desk.open("/sign-in");
            desk.sees("sign-in-form");
            pages.check("sign-in");
            desk.signIn("admin", ProductProcess.ADMIN_PASSWORD);

            desk.until(() -> desk.number("legend-moving") > 0);
            pages.checkMap("live-map");
            if (welcome.isEmpty()) {
                makeUser("hejing", "何静", "lead", "all");
                makeUser("limin", "李敏", "company", "company:1,2");
                welcome = makeUser("zhaoqiang", "赵强", "driver", "company:1");
            }

            JsonNode alarm = anAlarm();
            desk.open("/map?vehicle=" + alarm.path("vehicle").path("id").asLong());
            desk.sees("day-strip");
            desk.sees("papers");
            pages.checkMap("truck");

            desk.open("/area?box=" + around(movingTruck()));
            desk.part("area-load").click();
            desk.until(() -> desk.part("area-player").isVisible()
                    || desk.part("area-empty").isVisible());
            pages.check("area");

            desk.open("/alarms/" + alarm.path("id").asText() + "?status=all&rule=speeding&severity=3,4");
            desk.sees("alarm-row");
            desk.sees("alarm-rule");
            pages.awaitMap("alarm-track");
            pages.check("alarms");

            desk.open("/desk?severity=3");
            desk.sees("desk-confirm");
            pages.awaitMap("alarm-track");
            pages.check("desk");
            if (!desk.ask("/api/v1/cases").path("items").has(0)) {
                desk.tell(
                        "/api/v1/cases",
                        Map.of("alarms", List.of(alarm.path("id").asText()), "note", "一个月内第三次，请企业说明"));
            }
            desk.open("/desk/shift");
            desk.until(() -> desk.part("held-nothing").isVisible()
                    || desk.part("held-row").first().isVisible());
            pages.check("shift");
            desk.open("/desk/deadlines");
            desk.sees("deadline-change");
            pages.check("deadlines");
            desk.open("/desk/cab-texts");
            desk.part("cab-text-change").first().click();
            desk.sees("cab-text-preview");
            pages.check("cab-texts");
            desk.open("/cases");
            desk.part("case-row").first().click();
            desk.sees("case-step");
            pages.check("cases");

            Instant began = Instant.parse(alarm.path("started_at").asText());
            desk.open("/vehicles/" + alarm.path("vehicle").path("id").asLong() + "/day/"
                    + LocalDate.ofInstant(began, SHANGHAI) + "?at=" + began);
            desk.sees("replay-chart");
            pages.awaitMap("replay-map");
            pages.check("replay");

            // A truck reports every ten seconds, and its frames are kept from the first look on.
            long looked = movingTruck().path("id").asLong();
            desk.ask("/api/v1/vehicles/" + looked + "/frames");

            desk.open("/companies");
            desk.sees("company-row");
            pages.check("companies");

            desk.part("company-row").first().click();
            desk.sees("due-row");
            desk.sees("company-vehicle");
            pages.check("company");

            try (HandTerminal stranger = new HandTerminal(product.terminalPort())) {
                assertThat(stranger.authenticate("AK7F3Q2026").result()).isEqualTo(1);
            }
            desk.part("nav-more").click();
            desk.part("nav-terminals").click();
            assertThat(desk.part("refused-row")).containsText(HandTerminal.PHONE);
            pages.check("terminals");
            desk.part("models-link").click();
            assertThat(desk.part("model-row")).containsText("HW-SIM1");
            pages.check("terminal-models");

            desk.open("/vehicles/" + looked + "/terminal");
            desk.part("frames-look").click();
            desk.sees("terminal-frame");
            pages.check("terminal");

            if (!desk.ask("/api/v1/orders").path("items").has(0)) {
                orderDoors();
            }
            desk.open("/orders");
            desk.part("order-row").first().click();
            desk.sees("order-truck");
            pages.check("orders");
            desk.part("order-new").click();
            desk.sees("order-dialog");
            pages.check("order-new");

            desk.open("/companies/1/papers");
            desk.part("papers-row").first().click();
            desk.sees("paper-pane");
            pages.check("papers");
            desk.open("/companies/1/papers?owner=VEHICLE");
            desk.part("papers-row").first().click();
            desk.part("layup-begin").click();
            desk.sees("layup-form");
            pages.check("lay-up");
            for (String duty : List.of("services", "hazards", "accidents", "training")) {
                desk.open("/companies/1/duties/" + duty);
                desk.sees("duties-page");
                pages.check(duty);
            }
            desk.open("/companies/1/papers?tab=reminders");
            desk.until(() -> desk.part("reminder-row").first().isVisible()
                    || desk.part("reminders-empty").isVisible());
            pages.check("reminders");
            // Days are counted within the first two minutes.
            desk.until(() -> desk.ask("/api/v1/kpis").path("days_counted").asInt() > 0, 2 * Desk.PATIENCE_MILLIS);
            desk.open("/indicators");
            desk.sees("indicators-company");
            pages.check("indicators");
            String month = desk.ask("/api/v1/kpis").path("from").asText().substring(0, 7);
            desk.open("/companies/1/report?month=" + month);
            assertThat(desk.part("report-state")).isVisible();
            pages.check("report");
            desk.open("/documents");
            desk.sees("document-page");
            pages.check("document");
            if (!desk.ask("/api/v1/supervision").path("items").has(0)) {
                supervise(deskOf("wanglei", "王磊", "regulator", "all", "/supervision"));
            }
            desk.open("/region");
            desk.part("region-everyone").click();
            desk.sees("region-company");
            pages.check("region");
            desk.part("region-table").click();
            desk.sees("region-area-table");
            pages.check("region-table");
            desk.open("/inspections");
            desk.part("inspection-row").first().click();
            desk.sees("inspection-truck");
            pages.check("inspections");
            desk.open("/supervision");
            desk.part("supervision-row").first().click();
            desk.sees("supervision-trail");
            pages.check("supervision");
            desk.open("/wall");
            desk.until(() -> "live".equals(desk.part("wall").getAttribute("data-state")));
            pages.awaitMap("wall-map");
            pages.check("wall");
            desk.page().setViewportSize(2_560, 720);
            desk.open("/wall?layout=32x9");
            desk.until(() -> "live".equals(desk.part("wall").getAttribute("data-state")));
            pages.check("wall-wide");
            desk.page().setViewportSize(Desk.WIDTH, Desk.HEIGHT);

            checkTraining(pages);

            desk.open("/notifications");
            desk.sees("receivers-empty");
            pages.check("notifications");
            desk.part("receiver-add").click();
            desk.sees("receiver-dialog");
            pages.check("notifications-new");

            desk.open("/users");
            desk.part("user-row")
                    .filter(new Locator.FilterOptions().setHasText("limin"))
                    .click();
            desk.sees("user-save");
            pages.check("users");

            desk.open("/users?tab=kiosks");
            desk.part("kiosk-begin").click();
            desk.sees("kiosk-make");
            pages.check("kiosks");

            desk.open("/users?tab=audit");
            desk.sees("audit-row");
            pages.check("audit");

            // Books are written once a minute.
            desk.until(() -> desk.ask("/api/v1/books").path("items").has(0));
            desk.open("/books");
            desk.sees("books-total");
            pages.check("books");
            desk.open("/register");
            desk.part("register-row").first().click();
            desk.sees("register-pane");
            pages.check("register");
            desk.open("/looks");
            desk.sees("looks-page");
            pages.check("looks");

            desk.open("/imports");
            desk.part("import-file")
                    .setInputFiles(
                            new FilePayload("companies.csv", "text/csv", WRONG_TABLE.getBytes(StandardCharsets.UTF_8)));
            desk.sees("import-line");
            pages.check("import");
            desk.part("import-back").click();
            desk.sees("import-row");
            pages.check("imports");

            desk.open("/account");
            desk.sees("session-row");
            pages.check("account");

            desk.open(welcome);
            desk.sees("welcome-submit");
            pages.check("welcome");
        }
        assertThat(faults).isEmpty();
    }

    /** The courses of the product, a plan for two companies, and what became of it. */
    private void checkTraining(Pages pages) {
        desk.until(() -> desk.ask("/api/v1/courses").path("items").size() >= COURSES);
        if (!desk.ask("/api/v1/training-plans").path("items").has(0)) {
            JsonNode course = desk.ask("/api/v1/courses").path("items").path(0);
            LocalDate today = LocalDate.now(SHANGHAI);
            Map<String, Object> plan = new LinkedHashMap<>();
            plan.put("kind", "monthly");
            plan.put("title", "本月安全学习");
            plan.put("course_ids", List.of(course.path("id").asInt()));
            plan.put("begins_on", today.toString());
            plan.put("due_on", today.plusDays(7).toString());
            plan.put("company_ids", List.of(1, 2));
            plan.put("cargo", List.of());
            desk.tell("/api/v1/training-plans", plan);
        }
        desk.until(() -> desk.ask("/api/v1/companies/1/training-tasks?state=open")
                .path("items")
                .has(0));
        desk.open("/training");
        desk.sees("progress-row");
        pages.check("training");
        desk.open("/training/plans");
        desk.sees("plan-row");
        pages.check("training-plans");
        desk.open("/companies/1/training");
        desk.sees("task-row");
        pages.check("training-tasks");
        desk.open("/companies/1/ledger");
        desk.sees("ledger-totals");
        pages.check("training-ledger");
        checkAtTheWheel(pages);
        desk.open("/training/courses");
        desk.part("course-row").first().click();
        desk.sees("course-rule");
        pages.check("training-course");
        checkWriting(pages);
        desk.open("/training/certificates");
        desk.sees("certificates-page");
        pages.check("certificates");
        desk.open("/training/effect");
        desk.sees("effect-page");
        pages.check("training-effect");
    }

    /** Nobody of this fleet studies at the wheel: what its page looks like with somebody who did is answered here. */
    private void checkAtTheWheel(Pages pages) {
        desk.open("/companies/1/at-the-wheel");
        desk.sees("at-the-wheel-empty");
        String list = "**/api/v1/companies/1/study-at-wheel*";
        desk.page()
                .route(
                        list,
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody(AT_THE_WHEEL)));
        desk.open("/companies/1/at-the-wheel");
        desk.sees("at-the-wheel-row");
        pages.check("training-at-the-wheel");
        desk.page().unroute(list);
    }

    /** The pages on which a course is written. */
    private void checkWriting(Pages pages) {
        if (!desk.ask("/api/v1/courses?state=draft").path("items").has(0)) {
            Map<String, Object> course = new LinkedHashMap<>();
            course.put("code", "ice-road");
            course.put("topic", "weather");
            course.put("title", "冰雪路面行车");
            course.put("title_en", "Driving on ice and snow");
            int made = desk.tell("/api/v1/courses", course).path("id").asInt();
            Map<String, Object> lesson = new LinkedHashMap<>();
            lesson.put("code", "lesson-1");
            lesson.put("title", "起步与制动");
            lesson.put("body", "## 起步\n\n缓抬离合，轻踩油门。\n\n1. 看远\n2. 减速\n\n## 制动\n\n- 提前\n- 轻踩");
            lesson.put("seconds", 90);
            desk.tell("/api/v1/courses/" + made + "/lessons", lesson);
        }
        JsonNode draft =
                desk.ask("/api/v1/courses?state=draft").path("items").path(0).path("id");
        String course = "/training/courses/" + draft.asInt();
        desk.open("/training/courses/new");
        desk.part("course-save").click();
        desk.sees("course-fault-title");
        pages.check("training-course-new");
        desk.open(course);
        desk.sees("publish-card");
        pages.check("training-draft");
        desk.open(course + "?view=files");
        desk.sees("videos-empty");
        pages.check("training-files");
        desk.open(course);
        desk.sees("publish-card");
        desk.part("lesson-edit").click();
        desk.part("lesson-body").fill("## 起步\n\n先看四周，再缓抬离合。");
        desk.part("lesson-changes").locator("summary").click();
        assertThat(desk.part("lesson-preview")).hasAttribute("data-old", "false");
        pages.check("training-lesson");
        desk.open(course + "?view=questions");
        desk.part("question-new").click();
        desk.sees("question-form");
        pages.check("training-question");
    }

    /** An order of the regulator that belongs to the first case, and an inspection. */
    private static void supervise(Desk regulator) {
        regulator.sees("supervision-page");
        JsonNode found = regulator.ask("/api/v1/cases").path("items").path(0);
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("key", UUID.randomUUID().toString());
        order.put("company_id", found.path("company_id").asInt());
        order.put("case_id", found.path("id").asInt());
        order.put("subject", "超速报警未及时处置");
        order.put("words", "本月及时处置率低于 90 %，请说明原因，落实责任人并报整改材料");
        order.put("severity", 3);
        order.put("due_at", Instant.now().plus(Duration.ofDays(5)).toString());
        regulator.tell("/api/v1/supervision", order);
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("key", UUID.randomUUID().toString());
        plan.put("title", "危险品车辆季度抽查");
        plan.put("tolerable", 0.1);
        plan.put("confidence", 0.95);
        regulator.tell("/api/v1/inspections", plan);
    }

    /** An order that waits for a second person, so that it moves no truck while its page is looked at. */
    private void orderDoors() {
        Map<String, Object> order = new LinkedHashMap<>(Map.of(
                "kind",
                "doors",
                "lock",
                true,
                "trucks",
                Map.of("companies", List.of(1)),
                "wave_size",
                5,
                "stop_percent",
                0,
                "answer_minutes",
                60,
                "note",
                "停车场过夜，统一锁门"));
        order.put(
                "expected",
                desk.tell("/api/v1/orders/count", order).path("trucks").asInt());
        desk.tell("/api/v1/orders", order);
    }

    /** Some sixty kilometres each way, as an address of the area's page says it. */
    private static String around(JsonNode truck) {
        double lat = truck.path("lat").asDouble();
        double lon = truck.path("lon").asDouble();
        return String.format(Locale.ROOT, "%.5f,%.5f,%.5f,%.5f", lon - 0.6, lat - 0.5, lon + 0.6, lat + 0.5);
    }
}

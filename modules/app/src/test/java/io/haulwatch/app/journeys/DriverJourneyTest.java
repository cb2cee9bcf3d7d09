package io.haulwatch.app.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.haulwatch.app.process.HandTerminal;
import io.haulwatch.app.process.HandTerminal.Fix;
import io.haulwatch.app.process.ProductProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A truck speeds; its driver learns by it on his phone, against the running product: from the alarm to the certificate, and back by an appeal. */
@Order(1) // Waits for the minutes of study: others use the time.
final class DriverJourneyTest {
    private static final String PHONE = "13800138000";
    private static final String REGISTER = """
            {"haulwatch_register": 1,
             "companies": [{"key": "c", "name": "顺达物流有限公司", "adcode": "440300"}],
             "vehicles": [{"company": "c", "plate": "粤B12345", "plate_colour": 2, "vehicle_class": "GENERAL",
               "terminal": {"phone": "13912345678", "maker": "70111", "model": "JB-GW01", "device_id": "A00123Z",
                 "edition": 2013}}],
             "drivers": [{"key": "d", "company": "c", "name": "刘建国", "phone": "13800138000"}],
             "assignments": [{"vehicle": "粤B12345", "driver": "d", "from": null, "to": null}]}
            """;
    private static final int HOUR = 3_600;
    private static final int SECONDS_OF_A_SHORT_LESSON = 10;
    /** Two of ten may be wrong. */
    private static final int WRONG_FOR_A_FAILURE = 10;
    /**
     * Says that somebody is there, and plays on where a check was missed. In one breath: a check may be gone while one waits for it to stand still.
     */
    private static final String TAP = """
            () => {
              document.querySelector('[data-testid=present]')?.click()
              if (document.querySelector('[data-testid=lesson-why]')) document.querySelector('[data-testid=play]')?.click()
            }""";

    private final List<String> faults = new ArrayList<>();

    @Test
    void aSpeedingDriverLearnsByItPassesAfterAFailureAndAnAppealTakesTheNextLessonBack(@TempDir Path folder)
            throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MILLIS);
        ProductProcess product = new ProductProcess(folder.resolve("data"), Map.of());
        Path register = Files.writeString(folder.resolve("register.json"), REGISTER);
        product.run("import", "--data", product.data().toString(), register.toString());
        try (product) {
            product.startAndAwaitReady();
            try (HandTerminal truck = signedOn(product);
                    Chromium chromium = new Chromium();
                    Desk centre = chromium.desk(product.uri("/"));
                    Desk phone = chromium.phone(product.uri("/"))) {
                centre.open("/companies");
                centre.signIn("admin", ProductProcess.ADMIN_PASSWORD);
                centre.sees("company-row");
                makeLessonsShort(centre);
                int company = companyId(centre);
                int driver = driverId(centre);

                long now = System.currentTimeMillis() / 1000;
                speed(truck, now - HOUR, 22_550_000);
                drive(truck, now, 22_700_000, 600);
                signIn(phone, centre, driver);
                phone.sees("locked");
                Pages pages = new Pages(phone, "zh-CN", faults);
                lookInBothLanguages(phone, "driver-locked", "locked");
                assertThat(phone.part("next-task")).hasCount(0);

                drive(truck, now + 5, 22_700_500, 0);
                phone.open("/driver/#/today");
                phone.page().reload();
                phone.sees("next-task");
                lookInBothLanguages(phone, "driver-today", "next-task");
                JsonNode task = onlyOpenTask(centre, company);
                assertThat(task.path("kind").asText()).isEqualTo("remedial");
                assertThat(task.path("course").path("topic").asText()).isEqualTo("speed");

                study(phone, pages, task.path("id").asInt());
                Map<String, Set<String>> right =
                        rightAnswers(centre, task.path("course").path("id").asInt());
                sit(phone, task.path("id").asInt(), right, WRONG_FOR_A_FAILURE, false, null);
                assertThat(phone.part("result")).isVisible();
                pages.check("driver-failed");
                phone.part("result-done").click();
                assertThat(onlyOpenTask(centre, company).path("id").asInt())
                        .isEqualTo(task.path("id").asInt());

                sit(phone, task.path("id").asInt(), right, 0, true, pages);
                assertThat(phone.part("result")).containsText("100");
                pages.check("driver-passed");

                JsonNode ledger = centre.ask("/api/v1/companies/" + company + "/training-ledger?from=2020-01-01")
                        .path("items");
                assertThat(ledger.size()).isEqualTo(1);
                assertThat(ledger.path(0).path("score").asDouble()).isEqualTo(100);
                centre.until(() -> hasTrainingPart(centre, company), 2 * Desk.PATIENCE_MILLIS);
                String number = centre.ask("/api/v1/certificates?company=" + company)
                        .path("items")
                        .path(0)
                        .path("number")
                        .asText();
                try (Desk anybody = chromium.phone(product.uri("/"))) {
                    anybody.open("/driver/#verify=" + number);
                    anybody.sees("verify-result");
                    assertThat(anybody.part("verify-result")).containsText(number);
                    lookInBothLanguages(anybody, "driver-verify", "verify-result");
                }

                long later = System.currentTimeMillis() / 1000;
                speed(truck, later - 60, 22_900_000);
                drive(truck, later + 130, 22_950_000, 0);
                centre.until(() -> openTasks(centre, company).size() == 1);
                String alarm = openTasks(centre, company)
                        .path(0)
                        .path("alarms")
                        .path(0)
                        .asText();
                phone.open("/driver/#/alarms/" + alarm);
                phone.page().reload();
                lookInBothLanguages(phone, "driver-alarm", "reason");
                phone.part("reason").fill("道路标志限速一百二十，车道无大车限速");
                pages.check("driver-appeal");
                phone.part("send-appeal").click();
                phone.until(() -> phone.part("appeal").isVisible()
                        || phone.part("appeal-problem").isVisible());
                assertThat(phone.part("appeal-problem")).hasCount(0);
                centre.tell(
                        "/api/v1/alarms/" + alarm + "/appeal/decision", Map.of("accept", true, "note", "限速来源有误，撤销"));
                centre.until(() -> openTasks(centre, company).isEmpty());
                phone.open("/driver/#/learn");
                phone.page().reload();
                phone.sees("learn");
                assertThat(phone.part("open-task")).hasCount(0);
                lookInBothLanguages(phone, "driver-learn", "learn");
                for (String page : List.of("alarms", "me", "papers", "hours", "certificates", "messages")) {
                    phone.open("/driver/#/" + page);
                    phone.sees(page);
                    lookInBothLanguages(phone, "driver-" + page, page);
                }
                phone.forgive("ERR_INTERNET_DISCONNECTED");
                phone.forgive("423");
                assertThat(phone.complaints()).isEmpty();
                assertThat(phone.elsewhere()).isEmpty();
            }
            assertThat(product.stop()).isEqualTo(143);
        }
        // A phone's page is scrolled, and what is said to who hears the page alone is hidden on purpose.
        assertThat(faults)
                .filteredOn(fault ->
                        !fault.endsWith("leaves the window above or below") && !fault.contains("<span.hidden>"))
                .isEmpty();
    }

    /** @param mark of what stands on the page when it is there */
    private void lookInBothLanguages(Desk phone, String name, String mark) {
        new Pages(phone, "zh-CN", faults).check(name);
        choose(phone, "en");
        phone.sees(mark);
        new Pages(phone, "en", faults).check(name);
        choose(phone, "zh-CN");
        phone.sees(mark);
    }

    private static void choose(Desk phone, String language) {
        phone.page().evaluate("to => localStorage.setItem('haulwatch.driver.language', to)", language);
        phone.page().reload();
    }

    private static HandTerminal signedOn(ProductProcess product) throws IOException {
        try (HandTerminal first = new HandTerminal(product.terminalPort())) {
            String code = first.ask(HandTerminal.REGISTRATION).code();
            HandTerminal truck = new HandTerminal(product.terminalPort());
            assertThat(truck.authenticate(code).result()).isZero();
            return truck;
        }
    }

    /** 120 km/h due north for two minutes, where a truck may drive 90; then slowly. */
    private static void speed(HandTerminal truck, long begin, int latitude) throws IOException {
        for (int i = 0; i < 12; i++) {
            send(truck, new Fix(begin + 10L * i, latitude + 2_998 * i, 114_060_000, 1_200));
        }
        for (int i = 12; i < 18; i++) {
            send(truck, new Fix(begin + 10L * i, latitude + 2_998 * 12 + 1_249 * (i - 12), 114_060_000, 500));
        }
    }

    private static void drive(HandTerminal truck, long at, int latitude, int deciKmh) throws IOException {
        send(truck, new Fix(at, latitude, 114_060_000, deciKmh));
    }

    private static void send(HandTerminal truck, Fix fix) throws IOException {
        assertThat(truck.ask(0x0200, fix.body()).result()).isZero();
    }

    /** The course about speed with lessons of ten seconds: what is studied is measured all the same. */
    private static void makeLessonsShort(Desk centre) {
        centre.until(() -> centre.ask("/api/v1/courses").path("items").size() >= 8);
        int course = 0;
        for (JsonNode each : centre.ask("/api/v1/courses").path("items")) {
            course = each.path("topic").asText().equals("speed")
                    ? each.path("id").asInt()
                    : course;
        }
        for (JsonNode lesson : centre.ask("/api/v1/courses/" + course).path("content")) {
            Map<String, Object> version = new LinkedHashMap<>();
            version.put("title", lesson.path("title").asText());
            version.put("body", lesson.path("body").asText());
            version.put("seconds", SECONDS_OF_A_SHORT_LESSON);
            centre.tell("/api/v1/lessons/" + lesson.path("id").asInt() + "/versions", version);
        }
    }

    private static int companyId(Desk centre) {
        return centre.ask("/api/v1/companies?query=顺达")
                .path("items")
                .path(0)
                .path("id")
                .asInt();
    }

    private static int driverId(Desk centre) {
        return centre.ask("/api/v1/register/drivers?query=刘建国")
                .path("items")
                .path(0)
                .path("id")
                .asInt();
    }

    private static void signIn(Desk phone, Desk centre, int driver) {
        phone.open("/driver/");
        phone.part("phone").fill(PHONE);
        phone.page()
                .waitForResponse(
                        answer -> answer.url().endsWith("/driver/codes"),
                        () -> phone.part("get-code").click());
        phone.part("code")
                .fill(centre.ask("/api/v1/drivers/" + driver + "/entry-code")
                        .path("code")
                        .asText());
        phone.part("submit").click();
    }

    private static JsonNode openTasks(Desk centre, int company) {
        return centre.ask("/api/v1/companies/" + company + "/training-tasks?state=open")
                .path("items");
    }

    private static JsonNode onlyOpenTask(Desk centre, int company) {
        centre.until(() -> openTasks(centre, company).size() == 1);
        return openTasks(centre, company).path(0);
    }

    private static boolean hasTrainingPart(Desk centre, int company) {
        for (JsonNode part : centre.ask("/api/v1/companies/" + company + "/risk")
                .path("score")
                .path("parts")) {
            if (part.path("code").asText().equals("T")) {
                return true;
            }
        }
        return false;
    }

    /** Goes through every lesson and its questions. */
    private void study(Desk phone, Pages pages, int task) {
        phone.open("/driver/#/learn/" + task);
        phone.sees("lesson-row");
        lookInBothLanguages(phone, "driver-task", "lesson-row");
        int lessons = phone.part("lesson-row").count();
        for (int i = 0; i < lessons; i++) {
            phone.part("lesson-row").nth(i).click();
            if (i == 0) {
                lookInBothLanguages(phone, "driver-lesson", "play");
            }
            phone.part("play").click();
            phone.until(
                    () -> {
                        phone.page().evaluate(TAP);
                        return phone.part("lesson-done").isVisible();
                    },
                    2 * Desk.PATIENCE_MILLIS);
            phone.part("to-quiz").click();
            boolean looked = i > 0;
            while (!phone.part("lesson-finished").isVisible()) {
                phone.part("quiz").getByTestId("option").first().click();
                phone.part("quiz-check").click();
                phone.sees("quiz-result");
                if (!looked) {
                    pages.check("driver-quiz");
                    looked = true;
                }
                phone.part("quiz-next").click();
                phone.until(() -> phone.part("lesson-finished").isVisible()
                        || phone.part("quiz-check").isVisible());
            }
            phone.open("/driver/#/learn/" + task);
            phone.sees("lesson-row");
        }
    }

    /** The words of the right options by question. */
    private static Map<String, Set<String>> rightAnswers(Desk centre, int course) {
        Map<String, Set<String>> right = new HashMap<>();
        for (JsonNode question :
                centre.ask("/api/v1/courses/" + course + "/questions?limit=200").path("items")) {
            Set<String> words = right.computeIfAbsent(question.path("stem").asText(), stem -> new HashSet<>());
            for (JsonNode option : question.path("options")) {
                if (option.path("right").asBoolean()) {
                    words.add(option.path("text").asText());
                }
            }
        }
        return right;
    }

    /** @param wrong so many questions are answered wrongly @param cut whether the network goes away in the middle */
    private static void sit(
            Desk phone, int task, Map<String, Set<String>> right, int wrong, boolean cut, @Nullable Pages pages) {
        phone.open("/driver/#/exam/" + task);
        phone.part("begin").click();
        phone.sees("exam");
        for (int n = 0; phone.part("exam").isVisible(); n++) {
            if (cut && n == 3) {
                phone.context().setOffline(true);
            }
            String stem = phone.page().locator("h2.stem").innerText().strip();
            Set<String> words = right.getOrDefault(stem, Set.of());
            assertThat(words).as(stem).isNotEmpty();
            for (Locator option : phone.part("option").all()) {
                String text = option.locator(".words").innerText().strip();
                if (words.contains(text) == (n >= wrong)) {
                    option.click();
                    if (n < wrong) {
                        break;
                    }
                }
            }
            if (pages != null && n == 1) {
                pages.check("driver-exam");
            }
            if (cut && n == 7) {
                assertThat(phone.part("saved")).containsText(Pattern.compile("\\d"));
                phone.context().setOffline(false);
            }
            phone.part("next").click();
        }
        phone.sees("overview");
        if (pages != null) {
            pages.check("driver-overview");
        }
        phone.part("without-signature").check();
        phone.part("submit").click();
        phone.sees("result");
    }
}

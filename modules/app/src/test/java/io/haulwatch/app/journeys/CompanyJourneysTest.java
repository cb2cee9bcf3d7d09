package io.haulwatch.app.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a company and the centre put right between them, done in a browser, and what it does to the score and the figures; and what the centre teaches. */
@Order(2) // Mostly waits for the score: others use the time.
final class CompanyJourneysTest extends BrowserTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Of a question; the first is right. */
    private static final List<String> OPTIONS = List.of("轻踩、多次", "一脚踩死", "拉手刹", "熄火");

    private static final String BANK = """
            雪天跟车距离应当？
            A. 加倍
            B. 不变
            ANSWER: A

            冰面起步用几挡？
            A. 低挡
            B. 高挡
            ANSWER: A

            下坡结冰路段怎样行驶？
            A. 空挡滑行
            B. 低挡慢行
            ANSWER: B

            桥面比路面结冰？
            A. 更早
            B. 更晚
            ANSWER: A
            """;

    @Test
    void aManagerImportsPapersMendsOneAndSeesWhatItWasWorth(@TempDir Path folder) throws Exception {
        signInAt("/companies");
        desk.sees("company-row");
        JsonNode gaps = companyWithGaps();
        int company = gaps.path("company").asInt();
        List<List<String>> lines = new ArrayList<>();
        for (JsonNode gap : gaps.path("lines")) {
            // The first of them with the year of the paper before: it changes nothing.
            int years = lines.isEmpty() ? -1 : 1;
            lines.add(List.of(
                    gap.path("kind").asText(),
                    gap.path("owner_label").asText(),
                    LocalDate.now(SHANGHAI).plusYears(years).toString(),
                    "续期-" + lines.size()));
        }
        // Scores are computed for the first time some seconds after the start.
        desk.until(() -> behindPapers(company) > 0);
        double before = score(company);
        double risk = behindPapers(company);
        Path table = folder.resolve("续期.xlsx");
        Files.write(table, papers(lines));
        desk.open("/imports");
        desk.part("import-file").setInputFiles(table);
        assertThat(desk.part("import-state")).hasAttribute("data-state", "ready");
        desk.part("import-apply").click();
        assertThat(desk.part("import-state")).hasAttribute("data-state", "applied");
        desk.until(() -> behindPapers(company) < risk);
        double imported = behindPapers(company);

        JsonNode first = gaps.path("lines").path(0);
        desk.open("/companies/" + company + "/papers?who="
                + first.path("owner_kind").asText() + ":"
                + first.path("owner_id").asText());
        Locator kind = desk.page()
                .locator("[data-testid='paper-kind'][data-kind='"
                        + first.path("kind").asText() + "']");
        kind.getByTestId("paper-correct").first().click();
        Locator days = desk.part("paper-form").locator(".n-date-picker input");
        days.last().fill(LocalDate.now(SHANGHAI).plusYears(1).toString());
        days.last().press("Tab");
        desk.part("paper-note").fill("年份录错，已核对原件");
        desk.part("paper-send").click();
        assertThat(desk.part("paper-form")).hasCount(0);
        desk.until(() -> behindPapers(company) < imported);
        assertThat(score(company)).isLessThanOrEqualTo(before);

        desk.open("/companies/" + company);
        assertThat(desk.part("company-score")).containsText(String.format(Locale.ROOT, "%.1f", score(company)));
        desk.part("score-part-open")
                .filter(new Locator.FilterOptions().setHasText("证件"))
                .click();
        desk.sees("behind-row");
    }

    @Test
    void aCompanyAppealsTheCentreAcceptsAndScoreAndFiguresChange() {
        signInAt("/companies");
        desk.sees("company-row");
        JsonNode alarm = anAlarm();
        int company = alarm.path("company").path("id").asInt();
        String id = alarm.path("id").asText();
        String link = makeUser("appellant", "孙丽", "company", "company:" + company);
        int truck = alarm.path("vehicle").path("id").asInt();
        desk.until(() -> !asOf(company).isEmpty());
        assertThat(alarmsBehind(truck)).contains(id);

        desk.leave();
        desk.open(link);
        desk.part("new-password").fill("山高路远-1122-cd");
        desk.part("new-password-again").fill("山高路远-1122-cd");
        desk.part("welcome-submit").click();
        desk.part("welcome-sign-in").click();
        desk.signIn("appellant", "山高路远-1122-cd");
        desk.sees("company-page");
        desk.open("/alarms/" + id + "?status=all");
        desk.part("appeal-words").fill("该路段限速牌已更换，附照片");
        desk.part("appeal-send").click();
        desk.until(() -> handling(id).equals("appealed"));

        desk.leave();
        signInAt("/appeals");
        desk.part("appeal-row").first().locator("a").click();
        Instant before = Instant.parse(asOf(company));
        int overturned = overturned(company);
        desk.part("appeal-words").fill("现场照片属实，撤销");
        desk.part("appeal-accept").click();
        desk.sees("alarm-overturned");
        assertThat(handling(id)).isEqualTo("overturned");
        assertThat(alarmsBehind(truck))
                .as("the truck's score counts it no more")
                .doesNotContain(id);
        desk.until(() -> Instant.parse(asOf(company)).isAfter(before), 2 * Desk.PATIENCE_MILLIS);
        assertThat(overturned(company)).isEqualTo(overturned + 1);
    }

    /** Alarms of a company that count no more. */
    private int overturned(int company) {
        return desk.ask("/api/v1/alarms?status=closed&handling=overturned&company=" + company)
                .path("counts")
                .path("total")
                .asInt();
    }

    @Test
    void anAuthorWritesACoursePublishesItAndAnAgentFindsItInTheList() {
        signInAt("/training/courses");
        desk.part("course-new").click();
        desk.part("course-code").fill("ice-road");
        desk.part("course-topic").fill("weather");
        desk.part("course-title").fill("冰雪路面行车");
        desk.part("exam-questions").fill("5");
        desk.part("exam-questions").press("Tab");
        desk.part("course-save").click();
        assertThat(desk.part("condition-lessons")).hasAttribute("data-met", "false");
        assertThat(desk.part("course-publish")).isDisabled();

        desk.part("condition-lessons-go").click();
        desk.part("lesson-title").fill("起步与制动");
        desk.part("lesson-body").fill("## 起步\n\n缓抬离合，轻踩油门。");
        desk.page().reload();
        desk.part("draft-take").click();
        assertThat(desk.part("lesson-title")).hasValue("起步与制动");
        saveLesson("轻踩油门");
        desk.part("lesson-another").click();
        desk.part("lesson-title").fill("跟车");
        desk.part("lesson-body").fill("车距加倍，提前减速。");
        saveLesson("车距加倍");
        desk.part("lesson-back").click();
        assertThat(desk.part("lesson-row")).hasCount(2);
        desk.part("lesson-down").first().click();
        assertThat(desk.part("lesson-row").first()).containsText("跟车");

        desk.part("course-questions").click();
        desk.part("question-new").click();
        desk.part("question-stem").fill("冰雪路面怎样制动？");
        for (int option = 0; option < OPTIONS.size(); option++) {
            desk.part("question-text-" + option).fill(OPTIONS.get(option));
        }
        desk.part("question-right-0").click();
        desk.part("question-save").click();
        assertThat(desk.part("question-row")).hasCount(1);
        desk.part("question-import").click();
        desk.part("import-aiken").click();
        desk.part("import-file")
                .setInputFiles(new FilePayload("ice.txt", "text/plain", BANK.getBytes(StandardCharsets.UTF_8)));
        desk.part("import-take").click();
        assertThat(desk.part("condition-questions")).hasAttribute("data-met", "true");

        desk.part("course-publish").click();
        assertThat(desk.part("course-state")).hasText("已发布");
        Desk agent = deskOf("zhoumin", "周敏", "agent", "all", "/training/courses");
        Locator row = agent.part("course-row").filter(new Locator.FilterOptions().setHasText("冰雪路面行车"));
        assertThat(row).containsText("5 题");
        assertThat(agent.part("course-new")).hasCount(0);
        row.click();
        assertThat(agent.part("lesson-phone")).containsText("车距加倍");
        assertThat(agent.part("course-retire")).hasCount(0);
    }

    /** Saves the lesson that is typed, once the phone beside it shows these words. */
    private void saveLesson(String words) {
        assertThat(desk.part("lesson-phone")).containsText(words);
        desk.part("lesson-save").click();
        assertThat(desk.part("lesson-version")).containsText("1");
    }

    /** A company and two of its papers that have run out or are missing, of one truck each or driver. */
    private JsonNode companyWithGaps() {
        for (JsonNode company : desk.ask("/api/v1/companies?limit=200").path("items")) {
            JsonNode lines = desk.ask("/api/v1/companies/" + company.path("id").asInt()
                            + "/papers?state=overdue&owner=VEHICLE&limit=2")
                    .path("items");
            if (lines.size() == 2) {
                return MAPPER.createObjectNode()
                        .put("company", company.path("id").asInt())
                        .set("lines", lines);
            }
        }
        throw new IllegalStateException("no company has two overdue papers of trucks");
    }

    private static byte[] papers(List<List<String>> lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "office", null)) {
            Worksheet sheet = book.newWorksheet("证件");
            List<String> titles = List.of("证件种类", "持有者", "有效期至", "证件编号");
            for (int column = 0; column < titles.size(); column++) {
                sheet.value(0, column, titles.get(column));
                for (int row = 0; row < lines.size(); row++) {
                    sheet.value(row + 1, column, lines.get(row).get(column));
                }
            }
        }
        return out.toByteArray();
    }

    private String handling(String alarm) {
        return desk.ask("/api/v1/alarms/" + alarm).path("handling").asText();
    }

    private JsonNode partOf(int company, String code) {
        for (JsonNode part :
                desk.ask("/api/v1/companies/" + company + "/risk").path("score").path("parts")) {
            if (part.path("code").asText().equals(code)) {
                return part;
            }
        }
        return MissingNode.getInstance();
    }

    private double score(int company) {
        return desk.ask("/api/v1/companies/" + company + "/risk")
                .path("score")
                .path("value")
                .asDouble();
    }

    private double behindPapers(int company) {
        return partOf(company, "D").path("data").path("risk_weight").asDouble();
    }

    /** Alarms that a truck's score counts. */
    private List<String> alarmsBehind(int truck) {
        return desk.ask("/api/v1/vehicles/" + truck + "/risk").path("events").findValuesAsText("id");
    }

    /** When the company's score was computed; empty while it was not. */
    private String asOf(int company) {
        JsonNode risk = desk.ask("/api/v1/companies/" + company + "/risk");
        return risk.path("score").path("parts").isEmpty()
                ? ""
                : risk.path("as_of").asText();
    }
}

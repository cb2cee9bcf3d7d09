package io.haulwatch.app.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.haulwatch.app.process.ProductProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What a dispatcher does all day, done in a browser with the running product and 200 simulated trucks. */
@Isolated("holds pages to a time")
final class JourneysTest extends BrowserTest {
    /** With its moving trucks the map differs from the one without them in at least this many pixels: twenty dots. */
    private static final int DRAWN_PIXELS = 160;
    /** One truck that moved on at street level: its dot is gone here and drawn there. */
    private static final int MOVED_PIXELS = 8;
    /** One turn of the wheel from the view of a province to that of streets. */
    private static final int STREETS_ARE_NEAR = 2_000;
    /** Without a graphics card each pixel of a map is paid for. */
    private static final int SMALL_WIDTH = 1_000;

    private static final int SMALL_HEIGHT = 640;
    private static final long SEED = 41_000;
    /** Severities of which most acts need no note. */
    private static final String WITHOUT_NOTE = "1,2,3";
    /** Hides what lies on the map, so that only the drawn map is compared. */
    private static final String MAP_ALONE =
            "[data-testid=map-legend], [data-testid=truck-drawer], .tag, .pulse, .foot, .controls, header { visibility: hidden !important }";

    @Test
    void aWrongPasswordIsAnsweredInASentenceAndTheRightOneOpensTheMap() {
        desk.open("/");
        desk.sees("sign-in-form");
        desk.signIn("admin", "not the password");
        assertThat(desk.part("sign-in-error")).containsText("用户名或密码不对");
        desk.forgive("/api/v1/session");

        desk.signIn("admin", ProductProcess.ADMIN_PASSWORD);
        desk.sees("map-legend");
        assertThat(desk.page()).hasURL(Pattern.compile("/map"));
        desk.part("user-menu").click();
        desk.part("sign-out").click();
        desk.sees("sign-in-form");
    }

    @Test
    void theMapDrawsTheFleetAndTheFleetMoves() {
        desk.page().setViewportSize(SMALL_WIDTH, SMALL_HEIGHT);
        MapMeter meter = new MapMeter(desk.page());
        signInAt("/map");
        desk.until(() -> desk.number("legend-moving") > 0);
        desk.until(() -> desk.number("legend-total") == 200);
        desk.sees("map-canvas");
        desk.until(() -> map().colours() > 100);

        Picture full = map();
        desk.part("filter-moving").click();
        desk.until(() -> full.differences(map()) > DRAWN_PIXELS);

        JsonNode truck = movingTruck();
        desk.open("/map?vehicle=" + truck.path("id").asLong());
        desk.sees("drawer-plate");
        desk.until(() -> map().colours() > 50);
        BoundingBox truckAt = desk.page().locator(".tag .corners").boundingBox();
        desk.page().mouse().move(truckAt.x + truckAt.width / 2, truckAt.y + truckAt.height / 2);
        desk.page().mouse().wheel(0, -STREETS_ARE_NEAR);
        Picture before = map();
        desk.until(() -> before.differences(map()) > MOVED_PIXELS);

        // One that appears takes 14 bytes at most, one that drives on half of that.
        desk.until(() -> meter.updates() > 50);
        assertThat(meter.bytesAnUpdate()).isLessThanOrEqualTo(14);
    }

    @Test
    void fortyOneThousandTrucksCostTheMapTwoUploadsABatchAtMostAndNoObjectEach() {
        desk.page().setViewportSize(SMALL_WIDTH, SMALL_HEIGHT);
        MapMeter meter = new MapMeter(desk.page());
        FleetOfMany fleet = new FleetOfMany(desk.page(), 41_000, SEED);
        signInAt("/map");
        desk.until(fleet::listening);
        fleet.snapshot(1);
        desk.until(() -> desk.number("legend-moving") == 1);
        desk.sees("map-canvas");
        int objects = meter.objects();

        fleet.snapshot(41_000);
        desk.until(() -> desk.number("legend-moving") == 41_000);
        for (int batch = 1; batch <= 10; batch++) {
            int uploads = meter.uploads();
            fleet.delta(2_050);
            desk.until(() -> meter.uploads() > uploads);
        }
        assertThat(meter.uploads()).isLessThanOrEqualTo(20);
        assertThat(meter.uploadedBytes()).as("24 bytes a truck").isLessThanOrEqualTo(20 * 41_000 * 24);
        assertThat(meter.objects() - objects).as("objects of 41,000 trucks").isLessThan(4_100);
    }

    @Test
    void theBigScreenSaysThatItsDataStandWhenTheFeedIsCut() {
        boolean[] cut = new boolean[1];
        desk.page()
                .routeWebSocket(
                        "**/ws/fleet",
                        opened -> opened.connectToServer().onMessage(frame -> {
                            if (!cut[0] && frame.binary() != null) {
                                opened.send(frame.binary());
                            }
                        }));
        desk.page().clock().install();
        signInAt("/wall");
        desk.until(() -> desk.number("wall-moving") > 0);
        assertThat(desk.part("wall")).hasAttribute("data-state", "live");
        cut[0] = true;
        desk.page().clock().fastForward(12_000);
        assertThat(desk.part("wall")).hasAttribute("data-state", "old");
        desk.page().clock().fastForward(60_000);
        assertThat(desk.part("wall")).hasAttribute("data-state", "dead");
        assertThat(desk.part("wall-state")).hasText("数据已停止");
    }

    @Test
    void aBigScreenShowsTheWallWithNobodySignedInUntilItIsEnded() {
        signInAt("/users?tab=kiosks");
        desk.part("kiosk-begin").click();
        desk.part("kiosk-name").fill("一楼大厅");
        desk.part("kiosk-password").fill(ProductProcess.ADMIN_PASSWORD);
        desk.part("kiosk-make").click();
        String address = desk.part("kiosk-address").inputValue();
        desk.part("kiosk-done").click();

        Desk screen = somebodyElse();
        screen.open(address.replace("16x9", "32x9"));
        screen.until(() -> screen.number("wall-moving") > 0);
        assertThat(screen.part("wall")).hasAttribute("data-layout", "32x9");
        assertThat(screen.page()).hasURL(Pattern.compile("/wall[?]layout=32x9$"));
        screen.page().reload();
        screen.until(() -> screen.number("wall-moving") > 0);

        desk.part("kiosk-end").click();
        desk.sees("kiosks-empty");
        screen.sees("wall-refused");
        screen.forgive("/api/v1/wall");
        screen.forgive("/ws/fleet");
    }

    @Test
    void aTruckIsFoundByItsPlateAndATextToItsCabIsAcknowledged() {
        desk.page().setViewportSize(SMALL_WIDTH, SMALL_HEIGHT);
        signInAt("/map");
        desk.until(() -> desk.number("legend-moving") > 0);
        String plate = movingTruck().path("plate").asText();
        desk.part("search").fill(plate);
        Locator found = desk.part("search-result").first();
        assertThat(found).containsText(plate.substring(2));
        found.click();

        assertThat(desk.part("drawer-plate")).containsText(plate.substring(2));
        desk.sees("day-strip");
        desk.sees("papers");
        desk.sees("drawer-clock");
        assertThat(desk.part("truck-drawer")).containsText("km/h");

        desk.part("drawer-text").click();
        desk.sees("command-dialog");
        desk.part("command-text").fill("前方大雾，请减速慢行");
        desk.part("command-send").click();
        assertThat(desk.part("command-dialog").getByTestId("command-state"))
                .hasAttribute("data-state", "acknowledged", patient());
    }

    @Test
    void alarmsAreNarrowedWalkedThroughAndExplained() {
        signInAt("/alarms");
        desk.sees("alarm-row");

        desk.part("alarm-filter-severity-3").click();
        assertThat(desk.page()).hasURL(Pattern.compile("severity=3"));
        desk.until(() -> shownAlarms()
                .equals(alarms("severity=3&status=open", shownAlarms().size())));
        JsonNode company = desk.ask("/api/v1/companies?limit=1").path("items").path(0);
        desk.part("alarm-more-filters").click();
        desk.part("alarm-filter-company").click();
        option(company.path("name").asText()).click();
        assertThat(desk.page())
                .hasURL(Pattern.compile("company=" + company.path("id").asLong()));
        desk.until(() -> !shownAlarms().isEmpty()
                && desk.part("alarm-row").allInnerTexts().stream()
                        .allMatch(row -> row.contains(company.path("name").asText())));

        desk.open("/alarms?rule=speeding&status=all");
        desk.sees("alarm-row");
        desk.until(() -> chosen() == 0);
        desk.page().keyboard().press("j");
        desk.until(() -> chosen() == 1);
        desk.page().keyboard().press("k");
        desk.until(() -> chosen() == 0);

        desk.sees("speed-strip");
        desk.sees("alarm-track");
        assertThat(desk.part("alarm-rule")).containsText("cn-2026");
        assertThat(desk.part("alarm-rule"))
                .containsText(Pattern.compile("限速来源\\s*(车型限速|电子围栏|道路限速|夜间系数|企业规则|限速变更缓冲|许可限速)"));
        assertThat(desk.part("alarm-detail").locator("tbody tr").first()).containsText("km/h");
        desk.until(() -> Picture.of(desk.part("alarm-track").screenshot()).colours() > 20);
    }

    @Test
    void aTrucksDayIsReplayedFromAnAlarmAndSavedAsAFile() throws Exception {
        desk.page().setViewportSize(SMALL_WIDTH, SMALL_HEIGHT);
        signInAt("/map");
        desk.until(() -> desk.number("legend-moving") > 0);
        JsonNode alarm = anAlarm();
        desk.open("/alarms/" + alarm.path("id").asText() + "?status=all");
        desk.part("alarm-replay").click();
        assertThat(desk.page())
                .hasURL(Pattern.compile(
                        "/vehicles/" + alarm.path("vehicle").path("id").asLong() + "/day/"));
        desk.sees("replay-chart");
        String began = LocalTime.ofInstant(
                        Instant.parse(alarm.path("started_at").asText()), SHANGHAI)
                .format(DateTimeFormatter.ISO_LOCAL_TIME);
        assertThat(desk.part("replay-time")).hasText(began);
        desk.until(() -> Picture.of(desk.part("replay-map").screenshot()).colours() > 20);

        desk.part("replay-rate-60").click();
        desk.page().keyboard().press("Home");
        String start = desk.part("replay-time").innerText();
        desk.page().keyboard().press("ArrowRight");
        assertThat(desk.part("replay-time")).not().hasText(start);
        desk.page().keyboard().press("Space");
        assertThat(desk.part("replay-play")).hasAttribute("aria-label", "暂停");
        String playing = desk.part("replay-time").innerText();
        assertThat(desk.part("replay-time")).not().hasText(playing);
        desk.page().keyboard().press("Space");
        assertThat(desk.part("replay-play")).hasAttribute("aria-label", "播放");

        desk.part("replay-trip").last().click();
        assertThat(desk.page()).hasURL(Pattern.compile("trip="));
        desk.part("replay-tab-month").click();
        desk.sees("replay-trip");

        Download file = desk.page().waitForDownload(() -> {
            desk.part("replay-export").click();
            desk.page().getByText("CSV 表格").click();
        });
        assertThat(file.suggestedFilename()).matches("haulwatch-vehicle-\\d+-\\d{4}-\\d{2}-\\d{2}\\.csv");
        List<String> rows = Files.readAllLines(file.path());
        assertThat(rows.getFirst()).contains("lat_wgs84,lon_wgs84");
        // The day may just have begun.
        assertThat(rows)
                .hasSizeGreaterThan(5)
                .anyMatch(
                        row -> row.contains(alarm.path("vehicle").path("plate").asText()));
    }

    @Test
    void aCriticalAlarmIsNotAcknowledgedWithoutANote() {
        signInAt("/alarms?severity=4&handling=new");
        desk.sees("alarm-row");
        desk.sees("alarm-acknowledge");
        desk.until(() -> desk.page().url().contains("/alarms/"));
        String alarm =
                Path.of(URI.create(desk.page().url()).getPath()).getFileName().toString();

        desk.part("alarm-acknowledge").click();
        desk.sees("alarm-refused");
        assertThat(desk.ask("/api/v1/alarms/" + alarm).path("handling").asText())
                .isEqualTo("new");

        desk.part("alarm-note").fill("已电话通知驾驶员就近停车");
        desk.part("alarm-acknowledge").click();
        desk.until(() ->
                !desk.ask("/api/v1/alarms/" + alarm).path("handling").asText().equals("new"));
        desk.open("/alarms/" + alarm + "?status=all");
        assertThat(desk.part("alarm-actions")).containsText("已电话通知驾驶员就近停车");
        assertThat(desk.part("alarm-acknowledge")).hasCount(0);
    }

    @Test
    void anAgentClearsTenAlarmsByKeyboardAndOneTextReachesACab() {
        signInAt("/map");
        desk.sees("map-legend");
        // Alarms come while trucks drive, and ten take a while; some are taken back while one works.
        desk.until(() -> free(WITHOUT_NOTE) >= 12, 3 * Desk.PATIENCE_MILLIS);
        desk.open("/desk?severity=" + WITHOUT_NOTE);
        desk.sees("desk-row");
        List<String> cleared = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            desk.sees("desk-confirm");
            String alarm = Path.of(URI.create(desk.page().url()).getPath())
                    .getFileName()
                    .toString();
            desk.page().keyboard().press(i == 0 ? "1" : "2");
            desk.page().keyboard().press("Enter");
            desk.until(() -> !List.of("new", "claimed").contains(handling(alarm)));
            cleared.add(alarm);
            desk.until(() -> free(WITHOUT_NOTE) > 0);
            desk.page().keyboard().press("j");
            desk.until(() -> !desk.page().url().contains(alarm));
        }
        for (String alarm : cleared) {
            desk.until(() -> handling(alarm).equals("resolved"));
        }
        desk.until(() -> desk.ask("/api/v1/alarms/" + cleared.getFirst() + "/desk")
                .path("contacts")
                .findValuesAsText("command_state")
                .contains("acknowledged"));
    }

    @Test
    void aRegulatorGoesFromAFigureToAPositionAndOrdersWhatTheCompanyAnswersAndHeAccepts() {
        desk.page().setViewportSize(SMALL_WIDTH, SMALL_HEIGHT);
        signInAt("/companies");
        desk.sees("company-row");
        // Days are counted within the first two minutes.
        desk.until(() -> desk.ask("/api/v1/kpis").path("days_counted").asInt() > 0, 2 * Desk.PATIENCE_MILLIS);
        JsonNode found = desk.ask("/api/v1/kpis/companies").path("items").path(0);
        int id = found.path("id").asInt();

        Desk regulator = deskOf("wanglei", "王磊", "regulator", "all", "/indicators?indicator=track");
        regulator
                .part("indicators-company")
                .getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions()
                        .setHasText(found.path("name").asText()))
                .click();
        regulator
                .part("indicators-truck")
                .first()
                .getByRole(AriaRole.BUTTON)
                .first()
                .click();
        regulator.part("indicator-days").getByRole(AriaRole.LINK).first().click();
        regulator.part("reason").fill("核对考核指标的轨迹");
        regulator.part("reason-give").click();
        regulator.sees("replay-chart");
        regulator.sees("replay-map");
        regulator.page().goBack();

        regulator
                .part("indicators-truck")
                .first()
                .getByRole(AriaRole.BUTTON)
                .first()
                .click();
        regulator.part("order-day").first().click();
        regulator.part("supervision-words").fill("轨迹缺失，请说明原因并整改");
        regulator.part("supervision-send").click();
        assertThat(regulator.part("supervision-state")).hasAttribute("data-state", "issued");
        assertThat(regulator.part("supervision-figure")).containsText(Pattern.compile("\\d / \\d"));

        Desk company = deskOf("limin", "李敏", "company", "company:" + id, "/notices");
        company.part("notices-supervision").getByRole(AriaRole.LINK).first().click();
        company.part("supervision-do-answer").click();
        company.part("supervision-say").fill("天线松动，已更换并复测");
        company.part("supervision-confirm").click();
        assertThat(company.part("supervision-state")).hasAttribute("data-state", "answered");

        regulator.page().reload();
        assertThat(regulator.part("supervision-pane").getByTestId("supervision-answered"))
                .containsText("天线松动，已更换并复测");
        regulator.part("supervision-do-accept").click();
        regulator.part("supervision-confirm").click();
        assertThat(regulator.part("supervision-state")).hasAttribute("data-state", "accepted");
        regulator.forgive("403");
    }

    /** How many alarms of some severities nobody has taken up. */
    private long free(String severities) {
        return StreamSupport.stream(
                        desk.ask("/api/v1/desk?limit=100&severity=" + severities)
                                .path("items")
                                .spliterator(),
                        false)
                .filter(alarm -> alarm.path("handling").asText().equals("new"))
                .count();
    }

    private String handling(String alarm) {
        return desk.ask("/api/v1/alarms/" + alarm).path("handling").asText();
    }

    @Test
    void aCompanyTellsWhatIsOverdueAndWhatStandsBehindANumber() {
        signInAt("/companies");
        desk.sees("company-row");
        JsonNode companies = desk.ask("/api/v1/companies?limit=200").path("items");
        List<String> order = StreamSupport.stream(companies.spliterator(), false)
                .map(company -> company.path("id").asText())
                .toList();
        List<Integer> overdue = StreamSupport.stream(companies.spliterator(), false)
                .map(company -> company.path("overdue_critical").asInt())
                .toList();
        assertThat(overdue).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
        assertThat(attributes(desk.part("company-row"), "data-company-id")).isEqualTo(order);

        desk.part("company-row").first().click();
        desk.sees("company-page");
        desk.sees("company-tile");
        List<String> tiles = desk.part("company-tile").allInnerTexts();
        assertThat(tiles)
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(tile ->
                        Pattern.compile("\\d+\\s*/\\s*\\d+").matcher(tile).find());
        assertThat(desk.part("company-alarms")).containsText(Pattern.compile("\\d"));

        int all = desk.part("due-row").count();
        Locator tile = desk.part("company-tile")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("[1-9]\\d*\\s*/")))
                .first();
        tile.click();
        assertThat(desk.page()).hasURL(Pattern.compile("tile="));
        desk.sees("due-row");
        assertThat(desk.part("due-row").count()).isLessThanOrEqualTo(all);
        assertThat(tile).containsText(Integer.toString(desk.part("due-row").count()));
        desk.sees("company-objects");
    }

    @Test
    void languageAndThemeStayAsChosen() {
        signInAt("/companies");
        Locator root = desk.page().locator("html");
        assertThat(root).hasAttribute("lang", "zh-CN");
        assertThat(root).hasAttribute("data-theme", "light");
        assertThat(desk.part("nav-companies")).containsText("企业");
        desk.part("language-switch").click();
        assertThat(root).hasAttribute("lang", "en");
        assertThat(desk.part("nav-companies")).containsText("Companies");
        desk.part("theme-switch").click();
        assertThat(root).hasAttribute("data-theme", "dark");
        desk.page().reload();
        assertThat(desk.part("nav-companies")).containsText("Companies");
        assertThat(root).hasAttribute("data-theme", "dark");
    }

    @Test
    void anInvitedAgentChoosesHisPasswordAndTheAuditSaysSo() {
        desk.page().setViewportSize(SMALL_WIDTH, SMALL_HEIGHT);
        signInAt("/users");
        assertThat(user("admin")).containsText("管理员");
        desk.part("invite").click();
        desk.part("user-username").fill("zhoulan");
        desk.part("user-name").fill("周岚");
        desk.part("invite-send").click();
        String link = desk.part("link-address").inputValue();
        desk.part("invite-close").click();
        assertThat(user("zhoulan")).containsText("待设密码");

        desk.leave();
        desk.open(link);
        desk.part("new-password").fill("short");
        desk.part("new-password-again").fill("short");
        desk.part("welcome-submit").click();
        assertThat(desk.part("welcome-failure")).containsText("10 至 128");
        desk.forgive("/api/v1/link/password");
        desk.part("new-password").fill(PASSWORD);
        desk.part("new-password-again").fill(PASSWORD);
        desk.part("welcome-submit").click();
        desk.part("welcome-sign-in").click();
        desk.signIn("zhoulan", PASSWORD);
        desk.part("desk-start-shift").click();
        assertThat(desk.part("desk-sound")).hasAttribute("data-state", "on");
        assertThat(desk.part("user-menu")).containsText("周");
        assertThat(desk.part("nav-users")).hasCount(0);

        desk.leave();
        signInAt("/users?tab=audit");
        desk.sees(desk.page().locator("[data-action='user.invite']").first());
        desk.sees(desk.page().locator("[data-action='user.password']").first());
        desk.part("tab-users").click();
        user("zhoulan").click();
        desk.part("user-disable").click();
        desk.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("停用"))
                .last()
                .click();
        assertThat(user("zhoulan")).containsText("已停用");

        desk.leave();
        desk.open("/sign-in");
        desk.signIn("zhoulan", PASSWORD);
        assertThat(desk.part("sign-in-error")).containsText("用户名或密码不对");
        desk.forgive("/api/v1/session");
    }

    @Test
    void anAdministratorMendsAWrongTableByItsReportAndImportsIt(@TempDir Path folder) throws Exception {
        desk.page().setViewportSize(SMALL_WIDTH, SMALL_HEIGHT);
        signInAt("/companies");
        desk.sees("company-row");
        desk.part("open-imports").click();
        Path table = folder.resolve("安运.xlsx");
        Files.write(table, officeTable("重庆", "=1+1"));
        desk.part("import-file").setInputFiles(table);

        assertThat(desk.part("import-state")).hasAttribute("data-state", "wrong", patient());
        Locator company = desk.page().locator("[data-place='企业:2']");
        assertThat(company).containsText("<b>安运</b>");
        assertThat(company).containsText(Pattern.compile("行政区划代码 \\(B\\)\\s*重庆\\s*不是六位行政区划代码"));
        assertThat(desk.page().locator("[data-place='驾驶员:2']")).containsText("公式");
        Download file =
                desk.page().waitForDownload(() -> desk.part("import-report").click());
        assertThat(Files.readAllLines(file.path()))
                .anyMatch(row -> row.contains(",2,'=1+1,有误"))
                .noneMatch(row -> row.contains(",=1+1"));

        Files.write(table, officeTable("500112", "孙立"));
        desk.part("import-file").setInputFiles(table);
        assertThat(desk.part("import-state")).hasAttribute("data-state", "ready", patient());
        desk.part("import-apply").click();
        assertThat(desk.part("import-state")).hasAttribute("data-state", "applied", patient());

        desk.until(() -> desk.ask("/api/v1/companies?limit=200").toString().contains("<b>安运</b>"));
        desk.open("/users?tab=audit");
        desk.sees(desk.page().locator("[data-action='import.apply']").first());
    }

    /** A company and its driver as an office keeps them; no truck, so that no other journey counts one more. */
    private static byte[] officeTable(String region, String driver) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "office", null)) {
            sheet(book, "企业", List.of("企业名称", "行政区划代码"), List.of("<b>安运</b>", region));
            sheet(book, "驾驶员", List.of("姓名", "所属企业", "从业资格证号"), List.of(driver, "<b>安运</b>", "500112099"));
        }
        return out.toByteArray();
    }

    private static void sheet(Workbook book, String name, List<String> titles, List<String> line) {
        Worksheet sheet = book.newWorksheet(name);
        for (int i = 0; i < titles.size(); i++) {
            sheet.value(0, i, titles.get(i));
            sheet.value(1, i, line.get(i));
        }
    }

    /** An entry of the list that is open. */
    private Locator option(String text) {
        return desk.page()
                .locator(".n-base-select-option")
                .filter(new Locator.FilterOptions().setHasText(text))
                .first();
    }

    private Locator user(String username) {
        return desk.page().locator("[data-username='" + username + "']");
    }

    @Test
    void aLeadSetsAParameterOnTrucksInWavesAndOneWaveHaltsOnFailures() {
        desk.page().setViewportSize(SMALL_WIDTH, SMALL_HEIGHT);
        signInAt("/map");
        desk.sees("map-legend");
        String link = makeUser("tangyu", "唐玉", "lead", "all");
        desk.leave();
        desk.open(link);
        desk.part("new-password").fill(PASSWORD);
        desk.part("new-password-again").fill(PASSWORD);
        desk.part("welcome-submit").click();
        desk.part("welcome-sign-in").click();
        desk.signIn("tangyu", PASSWORD);

        desk.sees("desk-silent");
        desk.open("/orders");
        desk.part("order-new").click();
        desk.part("order-parameter").click();
        desk.page().keyboard().type("0x0055");
        option("0x0055").click();
        desk.part("order-value").fill("90");
        desk.part("order-all").click();
        desk.part("order-wave-size").fill("20");
        desk.part("order-stop").fill("2");
        desk.part("order-note").fill("统一限速 90");
        desk.part("order-count").click();
        assertThat(desk.part("order-counted")).hasAttribute("data-trucks", "200");
        desk.part("order-send").click();

        // One simulated terminal in 25 refuses to be set; a wave of 20 with one of them is above two per cent.
        assertThat(desk.part("order-state")).hasAttribute("data-state", "halted", patient());
        desk.sees("order-halted");
        desk.part("order-filter-state").click();
        option("终端拒绝").click();
        assertThat(desk.part("order-truck").first()).hasAttribute("data-state", "refused");
        desk.part("order-truck").first().locator("a").click();
        assertThat(desk.part("parameter-row").first()).hasAttribute("data-standing", "different", patient());
        assertThat(desk.part("parameter-row").first()).containsText("最高速度");
    }

    @Test
    void aLostConnectionIsSaidAndMendsItselfAfterARestart() throws Exception {
        desk.page().setViewportSize(SMALL_WIDTH, SMALL_HEIGHT);
        signInAt("/map");
        desk.until(() -> desk.number("legend-total") == 200);
        // Drawn: a map whose scripts are still on their way when the product stops complains of that too.
        desk.until(() -> map().colours() > 100);
        product.stop();
        desk.sees("banner-feed");
        product.startAndAwaitReady();
        desk.seesNo("banner-feed");
        desk.seesNo("session-overlay");
        desk.until(() -> desk.number("legend-total") == 200);
        desk.part("nav-companies").click();
        desk.sees("company-row");
        // While nobody answers, the browser itself says that it got no connection.
        desk.forgive("ERR_CONNECTION_REFUSED");
        desk.forgive("/ws/");
        desk.forgive("/api/v1/");
        desk.forgive("unreachable");
    }

    /** What is drawn on the map's canvas. */
    private Picture map() {
        return Picture.of(desk.page().screenshot(new Page.ScreenshotOptions().setStyle(MAP_ALONE)));
    }

    private List<String> alarms(String filter, int most) {
        List<String> ids = new ArrayList<>();
        for (JsonNode alarm : desk.ask("/api/v1/alarms?limit=100&" + filter).path("items")) {
            ids.add(alarm.path("id").asText());
        }
        return ids.subList(0, Math.min(most, ids.size()));
    }

    private List<String> shownAlarms() {
        return attributes(desk.part("alarm-row"), "data-alarm-id");
    }

    /** Which row of the list is the open one, or −1. */
    private int chosen() {
        return attributes(desk.part("alarm-row"), "aria-current").indexOf("true");
    }

    private static List<String> attributes(Locator parts, String name) {
        Object values = parts.evaluateAll("(all, name) => all.map((one) => one.getAttribute(name) ?? '')", name);
        return ((List<?>) values).stream().map(String::valueOf).toList();
    }

    private static LocatorAssertions.HasAttributeOptions patient() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(Desk.PATIENCE_MILLIS);
    }
}

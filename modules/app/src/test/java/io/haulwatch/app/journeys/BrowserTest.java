package io.haulwatch.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.haulwatch.app.process.ProductProcess;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests in a browser with the running product of their own and 200 simulated trucks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the folder, @BeforeAll and @BeforeEach the rest
abstract class BrowserTest {
    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    static final String WRONG_TABLE =
            "企业名称,行政区划代码,许可证有效期至,联系人\n安达物流有限公司,500112,2028-03-01,陈平\n=SUM(A1),重庆市,2027.2.30,周岚\n,510100,,\n";

    static final String PASSWORD = "海阔天空-1121-ab";

    ProductProcess product;
    Desk desk;
    private Chromium chromium;
    private final List<Desk> others = new ArrayList<>();

    @BeforeAll
    void startTheProduct(@TempDir Path folder) throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MILLIS);
        product = new ProductProcess(folder.resolve("data"), Map.of(), "--demo", "--fleet", "200");
        product.start();
        chromium = new Chromium();
        product.awaitReady();
    }

    @AfterAll
    void stopTheProduct() throws Exception {
        chromium.close();
        product.close();
    }

    @BeforeEach
    void sitDown() {
        desk = chromium.desk(product.uri("/"));
    }

    @AfterEach
    void everythingCameFromTheProductAndNothingBroke() {
        List<Desk> all = new ArrayList<>(others);
        all.add(desk);
        others.clear();
        for (Desk each : all) {
            try (Desk left = each) {
                assertThat(left.elsewhere())
                        .as("requests to anybody but the product")
                        .isEmpty();
                assertThat(left.complaints())
                        .as("errors on the browser's console")
                        .isEmpty();
            }
        }
    }

    final void signInAt(String path) {
        desk.open(path);
        desk.signIn("admin", ProductProcess.ADMIN_PASSWORD);
    }

    /** Invites somebody as the page does; gives the path of his one-time link. */
    final String makeUser(String username, String name, String role, String scope) {
        return desk.tell(
                        "/api/v1/users",
                        Map.of("username", username, "display_name", name, "role", role, "scope", scope))
                .path("link")
                .path("path")
                .asText();
    }

    /** A browser of somebody else's, who is not signed in. */
    final Desk somebodyElse() {
        Desk other = chromium.desk(product.uri("/"));
        others.add(other);
        return other;
    }

    /** Somebody else at a desk of his own: invited by whoever sits at the first one, signed in at a page. */
    final Desk deskOf(String username, String name, String role, String scope, String path) {
        String link = makeUser(username, name, role, scope);
        Desk other = somebodyElse();
        other.choosePassword(link, PASSWORD);
        other.open(path);
        other.signIn(username, PASSWORD);
        return other;
    }

    final JsonNode movingTruck() {
        for (JsonNode vehicle : desk.ask("/api/v1/vehicles?limit=200").path("items")) {
            if (vehicle.path("state").asText().equals("moving")) {
                return vehicle;
            }
        }
        throw new IllegalStateException("no truck moves");
    }

    /** A speeding alarm of weight, so that its page has something to show. */
    final JsonNode anAlarm() {
        desk.until(() -> !desk.ask("/api/v1/alarms?status=all&rule=speeding&severity=3,4&limit=1")
                .path("items")
                .isEmpty());
        return desk.ask("/api/v1/alarms?status=all&rule=speeding&severity=3,4&limit=1")
                .path("items")
                .path(0);
    }
}

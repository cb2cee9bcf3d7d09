package io.haulwatch.benchmarks.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonObject;
import com.microsoft.playwright.APIRequest;
import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long a driver looks at an empty screen: the first paint of the phone's pages over slow networks and on a slow processor, which the browser's own
 * throttle imitates. The limit beside each figure is a text of a few bytes from the same server over the same network.
 *
 * <p>{@code FirstPaint BASE-URI ROUNDS}; the password of {@code admin} is in {@code HAULWATCH_ADMIN_PASSWORD}, and one driver is registered.
 */
public final class FirstPaint {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A telephone of the lower middle against this computer, as audits of pages assume it. */
    private static final int PROCESSOR_SLOWER = 4;

    private static final double BITS = 8;
    private static final List<Network> NETWORKS = List.of(
            new Network("4G at its edge: 1.6 Mbit/s, 150 ms", 1_600_000, 750_000, 150),
            new Network("3G at its edge: 400 kbit/s, 400 ms", 400_000, 400_000, 400));
    private static final String PAINT = """
            () => new Promise((told) => {
              new PerformanceObserver((list) => {
                const first = list.getEntriesByName('first-contentful-paint')[0]
                if (first) told(first.startTime)
              }).observe({ type: 'paint', buffered: true })
            })""";
    private static final String LOADED = """
            () => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
              .reduce((sum, each) => sum + each.transferSize, 0)""";

    private final URI base;
    private final int rounds;

    private FirstPaint(URI base, int rounds) {
        this.base = base;
        this.rounds = rounds;
    }

    /** @param latencyMillis added to every request */
    private record Network(String name, int downBits, int upBits, int latencyMillis) {}

    /**
     * One opening.
     *
     * @param paintMillis from the navigation to the first text or picture @param readyMillis to what the driver came for @param kib over the network
     */
    private record Opening(double paintMillis, double readyMillis, double kib) {}

    public static void main(String[] arguments) throws IOException {
        new FirstPaint(URI.create(arguments[0]), Integer.parseInt(arguments[1])).run();
    }

    private void run() throws IOException {
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(
                                        Path.of(System.getProperty("haulwatch.chromium", "/usr/bin/chromium")))
                                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")))) {
            APIRequestContext centre = playwright
                    .request()
                    .newContext(new APIRequest.NewContextOptions().setExtraHTTPHeaders(Map.of("Origin", origin())));
            String token = prepare(centre);
            System.out.println(
                    "| network | page | first paint, middle ms | worst ms | usable, middle ms | worst ms | KiB |");
            System.out.println("|---|---|---|---|---|---|---|");
            for (Network network : NETWORKS) {
                measure(browser, network, "a text of a few bytes (the limit)", "/health/ready", "body", null);
                measure(browser, network, "sign-in, never opened before", "/driver/", "[data-testid=phone]", null);
                String state = signedIn(browser, centre, token);
                measure(
                        browser,
                        network,
                        "today, signed in, nothing in the cache",
                        "/driver/",
                        "[data-testid=today]",
                        state);
                again(browser, network, state);
            }
        }
    }

    private String origin() {
        return base.toString().replaceAll("/$", "");
    }

    /** @return the csrf token of the centre's session */
    private String prepare(APIRequestContext centre) throws IOException {
        JsonNode session = post(
                centre,
                "",
                "/api/v1/session",
                Map.of("username", "admin", "password", System.getenv("HAULWATCH_ADMIN_PASSWORD")));
        String token = session.path("csrf_token").textValue();
        int course =
                get(centre, "/api/v1/courses").path("items").path(0).path("id").intValue();
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        post(
                centre,
                token,
                "/api/v1/training-plans",
                Map.of(
                        "kind", "monthly",
                        "title", "Everybody",
                        "begins_on", today.toString(),
                        "due_on", today.plusDays(20).toString(),
                        "course_ids", List.of(course),
                        "company_ids", List.of(),
                        "cargo", List.of()));
        return token;
    }

    /** A driver's cookies, as the browser keeps them. */
    private String signedIn(Browser browser, APIRequestContext centre, String token) throws IOException {
        int driver = get(centre, "/api/v1/register/drivers")
                .path("items")
                .path(0)
                .path("id")
                .intValue();
        String link = post(centre, token, "/api/v1/drivers/" + driver + "/entry-link", Map.of())
                .path("link")
                .textValue();
        try (BrowserContext context = browser.newContext(phone())) {
            Page page = context.newPage();
            page.navigate(base.resolve("/driver/#entry=" + link.replaceAll(".*entry=", ""))
                    .toString());
            page.waitForSelector("[data-testid=today]");
            return context.storageState();
        }
    }

    private void measure(
            Browser browser, Network network, String name, String path, String wanted, @Nullable String state) {
        Opening[] openings = new Opening[rounds];
        for (int i = 0; i < rounds; i++) {
            try (BrowserContext context =
                    browser.newContext(state == null ? phone() : phone().setStorageState(state))) {
                Page page = context.newPage();
                throttle(context, page, network);
                openings[i] = open(page, path, wanted);
            }
        }
        print(network, name, openings);
    }

    /** Opened for the second time: the page's own worker has kept its files. */
    private void again(Browser browser, Network network, String state) {
        Opening[] openings = new Opening[rounds];
        for (int i = 0; i < rounds; i++) {
            try (BrowserContext context = browser.newContext(phone().setStorageState(state))) {
                Page first = context.newPage();
                first.navigate(base.resolve("/driver/").toString());
                first.waitForSelector("[data-testid=today]");
                first.evaluate("async () => { await navigator.serviceWorker.ready }");
                first.waitForFunction("async () => (await caches.keys()).length > 0");
                first.close();
                Page page = context.newPage();
                throttle(context, page, network);
                openings[i] = open(page, "/driver/", "[data-testid=today]");
            }
        }
        print(network, "today, signed in, opened before", openings);
    }

    private static Browser.NewContextOptions phone() {
        return new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setDeviceScaleFactor(2)
                .setIsMobile(true)
                .setHasTouch(true)
                .setLocale("zh-CN");
    }

    private static void throttle(BrowserContext context, Page page, Network network) {
        CDPSession tools = context.newCDPSession(page);
        JsonObject conditions = new JsonObject();
        conditions.addProperty("offline", false);
        conditions.addProperty("latency", network.latencyMillis);
        conditions.addProperty("downloadThroughput", network.downBits / BITS);
        conditions.addProperty("uploadThroughput", network.upBits / BITS);
        tools.send("Network.enable");
        tools.send("Network.emulateNetworkConditions", conditions);
        JsonObject processor = new JsonObject();
        processor.addProperty("rate", PROCESSOR_SLOWER);
        tools.send("Emulation.setCPUThrottlingRate", processor);
    }

    private Opening open(Page page, String path, String wanted) {
        page.navigate(base.resolve(path).toString());
        page.waitForSelector(wanted);
        double ready = ((Number) page.evaluate("() => performance.now()")).doubleValue();
        double paint = ((Number) page.evaluate(PAINT)).doubleValue();
        double bytes = ((Number) page.evaluate(LOADED)).doubleValue();
        return new Opening(paint, ready, bytes / 1024);
    }

    private void print(Network network, String name, Opening[] openings) {
        double[] paint = Arrays.stream(openings)
                .mapToDouble(Opening::paintMillis)
                .sorted()
                .toArray();
        double[] ready = Arrays.stream(openings)
                .mapToDouble(Opening::readyMillis)
                .sorted()
                .toArray();
        double kib = Arrays.stream(openings).mapToDouble(Opening::kib).max().orElse(0);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f | %.0f | %.0f | %.1f |%n",
                network.name,
                name,
                paint[rounds / 2],
                paint[rounds - 1],
                ready[rounds / 2],
                ready[rounds - 1],
                kib);
    }

    private JsonNode get(APIRequestContext who, String path) throws IOException {
        return read(path, who.get(base.resolve(path).toString()));
    }

    private JsonNode post(APIRequestContext who, String token, String path, Map<String, ?> body) throws IOException {
        return read(
                path,
                who.post(
                        base.resolve(path).toString(),
                        RequestOptions.create().setHeader("X-CSRF-Token", token).setData(body)));
    }

    private static JsonNode read(String path, APIResponse answer) throws IOException {
        if (!answer.ok()) {
            throw new IOException(path + ": " + answer.status() + " " + answer.text());
        }
        return JSON.readTree(answer.body());
    }
}

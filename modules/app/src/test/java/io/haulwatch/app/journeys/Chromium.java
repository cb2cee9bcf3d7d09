package io.haulwatch.app.journeys;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One headless browser, the one installed on this computer: nothing is downloaded. Not thread-safe. */
final class Chromium implements AutoCloseable {
    private static final Path EXECUTABLE = Path.of(System.getProperty("haulwatch.chromium", "/usr/bin/chromium"));
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-domain-reliability");

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(EXECUTABLE)
                    .setHeadless(true)
                    .setArgs(FLAGS));

    /** A desk with nothing remembered: its own cookies, its own storage. */
    Desk desk(URI origin) {
        return new Desk(
                origin,
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(Desk.WIDTH, Desk.HEIGHT)
                        .setTimezoneId("Asia/Shanghai")
                        .setLocale("zh-CN")));
    }

    /** A telephone of 390×844 that is touched. */
    Desk phone(URI origin) {
        return new Desk(
                origin,
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(390, 844)
                        .setDeviceScaleFactor(2)
                        .setIsMobile(true)
                        .setHasTouch(true)
                        .setTimezoneId("Asia/Shanghai")
                        .setLocale("zh-CN")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}

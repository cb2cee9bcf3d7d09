package io.haulwatch.app.journeys;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Looks at pages once they stand still: notes faults of layout and barriers to whoever sees, hears or moves otherwise, and with {@code -Dhaulwatch.screenshots=true} keeps a picture of each
 * in {@code docs/screenshots}.
 */
final class Pages {
    private static final boolean KEEP = Boolean.getBoolean("haulwatch.screenshots");
    /** Live pages never stand quite still: a clock ticks, a truck moves on. */
    private static final int STILL_PIXELS = 1_500;

    private static final int MOST_LOOKS = 20;
    /** The middle of a map that is not drawn yet has one colour. */
    private static final int DRAWN_MAP_COLOURS = 30;
    /** What turns for ever says that it waits for something; all other movement ends, and then two frames are drawn. */
    private static final String MOVEMENT_ENDS = """
            async () => {
              await document.fonts.ready
              const ending = document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity)
              await Promise.allSettled(ending.map((a) => a.finished))
              await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
            }""";

    private static final String FAULTS_OF_LAYOUT = script();
    private static final String AXE = axe();
    /** Of axe: what keeps somebody from using a page. Its other findings are advice. */
    private static final String BARRIERS = """
            async () => {
              const { violations } = await axe.run(document, { resultTypes: ['violations'] })
              return violations
                .filter((found) => found.impact === 'serious' || found.impact === 'critical')
                .flatMap((found) => found.nodes.map((node) => `${found.id}: ${node.target.join(' ')}: ${node.failureSummary}`))
            }""";

    private final Desk desk;
    private final String language;
    private final List<String> faults;

    Pages(Desk desk, String language, List<String> faults) {
        this.desk = desk;
        this.language = language;
        this.faults = faults;
    }

    /** From the next page on the desk's pages are dark, unless pictures are kept, which are light. */
    static void goDark(Desk desk) {
        if (!KEEP) {
            desk.page().evaluate("localStorage.setItem('haulwatch.theme.desk', 'dark')");
        }
    }

    void check(String name) {
        check(name, 1);
    }

    /** A page that is filled by a map: its picture is taken when the map is drawn. */
    void checkMap(String name) {
        check(name, DRAWN_MAP_COLOURS);
    }

    /** For the picture of a page whose part is a map. */
    void awaitMap(String part) {
        if (KEEP) {
            desk.until(() -> Picture.of(desk.part(part).screenshot()).colours() >= DRAWN_MAP_COLOURS);
        }
    }

    private void check(String name, int colours) {
        // A fault counts when it stays: what is being filled moves its text about.
        List<?> found = List.of("never looked at");
        for (int look = 0; look < MOST_LOOKS && !found.isEmpty(); look++) {
            desk.page().evaluate(MOVEMENT_ENDS);
            found = (List<?>) desk.page().evaluate(FAULTS_OF_LAYOUT);
        }
        found.forEach(fault -> faults.add(name + " " + language + ": " + fault));
        desk.page().evaluate(AXE);
        ((List<?>) desk.page().evaluate(BARRIERS)).forEach(fault -> faults.add(name + " " + language + ": " + fault));
        if (KEEP) {
            keep(name + "-" + language + ".png", still(colours));
        }
    }

    private byte[] still(int colours) {
        Page page = desk.page();
        byte[] last = page.screenshot();
        for (int look = 0; look < MOST_LOOKS; look++) {
            byte[] next = page.screenshot();
            Picture seen = Picture.of(next);
            if (Picture.of(last).differences(seen) < STILL_PIXELS
                    && seen.middle().colours() >= colours) {
                return next;
            }
            last = next;
        }
        throw new IllegalStateException("the page never stands still: url=" + page.url());
    }

    private static void keep(String file, byte[] picture) {
        try {
            Path folder = Files.createDirectories(root().resolve("docs").resolve("screenshots"));
            Files.write(folder.resolve(file), picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The checkout, above the folder of the module that is tested. */
    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("modules"))) {
            at = at.getParent();
        }
        return Objects.requireNonNull(at, "no folder above has modules");
    }

    /** The checker of accessibility, as the pages' build fetched it. */
    private static String axe() {
        try {
            return Files.readString(root().resolve("modules/console-web/node_modules/axe-core/axe.min.js"));
        } catch (IOException e) {
            throw new UncheckedIOException("axe comes with the pages' build: npm ci in modules/console-web", e);
        }
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream("faults-of-layout.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

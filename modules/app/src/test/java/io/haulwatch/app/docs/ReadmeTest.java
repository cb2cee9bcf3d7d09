package io.haulwatch.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The two READMEs say the same: what changes in one has to change in the other. */
final class ReadmeTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    private final String english = read("README.md");
    private final String chinese = read("README.zh-CN.md");

    @Test
    void bothHaveTheSameChaptersTablesAndLimits() {
        for (String start : List.of("#", "|", "- ", "```")) {
            assertThat(lines(chinese, start))
                    .as("lines that start with '%s'", start)
                    .isEqualTo(lines(english, start));
        }
    }

    @Test
    void bothNameTheSameCommandsAndLeadToTheSamePages() {
        assertThat(found(CODE, chinese)).containsExactlyElementsOf(found(CODE, english));
        assertThat(found(LINK, chinese)).containsExactlyElementsOf(found(LINK, english));
    }

    @Test
    void everyLinkLeadsSomewhere() {
        for (String link : found(LINK, english + chinese)) {
            assertThat(root().resolve(link.replaceAll("#.*", ""))).as(link).exists();
        }
    }

    private static long lines(String text, String start) {
        return text.lines().filter(line -> line.startsWith(start)).count();
    }

    /** In order; a picture in one language stands for the same in the other, and each README leads to the other. */
    private static List<String> found(Pattern pattern, String text) {
        List<String> all = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            all.add(matcher.group(1)
                    .replaceFirst("-(en|zh-CN)\\.png$", "-en.png")
                    .replaceFirst("^README.*\\.md$", "README.md"));
        }
        return all;
    }

    static String read(String name) {
        try {
            return Files.readString(root().resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("modules"))) {
            at = at.getParent();
        }
        return Objects.requireNonNull(at, "no folder above has modules");
    }
}

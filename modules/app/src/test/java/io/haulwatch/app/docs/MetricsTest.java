package io.haulwatch.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the dashboard draws and what the code counts is explained in one place. */
final class MetricsTest {
    private static final Pattern NAME = Pattern.compile("\\b(?:haulwatch|jvm|process|system)_[a-z0-9_]+");
    /** The name of a meter as the code builds it; the registry adds the base unit and {@code _total}. */
    private static final Pattern BUILT = Pattern.compile("\"(haulwatch[._][a-z._]*[a-z])\"");

    private final String explained = ReadmeTest.read("docs/operations/metrics.md");

    @Test
    void theDashboardDrawsNothingThatIsNotExplained() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(ReadmeTest.read("docs/operations/grafana.json"));
        Set<String> drawn = new TreeSet<>();
        dashboard.findValues("expr").forEach(expression -> drawn.addAll(names(expression.asText())));
        assertThat(drawn).hasSizeGreaterThan(20);
        drawn.removeIf(name -> name.startsWith("jvm") || name.startsWith("process") || name.startsWith("system"));
        Set<String> known = names(explained);
        assertThat(drawn)
                .allMatch(name -> known.contains(name.replaceFirst("_(bucket|sum|count)$", "")), "is in metrics.md");
    }

    @Test
    void everyMeterOfTheCodeIsExplained() throws IOException {
        Set<String> built = new TreeSet<>();
        for (String place : new String[] {"modules", "gateway", "analytics"}) {
            try (var files = Files.walk(ReadmeTest.root().resolve(place))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java")
                                && each.toString().contains("/src/main/"))
                        .toList()) {
                    String text = Files.readString(file);
                    if (text.contains("io.micrometer")) {
                        Matcher matcher = BUILT.matcher(text);
                        while (matcher.find()) {
                            built.add(matcher.group(1).replace('.', '_'));
                        }
                    }
                }
            }
        }
        assertThat(built).hasSizeGreaterThan(40);
        assertThat(built).allMatch(explained::contains, "is in metrics.md");
    }

    private static Set<String> names(String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}

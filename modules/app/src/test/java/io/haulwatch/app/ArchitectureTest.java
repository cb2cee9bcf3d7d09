package io.haulwatch.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which module may use which: the arrows of the architecture page, held by a test. */
final class ArchitectureTest {
    private static final Map<String, List<String>> MAY_USE = new LinkedHashMap<>();

    static {
        MAY_USE.put("model", List.of());
        MAY_USE.put("jt808", List.of("model"));
        MAY_USE.put("geo", List.of("model"));
        MAY_USE.put("rules", List.of("model", "geo"));
        MAY_USE.put("log", List.of("model"));
        MAY_USE.put("store", List.of("model"));
        MAY_USE.put("gateway", List.of("model", "jt808", "log"));
        MAY_USE.put("analytics", List.of("model", "geo", "rules", "log", "store"));
        MAY_USE.put("console", List.of("model", "geo", "rules", "store"));
        MAY_USE.put("simulator", List.of("model", "jt808", "geo"));
    }

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.haulwatch");

    @Test
    void everyModuleIsSeen() {
        for (String module : MAY_USE.keySet()) {
            assertThat(classes.stream().anyMatch(c -> c.getPackageName().startsWith("io.haulwatch." + module)))
                    .as(module)
                    .isTrue();
        }
    }

    @Test
    void modulesUseOnlyWhatTheArchitectureAllows() {
        MAY_USE.forEach((module, allowed) -> {
            String[] forbidden = MAY_USE.keySet().stream()
                    .filter(other -> !other.equals(module) && !allowed.contains(other))
                    .map(other -> "io.haulwatch." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.haulwatch." + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .check(classes);
            noClasses()
                    .that()
                    .resideInAPackage("io.haulwatch." + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.haulwatch.app..")
                    .check(classes);
        });
    }

    @Test
    void rulesAndCodecKnowNoSocketNoDatabaseAndNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage("io.haulwatch.rules..", "io.haulwatch.jt808..", "io.haulwatch.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.sql..", "io.netty.channel..", "io.vertx..", "com.fasterxml..")
                .check(classes);
    }

    @Test
    void rulesReadNoClock() {
        noClasses()
                .that()
                .resideInAPackage("io.haulwatch.rules..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(classes);
    }
}

package io.haulwatch.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
        MAY_USE.put("training", List.of("model"));
        MAY_USE.put("gateway", List.of("model", "jt808", "log"));
        MAY_USE.put("analytics", List.of("model", "geo", "rules", "log", "store"));
        MAY_USE.put("console", List.of("model", "geo", "rules", "store", "training"));
        MAY_USE.put("simulator", List.of("model", "jt808", "geo"));
    }

    private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(compiledModules());

    /** The folders of compiled classes: the product's own modules and no library. */
    private static List<Path> compiledModules() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> Files.isDirectory(entry) && !entry.endsWith("test-classes"))
                .toList();
    }

    @Test
    void everyModuleIsSeen() {
        for (String module : MAY_USE.keySet()) {
            assertThat(CLASSES.stream().anyMatch(c -> c.getPackageName().startsWith("io.haulwatch." + module)))
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
                    .check(CLASSES);
            noClasses()
                    .that()
                    .resideInAPackage("io.haulwatch." + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.haulwatch.app..")
                    .check(CLASSES);
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
                .check(CLASSES);
    }

    @Test
    void trainingKnowsNoSocketNoDatabaseAndNoFramework() {
        noClasses()
                .that()
                .resideInAPackage("io.haulwatch.training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.sql..", "java.nio.file..", "io.netty..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void rulesAndTrainingReadNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage("io.haulwatch.rules..", "io.haulwatch.training..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }
}

package io.haulwatch.app.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of material that lies beside a checkout and is no part of it; a clone alone does not have it. */
final class SharedFolder {
    private SharedFolder() {}

    /** A file of it: below {@code -Dhaulwatch.shared} if that is given, else below a folder {@code shared} beside the checkout. */
    static Optional<Path> file(String first, String... more) {
        String given = System.getProperty("haulwatch.shared", "");
        if (!given.isEmpty()) {
            Path file = Path.of(given).resolve(Path.of(first, more));
            return Files.exists(file) ? Optional.of(file) : Optional.empty();
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared").resolve(Path.of(first, more));
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}

package io.haulwatch.app.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The way back from a {@link Backup} to a data folder. */
public final class Restore {
    private Restore() {}

    /**
     * Makes a data folder of a backup; the next start recovers it like after a crash.
     *
     * @param data empty, or not there yet
     * @throws IOException if {@code backup} is none, if {@code data} holds anything, or if the disk refuses
     */
    public static void run(Path backup, Path data) throws IOException {
        if (!Files.exists(backup.resolve(Backup.CONTENTS))) {
            throw new IOException(backup + " is no whole backup: it has no " + Backup.CONTENTS);
        }
        if (Files.exists(data)) {
            try (Stream<Path> inside = Files.list(data)) {
                if (inside.findAny().isPresent()) {
                    throw new IOException("the data folder " + data
                            + " is not empty; move it away or name another one, nothing was changed");
                }
            }
        }
        Files.createDirectories(data);
        try (Stream<Path> parts = Files.list(backup)) {
            for (Path part : parts.toList()) {
                Path name = part.getFileName();
                if (!name.toString().equals(Backup.CONTENTS)) {
                    Backup.copyTree(part, data.resolve(name.toString()));
                }
            }
        }
        Backup.sync(data);
    }
}

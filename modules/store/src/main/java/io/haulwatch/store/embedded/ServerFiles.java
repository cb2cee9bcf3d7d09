package io.haulwatch.store.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The server's programs, unpacked from the class path into a folder named by their version. */
final class ServerFiles {
    /** Version of the binaries that the build brings along. */
    static final String VERSION = "17.11";

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");

    private ServerFiles() {}

    /**
     * Unpacks unless it was done before; half an unpacking is never taken for a whole one, because the folder gets its name last.
     *
     * @return folder with {@code bin}, {@code lib}, {@code share}
     */
    static Path unpack(Path parent, Consumer<String> progress) throws IOException {
        Path home = parent.resolve(VERSION);
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        progress.accept("unpacking PostgreSQL " + VERSION + " into " + home + " (once, a few seconds)");
        Files.createDirectories(parent);
        Path unfinished = Files.createTempDirectory(parent, VERSION + ".unfinished-");
        try (InputStream archive = ServerFiles.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new IOException("the class path has no " + ARCHIVE
                        + ": the embedded PostgreSQL runs on Linux x86-64 only; name an external database instead");
            }
            extract(archive, unfinished);
        } catch (IOException e) {
            delete(unfinished);
            throw e;
        }
        Files.setPosixFilePermissions(unfinished, PROGRAM);
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(unfinished);
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw e;
            }
        }
        return home;
    }

    private static void extract(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("archive entry leaves its folder: name=" + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(file, PROGRAM);
                    }
                }
            }
        }
    }

    /** Deletes a folder and what is in it. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

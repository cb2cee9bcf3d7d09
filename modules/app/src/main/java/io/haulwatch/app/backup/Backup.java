package io.haulwatch.app.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.log.local.LocalLog;
import io.haulwatch.store.embedded.BaseBackup;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One copy of the running service's data folder, which {@link Restore} makes a data folder again. The parts are taken in the order in which
 * they can follow each other: what lies beside the database first, then the database, the log last. So the log holds every report that the
 * database has not stored yet, as after a crash, and nothing that was acknowledged before the log was copied is missing.
 */
public final class Backup {
    /** Says what a folder is; the last file that is written. */
    static final String CONTENTS = "backup.json";

    private static final String UNFINISHED = "unfinished";
    private static final String PREFIX = "haulwatch-";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    /** Parts that are plain files; the log and the database have ways of their own. */
    private static final List<String> FILES = List.of("keys", "reference.json", "live-fleet.bin", "snapshots");
    /** Pictures and other files of terminals; copied behind the database, so that no row names a file that the copy has not. */
    private static final String MEDIA = "media";

    private final Path data;
    private final LocalLog log;
    private final DatabaseAccess database;

    public Backup(Path data, LocalLog log, DatabaseAccess database) {
        this.data = data;
        this.log = log;
        this.database = database;
    }

    /**
     * Makes one backup below {@code parent}. What an earlier try left unfinished is thrown away.
     *
     * @return the folder of the backup, whole and on the disk
     * @throws IOException if a part cannot be read or the folder cannot take it
     * @throws SQLException if the database refuses
     */
    public Path take(Path parent, Instant now) throws IOException, SQLException {
        Files.createDirectories(parent);
        Path unfinished = parent.resolve(UNFINISHED);
        delete(unfinished);
        checkRoom(parent);
        // The keys are in it.
        Files.createDirectory(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String part : FILES) {
            copyTree(data.resolve(part), unfinished.resolve(part));
        }
        boolean embedded = database.server() != null;
        if (embedded) {
            try (Connection administrator = database.databases().administrator()) {
                BaseBackup.take(administrator, data, unfinished);
            }
        }
        copyTree(data.resolve(MEDIA), unfinished.resolve(MEDIA));
        log.copyTo(unfinished.resolve("log"));
        Files.writeString(
                unfinished.resolve(CONTENTS),
                new ObjectMapper()
                        .writeValueAsString(Map.of(
                                "format",
                                1,
                                "made_at",
                                now.toString(),
                                "database",
                                embedded ? "embedded" : "external")));
        sync(unfinished);
        Path whole = parent.resolve(PREFIX + STAMP.format(now));
        Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
        return whole;
    }

    /** The whole backups below {@code parent}, oldest first: their names sort by time. */
    public static List<Path> in(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(folder -> String.valueOf(folder.getFileName()).startsWith(PREFIX)
                            && Files.exists(folder.resolve(CONTENTS)))
                    .sorted()
                    .toList();
        }
    }

    /** When a backup was made. */
    static Instant madeAt(Path backup) throws IOException {
        return Instant.parse(new ObjectMapper()
                .readTree(backup.resolve(CONTENTS).toFile())
                .path("made_at")
                .asText());
    }

    private void checkRoom(Path parent) throws IOException {
        long wanted = 0;
        for (String part : List.of("postgres", "log/db", "snapshots", MEDIA)) {
            for (Found file : files(data.resolve(part))) {
                wanted += file.bytes;
            }
        }
        long usable = Files.getFileStore(parent).getUsableSpace();
        if (usable < wanted) {
            throw new IOException("there is no room for a backup: folder=" + parent + " wantedBytes=" + wanted
                    + " usableBytes=" + usable);
        }
    }

    /** A file or a folder with all that is in it; what is not there is left out. */
    static void copyTree(Path from, Path to) throws IOException {
        CopyOption[] how = {StandardCopyOption.COPY_ATTRIBUTES};
        for (Found file : files(from)) {
            try {
                Files.copy(file.path, to.resolve(from.relativize(file.path).toString()), how);
            } catch (NoSuchFileException e) {
                if (Files.exists(file.path)) {
                    throw e;
                }
            }
        }
    }

    /** Down to the disk: a backup that is there after a power cut is a whole one. */
    static void sync(Path tree) throws IOException {
        for (Found file : files(tree)) {
            try (FileChannel opened = FileChannel.open(file.path, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    static void delete(Path tree) throws IOException {
        for (Found file : files(tree).reversed()) {
            Files.deleteIfExists(file.path);
        }
    }

    private record Found(Path path, long bytes) {}

    /** Folders before what is in them. What vanishes meanwhile is left out: the service goes on. */
    private static List<Found> files(Path tree) throws IOException {
        List<Found> found = new ArrayList<>();
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                found.add(new Found(folder, 0));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(new Found(file, attributes.size()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return found;
    }
}

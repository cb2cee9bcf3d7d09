package io.haulwatch.store.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * A copy of the running embedded server's files that can be started by itself: everything committed before it ended is in it. Made by the
 * server's low-level interface (PostgreSQL 17, "Making a Base Backup Using the Low Level API"), because the bundled server brings no
 * programs for it. Pages that change while they are copied are mended from the write-ahead log when the copy starts.
 */
public final class BaseBackup {
    /** Kept without their content: the server makes it anew, or it belongs to this one alone. */
    private static final Set<String> EMPTY_IN_A_COPY = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans",
            "pgsql_tmp");

    private static final Set<String> NOT_COPIED =
            Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init", "backup_label", "tablespace_map");

    private static final Path CONTROL = Path.of("global", "pg_control");
    private static final String SLOT = "haulwatch_backup";

    private BaseBackup() {}

    /**
     * Copies the server's files.
     *
     * @param admin a connection of the administrator to this server; one session from begin to end, as the interface wants
     * @param data the product's data folder
     * @param target the data folder of the copy, which is there; {@code postgres} is made in it
     * @throws IOException if a file can be neither read nor written
     * @throws SQLException if the server refuses
     */
    public static void take(Connection admin, Path data, Path target) throws IOException, SQLException {
        Path from = data.resolve(Cluster.FOLDER);
        Path to = Files.createDirectory(target.resolve(Cluster.FOLDER), Cluster.OURS_ALONE);
        try (Statement session = admin.createStatement()) {
            // Holds the write-ahead log until its files are copied too; gone with the session, whatever happens.
            session.execute("select pg_create_physical_replication_slot('" + SLOT + "', true, true)");
            String first = one(session, "select pg_walfile_name(pg_backup_start('" + SLOT + "', true))");
            copyTree(from, to);
            // Last, so that it is not older than what it speaks of.
            Files.copy(from.resolve(CONTROL), to.resolve(CONTROL));
            String label;
            String last;
            try (ResultSet stopped = session.executeQuery(
                    "select labelfile, pg_walfile_name(lsn) from pg_backup_stop(wait_for_archive => false)")) {
                stopped.next();
                label = stopped.getString(1);
                last = stopped.getString(2);
            }
            Files.writeString(to.resolve("backup_label"), label, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            copyWriteAheadLog(from.resolve("pg_wal"), to.resolve("pg_wal"), first, last);
        }
    }

    /** All files but those of {@link #CONTROL} and the write-ahead log. What vanishes meanwhile was dropped, and the log says so. */
    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return EMPTY_IN_A_COPY.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path name = from.relativize(file);
                if (attributes.isRegularFile()
                        && !name.equals(CONTROL)
                        && !NOT_COPIED.contains(String.valueOf(file.getFileName()))) {
                    try {
                        Files.copy(file, to.resolve(name));
                    } catch (NoSuchFileException e) {
                        return FileVisitResult.CONTINUE;
                    }
                }
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
    }

    /** The files from the one in which the backup began to the one in which it ended; their names sort in order. */
    private static void copyWriteAheadLog(Path from, Path to, String first, String last) throws IOException {
        Files.createDirectories(to.resolve("archive_status"));
        boolean begun = false;
        try (var files = Files.list(from)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.length() == first.length() && name.compareTo(first) >= 0 && name.compareTo(last) <= 0) {
                    Files.copy(file, to.resolve(name));
                    begun |= name.equals(first);
                }
            }
        }
        if (!begun) {
            throw new IOException("the server's write-ahead log of the backup is gone: file=" + first);
        }
    }

    private static String one(Statement session, String sql) throws SQLException {
        try (ResultSet rows = session.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}

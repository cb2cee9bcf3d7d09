package io.haulwatch.store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The data folder of the embedded server: made once by initdb, given our settings at each start. */
final class Cluster {
    /** The administrator's name inside the cluster. */
    static final String ADMIN = "postgres";
    /** Name of the server's folder in the data folder. */
    static final String FOLDER = "postgres";
    /** The server refuses a folder that others may read. */
    static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path data;
    private final Path folder;
    private final Path logs;
    private final Path portFile;

    /** @param data the product's data folder */
    Cluster(Path data) {
        this.data = data;
        this.folder = data.resolve(FOLDER);
        this.logs = data.resolve("postgres-log");
        this.portFile = data.resolve("postgres.port");
    }

    Path folder() {
        return folder;
    }

    Path logs() {
        return logs;
    }

    /** Where the server writes before its own log is open: the reason of a failed start stands here. */
    Path startLog() {
        return logs.resolve("start.log");
    }

    /**
     * Makes the cluster unless there is one. The folder gets its name last, so that a start that was cut short begins again.
     */
    void create(Path home, ServerCommand command, String adminPassword, Consumer<String> progress)
            throws IOException, InterruptedException {
        Files.createDirectories(logs);
        if (Files.exists(folder.resolve("PG_VERSION"))) {
            refuseOtherVersion();
            command.hand(logs);
            return;
        }
        progress.accept("making the database in " + folder + " (once, a few seconds)");
        Path unfinished = data.resolve("postgres.unfinished");
        ServerFiles.delete(unfinished);
        Files.createDirectory(unfinished, OURS_ALONE);
        Path password = Files.createTempFile(
                data,
                "initdb-",
                ".txt",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(password, adminPassword + "\n");
            command.hand(unfinished);
            command.hand(password);
            command.hand(logs);
            run(command.shortRun(List.of(
                    home.resolve("bin/initdb").toString(),
                    "--pgdata=" + unfinished,
                    "--username=" + ADMIN,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--data-checksums",
                    "--no-instructions")));
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private void refuseOtherVersion() throws IOException {
        String kept = Files.readString(folder.resolve("PG_VERSION")).strip();
        String ours = ServerFiles.VERSION.substring(0, ServerFiles.VERSION.indexOf('.'));
        if (!kept.equals(ours)) {
            throw new IOException("the database in " + folder + " was made by PostgreSQL " + kept
                    + ", this release brings " + ours + ": see docs/operations/database.md, moving to another server");
        }
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path output = logs.resolve("initdb.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("initdb did not end within 3 minutes; its output is in " + output);
        }
        if (process.exitValue() != 0) {
            throw new IOException("initdb failed: exit=" + process.exitValue() + ", output: " + tail(output));
        }
    }

    /** The port of the last start if it is free, else another one; kept, so that tools find the server where it was. */
    int choosePort() throws IOException {
        if (Files.exists(portFile)) {
            try {
                int kept = Integer.parseInt(Files.readString(portFile).strip());
                if (kept > 0 && isFree(kept)) {
                    return kept;
                }
            } catch (NumberFormatException e) {
                // a damaged file costs no more than another port
            }
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Files.writeString(portFile, port + "\n");
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes the settings that this product needs; the file belongs to us, postgresql.conf to the operator. */
    void writeSettings(int port) throws IOException {
        Path ours = folder.resolve("haulwatch.conf");
        Files.writeString(
                ours, """
                # Written at each start. Settings of your own go into postgresql.conf below the include line.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 60
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                shared_buffers = 256MB
                work_mem = 16MB
                maintenance_work_mem = 128MB
                effective_cache_size = 1GB
                random_page_cost = 1.1
                max_wal_size = 2GB
                min_wal_size = 256MB
                checkpoint_timeout = 15min
                checkpoint_completion_target = 0.9
                autovacuum_naptime = 30s
                timezone = 'UTC'
                log_timezone = 'UTC'
                logging_collector = on
                log_directory = '%s'
                log_filename = 'postgresql-%%w.log'
                log_truncate_on_rotation = on
                log_rotation_age = 1d
                log_rotation_size = 0
                log_min_duration_statement = 5s
                log_error_verbosity = default
                """.formatted(port, logs.toAbsolutePath().toString().replace("'", "''")));
        Path main = folder.resolve("postgresql.conf");
        String include = "include = 'haulwatch.conf'";
        if (!Files.readString(main).contains(include)) {
            Files.writeString(main, "\n" + include + "\n", StandardOpenOption.APPEND);
        }
    }

    /** The last lines of a server file, for a message. */
    static String tail(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int from = Math.max(0, bytes.length - 1500);
            return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "(no output: " + e.getMessage() + ")";
        }
    }
}

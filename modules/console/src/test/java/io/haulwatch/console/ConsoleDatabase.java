package io.haulwatch.console;

import io.haulwatch.store.database.DatabasePasswords;
import io.haulwatch.store.database.Databases;
import io.haulwatch.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A fresh migrated database for one test class, on an embedded server that the whole run shares. */
public final class ConsoleDatabase implements AutoCloseable {
    private static final DatabasePasswords PASSWORDS =
            new DatabasePasswords("admin-1", "writer-1", "app-1", "replay-1");
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;
    private static @Nullable String template;

    private final EmbeddedPostgres running;
    private final String name;
    private final String url;
    private final String adminName;
    private final Databases databases;

    public ConsoleDatabase() {
        try {
            this.running = server();
            this.name = "console_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
            this.adminName = running.adminName();
            maintenance(running, "create database " + name + " template " + template(running));
            var settings = Databases.onEmbedded(running, PASSWORDS, name);
            this.url = settings.url();
            this.databases = new Databases(settings);
        } catch (SQLException | IOException | InterruptedException e) {
            throw new IllegalStateException("no embedded server", e);
        }
    }

    /** A migrated database that nobody is connected to; a copy of it is made in no time. */
    private static synchronized String template(EmbeddedPostgres running) throws SQLException {
        String made = template;
        if (made == null) {
            made = "console_template";
            try (Databases migrated = new Databases(Databases.onEmbedded(running, PASSWORDS, made))) {
                migrated.migrate();
            }
            template = made;
        }
        return made;
    }

    private static synchronized EmbeddedPostgres server() throws IOException, InterruptedException, SQLException {
        EmbeddedPostgres running = server;
        if (running == null) {
            Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "postgres-");
            // The programs are unpacked once for all modules and runs, the cluster is new each time.
            Path programs = Files.createDirectories(Path.of(System.getProperty("haulwatch.test.programs", "target/pg"))
                    .toAbsolutePath());
            Files.createSymbolicLink(data.resolve("pg"), programs);
            running = EmbeddedPostgres.start(data, PASSWORDS.admin(), System.out::println);
            // Nothing here outlives the run, and dozens of databases would be flushed at its end.
            maintenance(running, "alter system set fsync = off", "select pg_reload_conf()");
            server = running;
            EmbeddedPostgres stopped = running;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped)));
        }
        return running;
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.stop();
        } catch (IOException | InterruptedException e) {
            System.err.println("the test server did not stop: " + e);
        }
    }

    /** Ends all connections and lets nobody in. */
    public void cutOff() throws SQLException {
        maintenance(
                running,
                "alter database " + name + " allow_connections false",
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
    }

    /** Lets people in again. */
    public void letIn() throws SQLException {
        maintenance(running, "alter database " + name + " allow_connections true");
    }

    private static void maintenance(EmbeddedPostgres running, String... statements) throws SQLException {
        try (Connection admin = DriverManager.getConnection(
                        running.serverUrl() + "postgres", running.adminName(), PASSWORDS.admin());
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public Databases databases() {
        return databases;
    }

    /** Runs statements as the administrator, whom no policy binds. */
    public void run(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, adminName, PASSWORDS.admin());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** First column of all rows, as text. */
    public List<String> column(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, adminName, PASSWORDS.admin());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        }
    }

    @Override
    public void close() {
        databases.close();
    }
}

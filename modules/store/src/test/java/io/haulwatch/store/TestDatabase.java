package io.haulwatch.store;

import io.haulwatch.store.database.DatabasePasswords;
import io.haulwatch.store.database.DatabaseSettings;
import io.haulwatch.store.database.Databases;
import io.haulwatch.store.database.Layout;
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
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fresh migrated database for one test class. The embedded server is started once for all classes of a test run; the
 * TimescaleDB server is the one whose address {@code HAULWATCH_TEST_TIMESCALEDB_URL} gives.
 */
public final class TestDatabase implements AutoCloseable {
    private static final DatabasePasswords PASSWORDS =
            new DatabasePasswords("admin-1", "writer-1", "app-1", "replay-1");
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;
    private static boolean templateMade;

    private final String name;
    private final DatabaseSettings settings;
    private final Databases databases;
    private final Layout layout;

    private TestDatabase(String name, DatabaseSettings settings) throws SQLException {
        this.name = name;
        this.settings = settings;
        this.databases = new Databases(settings);
        this.layout = migrated(databases);
    }

    /** One after the other: roles belong to the server, and two who make them at once are in each other's way. */
    private static synchronized Layout migrated(Databases databases) throws SQLException {
        return databases.migrate();
    }

    /**
     * A fresh migrated database on each kind of server that a contract holds on; source for parameterized classes. On a build
     * server TimescaleDB must be there.
     */
    public static Stream<TestDatabase> fresh() {
        String timescale = timescaleUrl();
        if (timescale != null) {
            return Stream.of(false, true).map(hyper -> hyper ? onTimescale(timescale) : onEmbedded());
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(
                    "CI=true, so HAULWATCH_TEST_TIMESCALEDB_URL must name a TimescaleDB server");
        }
        System.err.println(
                "SKIPPED: the TimescaleDB variant of these tests, because HAULWATCH_TEST_TIMESCALEDB_URL is not set"
                        + " (scripts/timescaledb.sh starts a server)");
        return Stream.of(onEmbedded());
    }

    /** A fresh migrated database on the embedded server. */
    public static TestDatabase onEmbedded() {
        try {
            EmbeddedPostgres running = server();
            String name = freshName();
            copyTemplate(running, name);
            return new TestDatabase("embedded", Databases.onEmbedded(running, PASSWORDS, name));
        } catch (SQLException | IOException | InterruptedException e) {
            throw new IllegalStateException("no embedded server", e);
        }
    }

    /** A migrated database that nobody is connected to is made once; a copy of it is made in no time. */
    private static synchronized void copyTemplate(EmbeddedPostgres running, String name) throws SQLException {
        DatabaseSettings template = Databases.onEmbedded(running, PASSWORDS, "template_migrated");
        if (!templateMade) {
            try (Databases migrated = new Databases(template)) {
                migrated.migrate();
            }
            templateMade = true;
        }
        maintenance(running, "create database " + name + " template template_migrated");
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

    /** Where a database on the embedded server is that has no schema yet. */
    public static DatabaseSettings empty() {
        try {
            return Databases.onEmbedded(server(), PASSWORDS, freshName());
        } catch (SQLException | IOException | InterruptedException e) {
            throw new IllegalStateException("no embedded server", e);
        }
    }

    private static synchronized TestDatabase onTimescale(String url) {
        try {
            String name = freshName();
            Databases.createDatabase(DatabaseSettings.of(url, "postgres", PASSWORDS), name);
            String base = url.substring(0, url.lastIndexOf('/') + 1);
            TestDatabase database =
                    new TestDatabase("timescaledb", DatabaseSettings.of(base + name, "postgres", PASSWORDS));
            if (!database.layout.hypertable()) {
                throw new IllegalStateException("no hypertable: url=" + url + ", layout=" + database.layout);
            }
            return database;
        } catch (SQLException e) {
            throw new IllegalStateException("no TimescaleDB server: url=" + url, e);
        }
    }

    private static String freshName() {
        return "test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    }

    private static @Nullable String timescaleUrl() {
        String property = System.getProperty("haulwatch.test.timescaledb.url");
        String url = property != null ? property : System.getenv("HAULWATCH_TEST_TIMESCALEDB_URL");
        return url == null || url.isBlank() ? null : url;
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
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, data)));
        }
        return running;
    }

    private static void stop(EmbeddedPostgres server, Path data) {
        try {
            server.stop();
            try (Stream<Path> tree = Files.walk(data)) {
                for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("the test server did not stop: " + e);
        }
    }

    public Databases databases() {
        return databases;
    }

    public DatabaseSettings settings() {
        return settings;
    }

    public Layout layout() {
        return layout;
    }

    /** A connection of the administrator, whom no policy binds. */
    public Connection admin() throws SQLException {
        return DriverManager.getConnection(
                settings.url(), settings.adminName(), settings.passwords().admin());
    }

    /** Runs statements as the administrator. */
    public void run(String... statements) throws SQLException {
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** First column of the first row, as text. */
    public @Nullable String one(String query) throws SQLException {
        try (Connection connection = admin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** First column of all rows, as text. */
    public List<@Nullable String> column(String query) throws SQLException {
        try (Connection connection = admin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<@Nullable String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Override
    public void close() {
        databases.close();
    }

    @Override
    public String toString() {
        return name;
    }
}

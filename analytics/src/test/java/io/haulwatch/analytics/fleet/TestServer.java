package io.haulwatch.analytics.fleet;

import io.haulwatch.store.database.DatabasePasswords;
import io.haulwatch.store.database.DatabaseSettings;
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

/** A real server with a fresh migrated database, for one test class. */
public final class TestServer implements AutoCloseable {
    private static final DatabasePasswords PASSWORDS =
            new DatabasePasswords("admin-1", "writer-1", "app-1", "replay-1");

    private final EmbeddedPostgres server;
    private final DatabaseSettings settings;
    private final Databases databases;

    private TestServer(EmbeddedPostgres server) throws SQLException {
        this.server = server;
        this.settings = Databases.onEmbedded(server, PASSWORDS, "test");
        this.databases = new Databases(settings);
        databases.migrate();
    }

    public static TestServer start() throws IOException, InterruptedException, SQLException {
        Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "postgres-");
        // The programs are unpacked once for all modules and runs, the cluster is new each time.
        Path programs = Files.createDirectories(Path.of(System.getProperty("haulwatch.test.programs", "target/pg"))
                .toAbsolutePath());
        Files.createSymbolicLink(data.resolve("pg"), programs);
        return new TestServer(EmbeddedPostgres.start(data, PASSWORDS.admin(), System.out::println));
    }

    public Databases databases() {
        return databases;
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

    /** First column of all rows, as text. */
    public List<String> column(String query) throws SQLException {
        try (Connection connection = admin();
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
    public void close() throws IOException {
        databases.close();
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server stopped", e);
        }
    }
}

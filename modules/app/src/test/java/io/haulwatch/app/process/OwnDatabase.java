package io.haulwatch.app.process;

import io.haulwatch.store.database.DatabasePasswords;
import io.haulwatch.store.database.DatabaseSettings;
import io.haulwatch.store.database.Databases;
import io.haulwatch.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** A database server that the product has not started and cannot start again, like one of an operator's own. */
final class OwnDatabase implements AutoCloseable {
    private static final String PASSWORD = "an-administrator-for-tests-1";

    private final Path folder;
    private final String url;
    private EmbeddedPostgres server;

    private OwnDatabase(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
        this.url = server.serverUrl() + DatabaseSettings.EMBEDDED_DATABASE;
    }

    /** Starts it with an empty database. */
    static OwnDatabase start(Path folder) throws IOException, InterruptedException, SQLException {
        OwnDatabase database = new OwnDatabase(folder, run(folder));
        Databases.createDatabase(
                DatabaseSettings.of(
                        database.server.serverUrl() + "postgres",
                        database.server.adminName(),
                        new DatabasePasswords(PASSWORD, "unused", "unused", "unused")),
                DatabaseSettings.EMBEDDED_DATABASE);
        return database;
    }

    private static EmbeddedPostgres run(Path folder) throws IOException, InterruptedException {
        return EmbeddedPostgres.start(folder, PASSWORD, sentence -> {});
    }

    /** How the product finds it. */
    Map<String, String> environment() {
        return Map.of(
                "HAULWATCH_DATABASE_URL",
                url,
                "HAULWATCH_DATABASE_ADMIN_USER",
                server.adminName(),
                "HAULWATCH_DATABASE_ADMIN_PASSWORD",
                PASSWORD);
    }

    /** A fast shutdown: all connections are cut, nothing listens any more. */
    void stop() throws IOException, InterruptedException {
        server.stop();
    }

    /** On the same files, at the same address. */
    void startAgain() throws IOException, InterruptedException {
        server = run(folder);
        if (!url.startsWith(server.serverUrl())) {
            throw new IOException("its port was taken meanwhile: was=" + url + " is=" + server.serverUrl());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

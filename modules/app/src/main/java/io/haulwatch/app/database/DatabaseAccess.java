package io.haulwatch.app.database;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.config.Config;
import io.haulwatch.store.database.DatabasePasswords;
import io.haulwatch.store.database.DatabaseSettings;
import io.haulwatch.store.database.Databases;
import io.haulwatch.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pools of one process, and the embedded server if it is this process that runs it. */
public final class DatabaseAccess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseAccess.class);

    private final @Nullable EmbeddedPostgres server;
    private final Databases databases;
    private final String address;

    private DatabaseAccess(@Nullable EmbeddedPostgres server, DatabaseSettings settings) {
        this.server = server;
        this.databases = new Databases(settings);
        this.address = settings.url();
    }

    /**
     * Starts the embedded server, or prepares pools for an external one, which need not answer yet. Migrations are the caller's
     * next step.
     */
    public static DatabaseAccess forService(Config config, Consumer<String> progress) throws StartException {
        DatabasePasswords passwords = passwords(config);
        if (!config.database().embedded()) {
            return new DatabaseAccess(
                    null,
                    DatabaseSettings.of(
                            config.database().url(), config.database().adminUser(), passwords));
        }
        EmbeddedPostgres server = startServer(config.data(), passwords, progress);
        try {
            return new DatabaseAccess(server, Databases.onEmbedded(server, passwords));
        } catch (SQLException e) {
            closeQuietly(server);
            throw new StartException(
                    ExitCode.DATABASE, "The embedded database does not take us in: " + e.getMessage() + ".", e);
        }
    }

    /**
     * The same for a command that looks at what is there. A folder without a database is refused: its name was mistyped, and an empty one made there would
     * answer that nothing is wrong.
     */
    public static DatabaseAccess forExisting(Config config, Consumer<String> progress) throws StartException {
        if (config.database().embedded() && !EmbeddedPostgres.isIn(config.data())) {
            throw new StartException(
                    ExitCode.USAGE, "There is no database in " + config.data() + ": name the data folder with --data.");
        }
        return forCommand(config, progress);
    }

    /** Reaches the database for a command: beside a running service, or with a server of its own for as long as it takes. */
    public static DatabaseAccess forCommand(Config config, Consumer<String> progress) throws StartException {
        try {
            Optional<String> running =
                    config.database().embedded() ? EmbeddedPostgres.runningElsewhere(config.data()) : Optional.empty();
            if (running.isPresent()) {
                return new DatabaseAccess(
                        null,
                        DatabaseSettings.of(
                                running.get() + DatabaseSettings.EMBEDDED_DATABASE, "postgres", passwords(config)));
            }
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DISK, "The data folder " + config.data() + " cannot be used: " + e.getMessage() + ".", e);
        }
        DatabaseAccess access = forService(config, progress);
        try {
            access.databases().migrate();
            return access;
        } catch (SQLException e) {
            access.close();
            throw new StartException(ExitCode.DATABASE, unreachable(config, e), e);
        }
    }

    /** One sentence for a database that does not answer. */
    public static String unreachable(Config config, SQLException cause) {
        return "The database does not answer: "
                + (config.database().embedded()
                        ? "the embedded server"
                        : config.database().url())
                + " said '" + cause.getMessage()
                + "'. Start it, or correct database.url, database.admin_user and database.admin_password.";
    }

    private static DatabasePasswords passwords(Config config) throws StartException {
        try {
            DatabasePasswords kept =
                    DatabasePasswords.kept(config.data().resolve("keys").resolve("database.json"), new SecureRandom());
            return config.database().embedded()
                    ? kept
                    : new DatabasePasswords(
                            config.database().adminPassword(), kept.writer(), kept.app(), kept.replay());
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DISK,
                    "The keys below " + config.data() + " can be neither read nor made: " + e.getMessage() + ".",
                    e);
        }
    }

    private static EmbeddedPostgres startServer(Path data, DatabasePasswords passwords, Consumer<String> progress)
            throws StartException {
        try {
            return EmbeddedPostgres.start(data, passwords.admin(), progress);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DATABASE, "The embedded database does not start: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(ExitCode.DATABASE, "The start was interrupted.", e);
        }
    }

    public Databases databases() {
        return databases;
    }

    /** The embedded server, or null beside an external one or a running service. */
    public @Nullable EmbeddedPostgres server() {
        return server;
    }

    /** JDBC address without credentials. */
    public String address() {
        return address;
    }

    @Override
    public void close() {
        databases.close();
        if (server != null) {
            closeQuietly(server);
        }
    }

    private static void closeQuietly(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("the embedded database did not stop cleanly: {}", e.toString());
        }
    }
}

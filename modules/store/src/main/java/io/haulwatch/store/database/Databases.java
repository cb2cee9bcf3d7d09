package io.haulwatch.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.haulwatch.store.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database as the rest of the product sees it: a pool for each role. Pools open without the database and fail call by call
 * while it is away, so that the product starts and waits; {@link #migrate} is the one call that needs it. Thread-safe.
 */
public final class Databases implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Databases.class);

    private static final int REPLAY_CONNECTIONS = 3;
    private static final int CONNECT_SECONDS = 5;

    private final DatabaseSettings settings;
    private final HikariDataSource writer;
    private final HikariDataSource app;
    private final HikariDataSource replay;

    public Databases(DatabaseSettings settings) {
        this.settings = settings;
        DatabasePasswords passwords = settings.passwords();
        this.writer = pool(Bootstrap.WRITER, passwords.writer(), settings.writerConnections());
        this.app = pool(Bootstrap.APP, passwords.app(), settings.appConnections());
        this.replay = pool(Bootstrap.REPLAY, passwords.replay(), REPLAY_CONNECTIONS);
    }

    /** Settings for a database on the embedded server, made if it is not there. */
    public static DatabaseSettings onEmbedded(EmbeddedPostgres server, DatabasePasswords passwords)
            throws SQLException {
        return onEmbedded(server, passwords, DatabaseSettings.EMBEDDED_DATABASE);
    }

    /** Settings for the named database on the embedded server, made if it is not there. */
    public static DatabaseSettings onEmbedded(EmbeddedPostgres server, DatabasePasswords passwords, String database)
            throws SQLException {
        DatabaseSettings maintenance =
                DatabaseSettings.of(server.serverUrl() + "postgres", server.adminName(), passwords);
        createDatabase(maintenance, database);
        return DatabaseSettings.of(server.serverUrl() + database, server.adminName(), passwords);
    }

    /** Makes a database unless it is there, signed in as the administrator. */
    public static void createDatabase(DatabaseSettings maintenance, String database) throws SQLException {
        try (Connection admin = adminSource(maintenance).getConnection();
                PreparedStatement known =
                        admin.prepareStatement("select format('create database %I template template0', ?::text) "
                                + "where not exists (select from pg_database where datname = ?)")) {
            known.setString(1, database);
            known.setString(2, database);
            try (ResultSet rows = known.executeQuery();
                    Statement statement = admin.createStatement()) {
                if (rows.next()) {
                    statement.execute(rows.getString(1));
                }
            }
        }
    }

    /**
     * Brings roles, extension and schema to this release; safe to repeat.
     *
     * @return what the database offers
     * @throws SQLException if it cannot be reached or refuses; the message names the address
     */
    public Layout migrate() throws SQLException {
        return migrateTo(MigrationVersion.LATEST);
    }

    /** The same up to an earlier release's schema, for tests of what a later one does to the rows that are there. */
    Layout migrateTo(MigrationVersion version) throws SQLException {
        PGSimpleDataSource source = adminSource(settings);
        try (Connection admin = source.getConnection()) {
            Bootstrap.run(admin, settings.passwords());
        } catch (SQLException e) {
            throw new SQLException(
                    "database: url=" + settings.url() + ", user=" + settings.adminName() + ": " + e.getMessage(),
                    e.getSQLState(),
                    e);
        }
        try {
            int applied = Flyway.configure()
                    .dataSource(source)
                    // Everything belongs to the owner, who is bound by row security like everyone else.
                    .initSql("set role " + Bootstrap.OWNER + "; set hw.scope = 'all'")
                    .schemas("hw")
                    .defaultSchema("hw")
                    .createSchemas(false)
                    .table("schema_version")
                    .placeholderReplacement(false)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .locations("classpath:db/migration")
                    .target(version)
                    .load()
                    .migrate()
                    .migrationsExecuted;
            Layout layout = layout();
            LOG.info("database ready: {}, migrations applied now: {}", layout.describe(), applied);
            return layout;
        } catch (FlywayException e) {
            throw new SQLException("database: url=" + settings.url() + ": " + e.getMessage(), e);
        }
    }

    /** What the migrated database offers. */
    public Layout layout() throws SQLException {
        try (Connection connection = writer.getConnection()) {
            return Layout.detect(connection);
        }
    }

    /** Pool of the role that stores what terminals and rules say, loads the register and keeps commands. */
    public DataSource writer() {
        return writer;
    }

    /** Pool of the console's role. Use it through {@link io.haulwatch.store.scope.ScopedDatabase}: without a scope it sees nothing. */
    public DataSource app() {
        return app;
    }

    /** Pool of the role that reads positions for recomputation. */
    public DataSource replay() {
        return replay;
    }

    /** A connection of the administrator, for checks that look at every company; the caller closes it. */
    public Connection administrator() throws SQLException {
        return adminSource(settings).getConnection();
    }

    private static PGSimpleDataSource adminSource(DatabaseSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        source.setUser(settings.adminName());
        source.setPassword(settings.passwords().admin());
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setApplicationName("haulwatch-migrations");
        return source;
    }

    private HikariDataSource pool(String role, String password, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(role);
        config.setJdbcUrl(settings.url());
        config.setUsername(role);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(CONNECT_SECONDS));
        config.setKeepaliveTime(TimeUnit.MINUTES.toMillis(2));
        config.addDataSourceProperty("ApplicationName", role);
        config.addDataSourceProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        app.close();
        replay.close();
        writer.close();
    }
}

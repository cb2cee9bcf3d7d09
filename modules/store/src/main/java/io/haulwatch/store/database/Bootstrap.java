package io.haulwatch.store.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must stand before the first migration: roles, the schema, the extension. Runs as the administrator; safe to repeat. */
final class Bootstrap {
    /** Owns everything, cannot sign in, and is neither superuser nor exempt from row security. */
    static final String OWNER = "haulwatch_owner";

    static final String WRITER = "haulwatch_writer";
    static final String APP = "haulwatch_app";
    static final String REPLAY = "haulwatch_replay";

    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    /** Roles belong to the whole server: two starts at the same moment must not make them twice. */
    private static final long LOCK = 7_611_100;

    private Bootstrap() {}

    static void run(Connection admin, DatabasePasswords passwords) throws SQLException {
        admin.setAutoCommit(true);
        try (Statement statement = admin.createStatement()) {
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            try {
                role(admin, OWNER, null);
                role(admin, WRITER, passwords.writer());
                role(admin, APP, passwords.app());
                role(admin, REPLAY, passwords.replay());
                memberOfOwner(admin);
                extension(admin);
                rights(admin);
            } finally {
                statement.execute("select pg_advisory_unlock(" + LOCK + ")");
            }
        }
    }

    private static void role(Connection admin, String name, @org.jspecify.annotations.Nullable String password)
            throws SQLException {
        if (!holds(admin, "select exists (select from pg_roles where rolname = '" + name + "')")) {
            execute(admin, "create role " + name + " nosuperuser nocreatedb nocreaterole nobypassrls noinherit");
        }
        if (password != null) {
            execute(admin, quoted(admin, "alter role %I with login password %L", name, password));
        }
        if (holds(admin, "select rolsuper or rolbypassrls from pg_roles where rolname = '" + name + "'")) {
            throw new SQLException("the role is exempt from row security, so companies would see each other: role="
                    + name + "; run: alter role " + name + " nosuperuser nobypassrls");
        }
    }

    private static void memberOfOwner(Connection admin) throws SQLException {
        if (!holds(admin, "select pg_has_role(current_user, '" + OWNER + "', 'set')")) {
            execute(admin, "grant " + OWNER + " to current_user");
        }
    }

    private static void extension(Connection admin) throws SQLException {
        boolean offered = holds(admin, """
                select exists (select from pg_available_extensions where name = 'timescaledb')
                    and 'timescaledb' = any (string_to_array(replace(current_setting('shared_preload_libraries'), ' ', ''), ','))
                """);
        if (!offered) {
            return;
        }
        try {
            execute(admin, "create extension if not exists timescaledb");
        } catch (SQLException e) {
            LOG.warn(
                    "the server offers TimescaleDB but the extension cannot be created, native partitions are used: {}",
                    e.getMessage());
        }
    }

    private static void rights(Connection admin) throws SQLException {
        if (!holds(admin, "select exists (select from pg_namespace where nspname = 'hw')")) {
            execute(admin, "create schema hw authorization " + OWNER);
        }
        String database;
        try (Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("select quote_ident(current_database())")) {
            rows.next();
            database = rows.getString(1);
        }
        execute(admin, "revoke all on database " + database + " from public");
        execute(admin, "grant connect on database " + database + " to " + WRITER + ", " + APP + ", " + REPLAY);
        execute(admin, "grant temporary on database " + database + " to " + WRITER);
        execute(admin, "revoke create on schema public from public");
    }

    private static boolean holds(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static String quoted(Connection connection, String format, String name, String literal)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select format(?, ?, ?)")) {
            statement.setString(1, format);
            statement.setString(2, name);
            statement.setString(3, literal);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

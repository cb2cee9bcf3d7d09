package io.haulwatch.store.scope;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Runs work of the console in a transaction that has a scope. The scope is set with the transaction and gone with it, so a pooled
 * connection never carries one user's sight to the next. Thread-safe.
 */
public final class ScopedDatabase {
    /** User id of work that no signed-in user asked for. */
    public static final int NO_USER = 0;

    private final DataSource app;

    /** @param app pool of the console's role */
    public ScopedDatabase(DataSource app) {
        this.app = app;
    }

    /** Work on a connection inside a transaction; must not commit, close or keep it. */
    @FunctionalInterface
    public interface SqlFunction<T> {
        T apply(Connection connection) throws SQLException;
    }

    /** Reads in a read-only transaction. */
    public <T> T read(Scope scope, int userId, SqlFunction<T> work) throws SQLException {
        return inTransaction(scope, userId, true, work);
    }

    /** Writes; everything or nothing. */
    public <T> T write(Scope scope, int userId, SqlFunction<T> work) throws SQLException {
        return inTransaction(scope, userId, false, work);
    }

    private <T> T inTransaction(Scope scope, int userId, boolean readOnly, SqlFunction<T> work) throws SQLException {
        try (Connection connection = app.getConnection()) {
            connection.setReadOnly(readOnly);
            connection.setAutoCommit(false);
            try {
                try (PreparedStatement settings = connection.prepareStatement(
                        "select set_config('hw.scope', ?, true), set_config('hw.user_id', ?, true)")) {
                    settings.setString(1, scope.setting());
                    settings.setString(2, Integer.toString(userId));
                    settings.execute();
                }
                T result = work.apply(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                try {
                    connection.rollback();
                } catch (SQLException second) {
                    e.addSuppressed(second);
                }
                throw e;
            }
        }
    }
}

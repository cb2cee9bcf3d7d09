package io.haulwatch.store.register;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** One statement for many rows, sent a thousand at a time. */
final class RowBatch implements AutoCloseable {
    private static final int SIZE = 1_000;

    private final PreparedStatement statement;
    private int waiting;
    private int affected;
    private final BitSet changed = new BitSet();
    private int sent;

    RowBatch(Connection connection, String sql) throws SQLException {
        this.statement = connection.prepareStatement(sql);
    }

    void add(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
        statement.addBatch();
        if (++waiting == SIZE) {
            send();
        }
    }

    private void send() throws SQLException {
        for (int count : statement.executeBatch()) {
            affected += Math.max(0, count);
            changed.set(sent++, count > 0);
        }
        waiting = 0;
    }

    /** Sends what waits. @return rows that all statements of this batch inserted or changed */
    int finish() throws SQLException {
        if (waiting > 0) {
            send();
        }
        return affected;
    }

    /** Whether the statement with the values that were added {@code n}th, from 0, inserted or changed a row. */
    boolean changed(int n) {
        return changed.get(n);
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}

package io.haulwatch.console.sql;

import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A statement put together piece by piece. Text comes from our own code alone; what a user said is always a
 * parameter.
 */
public final class SqlText {
    private static final int TIMEOUT_SECONDS = 20;
    private static final int FETCH = 5_000;

    private final StringBuilder text = new StringBuilder(256);
    private final List<Object> parameters = new ArrayList<>();

    public SqlText(String start, Object... values) {
        text.append(start);
        parameters.addAll(List.of(values));
    }

    /** Adds text with one value for each question mark in it. */
    public SqlText add(String sql, Object... values) {
        text.append(' ').append(sql);
        parameters.addAll(List.of(values));
        return this;
    }

    /** Makes what is there an inner question. */
    public SqlText around(String before, String after) {
        text.insert(0, before).append(after);
        return this;
    }

    /** Adds {@code and (condition)}. */
    public SqlText and(String condition, Object... values) {
        text.append(" and (").append(condition).append(')');
        parameters.addAll(List.of(values));
        return this;
    }

    /**
     * Names the companies, beside the row security that does the same: {@code condition} has one question mark for the array of their
     * ids.
     *
     * @throws IllegalArgumentException for a driver's scope, which names no company: his questions name him
     */
    public SqlText within(Scope scope, String condition) {
        if (scope instanceof Scope.OneDriver) {
            throw new IllegalArgumentException("a driver's scope names no company: " + scope);
        }
        if (scope instanceof Scope.Companies companies) {
            text.append(" and (").append(condition).append(')');
            parameters.add(companies.ids());
        }
        return this;
    }

    /** Reads all rows. */
    public <T> List<T> list(Connection connection, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    /** Gives all rows one after another, some thousands in memory at a time; inside a transaction. */
    public void each(Connection connection, RowTaker taker) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
        }
    }

    /** Reads the first row, if there is one. */
    public <T> Optional<T> first(Connection connection, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    /** Runs it; says how many rows it changed. */
    public int run(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            for (int i = 0; i < parameters.size(); i++) {
                bind(connection, statement, i + 1, parameters.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int index, Object value)
            throws SQLException {
        switch (value) {
            case Integer number -> statement.setInt(index, number);
            case Long number -> statement.setLong(index, number);
            case Double number -> statement.setDouble(index, number);
            case Boolean flag -> statement.setBoolean(index, flag);
            case String string -> statement.setString(index, string);
            case Instant moment -> statement.setTimestamp(index, Timestamp.from(moment));
            case LocalDate day -> statement.setObject(index, day);
            case UUID uuid -> statement.setObject(index, uuid);
            case byte[] bytes -> statement.setBytes(index, bytes);
            case int[] numbers ->
                statement.setArray(
                        index,
                        connection.createArrayOf(
                                "int4", Arrays.stream(numbers).boxed().toArray()));
            case Collection<?> many ->
                statement.setArray(
                        index,
                        connection.createArrayOf(
                                many.stream().allMatch(Integer.class::isInstance) ? "int4" : "text", many.toArray()));
            default -> throw new IllegalArgumentException("no SQL type for " + value.getClass());
        }
    }

    /** Makes something of the current row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes the current row. */
    @FunctionalInterface
    public interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    /** A text to be found anywhere in a column with {@code like}, its wildcards taken literally. */
    public static String anywhere(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}

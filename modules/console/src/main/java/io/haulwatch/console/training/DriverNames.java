package io.haulwatch.console.training;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Names of drivers whom a company's own rows name. One who drives for another company now is out of its sight; the rows of the time before are not, and
 * a ledger without his name would be none.
 */
final class DriverNames {
    private final ScopedDatabase database;

    DriverNames(ScopedDatabase database) {
        this.database = database;
    }

    /**
     * Rows that were read in the reader's own scope, with the names of their drivers.
     *
     * @param named a row with this name in it
     */
    <T> List<T> in(List<T> rows, ToIntFunction<T> driver, BiFunction<T, String, T> named) throws SQLException {
        Map<Integer, String> names = of(rows.stream().map(driver::applyAsInt).collect(Collectors.toSet()));
        return rows.stream()
                .map(row -> named.apply(row, names.getOrDefault(driver.applyAsInt(row), "")))
                .toList();
    }

    private Map<Integer, String> of(Collection<Integer> drivers) throws SQLException {
        Map<Integer, String> names = new HashMap<>();
        if (!drivers.isEmpty()) {
            database.read(
                    Scope.ALL,
                    ScopedDatabase.NO_USER,
                    connection -> new SqlText(
                                    "select driver_id, name from hw.driver where driver_id = any (?::integer[])",
                                    drivers)
                            .list(connection, row -> names.put(row.getInt(1), row.getString(2))));
        }
        return names;
    }
}

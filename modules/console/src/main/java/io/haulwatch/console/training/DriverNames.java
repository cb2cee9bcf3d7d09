package io.haulwatch.console.training;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Names of drivers whom a company's own rows name. One who drives for another company now is out of its sight; the rows of the time before are not, and
 * a ledger without his name would be none.
 */
final class DriverNames {
    private final ScopedDatabase database;

    DriverNames(ScopedDatabase database) {
        this.database = database;
    }

    /** @param drivers whom rows name that were read in the reader's own scope */
    Map<Integer, String> of(Collection<Integer> drivers) throws SQLException {
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

package io.haulwatch.store.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What this database offers, found at run time.
 *
 * @param serverVersion for example {@code 17.11}
 * @param timescaleVersion of the installed extension, null without it
 * @param hypertable whether positions lie in a hypertable; else in native daily partitions
 * @param compression whether the extension's licence allows compression (Community edition)
 */
public record Layout(String serverVersion, @Nullable String timescaleVersion, boolean hypertable, boolean compression) {

    static Layout detect(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String version = text(statement, "show server_version");
            String timescale = text(statement, "select extversion from pg_extension where extname = 'timescaledb'");
            String licence = text(statement, "select current_setting('timescaledb.license', true)");
            String hypertable = text(statement, "select hw.position_is_hypertable()::text");
            return new Layout(
                    String.valueOf(version),
                    timescale,
                    "true".equals(hypertable),
                    timescale != null && "timescale".equals(licence));
        }
    }

    private static @Nullable String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** One line for the log and the status page. */
    public String describe() {
        return "PostgreSQL " + serverVersion
                + (timescaleVersion == null ? "" : ", TimescaleDB " + timescaleVersion)
                + (hypertable ? ", hypertable" : ", native daily partitions")
                + (compression ? ", compression" : "");
    }
}

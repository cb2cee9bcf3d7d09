package io.haulwatch.store.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the tables of the schema hold, in a form that two databases can be compared by. */
public final class TableSums {
    /** Made from the positions as time passes: two databases with the same content differ in how far that work has come. */
    private static final List<String> MADE_FROM_OTHERS =
            List.of("position_hour", "position_hour_due", "position_hours_packed");

    /**
     * One table, a partitioned one as a whole.
     *
     * @param sum over all rows' content, whatever their order
     */
    public record Table(String name, long rows, String sum) {}

    private TableSums() {}

    /**
     * Reads every row of every table.
     *
     * @param administrator sees the rows of all companies
     */
    public static List<Table> of(Connection administrator) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = administrator.createStatement()) {
            for (String table : names(statement)) {
                try (ResultSet sums = statement.executeQuery(
                        "select count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0) from "
                                + table + " t")) {
                    sums.next();
                    tables.add(new Table(table.replace("\"", ""), sums.getLong(1), sums.getString(2)));
                }
            }
        }
        return tables;
    }

    private static List<String> names(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select format('%I.%I', n.nspname, c.relname)"
                + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = 'hw' and c.relkind in ('r', 'p') and not c.relispartition"
                + " and c.relname <> all ('{" + String.join(",", MADE_FROM_OTHERS) + "}') order by 1")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}

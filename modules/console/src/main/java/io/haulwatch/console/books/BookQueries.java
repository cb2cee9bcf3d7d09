package io.haulwatch.console.books;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The SQL of the books. Every question names a day. */
final class BookQueries {
    private static final String SUMS =
            "coalesce(sum(b.received), 0), coalesce(sum(b.stored), 0), coalesce(sum(b.duplicate), 0), "
                    + "coalesce(sum(b.quarantined), 0), coalesce(sum(b.refused), 0)";
    private static final int MOST_HOURS = 48;
    private static final int MOST_CAUSES = 20;

    private BookQueries() {}

    /**
     * What became of some reports.
     *
     * @param refusedBy the refused by their cause
     * @param difference received less all the others; anything but 0 is a fault of the product
     */
    record Sums(
            long received,
            long stored,
            long duplicate,
            long quarantined,
            long refused,
            Map<String, Long> refusedBy,
            long difference) {
        static Sums of(ResultSet row, int first, Map<String, Long> refusedBy) throws SQLException {
            long received = row.getLong(first);
            long stored = row.getLong(first + 1);
            long duplicate = row.getLong(first + 2);
            long quarantined = row.getLong(first + 3);
            long refused = row.getLong(first + 4);
            return new Sums(
                    received,
                    stored,
                    duplicate,
                    quarantined,
                    refused,
                    refusedBy,
                    received - stored - duplicate - quarantined - refused);
        }
    }

    /** A truck's day. */
    record TruckBook(int vehicleId, String plate, int companyId, String companyName, Sums sums) {
        /** Reports that did not become positions; the list's order. */
        long lost() {
            return sums.refused() + sums.quarantined();
        }
    }

    /** A truck's hour. @param hour its start */
    record HourBook(String hour, Sums sums) {}

    /** What a list of books asks for. */
    record Filter(
            Instant from,
            Instant to,
            @Nullable Integer company,
            @Nullable String query) {}

    static Sums total(Connection connection, Scope scope, Filter filter) throws SQLException {
        Map<String, Long> causes = new TreeMap<>();
        narrow(new SqlText("select b.cause, sum(b.count) from hw.report_refused b" + joined()), scope, filter)
                .add("group by b.cause order by b.cause limit ?", MOST_CAUSES)
                .each(connection, row -> causes.put(row.getString(1), row.getLong(2)));
        return narrow(new SqlText("select " + SUMS + " from hw.report_book b" + joined()), scope, filter)
                .first(connection, row -> Sums.of(row, 1, causes))
                .orElseThrow();
    }

    /** Trucks by how many of their reports did not become positions. */
    static List<TruckBook> trucks(
            Connection connection, Scope scope, Filter filter, @Nullable Long afterLost, int afterId, int limit)
            throws SQLException {
        SqlText sql = narrow(
                        new SqlText("select b.vehicle_id, v.plate, v.company_id, coalesce(c.name, ''), " + SUMS
                                + " from hw.report_book b" + joined()),
                        scope,
                        filter)
                .add("group by b.vehicle_id, v.plate, v.company_id, c.name");
        if (afterLost != null) {
            sql.add("having (-sum(b.refused + b.quarantined), b.vehicle_id) > (?, ?)", -afterLost, afterId);
        }
        List<TruckBook> books = sql.add("order by -sum(b.refused + b.quarantined), b.vehicle_id limit ?", limit)
                .list(
                        connection,
                        row -> new TruckBook(
                                row.getInt(1),
                                row.getString(2),
                                row.getInt(3),
                                row.getString(4),
                                Sums.of(row, 5, new TreeMap<>())));
        Map<Integer, TruckBook> byId = new HashMap<>();
        books.forEach(book -> byId.put(book.vehicleId(), book));
        new SqlText("select vehicle_id, cause, sum(count) from hw.report_refused where true")
                .within(scope, "company_id = any (?)")
                .and("hour >= ? and hour < ?", filter.from(), filter.to())
                .and("vehicle_id = any (?)", byId.keySet())
                .add("group by vehicle_id, cause order by vehicle_id, cause limit ?", MOST_CAUSES * (limit + 1))
                .each(connection, row -> {
                    TruckBook book = byId.get(row.getInt(1));
                    if (book != null) {
                        book.sums().refusedBy().put(row.getString(2), row.getLong(3));
                    }
                });
        return books;
    }

    private static String joined() {
        return " join hw.vehicle v using (vehicle_id) left join hw.company c on c.company_id = v.company_id where true";
    }

    private static SqlText narrow(SqlText sql, Scope scope, Filter filter) {
        sql.within(scope, "b.company_id = any (?)").and("b.hour >= ? and b.hour < ?", filter.from(), filter.to());
        if (filter.company() != null) {
            sql.and("v.company_id = ?", filter.company());
        }
        if (filter.query() != null) {
            String pattern = SqlText.anywhere(filter.query());
            sql.and("v.plate ilike ? or c.name ilike ?", pattern, pattern);
        }
        return sql;
    }

    static List<HourBook> hours(Connection connection, Scope scope, int vehicleId, Instant from, Instant to)
            throws SQLException {
        Map<Instant, Map<String, Long>> causes = new HashMap<>();
        new SqlText("select hour, cause, count from hw.report_refused where true")
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ? and hour >= ? and hour < ?", vehicleId, from, to)
                .add("order by hour, cause limit ?", MOST_HOURS * MOST_CAUSES)
                .each(
                        connection,
                        row -> causes.computeIfAbsent(row.getTimestamp(1).toInstant(), hour -> new TreeMap<>())
                                .put(row.getString(2), row.getLong(3)));
        return new SqlText(
                        "select b.hour, b.received, b.stored, b.duplicate, b.quarantined, b.refused from hw.report_book b where true")
                .within(scope, "b.company_id = any (?)")
                .and("b.vehicle_id = ? and b.hour >= ? and b.hour < ?", vehicleId, from, to)
                .add("order by b.hour limit ?", MOST_HOURS)
                .list(connection, row -> {
                    Instant hour = row.getTimestamp(1).toInstant();
                    return new HourBook(Json.time(hour), Sums.of(row, 2, causes.getOrDefault(hour, Map.of())));
                });
    }
}

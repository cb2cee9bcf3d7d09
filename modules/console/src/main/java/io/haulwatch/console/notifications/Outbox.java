package io.haulwatch.console.notifications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.notifications.Bodies.Said;
import io.haulwatch.console.sql.SqlText;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Spreads what happened to those who are told, in one transaction: the row of the outbox goes when each of them has his delivery. */
final class Outbox {
    private static final int AT_ONCE = 200;

    private final Bodies bodies;
    private final Supplier<UUID> ids;

    Outbox(Bodies bodies, Supplier<UUID> ids) {
        this.bodies = bodies;
        this.ids = ids;
    }

    private record Row(long id, int companyId, Event event, String object) {}

    private record Wish(long receiver, Set<Integer> companies, Set<String> events, int leastSeverity) {
        boolean covers(Row row, int severity) {
            return (companies.isEmpty() || companies.contains(row.companyId))
                    && events.contains(row.event.word())
                    && severity >= leastSeverity;
        }
    }

    /** Spreads some rows; says how many. */
    int spread(Connection connection, Instant now) throws SQLException {
        List<Row> rows = new SqlText(
                        "select outbox_id, company_id, event, object from hw.outbox order by outbox_id limit ? for update skip locked",
                        AT_ONCE)
                .list(
                        connection,
                        row -> new Row(row.getLong(1), row.getInt(2), Event.of(row.getString(3)), row.getString(4)));
        if (rows.isEmpty()) {
            return 0;
        }
        List<Wish> wishes = new SqlText(
                        "select receiver_id, company_ids, events, least_severity from hw.receiver where removed_at is null")
                .list(
                        connection,
                        row -> new Wish(
                                row.getLong(1),
                                Set.of(items(row.getArray(2), new Integer[0])),
                                Set.of(items(row.getArray(3), new String[0])),
                                row.getInt(4)));
        for (Row row : rows) {
            if (wishes.stream().anyMatch(wish -> wish.covers(row, 4))) {
                spread(connection, row, wishes, now);
            }
        }
        new SqlText(
                        "delete from hw.outbox where outbox_id = any (?::bigint[])",
                        rows.stream().map(row -> Long.toString(row.id)).collect(Collectors.toList()))
                .run(connection);
        return rows.size();
    }

    private void spread(Connection connection, Row row, List<Wish> wishes, Instant now) throws SQLException {
        Optional<Said> found = bodies.of(connection, row.event, row.object, row.companyId);
        if (found.isEmpty()) {
            return;
        }
        Said said = found.get();
        for (Wish wish : wishes) {
            if (wish.covers(row, said.severity())) {
                add(connection, ids.get(), wish.receiver, row.companyId, row.event, row.object, said.body(), now);
            }
        }
    }

    /** Adds a delivery, unless this receiver was told of this thing before. */
    static void add(
            Connection connection,
            UUID id,
            long receiver,
            int companyId,
            Event event,
            String object,
            ObjectNode body,
            Instant now)
            throws SQLException {
        ObjectNode whole = body.deepCopy().put("id", id.toString()).put("at", Json.time(now));
        new SqlText(
                        "insert into hw.delivery (delivery_id, receiver_id, company_id, event, object, body, made_at, counts_from, next_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (receiver_id, event, object) do nothing",
                        id,
                        receiver,
                        companyId,
                        event.word(),
                        object,
                        whole.toString(),
                        now,
                        now,
                        now)
                .run(connection);
    }

    private static <T> T[] items(Array array, T[] empty) throws SQLException {
        Object[] values = (Object[]) array.getArray();
        return Arrays.copyOf(values, values.length, type(empty));
    }

    @SuppressWarnings("unchecked") // the class of an array of T is one of arrays of T
    private static <T> Class<T[]> type(T[] empty) {
        return (Class<T[]>) empty.getClass();
    }
}

package io.haulwatch.console.notifications;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of receivers. Somebody sees those whose companies he sees all of; one of everybody's events only who sees everybody. */
final class Receivers {
    static final String OWN = "not r.of_centre and r.company_ids <> '{}' and r.company_ids <@ ?::integer[]";
    private static final String RECEIVER = """
            select r.receiver_id, r.kind, r.name, r.address, r.company_ids,
                array(select c.name from hw.company c where c.company_id = any (r.company_ids) order by c.company_id) as company_names,
                r.events, r.least_severity, r.language, r.paused_at is not null as paused,
                (select coalesce(u.display_name, u.username) from hw.app_user u where u.user_id = r.made_by) as made_by, r.made_at,
                (select count(*) from hw.delivery d where d.receiver_id = r.receiver_id and d.state = 'waiting') as waiting,
                (select count(*) from hw.delivery d where d.receiver_id = r.receiver_id and d.state = 'dead') as dead,
                r.arrived_at, r.failed_at, r.fault, r.fault_detail
            from hw.receiver r where r.removed_at is null
            """;

    private Receivers() {}

    static List<ReceiverRow> list(Connection connection, Scope scope) throws SQLException {
        return new SqlText(RECEIVER)
                .within(scope, OWN)
                .add("order by r.receiver_id")
                .list(connection, Receivers::row);
    }

    static Optional<ReceiverRow> one(Connection connection, Scope scope, long id) throws SQLException {
        return new SqlText(RECEIVER)
                .within(scope, OWN)
                .and("r.receiver_id = ?", id)
                .first(connection, Receivers::row);
    }

    /** Holds the row until the transaction ends. */
    static boolean hold(Connection connection, Scope scope, long id) throws SQLException {
        return new SqlText("select true from hw.receiver r where r.removed_at is null")
                .within(scope, OWN)
                .and("r.receiver_id = ?", id)
                .add("for update of r")
                .first(connection, row -> true)
                .orElse(false);
    }

    static int count(Connection connection, Scope scope) throws SQLException {
        return new SqlText("select count(*) from hw.receiver r where r.removed_at is null")
                .within(scope, OWN)
                .first(connection, row -> row.getInt(1))
                .orElse(0);
    }

    /** Adds one; what happens from now on is written to the outbox. */
    static long add(Connection connection, Wanted wanted, String kind, boolean ofCentre, int userId, Instant now)
            throws SQLException {
        new SqlText("update hw.outbox_switch set wanted = true where not wanted").run(connection);
        return new SqlText(
                        "insert into hw.receiver (kind, of_centre, name, address, company_ids, events, least_severity, language, made_by, made_at)"
                                + " values (?, ?, ?, ?, ?::integer[], ?, ?, ?, ?, ?) returning receiver_id",
                        kind,
                        ofCentre,
                        wanted.name,
                        wanted.address,
                        wanted.companies,
                        wanted.events,
                        wanted.leastSeverity,
                        wanted.language,
                        userId,
                        now)
                .first(connection, row -> row.getLong(1))
                .orElseThrow();
    }

    static void change(Connection connection, long id, Wanted wanted) throws SQLException {
        new SqlText(
                        "update hw.receiver set name = ?, address = ?, company_ids = ?::integer[], events = ?, least_severity = ?,"
                                + " language = ? where receiver_id = ?",
                        wanted.name,
                        wanted.address,
                        wanted.companies,
                        wanted.events,
                        wanted.leastSeverity,
                        wanted.language,
                        id)
                .run(connection);
    }

    static void keepSecret(Connection connection, long id, byte[] sealed) throws SQLException {
        new SqlText("update hw.receiver set secret = ? where receiver_id = ?", sealed, id).run(connection);
    }

    static void pause(Connection connection, long id, Instant now) throws SQLException {
        new SqlText("update hw.receiver set paused_at = ? where receiver_id = ? and paused_at is null", now, id)
                .run(connection);
    }

    /** Goes on: the time that it was paused counts for nothing. */
    static void resume(Connection connection, long id, Instant now) throws SQLException {
        int resumed = new SqlText(
                        "update hw.receiver set paused_at = null where receiver_id = ? and paused_at is not null", id)
                .run(connection);
        if (resumed == 1) {
            new SqlText(
                            "update hw.delivery set counts_from = ?, next_at = ? where receiver_id = ? and state = 'waiting'",
                            now,
                            now,
                            id)
                    .run(connection);
        }
    }

    /** Nobody is told any more; what waits is given up and stays in the log. */
    static void remove(Connection connection, long id, Instant now) throws SQLException {
        new SqlText("update hw.receiver set removed_at = ?, secret = null where receiver_id = ?", now, id)
                .run(connection);
        new SqlText("""
                update hw.delivery set state = 'dead', finished_at = ?, fault = 'receiver_removed', fault_detail = ''
                where receiver_id = ? and state = 'waiting'
                """, now, id).run(connection);
    }

    private static ReceiverRow row(ResultSet row) throws SQLException {
        return new ReceiverRow(
                row.getLong("receiver_id"),
                row.getString("kind"),
                row.getString("name"),
                row.getString("address"),
                Arrays.asList((Integer[]) row.getArray("company_ids").getArray()),
                texts(row.getArray("company_names")),
                texts(row.getArray("events")),
                row.getInt("least_severity"),
                row.getString("language"),
                row.getBoolean("paused"),
                row.getString("made_by"),
                Json.time(row.getTimestamp("made_at").toInstant()),
                row.getLong("waiting"),
                row.getLong("dead"),
                time(row, "arrived_at"),
                time(row, "failed_at"),
                row.getString("fault"),
                row.getString("fault_detail"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    static @Nullable String time(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : Json.time(at.toInstant());
    }

    /** What a receiver shall be. @param companies empty for everybody's events */
    record Wanted(
            String name,
            String address,
            List<Integer> companies,
            List<String> events,
            int leastSeverity,
            String language) {}

    /**
     * A receiver.
     *
     * @param companyIds empty for everybody's events
     * @param fault why it did not take what was sent last; null since it took something
     */
    record ReceiverRow(
            long id,
            String kind,
            String name,
            String address,
            List<Integer> companyIds,
            List<String> companyNames,
            List<String> events,
            int leastSeverity,
            String language,
            boolean paused,
            @Nullable String madeBy,
            String madeAt,
            long waiting,
            long dead,
            @Nullable String arrivedAt,
            @Nullable String failedAt,
            @Nullable String fault,
            @Nullable String faultDetail) {}
}

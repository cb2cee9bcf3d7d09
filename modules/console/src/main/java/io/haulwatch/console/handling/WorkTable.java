package io.haulwatch.console.handling;

import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holds an alarm's row, and changes its handling as the table of steps allows. Two who do it at once do it one after the other. */
public final class WorkTable {
    private static final String WORK = """
            select e.episode_id, e.company_id, e.vehicle_id, e.driver_id, e.rule, e.severity, e.state, e.handling, e.waits_for, e.held_by,
                (select coalesce(u.display_name, u.username) from hw.app_user u where u.user_id = e.held_by) as holder, e.held_until,
                e.asked_by, e.opened_at, e.duty, nullif(e.due_at, 'infinity') as due_at, coalesce(e.facts ->> 'zone_id', e.facts ->> 'limit_source', '') as cause
            from hw.episode e where true
            """;

    private WorkTable() {}

    /** Holds the row until the transaction ends; empty if there is no such alarm among those that may be seen. */
    public static Optional<Work> hold(Connection connection, Scope scope, UUID id) throws SQLException {
        return new SqlText(WORK)
                .within(scope, "e.company_id = any (?)")
                .and("e.episode_id = ?", id)
                .add("for update of e")
                .first(connection, WorkTable::work);
    }

    /**
     * Makes a step: changes the row only if it is still as it was read.
     *
     * @throws IllegalStateException if the table of steps knows no such step
     */
    public static void make(Connection connection, Work before, Step step, Change change) throws SQLException {
        if (!step.leads(before.handling(), change.to())) {
            throw new IllegalStateException("no such step: step=" + step + ", before=" + before.handling() + ", after="
                    + change.to() + ", alarm=" + before.id());
        }
        SqlText sql =
                new SqlText("update hw.episode set handling = ?", change.to().word());
        set(sql, "waits_for", change.to().waitsFor());
        set(sql, "held_by", change.heldBy());
        set(sql, "held_until", change.heldUntil());
        set(sql, "asked_by", change.askedBy());
        if (change.duty() != null) {
            sql.add(", duty = ?", change.duty());
            Instant due = change.dueAt();
            if (due == null || due.equals(Duties.NEVER)) {
                sql.add(", due_at = 'infinity'");
            } else {
                sql.add(", due_at = ?", due);
            }
        }
        if (change.handledBy() != null && change.handledAt() != null) {
            sql.add(", handled_by = ?, handled_at = ?", change.handledBy(), change.handledAt());
        }
        int changed = sql.add(
                        "where episode_id = ? and handling = ?",
                        before.id(),
                        before.handling().word())
                .run(connection);
        if (changed != 1) {
            throw Refusal.conflict("Somebody else was first; look at the alarm again: id=" + before.id() + ".");
        }
    }

    /** The holder stays for another while. */
    public static void renew(Connection connection, Work work, Instant until) throws SQLException {
        new SqlText("update hw.episode set held_until = ? where episode_id = ?", until, work.id()).run(connection);
    }

    private static void set(SqlText sql, String column, @Nullable Object value) {
        if (value == null) {
            sql.add(", " + column + " = null");
        } else {
            sql.add(", " + column + " = ?", value);
        }
    }

    private static Work work(ResultSet row) throws SQLException {
        Timestamp due = row.getTimestamp("due_at");
        Timestamp heldUntil = row.getTimestamp("held_until");
        return new Work(
                row.getObject("episode_id", UUID.class),
                row.getInt("company_id"),
                row.getInt("vehicle_id"),
                number(row, "driver_id"),
                row.getString("rule"),
                row.getInt("severity"),
                row.getString("state"),
                Handling.of(row.getString("handling"), row.getString("waits_for")),
                number(row, "held_by"),
                row.getString("holder"),
                heldUntil == null ? null : heldUntil.toInstant(),
                number(row, "asked_by"),
                row.getTimestamp("opened_at").toInstant(),
                row.getString("duty"),
                due == null ? Duties.NEVER : due.toInstant(),
                row.getString("cause"));
    }

    private static @Nullable Integer number(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}

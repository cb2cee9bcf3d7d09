package io.haulwatch.store.register;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From when a change counts. Rules may already have judged what was driven up to now, so a change counts from one minute after its
 * commit at the earliest; only what was not there before counts from the beginning.
 */
final class Effect {
    /** Counts from the beginning, as PostgreSQL writes it. */
    static final String ALWAYS = "-infinity";

    static final String FOREVER = "infinity";

    private static final List<String> OPENED = List.of("hw.vehicle_version", "hw.assignment", "hw.paper", "hw.zone");

    private final Connection connection;
    private final Instant soonest;
    private boolean used;

    Effect(Connection connection) throws SQLException {
        this.connection = connection;
        this.soonest = inOneMinute();
    }

    private Instant inOneMinute() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "select date_trunc('milliseconds', clock_timestamp()) + interval '60.001 s'");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** The earliest instant for a change of something that was there. */
    String soonest() {
        used = true;
        return soonest.toString();
    }

    /**
     * When something counts from.
     *
     * @param wanted by the file, or null
     * @param isNew it was not there before
     * @return as text for the database, or null if the wanted instant is too early
     */
    @Nullable
    String from(@Nullable Instant wanted, boolean isNew) {
        if (wanted == null) {
            return isNew ? ALWAYS : soonest();
        }
        return isNew || !wanted.isBefore(soonest) ? wanted.toString() : null;
    }

    /** At the end of the transaction: moves what counts from {@link #soonest} to one minute from now. */
    void settle() throws SQLException {
        if (!used) {
            return;
        }
        String now = inOneMinute().toString();
        for (String table : OPENED) {
            move(table, "effective_from", now);
            move(table, "effective_to", now);
        }
    }

    private void move(String table, String column, String to) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update " + table + " set " + column + " = ?::timestamptz where " + column + " = ?::timestamptz")) {
            update.setString(1, to);
            update.setString(2, soonest.toString());
            update.executeUpdate();
        }
    }
}

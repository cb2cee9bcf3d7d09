package io.haulwatch.store.register;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Empties columns of one row, which a table cannot say: what it leaves out stays as it is. */
final class EmptiedColumns {
    private final Connection connection;
    private final Effect effect;

    EmptiedColumns(Connection connection, Effect effect) {
        this.connection = connection;
        this.effect = effect;
    }

    /** @param fate is told what was there */
    void empty(LineEdit edit, LineLog.Fate fate) throws SQLException {
        for (String key : edit.emptied().stream().sorted().toList()) {
            String before = key.equals("vehicle") ? endAssignment(edit.id()) : clear(edit, key);
            fate.differs(key, before, null);
        }
    }

    private @Nullable String clear(LineEdit edit, String key) throws SQLException {
        String table = "hw."
                + switch (edit.part()) {
                    case COMPANIES -> "company";
                    case VEHICLES -> "vehicle";
                    case TERMINALS -> "terminal";
                    case DRIVERS -> "driver";
                    case PAPERS, MAINTENANCE, HAZARDS, ACCIDENTS, TRAINING ->
                        throw new IllegalArgumentException("nothing of it is emptied: " + key);
                };
        // The keys are those of the table's own columns, nobody's text.
        String column = edit.part() == TablePart.VEHICLES && key.equals("model") ? "model_name" : key;
        String row = table.substring(3) + "_id = ?";
        String before = text("select " + column + "::text from " + table + " where " + row, edit.id());
        if (before != null) {
            run("update " + table + " set " + column + " = null where " + row, edit.id());
        }
        return before;
    }

    /** The driver has no truck from the next minute on; what he drove stays his. @return the plate of the truck, if there was one */
    private @Nullable String endAssignment(int driver) throws SQLException {
        String plate = text("""
                select v.plate from hw.assignment a join hw.vehicle v using (vehicle_id)
                where a.driver_id = ? and a.effective_from <= now() and a.effective_to = 'infinity'
                order by a.effective_from desc limit 1""", driver);
        if (plate != null) {
            endAssignments(connection, effect, "driver_id", driver);
        }
        return plate;
    }

    static void endAssignments(Connection connection, Effect effect, String column, int id) throws SQLException {
        try (RowBatch update = new RowBatch(
                connection,
                "update hw.assignment set effective_to = ?::timestamptz where " + column
                        + " = ? and effective_from < ?::timestamptz and effective_to > ?::timestamptz")) {
            String from = effect.soonest();
            update.add(from, id, from, from);
            update.finish();
        }
    }

    private @Nullable String text(String sql, int id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setInt(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private void run(String sql, int id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, id);
            update.executeUpdate();
        }
    }
}

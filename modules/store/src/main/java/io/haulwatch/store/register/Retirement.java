package io.haulwatch.store.register;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Takes a company, a vehicle or a driver out of the register. Nothing is deleted: what they did is still asked for, and stays theirs. */
final class Retirement {
    private final Connection connection;

    Retirement(Connection connection) {
        this.connection = connection;
    }

    /** The name of a row that is in the register, or null. */
    @Nullable
    String nameOf(TablePart part, int id) throws SQLException {
        return text(
                switch (part) {
                    case COMPANIES ->
                        "select name from hw.company where company_id = ? and company_id > 0 and retired_at is null";
                    case VEHICLES -> "select plate from hw.vehicle where vehicle_id = ? and retired_at is null";
                    case DRIVERS -> "select name from hw.driver where driver_id = ? and retired_at is null";
                    case TERMINALS, PAPERS, MAINTENANCE, HAZARDS, ACCIDENTS, TRAINING ->
                        throw new IllegalArgumentException("not retired: " + part);
                },
                id);
    }

    /** Whether a company still has vehicles or drivers. */
    boolean isInUse(TablePart part, int id) throws SQLException {
        return part == TablePart.COMPANIES
                && (text("select plate from hw.vehicle where company_id = ? and retired_at is null limit 1", id) != null
                        || text("select name from hw.driver where company_id = ? and retired_at is null limit 1", id)
                                != null);
    }

    void retire(TablePart part, int id) throws SQLException {
        String table = switch (part) {
            case COMPANIES -> "company";
            case VEHICLES -> "vehicle";
            case DRIVERS -> "driver";
            case TERMINALS, PAPERS, MAINTENANCE, HAZARDS, ACCIDENTS, TRAINING ->
                throw new IllegalArgumentException("not retired: " + part);
        };
        if (part != TablePart.COMPANIES) {
            Effect effect = new Effect(connection);
            EmptiedColumns.endAssignments(connection, effect, table + "_id", id);
            effect.settle();
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update hw." + table + " set retired_at = now() where " + table + "_id = ?")) {
            update.setInt(1, id);
            update.executeUpdate();
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
}

package io.haulwatch.store.position;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inserts the rows of a COPY buffer by whatever way works: straight into the table; through a temporary table that drops what is there
 * already; and in ever smaller halves, until the one row that the database refuses stands alone. Writes each row's outcome into the batch.
 */
final class RowsInsert {
    private static final Logger LOG = LoggerFactory.getLogger(RowsInsert.class);

    private static final String TABLE = "hw.position";
    private static final String STAGING = "position_staging";
    private static final String CREATE_STAGING = """
            create temporary table if not exists position_staging (device_time timestamptz, receive_time timestamptz,
                body_hash bigint, mileage bigint, vehicle_id integer, alarms integer, status integer, lat integer, lon integer,
                speed integer, heading integer, recorder_speed integer, altitude smallint, flags smallint, satellites smallint,
                body bytea) on commit delete rows""";
    private static final String FROM_STAGING =
            "insert into hw.position (" + CopyRows.COLUMNS + ") select " + CopyRows.COLUMNS
                    + " from position_staging on conflict do nothing returning vehicle_id, device_time, body_hash";

    private record Key(int vehicleId, long deviceMillis, long hash) {}

    private final Connection connection;
    private final CopyManager copy;
    private final CopyRows copyRows;
    private final BatchRows rows;
    private final List<Quarantined> quarantine;
    private boolean refusedAny;

    /** @param quarantine takes what the database refuses */
    RowsInsert(Connection connection, CopyRows copyRows, BatchRows rows, List<Quarantined> quarantine)
            throws SQLException {
        this.connection = connection;
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI();
        this.copyRows = copyRows;
        this.rows = rows;
        this.quarantine = quarantine;
    }

    /** Inserts rows that are thought to be new. @return whether the database refused any */
    boolean insertNew() throws SQLException {
        insert(0, copyRows.rows(), true);
        return refusedAny;
    }

    /** Inserts rows that may be there already. @return whether the database refused any */
    boolean insertMissing() throws SQLException {
        insert(0, copyRows.rows(), false);
        return refusedAny;
    }

    private void insert(int from, int to, boolean thoughtNew) throws SQLException {
        if (from == to) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        if (thoughtNew) {
            try {
                copyRows.copyInto(copy, TABLE, from, to);
                connection.releaseSavepoint(before);
                return;
            } catch (SQLException e) {
                backOr(e, before);
            }
        }
        try {
            insertByStaging(from, to);
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            backOr(e, before);
            if (to - from == 1) {
                refuse(from, e);
                return;
            }
            int middle = (from + to) >>> 1;
            insert(from, middle, thoughtNew);
            insert(middle, to, thoughtNew);
        }
    }

    /** Goes back to the savepoint if some record is at fault, and throws on what is the database's own trouble. */
    private void backOr(SQLException e, Savepoint before) throws SQLException {
        // Class 22 is bad data, class 23 a broken constraint, class 54 a row too large.
        String state = String.valueOf(e.getSQLState());
        if (!state.startsWith("22") && !state.startsWith("23") && !state.startsWith("54")) {
            throw e;
        }
        connection.rollback(before);
    }

    private void insertByStaging(int from, int to) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE_STAGING);
            statement.execute("delete from " + STAGING);
            copyRows.copyInto(copy, STAGING, from, to);
            try (ResultSet inserted = statement.executeQuery(FROM_STAGING)) {
                Map<Key, Integer> waiting = new HashMap<>();
                for (int copyRow = from; copyRow < to; copyRow++) {
                    int row = copyRows.batchRow(copyRow);
                    rows.outcomes[row] = BatchRows.DUPLICATE;
                    waiting.putIfAbsent(new Key(rows.vehicles[row], rows.deviceMillis[row], rows.hashes[row]), row);
                }
                while (inserted.next()) {
                    Key key =
                            new Key(inserted.getInt(1), inserted.getTimestamp(2).getTime(), inserted.getLong(3));
                    Integer row = waiting.get(key);
                    if (row == null) {
                        throw new IllegalStateException("the database inserted what was not sent: key=" + key);
                    }
                    rows.outcomes[row] = BatchRows.INSERTED;
                }
            }
        }
    }

    private void refuse(int copyRow, SQLException why) {
        int row = copyRows.batchRow(copyRow);
        rows.outcomes[row] = BatchRows.REFUSED;
        refusedAny = true;
        LOG.warn(
                "the database refused one position, it is in quarantine: vehicleId={}, deviceMillis={}, reason={}",
                rows.vehicles[row],
                rows.deviceMillis[row],
                why.getMessage());
        quarantine.add(new Quarantined(
                rows.vehicles[row],
                rows.receivedMillis[row],
                "refused",
                String.valueOf(why.getMessage()),
                copyRows.body(copyRow)));
    }
}

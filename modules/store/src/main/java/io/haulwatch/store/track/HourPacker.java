package io.haulwatch.store.track;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Packs each truck's hour into one row when it is over, and again when a row of it arrives late.
 *
 * <p>Exactly once, whatever is cut short: a packed row says what the positions say and nothing else, and an hour's mark goes in the
 * transaction that writes its row. The mark is taken before the positions are read, so what is stored after the reading marks again.
 *
 * <p>One thread; two packers would only do the same work twice.
 */
public final class HourPacker {
    /** Hours of one transaction. */
    private static final int CHUNK = 100;
    /** Marks that are looked at in one run. */
    private static final int MOST_DUE = 50_000;
    /** Hours with more are left row by row. */
    private static final int MOST_POSITIONS = 20_000;

    private static final String LINE = "select packed_before from hw.position_hours_packed for update";
    private static final String MOVE_LINE = "update hw.position_hours_packed set packed_before = ?";
    private static final String MARK_ALL =
            "insert into hw.position_hour_due (vehicle_id, hour, since) select vehicle_id, ?, ? from hw.vehicle "
                    + "order by vehicle_id on conflict do nothing";
    private static final String DUE = "select vehicle_id, hour from hw.position_hour_due where since <= ? "
            + "order by hour, vehicle_id limit " + MOST_DUE;
    private static final String TAKE = "delete from hw.position_hour_due where vehicle_id = ? and hour = ?";
    private static final String READ = "select " + StoredPosition.COLUMNS
            + " from hw.position p where p.vehicle_id = ? and p.device_time >= ? and p.device_time < ?"
            + " order by p.device_time, p.body_hash limit " + (MOST_POSITIONS + 1);
    private static final String FORGET = "delete from hw.position_hour where vehicle_id = ? and hour = ?";
    private static final String STORE = "insert into hw.position_hour (vehicle_id, hour, positions, min_lat, max_lat, "
            + "min_lon, max_lon, packed) values (?, ?, ?, ?, ?, ?, ?, ?)";

    private final DataSource writer;
    private final DataSource replay;
    private final Duration closing;
    private final Duration settling;
    private final Set<LocalDate> days = new HashSet<>();

    /**
     * @param writer pool of the writer's role
     * @param replay pool of the role that reads positions
     * @param closing how long after its end an hour is packed first; the terminals' usual delay
     * @param settling how long a late row's hour waits for more of them
     */
    public HourPacker(DataSource writer, DataSource replay, Duration closing, Duration settling) {
        this.writer = writer;
        this.replay = replay;
        this.closing = closing;
        this.settling = settling;
    }

    /**
     * What a run did.
     *
     * @param packed rows written
     * @param waiting hours that are still marked
     */
    public record Result(int packed, int waiting) {}

    /**
     * Packs what is due at {@code now}.
     *
     * @param stop asked between transactions
     */
    public Result run(Instant now, BooleanSupplier stop) throws SQLException {
        int packed = 0;
        boolean moved;
        do {
            List<Due> due = due(now);
            for (int from = 0; from < due.size() && !stop.getAsBoolean(); from += CHUNK) {
                packed += pack(due.subList(from, Math.min(due.size(), from + CHUNK)));
            }
            // The next hour is marked when the one before is packed, so that a long absence does not mark all of it at
            // once.
            moved = !stop.getAsBoolean() && moveLine(now);
        } while (moved);
        return new Result(packed, waiting());
    }

    private record Due(int vehicleId, Timestamp hour) {}

    /** Marks the oldest closed hour that was not marked yet, of every vehicle. @return whether there was one */
    private boolean moveLine(Instant now) throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement(LINE);
                    ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                Instant hour = row.getTimestamp(1).toInstant();
                Instant end = hour.plusMillis(Hours.MILLIS);
                if (end.plus(closing).isAfter(now)) {
                    return false;
                }
                try (PreparedStatement move = connection.prepareStatement(MOVE_LINE);
                        PreparedStatement mark = connection.prepareStatement(MARK_ALL)) {
                    move.setTimestamp(1, Timestamp.from(end));
                    move.executeUpdate();
                    mark.setTimestamp(1, Timestamp.from(hour));
                    mark.setTimestamp(2, Timestamp.from(hour));
                    mark.executeUpdate();
                }
                connection.commit();
                return true;
            } finally {
                connection.rollback();
            }
        }
    }

    private List<Due> due(Instant now) throws SQLException {
        List<Due> due = new ArrayList<>();
        try (Connection connection = writer.getConnection();
                PreparedStatement query = connection.prepareStatement(DUE)) {
            query.setTimestamp(1, Timestamp.from(now.minus(settling)));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    due.add(new Due(row.getInt(1), row.getTimestamp(2)));
                }
            }
        }
        return due;
    }

    private int pack(List<Due> chunk) throws SQLException {
        try (Connection connection = writer.getConnection();
                Connection reading = replay.getConnection()) {
            connection.setAutoCommit(false);
            try {
                makeDays(connection, chunk);
                take(connection, chunk);
                int packed = 0;
                try (PreparedStatement read = reading.prepareStatement(READ);
                        PreparedStatement forget = connection.prepareStatement(FORGET);
                        PreparedStatement store = connection.prepareStatement(STORE)) {
                    for (Due hour : chunk) {
                        forget.setInt(1, hour.vehicleId);
                        forget.setTimestamp(2, hour.hour);
                        forget.addBatch();
                        List<StoredPosition> positions = positions(read, hour);
                        if (!positions.isEmpty() && positions.size() <= MOST_POSITIONS) {
                            bind(store, hour, positions);
                            store.addBatch();
                            packed++;
                        }
                    }
                    forget.executeBatch();
                    store.executeBatch();
                }
                connection.commit();
                return packed;
            } finally {
                connection.rollback();
            }
        }
    }

    private void makeDays(Connection connection, List<Due> chunk) throws SQLException {
        for (Due hour : chunk) {
            LocalDate day = Hours.day(Hours.of(hour.hour.getTime()));
            if (!days.contains(day)) {
                try (PreparedStatement make = connection.prepareStatement("select hw.ensure_position_hour_day(?)")) {
                    make.setObject(1, day);
                    make.execute();
                }
                connection.commit();
                days.add(day);
            }
        }
    }

    private static void take(Connection connection, List<Due> chunk) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            for (Due hour : chunk) {
                take.setInt(1, hour.vehicleId);
                take.setTimestamp(2, hour.hour);
                take.addBatch();
            }
            take.executeBatch();
        }
    }

    private static List<StoredPosition> positions(PreparedStatement read, Due hour) throws SQLException {
        read.setInt(1, hour.vehicleId);
        read.setTimestamp(2, hour.hour);
        read.setTimestamp(3, new Timestamp(hour.hour.getTime() + Hours.MILLIS));
        List<StoredPosition> positions = new ArrayList<>();
        try (ResultSet row = read.executeQuery()) {
            while (row.next()) {
                positions.add(StoredPosition.of(row));
            }
        }
        positions.sort(StoredPosition.ORDER);
        return positions;
    }

    private static void bind(PreparedStatement store, Due hour, List<StoredPosition> positions) throws SQLException {
        store.setInt(1, hour.vehicleId);
        store.setTimestamp(2, hour.hour);
        store.setInt(3, positions.size());
        List<StoredPosition> placed =
                positions.stream().filter(StoredPosition::hasPlace).toList();
        if (placed.isEmpty()) {
            for (int column = 4; column <= 7; column++) {
                store.setNull(column, Types.INTEGER);
            }
        } else {
            var latitudes =
                    placed.stream().mapToInt(StoredPosition::latitudeMicrodeg).summaryStatistics();
            var longitudes =
                    placed.stream().mapToInt(StoredPosition::longitudeMicrodeg).summaryStatistics();
            store.setInt(4, latitudes.getMin());
            store.setInt(5, latitudes.getMax());
            store.setInt(6, longitudes.getMin());
            store.setInt(7, longitudes.getMax());
        }
        store.setBytes(8, PackedHour.pack(positions));
    }

    private int waiting() throws SQLException {
        try (Connection connection = writer.getConnection();
                PreparedStatement query = connection.prepareStatement("select count(*) from hw.position_hour_due");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }
}

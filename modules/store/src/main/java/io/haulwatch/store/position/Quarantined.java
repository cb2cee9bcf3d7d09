package io.haulwatch.store.position;

import io.haulwatch.model.report.PositionRecord;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;

/** A record that cannot stand among the positions. Its identity is the hash of its whole body, because its time means nothing. */
final class Quarantined {
    private static final String INSERT = """
            insert into hw.position_quarantine (vehicle_id, company_id, body_hash, receive_time, reason, detail, body)
            values (?, coalesce((select company_id from hw.vehicle where vehicle_id = ?), 0), ?, ?, ?, ?, ?)
            on conflict do nothing""";

    private final int vehicleId;
    private final long receivedMillis;
    private final String reason;
    private final String detail;
    private final byte[] body;

    /**
     * @param reason {@code time_unreadable}, {@code time_future}, {@code time_too_old}, or {@code refused} by the database
     * @param detail values that led to the reason, or the database's message
     */
    Quarantined(int vehicleId, long receivedMillis, String reason, String detail, byte[] body) {
        this.vehicleId = vehicleId;
        this.receivedMillis = receivedMillis;
        this.reason = reason;
        this.detail = detail;
        this.body = body;
    }

    int vehicleId() {
        return vehicleId;
    }

    long receivedMillis() {
        return receivedMillis;
    }

    static Quarantined of(PositionRecord record, String reason, String detail) {
        return new Quarantined(record.vehicleId(), record.receivedMillis(), reason, detail, record.body());
    }

    /** First 64 bits of SHA-256 over the body. */
    long bodyHash() {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(body))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Stores them. @return by index, whether it was new */
    static boolean[] store(Connection connection, List<Quarantined> all) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Quarantined one : all) {
                insert.setInt(1, one.vehicleId);
                insert.setInt(2, one.vehicleId);
                insert.setLong(3, one.bodyHash());
                insert.setTimestamp(4, new Timestamp(one.receivedMillis));
                insert.setString(5, one.reason);
                insert.setString(6, one.detail);
                insert.setBytes(7, one.body);
                insert.addBatch();
            }
            int[] counts = insert.executeBatch();
            boolean[] inserted = new boolean[counts.length];
            for (int i = 0; i < counts.length; i++) {
                inserted[i] = counts[i] == 1;
            }
            return inserted;
        }
    }
}

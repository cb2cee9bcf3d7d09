package io.haulwatch.store.position;

import io.haulwatch.model.report.PositionRecord;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Positions as rows of PostgreSQL's binary COPY format, in one reused buffer: no object per row. Source: PostgreSQL manual, COPY,
 * "Binary Format"; big-endian, timestamps in microseconds since 2000-01-01 UTC.
 */
final class CopyRows {
    /** Columns in the order of the rows. */
    static final String COLUMNS =
            "device_time, receive_time, body_hash, mileage, vehicle_id, alarms, status, lat, lon, speed,"
                    + " heading, recorder_speed, altitude, flags, satellites, body";

    private static final short FIELDS = 16;
    /** 2000-01-01T00:00:00Z, ms since 1970. */
    private static final long EPOCH_MILLIS = 946_684_800_000L;

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final byte[] TRAILER = {(byte) 0xFF, (byte) 0xFF};
    /** Most bytes that the fixed columns of a row take: count, 16 lengths, 4 longs, 8 ints, 3 shorts. */
    private static final int FIXED = 2 + FIELDS * 4 + 4 * 8 + 8 * 4 + 3 * 2;
    /** Handed to the driver at a time, so that the server need not gather megabytes for one message. */
    private static final int SLICE = 128 * 1024;

    private ByteBuffer buffer;
    private int[] starts;
    private int[] batchRows;
    private int rows;

    CopyRows(int expectedRows) {
        buffer = ByteBuffer.allocate(expectedRows * 256);
        starts = new int[expectedRows + 1];
        batchRows = new int[expectedRows + 1];
    }

    void clear() {
        rows = 0;
        buffer.clear();
    }

    int rows() {
        return rows;
    }

    int bytes() {
        return buffer.position();
    }

    /** @param batchRow where the row stands in {@link BatchRows} */
    void add(PositionRecord record, int batchRow) {
        int bodyLength = record.bodyLength();
        makeRoom(FIXED + bodyLength);
        starts[rows] = buffer.position();
        batchRows[rows] = batchRow;
        buffer.putShort(FIELDS);
        putTime(record.deviceMillis());
        putTime(record.receivedMillis());
        putLong(record.hash());
        if (record.mileageDeciKm() == PositionRecord.ABSENT_MILEAGE) {
            putNull();
        } else {
            putLong(record.mileageDeciKm());
        }
        putInt(record.vehicleId());
        putInt(record.alarms());
        putInt(record.status());
        putInt(record.latitudeMicrodeg());
        putInt(record.longitudeMicrodeg());
        putInt(record.speedDeciKmh());
        putInt(record.headingDeg());
        if (record.recorderSpeedDeciKmh() == PositionRecord.ABSENT_SPEED) {
            putNull();
        } else {
            putInt(record.recorderSpeedDeciKmh());
        }
        putShort(record.altitudeMetres());
        putShort(record.flags());
        if (record.satellites() == PositionRecord.ABSENT_BYTE) {
            putNull();
        } else {
            putShort(record.satellites());
        }
        buffer.putInt(bodyLength);
        record.copyBody(buffer, buffer.position());
        buffer.position(buffer.position() + bodyLength);
        rows++;
        starts[rows] = buffer.position();
    }

    private void makeRoom(int bytes) {
        if (buffer.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes));
            larger.put(buffer.flip());
            buffer = larger;
        }
        if (rows + 2 > starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
            batchRows = Arrays.copyOf(batchRows, batchRows.length * 2);
        }
    }

    private void putTime(long millis) {
        putLong((millis - EPOCH_MILLIS) * 1000L);
    }

    private void putLong(long value) {
        buffer.putInt(8).putLong(value);
    }

    private void putInt(int value) {
        buffer.putInt(4).putInt(value);
    }

    private void putShort(int value) {
        buffer.putInt(2).putShort((short) value);
    }

    private void putNull() {
        buffer.putInt(-1);
    }

    /** Where a row stands in {@link BatchRows}. */
    int batchRow(int row) {
        return batchRows[row];
    }

    /** Raw body of a row, copied. */
    byte[] body(int row) {
        int at = starts[row] + 2;
        for (int field = 1; field < FIELDS; field++) {
            at += 4 + Math.max(0, buffer.getInt(at));
        }
        byte[] body = new byte[buffer.getInt(at)];
        buffer.get(at + 4, body);
        return body;
    }

    /** Sends rows {@code from} to {@code to}, exclusive, into {@code table}. */
    void copyInto(CopyManager copy, String table, int from, int to) throws SQLException {
        CopyIn stream = copy.copyIn("copy " + table + " (" + COLUMNS + ") from stdin (format binary)");
        try {
            stream.writeToCopy(HEADER, 0, HEADER.length);
            int end = starts[to];
            for (int at = starts[from]; at < end; at += SLICE) {
                stream.writeToCopy(buffer.array(), at, Math.min(SLICE, end - at));
            }
            stream.writeToCopy(TRAILER, 0, TRAILER.length);
            stream.endCopy();
        } finally {
            if (stream.isActive()) {
                stream.cancelCopy();
            }
        }
    }
}

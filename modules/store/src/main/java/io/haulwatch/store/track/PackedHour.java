package io.haulwatch.store.track;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Some positions of one truck in few bytes: column by column, as differences, deflated. A truck that drives evenly makes mostly zeros.
 *
 * <p>Layout: a byte with the version, the number of positions (4 bytes), the length of the columns before deflating (4 bytes), the
 * hashes (8 bytes each, which nothing makes smaller), the deflated columns. A column is zigzag base-128 numbers: the differences from value
 * to value, or for what grows evenly the differences of these. Big-endian.
 */
public final class PackedHour {
    private static final byte VERSION = 1;
    private static final int HEAD = 9;
    private static final int COLUMNS = 13;
    /** Columns that grow evenly: device time, latitude, longitude. */
    private static final int EVEN = 3;
    /** At most ten bytes a number; guards against a length that is not ours. */
    private static final int MOST_BYTES_A_POSITION = COLUMNS * 10;

    private PackedHour() {}

    /** @param positions in their order, not empty */
    public static byte[] pack(List<StoredPosition> positions) {
        byte[] columns = columns(positions);
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(HEAD + positions.size() * Long.BYTES + columns.length / 2);
        ByteBuffer head = ByteBuffer.allocate(HEAD + positions.size() * Long.BYTES);
        head.put(VERSION).putInt(positions.size()).putInt(columns.length);
        positions.forEach(position -> head.putLong(position.hash()));
        out.writeBytes(head.array());
        try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(columns);
            deflater.finish();
            byte[] piece = new byte[4096];
            while (!deflater.finished()) {
                out.write(piece, 0, deflater.deflate(piece));
            }
        }
        return out.toByteArray();
    }

    private static byte[] columns(List<StoredPosition> positions) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(positions.size() * 16);
        for (int column = 0; column < COLUMNS; column++) {
            long value = 0;
            long step = 0;
            for (StoredPosition position : positions) {
                long next = value(position, column);
                long difference = next - value;
                writeNumber(out, column < EVEN ? difference - step : difference);
                step = difference;
                value = next;
            }
        }
        return out.toByteArray();
    }

    private static long value(StoredPosition position, int column) {
        return switch (column) {
            case 0 -> position.deviceMillis();
            case 1 -> position.latitudeMicrodeg();
            case 2 -> position.longitudeMicrodeg();
            case 3 -> position.receivedMillis() - position.deviceMillis();
            case 4 -> position.flags();
            case 5 -> position.alarms();
            case 6 -> position.status();
            case 7 -> position.altitudeMetres();
            case 8 -> position.speedDeciKmh();
            case 9 -> position.headingDeg();
            case 10 -> position.satellites();
            case 11 -> position.mileageDeciKm();
            case 12 -> position.recorderSpeedDeciKmh();
            default -> throw new IllegalArgumentException("no such column: column=" + column);
        };
    }

    private static void writeNumber(ByteArrayOutputStream out, long number) {
        long rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** @throws IllegalArgumentException if these bytes were not made by {@link #pack} */
    public static List<StoredPosition> unpack(byte[] packed) {
        if (packed.length < HEAD || packed[0] != VERSION) {
            throw new IllegalArgumentException("not a packed hour: bytes=" + packed.length);
        }
        ByteBuffer in = ByteBuffer.wrap(packed);
        in.position(1);
        int count = in.getInt();
        int length = in.getInt();
        if (count < 0
                || (long) count * Long.BYTES > in.remaining()
                || length < 0
                || length > (long) count * MOST_BYTES_A_POSITION) {
            throw new IllegalArgumentException("not a packed hour: positions=" + count + ", columns=" + length);
        }
        long[] hashes = new long[count];
        in.asLongBuffer().get(hashes);
        int from = HEAD + count * Long.BYTES;
        ByteBuffer numbers = ByteBuffer.wrap(inflate(packed, from, length));
        long[][] columns = new long[COLUMNS][count];
        for (int column = 0; column < COLUMNS; column++) {
            long value = 0;
            long step = 0;
            for (int row = 0; row < count; row++) {
                long number = readNumber(numbers);
                step = column < EVEN ? step + number : number;
                value += step;
                columns[column][row] = value;
            }
        }
        List<StoredPosition> positions = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            positions.add(new StoredPosition(
                    columns[0][row],
                    columns[0][row] + columns[3][row],
                    hashes[row],
                    (int) columns[4][row],
                    (int) columns[5][row],
                    (int) columns[6][row],
                    (int) columns[1][row],
                    (int) columns[2][row],
                    (int) columns[7][row],
                    (int) columns[8][row],
                    (int) columns[9][row],
                    (int) columns[10][row],
                    columns[11][row],
                    (int) columns[12][row]));
        }
        return positions;
    }

    private static byte[] inflate(byte[] packed, int from, int length) {
        byte[] columns = new byte[length];
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(packed, from, packed.length - from);
            int filled = 0;
            while (filled < length) {
                int more = inflater.inflate(columns, filled, length - filled);
                if (more == 0) {
                    throw new IllegalArgumentException(
                            "a packed hour ends early: columns=" + length + ", there=" + filled);
                }
                filled += more;
            }
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not a packed hour: bytes=" + packed.length, e);
        }
        return columns;
    }

    private static long readNumber(ByteBuffer in) {
        long rest = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (!in.hasRemaining()) {
                throw new IllegalArgumentException("a packed hour's columns end early");
            }
            byte piece = in.get();
            rest |= (long) (piece & 0x7F) << shift;
            if (piece >= 0) {
                return (rest >>> 1) ^ -(rest & 1);
            }
        }
        throw new IllegalArgumentException("a number of a packed hour does not end");
    }
}

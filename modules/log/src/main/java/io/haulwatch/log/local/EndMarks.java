package io.haulwatch.log.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The ends that the log has reached, in a file beside it and written after the fact, a second behind at most. RocksDB does not notice every loss
 * (a write-ahead file that was removed leaves an empty log without a complaint); an end below its mark shows it, and tells salvage
 * what is missing.
 *
 * <pre>
 *  0  version, 1
 *  1  number of slots, 1 byte
 *  2  the ends, 8 bytes each
 *     CRC-32C of all before, 8 bytes
 * </pre>
 */
final class EndMarks {
    private static final byte VERSION = 1;

    private final Path file;
    private long[] last = new long[0];

    EndMarks(Path directory) {
        file = directory.resolve("ends");
    }

    /** The marks, or -1 for each slot when there is no readable file: it is a witness, not a part of the log. */
    long[] read(int slots) throws IOException {
        long[] ends = new long[slots];
        Arrays.fill(ends, -1);
        if (!Files.exists(file)) {
            return ends;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        int body = 2 + slots * Long.BYTES;
        if (bytes.capacity() != body + Long.BYTES
                || bytes.get(0) != VERSION
                || bytes.get(1) != slots
                || bytes.getLong(body) != checksum(bytes, body)) {
            return ends;
        }
        for (int slot = 0; slot < slots; slot++) {
            ends[slot] = bytes.getLong(2 + slot * Long.BYTES);
        }
        return ends;
    }

    /** Not synced: losing it costs a witness only. */
    void write(long[] ends) throws IOException {
        if (Arrays.equals(ends, last)) {
            return;
        }
        int body = 2 + ends.length * Long.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(body + Long.BYTES);
        bytes.put(VERSION).put((byte) ends.length);
        for (long end : ends) {
            bytes.putLong(end);
        }
        bytes.putLong(checksum(bytes, body));
        Path next = file.resolveSibling("ends.next");
        Files.write(next, bytes.array());
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        last = ends.clone();
    }

    private static long checksum(ByteBuffer bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, length));
        return crc.getValue();
    }
}

package io.haulwatch.log.local;

import io.haulwatch.log.AppendGroup;
import io.haulwatch.log.ReportLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Records that prove themselves: their own partition, offset and checksum. */
final class TestRecords {
    private static final int HEADER = 4 + 8 + 8;

    private TestRecords() {}

    /** Adds the record that belongs at {@code offset}, of 20 to {@code maxLength} bytes. */
    static void add(AppendGroup group, int partition, long offset, RandomGenerator random, int maxLength) {
        byte[] bytes = new byte[HEADER + random.nextInt(maxLength - HEADER + 1)];
        random.nextBytes(bytes);
        ByteBuffer record = ByteBuffer.wrap(bytes);
        record.putInt(0, partition).putLong(4, offset);
        record.putLong(12, 0);
        record.putLong(12, checksum(bytes));
        ByteBuffer target = group.begin(partition, bytes.length);
        target.put(group.position(), bytes);
        group.commit(bytes.length);
    }

    /** Reads a partition from its start to its end; every record must be the one of its offset and none may be missing. */
    static long verify(ReportLog log, int partition) {
        long expected = log.start(partition);
        try (ReportLog.Cursor cursor = log.read(partition, 0)) {
            while (cursor.next()) {
                if (cursor.offset() != expected) {
                    throw new AssertionError(
                            "gap: partition=" + partition + " expected=" + expected + " found=" + cursor.offset());
                }
                verify(cursor, partition);
                expected++;
            }
        }
        if (expected != log.end(partition)) {
            throw new AssertionError(
                    "end not reached: partition=" + partition + " read to " + expected + " end=" + log.end(partition));
        }
        return expected;
    }

    static void verify(ReportLog.Cursor cursor, int partition) {
        byte[] bytes = new byte[cursor.length()];
        cursor.buffer().get(cursor.position(), bytes);
        ByteBuffer record = ByteBuffer.wrap(bytes);
        long checksum = record.getLong(12);
        record.putLong(12, 0);
        if (record.getInt(0) != partition || record.getLong(4) != cursor.offset() || checksum != checksum(bytes)) {
            throw new AssertionError("foreign record: partition=" + partition + " offset=" + cursor.offset()
                    + " holds partition=" + record.getInt(0) + " offset=" + record.getLong(4));
        }
    }

    private static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    /** A copy of the folder as a power cut would leave it; the log may be open, but nobody may be appending. */
    static Path copy(Path from, Path to) throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            Map<Path, Long> before = sizes(from);
            try {
                copyFiles(from, to, before.keySet());
                if (before.equals(sizes(from))) {
                    return to;
                }
            } catch (NoSuchFileException e) {
                // moved or deleted by the store's own threads meanwhile
            }
            // A cut has one moment; what changed under the copy is none.
            delete(to);
        }
        throw new IOException("the log's files never stand still: " + from);
    }

    private static Map<Path, Long> sizes(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            Map<Path, Long> sizes = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sizes.put(root.relativize(file), file.toFile().length());
            }
            return sizes;
        } catch (UncheckedIOException e) {
            // a file went while it was listed: equal to no other answer
            return Map.of(Path.of(e.toString()), System.nanoTime());
        }
    }

    private static void copyFiles(Path from, Path to, Set<Path> files) throws IOException {
        for (Path file : files) {
            if (!file.endsWith("LOCK") && !file.startsWith("native")) {
                Path target = to.resolve(file);
                Files.createDirectories(target.getParent());
                Files.copy(from.resolve(file), target);
            }
        }
    }

    private static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

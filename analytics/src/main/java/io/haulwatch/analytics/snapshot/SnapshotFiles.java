package io.haulwatch.analytics.snapshot;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbered snapshots in a folder: {@code magic i32, version i32, length i64, crc32c i32, body}. A new one is written beside, synced,
 * renamed, and the folder synced; the last two are kept, so that a damaged one leaves the one before.
 */
public final class SnapshotFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);
    private static final int MAGIC = 0x48575253;
    private static final int VERSION = 1;
    private static final int HEAD = 20;
    private static final int KEPT = 2;

    private final Path folder;
    private final String name;
    private final Pattern pattern;

    /** A snapshot as found on disk, to be read once. */
    public record Found(long number, DataInputStream body) {}

    public SnapshotFiles(Path folder, String name) throws IOException {
        this.folder = folder;
        this.name = name;
        this.pattern = Pattern.compile(Pattern.quote(name) + "-(\\d{1,18})\\.snapshot");
        Files.createDirectories(folder);
    }

    /** Snapshots that check, newest first; a damaged one is named in the log and left where it is. */
    public List<Found> readAll() throws IOException {
        List<Found> out = new ArrayList<>();
        for (long number : numbers().reversed()) {
            Path path = path(number);
            try {
                out.add(new Found(number, new DataInputStream(new ByteArrayInputStream(read(path)))));
            } catch (IOException e) {
                LOG.error("snapshot {} does not check and is not used: {}", path, e.getMessage());
            }
        }
        return out;
    }

    /** Writes a snapshot and drops all but the last two. */
    public void write(long number, ByteBuffer body) throws IOException {
        Path temporary = folder.resolve(name + ".tmp");
        CRC32C crc = new CRC32C();
        crc.update(body.duplicate());
        ByteBuffer head = ByteBuffer.allocate(HEAD)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putLong(body.remaining())
                .putInt((int) crc.getValue())
                .flip();
        try (FileChannel file = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (head.hasRemaining()) {
                file.write(head);
            }
            while (body.hasRemaining()) {
                file.write(body);
            }
            file.force(true);
        }
        try {
            Files.move(temporary, path(number), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the snapshot folder must rename in one step: " + folder, e);
        }
        List<Long> numbers = numbers();
        for (int i = 0; i < numbers.size() - KEPT; i++) {
            Files.deleteIfExists(path(numbers.get(i)));
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private byte[] read(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        if (bytes.length < HEAD) {
            throw new IOException("cut short: bytes=" + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int magic = in.getInt();
        int version = in.getInt();
        long length = in.getLong();
        int crc = in.getInt();
        if (magic != MAGIC || version != VERSION) {
            throw new IOException("of another layout: magic=" + Integer.toHexString(magic) + ", version=" + version);
        }
        if (length != bytes.length - HEAD) {
            throw new IOException("of another length: length=" + length + ", found=" + (bytes.length - HEAD));
        }
        CRC32C actual = new CRC32C();
        actual.update(bytes, HEAD, bytes.length - HEAD);
        if ((int) actual.getValue() != crc) {
            throw new IOException("checksum differs: crc=" + Integer.toHexString((int) actual.getValue()));
        }
        byte[] body = new byte[bytes.length - HEAD];
        in.get(body);
        return body;
    }

    private List<Long> numbers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> pattern.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(match -> Long.parseLong(match.group(1)))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private Path path(long number) {
        return folder.resolve(name + "-" + number + ".snapshot");
    }
}

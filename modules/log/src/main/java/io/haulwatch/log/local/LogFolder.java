package io.haulwatch.log.local;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The log's folder, locked for this process.
 *
 * <pre>
 * lock      held while the log is open, through reopening too
 * format    version and number of partitions, written once
 * ends      see EndMarks
 * db/       RocksDB's files
 * native/   RocksDB's library, unpacked
 * </pre>
 */
final class LogFolder implements AutoCloseable {
    private static final String VERSION = "1";

    private final Path directory;
    private final FileChannel channel;

    private LogFolder(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static LogFolder lock(LocalLogOptions options) throws IOException {
        Path directory = options.directory();
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new LogInUseException(directory);
            }
            LogFolder folder = new LogFolder(directory, channel);
            folder.checkFormat(options.partitions());
            return folder;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Path database() {
        return directory.resolve("db");
    }

    Path nativeLibrary() {
        return directory.resolve("native");
    }

    /** Releases the lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // The same process has it; for the caller that is no different.
            return null;
        }
    }

    private void checkFormat(int partitions) throws IOException {
        Path file = directory.resolve("format");
        Properties format = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                format.load(reader);
            }
            if (!VERSION.equals(format.getProperty("version"))) {
                throw new IOException("the report log in " + directory
                        + " has a format that this version does not know: version=" + format.getProperty("version"));
            }
            if (!String.valueOf(partitions).equals(format.getProperty("partitions"))) {
                throw new IllegalArgumentException(
                        "the number of partitions is fixed when the log is created: directory=" + directory
                                + " created=" + format.getProperty("partitions") + " configured=" + partitions);
            }
            return;
        }
        format.setProperty("version", VERSION);
        format.setProperty("partitions", String.valueOf(partitions));
        Path next = directory.resolve("format.next");
        try (Writer writer = Files.newBufferedWriter(next)) {
            format.store(writer, "Report log");
        }
        try (FileChannel written = FileChannel.open(next, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}

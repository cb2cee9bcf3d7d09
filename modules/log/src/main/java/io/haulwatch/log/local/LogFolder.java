package io.haulwatch.log.local;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The log's folder, locked for this process.
 *
 * <pre>
 * lock      held while the log is open, through reopening too
 * format    version and number of partitions, written once
 * ends      see EndMarks
 * db.damaged-...  what a salvage found
 * db/       RocksDB's files
 * native/   RocksDB's library, unpacked
 * </pre>
 */
final class LogFolder implements AutoCloseable {
    private static final String VERSION = "1";

    /**
     * Folders this process has open. Asked before the lock file is opened a second time: closing any channel of a file releases all
     * of the process's locks on it.
     */
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path realPath;
    private final FileChannel channel;

    private LogFolder(Path directory, Path realPath, FileChannel channel) {
        this.directory = directory;
        this.realPath = realPath;
        this.channel = channel;
    }

    static LogFolder lock(LocalLogOptions options) throws IOException {
        Path directory = options.directory();
        Files.createDirectories(directory);
        Path realPath = directory.toRealPath();
        if (!OPEN_HERE.add(realPath)) {
            throw new LogInUseException(directory);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new LogInUseException(directory);
            }
            LogFolder folder = new LogFolder(directory, realPath, channel);
            folder.checkFormat(options.partitions());
            folder.finishSalvage();
            return folder;
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            OPEN_HERE.remove(realPath);
            throw e;
        }
    }

    Path database() {
        return directory.resolve("db");
    }

    /** Where salvage builds the new files; complete as soon as the old ones are moved away. */
    Path nextDatabase() {
        return directory.resolve("db.next");
    }

    Path nativeLibrary() {
        return directory.resolve("native");
    }

    /** The format of this folder in another one, for a copy of the log. */
    void copyFormat(Path target) throws IOException {
        Files.createDirectories(target);
        Files.copy(directory.resolve("format"), target.resolve("format"));
    }

    /** Releases the lock. */
    @Override
    public void close() throws IOException {
        channel.close();
        OPEN_HERE.remove(realPath);
    }

    /** A salvage that was interrupted between its two renames. */
    private void finishSalvage() throws IOException {
        if (!Files.exists(database()) && Files.exists(nextDatabase())) {
            Files.move(nextDatabase(), database());
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

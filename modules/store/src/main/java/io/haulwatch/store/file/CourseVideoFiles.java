package io.haulwatch.store.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Videos of courses, which come in pieces over days and lines that break. Names of files are ids made here. What was told to be durable stays so; bytes
 * behind it are overwritten by the piece that comes next. None is ever whole in memory.
 */
public final class CourseVideoFiles {
    /** So much is written at most before it is made durable and told. */
    static final long DURABLE_EVERY = 64L * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final long leastFree;
    private final long largest;

    /**
     * @param folder made when it is needed
     * @param leastFree bytes of free space below which nothing is kept: the log comes first
     * @param largest bytes of one video
     */
    public CourseVideoFiles(Path folder, long leastFree, long largest) {
        this.folder = folder;
        this.leastFree = leastFree;
        this.largest = largest;
    }

    /** Told how far a file is on the disk. */
    @FunctionalInterface
    public interface Progress {
        void durable(long position) throws IOException, SQLException;
    }

    /** The disk has no room for more; what was told to be durable is. */
    public static final class NoRoomException extends IOException {
        private static final long serialVersionUID = 1L;

        NoRoomException(Path folder, long free) {
            super("too little free space to keep a video: folder=" + folder + " freeBytes=" + free);
        }
    }

    /** Bytes of the largest one that is taken. */
    public long largest() {
        return largest;
    }

    /** Bytes that may still be kept. */
    public long room() throws IOException {
        Files.createDirectories(folder);
        return Math.max(0, Files.getFileStore(folder).getUsableSpace() - leastFree);
    }

    /**
     * Writes a piece. However it ends, what came of it is on the disk and told before this returns or throws.
     *
     * @param from where the piece begins; so much of the file is there
     * @param length of the piece
     * @throws EOFException if the piece ends earlier
     * @throws NoSuchFileException if the file is shorter than that
     */
    public void append(UUID id, long from, long length, InputStream in, Progress progress)
            throws IOException, SQLException {
        Files.createDirectories(folder);
        Path file = path(id);
        boolean made = !Files.exists(file);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (made) {
                DurableFile.sync(folder);
            }
            if (out.size() < from) {
                throw new NoSuchFileException(file.toString(), null, "bytes=" + out.size() + " told=" + from);
            }
            out.position(from);
            new Writing(out, from, progress).take(in, from + length);
        }
    }

    private final class Writing {
        private final FileChannel out;
        private final Progress progress;
        private final byte[] buffer = new byte[BUFFER];
        private long at;
        private long durable;
        private boolean failed;

        Writing(FileChannel out, long from, Progress progress) {
            this.out = out;
            this.progress = progress;
            this.at = from;
            this.durable = from;
        }

        void take(InputStream in, long end) throws IOException, SQLException {
            try {
                while (at < end) {
                    if (at == durable) {
                        requireRoom(Math.min(DURABLE_EVERY, end - at));
                    }
                    int read = in.read(buffer, 0, (int) Math.min(BUFFER, end - at));
                    if (read < 0) {
                        throw new EOFException("the piece ended early: at=" + at + " end=" + end);
                    }
                    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                    at += read;
                    if (at - durable >= DURABLE_EVERY) {
                        settle();
                    }
                }
            } catch (IOException e) {
                settle();
                throw e;
            }
            settle();
        }

        /** What a disk once failed to take it may say to have taken when it is asked again: it is not asked. */
        private void settle() throws IOException, SQLException {
            if (at > durable && !failed) {
                failed = true;
                out.force(true);
                failed = false;
                durable = at;
                progress.durable(at);
            }
        }

        private void requireRoom(long bytes) throws IOException {
            long room = room();
            if (room < bytes) {
                throw new NoRoomException(folder, room);
            }
        }
    }

    /** How a file begins. */
    public byte[] head(UUID id) throws IOException {
        try (InputStream in = Files.newInputStream(path(id))) {
            return in.readNBytes(VideoFormat.HEAD_BYTES);
        }
    }

    /** SHA-256 of the first {@code size} bytes, read from the file. */
    public byte[] sha256(UUID id, long size) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(path(id))) {
            for (long left = size; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(BUFFER, left));
                if (read < 0) {
                    throw new EOFException("a video is shorter than it was told: id=" + id + " missing=" + left);
                }
                digest.update(buffer, 0, read);
                left -= read;
            }
        }
        return digest.digest();
    }

    /** Whether all of a file is there. */
    public boolean holds(UUID id, long size) throws IOException {
        try {
            return Files.size(path(id)) >= size;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** To read from; whoever asked closes it. @throws NoSuchFileException if it is not there */
    public FileChannel open(UUID id) throws IOException {
        return FileChannel.open(path(id), StandardOpenOption.READ);
    }

    /** Lets go of one that no row names. */
    public void drop(UUID id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    /** Those that nobody has written to since a moment. */
    public List<UUID> untouchedSince(Instant moment) throws IOException {
        List<UUID> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                try {
                    UUID id = UUID.fromString(name);
                    if (id.toString().equals(name)
                            && Files.getLastModifiedTime(file).toInstant().isBefore(moment)) {
                        found.add(id);
                    }
                } catch (IllegalArgumentException e) {
                    // Not one of ours.
                } catch (NoSuchFileException e) {
                    // Gone meanwhile.
                }
            }
        }
        return found;
    }

    private Path path(UUID id) {
        return folder.resolve(id.toString());
    }
}

package io.haulwatch.store.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** Files that only their owner reads, made once and whole: nobody finds half of one, and two who start at once keep one and the same. */
public final class PrivateFile {
    private PrivateFile() {}

    /** What the file holds; it is made first if it is not there, and is on the disk when this returns. */
    public static byte[] readOrMake(Path file, Supplier<byte[]> content) throws IOException {
        if (!Files.exists(file)) {
            make(file, content.get());
        }
        return Files.readAllBytes(file);
    }

    private static void make(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("not a file: path=" + file);
        }
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(
                folder,
                file.getFileName().toString(),
                ".unfinished",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // A link does not replace what another start made; a rename would.
            return;
        } finally {
            Files.deleteIfExists(unfinished);
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}

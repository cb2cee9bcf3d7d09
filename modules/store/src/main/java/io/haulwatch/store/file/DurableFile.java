package io.haulwatch.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file so that it is there, whole and with its name, once the call returns; never half of it. */
final class DurableFile {
    private DurableFile() {}

    /**
     * Writes a file that is not there.
     *
     * @param folder that holds the file's own folder; synced when that one is made
     * @param leastFree bytes of free space that must be left, besides the file
     */
    static void write(Path folder, Path file, byte[] content, long leastFree) throws IOException {
        Path inside = file.resolveSibling("");
        if (!Files.isDirectory(inside)) {
            Files.createDirectories(inside);
            sync(folder);
        }
        long free = Files.getFileStore(inside).getUsableSpace();
        if (free < leastFree + content.length) {
            throw new IOException("too little free space to keep a file: folder=" + folder + " freeBytes=" + free);
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        sync(inside);
    }

    static void sync(Path directory) throws IOException {
        try (FileChannel open = FileChannel.open(directory, StandardOpenOption.READ)) {
            open.force(true);
        }
    }
}

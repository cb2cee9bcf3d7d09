package io.haulwatch.app.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that takes up room on the disk without being written. */
final class Ballast implements AutoCloseable {
    private final Path file;
    private final long bytes;

    private Ballast(Path file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** Reserves the room by the system's own program: Java only makes files with holes, which take none. */
    static Ballast of(Path file, long bytes) throws IOException, InterruptedException {
        Ballast ballast = new Ballast(file, bytes);
        Process process = new ProcessBuilder("fallocate", "-l", Long.toString(bytes), file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            ballast.close();
            throw new IOException("no room reserved: bytes=" + bytes + " said=" + said);
        }
        return ballast;
    }

    @Override
    public String toString() {
        return "a ballast of " + bytes / 1_000_000 + " MB";
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}

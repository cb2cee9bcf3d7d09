package io.haulwatch.store.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's {@code postmaster.pid}. PostgreSQL takes any living process id in it for a running server, also a zombie's and
 * also that of a stranger who got the number after a reboot; so we look closer before a start.
 */
final class PostmasterLock {
    /** Who holds the lock. */
    enum Holder {
        NOBODY,
        /** A living server on this very data folder. */
        OUR_SERVER,
        /** The file names a process that is dead, a zombie, or another program. */
        STALE
    }

    private static final int STATUS_LINE = 7;

    private final Path cluster;
    private final Path file;

    PostmasterLock(Path cluster) {
        this.cluster = cluster;
        this.file = cluster.resolve("postmaster.pid");
    }

    Holder holder() throws IOException {
        Long pid = pid();
        if (pid == null) {
            return Files.exists(file) ? Holder.STALE : Holder.NOBODY;
        }
        return isOurServer(pid) ? Holder.OUR_SERVER : Holder.STALE;
    }

    /** The process id in the file, or null if there is none. */
    @Nullable
    Long pid() throws IOException {
        List<String> lines = lines();
        if (lines.isEmpty()) {
            return null;
        }
        try {
            return Long.parseLong(lines.getFirst().strip());
        } catch (NumberFormatException e) {
            return null; // half-written before a power loss
        }
    }

    /** Whether the server with this id says that it takes connections. */
    boolean saysReady(long pid) throws IOException {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE
                && lines.getFirst().strip().equals(Long.toString(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /** Removes the file; only after {@link #holder} said that it is stale. */
    void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Whether the process is alive, no zombie, a postgres, and works on our folder. */
    boolean isOurServer(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            if (state == 'Z' || state == 'X') {
                return false;
            }
            String command = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            String arguments = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return command.startsWith("postgres")
                    && arguments.contains(new String(
                            cluster.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return false; // gone while we looked
        }
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}

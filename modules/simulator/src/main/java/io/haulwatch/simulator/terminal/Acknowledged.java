package io.haulwatch.simulator.terminal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What a terminal remembers over a restart: its authentication code and the last device time that was acknowledged. */
final class Acknowledged {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, Memory> byPhone = new ConcurrentSkipListMap<>();
    private volatile boolean changed;

    /** @param code authentication code, empty before the first registration */
    record Memory(String code, long millis) {}

    private record Content(int version, Map<String, Memory> terminals) {}

    Acknowledged(Path folder) throws IOException {
        Files.createDirectories(folder);
        file = folder.resolve("acknowledged.json");
        if (Files.exists(file)) {
            byPhone.putAll(JSON.readValue(file.toFile(), Content.class).terminals());
        }
    }

    /** The memory of a terminal; one without any starts at {@link Long#MIN_VALUE}. */
    Memory of(String phone) {
        return byPhone.getOrDefault(phone, new Memory("", Long.MIN_VALUE));
    }

    void remember(String phone, String code, long millis) {
        byPhone.put(phone, new Memory(code, millis));
        changed = true;
    }

    /** Writes the file if anything changed; it may fall back a little after a crash, the platform knows repetitions. */
    void save() throws IOException {
        if (!changed) {
            return;
        }
        changed = false;
        Path next = file.resolveSibling("acknowledged.json.next");
        JSON.writeValue(next.toFile(), new Content(1, new TreeMap<>(byPhone)));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

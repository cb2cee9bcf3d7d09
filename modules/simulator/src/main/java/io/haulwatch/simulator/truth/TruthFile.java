package io.haulwatch.simulator.truth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.simulator.terminal.Identity;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;

/** What an observer saw, one JSON object a line, truck by truck. */
public final class TruthFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TruthFile() {}

    /**
     * Writes the file; the folder must exist.
     *
     * @return lines written
     */
    public static int write(Path file, Observer observer, List<Identity> trucks, Instant from, Instant to)
            throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        int lines = 0;
        try (Writer out = Files.newBufferedWriter(next)) {
            for (Identity truck : trucks) {
                for (TrueEpisode episode : observer.watch(truck, from, to)) {
                    out.append(line(episode)).append('\n');
                    lines++;
                }
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return lines;
    }

    private static String line(TrueEpisode episode) throws IOException {
        ObjectNode line = JSON.createObjectNode();
        line.put("phone", episode.phone()).put("plate", episode.plate()).put("kind", episode.kind());
        line.put("start", episode.start().toString()).put("end", episode.end().toString());
        episode.because().forEach((name, value) -> line.set(name, JSON.valueToTree(value)));
        return JSON.writeValueAsString(line);
    }
}

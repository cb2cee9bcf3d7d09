package io.haulwatch.store.register;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** What an import did, by kind of object. */
public record ImportReport(String file, Map<String, Count> counts) {
    /**
     * Objects of one kind.
     *
     * @param read in the file
     * @param added not known before
     * @param changed known, and different now
     */
    public record Count(int read, int added, int changed) {}

    public ImportReport {
        counts = new LinkedHashMap<>(counts);
    }

    /** Objects added and changed of all kinds. */
    public int changes() {
        return counts.values().stream()
                .mapToInt(count -> count.added() + count.changed())
                .sum();
    }

    /** One sentence for people. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", file + ": ", "");
        text.setEmptyValue(file + ": nothing in it");
        counts.forEach((kind, count) -> {
            if (count.read() > 0) {
                text.add(count.read() + " " + kind + " (" + count.added() + " new, " + count.changed() + " changed)");
            }
        });
        return text.toString();
    }
}

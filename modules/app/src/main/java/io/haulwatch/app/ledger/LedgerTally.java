package io.haulwatch.app.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts rows beside the lines of ledgers. First all lines, then all rows. */
final class LedgerTally {
    private static final int EXAMPLES = 10;

    /** What a ledger's line says of a report. */
    record Place(String phone, long deviceSecond, int latitude, int longitude) {}

    /** What a ledger's line leaves out of the 28-byte base. */
    record Rest(int alarms, int status, int altitude, int speed, int heading) {}

    private final Map<Place, List<Rest>> rows = new HashMap<>();
    private final Set<Place> repeated = new HashSet<>();
    private long lines;
    private long firstSecond = Long.MAX_VALUE;
    private long lastSecond = Long.MIN_VALUE;

    void promised(Place line) {
        lines++;
        rows.put(line, List.of());
        firstSecond = Math.min(firstSecond, line.deviceSecond());
        lastSecond = Math.max(lastSecond, line.deviceSecond());
    }

    /** A row; those that no line speaks of do not count. */
    void stored(Place place, Rest rest) {
        List<Rest> before = rows.get(place);
        if (before == null) {
            return;
        }
        if (before.contains(rest)) {
            repeated.add(place);
            return;
        }
        List<Rest> now = new ArrayList<>(before);
        now.add(rest);
        rows.put(place, List.copyOf(now));
    }

    /** Device time of the earliest line, s since 1970; above that of the last if there is none. */
    long firstSecond() {
        return lines == 0 ? 0 : firstSecond;
    }

    long lastSecond() {
        return lines == 0 ? -1 : lastSecond;
    }

    LedgerCheck.Result result() {
        List<String> examples = new ArrayList<>();
        long missing = 0;
        for (Map.Entry<Place, List<Rest>> line : rows.entrySet()) {
            if (line.getValue().isEmpty()) {
                missing++;
                example(examples, line.getKey() + " is not stored");
            }
        }
        repeated.forEach(place -> example(examples, place + " is stored twice"));
        return new LedgerCheck.Result(lines, rows.size(), missing, repeated.size(), examples);
    }

    private static void example(List<String> examples, String text) {
        if (examples.size() < EXAMPLES) {
            examples.add(text);
        }
    }
}

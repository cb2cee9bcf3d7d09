package io.haulwatch.store.register;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of each object of a file: made, changed in these fields, or left as it is. */
final class LineLog {
    private final Map<String, Fate> fates = new LinkedHashMap<>();

    /** One object's. */
    static final class Fate {
        private boolean created;
        private int id;
        private final List<LineReport.Change> changes = new ArrayList<>();

        /** Notes which row it is. */
        Fate is(int row) {
            id = row;
            return this;
        }

        /** The company, vehicle or driver; 0 for others. */
        int id() {
            return id;
        }

        /** Notes a field if it is different now. */
        Fate differs(String field, @Nullable Object before, @Nullable Object after) {
            if (!created && !Objects.equals(before, after)) {
                changes.add(new LineReport.Change(field, text(before), text(after)));
            }
            return this;
        }

        private static @Nullable String text(@Nullable Object value) {
            return switch (value) {
                case null -> null;
                case LocalDate day -> day.toString();
                default -> String.valueOf(value);
            };
        }

        LineReport.Outcome outcome() {
            return created
                    ? LineReport.Outcome.CREATED
                    : changes.isEmpty() ? LineReport.Outcome.UNCHANGED : LineReport.Outcome.CHANGED;
        }

        List<LineReport.Change> changes() {
            return List.copyOf(changes);
        }
    }

    Fate created(String path) {
        Fate fate = known(path);
        fate.created = true;
        return fate;
    }

    /** An object that is there already, or was made by this very import. */
    Fate known(String path) {
        return fates.computeIfAbsent(path, unseen -> new Fate());
    }

    /** The one of a file that speaks of one object only. */
    Fate only() {
        if (fates.size() != 1) {
            throw new IllegalStateException("not one line: " + fates.keySet());
        }
        return fates.values().iterator().next();
    }

    @Nullable
    Fate of(String path) {
        return fates.get(path);
    }
}

package io.haulwatch.store.register;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an import found wrong, in the order in which it was found. */
final class Faults {
    private static final int LONGEST_VALUE = 80;

    /**
     * One fault.
     *
     * @param path names the object in the file
     * @param field of the object; empty for the object itself
     * @param details fill the sentence's places
     */
    record Fault(String path, String field, @Nullable String value, ImportRule rule, List<String> details) {
        String sentence() {
            return (field.isEmpty() ? path : path + "." + field + "=" + value) + ": "
                    + ImportWords.english().why(rule, details);
        }
    }

    private final List<Fault> found = new ArrayList<>();

    void add(String path, String field, @Nullable Object value, ImportRule rule, Object... details) {
        found.add(new Fault(
                path,
                field,
                value == null ? null : cut(String.valueOf(value)),
                rule,
                java.util.Arrays.stream(details).map(String::valueOf).toList()));
    }

    private static String cut(String value) {
        return value.length() > LONGEST_VALUE
                ? value.substring(0, value.offsetByCodePoints(0, value.codePointCount(0, LONGEST_VALUE))) + "…"
                : value;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Fault> all() {
        return List.copyOf(found);
    }

    List<String> sentences() {
        return found.stream().map(Fault::sentence).toList();
    }
}

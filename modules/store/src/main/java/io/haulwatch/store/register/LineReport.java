package io.haulwatch.store.register;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import does with one line of a table, or what is wrong with it.
 *
 * @param part which table it belongs to; null for a sheet that is none of ours
 * @param sheet its name in the file; empty for CSV
 * @param line as a spreadsheet numbers it
 * @param name what the line is about: a plate, a name
 */
public record LineReport(
        @Nullable TablePart part,
        String sheet,
        int line,
        String name,
        Outcome outcome,
        List<Change> changes,
        List<Fault> faults) {
    public LineReport {
        changes = List.copyOf(changes);
        faults = List.copyOf(faults);
    }

    /** What becomes of a line. */
    public enum Outcome {
        CREATED,
        CHANGED,
        UNCHANGED,
        REFUSED
    }

    /** A field that gets another value. */
    public record Change(
            String field, @Nullable String before, @Nullable String after) {}

    /**
     * Something wrong.
     *
     * @param field key of the column; empty for the line itself
     * @param header the column's title as the file has it; empty if it has none
     * @param letter the column as a spreadsheet names it; empty if the file has none
     * @param details fill the places of the rule's sentence
     */
    public record Fault(
            String field,
            String header,
            String letter,
            @Nullable String value,
            ImportRule rule,
            List<String> details) {
        public Fault {
            details = List.copyOf(details);
        }
    }
}

package io.haulwatch.store.register;

import io.haulwatch.store.register.LineReport.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a table does to the register, line by line in the order of the tables. */
public record TableReport(List<LineReport> lines) {
    public TableReport {
        lines = List.copyOf(lines);
    }

    static TableReport of(RegisterTable table, Faults ofRegister, LineLog log) {
        Map<String, List<Faults.Fault>> faults = new HashMap<>();
        List<Faults.Fault> all = new ArrayList<>(table.faults.all());
        all.addAll(ofRegister.all());
        all.forEach(fault ->
                faults.computeIfAbsent(fault.path(), path -> new ArrayList<>()).add(fault));
        List<LineReport> lines = new ArrayList<>();
        table.places.forEach((path, place) -> {
            List<LineReport.Fault> wrong = faults.getOrDefault(path, List.of()).stream()
                    .map(fault -> fault(place, fault))
                    .toList();
            LineLog.Fate fate = log.of(path);
            lines.add(new LineReport(
                    place.part(),
                    place.sheet(),
                    place.line(),
                    place.name(),
                    !wrong.isEmpty() ? Outcome.REFUSED : fate == null ? Outcome.UNCHANGED : fate.outcome(),
                    wrong.isEmpty() && fate != null ? fate.changes() : List.of(),
                    wrong));
        });
        return new TableReport(lines);
    }

    private static LineReport.Fault fault(RegisterTable.Place place, Faults.Fault fault) {
        RegisterTable.Title title = place.titles().get(fault.field());
        return new LineReport.Fault(
                fault.field().startsWith("?") ? "" : fault.field(),
                title == null ? "" : title.text(),
                title == null ? "" : title.letter(),
                fault.value(),
                fault.rule(),
                fault.details());
    }

    /** Whether it can be taken in: no line is wrong. */
    public boolean isRight() {
        return lines.stream().noneMatch(line -> line.outcome() == Outcome.REFUSED);
    }

    /** How many lines of each table have each outcome. Faults of a whole sheet count with the table that they belong to. */
    public Map<TablePart, Map<Outcome, Integer>> counts() {
        Map<TablePart, Map<Outcome, Integer>> counts = new EnumMap<>(TablePart.class);
        for (LineReport line : lines) {
            TablePart part = line.part();
            if (part != null) {
                counts.computeIfAbsent(part, key -> new EnumMap<>(Outcome.class))
                        .merge(line.outcome(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Lines of each outcome. */
    public Map<Outcome, Integer> totals() {
        Map<Outcome, Integer> totals = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            totals.put(outcome, 0);
        }
        lines.forEach(line -> totals.merge(line.outcome(), 1, Integer::sum));
        return totals;
    }
}

package io.haulwatch.store.register;

import java.util.Set;

/**
 * What a page says of a line and a table cannot: which row it means, whatever that is called now, and what it empties.
 *
 * @param id of the company, vehicle, driver, terminal or paper
 * @param emptied keys of columns, each one that {@link TablePart#canEmpty} allows
 */
public record LineEdit(TablePart part, int id, Set<String> emptied) {
    public LineEdit {
        emptied = Set.copyOf(emptied);
        if (!emptied.stream().allMatch(part::canEmpty)) {
            throw new IllegalArgumentException("cannot be empty: " + emptied);
        }
    }
}

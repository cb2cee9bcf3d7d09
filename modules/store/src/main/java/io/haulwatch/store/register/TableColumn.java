package io.haulwatch.store.register;

/**
 * One column of a table.
 *
 * @param key the word of API and register file
 * @param holds what may stand in its cells
 * @param required whether each line needs it
 */
public record TableColumn(String key, Holds holds, boolean required) {
    /** What may stand in a cell. */
    public enum Holds {
        TEXT,
        /** People's numbers, which may begin with a plus. */
        PHONE,
        /** The number in a terminal's header. */
        TERMINAL_NUMBER,
        REGION,
        DAY,
        COLOUR,
        CLASS,
        EDITION,
        PAPER_KIND
    }

    static TableColumn needed(String key, Holds holds) {
        return new TableColumn(key, holds, true);
    }

    static TableColumn optional(String key, Holds holds) {
        return new TableColumn(key, holds, false);
    }
}

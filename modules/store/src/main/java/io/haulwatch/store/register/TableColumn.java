package io.haulwatch.store.register;

import org.jspecify.annotations.Nullable;

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
        /** A plate, with or without separators. */
        PLATE,
        /** People's numbers, which may begin with a plus. */
        PHONE,
        /** The number in a terminal's header. */
        TERMINAL_NUMBER,
        REGION,
        DAY,
        COLOUR,
        CLASS,
        EDITION,
        PAPER_KIND,
        /** A whole number from 0. */
        COUNT,
        /** Study hours, above 0 up to 24. */
        HOURS,
        GRADE,
        RESPONSIBILITY,
        TRAINING_KIND;

        /** The group of words that it takes one of, or null. */
        public @Nullable String group() {
            return switch (this) {
                case COLOUR -> "colour";
                case CLASS -> "class";
                case PAPER_KIND -> "kind";
                case GRADE -> "grade";
                case RESPONSIBILITY -> "responsibility";
                case TRAINING_KIND -> "training";
                case TEXT, PLATE, PHONE, TERMINAL_NUMBER, REGION, DAY, EDITION, COUNT, HOURS -> null;
            };
        }
    }

    static TableColumn needed(String key, Holds holds) {
        return new TableColumn(key, holds, true);
    }

    static TableColumn optional(String key, Holds holds) {
        return new TableColumn(key, holds, false);
    }
}

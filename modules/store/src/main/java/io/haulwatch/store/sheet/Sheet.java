package io.haulwatch.store.sheet;

import java.util.List;

/**
 * One table of a file: its lines with something in them.
 *
 * @param name of the sheet; empty for CSV
 */
public record Sheet(String name, List<Line> lines) {
    /** Columns beyond are not read: no table of ours is that wide. */
    public static final int MOST_COLUMNS = 64;

    public Sheet {
        lines = List.copyOf(lines);
    }

    /** @param number as a spreadsheet shows it, from 1 */
    public record Line(int number, List<Cell> cells) {
        public Line {
            cells = List.copyOf(cells);
        }

        /** The cell of a column from 0; an empty one beyond the last. */
        public Cell cell(int column) {
            return column < cells.size() ? cells.get(column) : Cell.EMPTY;
        }

        boolean isEmpty() {
            return cells.stream().allMatch(Cell::isEmpty);
        }
    }

    /** What a cell holds. */
    public enum Kind {
        TEXT,
        /** Counted by the spreadsheet: digits without grouping; a day is the number of days since {@link Cell#DAY_ZERO}. */
        NUMBER,
        /** Worked out by the spreadsheet; the text is the formula. */
        FORMULA,
        /** Such as #REF!. */
        ERROR
    }

    /** @param text without blanks at its ends */
    public record Cell(Kind kind, String text) {
        /** Day 0 of a spreadsheet's calendar. */
        public static final java.time.LocalDate DAY_ZERO = java.time.LocalDate.of(1899, 12, 30);

        static final Cell EMPTY = new Cell(Kind.TEXT, "");

        public boolean isEmpty() {
            return kind == Kind.TEXT && text.isEmpty();
        }
    }
}

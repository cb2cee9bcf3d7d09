package io.haulwatch.store.register;

import io.haulwatch.model.register.PlateText;
import io.haulwatch.store.register.RegisterTable.Title;
import io.haulwatch.store.sheet.Sheet.Cell;
import io.haulwatch.store.sheet.Sheet.Kind;
import io.haulwatch.store.sheet.Sheet.Line;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cells of one line. What is wrong is written down, and reading goes on, so that one look at the report mends a whole line. */
final class TableCells {
    private static final int LONGEST = 120;
    /** A spreadsheet keeps this many digits of a number and makes the others zero. */
    private static final int DIGITS_KEPT = 15;

    private static final String RUNS = "=+-@＝＋－＠";
    private static final Pattern DAY =
            Pattern.compile("(\\d{4})(?:[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?|(\\d{2})(\\d{2}))(?:[ T]00:00(?::00)?)?");
    private static final Pattern PLUS_NUMBER = Pattern.compile("\\+[0-9][0-9 ()-]*");
    private static final LocalDate FIRST_DAY = LocalDate.of(1950, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2100, 12, 31);

    private final String path;
    private final Map<String, Title> titles;
    private final Line line;
    private final Faults faults;
    private final TablePart part;
    private boolean right = true;

    TableCells(String path, Map<String, Title> titles, Line line, Faults faults) {
        this.path = path;
        this.titles = titles;
        this.line = line;
        this.faults = faults;
        this.part = partOf(path);
    }

    private static TablePart partOf(String path) {
        return TablePart.valueOf(path.substring(0, path.indexOf(':')).toUpperCase(java.util.Locale.ROOT));
    }

    /** Whether nothing was wrong so far. */
    boolean isRight() {
        return right;
    }

    void fault(String column, ImportRule rule, Object... details) {
        right = false;
        faults.add(path, column, cell(column).text(), rule, details);
    }

    private Cell cell(String column) {
        Title title = titles.get(column);
        return title == null ? new Cell(Kind.TEXT, "") : line.cell(title.index());
    }

    /** As it stands there. */
    String raw(String column) {
        String text = cell(column).text();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** A value that must be there; empty after writing down a fault. */
    String text(String column) {
        String text = optional(column);
        if (text == null && cell(column).isEmpty()) {
            fault(column, ImportRule.REQUIRED);
        }
        return text == null ? "" : text;
    }

    /** A value as the register keeps it, or null if the cell is empty or wrong. */
    @Nullable
    String optional(String column) {
        Cell cell = cell(column);
        if (cell.isEmpty()) {
            return null;
        }
        String text = cell.text();
        TableColumn.Holds holds =
                java.util.Objects.requireNonNull(part.column(column)).holds();
        if (cell.kind() == Kind.FORMULA) {
            fault(column, ImportRule.FORMULA);
        } else if (cell.kind() == Kind.ERROR) {
            fault(column, ImportRule.CELL_ERROR);
        } else if (text.codePointCount(0, text.length()) > LONGEST) {
            fault(column, ImportRule.TOO_LONG, LONGEST);
        } else if (text.codePoints().anyMatch(TableCells::isInvisible)) {
            fault(column, ImportRule.NOT_ONE_LINE);
        } else if (cell.kind() == Kind.NUMBER && text.replaceAll("\\D", "").length() > DIGITS_KEPT) {
            fault(column, ImportRule.DIGITS_LOST);
        } else if (cell.kind() == Kind.TEXT && RUNS.indexOf(text.charAt(0)) >= 0 && !isPhone(holds, text)) {
            fault(column, ImportRule.FORMULA_TEXT);
        } else {
            return typed(column, holds, text);
        }
        return null;
    }

    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.SURROGATE
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean isPhone(TableColumn.Holds holds, String text) {
        return holds == TableColumn.Holds.PHONE && PLUS_NUMBER.matcher(text).matches();
    }

    private @Nullable String typed(String column, TableColumn.Holds holds, String text) {
        return switch (holds) {
            case TEXT, PHONE, DAY -> text;
            case PLATE -> PlateText.plain(text);
            case REGION -> matching(column, text, "[0-9]{6}", ImportRule.NOT_A_REGION);
            case TERMINAL_NUMBER ->
                matching(
                        column,
                        text.replaceFirst("^0+(?=.)", ""),
                        "[0-9A-Fa-f]{1,20}",
                        ImportRule.NOT_A_TERMINAL_NUMBER);
            case EDITION -> matching(column, text, "2011|2013|2019", ImportRule.NOT_ONE_OF, "2011, 2013, 2019");
            case COUNT -> matching(column, text, "[0-9]{1,7}", ImportRule.NOT_A_COUNT);
            case HOURS ->
                matching(
                        column,
                        text,
                        "(?!0+([.]0+)?$)(?:[0-9]|1[0-9]|2[0-3])(?:[.][0-9]{1,2})?|24(?:[.]0{1,2})?",
                        ImportRule.NOT_HOURS);
            case COLOUR, CLASS, PAPER_KIND, GRADE, RESPONSIBILITY, TRAINING_KIND ->
                meaning(column, text, String.valueOf(holds.group()));
        };
    }

    private @Nullable String matching(String column, String text, String pattern, ImportRule rule, Object... details) {
        if (text.matches(pattern)) {
            return text;
        }
        fault(column, rule, details);
        return null;
    }

    private @Nullable String meaning(String column, String text, String group) {
        String meaning = ImportWords.meaning(group, text);
        if (meaning == null) {
            fault(column, ImportRule.NOT_ONE_OF, ImportWords.GROUP + group);
        }
        return meaning;
    }

    /** A day, or null if the cell is empty or wrong. */
    @Nullable
    LocalDate day(String column) {
        boolean needed = java.util.Objects.requireNonNull(part.column(column)).required();
        String text = needed ? text(column) : optional(column);
        if (text == null || text.isEmpty()) {
            return null;
        }
        LocalDate day = dayOf(text, cell(column).kind() == Kind.NUMBER);
        if (day == null || day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            fault(column, ImportRule.NOT_A_DATE);
            return null;
        }
        return day;
    }

    private static @Nullable LocalDate dayOf(String text, boolean counted) {
        try {
            Matcher match = DAY.matcher(text);
            if (match.matches()) {
                boolean short8 = match.group(4) != null;
                return LocalDate.of(
                        Integer.parseInt(match.group(1)),
                        Integer.parseInt(match.group(short8 ? 4 : 2)),
                        Integer.parseInt(match.group(short8 ? 5 : 3)));
            }
            return counted && text.matches("[0-9]{1,6}") ? Cell.DAY_ZERO.plusDays(Long.parseLong(text)) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}

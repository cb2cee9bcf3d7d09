package io.haulwatch.store.register;

import io.haulwatch.store.register.TableColumn.Holds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Files for whoever keeps a table: the templates to fill in, and the report of an import. */
public final class TableFiles {
    public static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public static final String CSV = "text/csv; charset=utf-8";

    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final int PREPARED_LINES = 2_000;
    private static final int WIDE = 22;
    private static final Pattern BELOW_ZERO = Pattern.compile("-[0-9]+([.][0-9]+)?");

    private TableFiles() {}

    /** A workbook with an empty sheet for each table and one that explains the columns. */
    public static byte[] template(ImportWords words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "Haulwatch", null)) {
            for (TablePart part : TablePart.values()) {
                Worksheet sheet = book.newWorksheet(words.title(part));
                List<TableColumn> columns = part.columns();
                for (int i = 0; i < columns.size(); i++) {
                    sheet.value(0, i, words.title(part, columns.get(i).key()));
                    sheet.width(i, WIDE);
                    sheet.style(0, i)
                            .bold()
                            .fillColor(columns.get(i).required() ? "D5ECEA" : "EEF2F3")
                            .set();
                    // Text from the beginning: a number of 18 digits is then kept whole.
                    sheet.range(1, i, PREPARED_LINES, i).style().format("@").set();
                }
                sheet.freezePane(0, 1);
                sheet.finish();
            }
            help(book.newWorksheet(words.text("part.help")), words);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        return out.toByteArray();
    }

    private static void help(Worksheet sheet, ImportWords words) throws IOException {
        int row = 0;
        for (String title : List.of("template.sheet", "template.column", "template.needed", "template.what")) {
            sheet.value(0, row, words.text(title));
            sheet.style(0, row).bold().set();
            sheet.width(row, row == 3 ? 4 * WIDE : WIDE);
            row++;
        }
        row = 1;
        for (TablePart part : TablePart.values()) {
            for (TableColumn column : part.columns()) {
                sheet.value(row, 0, words.title(part));
                sheet.value(row, 1, words.title(part, column.key()));
                sheet.value(row, 2, words.text(column.required() ? "template.yes" : "template.no"));
                sheet.value(row, 3, what(words, part, column));
                row++;
            }
        }
        sheet.value(row + 1, 0, words.text("template.empty"));
        sheet.value(row + 2, 0, words.text("template.text"));
        sheet.finish();
    }

    private static String what(ImportWords words, TablePart part, TableColumn column) {
        String group = column.holds().group();
        if (group != null) {
            return String.join(", ", words.group(group).values());
        }
        String told = words.optional("help." + part.word() + "." + column.key());
        if (told != null) {
            return told;
        }
        return column.holds() == Holds.EDITION ? "2011, 2013, 2019" : column.holds() == Holds.DAY ? "2026-03-01" : "";
    }

    /** The titles of one table as CSV, to be filled in; UTF-8 with the mark by which spreadsheets know it. */
    public static byte[] template(ImportWords words, TablePart part) {
        return csv(List.of(part.columns().stream()
                .map(column -> words.title(part, column.key()))
                .toList()));
    }

    /** Every line with what becomes of it; a line that is wrong in two columns has two rows. Nothing in it runs as a formula. */
    public static byte[] report(ImportWords words, TableReport report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(java.util.stream.Stream.of(
                        "template.sheet",
                        "report.line",
                        "report.name",
                        "report.outcome",
                        "report.column",
                        "report.value",
                        "report.why",
                        "report.do",
                        "report.before",
                        "report.after")
                .map(words::text)
                .toList());
        for (LineReport line : report.lines()) {
            List<String> begin = List.of(
                    sheetName(words, line), Integer.toString(line.line()), line.name(), words.outcome(line.outcome()));
            for (LineReport.Fault fault : line.faults()) {
                rows.add(joined(
                        begin,
                        columnName(words, line, fault),
                        fault.value(),
                        words.why(fault.rule(), fault.details()),
                        words.todo(fault.rule(), fault.details()),
                        "",
                        ""));
            }
            for (LineReport.Change change : line.changes()) {
                rows.add(joined(
                        begin,
                        fieldName(words, line, change.field()),
                        "",
                        "",
                        "",
                        shown(words, change.field(), change.before()),
                        shown(words, change.field(), change.after())));
            }
            if (line.faults().isEmpty() && line.changes().isEmpty()) {
                rows.add(joined(begin, "", "", "", "", "", ""));
            }
        }
        return csv(rows);
    }

    /** The sheet as the file names it, or the table for a file that has no sheets. */
    public static String sheetName(ImportWords words, LineReport line) {
        TablePart part = line.part();
        return line.sheet().isEmpty() && part != null ? words.title(part) : line.sheet();
    }

    /** A column as its owner finds it: its title and its letter. */
    public static String columnName(ImportWords words, LineReport line, LineReport.Fault fault) {
        String title = fault.header().isEmpty() ? fieldName(words, line, fault.field()) : fault.header();
        return fault.letter().isEmpty() ? title : title + " (" + fault.letter() + ")";
    }

    /** The title of a column, also of one that the file does not have. */
    public static String fieldName(ImportWords words, LineReport line, String field) {
        TablePart part = line.part();
        return part == null || part.column(field) == null ? field : words.title(part, field);
    }

    /** A value in words, where the register keeps a code. */
    public static @Nullable String shown(ImportWords words, String field, @Nullable String value) {
        String group = switch (field) {
            case "plate_colour" -> "colour";
            case "vehicle_class" -> "class";
            default -> "";
        };
        return value == null || group.isEmpty() ? value : words.group(group).getOrDefault(value, value);
    }

    private static List<String> joined(List<String> begin, @Nullable String... more) {
        List<String> row = new ArrayList<>(begin);
        for (String each : more) {
            row.add(each == null ? "" : each);
        }
        return row;
    }

    /** A table as a spreadsheet takes it: UTF-8 with its mark, no cell that would run. */
    public static byte[] csv(List<List<String>> rows) {
        StringBuilder out = new StringBuilder().append(BYTE_ORDER_MARK);
        try (CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180)) {
            for (List<String> row : rows) {
                csv.printRecord(row.stream().map(TableFiles::withoutFormula).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A workbook with one sheet of texts, the first row its titles: no cell in it is a formula. */
    public static byte[] workbook(String title, List<List<String>> rows) {
        return workbook(List.of(new SheetRows(title, rows)));
    }

    /** A sheet of a workbook. @param rows the first one its titles; a number stays a number, everything else is text */
    public record SheetRows(String title, List<? extends List<?>> rows) {}

    /** A workbook with some sheets: no cell in it is a formula. */
    public static byte[] workbook(List<SheetRows> sheets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "Haulwatch", null)) {
            for (SheetRows each : sheets) {
                Worksheet sheet = book.newWorksheet(each.title());
                for (int row = 0; row < each.rows().size(); row++) {
                    List<?> cells = each.rows().get(row);
                    for (int column = 0; column < cells.size(); column++) {
                        cell(sheet, row, column, cells.get(column));
                        if (row == 0) {
                            sheet.width(column, WIDE);
                            sheet.style(0, column).bold().set();
                        }
                    }
                }
                sheet.freezePane(0, 1);
                sheet.finish();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        return out.toByteArray();
    }

    /** Rows of a table that may be too long for the memory. */
    @FunctionalInterface
    public interface RowSource {
        /** The next rows; none at the end. */
        List<? extends List<?>> next() throws IOException, SQLException;
    }

    /** A sheet whose rows are read while it is written. */
    public record LongSheet(String title, List<String> titles, RowSource rows) {
        public LongSheet {
            titles = List.copyOf(titles);
        }
    }

    /** Writes a workbook with sheets of any length, some thousand rows of it in memory at a time: no cell in it is a formula. */
    public static void workbook(OutputStream out, List<LongSheet> sheets) throws IOException, SQLException {
        try (Workbook book = new Workbook(out, "Haulwatch", null)) {
            for (LongSheet each : sheets) {
                Worksheet sheet = book.newWorksheet(each.title());
                sheet.freezePane(0, 1);
                for (int column = 0; column < each.titles().size(); column++) {
                    sheet.width(column, WIDE);
                    sheet.inlineString(0, column, withoutFormula(each.titles().get(column)));
                    sheet.style(0, column).bold().set();
                }
                int row = 1;
                List<? extends List<?>> rows = each.rows().next();
                while (!rows.isEmpty()) {
                    for (List<?> cells : rows) {
                        for (int column = 0; column < cells.size(); column++) {
                            if (cells.get(column) instanceof Number number) {
                                sheet.value(row, column, number);
                            } else {
                                // Not shared: the table of shared texts would hold all of them.
                                sheet.inlineString(
                                        row,
                                        column,
                                        withoutFormula(cells.get(column).toString()));
                            }
                        }
                        row++;
                    }
                    sheet.flush();
                    rows = each.rows().next();
                }
                sheet.finish();
            }
        }
    }

    /** Writes the same as CSV; UTF-8 with the mark by which spreadsheets know it. */
    public static void csv(OutputStream out, List<String> titles, RowSource source) throws IOException, SQLException {
        OutputStreamWriter text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write(BYTE_ORDER_MARK);
        CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180);
        csv.printRecord(titles);
        List<? extends List<?>> rows = source.next();
        while (!rows.isEmpty()) {
            for (List<?> cells : rows) {
                csv.printRecord(cells.stream()
                        .map(cell -> withoutFormula(cell.toString()))
                        .toList());
            }
            rows = source.next();
        }
        csv.flush();
    }

    private static void cell(Worksheet sheet, int row, int column, Object value) {
        if (value instanceof Number number) {
            sheet.value(row, column, number);
        } else {
            sheet.value(row, column, withoutFormula(value.toString()));
        }
    }

    /** A text that a spreadsheet would run as a formula gets an apostrophe in front; a number below zero stays one. */
    public static String withoutFormula(String text) {
        boolean runs = !text.isEmpty()
                && "=+-@\t\r\n＝＋－＠".indexOf(text.charAt(0)) >= 0
                && !BELOW_ZERO.matcher(text).matches();
        return runs ? "'" + text : text;
    }
}

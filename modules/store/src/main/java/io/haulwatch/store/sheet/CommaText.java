package io.haulwatch.store.sheet;

import io.haulwatch.store.sheet.Sheet.Cell;
import io.haulwatch.store.sheet.Sheet.Kind;
import io.haulwatch.store.sheet.Sheet.Line;
import io.haulwatch.store.sheet.SheetException.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * CSV as spreadsheets save it: UTF-8 with or without its mark, UTF-16 with its mark (Excel's "Unicode text"), or GB18030, which is what
 * Excel writes in China. Text that is not UTF-8 by chance alone is never valid UTF-8, so no guess is needed.
 */
final class CommaText {
    private static final char MARK = '\ufeff';

    private CommaText() {}

    static Sheet read(byte[] content) throws IOException {
        String text = decoded(content);
        if (text.indexOf('\0') >= 0) {
            throw notATable();
        }
        CSVFormat format =
                CSVFormat.RFC4180.builder().setDelimiter(delimiter(text)).get();
        List<Line> lines = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord record : parser) {
                List<Cell> cells = new ArrayList<>();
                for (int i = 0; i < Math.min(record.size(), Sheet.MOST_COLUMNS); i++) {
                    cells.add(new Cell(Kind.TEXT, record.get(i).strip()));
                }
                Line line = new Line(Math.toIntExact(record.getRecordNumber()), cells);
                if (!line.isEmpty()) {
                    lines.add(line);
                }
                if (lines.size() > SheetFile.MOST_LINES) {
                    throw SheetFile.tooManyLines();
                }
            }
        } catch (UncheckedIOException e) {
            throw new SheetException(
                    Reason.DAMAGED,
                    "The text cannot be read as CSV: "
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage())
                            + " Look for a quotation mark without its partner.");
        }
        return new Sheet("", lines);
    }

    private static String decoded(byte[] content) throws SheetException {
        boolean wide = content.length >= 2
                && ((content[0] == (byte) 0xff && content[1] == (byte) 0xfe)
                        || (content[0] == (byte) 0xfe && content[1] == (byte) 0xff));
        List<Charset> candidates =
                wide ? List.of(StandardCharsets.UTF_16) : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"));
        for (Charset candidate : candidates) {
            try {
                String text = candidate
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(content))
                        .toString();
                return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
            } catch (CharacterCodingException e) {
                // The next one may fit; none is told below.
            }
        }
        throw notATable();
    }

    private static SheetException notATable() {
        return new SheetException(
                Reason.NOT_A_TABLE,
                "This is neither an Excel workbook (.xlsx) nor CSV text in UTF-8 or GBK. Save the table as .xlsx or CSV.");
    }

    /** The sign that the first line has most of. */
    private static char delimiter(String text) {
        String first = text.lines().findFirst().orElse("");
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t'}) {
            long count = first.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }
}

package io.haulwatch.store.sheet;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.haulwatch.store.sheet.Sheet.Kind;
import io.haulwatch.store.sheet.Sheet.Line;
import io.haulwatch.store.sheet.SheetException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/** An Excel workbook, row by row. */
final class Workbook {
    private static final int MOST_PARTS = 1_000;
    /** Digits that stay a number; nothing we read has more. */
    private static final int MOST_SCALE = 20;

    private static final Pattern FAR = Pattern.compile("\\s*[A-Za-z]{4}");
    private static final XMLInputFactory XML = parser();

    private Workbook() {}

    static List<Sheet> read(byte[] content) throws IOException {
        measure(content);
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(content))) {
            if (book.isDate1904()) {
                throw new SheetException(
                        Reason.DAMAGED,
                        "The workbook counts days from 1904. Switch that off in its options and save it again.");
            }
            List<Sheet> sheets = new ArrayList<>();
            int lines = 0;
            for (var sheet : book.getSheets().toList()) {
                List<Line> read = lines(sheet, SheetFile.MOST_LINES - lines);
                lines += read.size();
                sheets.add(new Sheet(sheet.getName(), read));
            }
            return List.copyOf(sheets);
        } catch (SheetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library tells a broken workbook by many kinds of exception.
            throw damaged();
        }
    }

    private static SheetException damaged() {
        return new SheetException(
                Reason.DAMAGED,
                "The workbook is damaged. Open it in the spreadsheet program and save it again as .xlsx.");
    }

    /**
     * Unpacks everything once without keeping it: what a part says of its own size is not believed. Archive and XML are read by the same
     * code that the library uses, so that both see the same parts and the same cells.
     */
    private static void measure(byte[] content) throws SheetException {
        long left = SheetFile.MOST_UNPACKED;
        int parts = 0;
        try (ZipFile zip = ZipFile.builder().setByteArray(content).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                BoundedPart part = new BoundedPart(zip.getInputStream(entry), left);
                boolean farCell = hasFarCell(part);
                part.drain();
                left = part.left();
                if (left < 0 || ++parts > MOST_PARTS) {
                    throw tooLarge();
                }
                if (farCell) {
                    throw damaged();
                }
            }
        } catch (SheetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged();
        }
    }

    /** Whether a cell claims a place of more than three letters; the library would make room for all columns up to it. */
    private static boolean hasFarCell(InputStream part) {
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(part);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("c")) {
                    String place = reader.getAttributeValue(null, "r");
                    if (place != null && FAR.matcher(place).lookingAt()) {
                        return true;
                    }
                }
            }
        } catch (XMLStreamException | RuntimeException e) {
            // A picture, or XML that the library will not read beyond this point either.
            return false;
        }
        return false;
    }

    private static XMLInputFactory parser() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        return factory;
    }

    /** One part of an archive, up to a bound. */
    private static final class BoundedPart extends InputStream {
        private final InputStream part;
        private long left;

        BoundedPart(InputStream part, long left) {
            this.part = part;
            this.left = left;
        }

        /** Bytes that remain of the bound; below zero once it is passed. */
        long left() {
            return left;
        }

        void drain() throws IOException {
            byte[] buffer = new byte[16 * 1024];
            while (left >= 0 && read(buffer, 0, buffer.length) >= 0) {
                // counted by read
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = left < 0 ? -1 : part.read(buffer, offset, length);
            left -= Math.max(0, count);
            return count;
        }
    }

    private static SheetException tooLarge() {
        return new SheetException(
                Reason.UNPACKS_TOO_LARGE,
                "The workbook unpacks to more than " + SheetFile.MOST_UNPACKED / (1024 * 1024)
                        + " MB and is not opened. Copy the table into a new workbook and save that.");
    }

    private static List<Line> lines(org.dhatim.fastexcel.reader.Sheet sheet, int most) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Stream<Row> rows = sheet.openStream()) {
            for (Iterator<Row> each = rows.iterator(); each.hasNext(); ) {
                Row row = each.next();
                List<Sheet.Cell> cells = new ArrayList<>();
                for (int i = 0; i < Math.min(row.getCellCount(), Sheet.MOST_COLUMNS); i++) {
                    cells.add(cell(row.getOptionalCell(i).orElse(null)));
                }
                Line line = new Line(row.getRowNum(), cells);
                if (!line.isEmpty()) {
                    if (lines.size() >= most) {
                        throw SheetFile.tooManyLines();
                    }
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    private static Sheet.Cell cell(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return Sheet.Cell.EMPTY;
        }
        String raw = cell.getText() == null ? "" : cell.getText().strip();
        return switch (cell.getType()) {
            case FORMULA -> new Sheet.Cell(Kind.FORMULA, "=" + (cell.getFormula() == null ? "" : cell.getFormula()));
            case ERROR -> new Sheet.Cell(Kind.ERROR, raw);
            case NUMBER -> number(cell.asNumber(), raw);
            case STRING, BOOLEAN, EMPTY -> new Sheet.Cell(Kind.TEXT, raw);
        };
    }

    private static Sheet.Cell number(@Nullable BigDecimal number, String raw) {
        // Written out, 1E999999999 fills the memory.
        if (number == null || Math.abs(number.scale()) > MOST_SCALE || number.precision() > 2 * MOST_SCALE) {
            return new Sheet.Cell(Kind.TEXT, raw);
        }
        return new Sheet.Cell(Kind.NUMBER, number.stripTrailingZeros().toPlainString());
    }
}

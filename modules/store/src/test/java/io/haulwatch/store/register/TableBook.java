package io.haulwatch.store.register;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A workbook as somebody in an office fills it in. A text that begins with {@code fx:} becomes a formula. */
public final class TableBook {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Workbook book = new Workbook(out, "test", null);

    /** Adds a sheet, its titles first. */
    public TableBook sheet(String name, Object[]... rows) {
        Worksheet sheet = book.newWorksheet(name);
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[row].length; column++) {
                put(sheet, row, column, rows[row][column]);
            }
        }
        return this;
    }

    private static void put(Worksheet sheet, int row, int column, Object value) {
        if (value instanceof String text && text.startsWith("fx:")) {
            sheet.formula(row, column, text.substring(3));
        } else if (value instanceof String text) {
            sheet.value(row, column, text);
        } else if (value instanceof Number number) {
            sheet.value(row, column, number);
        } else {
            throw new IllegalArgumentException("value=" + value);
        }
    }

    public byte[] bytes() {
        try {
            book.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

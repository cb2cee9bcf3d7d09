package io.haulwatch.store.sheet;

import io.haulwatch.store.sheet.SheetException.Reason;
import java.io.IOException;
import java.util.List;

/**
 * Tells workbooks from CSV by what they are, not by their names, and reads either. What a file may cost is bounded before it is opened,
 * because whoever sends one may have been sent it.
 */
public final class SheetFile {
    /** Bytes of a file. */
    public static final int MOST_BYTES = 10 * 1024 * 1024;
    /** Lines of all sheets together. */
    public static final int MOST_LINES = 50_000;
    /** Bytes that a workbook may have when unpacked. */
    public static final long MOST_UNPACKED = 96L * 1024 * 1024;

    private SheetFile() {}

    /** @throws SheetException if it is none that can be read */
    public static List<Sheet> read(byte[] content) throws IOException {
        if (content.length > MOST_BYTES) {
            throw new SheetException(
                    Reason.TOO_LARGE,
                    "A table has at most " + MOST_BYTES / (1024 * 1024) + " MB: bytes=" + content.length
                            + ". Split it into several files.");
        }
        if (startsWith(content, 0x50, 0x4b, 0x03, 0x04)) {
            return Workbook.read(content);
        }
        if (startsWith(content, 0xd0, 0xcf, 0x11, 0xe0)) {
            throw new SheetException(
                    Reason.OLD_OR_LOCKED,
                    "This workbook is in the format before 2007, or locked with a password."
                            + " Save it as .xlsx without a password.");
        }
        return List.of(CommaText.read(content));
    }

    private static boolean startsWith(byte[] content, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= content.length || (content[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    static SheetException tooManyLines() {
        return new SheetException(
                Reason.TOO_MANY_LINES,
                "More than " + MOST_LINES + " lines are not read in one file. Split it into several files.");
    }
}

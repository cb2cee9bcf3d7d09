package io.haulwatch.log.local;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The log's files do not hold what was written: a checksum fails or a file is missing. The log is not opened, because going on would
 * hide that acknowledged reports are gone; the operator decides (see {@code docs/operations/log.md}).
 */
public final class DamagedLogException extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedLogException(Path directory, String what, Throwable cause) {
        super(message(directory, what), cause);
    }

    public DamagedLogException(Path directory, String what) {
        super(message(directory, what));
    }

    private static String message(Path directory, String what) {
        return "the report log in " + directory + " is damaged and was left untouched: " + what
                + ". Put back an intact copy of the folder, or run 'haulwatch salvage': what can be read is kept, the rest is"
                + " reported as lost, and the damaged files stay beside it";
    }
}

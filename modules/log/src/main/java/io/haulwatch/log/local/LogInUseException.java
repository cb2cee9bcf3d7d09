package io.haulwatch.log.local;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another part of this one, has the log open. */
public final class LogInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    public LogInUseException(Path directory) {
        super("the report log in " + directory
                + " is open in another process; stop that one first or give another data folder");
    }
}

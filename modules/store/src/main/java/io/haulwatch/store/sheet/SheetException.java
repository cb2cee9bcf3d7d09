package io.haulwatch.store.sheet;

import java.io.IOException;

/** A file that is not read at all. The message says why and what to do. */
public final class SheetException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Neither a workbook nor text. */
        NOT_A_TABLE,
        /** The format before 2007, or a workbook with a password. */
        OLD_OR_LOCKED,
        /** A workbook that breaks off or contradicts itself. */
        DAMAGED,
        /** Far larger inside than outside. */
        UNPACKS_TOO_LARGE,
        /** More lines than are read. */
        TOO_MANY_LINES,
        /** More bytes than are read. */
        TOO_LARGE
    }

    private final Reason reason;

    SheetException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package io.haulwatch.store.register;

import java.io.IOException;
import java.util.List;

/** A file that cannot be taken in as it is; nothing of it was. The message lists each fault: where, which value, which rule. */
public final class ImportException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 50;

    private final List<String> faults;

    ImportException(String file, List<String> faults) {
        super(message(file, faults));
        this.faults = List.copyOf(faults);
    }

    private static String message(String file, List<String> faults) {
        StringBuilder text = new StringBuilder(file)
                .append(": nothing was imported, ")
                .append(faults.size())
                .append(faults.size() == 1 ? " fault" : " faults");
        faults.stream().limit(SHOWN).forEach(fault -> text.append("\n  ").append(fault));
        if (faults.size() > SHOWN) {
            text.append("\n  … and ").append(faults.size() - SHOWN).append(" more");
        }
        return text.toString();
    }

    /** All faults, in the file's order. */
    public List<String> faults() {
        return faults;
    }
}

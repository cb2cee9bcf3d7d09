package io.haulwatch.store.register;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Takes register files and zones in: everything of a file in one transaction, or nothing. Repeating an import changes nothing.
 *
 * <p>What rules read counts from one minute after the import at the earliest, because positions before that may be judged already. Only
 * what was not there before counts from the beginning.
 */
public final class RegisterImport {
    private final DataSource writer;

    /** @param writer pool of the role that writes the register */
    public RegisterImport(DataSource writer) {
        this.writer = writer;
    }

    /**
     * Imports one file.
     *
     * @throws ImportException if the file has faults; each is named
     * @throws IOException if the file cannot be read
     */
    public ImportReport importFile(Path file) throws IOException, SQLException {
        String name = String.valueOf(file.getFileName());
        RegisterDocument document = RegisterDocument.read(file);
        if (!document.faults.isEmpty()) {
            throw new ImportException(name, document.faults);
        }
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                ImportRun run = new ImportRun(connection, document);
                run.all();
                List<String> faults = run.faults();
                if (!faults.isEmpty()) {
                    throw new ImportException(name, faults);
                }
                connection.commit();
                return new ImportReport(name, run.counts());
            } catch (IOException | SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }
}

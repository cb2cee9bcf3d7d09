package io.haulwatch.store.register;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

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
        return inTransaction(connection -> {
            ImportRun run = new ImportRun(connection, document, new LineLog());
            run.all();
            List<String> faults = run.faults().sentences();
            if (!faults.isEmpty()) {
                throw new ImportException(name, faults);
            }
            connection.commit();
            return new ImportReport(name, run.counts());
        });
    }

    /**
     * Says what taking a table in would do, line by line, and does nothing: everything is done in a transaction that is rolled back, so the
     * report is what {@link #takeTable} will do.
     *
     * @throws io.haulwatch.store.sheet.SheetException if the file is not read at all
     */
    public TableReport tryTable(byte[] content) throws IOException, SQLException {
        return tryLine(content, null);
    }

    /**
     * Says what one line of a page would do, and does nothing.
     *
     * @param content a table of one line
     * @param edit which row it means and what it empties; null for what its name says
     */
    public TableReport tryLine(byte[] content, @Nullable LineEdit edit) throws IOException, SQLException {
        RegisterTable table = RegisterTable.read(content);
        return inTransaction(connection -> {
            TableReport report = run(connection, table, edit, new LineLog());
            connection.rollback();
            return report;
        });
    }

    /**
     * Takes a table in as a report said, together with other work of the same transaction.
     *
     * @param expected the report that somebody agreed to
     * @param also done on the same connection, only if the table is taken in
     * @return the report; another one than expected if the register is no longer what it was: then nothing is done
     */
    public TableReport takeTable(byte[] content, TableReport expected, AlsoDone also) throws IOException, SQLException {
        return takeLine(content, null, expected, also);
    }

    /** Takes one line of a page in, as {@link #takeTable} does a table. */
    public TableReport takeLine(byte[] content, @Nullable LineEdit edit, TableReport expected, AlsoDone also)
            throws IOException, SQLException {
        RegisterTable table = RegisterTable.read(content);
        return inTransaction(connection -> {
            LineLog log = new LineLog();
            TableReport report = run(connection, table, edit, log);
            if (report.isRight() && report.equals(expected)) {
                also.with(connection, ids(table, log));
                connection.commit();
            } else {
                connection.rollback();
            }
            return report;
        });
    }

    /** Work in the transaction of an import; must not commit. */
    @FunctionalInterface
    public interface AlsoDone {
        /** @param ids of the company, vehicle or driver of each line of the report; 0 for others */
        void with(Connection connection, List<Integer> ids) throws SQLException;
    }

    /** Whether something was taken out of the register. */
    public enum Retired {
        DONE,
        /** It is not in the register. */
        NOT_THERE,
        /** A company with vehicles or drivers. */
        IN_USE
    }

    /** Work in the transaction of a retirement; must not commit. */
    @FunctionalInterface
    public interface AlsoRetired {
        void with(Connection connection, String name) throws SQLException;
    }

    /**
     * Takes a company, vehicle or driver out of the register; what it did stays.
     *
     * @param part one that {@link TablePart#canRetire}
     */
    public Retired retire(TablePart part, int id, AlsoRetired also) throws IOException, SQLException {
        return inTransaction(connection -> {
            KnownRegister.lock(connection);
            Retirement retirement = new Retirement(connection);
            String name = retirement.nameOf(part, id);
            if (name == null || retirement.isInUse(part, id)) {
                connection.rollback();
                return name == null ? Retired.NOT_THERE : Retired.IN_USE;
            }
            retirement.retire(part, id);
            also.with(connection, name);
            connection.commit();
            return Retired.DONE;
        });
    }

    private static List<Integer> ids(RegisterTable table, LineLog log) {
        return table.places.keySet().stream()
                .map(path -> {
                    LineLog.Fate fate = log.of(path);
                    return fate == null ? 0 : fate.id();
                })
                .toList();
    }

    private static TableReport run(Connection connection, RegisterTable table, @Nullable LineEdit edit, LineLog log)
            throws SQLException {
        ImportRun run = new ImportRun(connection, table.document, log, edit);
        run.all();
        return TableReport.of(table, run.faults(), log);
    }

    /** Commits or rolls back what it does. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws IOException, SQLException;
    }

    private <T> T inTransaction(Work<T> work) throws IOException, SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                return work.on(connection);
            } catch (IOException | SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }
}

package io.haulwatch.app.command;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.config.ConfigException;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.store.database.TableSums;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints each table with its number of rows and a sum over their content: two databases with the same lines hold the same. */
@Command(
        name = "sum-tables",
        description = "Print rows and a sum of each table, to compare two databases.",
        mixinStandardHelpOptions = true)
public final class SumTablesCommand implements Callable<Integer> {
    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private ConfigOptions config = new ConfigOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws StartException, ConfigException {
        try (DatabaseAccess access = DatabaseAccess.forExisting(
                        config.load(), spec.commandLine().getErr()::println);
                Connection connection = access.databases().administrator()) {
            TableSums.of(connection)
                    .forEach(table -> spec.commandLine()
                            .getOut()
                            .println(table.name() + " rows=" + table.rows() + " sum=" + table.sum()));
            return ExitCode.OK;
        } catch (SQLException e) {
            throw new StartException(ExitCode.DATABASE, "The tables cannot be read: " + e.getMessage() + ".", e);
        }
    }
}

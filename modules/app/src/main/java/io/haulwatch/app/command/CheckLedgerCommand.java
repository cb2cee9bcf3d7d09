package io.haulwatch.app.command;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.config.ConfigException;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.app.ledger.LedgerCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares ledgers that terminals kept of their acknowledged reports with the stored positions; exit code 1 if they differ. */
@Command(
        name = "check-ledger",
        description = "Compare ledgers of acknowledged reports with the stored positions.",
        mixinStandardHelpOptions = true)
public final class CheckLedgerCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private ConfigOptions config = new ConfigOptions();

    @Parameters(arity = "1..*", paramLabel = "LEDGER", description = "phone,serial,yyMMddHHmmss,lat,lon a line.")
    private List<Path> ledgers = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws StartException, ConfigException, IOException {
        try (DatabaseAccess access = DatabaseAccess.forExisting(
                        config.load(), spec.commandLine().getErr()::println);
                Connection connection = access.databases().administrator()) {
            LedgerCheck.Result result = LedgerCheck.check(connection, ledgers);
            spec.commandLine().getOut().println(result);
            return result.good() ? ExitCode.OK : DIFFERENT;
        } catch (SQLException e) {
            throw new StartException(
                    ExitCode.DATABASE, "The stored positions cannot be read: " + e.getMessage() + ".", e);
        }
    }
}

package io.haulwatch.app.command;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.config.ConfigException;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.store.audit.AuditChain;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Computes the audit's chain anew; exit code 1 if a row was changed, removed or slipped in. */
@Command(
        name = "verify-audit",
        description = "Look whether a row of the audit was changed, removed or slipped in.",
        mixinStandardHelpOptions = true)
public final class VerifyAuditCommand implements Callable<Integer> {
    private static final int BROKEN = 1;

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private ConfigOptions config = new ConfigOptions();

    @Option(names = "--noted", paramLabel = "HASH", description = "Hash of an earlier day that has to be in the chain.")
    private @Nullable String noted;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws StartException, ConfigException {
        PrintWriter out = spec.commandLine().getOut();
        try (DatabaseAccess access = DatabaseAccess.forExisting(
                        config.load(), spec.commandLine().getErr()::println);
                Connection connection = access.databases().administrator()) {
            AuditChain.Result result = AuditChain.verify(connection, noted);
            for (AuditChain.Day day : result.days()) {
                out.println(day.day() + "  " + day.rows() + " rows  " + day.hash());
            }
            result.faults().forEach(fault -> out.println("!! " + fault));
            out.println(
                    result.good()
                            ? "The audit is whole: " + result.rows() + " rows. Note the last hash of a day elsewhere."
                            : "The audit is NOT whole.");
            return result.good() ? ExitCode.OK : BROKEN;
        } catch (SQLException e) {
            throw new StartException(ExitCode.DATABASE, "The audit cannot be read: " + e.getMessage() + ".", e);
        }
    }
}

package io.haulwatch.app.command;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.config.ConfigException;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.store.register.RegisterImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes register files and zones into the register, beside a running service or without one. */
@Command(
        name = "import",
        description = "Take a register file or zones as GeoJSON into the register.",
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private ConfigOptions config = new ConfigOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Register file (JSON) or zones (GeoJSON).")
    private List<Path> files = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws StartException, ConfigException {
        PrintWriter out = spec.commandLine().getOut();
        try (DatabaseAccess access = DatabaseAccess.forCommand(
                config.load(Map.of()), sentence -> spec.commandLine().getErr().println("· " + sentence))) {
            RegisterImport register = new RegisterImport(access.databases().writer());
            for (Path file : files) {
                out.println(register.importFile(file));
            }
            return ExitCode.OK;
        } catch (SQLException e) {
            throw new StartException(ExitCode.DATABASE, "The register cannot be changed: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new StartException(ExitCode.USAGE, "A file cannot be read: " + e.getMessage() + ".", e);
        }
    }
}

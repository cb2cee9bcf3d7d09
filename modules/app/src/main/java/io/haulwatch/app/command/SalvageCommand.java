package io.haulwatch.app.command;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.config.Config;
import io.haulwatch.app.config.ConfigException;
import io.haulwatch.log.local.LocalLog;
import io.haulwatch.log.local.LocalLogOptions;
import io.haulwatch.log.local.LogInUseException;
import io.haulwatch.log.local.SalvageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The operator's way on when the report log was refused as damaged; see {@code docs/operations/log.md}. */
@Command(
        name = "salvage",
        description = "Build a damaged report log anew from what can be read and say what is lost.",
        mixinStandardHelpOptions = true)
public final class SalvageCommand implements Callable<Integer> {
    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private ConfigOptions config = new ConfigOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws StartException, ConfigException {
        Config loaded = config.load();
        Path folder = loaded.data().resolve("log");
        if (!Files.isDirectory(folder)) {
            throw new StartException(
                    ExitCode.USAGE, "There is no report log in " + folder + ": name the data folder with --data.");
        }
        try {
            SalvageReport report = LocalLog.salvage(LocalLogOptions.in(folder));
            spec.commandLine().getOut().print(report.describe());
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (LogInUseException e) {
            throw new StartException(
                    ExitCode.USAGE, "Haulwatch runs on the data folder " + loaded.data() + ": stop it first.", e);
        } catch (IOException e) {
            throw new StartException(ExitCode.DISK, "The report log cannot be salvaged: " + e.getMessage() + ".", e);
        }
    }
}

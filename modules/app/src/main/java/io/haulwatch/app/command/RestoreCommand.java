package io.haulwatch.app.command;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.backup.Restore;
import io.haulwatch.app.config.Config;
import io.haulwatch.app.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a data folder of a backup. */
@Command(name = "restore", description = "Make a data folder of a backup.", mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private ConfigOptions config = new ConfigOptions();

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "A whole backup: haulwatch-<time>.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path from;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws StartException, ConfigException {
        Config loaded = config.load();
        try {
            Restore.run(from, loaded.data());
        } catch (IOException e) {
            throw new StartException(ExitCode.DISK, "Nothing can be restored: " + e.getMessage() + ".", e);
        }
        spec.commandLine()
                .getOut()
                .println("Restored into " + loaded.data()
                        + ". Start the service on it; it recovers like after a crash.");
        return ExitCode.OK;
    }
}

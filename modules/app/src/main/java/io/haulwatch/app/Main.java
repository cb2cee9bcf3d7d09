package io.haulwatch.app;

import io.haulwatch.app.command.CheckLedgerCommand;
import io.haulwatch.app.command.ConfigCommand;
import io.haulwatch.app.command.DecodeCommand;
import io.haulwatch.app.command.ImportCommand;
import io.haulwatch.app.command.RestoreCommand;
import io.haulwatch.app.command.SalvageCommand;
import io.haulwatch.app.command.ServeCommand;
import io.haulwatch.app.command.SimulateCommand;
import io.haulwatch.app.command.SumTablesCommand;
import io.haulwatch.app.command.UserCommand;
import io.haulwatch.app.command.VerifyAuditCommand;
import io.haulwatch.app.config.ConfigException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code haulwatch serve | simulate | import | config | decode}. */
@Command(
        name = "haulwatch",
        description = "Freight-fleet safety monitoring.",
        mixinStandardHelpOptions = true,
        version = "haulwatch 0.1.0",
        subcommands = {
            ServeCommand.class,
            SimulateCommand.class,
            ImportCommand.class,
            ConfigCommand.class,
            DecodeCommand.class,
            CheckLedgerCommand.class,
            VerifyAuditCommand.class,
            SalvageCommand.class,
            RestoreCommand.class,
            SumTablesCommand.class,
            UserCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(
                args,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
    }

    /** Runs one command and returns its exit code, see {@link ExitCode}. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Main()).setOut(out).setErr(err);
        line.setExecutionExceptionHandler((failure, command, parsed) -> switch (failure) {
            case StartException known -> {
                err.println(known.getMessage());
                yield known.exitCode();
            }
            case ConfigException known -> {
                err.println(known.getMessage());
                yield ExitCode.USAGE;
            }
            default -> throw failure;
        });
        return args.length == 0 ? line.execute("--help") : line.execute(args);
    }
}

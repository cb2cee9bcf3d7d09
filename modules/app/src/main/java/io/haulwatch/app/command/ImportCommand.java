package io.haulwatch.app.command;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.config.ConfigException;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.store.register.ImportWords;
import io.haulwatch.store.register.LineReport;
import io.haulwatch.store.register.LineReport.Outcome;
import io.haulwatch.store.register.RegisterImport;
import io.haulwatch.store.register.TableFiles;
import io.haulwatch.store.register.TableReport;
import io.haulwatch.store.sheet.SheetFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes register files, tables and zones into the register, beside a running service or without one. */
@Command(
        name = "import",
        description = "Take a register file, tables (Excel, CSV) or zones (GeoJSON) into the register.",
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
    private static final int SHOWN = 50;

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private ConfigOptions config = new ConfigOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Register file (.json), zones (.geojson), or tables (.xlsx, .csv).")
    private List<Path> files = List.of();

    @Option(names = "--dry-run", description = "Tables: say what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Tables: write what becomes of each line to a CSV file; of several tables the last one's stays.")
    private @Nullable Path reportFile;

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            description = "Of reports: en or zh-CN.",
            defaultValue = "en")
    private String language = "en";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws StartException, ConfigException {
        PrintWriter out = spec.commandLine().getOut();
        try (DatabaseAccess access = DatabaseAccess.forCommand(
                config.load(), sentence -> spec.commandLine().getErr().println("· " + sentence))) {
            RegisterImport register = new RegisterImport(access.databases().writer());
            for (Path file : files) {
                if (isTable(file)) {
                    table(register, file, out);
                } else if (dryRun) {
                    throw new StartException(
                            ExitCode.USAGE, "--dry-run is for tables (.xlsx, .csv): file=" + file + ".");
                } else {
                    out.println(register.importFile(file));
                }
            }
            return ExitCode.OK;
        } catch (SQLException e) {
            throw new StartException(ExitCode.DATABASE, "The register cannot be changed: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new StartException(ExitCode.USAGE, "A file cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static boolean isTable(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !name.endsWith(".json") && !name.endsWith(".geojson");
    }

    private void table(RegisterImport register, Path file, PrintWriter out)
            throws IOException, SQLException, StartException {
        if (Files.size(file) > SheetFile.MOST_BYTES) {
            throw new StartException(
                    ExitCode.USAGE,
                    file + " has more than " + SheetFile.MOST_BYTES / (1024 * 1024)
                            + " MB; split it into several files.");
        }
        byte[] content = Files.readAllBytes(file);
        ImportWords words = ImportWords.of(language);
        TableReport report = register.tryTable(content);
        if (report.isRight() && !dryRun) {
            TableReport done = register.takeTable(content, report, (connection, ids) -> {});
            if (!done.equals(report)) {
                throw new StartException(
                        ExitCode.USAGE, "The register changed just now; nothing was imported. Try again.");
            }
        }
        if (reportFile != null) {
            Files.write(reportFile, TableFiles.report(words, report));
        }
        StringJoiner totals = new StringJoiner(", ", file.getFileName() + ": ", dryRun ? " (nothing was done)" : "");
        report.totals().forEach((outcome, lines) -> totals.add(lines + " " + words.outcome(outcome)));
        out.println(totals);
        if (!report.isRight()) {
            throw new StartException(ExitCode.USAGE, faults(words, report));
        }
    }

    private static String faults(ImportWords words, TableReport report) {
        StringBuilder text = new StringBuilder("nothing was imported:");
        List<String> all = report.lines().stream()
                .filter(line -> line.outcome() == Outcome.REFUSED)
                .flatMap(line -> line.faults().stream().map(fault -> said(words, line, fault)))
                .toList();
        all.stream().limit(SHOWN).forEach(each -> text.append("\n  ").append(each));
        if (all.size() > SHOWN) {
            text.append("\n  … and ").append(all.size() - SHOWN).append(" more; --report FILE has them all");
        }
        return text.toString();
    }

    private static String said(ImportWords words, LineReport line, LineReport.Fault fault) {
        return TableFiles.sheetName(words, line) + " " + line.line() + ", "
                + TableFiles.columnName(words, line, fault) + " = " + fault.value() + ": "
                + words.why(fault.rule(), fault.details()) + " → "
                + words.todo(fault.rule(), fault.details());
    }
}

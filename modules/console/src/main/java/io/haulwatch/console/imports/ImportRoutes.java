package io.haulwatch.console.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.history.Stamp;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.imports.ImportStore.Lines;
import io.haulwatch.console.imports.ImportStore.Row;
import io.haulwatch.console.register.RegisterCalls;
import io.haulwatch.console.register.RegisterCalls.ChangeView;
import io.haulwatch.console.register.RegisterHistory;
import io.haulwatch.console.session.Right;
import io.haulwatch.store.register.ImportWords;
import io.haulwatch.store.register.LineReport;
import io.haulwatch.store.register.RegisterImport;
import io.haulwatch.store.register.TableFiles;
import io.haulwatch.store.register.TablePart;
import io.haulwatch.store.register.TableReport;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.store.sheet.SheetException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The register from Excel and CSV: a file is sent, every line is reported, and what was reported is taken in as a whole when somebody
 * agrees. A table may speak of every company, so this also takes a scope of all of them.
 */
public final class ImportRoutes {
    private static final List<String> OUTCOMES = Arrays.stream(LineReport.Outcome.values())
            .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final List<String> TABLES =
            Arrays.stream(TablePart.values()).map(TablePart::word).toList();
    private static final int LONGEST_NAME = 120;

    private final RegisterImport register;
    private final ImportStore imports;
    private final RegisterHistory history;
    private final ScopedDatabase database;
    private final Cursors cursors;
    private final AuditLog audit;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public ImportRoutes(
            RegisterImport register,
            ImportStore imports,
            RegisterHistory history,
            ScopedDatabase database,
            Cursors cursors,
            AuditLog audit,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.register = register;
        this.imports = imports;
        this.history = history;
        this.database = database;
        this.cursors = cursors;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/imports", Right.IMPORT_REGISTER, this::list),
                Route.file("/api/v1/imports", Right.IMPORT_REGISTER, this::check),
                Route.get("/api/v1/imports/template", Right.IMPORT_REGISTER, this::template),
                Route.get("/api/v1/imports/:id", Right.IMPORT_REGISTER, this::one),
                Route.delete("/api/v1/imports/:id", Right.IMPORT_REGISTER, this::discard),
                Route.get("/api/v1/imports/:id/lines", Right.IMPORT_REGISTER, this::lines),
                Route.get("/api/v1/imports/:id/report", Right.IMPORT_REGISTER, this::report),
                Route.post("/api/v1/imports/:id/apply", Right.IMPORT_REGISTER, this::apply));
    }

    private Answer list(Call call) throws SQLException {
        RegisterCalls.needAll(call);
        return Answer.json(Map.of(
                "items",
                database.read(
                        call.scope(),
                        call.user().userId(),
                        connection -> imports.newest(connection, clock.instant(), call.limit()))));
    }

    private Answer one(Call call) throws SQLException {
        RegisterCalls.needAll(call);
        return Answer.json(row(call, call.pathUuid("id")));
    }

    private Row row(Call call, UUID id) throws SQLException {
        return database.read(
                        call.scope(), call.user().userId(), connection -> imports.one(connection, id, clock.instant()))
                .orElseThrow(() -> unknown(id));
    }

    private Answer check(Call call) throws SQLException, IOException {
        RegisterCalls.needAll(call);
        byte[] content = call.fileBytes();
        if (content.length == 0) {
            throw Refusal.badValue("The body must be the file: an Excel workbook (.xlsx) or CSV.");
        }
        String name = fileName(call.query().getOrDefault("name", ""));
        TableReport report;
        try {
            report = register.tryTable(content);
        } catch (SheetException e) {
            throw Refusal.ruleBroken(
                    "file-" + e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    String.valueOf(e.getMessage()));
        }
        UUID id = ids.get();
        int user = call.user().userId();
        database.write(call.scope(), user, connection -> {
            imports.add(connection, id, user, name, content, report, clock.instant());
            audit.add(connection, user, "import.check", "import:" + id, detail(name, report), call.address());
            return id;
        });
        return Answer.json(201, row(call, id));
    }

    private Answer apply(Call call) throws SQLException, IOException {
        RegisterCalls.needAll(call);
        UUID id = call.pathUuid("id");
        int user = call.user().userId();
        Row row = row(call, id);
        if (!row.state().equals("ready")) {
            throw notReady(row);
        }
        byte[] content = database.read(
                        call.scope(), user, connection -> imports.content(connection, id, clock.instant()))
                .orElseThrow(() -> unknown(id));
        TableReport agreed = reportOf(call, id);
        TableReport done = register.takeTable(content, agreed, (connection, ids) -> {
            if (!imports.settle(connection, id, "applied", user, clock.instant())) {
                throw Refusal.conflict("Somebody else has settled this import: import=" + id + ".");
            }
            history.add(connection, agreed, ids, user, id, clock.instant());
            audit.add(connection, user, "import.apply", "import:" + id, detail(row.fileName(), agreed), call.address());
        });
        if (!done.equals(agreed)) {
            database.write(call.scope(), user, connection -> {
                imports.renew(connection, id, done);
                return id;
            });
            throw Refusal.conflict(
                    "import-overtaken",
                    "The register has changed since the report was made. Nothing was taken in;"
                            + " look at the new report and agree to that one.");
        }
        return Answer.json(row(call, id));
    }

    private Answer discard(Call call) throws SQLException {
        RegisterCalls.needAll(call);
        UUID id = call.pathUuid("id");
        int user = call.user().userId();
        Row row = row(call, id);
        database.write(call.scope(), user, connection -> {
            if (!imports.settle(connection, id, "discarded", user, clock.instant())) {
                throw notReady(row);
            }
            audit.add(
                    connection, user, "import.discard", "import:" + id, Map.of("file", row.fileName()), call.address());
            return id;
        });
        return Answer.empty();
    }

    private Answer lines(Call call) throws SQLException {
        RegisterCalls.needAll(call);
        UUID id = call.pathUuid("id");
        Set<String> outcomes = call.words("outcome", OUTCOMES);
        ImportWords words = RegisterCalls.words(call);
        int limit = call.limit();
        String listName = call.user().userId() + "|import|" + id + "|" + outcomes;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        int from = after == null ? 0 : after.get(0).intValue();
        List<LineReport> found = reportOf(call, id).lines().stream()
                .filter(line -> outcomes.isEmpty()
                        || outcomes.contains(line.outcome().name().toLowerCase(Locale.ROOT)))
                .skip(from)
                .limit(limit + 1L)
                .toList();
        return Answer.json(new Page<>(
                found.stream()
                        .limit(limit)
                        .map(line -> LineView.of(words, line))
                        .toList(),
                found.size() > limit ? cursors.write(listName, List.of(from + limit)) : null));
    }

    private TableReport reportOf(Call call, UUID id) throws SQLException {
        return database.read(call.scope(), call.user().userId(), connection -> imports.report(connection, id))
                .orElseThrow(() -> unknown(id));
    }

    private Answer report(Call call) throws SQLException {
        RegisterCalls.needAll(call);
        UUID id = call.pathUuid("id");
        TableReport report = reportOf(call, id);
        database.write(call.scope(), call.user().userId(), connection -> {
            audit.add(
                    connection,
                    call.user().userId(),
                    "import.report",
                    "import:" + id,
                    Map.of(
                            "username",
                            call.user().username(),
                            "lines",
                            report.lines().size()),
                    call.address());
            return true;
        });
        return file(
                Stamp.of(call, clock.instant()).under(TableFiles.report(RegisterCalls.words(call), report)),
                TableFiles.CSV,
                "haulwatch-import-" + id + ".csv");
    }

    private Answer template(Call call) {
        RegisterCalls.needAll(call);
        String table = call.word("table", TABLES);
        return table == null
                ? file(TableFiles.template(RegisterCalls.words(call)), TableFiles.WORKBOOK, "haulwatch-register.xlsx")
                : file(
                        TableFiles.template(
                                RegisterCalls.words(call), TablePart.valueOf(table.toUpperCase(Locale.ROOT))),
                        TableFiles.CSV,
                        "haulwatch-" + table + ".csv");
    }

    private static Answer file(byte[] bytes, String contentType, String name) {
        return Answer.bytes(200, bytes, contentType)
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    /** As the browser names it, for people to read; nothing is ever opened by this name. */
    private static String fileName(String said) {
        String name = said.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return name.isEmpty() ? "—" : name;
    }

    private static Map<String, Object> detail(String fileName, TableReport report) {
        Lines lines = Lines.of(report);
        return Map.of(
                "file", fileName,
                "created", lines.created(),
                "changed", lines.changed(),
                "unchanged", lines.unchanged(),
                "wrong", lines.wrong());
    }

    private static Refusal unknown(UUID id) {
        return Refusal.notFound("There is no such import: id=" + id + ".");
    }

    private static Refusal notReady(Row row) {
        return row.state().equals("wrong")
                ? Refusal.ruleBroken(
                        "import-wrong",
                        "Lines of this file are wrong: wrong=" + row.lines().wrong()
                                + ". Mend them and send the file again; nothing of it was taken in.")
                : Refusal.conflict(
                        "import-settled", "This import waits no more: state=" + row.state() + ". Send the file again.");
    }

    /**
     * One line, in the words of one language.
     *
     * @param table which it belongs to, null for a sheet that is none of ours
     * @param line as a spreadsheet numbers it
     */
    record LineView(
            @Nullable String table,
            String sheet,
            int line,
            String name,
            String outcome,
            List<ChangeView> changes,
            List<FaultView> faults) {
        static LineView of(ImportWords words, LineReport line) {
            TablePart part = line.part();
            return new LineView(
                    part == null ? null : part.word(),
                    TableFiles.sheetName(words, line),
                    line.line(),
                    line.name(),
                    line.outcome().name().toLowerCase(Locale.ROOT),
                    line.changes().stream()
                            .map(change -> ChangeView.of(words, line, change))
                            .toList(),
                    line.faults().stream()
                            .map(fault -> new FaultView(
                                    TableFiles.columnName(words, line, fault),
                                    fault.value(),
                                    words.why(fault.rule(), fault.details()),
                                    words.todo(fault.rule(), fault.details())))
                            .toList());
        }
    }

    record FaultView(String column, @Nullable String value, String why, String todo) {}
}

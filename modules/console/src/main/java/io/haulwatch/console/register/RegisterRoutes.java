package io.haulwatch.console.register;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.register.RegisterCalls.ChangeView;
import io.haulwatch.console.register.RegisterQueries.Entry;
import io.haulwatch.console.session.Right;
import io.haulwatch.store.register.ImportWords;
import io.haulwatch.store.register.LineEdit;
import io.haulwatch.store.register.LineReport;
import io.haulwatch.store.register.LineReport.Outcome;
import io.haulwatch.store.register.RegisterImport;
import io.haulwatch.store.register.RegisterImport.Retired;
import io.haulwatch.store.register.TableColumn;
import io.haulwatch.store.register.TablePart;
import io.haulwatch.store.register.TableReport;
import io.haulwatch.store.scope.ScopedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * The register line by line. A change on a page is a table of one line: it goes through the same checks, the same effects and the same history
 * as a table of thousands, so that there is one set of rules for both. It also takes a scope of all companies, as an import does.
 */
public final class RegisterRoutes {
    private static final List<String> TABLES = Arrays.stream(TablePart.values())
            .filter(part -> !part.isOfDuties())
            .map(TablePart::word)
            .toList();
    private static final int LONGEST_VALUE = 200;

    private final RegisterImport register;
    private final RegisterHistory history;
    private final ScopedDatabase database;
    private final Cursors cursors;
    private final AuditLog audit;
    private final InstantSource clock;

    public RegisterRoutes(
            RegisterImport register,
            RegisterHistory history,
            ScopedDatabase database,
            Cursors cursors,
            AuditLog audit,
            InstantSource clock) {
        this.register = register;
        this.history = history;
        this.database = database;
        this.cursors = cursors;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/register/changes", Right.IMPORT_REGISTER, this::changes),
                Route.get("/api/v1/register/:table", Right.IMPORT_REGISTER, this::list),
                Route.post("/api/v1/register/:table", Right.IMPORT_REGISTER, this::put),
                Route.post("/api/v1/register/:table/:id/retire", Right.IMPORT_REGISTER, this::retire));
    }

    private Answer list(Call call) throws SQLException {
        RegisterCalls.needAll(call);
        TablePart part = table(call);
        ImportWords words = RegisterCalls.words(call);
        String query = call.search("query");
        int limit = call.limit();
        String listName = call.user().userId() + "|register|" + part + "|" + query;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<Entry> rows = database.read(
                call.scope(),
                call.user().userId(),
                connection -> RegisterQueries.list(
                        connection,
                        part,
                        query,
                        after == null ? null : after.get(0).textValue(),
                        after == null ? 0 : after.get(1).intValue(),
                        limit + 1));
        Page<Entry> page = cursors.page(listName, limit, rows, last -> List.of(last.subject(), last.id()));
        return Answer.json(new Lines(
                part.columns().stream()
                        .map(column -> new Column(
                                column.key(),
                                words.title(part, column.key()),
                                column.required(),
                                RegisterQueries.isRead(column),
                                part.canEmpty(column.key()),
                                choices(words, column)))
                        .toList(),
                part.canRetire(),
                page.items(),
                page.nextCursor()));
    }

    private Answer put(Call call) throws SQLException, IOException {
        RegisterCalls.needAll(call);
        TablePart part = table(call);
        boolean create = call.flag("create");
        Map<String, String> values = values(call, part);
        LineEdit edit = edit(call, part, values);
        if (create && edit != null) {
            throw Refusal.badValue("\"create\" makes a line anew; \"id\" means one that is there.");
        }
        byte[] line = line(part, values);
        TableReport report = register.tryLine(line, edit);
        LineReport fate = report.lines().getFirst();
        if (fate.outcome() == Outcome.CHANGED && create) {
            throw Refusal.ruleBroken(
                    "register-there",
                    "The register has that line already: it would be changed. subject=" + fate.name());
        }
        if (fate.outcome() == Outcome.CREATED && !create) {
            throw Refusal.ruleBroken(
                    "register-not-there",
                    "The register has no such line: it would be made anew. subject=" + fate.name());
        }
        if (report.isRight() && fate.outcome() != Outcome.UNCHANGED) {
            int user = call.user().userId();
            TableReport done = register.takeLine(line, edit, report, (connection, ids) -> {
                history.add(connection, report, ids, user, null, clock.instant());
                audit.add(
                        connection,
                        user,
                        "register.change",
                        "register:" + part.word(),
                        Map.of(
                                "subject", fate.name(),
                                "outcome", fate.outcome().name().toLowerCase(Locale.ROOT),
                                "fields",
                                        String.join(
                                                " ",
                                                fate.changes().stream()
                                                        .map(LineReport.Change::field)
                                                        .toList())),
                        call.address());
            });
            if (!done.equals(report)) {
                throw Refusal.conflict(
                        "import-overtaken", "The register has changed meanwhile; look at the line again.");
            }
        }
        return Answer.json(fate(RegisterCalls.words(call), fate));
    }

    private Answer retire(Call call) throws SQLException, IOException {
        RegisterCalls.needAll(call);
        TablePart part = table(call);
        int id = call.pathId("id");
        if (!part.canRetire()) {
            throw Refusal.badValue(
                    "A terminal goes with its vehicle, and a paper runs out: table=" + part.word() + ".");
        }
        int user = call.user().userId();
        Retired retired = register.retire(part, id, (connection, name) -> {
            if (part == TablePart.COMPANIES) {
                OpenWork.of(connection, id).refuseIfAny();
            }
            history.addRetired(connection, part, id, name, user, clock.instant());
            audit.add(
                    connection,
                    user,
                    "register.retire",
                    "register:" + part.word(),
                    Map.of("subject", name),
                    call.address());
        });
        return switch (retired) {
            case DONE -> Answer.empty();
            case NOT_THERE -> throw Refusal.notFound("The register has no such line: id=" + id + ".");
            case IN_USE ->
                throw Refusal.ruleBroken(
                        "register-in-use", "The company has vehicles or drivers; retire those first: id=" + id + ".");
        };
    }

    private Answer changes(Call call) throws SQLException {
        RegisterCalls.needAll(call);
        String table = call.word("table", TABLES);
        String subject = call.search("subject");
        Integer id = call.number("id", 1, Integer.MAX_VALUE);
        if (id != null && table == null) {
            throw Refusal.badValue("\"id\" is that of a line of one table: add table.");
        }
        ImportWords words = RegisterCalls.words(call);
        int limit = call.limit();
        String listName = call.user().userId() + "|register changes|" + table + "|" + id + "|" + subject;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<RegisterHistory.Row> rows = database.read(
                call.scope(),
                call.user().userId(),
                connection -> history.list(
                        connection,
                        table,
                        id,
                        subject,
                        after == null ? Long.MAX_VALUE : after.get(0).longValue(),
                        limit + 1));
        return Answer.json(
                cursors.page(listName, limit, rows, last -> List.of(last.id())).map(row -> change(words, row)));
    }

    private static TablePart table(Call call) {
        String word = call.pathParameters().getOrDefault("table", "");
        if (!TABLES.contains(word)) {
            throw Refusal.notFound("The register has no such table: one of " + String.join(", ", TABLES) + ".");
        }
        return TablePart.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Which row is meant, and what of it is to be empty; null when the name alone says it. */
    private static @Nullable LineEdit edit(Call call, TablePart part, Map<String, String> values) {
        JsonNode id = call.object().path("id");
        JsonNode empty = call.object().path("empty");
        if (id.isMissingNode() && empty.isMissingNode()) {
            return null;
        }
        if (!id.canConvertToInt() || !id.isIntegralNumber() || id.intValue() < 1) {
            throw Refusal.badValue("\"id\" must be the number of a line; \"empty\" needs it.");
        }
        Set<String> emptied = new HashSet<>();
        for (JsonNode key : empty) {
            if (!part.canEmpty(key.asText())
                    || !values.getOrDefault(key.asText(), "").isBlank()) {
                throw Refusal.badValue("\"empty\" takes keys of columns that can be empty, and no value beside it.");
            }
            emptied.add(key.asText());
        }
        return new LineEdit(part, id.intValue(), emptied);
    }

    private static Map<String, String> values(Call call, TablePart part) {
        JsonNode given = call.object().path("values");
        if (!given.isObject()) {
            throw Refusal.badValue("\"values\" must be an object of texts.");
        }
        List<String> keys = part.columns().stream().map(TableColumn::key).toList();
        Map<String, String> values = new LinkedHashMap<>();
        given.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!keys.contains(field.getKey())
                    || !value.isTextual()
                    || value.textValue().length() > LONGEST_VALUE
                    || value.textValue().codePoints().anyMatch(Character::isISOControl)) {
                throw Refusal.badValue("\"values\" takes texts of one line and at most " + LONGEST_VALUE
                        + " characters for " + String.join(", ", keys) + ".");
            }
            values.put(field.getKey(), value.textValue());
        });
        return values;
    }

    /** A table of one line, its columns named by their keys. */
    private static byte[] line(TablePart part, Map<String, String> values) {
        List<String> keys = part.columns().stream().map(TableColumn::key).toList();
        CSVFormat format = CSVFormat.RFC4180;
        String table = format.format(keys.toArray()) + "\r\n"
                + format.format(
                        keys.stream().map(key -> values.getOrDefault(key, "")).toArray())
                + "\r\n";
        return table.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable List<Choice> choices(ImportWords words, TableColumn column) {
        String group = column.holds().group();
        if (group == null) {
            return null;
        }
        List<Choice> choices = new ArrayList<>();
        words.group(group).forEach((value, label) -> choices.add(new Choice(value, label)));
        return choices;
    }

    private static Fate fate(ImportWords words, LineReport line) {
        return new Fate(
                line.outcome().name().toLowerCase(Locale.ROOT),
                changes(words, line),
                line.faults().stream()
                        .map(fault -> new Fault(
                                fault.field(),
                                words.why(fault.rule(), fault.details()),
                                words.todo(fault.rule(), fault.details())))
                        .toList());
    }

    private static ChangeRow change(ImportWords words, RegisterHistory.Row row) {
        return new ChangeRow(
                row.id(),
                row.at(),
                row.who(),
                row.table(),
                row.subject(),
                row.outcome(),
                changes(
                        words,
                        new LineReport(
                                TablePart.valueOf(row.table().toUpperCase(Locale.ROOT)),
                                "",
                                1,
                                row.subject(),
                                Outcome.CHANGED,
                                row.changes(),
                                List.of())),
                row.importId());
    }

    private static List<ChangeView> changes(ImportWords words, LineReport line) {
        return line.changes().stream()
                .map(change -> ChangeView.of(words, line, change))
                .toList();
    }

    /** One page of a table with its columns. @param retirable whether its lines can be taken out of the register */
    record Lines(
            List<Column> columns,
            boolean retirable,
            List<Entry> items,
            @Nullable String nextCursor) {}

    /**
     * A column.
     *
     * @param shown whether its present value is told; what is left empty stays as it is
     * @param emptiable whether it can be emptied
     * @param choices the values that it takes, null for any
     */
    record Column(
            String key,
            String title,
            boolean required,
            boolean shown,
            boolean emptiable,
            @Nullable List<Choice> choices) {}

    record Choice(String value, String label) {}

    /** What became of a line. */
    record Fate(String outcome, List<ChangeView> changes, List<Fault> faults) {}

    /** @param field key of the column; empty for the line itself */
    record Fault(String field, String why, String todo) {}

    record ChangeRow(
            long id,
            String at,
            RegisterHistory.Who who,
            String table,
            String subject,
            String outcome,
            List<ChangeView> changes,
            @Nullable String importId) {}
}

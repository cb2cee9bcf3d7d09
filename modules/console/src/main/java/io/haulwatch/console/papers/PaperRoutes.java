package io.haulwatch.console.papers;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.papers.PaperChanges.Done;
import io.haulwatch.console.papers.PaperChanges.Stored;
import io.haulwatch.console.papers.PaperChanges.Written;
import io.haulwatch.console.papers.PaperLists.Line;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.session.Right;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.store.register.ImportWords;
import io.haulwatch.store.register.TableFiles;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The papers of a company, its trucks and drivers: lists by state and kind, one owner's file with all versions, and what people do to them. */
public final class PaperRoutes {
    private static final List<String> STATES =
            Arrays.stream(PaperState.values()).map(PaperState::word).toList();
    private static final List<String> KINDS =
            Arrays.stream(PaperKind.values()).map(PaperKind::code).toList();
    private static final List<String> OWNERS = List.of("COMPANY", "VEHICLE", "DRIVER");
    private static final List<String> LANGUAGES = List.of("zh-CN", "en");
    private static final int LONGEST_NOTE = 500;

    private final ScopedDatabase database;
    private final PaperLists lists;
    private final PaperChanges changes;
    private final Cursors cursors;
    private final InstantSource clock;

    public PaperRoutes(
            ScopedDatabase database, PaperLists lists, Cursors cursors, AuditLog audit, InstantSource clock) {
        this.lists = lists;
        this.database = database;
        this.changes = new PaperChanges(audit);
        this.cursors = cursors;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/companies/:id/papers", Right.WATCH, this::list),
                Route.get("/api/v1/companies/:id/papers/table", Right.WATCH, this::table),
                Route.get("/api/v1/companies/:id/own-papers", Right.WATCH, call -> file(call, Owner.COMPANY)),
                Route.get("/api/v1/vehicles/:id/papers", Right.WATCH, call -> file(call, Owner.VEHICLE)),
                Route.get("/api/v1/drivers/:id/papers", Right.WATCH, call -> file(call, Owner.DRIVER)),
                Route.post("/api/v1/papers", Right.KEEP_DUTIES, this::enter),
                Route.post("/api/v1/papers/:id/review", Right.REVIEW_PAPERS, this::review),
                Route.post("/api/v1/papers/:id/correct", Right.REVIEW_PAPERS, this::correct),
                Route.post("/api/v1/papers/:id/hold", Right.REVIEW_PAPERS, this::hold));
    }

    /** All lines of the company, and those that the filters let through. */
    private record Chosen(List<Line> all, List<Line> shown) {}

    private Chosen chosen(Call call) throws SQLException {
        int id = call.pathId("id");
        Set<String> states = call.words("state", STATES);
        Set<String> kinds = call.words("kind", KINDS);
        String owner = call.word("owner", OWNERS);
        String query = call.search("query");
        List<Line> all = database.read(call.scope(), call.user().userId(), connection -> {
            owner(connection, call, Owner.COMPANY, id);
            return lists.ofCompany(connection, call.scope(), id, today());
        });
        // A name that is shown masked is not found by what is hidden.
        boolean named = Right.SEE_DRIVERS.heldBy(call.user().role());
        List<Line> shown = all.stream()
                .filter(line -> line.isIn(states))
                .filter(line -> kinds.isEmpty() || kinds.contains(line.kind()))
                .filter(line -> owner == null || line.ownerKind().equals(owner))
                .filter(line -> query == null || finds(line, query.toLowerCase(Locale.ROOT), named))
                .toList();
        return new Chosen(all, shown);
    }

    private static boolean finds(Line line, String query, boolean named) {
        if (line.isOfDriver() && !named) {
            return false;
        }
        String number = line.number();
        return line.ownerLabel().toLowerCase(Locale.ROOT).contains(query)
                || (number != null && number.toLowerCase(Locale.ROOT).contains(query));
    }

    private Answer list(Call call) throws SQLException {
        Chosen chosen = chosen(call);
        int limit = call.limit();
        String listName = call.user().userId() + "|papers|" + call.pathId("id") + "|"
                + call.query().get("state") + "|" + call.query().get("kind") + "|"
                + call.query().get("owner") + "|" + call.query().get("query");
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<Line> shown = chosen.shown;
        int start = after == null ? 0 : Math.min(after.get(0).intValue(), shown.size());
        int end = Math.min(start + limit, shown.size());
        Map<String, Integer> kinds = new TreeMap<>();
        chosen.all.forEach(line -> kinds.merge(line.kind(), 1, Integer::sum));
        return Answer.json(new Papers(
                List.copyOf(shown.subList(start, end)),
                end < shown.size() ? cursors.write(listName, List.of(end)) : null,
                shown.size(),
                PaperLists.counts(chosen.all),
                kinds));
    }

    private Answer table(Call call) throws SQLException {
        String language = call.word("language", LANGUAGES);
        ImportWords words = ImportWords.of(language == null ? call.user().locale() : language);
        boolean named = Sight.of(call.user().role()).drivers();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("owner_kind", "owner", "kind", "kind_name", "number", "issued", "expires", "state", "days"));
        for (Line line : chosen(call).shown) {
            boolean masked = line.isOfDriver() && !named;
            rows.add(List.of(
                    line.ownerKind().toLowerCase(Locale.ROOT),
                    masked ? Sight.maskedName(line.ownerLabel()) : line.ownerLabel(),
                    line.kind(),
                    KINDS.contains(line.kind()) ? words.text("kind." + line.kind()) : line.kind(),
                    masked ? Sight.maskedNumber(orEmpty(line.number())) : orEmpty(line.number()),
                    orEmpty(line.issued()),
                    orEmpty(line.expires()),
                    line.state(),
                    line.days() == null ? "" : line.days().toString()));
        }
        return Answer.bytes(200, TableFiles.csv(rows), "text/csv; charset=utf-8")
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"haulwatch-papers-company-" + call.pathId("id") + "-" + today()
                                + ".csv\"");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Answer file(Call call, Owner kind) throws SQLException {
        int id = call.pathId("id");
        return Answer.json(database.read(
                call.scope(),
                call.user().userId(),
                connection -> PaperFile.read(connection, call.scope(), owner(connection, call, kind, id), today())));
    }

    private Answer enter(Call call) throws SQLException {
        Owner ownerKind = Owner.valueOf(call.oneOf("owner_kind", OWNERS));
        int ownerId = call.wholeNumber("owner_id", 1, Integer.MAX_VALUE);
        String kind = call.oneOf("kind", KINDS);
        if (PaperKind.ownerOf(kind) != ownerKind) {
            throw Refusal.badValue(
                    "A paper of that kind belongs to somebody else: kind=" + kind + ", owner_kind=" + ownerKind + ".");
        }
        Written written = Written.of(call).on(kind);
        boolean approved = call.flag("approved");
        if (approved && !Right.REVIEW_PAPERS.heldBy(call.user().role())) {
            throw Refusal.notAllowed("Agreeing to a paper takes " + Right.REVIEW_PAPERS.words() + ".");
        }
        String note = note(call);
        Done done = database.write(
                call.scope(),
                call.user().userId(),
                connection -> changes.enter(
                        connection, call, owner(connection, call, ownerKind, ownerId), kind, written, approved, note));
        return Answer.json(201, Outcome.of(done));
    }

    private Answer review(Call call) throws SQLException {
        int id = call.pathId("id");
        boolean approves = call.oneOf("decision", List.of("approve", "reject")).equals("approve");
        String note = approves ? note(call) : needNote(call);
        Written written = approves ? Written.of(call) : new Written("", "", null, null, false);
        return change(
                call,
                id,
                (connection, paper, owner) -> approves
                        ? changes.approve(connection, call, paper, owner, written.on(paper.kind()), note)
                        : changes.reject(connection, call, paper, owner, note));
    }

    private Answer correct(Call call) throws SQLException {
        int id = call.pathId("id");
        Written written = Written.of(call);
        String note = needNote(call);
        return change(
                call,
                id,
                (connection, paper, owner) ->
                        changes.correct(connection, call, paper, owner, written.on(paper.kind()), note));
    }

    private Answer hold(Call call) throws SQLException {
        int id = call.pathId("id");
        boolean suspends = call.oneOf("action", List.of("suspend", "lift")).equals("suspend");
        String reason = needNote(call);
        return change(
                call,
                id,
                (connection, paper, owner) -> suspends
                        ? changes.suspend(connection, call, paper, owner, reason)
                        : changes.lift(connection, call, paper, owner, reason));
    }

    @FunctionalInterface
    private interface Change {
        Done on(Connection connection, Stored paper, PaperOwner owner) throws SQLException;
    }

    private Answer change(Call call, int id, Change change) throws SQLException {
        return Answer.json(Outcome.of(database.write(call.scope(), call.user().userId(), connection -> {
            Stored paper = PaperChanges.find(connection, call.scope(), id);
            return change.on(connection, paper, owner(connection, call, paper.owner(), paper.ownerId()));
        })));
    }

    private static PaperOwner owner(Connection connection, Call call, Owner kind, int id) throws SQLException {
        return PaperOwner.find(connection, call.scope(), kind, id)
                .orElseThrow(
                        () -> Refusal.notFound("There is no such " + kind.name().toLowerCase(Locale.ROOT)
                                + " in the register among those that you may see: id=" + id + "."));
    }

    private static String note(Call call) {
        String note = call.optionalText("note", LONGEST_NOTE);
        return note == null ? "" : note.strip();
    }

    private static String needNote(Call call) {
        String note = note(call);
        if (note.isEmpty()) {
            throw Refusal.ruleBroken("reason-missing", "Say why: \"note\" has at least one character.");
        }
        return note;
    }

    private LocalDate today() {
        return clock.instant().atZone(PaperState.ZONE).toLocalDate();
    }

    /**
     * One page of a company's papers.
     *
     * @param total lines that the filters let through
     * @param states how many of all lines stand where
     * @param kinds how many of all lines are of each kind
     */
    record Papers(
            List<Line> items,
            @Nullable String nextCursor,
            int total,
            Map<String, Integer> states,
            Map<String, Integer> kinds) {}

    /** What became of a paper. @param overturnedAlarms alarms of driving without it that it explains */
    record Outcome(long id, List<String> overturnedAlarms) {
        static Outcome of(Done done) {
            return new Outcome(
                    done.id(), done.overturned().stream().map(UUID::toString).toList());
        }
    }
}

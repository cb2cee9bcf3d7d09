package io.haulwatch.console.papers;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.papers.Layups.Layup;
import io.haulwatch.console.papers.Layups.Written;
import io.haulwatch.console.session.Right;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;

/** Lays trucks up and ends that again, and says since when, until when and why they stand. */
public final class LayupRoutes {
    private static final List<String> REASONS = List.of("repair", "deregistered");

    private final ScopedDatabase database;
    private final Layups layups;
    private final InstantSource clock;

    public LayupRoutes(ScopedDatabase database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.layups = new Layups(audit);
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/vehicles/:id/layups", Right.WATCH, this::list),
                Route.post("/api/v1/vehicles/:id/layups", Right.REVIEW_PAPERS, this::begin),
                Route.post("/api/v1/layups/:id/end", Right.REVIEW_PAPERS, this::end));
    }

    private Answer list(Call call) throws SQLException {
        int id = call.pathId("id");
        return Answer.json(new Page<>(
                database.read(call.scope(), call.user().userId(), connection -> {
                    truck(connection, call, id);
                    return Layups.read(connection, call.scope(), id, today());
                }),
                null));
    }

    private Answer begin(Call call) throws SQLException {
        int id = call.pathId("id");
        Written written = new Written(
                call.oneOf("reason", REASONS), needDay(call, "first_day"), needDay(call, "last_day"), needNote(call));
        written.check(today());
        Instant now = clock.instant();
        return Answer.json(201, database.write(call.scope(), call.user().userId(), connection -> {
            long layup = layups.begin(connection, call, truck(connection, call, id), written, now);
            return one(connection, call, id, layup);
        }));
    }

    private Answer end(Call call) throws SQLException {
        int id = call.pathId("id");
        String note = needNote(call);
        Instant now = clock.instant();
        return Answer.json(database.write(
                call.scope(),
                call.user().userId(),
                connection -> one(connection, call, layups.end(connection, call, id, note, now), id)));
    }

    private Layup one(Connection connection, Call call, int truck, long id) throws SQLException {
        return Layups.read(connection, call.scope(), truck, today()).stream()
                .filter(layup -> layup.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private static PaperOwner truck(Connection connection, Call call, int id) throws SQLException {
        return PaperOwner.find(connection, call.scope(), Owner.VEHICLE, id)
                .orElseThrow(() -> Refusal.notFound(
                        "There is no such vehicle in the register among those that you may see: id=" + id + "."));
    }

    private static LocalDate needDay(Call call, String name) {
        LocalDate day = call.optionalDay(name);
        if (day == null) {
            throw Refusal.badValue("The body needs the day \"" + name + "\", such as 2026-11-20.");
        }
        return day;
    }

    private static String needNote(Call call) {
        String note = call.text("note", 0, Layups.LONGEST_NOTE).strip();
        if (note.codePointCount(0, note.length()) < Layups.LEAST_NOTE) {
            throw Refusal.ruleBroken(
                    "layup-note", "Say why: \"note\" has at least " + Layups.LEAST_NOTE + " characters.");
        }
        return note;
    }

    private LocalDate today() {
        return clock.instant().atZone(PaperState.ZONE).toLocalDate();
    }
}

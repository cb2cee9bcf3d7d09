package io.haulwatch.console.companies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.haulwatch.console.companies.CompanyFigures.CompanyRow;
import io.haulwatch.console.companies.CompanyScores.Explained;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.live.FleetState;
import io.haulwatch.console.live.FleetState.Motion;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.Recent;
import io.haulwatch.console.sql.WhileRegisterStands;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The list of companies and one company's risk. */
public final class CompanyRoutes {
    /** Kilometres of thirty days move slowly; alarms are counted each time. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private static final Duration SHOWN = Duration.ofMinutes(10);
    private static final int MOST_TRUCKS = 50_000;
    private static final List<String> SORTS = List.of("risk", "name", "score");

    private final ScopedDatabase database;
    private final CompanyFigures figures;
    private final CompanyScores scores;
    private final FleetState fleet;
    private final Cursors cursors;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final DutyQueries duties;
    private final Recent<OfDay, Map<Integer, Long>> driven;
    private final WhileRegisterStands<OfDay, List<CompanyQueries.Truck>> trucks;

    /** One company on a local day, for somebody who sees these. */
    private record OfDay(Scope scope, int companyId, LocalDate day) {}

    /** @param workers count what has grown old */
    public CompanyRoutes(
            ScopedDatabase database,
            CompanyFigures figures,
            CompanyScores scores,
            DutyQueries duties,
            FleetState fleet,
            Cursors cursors,
            ObjectMapper json,
            Executor workers,
            InstantSource clock) {
        this.driven = new Recent<>(
                FRESH,
                SHOWN,
                workers,
                clock,
                key -> database.read(
                        key.scope,
                        ScopedDatabase.NO_USER,
                        connection -> CompanyQueries.driven(connection, key.scope, key.companyId, key.day)));
        this.duties = duties;
        this.trucks = new WhileRegisterStands<>(MOST_TRUCKS, List::size, clock);
        this.database = database;
        this.figures = figures;
        this.scores = scores;
        this.fleet = fleet;
        this.cursors = cursors;
        this.json = json;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/companies", Right.WATCH, this::list),
                Route.get("/api/v1/companies/:id/risk", Right.WATCH, this::risk));
    }

    private Answer list(Call call) throws SQLException {
        String query = call.search("query");
        String sort = call.word("sort", SORTS);
        int limit = call.limit();
        String listName = call.user().userId() + "|companies|" + query + "|" + sort;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        Comparator<CompanyRow> order = order(sort);
        // The list moves while one pages through it: the cursor holds the place in the order and the last row's id.
        List<CompanyRow> all = figures.of(call.scope()).stream()
                .filter(row ->
                        query == null || row.name().toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT)))
                .filter(row -> row.id() != 0 || row.vehicles() > 0)
                .sorted(order)
                .toList();
        int start = after == null
                ? 0
                : start(all, after.get(0).intValue(), after.get(1).intValue());
        List<CompanyRow> page = all.subList(start, Math.min(start + limit, all.size()));
        String next = start + limit < all.size()
                ? cursors.write(listName, List.of(start + limit, page.getLast().id()))
                : null;
        return Answer.json(new Page<>(page, next));
    }

    /** Goes on after the row that was last, wherever it is now; at the old place if it is gone. */
    private static int start(List<CompanyRow> all, int place, int lastId) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id() == lastId) {
                return i + 1;
            }
        }
        return Math.min(place, all.size());
    }

    private static Comparator<CompanyRow> order(@Nullable String sort) {
        Comparator<CompanyRow> byName = Comparator.comparing(CompanyRow::name).thenComparingInt(CompanyRow::id);
        if ("name".equals(sort)) {
            return byName;
        }
        // Nulls last: a company without kilometres or score says nothing.
        Comparator<CompanyRow> byAlarms =
                Comparator.comparingDouble(row -> row.openPer1000km() == null ? 1.0 : -row.openPer1000km());
        if ("score".equals(sort)) {
            Comparator<CompanyRow> byScore = Comparator.comparingDouble(
                    row -> row.risk().score() == null ? 1.0 : -row.risk().score());
            return byScore.thenComparing(byAlarms).thenComparing(byName);
        }
        Comparator<CompanyRow> byOverdue = Comparator.comparingInt(row -> -row.overdueCritical());
        return byOverdue.thenComparing(byAlarms).thenComparing(byName);
    }

    private Answer risk(Call call) throws SQLException {
        int id = call.pathId("id");
        CompanyRow company = figures.of(call.scope()).stream()
                .filter(row -> row.id() == id)
                .findFirst()
                .orElseThrow(() ->
                        Refusal.notFound("There is no such company among those that you may see: id=" + id + "."));
        Instant now = clock.instant();
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        OfDay key = new OfDay(call.scope(), id, today);
        Map<Integer, Long> metres = driven.of(key);
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            Explained explained = scores.explained(connection, call.scope(), id).orElse(null);
            DutyQueries.Duties due = duties.read(
                    connection, call.scope(), id, today, vehicleId -> fleet.motionOf(vehicleId) == Motion.MOVING);
            List<CompanyQueries.Truck> all = trucks.of(
                    connection, key, any -> true, () -> CompanyQueries.trucks(connection, call.scope(), id, today));
            return new Risk(
                    company,
                    explained == null ? Json.time(now) : explained.asOf(),
                    score(explained),
                    scores.weeks(
                            connection,
                            call.scope(),
                            id,
                            explained == null
                                    ? ""
                                    : explained.parts().path("size_class").asText(""),
                            today),
                    due.counts(),
                    due.overdue(),
                    due.dueSoon(),
                    CompanyQueries.openAlarms(connection, call.scope(), id),
                    CompanyQueries.drivers(connection, call.scope(), id, today, metres),
                    CompanyQueries.vehicles(connection, call.scope(), id, all, due.serviced(), fleet::motionOf));
        }));
    }

    /** The stored parts are a list of parts, or an object that also says what is missing and what the veto is. */
    private ScoreView score(@Nullable Explained explained) {
        if (explained == null) {
            return new ScoreView(
                    null,
                    null,
                    json.createArrayNode(),
                    json.createArrayNode(),
                    "",
                    true,
                    json.createArrayNode(),
                    json.createArrayNode(),
                    null,
                    json.createObjectNode(),
                    "",
                    null,
                    null);
        }
        JsonNode stored = explained.parts();
        JsonNode missing = stored.path("missing");
        JsonNode veto = stored.path("veto");
        JsonNode parts = stored.isArray() ? stored : stored.path("parts");
        return new ScoreView(
                explained.score(),
                explained.band(),
                parts instanceof MissingNode ? json.createArrayNode() : parts,
                missing.isArray() ? missing : json.createArrayNode(),
                explained.formulaVersion(),
                stored.path("insufficient_data").asBoolean(explained.score() == null),
                veto.isArray() ? veto : json.createArrayNode(),
                stored.path("acts").isArray() ? stored.path("acts") : json.createArrayNode(),
                stored.path("reachable").isNumber()
                        ? (Double) stored.path("reachable").doubleValue()
                        : null,
                stored.path("behind").isObject() ? stored.path("behind") : json.createObjectNode(),
                stored.path("size_class").asText(""),
                stored.path("of_size").isNumber()
                        ? (Integer) stored.path("of_size").intValue()
                        : null,
                stored.path("better").isNumber()
                        ? (Integer) stored.path("better").intValue()
                        : null);
    }

    /** One company's page. */
    record Risk(
            CompanyRow company,
            String asOf,
            ScoreView score,
            List<CompanyScores.Week> weeks,
            Map<String, DutyQueries.Count> counts,
            List<DutyQueries.Due> overdue,
            List<DutyQueries.Due> dueSoon,
            CompanyQueries.OpenAlarms openAlarms,
            List<CompanyQueries.DriverFigures> drivers,
            List<CompanyQueries.VehicleFigures> vehicles) {}

    /**
     * The score and what it is made of.
     *
     * @param missing codes of parts without data, left out and their weight shared out
     * @param veto what lifts the score to at least 80
     * @param acts the three that would lower it most
     * @param reachable what it would be after them
     * @param behind papers by kind, episodes by sort and the drivers with most points
     * @param sizeClass whom it is compared with
     * @param ofSize how many of them have a score, null below five
     * @param better how many of them have a lower one
     */
    record ScoreView(
            @Nullable Double value,
            @Nullable String band,
            JsonNode parts,
            JsonNode missing,
            String formulaVersion,
            boolean insufficientData,
            JsonNode veto,
            JsonNode acts,
            @Nullable Double reachable,
            JsonNode behind,
            String sizeClass,
            @Nullable Integer ofSize,
            @Nullable Integer better) {}
}

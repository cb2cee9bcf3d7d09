package io.haulwatch.console.inspections;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.inspections.InspectionBook.Candidate;
import io.haulwatch.console.inspections.InspectionBook.PlanRow;
import io.haulwatch.console.inspections.InspectionBook.TruckRow;
import io.haulwatch.console.session.Right;
import io.haulwatch.rules.inspection.InspectionPlan;
import io.haulwatch.rules.inspection.InspectionPlan.Finding;
import io.haulwatch.store.register.TableFiles;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Inspections over HTTP: how many trucks, drawn by lot, what was found of each, and what may be said about all. */
public final class InspectionRoutes {
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_NOTE = 500;
    private static final int MOST_DRAWN = 5_000;
    private static final List<String> RESULTS = List.of("in_order", "findings", "not_shown");

    private final ScopedDatabase database;
    private final AuditLog audit;
    private final Cursors cursors;
    private final Supplier<String> seeds;
    private final InstantSource clock;

    /** @param seeds one for each draw, that nobody can foresee */
    public InspectionRoutes(
            ScopedDatabase database, AuditLog audit, Cursors cursors, Supplier<String> seeds, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.cursors = cursors;
        this.seeds = seeds;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/inspections", Right.WATCH, this::list),
                Route.post("/api/v1/inspections/size", Right.SUPERVISE, this::size),
                Route.post("/api/v1/inspections", Right.SUPERVISE, this::draw),
                Route.get("/api/v1/inspections/:id", Right.WATCH, this::one),
                Route.get("/api/v1/inspections/:id/file", Right.WATCH, this::file),
                Route.post("/api/v1/inspections/:id/results", Right.SUPERVISE, this::tell));
    }

    private Answer list(Call call) throws SQLException {
        int limit = call.limit();
        String listName = call.user().userId() + "|inspections";
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<PlanRow> rows = database.read(
                call.scope(),
                call.user().userId(),
                connection -> InspectionBook.list(
                        connection,
                        call.scope(),
                        after == null ? null : after.get(0).longValue(),
                        limit + 1));
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    /** What a plan would come to. */
    record Size(int trucks, int companies, int tolerated, int sampleSize) {}

    private Answer size(Call call) throws SQLException {
        List<Candidate> candidates =
                database.read(call.scope(), call.user().userId(), connection -> candidates(connection, call));
        InspectionPlan plan = plan(call, candidates);
        return Answer.json(new Size(plan.trucks(), companies(candidates).size(), plan.tolerated(), plan.sampleSize()));
    }

    private Answer draw(Call call) throws SQLException {
        String title = call.saidInOneLine("title", LONGEST_TITLE);
        UUID key = call.key();
        int me = call.user().userId();
        return database.write(call.scope(), me, connection -> {
            Optional<Long> before = InspectionBook.drawn(connection, key, me);
            if (before.isPresent()) {
                return Answer.json(detail(connection, call, before.get()));
            }
            List<Candidate> candidates = candidates(connection, call);
            InspectionPlan plan = plan(call, candidates);
            if (plan.sampleSize() > MOST_DRAWN) {
                throw Refusal.ruleBroken(
                        "inspection-too-many",
                        "A plan draws at most " + MOST_DRAWN + " trucks: sample_size=" + plan.sampleSize() + ".");
            }
            String seed = seeds.get();
            Instant now = clock.instant();
            int[] population = InspectionBook.ids(candidates);
            long id =
                    InspectionBook.draw(connection, key, title, plan, seed, companies(candidates), population, me, now);
            int lot = 1;
            for (Candidate truck :
                    InspectionBook.chosen(candidates, InspectionPlan.draw(seed, population, plan.sampleSize()))) {
                InspectionBook.truck(connection, id, lot++, truck);
            }
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("title", title);
            detail.put("trucks", plan.trucks());
            detail.put("sample_size", plan.sampleSize());
            detail.put("seed", seed);
            audit.add(connection, me, "inspection.draw", "inspection:" + id, detail, call.address());
            return Answer.json(201, detail(connection, call, id));
        });
    }

    private Answer one(Call call) throws SQLException {
        int id = call.pathId("id");
        return Answer.json(
                database.read(call.scope(), call.user().userId(), connection -> detail(connection, call, id)));
    }

    private Answer tell(Call call) throws SQLException {
        int id = call.pathId("id");
        int me = call.user().userId();
        return Answer.json(database.write(call.scope(), me, connection -> {
            plan(connection, call, id);
            UUID key = call.key();
            int vehicle = call.wholeNumber("vehicle", 0, Integer.MAX_VALUE);
            String result = call.oneOf("result", RESULTS);
            String given = call.optionalText("note", LONGEST_NOTE);
            String note = given == null ? "" : given.strip();
            TruckRow truck = InspectionBook.trucks(connection, call.scope(), id).stream()
                    .filter(each -> each.vehicleId() == vehicle)
                    .findFirst()
                    .orElseThrow(() -> Refusal.notFound("This truck was not drawn: vehicle=" + vehicle + "."));
            if (note.isEmpty() && (truck.told() > 0 || !result.equals("in_order"))) {
                throw Refusal.ruleBroken(
                        "note-needed", "Findings, a truck that was not shown, and a correction need a note.");
            }
            if (InspectionBook.tell(connection, key, id, truck, result, note, me, clock.instant())) {
                Map<String, Object> detail = new LinkedHashMap<>();
                detail.put("vehicle", vehicle);
                detail.put("result", result);
                detail.put("note", note);
                audit.add(connection, me, "inspection.result", "inspection:" + id, detail, call.address());
            }
            return detail(connection, call, id);
        }));
    }

    private Answer file(Call call) throws SQLException {
        int id = call.pathId("id");
        boolean csv = "csv".equals(call.word("format", List.of("xlsx", "csv")));
        String language = call.word("language", List.of("zh-CN", "en"));
        InspectionFile file = new InspectionFile(language == null ? call.user().locale() : language);
        byte[] content = database.read(call.scope(), call.user().userId(), connection -> {
            PlanRow plan = plan(connection, call, id);
            List<TruckRow> trucks = InspectionBook.trucks(connection, call.scope(), id);
            return csv ? file.csv(plan, trucks) : file.workbook(plan, trucks);
        });
        return Answer.bytes(200, content, csv ? TableFiles.CSV : TableFiles.WORKBOOK)
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"haulwatch-inspection-" + id + (csv ? ".csv" : ".xlsx") + "\"");
    }

    private Detail detail(Connection connection, Call call, long id) throws SQLException {
        PlanRow row = plan(connection, call, id);
        Finding finding = row.complete() ? row.plan().finding(row.sampleSize(), row.findings() + row.notShown()) : null;
        return new Detail(
                row,
                InspectionBook.trucks(connection, call.scope(), id),
                call.word("population", List.of("true")) == null
                        ? null
                        : InspectionBook.population(connection, call.scope(), id),
                finding == null ? null : Conclusion.of(finding));
    }

    private static PlanRow plan(Connection connection, Call call, long id) throws SQLException {
        return InspectionBook.one(connection, call.scope(), id)
                .orElseThrow(() ->
                        Refusal.notFound("There is no such inspection among those that you may see: id=" + id + "."));
    }

    private static List<Candidate> candidates(Connection connection, Call call) throws SQLException {
        Integer company = call.optionalNumber("company", 1, Integer.MAX_VALUE);
        String region = Call.region(call.optionalText("region", 6));
        return InspectionBook.candidates(connection, call.scope(), company, region);
    }

    private static InspectionPlan plan(Call call, List<Candidate> candidates) {
        double tolerable = share(call, "tolerable", 0, 0.99);
        double confidence = share(call, "confidence", 0.51, 0.9999);
        if (candidates.isEmpty()) {
            throw Refusal.ruleBroken("order-empty", "There is no truck in service to draw from.");
        }
        return new InspectionPlan(candidates.size(), tolerable, confidence);
    }

    private static Set<Integer> companies(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::companyId).collect(Collectors.toUnmodifiableSet());
    }

    private static double share(Call call, String name, double from, double to) {
        JsonNode node = call.object().path(name);
        if (!node.isNumber() || !(node.doubleValue() >= from && node.doubleValue() <= to)) {
            throw Refusal.badValue("\"" + name + "\" must be a number from " + from + " to " + to + ".");
        }
        return node.doubleValue();
    }

    /**
     * What may be said once every drawn truck was told of; one that was not shown counts as bad.
     *
     * @param verdict kept, exceeded or open
     */
    record Conclusion(int looked, int bad, int least, int most, double lowerShare, double upperShare, String verdict) {
        static Conclusion of(Finding finding) {
            return new Conclusion(
                    finding.looked(),
                    finding.bad(),
                    finding.least(),
                    finding.most(),
                    finding.lowerShare(),
                    finding.upperShare(),
                    finding.verdict().name().toLowerCase(Locale.ROOT));
        }
    }

    /** A plan with its trucks. @param population numbers of all trucks that it was drawn of, if they were asked for */
    record Detail(
            @JsonUnwrapped PlanRow row,
            List<TruckRow> drawn,
            @Nullable List<Integer> population,
            @Nullable Conclusion conclusion) {}
}

package io.haulwatch.console.risk;

import io.haulwatch.console.companies.CompanyScores;
import io.haulwatch.console.duties.Services;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.personal.OfSomebody;
import io.haulwatch.console.risk.SubjectPapers.Gap;
import io.haulwatch.console.risk.SubjectScores.Scored;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.Recent;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.rules.risk.RiskScore;
import io.haulwatch.store.risk.DrivingAlarms;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The worst trucks and drivers of a company by their scores, and one of them with everything behind its score. */
public final class SubjectRoutes {
    /** Among thousands of trucks the worst of half a year move slowly; papers are looked up each time. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final Duration SHOWN = Duration.ofMinutes(10);
    private static final int WORST = 10;
    private static final int MOST_EVENTS = 500;

    private final ScopedDatabase database;
    private final SubjectScores scores;
    private final InstantSource clock;
    private final Recent<OfDay, Driving> driving;

    /** One company on a local day, for somebody who sees these. */
    private record OfDay(Scope scope, int companyId, LocalDate day) {}

    /** @param workers count what has grown old */
    public SubjectRoutes(
            ScopedDatabase database, CompanyScores scores, Services services, Executor workers, InstantSource clock) {
        this.database = database;
        this.scores = new SubjectScores(scores, services, clock);
        this.clock = clock;
        this.driving = new Recent<>(
                FRESH,
                SHOWN,
                workers,
                clock,
                key -> database.read(
                        key.scope,
                        ScopedDatabase.NO_USER,
                        connection -> new DrivingQueries(connection, key.scope, key.companyId, clock.instant()).all()));
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/companies/:id/worst", Right.WATCH, this::worst),
                Route.get("/api/v1/vehicles/:id/risk", Right.WATCH, call -> one(call, Subject.TRUCK)),
                Route.get("/api/v1/drivers/:id/risk", Right.WATCH, call -> one(call, Subject.DRIVER)));
    }

    /** A score in short. @param parts those with data @param missing codes of those without */
    record Row(
            int id,
            String kind,
            @DriverName String label,
            @Nullable Double score,
            @Nullable String band,
            boolean insufficientData,
            double km,
            List<PartRow> parts,
            List<String> missing,
            List<VetoRow> veto)
            implements OfSomebody {
        @Override
        public boolean isOfDriver() {
            return kind.equals("driver");
        }

        static Row of(Subject subject, Scored scored) {
            RiskScore score = scored.score();
            RiskScore.Band band = score.band();
            Double value = score.value();
            return new Row(
                    scored.id(),
                    subject.name().toLowerCase(java.util.Locale.ROOT),
                    scored.label(),
                    value == null ? null : (Double) tenths(value),
                    band == null ? null : band.key(),
                    score.insufficientData(),
                    scored.km(),
                    score.parts().stream()
                            .map(part -> new PartRow(
                                    part.part().name(), part.weight(), tenths(part.value()), tenths(part.points())))
                            .toList(),
                    score.missing().stream().map(Enum::name).toList(),
                    score.vetoes().stream()
                            .map(veto -> new VetoRow(veto.code(), veto.value()))
                            .toList());
        }
    }

    /** One part of a score. @param points what it adds */
    record PartRow(String code, double weight, double value, double points) {}

    /** What lifts a score to at least 80. */
    record VetoRow(String code, String value) {}

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** The worst of a company. */
    record Worst(String asOf, String formulaVersion, List<Row> trucks, List<Row> drivers) {}

    private Answer worst(Call call) throws SQLException {
        int id = call.pathId("id");
        Scope scope = call.scope();
        Instant now = clock.instant();
        boolean seen = database.read(
                scope,
                call.user().userId(),
                connection -> new SqlText("select 1 from hw.company where company_id > 0")
                        .within(scope, "company_id = any (?)")
                        .and("company_id = ?", id)
                        .first(connection, row -> true)
                        .isPresent());
        if (!seen) {
            throw Refusal.notFound("There is no such company among those that you may see: id=" + id + ".");
        }
        Driving driven =
                driving.of(new OfDay(scope, id, now.atZone(PaperState.ZONE).toLocalDate()));
        return Answer.json(database.read(
                scope,
                call.user().userId(),
                connection -> new Worst(
                        Json.time(now),
                        RiskScore.FORMULA,
                        rows(scores.all(connection, scope, Subject.TRUCK, id, driven, now), Subject.TRUCK),
                        rows(scores.all(connection, scope, Subject.DRIVER, id, driven, now), Subject.DRIVER))));
    }

    private static List<Row> rows(List<Scored> all, Subject subject) {
        return all.stream()
                .map(scored -> Row.of(subject, scored))
                .filter(row -> row.score() != null)
                .sorted(Comparator.comparingDouble((Row row) -> row.score() == null ? 0 : -row.score())
                        .thenComparing(Row::label))
                .limit(WORST)
                .toList();
    }

    /** A score with everything behind it. @param events that count, the newest first, with what each weighs before the cap of a truck's day */
    record Explained(
            Row risk, int companyId, String asOf, String formulaVersion, List<Gap> papers, List<Event> events) {}

    /** An alarm behind a score. @param points by severity @param times by age: 3 within 30 days, 2 within 90, 1 within 180 */
    record Event(String id, String rule, int severity, String startedAt, int points, int times) {}

    private Answer one(Call call, Subject subject) throws SQLException {
        int id = call.pathId("id");
        Scope scope = call.scope();
        Instant now = clock.instant();
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
            int companyId = new SqlText(subject.all)
                    .within(scope, "v.company_id = any (?)")
                    .and("v." + subject.column + " = ?", id)
                    .first(connection, row -> row.getInt(3))
                    .orElseThrow(() -> Refusal.notFound("There is no such "
                            + subject.name().toLowerCase(java.util.Locale.ROOT)
                            + " among those that you may see: id=" + id + "."));
            Scored scored = scores.one(connection, scope, subject, companyId, id, now);
            return new Explained(
                    Row.of(subject, scored),
                    companyId,
                    Json.time(now),
                    scored.score().formula(),
                    scored.gaps(),
                    events(connection, scope, subject, companyId, id, now));
        }));
    }

    private static List<Event> events(
            Connection connection, Scope scope, Subject subject, int companyId, int id, Instant now)
            throws SQLException {
        return new SqlText(
                        "select episode_id, rule, severity, started_at, " + DrivingAlarms.POINTS
                                + ", (?::timestamptz at time zone 'Asia/Shanghai')::date"
                                + " - (started_at at time zone 'Asia/Shanghai')::date as age from hw.episode where "
                                + DrivingAlarms.COUNTED,
                        now)
                .within(scope, "company_id = any (?)")
                .and(
                        "company_id = ? and " + subject.column + " = ? and started_at >= ? and started_at < ?",
                        companyId,
                        id,
                        now.minus(Duration.ofDays(DrivingQueries.DAYS)),
                        now)
                .add("order by started_at desc limit ?", MOST_EVENTS)
                .list(connection, row -> {
                    int age = row.getInt(6);
                    return new Event(
                            row.getString(1),
                            row.getString(2),
                            row.getInt(3),
                            Json.time(row.getTimestamp(4).toInstant()),
                            row.getInt(5),
                            age <= 30 ? 3 : age <= 90 ? 2 : 1);
                });
    }
}

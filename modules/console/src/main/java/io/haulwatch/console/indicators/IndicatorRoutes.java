package io.haulwatch.console.indicators;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.history.Stamp;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.indicators.IndicatorQueries.Company;
import io.haulwatch.console.indicators.IndicatorQueries.Period;
import io.haulwatch.console.indicators.IndicatorQueries.Truck;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.Recent;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.rules.kpi.Indicator;
import io.haulwatch.rules.kpi.Ratio;
import io.haulwatch.rules.kpi.TruckFigures.Counts;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Indicators with numerator and denominator, the companies and trucks behind each, frozen periods and their re-runs. What was counted is at most an hour
 * old for the day at hand, and days of which no sums are kept are ten minutes older at most.
 */
public final class IndicatorRoutes {
    /** Days are counted by the hour. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final Duration SHOWN = Duration.ofMinutes(10);
    private static final int MOST_PERIODS = 200;
    private static final int LONGEST_REASON = 200;
    private static final int MOST_TRUCKS = 2_000;

    private final ScopedDatabase database;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Recent<Range, IndicatorFigures> ranges;

    /** Days of which no sums are kept, for somebody who sees these companies: a million truck-days have to be added up. */
    private record Range(Scope scope, Asked asked) {}

    /** @param workers count what has grown old */
    public IndicatorRoutes(ScopedDatabase database, AuditLog audit, Executor workers, InstantSource clock) {
        this.ranges = new Recent<>(
                FRESH,
                SHOWN,
                workers,
                clock,
                range -> database.read(
                        range.scope,
                        ScopedDatabase.NO_USER,
                        connection -> figures(connection, range.scope, range.asked, clock.instant())));
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/kpis", Right.WATCH, this::figures),
                Route.get("/api/v1/kpis/companies", Right.WATCH, this::companies),
                Route.get("/api/v1/kpis/companies/file", Right.WATCH, this::companiesFile),
                Route.get("/api/v1/companies/:id/kpi-trucks", Right.WATCH, this::trucks),
                Route.get("/api/v1/companies/:id/kpi-trucks/file", Right.WATCH, this::trucksFile),
                Route.get("/api/v1/vehicles/:id/kpi-days", Right.WATCH, this::days),
                Route.get("/api/v1/kpi-periods", Right.WATCH, this::periods),
                Route.post("/api/v1/kpi-periods", Right.RERUN_INDICATORS, this::again));
    }

    private Answer figures(Call call) throws SQLException {
        Instant now = clock.instant();
        Scope scope = call.scope();
        Asked given = Asked.of(call, now);
        Optional<IndicatorFigures> summed = database.read(
                scope,
                call.user().userId(),
                connection -> IndicatorQueries.isSummed(connection, scope, given)
                        ? Optional.of(figures(connection, scope, given, now))
                        : Optional.empty());
        return Answer.json(summed.isPresent() ? summed.get() : ranges.of(new Range(scope, given)));
    }

    private static IndicatorFigures figures(Connection connection, Scope scope, Asked given, Instant now)
            throws SQLException {
        Period period = period(connection, given);
        return IndicatorFigures.read(connection, scope, overPeriod(given, period), period, now);
    }

    /** A company in the ranking. */
    record CompanyFigures(
            int id,
            String name,
            String adcode,
            long trucks,
            double km,
            Map<String, IndicatorFigures.Figure> indicators) {}

    private Answer companies(Call call) throws SQLException {
        return Answer.json(new Page<>(companyRows(call), null));
    }

    private List<CompanyFigures> companyRows(Call call) throws SQLException {
        Scope scope = call.scope();
        Asked given = Asked.of(call, clock.instant());
        return database.read(scope, call.user().userId(), connection -> {
            Asked asked = overPeriod(given, period(connection, given));
            Map<Integer, Company> companies = IndicatorQueries.companies(connection, scope, asked);
            Map<Integer, Counts> sums = IndicatorQueries.sums(connection, scope, asked, companies.keySet());
            List<CompanyFigures> rows = new ArrayList<>();
            companies.values().forEach(company -> {
                Counts counts = sums.get(company.id());
                if (counts != null) {
                    rows.add(new CompanyFigures(
                            company.id(),
                            company.name(),
                            company.adcode(),
                            counts.trucks(),
                            IndicatorFigures.kilometres(counts),
                            byCode(counts)));
                }
            });
            return rows;
        });
    }

    private Answer companiesFile(Call call) throws SQLException {
        IndicatorFile file = file(call, "company", "adcode", "trucks", "km");
        companyRows(call).forEach(file::company);
        return answer(call, file, "haulwatch-indicators");
    }

    private Answer trucksFile(Call call) throws SQLException {
        IndicatorFile file = file(call, "plate", "online_days", "km");
        truckRows(call).forEach(file::truck);
        return answer(call, file, "haulwatch-indicators-company-" + call.pathId("id"));
    }

    private static IndicatorFile file(Call call, String... first) {
        return new IndicatorFile(PrintWords.of(call.word("lang", PrintWords.LANGUAGES)), List.of(first));
    }

    private Answer answer(Call call, IndicatorFile file, String name) {
        Instant now = clock.instant();
        String format = call.word("format", IndicatorFile.formats());
        Asked asked = Asked.of(call, now);
        return file.answer(
                format == null ? "xlsx" : format, name + "-" + asked.first() + "-" + asked.last(), Stamp.of(call, now));
    }

    /** A truck behind a company's figures, the one that weighs most first. */
    record TruckRow(int id, String plate, int onlineDays, double km, Map<String, IndicatorFigures.Figure> indicators) {}

    private Answer trucks(Call call) throws SQLException {
        return Answer.json(new Page<>(truckRows(call), null));
    }

    private List<TruckRow> truckRows(Call call) throws SQLException {
        Scope scope = call.scope();
        int companyId = call.pathId("id");
        Asked given = Asked.of(call, clock.instant()).ofCompany(companyId);
        String code = call.word(
                "indicator",
                Arrays.stream(Indicator.values()).map(Indicator::code).toList());
        Indicator indicator = code == null ? Indicator.ONLINE : of(code);
        return database.read(scope, call.user().userId(), connection -> {
            Asked asked = overPeriod(given, period(connection, given));
            if (IndicatorQueries.companies(connection, scope, asked).isEmpty()) {
                throw unknownCompany(companyId);
            }
            Map<Integer, String> plates = IndicatorQueries.plates(connection, scope, companyId);
            return IndicatorQueries.trucks(connection, scope, asked, companyId).stream()
                    .sorted(worstFirst(indicator, plates))
                    .limit(MOST_TRUCKS)
                    .map(truck -> new TruckRow(
                            truck.id(),
                            plates.getOrDefault(truck.id(), ""),
                            truck.figures().onlineDays(),
                            IndicatorFigures.kilometres(truck.figures().counts()),
                            byCode(truck.figures().counts())))
                    .toList();
        });
    }

    /** Of a count what most adds to it, of a rate what most is missing from it. */
    private static Comparator<Truck> worstFirst(Indicator indicator, Map<Integer, String> plates) {
        boolean more = Set.of(Indicator.DRIFT, Indicator.SPEEDING, Indicator.FATIGUE, Indicator.MOVED_OFFLINE)
                .contains(indicator);
        Comparator<Truck> byWeight = Comparator.comparingDouble(truck -> {
            Ratio ratio = indicator.of(truck.figures().counts());
            return more ? -ratio.numerator() : ratio.numerator() - ratio.denominator();
        });
        return byWeight.thenComparing(truck -> plates.getOrDefault(truck.id(), ""));
    }

    private Answer days(Call call) throws SQLException {
        int vehicleId = call.pathId("id");
        Scope scope = call.scope();
        Asked asked = Asked.of(call, clock.instant());
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
            SeenVehicle.require(connection, scope, vehicleId);
            return new Page<>(IndicatorQueries.days(connection, scope, vehicleId, asked.first(), asked.last()), null);
        }));
    }

    private Answer periods(Call call) throws SQLException {
        return Answer.json(database.read(
                call.scope(),
                call.user().userId(),
                connection -> new Page<>(IndicatorQueries.periods(connection, MOST_PERIODS), null)));
    }

    private Answer again(Call call) throws SQLException {
        Instant now = clock.instant();
        LocalDate first = month(call);
        LocalDate last = first.plusMonths(1).minusDays(1);
        String reason = call.text("reason", 5, LONGEST_REASON).strip();
        if (reason.codePoints().anyMatch(Character::isISOControl)) {
            throw Refusal.badValue("A reason is one line of text.");
        }
        if (!(call.scope() instanceof Scope.All)) {
            throw Refusal.notAllowed("A period is counted again for everyone, so it takes a scope of all companies.");
        }
        if (!last.isBefore(now.atZone(PaperState.ZONE).toLocalDate())) {
            throw Refusal.ruleBroken("not-over", "A month can be counted again when it is over: month=" + first + ".");
        }
        int userId = call.user().userId();
        Period made = database.write(call.scope(), userId, connection -> {
            if (IndicatorQueries.counted(connection, first, last).days() == 0) {
                throw Refusal.ruleBroken("not-counted", "No day of that month was counted: month=" + first + ".");
            }
            if (IndicatorQueries.waits(connection, first, last)) {
                throw Refusal.conflict("This month is being counted again already; wait until it is done.");
            }
            int id = IndicatorQueries.again(connection, first, last, Indicator.FORMULA, userId, reason, now);
            audit.add(
                    connection,
                    userId,
                    "kpi.again",
                    "kpi_period:" + id,
                    Map.of("first_day", first.toString(), "last_day", last.toString(), "reason", reason),
                    call.address());
            return IndicatorQueries.period(connection, id).orElseThrow();
        });
        return Answer.json(202, made);
    }

    private static LocalDate month(Call call) {
        String given = call.text("month", 7, 7);
        try {
            return LocalDate.parse(given + "-01");
        } catch (DateTimeException e) {
            throw Refusal.badValue("\"month\" must be a month such as 2026-10.");
        }
    }

    /** The frozen period that is asked for, or null. */
    static @Nullable Period period(Connection connection, Asked asked) throws SQLException {
        Integer id = asked.periodId();
        if (id == null) {
            return null;
        }
        Period period = IndicatorQueries.period(connection, id)
                .orElseThrow(() -> Refusal.notFound("There is no such period: id=" + id + "."));
        if (period.madeAt() == null) {
            throw Refusal.conflict("This period is being counted again; its figures are there when that is done.");
        }
        return period;
    }

    /** The question over the days of the period. */
    static Asked overPeriod(Asked asked, @Nullable Period period) {
        return period == null
                ? asked
                : asked.over(LocalDate.parse(period.firstDay()), LocalDate.parse(period.lastDay()));
    }

    private static Indicator of(String code) {
        for (Indicator indicator : Indicator.values()) {
            if (indicator.code().equals(code)) {
                return indicator;
            }
        }
        throw new IllegalArgumentException("no such indicator: " + code);
    }

    private static Map<String, IndicatorFigures.Figure> byCode(Counts counts) {
        Map<String, IndicatorFigures.Figure> figures = new LinkedHashMap<>();
        for (Indicator indicator : Indicator.values()) {
            figures.put(indicator.code(), IndicatorFigures.Figure.of(indicator, counts));
        }
        return figures;
    }

    private static Refusal unknownCompany(int id) {
        return IndicatorFigures.unknownCompany(id);
    }
}

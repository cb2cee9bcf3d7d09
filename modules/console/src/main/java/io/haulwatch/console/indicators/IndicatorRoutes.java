package io.haulwatch.console.indicators;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.indicators.IndicatorQueries.Company;
import io.haulwatch.console.indicators.IndicatorQueries.Counted;
import io.haulwatch.console.indicators.IndicatorQueries.Means;
import io.haulwatch.console.indicators.IndicatorQueries.Period;
import io.haulwatch.console.indicators.IndicatorQueries.Truck;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.rules.kpi.Indicator;
import io.haulwatch.rules.kpi.Ratio;
import io.haulwatch.rules.kpi.ScoreSheet;
import io.haulwatch.rules.kpi.TruckFigures.Counts;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Indicators with numerator and denominator, the companies and trucks behind each, frozen periods and their re-runs. What was counted is at most an hour
 * old for the day at hand.
 */
public final class IndicatorRoutes {
    private static final int MOST_PERIODS = 200;
    private static final int LONGEST_REASON = 200;
    private static final int MOST_TRUCKS = 2_000;

    private final ScopedDatabase database;
    private final AuditLog audit;
    private final InstantSource clock;

    public IndicatorRoutes(ScopedDatabase database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/kpis", Right.WATCH, this::figures),
                Route.get("/api/v1/kpis/companies", Right.WATCH, this::companies),
                Route.get("/api/v1/companies/:id/kpi-trucks", Right.WATCH, this::trucks),
                Route.get("/api/v1/vehicles/:id/kpi-days", Right.WATCH, this::days),
                Route.get("/api/v1/kpi-periods", Right.WATCH, this::periods),
                Route.post("/api/v1/kpi-periods", Right.RERUN_INDICATORS, this::again));
    }

    /**
     * One indicator's value.
     *
     * @param value unrounded, null without a denominator
     * @param percent of a rate, two decimals, halves up
     */
    record Figure(
            String code,
            String unit,
            double numerator,
            double denominator,
            @Nullable Double value,
            @Nullable BigDecimal percent) {
        static Figure of(Indicator indicator, Counts counts) {
            Ratio ratio = indicator.of(counts);
            return new Figure(
                    indicator.code(),
                    indicator.unit().name().toLowerCase(Locale.ROOT),
                    ratio.numerator(),
                    ratio.denominator(),
                    ratio.value(),
                    indicator.unit() == Indicator.Unit.RATE ? ratio.percent() : null);
        }
    }

    /**
     * Figures of all, a region or a company.
     *
     * @param state frozen, open (late positions may still come) or running (the last day is today)
     * @param daysCounted of the days that were asked for
     */
    record Figures(
            String formula,
            String from,
            String to,
            String state,
            int days,
            int daysCounted,
            @Nullable String countedAt,
            @Nullable Period period,
            long trucks,
            double km,
            List<Figure> indicators,
            @Nullable Sheet score) {}

    /** A score sheet. @param sheet company or administration */
    record Sheet(
            String sheet,
            double points,
            double most,
            List<ScoreSheet.Line> lines,
            @Nullable MeansShown means) {}

    /** Which means a company was held against. */
    record MeansShown(
            @Nullable Double speeding,
            @Nullable Double fatigueHours,
            @Nullable String month,
            int companies) {}

    private Answer figures(Call call) throws SQLException {
        Instant now = clock.instant();
        Scope scope = call.scope();
        Asked given = Asked.of(call, now);
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
            Period period = period(connection, given);
            Asked asked = overPeriod(given, period);
            Map<Integer, Company> companies = IndicatorQueries.companies(connection, scope, asked);
            if (companies.isEmpty() && asked.company() != null) {
                throw unknownCompany(asked.company());
            }
            Counts counts = IndicatorQueries.sums(connection, scope, asked, companies.keySet()).values().stream()
                    .reduce(Counts.NONE, Counts::plus);
            Counted counted = IndicatorQueries.counted(connection, asked.first(), asked.last());
            int days = (int) (asked.last().toEpochDay() - asked.first().toEpochDay()) + 1;
            Instant at = counted.at();
            return new Figures(
                    period == null ? Indicator.FORMULA : period.formula(),
                    asked.first().toString(),
                    asked.last().toString(),
                    state(asked, period, counted, days, now),
                    days,
                    counted.days(),
                    at == null ? null : Json.time(at),
                    period,
                    counts.trucks(),
                    kilometres(counts),
                    indicators(counts),
                    score(connection, asked, companies, counts));
        }));
    }

    private static String state(Asked asked, @Nullable Period period, Counted counted, int days, Instant now) {
        if (period != null || counted.frozen() == days) {
            return "frozen";
        }
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        return asked.last().isBefore(today) ? "open" : "running";
    }

    private static List<Figure> indicators(Counts counts) {
        List<Figure> figures = new ArrayList<>();
        for (Indicator indicator : Indicator.values()) {
            figures.add(Figure.of(indicator, counts));
        }
        return figures;
    }

    private static Map<Indicator, Ratio> ratios(Counts counts) {
        Map<Indicator, Ratio> ratios = new EnumMap<>(Indicator.class);
        for (Indicator indicator : Indicator.values()) {
            ratios.put(indicator, indicator.of(counts));
        }
        return ratios;
    }

    /** A company is scored by the companies' sheet, everything else by the administrations'. */
    private static @Nullable Sheet score(
            Connection connection, Asked asked, Map<Integer, Company> companies, Counts counts) throws SQLException {
        if (counts.trucks() == 0) {
            return null;
        }
        if (asked.company() == null) {
            ScoreSheet.Score score = ScoreSheet.administration(ratios(counts));
            return new Sheet("administration", score.points(), score.most(), score.lines(), null);
        }
        Company company = companies.values().iterator().next();
        Means means = IndicatorQueries.means(connection, company.adcode(), asked.last());
        ScoreSheet.Score score = ScoreSheet.company(ratios(counts), means.speeding(), means.fatigueHours(), null);
        return new Sheet(
                "company",
                score.points(),
                score.most(),
                score.lines(),
                new MeansShown(means.speeding(), means.fatigueHours(), means.month(), means.companies()));
    }

    /** A company in the ranking. */
    record CompanyFigures(int id, String name, String adcode, long trucks, double km, Map<String, Figure> indicators) {}

    private Answer companies(Call call) throws SQLException {
        Scope scope = call.scope();
        Asked given = Asked.of(call, clock.instant());
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
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
                            kilometres(counts),
                            byCode(counts)));
                }
            });
            return new Page<>(rows, null);
        }));
    }

    /** A truck behind a company's figures, the one that weighs most first. */
    record TruckRow(int id, String plate, int onlineDays, double km, Map<String, Figure> indicators) {}

    private Answer trucks(Call call) throws SQLException {
        Scope scope = call.scope();
        int companyId = call.pathId("id");
        Asked given = Asked.of(call, clock.instant()).ofCompany(companyId);
        String code = call.word(
                "indicator",
                Arrays.stream(Indicator.values()).map(Indicator::code).toList());
        Indicator indicator = code == null ? Indicator.ONLINE : of(code);
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
            Asked asked = overPeriod(given, period(connection, given));
            if (IndicatorQueries.companies(connection, scope, asked).isEmpty()) {
                throw unknownCompany(companyId);
            }
            Map<Integer, String> plates = IndicatorQueries.plates(connection, scope, companyId);
            List<TruckRow> rows = IndicatorQueries.trucks(connection, scope, asked, companyId).stream()
                    .sorted(worstFirst(indicator, plates))
                    .limit(MOST_TRUCKS)
                    .map(truck -> new TruckRow(
                            truck.id(),
                            plates.getOrDefault(truck.id(), ""),
                            truck.figures().onlineDays(),
                            kilometres(truck.figures().counts()),
                            byCode(truck.figures().counts())))
                    .toList();
            return new Page<>(rows, null);
        }));
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

    private static @Nullable Period period(Connection connection, Asked asked) throws SQLException {
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

    private static Asked overPeriod(Asked asked, @Nullable Period period) {
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

    private static Map<String, Figure> byCode(Counts counts) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (Indicator indicator : Indicator.values()) {
            figures.put(indicator.code(), Figure.of(indicator, counts));
        }
        return figures;
    }

    private static double kilometres(Counts counts) {
        return Math.round(counts.totalMetres() / 100) / 10.0;
    }

    private static Refusal unknownCompany(int id) {
        return Refusal.notFound("There is no such company among those that you may see: id=" + id + ".");
    }
}

package io.haulwatch.console.indicators;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.indicators.IndicatorQueries.Company;
import io.haulwatch.console.indicators.IndicatorQueries.Counted;
import io.haulwatch.console.indicators.IndicatorQueries.Means;
import io.haulwatch.console.indicators.IndicatorQueries.Period;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.rules.kpi.Indicator;
import io.haulwatch.rules.kpi.Ratio;
import io.haulwatch.rules.kpi.ScoreSheet;
import io.haulwatch.rules.kpi.TruckFigures.Counts;
import io.haulwatch.store.scope.Scope;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures of all, a region or a company.
 *
 * @param state frozen, open (late positions may still come) or running (the last day is today)
 * @param daysCounted of the days that were asked for
 */
public record IndicatorFigures(
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
        @Nullable Sheet score) {

    /** A company's month: its newest frozen version, or as counted now while there is none. */
    public static IndicatorFigures ofMonth(
            Connection connection, Scope scope, int companyId, LocalDate firstDay, Instant now) throws SQLException {
        LocalDate lastDay = firstDay.plusMonths(1).minusDays(1);
        Period period = IndicatorQueries.newest(connection, firstDay, lastDay).orElse(null);
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        Asked asked = new Asked(
                firstDay,
                lastDay.isAfter(today) ? today : lastDay,
                period == null ? null : (Integer) period.id(),
                null,
                companyId);
        IndicatorFigures figures = read(connection, scope, asked, period, now);
        return figures.daysCounted == 0 ? figures.withoutValues() : figures;
    }

    /** The register alone gives denominators: of a time without a counted day nothing follows from them. */
    private IndicatorFigures withoutValues() {
        return new IndicatorFigures(
                formula, from, to, state, days, 0, countedAt, period, trucks, km, indicators(Counts.NONE), null);
    }

    static IndicatorFigures read(Connection connection, Scope scope, Asked asked, @Nullable Period period, Instant now)
            throws SQLException {
        Map<Integer, Company> companies = IndicatorQueries.companies(connection, scope, asked);
        if (companies.isEmpty() && asked.company() != null) {
            throw unknownCompany(asked.company());
        }
        Counts counts = IndicatorQueries.sums(connection, scope, asked, companies.keySet()).values().stream()
                .reduce(Counts.NONE, Counts::plus);
        Counted counted = IndicatorQueries.counted(connection, asked.first(), asked.last());
        int days = (int) (asked.last().toEpochDay() - asked.first().toEpochDay()) + 1;
        Instant at = counted.at();
        return new IndicatorFigures(
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
    }

    /**
     * One indicator's value.
     *
     * @param value unrounded, null without a denominator
     * @param percent of a rate, two decimals, halves up
     */
    public record Figure(
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

    /** A score sheet. @param sheet company or administration */
    public record Sheet(
            String sheet,
            double points,
            double most,
            List<ScoreSheet.Line> lines,
            @Nullable MeansShown means) {}

    /** Which means a company was held against. */
    public record MeansShown(
            @Nullable Double speeding,
            @Nullable Double fatigueHours,
            @Nullable String month,
            int companies) {}

    /** frozen, open (late positions may still come) or running (the last day is today). */
    static String state(Asked asked, @Nullable Period period, Counted counted, int days, Instant now) {
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

    static double kilometres(Counts counts) {
        return Math.round(counts.totalMetres() / 100) / 10.0;
    }

    static Refusal unknownCompany(int id) {
        return Refusal.notFound("There is no such company among those that you may see: id=" + id + ".");
    }
}

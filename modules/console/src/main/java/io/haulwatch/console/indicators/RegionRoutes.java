package io.haulwatch.console.indicators;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.indicators.IndicatorQueries.Company;
import io.haulwatch.console.indicators.IndicatorQueries.Counted;
import io.haulwatch.console.indicators.IndicatorQueries.Period;
import io.haulwatch.console.session.Right;
import io.haulwatch.rules.kpi.FunnelLimits;
import io.haulwatch.rules.kpi.FunnelLimits.Limits;
import io.haulwatch.rules.kpi.Indicator;
import io.haulwatch.rules.kpi.Ratio;
import io.haulwatch.rules.kpi.TruckFigures.Counts;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A region at a glance: how often something happened for how much driving, company by company, and who lies beyond what chance explains. Companies
 * carry the code of their place, so that whoever shows them adds them up for provinces and prefectures: a region's rate is a ratio of sums.
 */
public final class RegionRoutes {
    /** Points of the lines of the funnel. */
    private static final int STEPS = 48;
    /** The lines go on beyond the least and the most exposure. */
    private static final double MARGIN = 1.25;

    private static final List<String> OF = List.of("alarms", "speeding");
    private static final List<String> PER = List.of("km", "truck");
    /** Rates are per 1,000 km. */
    private static final double METRES = 1_000_000;

    private final ScopedDatabase database;
    private final InstantSource clock;

    public RegionRoutes(ScopedDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/region", Right.WATCH, this::overview));
    }

    /**
     * A company in its region.
     *
     * @param count of what is asked for
     * @param exposure thousands of kilometres, or trucks that were online
     * @param rate count by exposure, null without exposure
     * @param expected count, had it the region's rate
     * @param place within, above_95, above_998, below_95, below_998; null without exposure
     */
    record CompanyRow(
            int id,
            String name,
            String adcode,
            long trucks,
            double km,
            long count,
            double exposure,
            @Nullable Double rate,
            @Nullable Double expected,
            @Nullable String place) {}

    /** Limits of a rate where there is so much exposure. */
    record LimitRow(double exposure, double low998, double low95, double high95, double high998) {}

    /**
     * The region.
     *
     * @param of alarms (of severity 2 and above whose deadline lies in the days) or speeding (merged events)
     * @param per km (1,000 km) or truck (online)
     */
    record Overview(
            String formula,
            String from,
            String to,
            String state,
            int days,
            int daysCounted,
            @Nullable String countedAt,
            @Nullable Period period,
            String of,
            String per,
            long trucks,
            double km,
            long count,
            double exposure,
            @Nullable Double rate,
            List<CompanyRow> companies,
            List<LimitRow> limits) {}

    private Answer overview(Call call) throws SQLException {
        Instant now = clock.instant();
        Scope scope = call.scope();
        Asked given = Asked.of(call, now);
        String of = word(call, "of", OF);
        String per = word(call, "per", PER);
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
            Period period = IndicatorRoutes.period(connection, given);
            Asked asked = IndicatorRoutes.overPeriod(given, period);
            Map<Integer, Company> companies = IndicatorQueries.companies(connection, scope, asked);
            Map<Integer, Counts> sums = IndicatorQueries.sums(connection, scope, asked, companies.keySet());
            Counts all = sums.values().stream().reduce(Counts.NONE, Counts::plus);
            Ratio whole = new Ratio(count(all, of), exposure(all, per));
            Counted counted = IndicatorQueries.counted(connection, asked.first(), asked.last());
            int days = (int) (asked.last().toEpochDay() - asked.first().toEpochDay()) + 1;
            List<CompanyRow> rows = new ArrayList<>();
            for (Company company : companies.values()) {
                Counts counts = sums.get(company.id());
                if (counts != null) {
                    rows.add(row(company, counts, of, per, whole.value()));
                }
            }
            return new Overview(
                    period == null ? Indicator.FORMULA : period.formula(),
                    asked.first().toString(),
                    asked.last().toString(),
                    IndicatorFigures.state(asked, period, counted, days, now),
                    days,
                    counted.days(),
                    Json.timeOrNull(counted.at()),
                    period,
                    of,
                    per,
                    all.trucks(),
                    IndicatorFigures.kilometres(all),
                    count(all, of),
                    exposure(all, per),
                    whole.value(),
                    rows,
                    limits(rows, whole.value()));
        }));
    }

    private static String word(Call call, String name, List<String> words) {
        String word = call.word(name, words);
        return word == null ? words.getFirst() : word;
    }

    private static long count(Counts counts, String of) {
        return of.equals("speeding") ? counts.speedings() : counts.alarms().due();
    }

    private static double exposure(Counts counts, String per) {
        return per.equals("truck") ? counts.online() : counts.totalMetres() / METRES;
    }

    private static CompanyRow row(Company company, Counts counts, String of, String per, @Nullable Double mean) {
        Ratio ratio = new Ratio(count(counts, of), exposure(counts, per));
        boolean drawn = mean != null && ratio.denominator() > 0;
        Double expected = drawn && mean != null ? Double.valueOf(mean * ratio.denominator()) : null;
        return new CompanyRow(
                company.id(),
                company.name(),
                company.adcode(),
                counts.trucks(),
                IndicatorFigures.kilometres(counts),
                count(counts, of),
                ratio.denominator(),
                ratio.value(),
                expected,
                expected == null
                        ? null
                        : FunnelLimits.around(expected)
                                .place(ratio.numerator())
                                .name()
                                .toLowerCase(Locale.ROOT));
    }

    /** The lines of the funnel, from the least to the most exposure in even steps of their ratio. */
    private static List<LimitRow> limits(List<CompanyRow> rows, @Nullable Double mean) {
        double[] exposures = rows.stream()
                .mapToDouble(CompanyRow::exposure)
                .filter(exposure -> exposure > 0)
                .sorted()
                .toArray();
        if (mean == null || exposures.length == 0) {
            return List.of();
        }
        double least = exposures[0] / MARGIN;
        double ratio = Math.pow(exposures[exposures.length - 1] * MARGIN / least, 1.0 / STEPS);
        List<LimitRow> lines = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            double exposure = least * Math.pow(ratio, i);
            Limits limits = FunnelLimits.around(mean * exposure);
            lines.add(new LimitRow(
                    exposure,
                    limits.low998() / exposure,
                    limits.low95() / exposure,
                    limits.high95() / exposure,
                    limits.high998() / exposure));
        }
        return lines;
    }
}

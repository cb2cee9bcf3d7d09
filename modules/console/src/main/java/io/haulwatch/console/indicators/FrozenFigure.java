package io.haulwatch.console.indicators;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.indicators.IndicatorQueries.Period;
import io.haulwatch.console.indicators.IndicatorQueries.Truck;
import io.haulwatch.rules.kpi.Indicator;
import io.haulwatch.rules.kpi.Ratio;
import io.haulwatch.rules.kpi.TruckFigures.Counts;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An indicator of a company or one of its trucks as it stands now, to be kept with what is said about it: later counts do not change it. */
public final class FrozenFigure {
    private FrozenFigure() {}

    /**
     * Looks the figure up.
     *
     * @param given says {@code indicator}, {@code period} or {@code from} and {@code to}, and perhaps {@code vehicle}
     * @return what was counted, by the names that the API gives
     */
    public static Map<String, Object> of(Connection connection, Scope scope, int companyId, JsonNode given, Instant now)
            throws SQLException {
        Indicator indicator = indicator(given.path("indicator").asText());
        JsonNode periodGiven = given.path("period");
        Period period = periodGiven.isInt() ? period(connection, periodGiven.intValue()) : null;
        Asked asked = new Asked(
                period == null ? day(given, "from") : LocalDate.parse(period.firstDay()),
                period == null ? day(given, "to") : LocalDate.parse(period.lastDay()),
                period == null ? null : period.id(),
                null,
                companyId);
        if (asked.first().isAfter(asked.last())) {
            throw Refusal.badValue("A figure's \"from\" must not be after its \"to\".");
        }
        Integer vehicle = given.path("vehicle").isInt() ? given.path("vehicle").intValue() : null;
        Ratio ratio = indicator.of(counts(connection, scope, asked, companyId, vehicle));
        Map<String, Object> figure = new LinkedHashMap<>();
        figure.put("indicator", indicator.code());
        figure.put("unit", indicator.unit().name().toLowerCase(Locale.ROOT));
        figure.put("formula", period == null ? Indicator.FORMULA : period.formula());
        figure.put("from", asked.first().toString());
        figure.put("to", asked.last().toString());
        figure.put("period", asked.periodId());
        figure.put("version", period == null ? null : period.version());
        figure.put("vehicle_id", vehicle);
        figure.put(
                "plate",
                vehicle == null
                        ? null
                        : IndicatorQueries.plates(connection, scope, companyId).get(vehicle));
        figure.put("numerator", ratio.numerator());
        figure.put("denominator", ratio.denominator());
        figure.put("value", ratio.value());
        figure.put("percent", indicator.unit() == Indicator.Unit.RATE ? ratio.percent() : null);
        figure.put("taken_at", Json.time(now));
        return figure;
    }

    private static Counts counts(
            Connection connection, Scope scope, Asked asked, int companyId, @Nullable Integer vehicle)
            throws SQLException {
        if (vehicle == null) {
            Counts counts = IndicatorQueries.sums(connection, scope, asked, Set.of(companyId))
                    .get(companyId);
            if (counts == null) {
                throw notThere();
            }
            return counts;
        }
        return IndicatorQueries.trucks(connection, scope, asked, companyId).stream()
                .filter(truck -> truck.id() == vehicle)
                .findFirst()
                .map(Truck::figures)
                .orElseThrow(FrozenFigure::notThere)
                .counts();
    }

    private static Refusal notThere() {
        return Refusal.ruleBroken("figure-not-there", "Nothing was counted of that company or truck in those days.");
    }

    private static Period period(Connection connection, int id) throws SQLException {
        Period period = IndicatorQueries.period(connection, id)
                .orElseThrow(() -> Refusal.notFound("There is no such period: id=" + id + "."));
        if (period.madeAt() == null) {
            throw Refusal.conflict("This period is being counted again; its figures are there when that is done.");
        }
        return period;
    }

    private static Indicator indicator(String code) {
        for (Indicator indicator : Indicator.values()) {
            if (indicator.code().equals(code)) {
                return indicator;
            }
        }
        throw Refusal.badValue("A figure names its \"indicator\" by its code.");
    }

    private static LocalDate day(JsonNode given, String name) {
        try {
            return LocalDate.parse(given.path(name).asText());
        } catch (DateTimeException e) {
            throw Refusal.badValue("A figure needs \"period\", or the days \"from\" and \"to\".");
        }
    }
}

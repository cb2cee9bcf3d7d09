package io.haulwatch.console.reports;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.print.PrintWords;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The lines of a report in the words of one language, for paper and workbook alike: a number is a number, everything else a text. */
final class ReportLines {
    private static final int HUNDRED = 100;

    private final PrintWords words;
    private final JsonNode report;

    ReportLines(PrintWords words, JsonNode report) {
        this.words = words;
        this.report = report;
    }

    /** Indicator, value, unit, numerator, denominator, points, most points. */
    List<List<Object>> figures() {
        List<List<Object>> rows = new ArrayList<>();
        for (JsonNode figure : report.get("figures").get("indicators")) {
            String code = figure.get("code").textValue();
            JsonNode line = line(code);
            boolean rate = figure.get("unit").textValue().equals("rate");
            Object value = figure.get("value").isNull()
                    ? words.text("report.no_value")
                    : rate ? (Object) figure.get("percent").decimalValue() : rounded(figure.get("value"), 2);
            rows.add(List.of(
                    words.of("indicator", code),
                    value,
                    words.text("report.unit." + figure.get("unit").textValue()),
                    rounded(figure.get("numerator"), 2),
                    rounded(figure.get("denominator"), 2),
                    line.isMissingNode() ? "" : rounded(line.get("points"), 1),
                    line.isMissingNode() ? "" : rounded(line.get("most"), 0)));
        }
        return rows;
    }

    private JsonNode line(String code) {
        for (JsonNode line : report.get("figures").path("score").path("lines")) {
            if (line.get("code").textValue().equals(code)) {
                return line;
            }
        }
        return report.path("none");
    }

    /** Part of the risk score, weight in per cent, its value, the points that it adds. */
    List<List<Object>> parts() {
        List<List<Object>> rows = new ArrayList<>();
        for (JsonNode part : report.get("risk").path("parts")) {
            rows.add(List.of(
                    words.of("riskPart", part.path("code").asText("")),
                    rounded(part.path("weight").asDouble() * HUNDRED, 1),
                    rounded(part.path("value").asDouble(), 1),
                    rounded(part.path("points").asDouble(), 1)));
        }
        return rows;
    }

    /** Name, points, alarms, worst severity, why. */
    List<List<Object>> drivers() {
        List<List<Object>> rows = new ArrayList<>();
        report.get("drivers").forEach(driver -> rows.add(worst(driver, driver.get("name"), List.of())));
        return rows;
    }

    /** Plate, points, alarms, worst severity, kilometres, points per 1,000 km, why. */
    List<List<Object>> trucks() {
        List<List<Object>> rows = new ArrayList<>();
        for (JsonNode truck : report.get("trucks")) {
            rows.add(worst(
                    truck,
                    truck.get("plate"),
                    List.of(rounded(truck.get("km"), 1), orNone(truck.get("points_per1000_km"), 1))));
        }
        return rows;
    }

    private List<Object> worst(JsonNode of, JsonNode label, List<Object> more) {
        JsonNode why = of.get("why");
        List<Object> row = new ArrayList<>(List.of(
                label.textValue(),
                why.get("points").intValue(),
                why.get("alarms").intValue(),
                words.of("severity", why.get("worst_severity").asText())));
        row.addAll(more);
        row.add(byRule(why));
        return row;
    }

    private String byRule(JsonNode why) {
        return counted(why.get("by_rule"), "rule");
    }

    /** What was done, how often, and more of it. */
    List<List<Object>> done() {
        JsonNode done = report.get("done");
        List<List<Object>> rows = new ArrayList<>();
        int alarms = 0;
        for (JsonNode count : done.get("alarms_by_severity")) {
            alarms += count.intValue();
        }
        row(rows, "alarms", alarms, counted(done.get("alarms_by_severity"), "severity"));
        int handled = 0;
        for (String word : List.of("resolved", "false", "overturned")) {
            handled += done.get("alarms_by_handling").path(word).intValue();
        }
        row(rows, "handled", handled, counted(done.get("alarms_by_handling"), "handling"));
        row(
                rows,
                "notices",
                done.get("notices_answered").intValue(),
                words.text(
                        "report.notices_of",
                        "sent",
                        done.get("notices_sent").intValue(),
                        "in_time",
                        done.get("notices_in_time").intValue()));
        row(
                rows,
                "cases",
                done.get("cases_closed").intValue(),
                words.text("report.opened", "n", done.get("cases_opened").intValue()));
        row(
                rows,
                "appeals",
                done.get("appeals").intValue(),
                words.text("report.accepted", "n", done.get("appeals_accepted").intValue()));
        row(
                rows,
                "hazards",
                done.get("hazards_rectified").intValue(),
                words.text(
                        "report.found",
                        "n",
                        done.get("hazards_found").intValue(),
                        "closed",
                        done.get("hazards_closed").intValue()));
        int papers = 0;
        for (JsonNode count : done.get("papers")) {
            papers += count.intValue();
        }
        row(rows, "papers", papers, counted(done.get("papers"), "paperKind"));
        row(rows, "services", done.get("services").intValue(), "");
        row(
                rows,
                "training",
                done.get("trained_drivers").intValue(),
                words.text("report.hours", "n", rounded(done.get("training_hours"), 1)));
        row(
                rows,
                "accidents",
                done.get("accidents").intValue(),
                words.text(
                        "report.harmed",
                        "deaths",
                        done.get("deaths").intValue(),
                        "injured",
                        done.get("injured").intValue()));
        return rows;
    }

    private void row(List<List<Object>> rows, String key, int count, String more) {
        rows.add(List.of(words.text("report.done." + key), count, more));
    }

    /** The most first. */
    private String counted(JsonNode counts, String group) {
        return counts.properties().stream()
                .sorted(Comparator.comparingInt(each -> -each.getValue().intValue()))
                .map(each -> words.text(
                        "report.times",
                        "what",
                        words.of(group, each.getKey()),
                        "n",
                        each.getValue().intValue()))
                .collect(Collectors.joining(words.text("and")));
    }

    /** What is open, how much, how much of it is overdue. */
    List<List<Object>> open() {
        JsonNode open = report.get("open");
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of(words.text("report.open.alarms"), open.get("alarms").intValue(), ""));
        rows.add(List.of(
                words.text("report.open.notices"),
                open.get("notices").intValue(),
                words.text("report.overdue", "n", open.get("notices_overdue").intValue())));
        rows.add(List.of(
                words.text("report.open.cases"),
                open.get("cases").intValue(),
                words.text(
                        "report.steps_overdue", "n", open.get("steps_overdue").intValue())));
        rows.add(List.of(
                words.text("report.open.duties"),
                open.get("overdue_all").intValue(),
                words.text("report.critical", "n", open.get("overdue_critical").intValue())));
        return rows;
    }

    /** Of, what, last valid day, days overdue. */
    List<List<Object>> overdue() {
        List<List<Object>> rows = new ArrayList<>();
        for (JsonNode each : report.get("open").get("overdue")) {
            rows.add(List.of(
                    words.of("paperOwner", each.get("owner_kind").textValue()) + " "
                            + each.get("label").textValue(),
                    words.of("paperKind", each.get("kind").textValue())
                            + (each.get("critical").booleanValue() ? words.text("report.is_critical") : ""),
                    each.get("since").isNull() ? "" : each.get("since").textValue(),
                    each.get("days").longValue()));
        }
        return rows;
    }

    /** Month, alarms, kilometres, alarms per 1,000 km, score. */
    List<List<Object>> months() {
        List<List<Object>> rows = new ArrayList<>();
        for (JsonNode month : report.get("months")) {
            rows.add(List.of(
                    month.get("month").textValue(),
                    month.get("alarms").intValue(),
                    rounded(month.get("km"), 1),
                    orNone(month.get("alarms_per1000_km"), 1),
                    orNone(month.get("score"), 1)));
        }
        return rows;
    }

    /** Last day of the week, score, lower quarter, median, upper quarter of companies of the size. */
    List<List<Object>> weeks() {
        List<List<Object>> rows = new ArrayList<>();
        for (JsonNode week : report.get("weeks")) {
            rows.add(List.of(
                    week.get("day").textValue(),
                    orNone(week.get("score"), 1),
                    orNone(week.get("quarter"), 1),
                    orNone(week.get("median"), 1),
                    orNone(week.get("three_quarters"), 1)));
        }
        return rows;
    }

    private Object orNone(JsonNode number, int places) {
        return number.isNull() ? words.text("report.no_value") : rounded(number, places);
    }

    static BigDecimal rounded(JsonNode number, int places) {
        return rounded(number.asDouble(), places);
    }

    static BigDecimal rounded(double number, int places) {
        return BigDecimal.valueOf(number).setScale(places, RoundingMode.HALF_UP);
    }

    /** A row as it is printed: numbers with their thousands apart. */
    static List<String> printed(List<Object> row) {
        List<String> cells = new ArrayList<>();
        for (Object cell : row) {
            cells.add(
                    cell instanceof BigDecimal number
                            ? String.format(
                                    Locale.ROOT,
                                    "%,." + Math.max(0, plain(number).scale()) + "f",
                                    number)
                            : cell instanceof Number number
                                    ? String.format(Locale.ROOT, "%,d", number.longValue())
                                    : cell.toString());
        }
        return cells;
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}

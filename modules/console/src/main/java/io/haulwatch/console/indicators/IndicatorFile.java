package io.haulwatch.console.indicators;

import io.haulwatch.console.history.Stamp;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.indicators.IndicatorFigures.Figure;
import io.haulwatch.console.indicators.IndicatorRoutes.CompanyFigures;
import io.haulwatch.console.indicators.IndicatorRoutes.TruckRow;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.rules.kpi.Indicator;
import io.haulwatch.store.register.TableFiles;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of the page of indicators as a table: of each indicator its value and what was counted out of how much. */
final class IndicatorFile {
    private static final List<String> FORMATS = List.of("xlsx", "csv");

    private final PrintWords words;
    private final List<List<Object>> rows = new ArrayList<>();

    /** @param first titles of the columns before the indicators, keys of the words */
    IndicatorFile(PrintWords words, List<String> first) {
        this.words = words;
        List<Object> titles = new ArrayList<>();
        first.forEach(key -> titles.add(words.text("kpi." + key)));
        for (Indicator indicator : Indicator.values()) {
            String name = words.of("indicator", indicator.code());
            String unit = words.text("report.unit." + indicator.unit().name().toLowerCase(java.util.Locale.ROOT));
            titles.add(words.text("kpi.value", "name", name, "unit", unit));
            titles.add(words.text("kpi.counted", "name", name));
            titles.add(words.text("kpi.of", "name", name));
        }
        rows.add(titles);
    }

    static List<String> formats() {
        return FORMATS;
    }

    void company(CompanyFigures company) {
        add(List.of(company.name(), company.adcode(), company.trucks(), number(company.km())), company.indicators());
    }

    void truck(TruckRow truck) {
        add(List.of(truck.plate(), truck.onlineDays(), number(truck.km())), truck.indicators());
    }

    private void add(List<Object> first, Map<String, Figure> figures) {
        List<Object> row = new ArrayList<>(first);
        for (Figure figure : figures.values()) {
            Double value = figure.value();
            BigDecimal percent = figure.percent();
            row.add(percent != null ? percent : value == null ? "" : number(value));
            row.add(number(figure.numerator()));
            row.add(number(figure.denominator()));
        }
        rows.add(row);
    }

    /** Whole numbers without a point, the others as they are. */
    private static Number number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : (Number) value;
    }

    /** @param name of the file without its ending */
    Answer answer(String format, String name, Stamp stamp) {
        boolean csv = format.equals("csv");
        byte[] bytes = csv
                ? stamp.under(TableFiles.csv(rows.stream()
                        .map(row -> row.stream().map(Object::toString).toList())
                        .toList()))
                : TableFiles.workbook(List.of(
                        new TableFiles.SheetRows(words.text("kpi.sheet"), rows),
                        new TableFiles.SheetRows(
                                words.text("kpi.about"),
                                List.of(List.of(words.text("kpi.about")), List.of(stamp.line())))));
        return Answer.bytes(200, bytes, csv ? TableFiles.CSV : TableFiles.WORKBOOK)
                .with("Content-Disposition", "attachment; filename=\"" + name + "." + format + "\"");
    }
}

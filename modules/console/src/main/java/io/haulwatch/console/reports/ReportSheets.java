package io.haulwatch.console.reports;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.store.register.TableFiles.SheetRows;
import java.util.ArrayList;
import java.util.List;

/** A report as a workbook: a sheet for each part, in the order of the printed one. */
final class ReportSheets {
    private final PrintWords words;
    private final JsonNode report;
    private final ReportLines lines;

    ReportSheets(PrintWords words, JsonNode report) {
        this.words = words;
        this.report = report;
        this.lines = new ReportLines(words, report);
    }

    List<SheetRows> sheets() {
        return List.of(
                sheet("about", about()),
                sheet("figures", lines.figures()),
                sheet("parts", lines.parts()),
                sheet("drivers", lines.drivers()),
                sheet("trucks", lines.trucks()),
                sheet("done", lines.done()),
                sheet("open", lines.open()),
                sheet("overdue", lines.overdue()),
                sheet("months", lines.months()),
                sheet("weeks", lines.weeks()));
    }

    private List<List<Object>> about() {
        JsonNode company = report.get("company");
        JsonNode figures = report.get("figures");
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of(words.text("report.company"), company.get("name").textValue()));
        rows.add(List.of(words.text("report.month"), report.get("month").textValue()));
        rows.add(List.of(
                words.text("report.state"),
                words.text("report.state." + report.get("state").textValue())));
        rows.add(List.of(
                words.text("report.trucks_drivers"),
                words.text("report.size", "trucks", company.get("trucks"), "drivers", company.get("drivers"))));
        rows.add(List.of(words.text("report.formula"), figures.get("formula").textValue()));
        rows.add(List.of(words.text("report.km"), ReportLines.rounded(figures.get("km"), 1)));
        rows.add(List.of(words.text("report.as_of"), report.get("as_of").textValue()));
        return rows;
    }

    private SheetRows sheet(String key, List<List<Object>> rows) {
        List<List<?>> all = new ArrayList<>();
        all.add(List.of(words.text("report.titles." + key).split("\\|", -1)));
        all.addAll(rows);
        return new SheetRows(words.text("report.sheet." + key), all);
    }
}

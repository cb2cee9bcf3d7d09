package io.haulwatch.console.reports;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.documents.IssuedDocuments.Issued;
import io.haulwatch.console.print.Folio;
import io.haulwatch.console.print.Folio.Column;
import io.haulwatch.console.print.Folio.Fact;
import io.haulwatch.console.print.PrintWords;
import java.util.ArrayList;
import java.util.List;

/** A report on paper. It reads the content and nothing else, so that what is printed is what was summed. */
final class ReportPrint {
    private final PrintWords words;
    private final JsonNode report;
    private final ReportLines lines;

    ReportPrint(PrintWords words, JsonNode report) {
        this.words = words;
        this.report = report;
        this.lines = new ReportLines(words, report);
    }

    Folio.Head head(Issued issued, String sum) {
        return new Folio.Head(
                words.text("report.title", "month", report.get("month").textValue()),
                report.get("company").get("name").textValue(),
                issued.number(),
                List.of(
                        words.text("card.number", "number", issued.number()),
                        words.text("card.sum", "sum", sum),
                        words.text("card.issued", "at", words.moment(issued.issuedAt())),
                        words.text("card.check", "number", issued.number())));
    }

    void write(Folio folio) {
        JsonNode figures = report.get("figures");
        folio.told(words.text(
                "report.state." + report.get("state").textValue(),
                "days",
                figures.get("days_counted"),
                "of",
                figures.get("days")));
        folio.facts(facts());
        folio.heading(words.text("report.sheet.figures"));
        folio.table(columns("figures", 2.4f, -1, 1, -1.4f, -1.4f, -0.9f, -0.9f), printed(lines.figures()));
        folio.remark(words.text(
                "report.figures_note", "formula", figures.get("formula").textValue()));
        risk(folio);
        worst(folio, "drivers", lines.drivers(), 1.6f, -0.8f, -0.8f, 1, 4);
        worst(folio, "trucks", lines.trucks(), 1.5f, -0.8f, -0.8f, 1, -1.2f, -1.2f, 3);
        folio.remark(words.text("report.points_note"));
        folio.heading(words.text("report.sheet.done"));
        folio.table(columns("done", 2, -0.8f, 5), printed(lines.done()));
        folio.heading(words.text("report.open_as_of", "day", report.get("as_of").textValue()));
        folio.table(columns("open", 2.4f, -0.8f, 4), printed(lines.open()));
        if (report.get("open").get("overdue").isEmpty()) {
            folio.sentence(words.text("report.nothing_overdue"));
        } else {
            folio.table(columns("overdue", 3.4f, 2.2f, 1.2f, -1), printed(lines.overdue()));
            int all = report.get("open").get("overdue_all").intValue();
            int shown = report.get("open").get("overdue").size();
            if (all > shown) {
                folio.remark(words.text("report.more_overdue", "n", all - shown));
            }
        }
        folio.heading(words.text("report.sheet.months"));
        folio.drawing(MonthBars.HEIGHT, new MonthBars(words, report.get("months")));
        folio.table(columns("months", 1.2f, -1, -1.4f, -1.4f, -1), printed(lines.months()));
        folio.heading(words.text("report.sheet.weeks"));
        folio.drawing(ScoreWeeks.HEIGHT, new ScoreWeeks(words, report.get("weeks")));
    }

    private List<Fact> facts() {
        JsonNode company = report.get("company");
        JsonNode figures = report.get("figures");
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                words.text("report.trucks_drivers"),
                words.text("report.size", "trucks", company.get("trucks"), "drivers", company.get("drivers"))));
        facts.add(new Fact(
                words.text("report.km"),
                ReportLines.printed(List.of(ReportLines.rounded(figures.get("km"), 1)))
                        .getFirst()));
        JsonNode score = figures.get("score");
        facts.add(new Fact(
                words.text("report.points"),
                score.isNull()
                        ? words.text("report.no_value")
                        : words.text(
                                "report.points_of",
                                "points",
                                ReportLines.rounded(score.get("points"), 1),
                                "most",
                                ReportLines.rounded(score.get("most"), 0))));
        JsonNode risk = report.get("risk");
        facts.add(new Fact(
                words.text("report.risk"),
                risk.isNull() || risk.get("score").isNull()
                        ? words.text("report.no_value")
                        : ReportLines.rounded(risk.get("score"), 1) + " · "
                                + words.of("riskLong", risk.get("band").asText(""))));
        JsonNode period = figures.get("period");
        facts.add(new Fact(
                words.text("report.version"),
                period.isNull()
                        ? words.text("report.as_now")
                        : words.text(
                                "report.frozen",
                                "n",
                                period.get("version"),
                                "at",
                                words.minute(period.get("made_at").textValue()))));
        return facts;
    }

    private void risk(Folio folio) {
        JsonNode risk = report.get("risk");
        folio.heading(words.text("report.sheet.parts"));
        if (risk.isNull()) {
            folio.sentence(words.text("report.no_risk"));
            return;
        }
        folio.table(columns("parts", 2, -1, -1, -1), printed(lines.parts()));
        folio.remark(words.text(
                "report.risk_note",
                "formula",
                risk.get("formula_version").textValue(),
                "at",
                words.minute(risk.get("as_of").textValue())));
        for (JsonNode veto : risk.get("veto")) {
            folio.sentence(words.text(
                    "report.veto",
                    "what",
                    words.of("veto", veto.path("code").asText(""))
                            .replace("{value}", veto.path("value").asText(""))));
        }
    }

    private void worst(Folio folio, String key, List<List<Object>> rows, float... widths) {
        folio.heading(words.text("report.sheet." + key));
        if (rows.isEmpty()) {
            folio.sentence(words.text("report.nobody_worst"));
        } else {
            folio.table(columns(key, widths), printed(rows));
        }
    }

    /** @param widths of the columns, negative for one of numbers */
    private List<Column> columns(String key, float... widths) {
        String[] titles = words.text("report.titles." + key).split("\\|", -1);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            columns.add(new Column(titles[i], Math.abs(widths[i]), widths[i] < 0));
        }
        return columns;
    }

    private static List<List<String>> printed(List<List<Object>> rows) {
        return rows.stream().map(ReportLines::printed).toList();
    }
}

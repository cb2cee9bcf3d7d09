package io.haulwatch.console.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.documents.IssuedDocuments.Issued;
import io.haulwatch.console.print.Folio;
import io.haulwatch.console.print.Folio.Column;
import io.haulwatch.console.print.Folio.Fact;
import io.haulwatch.console.print.PrintWords;
import java.util.ArrayList;
import java.util.List;

/** The ledger on paper. It reads the content and nothing else, so that what is printed is what was summed. */
final class LedgerPrint {
    private final PrintWords words;
    private final JsonNode ledger;

    LedgerPrint(PrintWords words, JsonNode ledger) {
        this.words = words;
        this.ledger = ledger;
    }

    Folio.Head head(Issued issued, String sum) {
        return new Folio.Head(
                words.text("ledger.title"),
                ledger.get("company").get("name").textValue(),
                issued.number(),
                List.of(
                        words.text("card.number", "number", issued.number()),
                        words.text("card.sum", "sum", sum),
                        words.text("card.issued", "at", words.moment(issued.issuedAt())),
                        words.text("card.check", "number", issued.number())));
    }

    void write(Folio folio) {
        JsonNode totals = ledger.get("totals");
        folio.facts(List.of(
                new Fact(
                        words.text("ledger.period"),
                        ledger.get("from").textValue() + " – "
                                + ledger.get("to").textValue()),
                new Fact(words.text("ledger.records"), totals.get("records").asText()),
                new Fact(words.text("ledger.drivers"), totals.get("drivers").asText()),
                new Fact(
                        words.text("ledger.hours"),
                        totals.get("hours").decimalValue().toPlainString()),
                new Fact(words.text("ledger.absent"), totals.get("absentees").asText())));
        folio.heading(words.text("ledger.sheet.records"));
        if (ledger.get("rows").isEmpty()) {
            folio.sentence(words.text("ledger.nothing"));
        } else {
            folio.table(
                    List.of(
                            text("driver", 1.3f),
                            text("kind", 1),
                            text("topic", 2.6f),
                            text("held_on", 1.1f),
                            number("hours", 0.7f),
                            number("score", 0.7f),
                            text("source", 0.9f),
                            text("signed", 0.8f),
                            text("certificate", 1.7f)),
                    records());
        }
        folio.heading(words.text("ledger.sheet.absentees"));
        if (ledger.get("absentees").isEmpty()) {
            folio.sentence(words.text("ledger.nobody_absent"));
        } else {
            folio.table(
                    List.of(
                            text("driver", 1.3f),
                            text("kind", 1),
                            text("topic", 3),
                            Column.text(words.text("ledger.due"), 1.4f)),
                    absentees());
        }
        folio.remark(words.text("ledger.note"));
    }

    private List<List<String>> records() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode row : ledger.get("rows")) {
            rows.add(List.of(
                    row.get("driver").textValue(),
                    words.of("trainingKind", row.get("kind").textValue()),
                    row.get("topic").textValue(),
                    row.get("held_on").textValue(),
                    row.get("hours").decimalValue().toPlainString(),
                    row.get("score").isNull()
                            ? ""
                            : row.get("score").decimalValue().toPlainString(),
                    words.text("ledger.source." + row.get("source").textValue()),
                    words.text(row.get("signed").booleanValue() ? "ledger.yes" : "ledger.no"),
                    row.get("certificate_no").isNull()
                            ? ""
                            : row.get("certificate_no").textValue()));
        }
        return rows;
    }

    private List<List<String>> absentees() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode row : ledger.get("absentees")) {
            boolean english =
                    words.language().equals("en") && !row.get("topic_en").isNull();
            rows.add(List.of(
                    row.get("driver").textValue(),
                    words.of("trainingKind", row.get("kind").textValue()),
                    row.get(english ? "topic_en" : "topic").textValue(),
                    words.minute(row.get("due_at").textValue())));
        }
        return rows;
    }

    private Column text(String name, float width) {
        return Column.text(words.text("ledger.column." + name), width);
    }

    private Column number(String name, float width) {
        return Column.number(words.text("ledger.column." + name), width);
    }
}

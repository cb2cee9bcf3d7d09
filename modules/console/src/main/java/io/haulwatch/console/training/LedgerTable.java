package io.haulwatch.console.training;

import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.console.training.LedgerRows.AbsentRow;
import io.haulwatch.console.training.LedgerRows.LedgerRow;
import io.haulwatch.store.register.TableFiles;
import io.haulwatch.store.register.TableFiles.LongSheet;
import io.haulwatch.store.register.TableFiles.RowSource;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The ledger as a table in the words of a language, however long. Its last row says who took it out; a table without it is not whole. */
final class LedgerTable {
    private static final List<String> COLUMNS = List.of(
            "driver_id", "driver", "kind", "topic", "held_on", "hours", "score", "source", "signed", "certificate");

    private final PrintWords words;
    private final Sight sight;

    LedgerTable(PrintWords words, Sight sight) {
        this.words = words;
        this.sight = sight;
    }

    /** Who learnt what; below, who did not come. */
    void csv(OutputStream out, Batches<LedgerRow> learnt, Batches<AbsentRow> absent, String stamp)
            throws IOException, SQLException {
        TableFiles.csv(out, titles(), joined(learnt(learnt), absent(absent), once(List.of(List.of(stamp)))));
    }

    void workbook(OutputStream out, Batches<LedgerRow> learnt, Batches<AbsentRow> absent, String stamp)
            throws IOException, SQLException {
        TableFiles.workbook(
                out,
                List.of(
                        new LongSheet(words.text("ledger.sheet.records"), titles(), learnt(learnt)),
                        new LongSheet(
                                words.text("ledger.sheet.absentees"),
                                titles(),
                                joined(absent(absent), once(List.of(List.of(stamp)))))));
    }

    private List<String> titles() {
        return COLUMNS.stream()
                .map(column -> words.text("ledger.column." + column))
                .toList();
    }

    private RowSource learnt(Batches<LedgerRow> rows) {
        return () -> rows.next().stream()
                .map(row -> List.of(
                        row.driverId(),
                        name(row.driver()),
                        words.of("trainingKind", row.kind()),
                        row.topic(),
                        row.heldOn(),
                        row.hours(),
                        row.score() == null ? "" : row.score(),
                        words.text("ledger.source." + row.source()),
                        words.text(row.signed() ? "ledger.yes" : "ledger.no"),
                        row.certificateNo() == null ? "" : row.certificateNo()))
                .toList();
    }

    private RowSource absent(Batches<AbsentRow> rows) {
        return () -> rows.next().stream()
                .map(row -> List.of(
                        row.driverId(),
                        name(row.driver()),
                        words.of("trainingKind", row.kind()),
                        words.language().equals("en") && row.topicEn() != null ? row.topicEn() : row.topic(),
                        words.minute(row.dueAt()),
                        0,
                        "",
                        words.text("ledger.source.absent"),
                        words.text("ledger.no"),
                        ""))
                .toList();
    }

    private String name(String driver) {
        return sight.drivers() ? driver : Sight.maskedName(driver);
    }

    private static RowSource once(List<List<String>> rows) {
        Iterator<List<List<String>>> left = Stream.of(rows).iterator();
        return () -> left.hasNext() ? left.next() : List.of();
    }

    /** One source after the other. */
    private static RowSource joined(RowSource... sources) {
        List<RowSource> left = new ArrayList<>(List.of(sources));
        return () -> {
            while (!left.isEmpty()) {
                List<? extends List<?>> rows = left.getFirst().next();
                if (!rows.isEmpty()) {
                    return rows;
                }
                left.removeFirst();
            }
            return List.of();
        };
    }
}

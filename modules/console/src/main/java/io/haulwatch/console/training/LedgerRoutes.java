package io.haulwatch.console.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.documents.Content;
import io.haulwatch.console.documents.IssuedDocuments;
import io.haulwatch.console.history.Stamp;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.print.PrintShop;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.CertificateRows.CertificateRow;
import io.haulwatch.console.training.LedgerRows.AbsentRow;
import io.haulwatch.console.training.LedgerRows.LedgerRow;
import io.haulwatch.console.training.LedgerRows.Totals;
import io.haulwatch.console.training.TrainingDays.Period;
import io.haulwatch.store.register.TableFiles;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A company's ledger of training as a list, as tables of any length and on paper; and one driver's transcript, whose chain is checked when it is read. */
final class LedgerRoutes {
    /** Rows that a printed ledger holds; a longer one is a table. */
    static final int MOST_PRINTED = 3_000;
    /** Rows read at a time for a table. */
    private static final int BATCH = 2_000;
    /** Tables that are sent at once. */
    private static final int MOST_AT_ONCE = 4;

    private static final int MOST_CERTIFICATES = 50;
    private static final List<String> FORMATS = List.of("xlsx", "csv", "pdf");

    private final ScopedDatabase database;
    private final DriverNames names;
    private final IssuedDocuments documents;
    private final PrintShop shop;
    private final AuditLog audit;
    private final Cursors cursors;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    LedgerRoutes(
            ScopedDatabase database,
            IssuedDocuments documents,
            PrintShop shop,
            AuditLog audit,
            Cursors cursors,
            ObjectMapper json,
            InstantSource clock) {
        this.database = database;
        this.names = new DriverNames(database);
        this.documents = documents;
        this.shop = shop;
        this.audit = audit;
        this.cursors = cursors;
        this.json = json;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/companies/:id/training-ledger", Right.WATCH, this::ledger),
                Route.get("/api/v1/companies/:id/training-ledger/absentees", Right.WATCH, this::absentees),
                Route.get("/api/v1/companies/:id/training-ledger/file", Right.WATCH, this::file),
                Route.get("/api/v1/drivers/:id/training", Right.WATCH, this::transcript));
    }

    /** A page of the ledger under the sums of the whole period. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LedgerPage(
            String from,
            String to,
            Totals totals,
            List<LedgerRow> items,
            @Nullable String nextCursor) {}

    private Answer ledger(Call call) throws SQLException {
        int company = call.pathId("id");
        Instant now = clock.instant();
        Period period = Period.of(call, now);
        int limit = call.limit();
        String listName = listName(call, "training-ledger", company, period);
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        record Read(Totals totals, List<LedgerRow> rows) {}
        Read read = database.read(call.scope(), call.user().userId(), connection -> {
            TrainingSight.company(connection, call, company);
            return new Read(
                    LedgerRows.totals(connection, call.scope(), company, period, now),
                    LedgerRows.of(
                            connection,
                            call.scope(),
                            company,
                            period,
                            after == null ? null : LocalDate.parse(after.get(0).textValue()),
                            after == null ? 0 : after.get(1).longValue(),
                            limit + 1));
        });
        Page<LedgerRow> page = cursors.page(listName, limit, read.rows, last -> List.of(last.heldOn(), last.id()));
        return Answer.json(new LedgerPage(
                period.from().toString(),
                period.to().toString(),
                read.totals,
                LedgerRows.named(page.items(), names),
                page.nextCursor()));
    }

    private Answer absentees(Call call) throws SQLException {
        int company = call.pathId("id");
        Instant now = clock.instant();
        Period period = Period.of(call, now);
        int limit = call.limit();
        String listName = listName(call, "training-absentees", company, period);
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<AbsentRow> rows = database.read(call.scope(), call.user().userId(), connection -> {
            TrainingSight.company(connection, call, company);
            return LedgerRows.absent(
                    connection,
                    call.scope(),
                    company,
                    period,
                    after == null ? 0 : after.get(0).longValue(),
                    limit + 1,
                    now);
        });
        Page<AbsentRow> page = cursors.page(listName, limit, rows, last -> List.of(last.taskId()));
        return Answer.json(new Page<>(LedgerRows.absentNamed(page.items(), names), page.nextCursor()));
    }

    private static String listName(Call call, String name, int company, Period period) {
        return call.user().userId() + "|" + name + "|" + company + "|" + period;
    }

    private Answer file(Call call) throws SQLException, InterruptedException {
        int company = call.pathId("id");
        String format = call.word("format", FORMATS);
        PrintWords words = PrintWords.of(call.word("lang", PrintWords.LANGUAGES));
        Period period = Period.of(call, clock.instant());
        return "pdf".equals(format)
                ? pdf(call, company, period, words)
                : table(call, company, period, words, "csv".equals(format));
    }

    private Answer table(Call call, int company, Period period, PrintWords words, boolean csv) throws SQLException {
        Instant now = clock.instant();
        if (!room.tryAcquire()) {
            throw Refusal.unavailable(
                    "Other ledgers of training are sent just now; ask again when one is through.", 30);
        }
        boolean told = false;
        try {
            database.write(call.scope(), call.user().userId(), connection -> {
                TrainingSight.company(connection, call, company);
                took(connection, call, company, period, csv ? "csv" : "xlsx", "");
                return call;
            });
            told = true;
        } finally {
            if (!told) {
                room.release();
            }
        }
        LedgerTable table = new LedgerTable(words, Sight.of(call.user().role()));
        return Answer.streamed(
                        out -> {
                            try {
                                write(out, call, company, period, table, csv, now);
                            } finally {
                                room.release();
                            }
                        },
                        csv ? TableFiles.CSV : TableFiles.WORKBOOK)
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"haulwatch-training-" + company + "-" + period.from() + "-" + period.to()
                                + (csv ? ".csv" : ".xlsx") + "\"");
    }

    private void write(
            OutputStream out, Call call, int company, Period period, LedgerTable table, boolean csv, Instant now)
            throws IOException, SQLException {
        Batches<LedgerRow> learnt = new Batches<>(
                BATCH,
                last -> LedgerRows.named(
                        database.read(
                                call.scope(),
                                call.user().userId(),
                                connection -> LedgerRows.of(
                                        connection,
                                        call.scope(),
                                        company,
                                        period,
                                        last == null ? null : LocalDate.parse(last.heldOn()),
                                        last == null ? 0 : last.id(),
                                        BATCH)),
                        names));
        Batches<AbsentRow> absent = new Batches<>(
                BATCH,
                last -> LedgerRows.absentNamed(
                        database.read(
                                call.scope(),
                                call.user().userId(),
                                connection -> LedgerRows.absent(
                                        connection,
                                        call.scope(),
                                        company,
                                        period,
                                        last == null ? 0 : last.taskId(),
                                        BATCH,
                                        now)),
                        names));
        String stamp = Stamp.of(call, now).line();
        if (csv) {
            table.csv(out, learnt, absent, stamp);
        } else {
            table.workbook(out, learnt, absent, stamp);
        }
    }

    /** What stands in a printed ledger. */
    record Ledger(
            ProgressRoutes.Company company,
            String from,
            String to,
            Totals totals,
            List<LedgerRow> rows,
            List<AbsentRow> absentees) {}

    private Answer pdf(Call call, int company, Period period, PrintWords words)
            throws SQLException, InterruptedException {
        Instant now = clock.instant();
        try (PrintShop.Place place = shop.place()) {
            Ledger read = database.read(call.scope(), call.user().userId(), connection -> {
                String name = TrainingSight.company(connection, call, company);
                Totals totals = LedgerRows.totals(connection, call.scope(), company, period, now);
                List<LedgerRow> rows =
                        LedgerRows.of(connection, call.scope(), company, period, null, 0, MOST_PRINTED + 1);
                List<AbsentRow> absent =
                        LedgerRows.absent(connection, call.scope(), company, period, 0, MOST_PRINTED + 1, now);
                if (rows.size() > MOST_PRINTED || absent.size() > MOST_PRINTED) {
                    throw Refusal.ruleBroken(
                                    "ledger-too-long",
                                    "A printed ledger holds at most " + MOST_PRINTED + " rows; records="
                                            + totals.records()
                                            + ". Choose a shorter period, or take the ledger out as xlsx or csv.")
                            .saying("most", MOST_PRINTED);
                }
                return new Ledger(
                        new ProgressRoutes.Company(company, name),
                        period.from().toString(),
                        period.to().toString(),
                        totals,
                        rows,
                        absent);
            });
            Ledger ledger = new Ledger(
                    read.company,
                    read.from,
                    read.to,
                    read.totals,
                    LedgerRows.named(read.rows, names),
                    LedgerRows.absentNamed(read.absentees, names));
            Content content = Content.of(ledger, json, Sight.of(call.user().role()));
            IssuedDocuments.Issued issued =
                    database.write(call.scope(), call.user().userId(), connection -> {
                        IssuedDocuments.Issued made = documents.issue(
                                connection,
                                IssuedDocuments.Kind.LEDGER,
                                company,
                                "company:" + company + ":" + period.from() + ":" + period.to(),
                                words.language(),
                                content,
                                call.user().userId(),
                                now);
                        took(connection, call, company, period, "pdf", made.number());
                        return made;
                    });
            LedgerPrint print = new LedgerPrint(words, content.tree());
            byte[] bytes = place.print(words, print.head(issued, content.sha256()), print::write);
            return Answer.bytes(200, bytes, "application/pdf")
                    .with(
                            "Content-Disposition",
                            "attachment; filename=\"" + issued.number() + "-" + words.language() + ".pdf\"");
        }
    }

    private void took(Connection connection, Call call, int company, Period period, String format, String number)
            throws SQLException {
        audit.add(
                connection,
                call.user().userId(),
                "training_ledger.export",
                "company:" + company,
                Map.of(
                        "from",
                        period.from().toString(),
                        "to",
                        period.to().toString(),
                        "format",
                        format,
                        "number",
                        number),
                call.address());
    }

    /**
     * Whether each row of a driver still follows from the one before it.
     *
     * @param records of all companies that he drove for
     * @param brokenAt the first row that does not; null if all do, or if it is not the reader's to see
     */
    record Chain(boolean holds, int records, @Nullable Long brokenAt) {}

    /** A driver's training. @param hours of what the reader sees */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Transcript(
            int driverId,
            @DriverName String driver,
            BigDecimal hours,
            Chain chain,
            List<CertificateRow> certificates,
            List<LedgerRow> items,
            @Nullable String nextCursor) {}

    private Answer transcript(Call call) throws SQLException {
        int driver = call.pathId("id");
        int limit = call.limit();
        Instant now = clock.instant();
        String listName = call.user().userId() + "|transcript|" + driver;
        JsonNode before = cursors.read(listName, call.query().get("cursor"));
        record Read(String name, BigDecimal hours, List<CertificateRow> certificates, List<LedgerRow> rows) {}
        Read read = database.read(
                call.scope(),
                call.user().userId(),
                connection -> new Read(
                        TrainingSight.driver(connection, call, driver),
                        new SqlText("select coalesce(sum(hours), 0) from hw.training_record where true")
                                .within(call.scope(), "company_id = any (?)")
                                .and("driver_id = ?", driver)
                                .first(connection, row -> row.getBigDecimal(1))
                                .orElseThrow(),
                        CertificateRows.ofDriver(connection, call.scope(), driver, MOST_CERTIFICATES, now),
                        LedgerRows.ofDriver(
                                connection,
                                call.scope(),
                                driver,
                                before == null ? null : (Long) before.get(0).longValue(),
                                limit + 1)));
        Chain chain = chain(call, driver);
        Page<LedgerRow> page = cursors.page(listName, limit, read.rows, last -> List.of(last.id()))
                .map(row -> row.of(read.name));
        return Answer.json(new Transcript(
                driver,
                read.name,
                read.hours,
                chain,
                read.certificates.stream().map(row -> row.of(read.name)).toList(),
                page.items(),
                page.nextCursor()));
    }

    /** The chain runs through all companies that a driver drove for, so it is checked over all of them; what is told of it names no other company's row. */
    private Chain chain(Call call, int driver) throws SQLException {
        Chain whole = database.read(
                Scope.ALL,
                call.user().userId(),
                connection -> new SqlText("""
                        select count(*), min(record_id) filter (where not holds) from (
                            select r.record_id, r.chain = hw.training_record_hash(lag(r.chain) over (order by r.record_id), r) as holds
                            from hw.training_record r where r.driver_id = ?) t
                        """, driver)
                        .first(connection, row -> {
                            long broken = row.getLong(2);
                            return row.wasNull()
                                    ? new Chain(true, row.getInt(1), null)
                                    : new Chain(false, row.getInt(1), broken);
                        })
                        .orElseThrow());
        Long broken = whole.brokenAt;
        if (broken == null) {
            return whole;
        }
        boolean own = database.read(
                call.scope(),
                call.user().userId(),
                connection -> new SqlText("select 1 from hw.training_record where record_id = ?", broken)
                        .within(call.scope(), "company_id = any (?)")
                        .first(connection, row -> true)
                        .orElse(false));
        return own ? whole : new Chain(false, whole.records, null);
    }
}

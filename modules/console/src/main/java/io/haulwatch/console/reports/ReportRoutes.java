package io.haulwatch.console.reports;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.companies.CompanyScores;
import io.haulwatch.console.companies.DutyQueries;
import io.haulwatch.console.documents.Content;
import io.haulwatch.console.documents.IssuedDocuments;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.print.PrintShop;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.Recent;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.register.TableFiles;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** A company's monthly safety report: as JSON, as a PDF with a number, and as a workbook. */
public final class ReportRoutes {
    /** Sums of months are hardly moved by a minute. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final Duration SHOWN = Duration.ofMinutes(10);
    private static final Pattern MONTH = Pattern.compile("20\\d\\d-(0[1-9]|1[0-2])");

    private final ScopedDatabase database;
    private final ReportReader reports;
    private final IssuedDocuments documents;
    private final PrintShop shop;
    private final AuditLog audit;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final Recent<OfMonth, ReportSums> sums;

    /** One company's half year, for somebody who sees it. */
    private record OfMonth(Scope scope, int companyId, YearMonth month) {}

    /** @param workers count what has grown old */
    public ReportRoutes(
            ScopedDatabase database,
            CompanyScores scores,
            DutyQueries duties,
            IssuedDocuments documents,
            PrintShop shop,
            AuditLog audit,
            ObjectMapper json,
            Executor workers,
            InstantSource clock) {
        this.database = database;
        this.reports = new ReportReader(scores, duties, json);
        this.documents = documents;
        this.shop = shop;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
        this.sums = new Recent<>(
                FRESH,
                SHOWN,
                workers,
                clock,
                key -> database.read(
                        key.scope,
                        ScopedDatabase.NO_USER,
                        connection -> ReportSums.read(connection, key.scope, key.companyId, key.month)));
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/companies/:id/report", Right.WATCH, this::report),
                Route.get("/api/v1/companies/:id/report/pdf", Right.WATCH, this::pdf),
                Route.get("/api/v1/companies/:id/report/xlsx", Right.WATCH, this::workbook));
    }

    /** The month of a call, which has begun; without one the last that is over. */
    private YearMonth month(Call call) {
        YearMonth now = YearMonth.from(clock.instant().atZone(PaperState.ZONE));
        String given = call.query().getOrDefault("month", "");
        if (given.isEmpty()) {
            return now.minusMonths(1);
        }
        YearMonth month = parsed(given);
        if (month.isAfter(now)) {
            throw Refusal.ruleBroken("month-not-begun", "This month has not begun: month=" + month + ".");
        }
        return month;
    }

    private static YearMonth parsed(String given) {
        try {
            if (MONTH.matcher(given).matches()) {
                return YearMonth.parse(given);
            }
        } catch (DateTimeException e) {
            // Told below in the API's words.
        }
        throw Refusal.badValue("month must be a month of this century such as 2026-10.");
    }

    private static PrintWords words(Call call) {
        return PrintWords.of(call.word("lang", PrintWords.LANGUAGES));
    }

    private Answer report(Call call) throws SQLException {
        int id = call.pathId("id");
        YearMonth month = month(call);
        ReportSums known = sums.of(new OfMonth(call.scope(), id, month));
        return Answer.json(database.read(
                call.scope(),
                call.user().userId(),
                connection -> reports.read(connection, call.scope(), id, month, known, clock.instant())));
    }

    /** For paper, which is kept: everything of it is read now. */
    private MonthlyReport read(Call call, int id, YearMonth month, Instant now) throws SQLException {
        return database.read(
                call.scope(),
                call.user().userId(),
                connection -> reports.read(
                        connection,
                        call.scope(),
                        id,
                        month,
                        ReportSums.read(connection, call.scope(), id, month),
                        now));
    }

    private Answer pdf(Call call) throws SQLException, InterruptedException {
        int id = call.pathId("id");
        YearMonth month = month(call);
        PrintWords words = words(call);
        Instant now = clock.instant();
        MonthlyReport report = read(call, id, month, now);
        try (PrintShop.Place place = shop.place()) {
            Content content = Content.of(report, json, Sight.of(call.user().role()));
            IssuedDocuments.Issued issued =
                    database.write(call.scope(), call.user().userId(), connection -> {
                        IssuedDocuments.Issued made = documents.issue(
                                connection,
                                IssuedDocuments.Kind.MONTHLY,
                                id,
                                "company:" + id + ":" + month,
                                words.language(),
                                content,
                                call.user().userId(),
                                now);
                        took(connection, call, id, month, "pdf", made.number());
                        return made;
                    });
            ReportPrint print = new ReportPrint(words, content.tree());
            byte[] bytes = place.print(words, print.head(issued, content.sha256()), print::write);
            return Answer.bytes(200, bytes, "application/pdf")
                    .with(
                            "Content-Disposition",
                            "attachment; filename=\"" + issued.number() + "-" + month + "-" + words.language()
                                    + ".pdf\"");
        }
    }

    private Answer workbook(Call call) throws SQLException {
        int id = call.pathId("id");
        YearMonth month = month(call);
        PrintWords words = words(call);
        MonthlyReport report = read(call, id, month, clock.instant());
        database.write(call.scope(), call.user().userId(), connection -> {
            took(connection, call, id, month, "xlsx", "");
            return month;
        });
        Content content = Content.of(report, json, Sight.of(call.user().role()));
        byte[] bytes = TableFiles.workbook(new ReportSheets(words, content.tree()).sheets());
        return Answer.bytes(200, bytes, TableFiles.WORKBOOK)
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"haulwatch-report-" + id + "-" + month + "-" + words.language()
                                + ".xlsx\"");
    }

    private void took(Connection connection, Call call, int id, YearMonth month, String format, String number)
            throws SQLException {
        audit.add(
                connection,
                call.user().userId(),
                "report.print",
                "company:" + id,
                Map.of("month", month.toString(), "format", format, "number", number),
                call.address());
    }
}

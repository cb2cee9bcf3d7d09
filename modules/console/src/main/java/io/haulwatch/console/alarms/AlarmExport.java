package io.haulwatch.console.alarms;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.history.Stamp;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.session.Right;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.register.TableFiles;
import io.haulwatch.store.scope.ScopedDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * All alarms of a filter as one table, newest first, however many: read some thousands at a time, each in a transaction of its own, and sent as they
 * are read. The last row says who took it out and how many alarms it holds; a table without it is not whole.
 */
public final class AlarmExport {
    /** Alarms read at a time. */
    private static final int BATCH = 2_000;
    /** Tables that are sent at once; each takes a connection for some milliseconds of every batch. */
    private static final int MOST_AT_ONCE = 4;

    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(PaperState.ZONE);
    private static final String[] TITLES = {
        "id",
        "rule",
        "rule_version",
        "severity",
        "state",
        "handling",
        "evidence",
        "plate",
        "driver",
        "company",
        "started_utc",
        "started_asia_shanghai",
        "ended_utc",
        "opened_utc",
        "ended_by",
        "peak_kmh",
        "limit_kmh",
        "duration_s",
        "limit_source"
    };

    private final ScopedDatabase database;
    private final AlarmQueries queries;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    public AlarmExport(ScopedDatabase database, AlarmQueries queries, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.queries = queries;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/alarm-export", Right.WATCH, this::export));
    }

    private Answer export(Call call) throws SQLException {
        AlarmFilter filter = AlarmFilter.of(call);
        Instant now = clock.instant();
        if (!room.tryAcquire()) {
            throw Refusal.unavailable("Other tables of alarms are sent just now; ask again when one is through.", 30);
        }
        boolean told = false;
        try {
            database.write(call.scope(), call.user().userId(), connection -> {
                audit.add(
                        connection,
                        call.user().userId(),
                        "alarms.export",
                        "alarms",
                        Map.of("filter", call.query()),
                        call.address());
                return call;
            });
            told = true;
        } finally {
            if (!told) {
                room.release();
            }
        }
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        return Answer.streamed(
                        out -> {
                            try {
                                write(out, call, filter, now);
                            } finally {
                                room.release();
                            }
                        },
                        TableFiles.CSV)
                .with("Content-Disposition", "attachment; filename=\"haulwatch-alarms-" + today + ".csv\"");
    }

    private void write(OutputStream out, Call call, AlarmFilter filter, Instant now) throws IOException, SQLException {
        boolean named = Sight.of(call.user().role()).drivers();
        OutputStreamWriter text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write(BYTE_ORDER_MARK);
        CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180);
        csv.printRecord((Object[]) TITLES);
        Instant after = null;
        UUID afterId = null;
        long rows = 0;
        List<AlarmRow> batch;
        do {
            Instant started = after;
            UUID id = afterId;
            batch = database.read(
                    call.scope(),
                    call.user().userId(),
                    connection -> queries.list(connection, call.scope(), filter, started, id, BATCH));
            for (AlarmRow row : batch) {
                print(csv, row, named);
            }
            rows += batch.size();
            if (!batch.isEmpty()) {
                after = batch.getLast().started();
                afterId = UUID.fromString(batch.getLast().id());
            }
        } while (batch.size() == BATCH);
        csv.printRecord(Stamp.of(call, now).line() + ", alarms " + rows);
        csv.flush();
    }

    private static void print(CSVPrinter csv, AlarmRow row, boolean named) throws IOException {
        String driver = row.driver() == null ? "" : row.driver().name();
        csv.printRecord(
                row.id(),
                row.rule(),
                row.ruleVersion(),
                row.severity(),
                row.state(),
                row.handling(),
                row.evidence(),
                TableFiles.withoutFormula(row.vehicle().plate()),
                TableFiles.withoutFormula(named ? driver : Sight.maskedName(driver)),
                TableFiles.withoutFormula(row.company().name()),
                row.startedAt(),
                LOCAL.format(row.started()),
                row.endedAt(),
                row.openedAt(),
                row.endedBy(),
                kmh(row.measures().get("peak_decikmh")),
                kmh(row.measures().get("limit_decikmh")),
                row.measures().path("duration_s").asText(""),
                row.facts().path("limit_source").asText(""));
    }

    private static @Nullable BigDecimal kmh(@Nullable JsonNode deci) {
        return deci == null || !deci.isNumber() ? null : BigDecimal.valueOf(deci.asLong(), 1);
    }
}

package io.haulwatch.console.cases;

import io.haulwatch.console.handling.Duties;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands overdue steps of cases on, once each, to whom the table of duties names. */
public final class CaseClock {
    private static final Logger LOG = LoggerFactory.getLogger(CaseClock.class);
    private static final int AT_ONCE = 200;

    private final ScopedDatabase database;
    private final InstantSource clock;

    public CaseClock(ScopedDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Does what is due by now. */
    public void look() {
        try {
            database.write(Scope.ALL, ScopedDatabase.NO_USER, this::escalate);
        } catch (SQLException e) {
            LOG.debug("overdue steps wait until the database answers: {}", e.getMessage());
        }
    }

    private int escalate(Connection connection) throws SQLException {
        Instant now = clock.instant();
        List<Overdue> overdue = new SqlText("""
                select s.step_id, s.case_id, s.company_id, s.duty, k.severity, s.order_id
                from hw.case_step s join hw.safety_case k on k.case_id = s.case_id
                where s.done_at is null and s.escalated_at is null and k.state = 'open' and s.due_at <= ?
                order by s.step_id limit ? for update of s skip locked
                """, now, AT_ONCE)
                .list(
                        connection,
                        row -> new Overdue(
                                row.getLong(1),
                                new CaseBook.Place(row.getLong(2), row.getInt(3), row.getObject(6, Long.class)),
                                row.getString(4),
                                row.getInt(5)));
        Duties duties = overdue.isEmpty() ? new Duties(List.of()) : Duties.read(connection);
        for (Overdue each : overdue) {
            String to = duties.escalatesTo(each.duty, each.severity);
            new SqlText(
                            "update hw.case_step set escalated_to = ?, escalated_at = ? where step_id = ?",
                            to,
                            now,
                            each.stepId)
                    .run(connection);
            CaseBook.event(connection, each.place, null, "escalate", each.duty + ": " + to, now);
        }
        return overdue.size();
    }

    private record Overdue(long stepId, CaseBook.Place place, String duty, int severity) {}
}

package io.haulwatch.console.desk;

import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.alarms.AlarmQueries;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.handling.Change;
import io.haulwatch.console.handling.Step;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.handling.WorkTable;
import io.haulwatch.console.http.Call;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a step together with its rows in the alarm's history and in the audit, and says what to tell the others. */
public final class Trail {
    private final AlarmQueries alarms;
    private final DeskQueries desk;
    private final AuditLog audit;

    Trail(AlarmQueries alarms, DeskQueries desk, AuditLog audit) {
        this.alarms = alarms;
        this.desk = desk;
        this.audit = audit;
    }

    /** Who does it, and where from. @param userId 0 for the clock */
    public record Doer(int userId, String address) {
        /** Whoever calls. */
        public static Doer of(Call call) {
            return new Doer(call.user().userId(), call.address());
        }

        /** What happens because time goes by. */
        public static final Doer CLOCK = new Doer(0, "");
    }

    /**
     * Makes a step.
     *
     * @param kind word of the step in the alarm's history; the audit has it behind {@code alarm.}
     * @param note what is written to it
     */
    public AlarmNews step(
            Connection connection,
            Work work,
            Step step,
            Change change,
            Doer doer,
            String kind,
            String note,
            Instant now)
            throws SQLException {
        return step(connection, work, step, change, doer, kind, note, Map.of(), now);
    }

    /** The same with more for the audit. */
    public AlarmNews step(
            Connection connection,
            Work work,
            Step step,
            Change change,
            Doer doer,
            String kind,
            String note,
            Map<String, ?> more,
            Instant now)
            throws SQLException {
        WorkTable.make(connection, work, step, change);
        AlarmQueries.Action action =
                alarms.addAction(connection, work.id(), work.companyId(), doer.userId(), kind, note);
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("note", note);
        detail.put("severity", work.severity());
        detail.putAll(more);
        audit.add(
                connection,
                doer.userId() == 0 ? null : doer.userId(),
                "alarm." + kind,
                "alarm:" + work.id(),
                detail,
                doer.address());
        return new AlarmNews(
                work.id(), work.companyId(), change.to().word(), action, desk.state(connection, work.id(), now));
    }
}

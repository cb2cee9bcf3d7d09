package io.haulwatch.console.training;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.TrainingDays.Period;
import io.haulwatch.store.scope.Scope;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the ledger (培训台账): what was learnt, whether it was written down or learnt here, and who did not come. */
final class LedgerRows {
    private static final String RECORD = """
            select r.record_id, r.driver_id, r.kind, r.topic, r.held_on, r.hours, r.score, r.task_id, r.entered_by,
                exists (select from hw.training_signature s where s.task_id = r.task_id),
                (select x.certificate_no from hw.certificate x where x.task_id = r.task_id)
            from hw.training_record r where true
            """;

    private LedgerRows() {}

    /**
     * A row of the ledger.
     *
     * @param source entered by somebody, imported with a table, or online
     * @param signed whether his handwriting stands under it
     */
    record LedgerRow(
            long id,
            int driverId,
            @DriverName String driver,
            String kind,
            String topic,
            String heldOn,
            BigDecimal hours,
            @Nullable BigDecimal score,
            String source,
            boolean signed,
            @Nullable String certificateNo) {
        LedgerRow of(String name) {
            return new LedgerRow(id, driverId, name, kind, topic, heldOn, hours, score, source, signed, certificateNo);
        }
    }

    /** A driver who did not come: his task of the period is past its day. */
    record AbsentRow(
            long taskId,
            int driverId,
            @DriverName String driver,
            String kind,
            String topic,
            @Nullable String topicEn,
            String dueAt,
            String state,
            int studiedS) {
        AbsentRow of(String name) {
            return new AbsentRow(taskId, driverId, name, kind, topic, topicEn, dueAt, state, studiedS);
        }
    }

    /** Sums of a period. */
    record Totals(int records, int drivers, BigDecimal hours, int absentees) {}

    /** Rows after a row, in the order of their days. */
    static List<LedgerRow> of(
            Connection connection,
            Scope scope,
            int company,
            Period period,
            @Nullable LocalDate afterDay,
            long afterId,
            int most)
            throws SQLException {
        SqlText sql = new SqlText(RECORD)
                .within(scope, "r.company_id = any (?)")
                .and("r.company_id = ? and r.held_on between ? and ?", company, period.from(), period.to());
        if (afterDay != null) {
            sql.and("(r.held_on, r.record_id) > (?, ?)", afterDay, afterId);
        }
        return sql.add("order by r.held_on, r.record_id limit ?", most).list(connection, LedgerRows::record);
    }

    /** What a driver learnt, the newest first; his time with other companies is theirs. */
    static List<LedgerRow> ofDriver(Connection connection, Scope scope, int driver, @Nullable Long before, int most)
            throws SQLException {
        SqlText sql =
                new SqlText(RECORD).within(scope, "r.company_id = any (?)").and("r.driver_id = ?", driver);
        if (before != null) {
            sql.and("r.record_id < ?", before);
        }
        return sql.add("order by r.record_id desc limit ?", most).list(connection, LedgerRows::record);
    }

    private static LedgerRow record(ResultSet row) throws SQLException {
        boolean online = row.getObject(8) != null;
        boolean entered = row.getObject(9) != null;
        return new LedgerRow(
                row.getLong(1),
                row.getInt(2),
                "",
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getBigDecimal(6),
                row.getBigDecimal(7),
                online ? "online" : entered ? "entered" : "imported",
                row.getBoolean(10),
                row.getString(11));
    }

    /** Who did not come, in the order of tasks. */
    static List<AbsentRow> absent(
            Connection connection, Scope scope, int company, Period period, long after, int most, Instant now)
            throws SQLException {
        return absentees(scope, company, period, now, """
                select t.task_id, t.driver_id, t.kind, c.title, c.title_en, t.due_at, t.state, t.studied_s
                from hw.training_task t join hw.course c using (course_id)
                """)
                .and("t.task_id > ?", after)
                .add("order by t.task_id limit ?", most)
                .list(
                        connection,
                        row -> new AbsentRow(
                                row.getLong(1),
                                row.getInt(2),
                                "",
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                Json.time(row.getTimestamp(6).toInstant()),
                                row.getString(7),
                                row.getInt(8)));
    }

    private static SqlText absentees(Scope scope, int company, Period period, Instant now, String select) {
        return new SqlText(select + " where t.closed_at is null and t.due_at < ?", now)
                .within(scope, "t.company_id = any (?)")
                .and(
                        "t.company_id = ? and t.due_at >= ? and t.due_at < ?",
                        company,
                        TrainingDays.begin(period.from()),
                        TrainingDays.begin(period.to().plusDays(1)));
    }

    static Totals totals(Connection connection, Scope scope, int company, Period period, Instant now)
            throws SQLException {
        int absent = absentees(
                        scope, company, period, now, "select count(distinct t.driver_id) from hw.training_task t")
                .first(connection, row -> row.getInt(1))
                .orElse(0);
        return new SqlText(
                        "select count(*), count(distinct driver_id), coalesce(sum(hours), 0) from hw.training_record where true")
                .within(scope, "company_id = any (?)")
                .and("company_id = ? and held_on between ? and ?", company, period.from(), period.to())
                .first(connection, row -> new Totals(row.getInt(1), row.getInt(2), row.getBigDecimal(3), absent))
                .orElseThrow();
    }

    static List<LedgerRow> named(List<LedgerRow> rows, DriverNames names) throws SQLException {
        return names.in(rows, LedgerRow::driverId, LedgerRow::of);
    }

    static List<AbsentRow> absentNamed(List<AbsentRow> rows, DriverNames names) throws SQLException {
        return names.in(rows, AbsentRow::driverId, AbsentRow::of);
    }
}

package io.haulwatch.console.desk;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody at the desk holds when his shift ends.
 *
 * @param claims alarms that are his at this moment
 * @param notices that he sent and that wait for an answer
 * @param cases that he opened and that are not closed
 * @param secondPerson alarms that he called false and that wait for somebody else to agree
 */
record Held(List<HeldAlarm> claims, List<HeldAlarm> notices, List<HeldCase> cases, List<HeldAlarm> secondPerson) {
    /** Of each kind at most; a shift that holds more says so in its note. */
    private static final int MOST = 100;

    private static final String ALARM = """
            select e.episode_id, v.plate, e.rule, e.severity, c.name as company_name, nullif(%s, 'infinity') as due_at
            from hw.episode e left join hw.vehicle v on v.vehicle_id = e.vehicle_id left join hw.company c on c.company_id = e.company_id
            """;

    static Held of(Connection connection, Scope scope, int userId, Instant now) throws SQLException {
        return new Held(
                new SqlText(ALARM.formatted("e.due_at"))
                        .add("where e.handling = 'claimed' and e.held_by = ? and e.held_until > ?", userId, now)
                        .within(scope, "e.company_id = any (?)")
                        .add("order by e.severity desc, e.due_at limit ?", MOST)
                        .list(connection, Held::alarm),
                new SqlText(ALARM.formatted("n.due_at") + "join hw.notice n on n.episode_id = e.episode_id")
                        .add("where n.sent_by = ? and n.answered_at is null", userId)
                        .and("e.handling = 'waiting' and e.waits_for = 'company'")
                        .within(scope, "n.company_id = any (?)")
                        .add("order by n.due_at limit ?", MOST)
                        .list(connection, Held::alarm),
                new SqlText("""
                        select k.case_id, k.title, k.severity, v.plate, c.name as company_name,
                            (select nullif(min(s.due_at), 'infinity') from hw.case_step s where s.case_id = k.case_id and s.done_at is null) as due_at
                        from hw.safety_case k left join hw.vehicle v on v.vehicle_id = k.vehicle_id
                            left join hw.company c on c.company_id = k.company_id
                        where k.state = 'open' and k.opened_by = ?
                        """, userId)
                        .within(scope, "k.company_id = any (?)")
                        .add("order by k.case_id limit ?", MOST)
                        .list(
                                connection,
                                row -> new HeldCase(
                                        row.getLong("case_id"),
                                        row.getString("title"),
                                        row.getInt("severity"),
                                        text(row, "plate"),
                                        text(row, "company_name"),
                                        time(row))),
                new SqlText(ALARM.formatted("e.due_at"))
                        .add(
                                "where e.handling = 'waiting' and e.waits_for = 'second_person' and e.asked_by = ?",
                                userId)
                        .within(scope, "e.company_id = any (?)")
                        .add("order by e.severity desc, e.due_at limit ?", MOST)
                        .list(connection, Held::alarm));
    }

    private static HeldAlarm alarm(ResultSet row) throws SQLException {
        return new HeldAlarm(
                row.getString("episode_id"),
                text(row, "plate"),
                row.getString("rule"),
                row.getInt("severity"),
                text(row, "company_name"),
                time(row));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static @Nullable String time(ResultSet row) throws SQLException {
        Timestamp due = row.getTimestamp("due_at");
        return due == null ? null : Json.time(due.toInstant());
    }

    /** An alarm. @param dueAt when its next step, or the answer, is due; null for never */
    record HeldAlarm(
            String id,
            String plate,
            String rule,
            int severity,
            String companyName,
            @Nullable String dueAt) {}

    /** A case. @param dueAt when its next step is due */
    record HeldCase(
            long id,
            String title,
            int severity,
            String plate,
            String companyName,
            @Nullable String dueAt) {}
}

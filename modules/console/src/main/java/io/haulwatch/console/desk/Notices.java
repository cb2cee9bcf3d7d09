package io.haulwatch.console.desk;

import io.haulwatch.console.desk.Acts.Act;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of notices to companies. */
final class Notices {
    private static final String NOTICE = """
            select n.notice_id, n.episode_id, n.company_id, c.name as company_name, v.plate, e.rule, e.severity, e.started_at, n.words,
                coalesce(s.display_name, s.username) as sender, n.sent_at, n.due_at, n.answer,
                coalesce(a.display_name, a.username) as answerer, n.answered_at
            from hw.notice n join hw.episode e on e.episode_id = n.episode_id
                left join hw.company c on c.company_id = n.company_id
                left join hw.vehicle v on v.vehicle_id = e.vehicle_id
                left join hw.app_user s on s.user_id = n.sent_by
                left join hw.app_user a on a.user_id = n.answered_by
            where true
            """;

    private Notices() {}

    static void add(Connection connection, Act act, Instant dueAt, Instant now) throws SQLException {
        new SqlText(
                        "insert into hw.notice (company_id, episode_id, act_id, words, sent_by, sent_at, due_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?)",
                        act.companyId(),
                        act.episodeId(),
                        act.id(),
                        act.content().path("words").asText(),
                        act.begunBy(),
                        now,
                        dueAt)
                .run(connection);
    }

    /** Newest first. @param open only those that wait for an answer; null for all */
    static List<NoticeRow> list(
            Connection connection, Scope scope, @Nullable Boolean open, @Nullable Long before, Instant now, int limit)
            throws SQLException {
        SqlText sql = new SqlText(NOTICE).within(scope, "n.company_id = any (?)");
        if (open != null) {
            sql.and(open ? "n.answered_at is null" : "n.answered_at is not null");
        }
        if (before != null) {
            sql.and("n.notice_id < ?", before);
        }
        return sql.add("order by n.notice_id desc limit ?", limit).list(connection, row -> row(row, now));
    }

    static List<NoticeRow> ofAlarm(Connection connection, Scope scope, UUID episode, Instant now) throws SQLException {
        return new SqlText(NOTICE)
                .within(scope, "n.company_id = any (?)")
                .and("n.episode_id = ?", episode)
                .add("order by n.notice_id")
                .list(connection, row -> row(row, now));
    }

    static Optional<NoticeRow> one(Connection connection, Scope scope, long id, Instant now) throws SQLException {
        return new SqlText(NOTICE)
                .within(scope, "n.company_id = any (?)")
                .and("n.notice_id = ?", id)
                .first(connection, row -> row(row, now));
    }

    /** Says whether it waited for an answer. */
    static boolean answer(Connection connection, long id, String answer, int userId, Instant now) throws SQLException {
        return new SqlText(
                                "update hw.notice set answer = ?, answered_by = ?, answered_at = ?"
                                        + " where notice_id = ? and answered_at is null",
                                answer,
                                userId,
                                now,
                                id)
                        .run(connection)
                == 1;
    }

    private static NoticeRow row(ResultSet row, Instant now) throws SQLException {
        Timestamp answered = row.getTimestamp("answered_at");
        Instant due = row.getTimestamp("due_at").toInstant();
        String plate = row.getString("plate");
        String company = row.getString("company_name");
        return new NoticeRow(
                row.getLong("notice_id"),
                row.getString("episode_id"),
                row.getInt("company_id"),
                company == null ? "" : company,
                plate == null ? "" : plate,
                row.getString("rule"),
                row.getInt("severity"),
                Json.time(row.getTimestamp("started_at").toInstant()),
                row.getString("words"),
                row.getString("sender"),
                Json.time(row.getTimestamp("sent_at").toInstant()),
                Json.time(due),
                answered == null ? now.isAfter(due) : answered.toInstant().isAfter(due),
                row.getString("answer"),
                row.getString("answerer"),
                answered == null ? null : Json.time(answered.toInstant()));
    }

    /**
     * A notice.
     *
     * @param overdue whether its answer is late, or was
     * @param answer null while the company has not said anything
     */
    record NoticeRow(
            long id,
            String alarmId,
            int companyId,
            String companyName,
            String plate,
            String rule,
            int severity,
            String startedAt,
            String words,
            @Nullable String sentBy,
            String sentAt,
            String dueAt,
            boolean overdue,
            @Nullable String answer,
            @Nullable String answeredBy,
            @Nullable String answeredAt) {}
}

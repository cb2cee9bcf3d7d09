package io.haulwatch.console.supervision;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the regulator's orders. */
final class SupervisionBook {
    /** What waits for the company by its deadline, then what waits for the regulator, then what is over, the newest first. */
    private static final String ORDER = """
            select * from (
                select o.*, c.name as company_name, c.adcode, coalesce(u.display_name, u.username) as issuer, o.figure ->> 'indicator' as indicator,
                    (select count(*) from hw.supervision_alarm a where a.order_id = o.order_id) as alarms,
                    (select s.escalated_to from hw.case_step s where s.order_id = o.order_id and s.done_at is null and s.escalated_to is not null)
                        as escalated_to,
                    case when o.state in ('issued', 'returned') then 0 when o.state = 'answered' then 1 else 2 end as part,
                    case when o.state in ('issued', 'returned') then floor(extract(epoch from o.due_at) * 1000)
                        when o.state = 'answered' then floor(extract(epoch from o.answered_at) * 1000)
                        else -floor(extract(epoch from o.state_at) * 1000) end::bigint as place
                from hw.supervision_order o
                    left join hw.company c on c.company_id = o.company_id
                    left join hw.app_user u on u.user_id = o.issued_by
            ) o where true
            """;

    private SupervisionBook() {}

    /** Which orders somebody asks for. @param status open, overdue, answered, closed or all */
    record Filter(
            String status,
            @Nullable Integer company,
            @Nullable String region,
            @Nullable Integer caseId) {}

    static List<OrderRow> list(
            Connection connection, Scope scope, Filter filter, @Nullable RowKey after, Instant now, int limit)
            throws SQLException {
        SqlText sql = new SqlText(ORDER).within(scope, "o.company_id = any (?)");
        switch (filter.status) {
            case "open" -> sql.and("o.part < 2");
            case "overdue" -> sql.and("o.part = 0 and o.due_at < ?", now);
            case "answered" -> sql.and("o.part = 1");
            case "closed" -> sql.and("o.part = 2");
            default -> sql.and("true");
        }
        if (filter.company != null) {
            sql.and("o.company_id = ?", filter.company);
        }
        if (filter.region != null) {
            sql.and("starts_with(o.adcode, ?)", filter.region);
        }
        if (filter.caseId != null) {
            sql.and("o.case_id = ?", filter.caseId);
        }
        if (after != null) {
            sql.and("(o.part, o.place, o.order_id) > (?, ?, ?)", after.part, after.place, after.id);
        }
        return sql.add("order by o.part, o.place, o.order_id limit ?", limit).list(connection, row -> row(row, now));
    }

    static Optional<OrderRow> one(Connection connection, Scope scope, long id, Instant now) throws SQLException {
        return new SqlText(ORDER)
                .within(scope, "o.company_id = any (?)")
                .and("o.order_id = ?", id)
                .first(connection, row -> row(row, now));
    }

    /** Holds an order until the transaction ends. */
    static Optional<Held> hold(Connection connection, Scope scope, long id) throws SQLException {
        return new SqlText(
                        "select case_id, company_id, state, due_at, revision, opened_case, severity, subject from hw.supervision_order where true")
                .within(scope, "company_id = any (?)")
                .and("order_id = ?", id)
                .add("for update")
                .first(
                        connection,
                        row -> new Held(
                                id,
                                row.getLong(1),
                                row.getInt(2),
                                row.getString(3),
                                row.getTimestamp(4).toInstant(),
                                row.getInt(5),
                                row.getBoolean(6),
                                row.getInt(7),
                                row.getString(8)));
    }

    /** Adds an order; the figure that it was given is JSON, or null. */
    static long issue(Connection connection, long caseId, boolean openedCase, Issued given, int userId, Instant now)
            throws SQLException {
        SqlText sql = new SqlText(
                "insert into hw.supervision_order (case_id, opened_case, company_id, subject, words, severity, issued_by, issued_at, state_at,"
                        + " first_due_at, due_at, figure) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,",
                caseId,
                openedCase,
                given.companyId,
                given.subject,
                given.words,
                given.severity,
                userId,
                now,
                now,
                given.dueAt,
                given.dueAt);
        if (given.figure == null) {
            sql.add("null)");
        } else {
            sql.add("?::jsonb)", given.figure);
        }
        long id = sql.add("returning order_id")
                .first(connection, row -> row.getLong(1))
                .orElseThrow();
        for (UUID alarm : given.alarms) {
            new SqlText(
                            "insert into hw.supervision_alarm (order_id, episode_id, company_id) values (?, ?, ?)",
                            id,
                            alarm,
                            given.companyId)
                    .run(connection);
        }
        return id;
    }

    static void change(Connection connection, Held held, String state, Instant dueAt, Instant now) throws SQLException {
        new SqlText(
                        "update hw.supervision_order set state = ?, state_at = ?, due_at = ?, revision = revision + 1 where order_id = ?",
                        state,
                        now,
                        dueAt,
                        held.id)
                .run(connection);
    }

    static void answer(Connection connection, Held held, String words, int userId, Instant now) throws SQLException {
        new SqlText(
                        "insert into hw.supervision_answer (order_id, company_id, words, answered_by, answered_at, due_at) values (?, ?, ?, ?, ?, ?)",
                        held.id,
                        held.companyId,
                        words,
                        userId,
                        now,
                        held.dueAt)
                .run(connection);
        new SqlText("update hw.supervision_order set answered_at = ? where order_id = ?", now, held.id).run(connection);
        change(connection, held, "answered", held.dueAt, now);
    }

    static void judge(Connection connection, Held held, String verdict, String words, int userId, Instant now)
            throws SQLException {
        new SqlText(
                        "update hw.supervision_answer set verdict = ?, verdict_words = ?, judged_by = ?, judged_at = ?"
                                + " where order_id = ? and verdict is null",
                        verdict,
                        words,
                        userId,
                        now,
                        held.id)
                .run(connection);
    }

    /** Ends the step of the case at which the order stands. */
    static void stepDone(Connection connection, Held held, String result, int userId, Instant now) throws SQLException {
        new SqlText(
                        "update hw.case_step set done_by = ?, done_at = ?, result = ? where order_id = ? and done_at is null",
                        userId,
                        now,
                        result,
                        held.id)
                .run(connection);
    }

    /** Puts the step's deadline off; what went to somebody for being late has time again. */
    static void stepDue(Connection connection, Held held, Instant dueAt) throws SQLException {
        new SqlText(
                        "update hw.case_step set due_at = ?, escalated_to = null, escalated_at = null where order_id = ? and done_at is null",
                        dueAt,
                        held.id)
                .run(connection);
    }

    /** Writes a key down. @return what was done under it before, or empty if it is new */
    static Optional<Written> key(
            Connection connection, UUID key, long orderId, int companyId, String kind, int userId, Instant now)
            throws SQLException {
        int made = new SqlText(
                        "insert into hw.supervision_write (write_key, order_id, company_id, kind, user_id, at) values (?, ?, ?, ?, ?, ?)"
                                + " on conflict (write_key) do nothing",
                        key,
                        orderId,
                        companyId,
                        kind,
                        userId,
                        now)
                .run(connection);
        return made == 1
                ? Optional.empty()
                : Optional.of(written(connection, key).orElse(new Written(0, "", ScopedDatabase.NO_USER)));
    }

    /** What was done under a key; empty also if it was somebody's whose companies one does not see. */
    static Optional<Written> written(Connection connection, UUID key) throws SQLException {
        return new SqlText("select order_id, kind, user_id from hw.supervision_write where write_key = ?", key)
                .first(connection, row -> new Written(row.getLong(1), row.getString(2), row.getInt(3)));
    }

    static List<UUID> alarms(Connection connection, Scope scope, long id) throws SQLException {
        return new SqlText("select episode_id from hw.supervision_alarm where true")
                .within(scope, "company_id = any (?)")
                .and("order_id = ?", id)
                .add("order by episode_id")
                .list(connection, row -> row.getObject(1, UUID.class));
    }

    /** Answers in their order, each with the files that came since the one before; and the files that no answer has taken yet. */
    static Answers answers(Connection connection, Scope scope, long id) throws SQLException {
        List<Object[]> files = new ArrayList<>(new SqlText(
                        "select attachment_id, title, content_type, bytes, added_at from hw.attachment where subject = 'supervision'")
                .within(scope, "company_id = any (?)")
                .and("subject_id = ?", id)
                .add("order by added_at, attachment_id")
                .list(connection, row -> new Object[] {
                    new FileRow(row.getString(1), row.getString(2), row.getString(3), row.getInt(4)),
                    row.getTimestamp(5).toInstant()
                }));
        List<AnswerRow> rows = new SqlText("""
                select a.words, coalesce(u.display_name, u.username), a.answered_at, a.due_at, a.verdict, a.verdict_words,
                    coalesce(j.display_name, j.username), a.judged_at
                from hw.supervision_answer a
                    left join hw.app_user u on u.user_id = a.answered_by
                    left join hw.app_user j on j.user_id = a.judged_by
                where true
                """)
                .within(scope, "a.company_id = any (?)")
                .and("a.order_id = ?", id)
                .add("order by a.answer_id")
                .list(connection, row -> {
                    Instant at = row.getTimestamp(3).toInstant();
                    return new AnswerRow(
                            row.getString(1),
                            row.getString(2),
                            Json.time(at),
                            at.isAfter(row.getTimestamp(4).toInstant()),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7),
                            time(row.getTimestamp(8)),
                            taken(files, at));
                });
        return new Answers(rows, taken(files, Instant.MAX));
    }

    private static List<FileRow> taken(List<Object[]> files, Instant until) {
        List<FileRow> taken = new ArrayList<>();
        while (!files.isEmpty() && !((Instant) files.getFirst()[1]).isAfter(until)) {
            taken.add((FileRow) files.removeFirst()[0]);
        }
        return List.copyOf(taken);
    }

    private static OrderRow row(ResultSet row, Instant now) throws SQLException {
        String state = row.getString("state");
        Instant due = row.getTimestamp("due_at").toInstant();
        Timestamp answered = row.getTimestamp("answered_at");
        boolean waits = row.getInt("part") == 0;
        Instant until = waits ? now : answered == null ? due : answered.toInstant();
        String company = row.getString("company_name");
        return new OrderRow(
                row.getLong("order_id"),
                row.getLong("case_id"),
                row.getInt("company_id"),
                company == null ? "" : company,
                row.getString("subject"),
                row.getInt("severity"),
                state,
                until.isAfter(due),
                row.getString("issuer"),
                Json.time(row.getTimestamp("issued_at").toInstant()),
                Json.time(row.getTimestamp("first_due_at").toInstant()),
                Json.time(due),
                time(answered),
                Json.time(row.getTimestamp("state_at").toInstant()),
                row.getString("escalated_to"),
                row.getInt("alarms"),
                row.getString("indicator"),
                row.getInt("revision"),
                new RowKey(row.getInt("part"), row.getLong("place"), row.getLong("order_id")),
                row.getString("words"),
                row.getString("figure"));
    }

    private static @Nullable String time(@Nullable Timestamp moment) {
        return moment == null ? null : Json.time(moment.toInstant());
    }

    /** Where a row stands in the list. */
    record RowKey(int part, long place, long id) {}

    /** An order that is held. */
    record Held(
            long id,
            long caseId,
            int companyId,
            String state,
            Instant dueAt,
            int revision,
            boolean openedCase,
            int severity,
            String subject) {
        boolean waitsForCompany() {
            return state.equals("issued") || state.equals("returned");
        }
    }

    /** What was done under a key. */
    record Written(long orderId, String kind, int userId) {}

    /** What an order says. @param figure JSON, or null */
    record Issued(
            int companyId,
            String subject,
            String words,
            int severity,
            Instant dueAt,
            List<UUID> alarms,
            @Nullable String figure) {}

    /**
     * An order.
     *
     * @param overdue whether its answer is late, or was
     * @param firstDueAt before it was put off
     * @param indicator of its figure
     * @param revision named by whoever changes it
     */
    record OrderRow(
            long id,
            long caseId,
            int companyId,
            String companyName,
            String subject,
            int severity,
            String state,
            boolean overdue,
            @Nullable String issuedBy,
            String issuedAt,
            String firstDueAt,
            String dueAt,
            @Nullable String answeredAt,
            String stateAt,
            @Nullable String escalatedTo,
            int alarms,
            @Nullable String indicator,
            int revision,
            @JsonIgnore RowKey key,
            String words,
            @JsonRawValue @Nullable String figure) {}

    /** A file that belongs to an answer. */
    record FileRow(String id, String title, String contentType, int bytes) {}

    /** What the company said. @param verdict accepted, returned, or null while the regulator reads it */
    record AnswerRow(
            String words,
            @Nullable String by,
            String at,
            boolean late,
            @Nullable String verdict,
            @Nullable String verdictWords,
            @Nullable String judgedBy,
            @Nullable String judgedAt,
            List<FileRow> files) {}

    /** Answers, and files that none of them has taken. */
    record Answers(List<AnswerRow> answers, List<FileRow> files) {}
}

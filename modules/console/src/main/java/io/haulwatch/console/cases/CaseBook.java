package io.haulwatch.console.cases;

import io.haulwatch.console.desk.CaseOpener;
import io.haulwatch.console.handling.Duties;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.personal.DriverName;
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

/** The SQL of cases. */
public final class CaseBook implements CaseOpener {
    private static final String CASE = """
            select k.case_id, k.title, k.severity, k.state, k.company_id, c.name as company_name, k.vehicle_id, v.plate, k.driver_id,
                d.name as driver_name, coalesce(o.display_name, o.username) as opened_by, k.opened_at,
                coalesce(z.display_name, z.username) as closed_by, k.closed_at, k.conclusion,
                (select count(*) from hw.case_alarm a where a.case_id = k.case_id) as alarms,
                (select count(*) from hw.case_step s where s.case_id = k.case_id and s.done_at is null) as open_steps,
                (select nullif(min(s.due_at), 'infinity') from hw.case_step s where s.case_id = k.case_id and s.done_at is null) as next_due,
                (select s.escalated_to from hw.case_step s where s.case_id = k.case_id and s.done_at is null and s.escalated_to is not null
                    order by s.escalated_at desc limit 1) as escalated_to
            from hw.safety_case k
                left join hw.company c on c.company_id = k.company_id
                left join hw.vehicle v on v.vehicle_id = k.vehicle_id
                left join hw.driver d on d.driver_id = k.driver_id
                left join hw.app_user o on o.user_id = k.opened_by
                left join hw.app_user z on z.user_id = k.closed_by
            where true
            """;

    @Override
    public long open(Connection connection, Work alarm, String note, int userId, Instant now) throws SQLException {
        return open(connection, List.of(alarm), "", note, userId, now);
    }

    /** Opens a case for alarms of one company, the heaviest of which gives it its truck, driver and deadlines. */
    long open(Connection connection, List<Work> alarms, String title, String note, int userId, Instant now)
            throws SQLException {
        Work first = alarms.stream()
                .max((a, b) -> Integer.compare(a.severity(), b.severity()))
                .orElseThrow();
        SqlText insert = new SqlText(
                "insert into hw.safety_case (company_id, vehicle_id, title, severity, opened_by, opened_at, driver_id)"
                        + " values (?, ?, ?, ?, ?, ?,",
                first.companyId(),
                first.vehicleId(),
                title.isEmpty() ? first.rule() : title,
                first.severity(),
                userId,
                now);
        Integer driver = first.driverId();
        if (driver == null) {
            insert.add("null)");
        } else {
            insert.add("?)", driver);
        }
        long id = insert.add("returning case_id")
                .first(connection, row -> row.getLong(1))
                .orElseThrow();
        event(connection, id, first.companyId(), userId, "open", note, now);
        for (Work alarm : alarms) {
            add(connection, id, alarm);
        }
        Duties duties = Duties.read(connection);
        step(connection, id, first, "centre", Duties.VERIFY, duties, now);
        step(connection, id, first, "company", Duties.COMPANY, duties, now);
        step(connection, id, first, "driver", Duties.RECTIFY, duties, now);
        step(connection, id, first, "centre", Duties.ARCHIVE, duties, now);
        return id;
    }

    /**
     * Opens a case about a company, without alarms and without steps: whoever opens it says who owes what.
     *
     * @param vehicleId null if it is about the company itself
     */
    public static long open(
            Connection connection,
            int companyId,
            @Nullable Integer vehicleId,
            String title,
            int severity,
            int userId,
            Instant now)
            throws SQLException {
        SqlText insert = new SqlText(
                "insert into hw.safety_case (company_id, title, severity, opened_by, opened_at, vehicle_id) values (?, ?, ?, ?, ?,",
                companyId,
                title,
                severity,
                userId,
                now);
        if (vehicleId == null) {
            insert.add("null)");
        } else {
            insert.add("?)", vehicleId);
        }
        long id = insert.add("returning case_id")
                .first(connection, row -> row.getLong(1))
                .orElseThrow();
        event(connection, id, companyId, userId, "open", title, now);
        return id;
    }

    /** Ends a case. */
    public static void close(Connection connection, long id, int userId, String conclusion, Instant now)
            throws SQLException {
        new SqlText(
                        "update hw.safety_case set state = 'closed', closed_by = ?, closed_at = ?, conclusion = ?"
                                + " where case_id = ? and state = 'open'",
                        userId,
                        now,
                        conclusion,
                        id)
                .run(connection);
    }

    /** An alarm belongs to the case from now on. */
    public static void add(Connection connection, long id, Work alarm) throws SQLException {
        new SqlText(
                        "insert into hw.case_alarm (episode_id, case_id, company_id) values (?, ?, ?)",
                        alarm.id(),
                        id,
                        alarm.companyId())
                .run(connection);
    }

    private static void step(
            Connection connection, long id, Work alarm, String party, String duty, Duties duties, Instant now)
            throws SQLException {
        step(connection, id, alarm.companyId(), party, duty, "", duties.due(duty, alarm.severity(), now), now);
    }

    /** Adds a step that somebody owes. @param due {@link Duties#NEVER} for no deadline */
    static void step(
            Connection connection,
            long id,
            int companyId,
            String party,
            String duty,
            String words,
            Instant due,
            Instant now)
            throws SQLException {
        step(connection, new Place(id, companyId, null), party, duty, words, due, now);
    }

    /** Adds a step that somebody owes, perhaps to an order of the regulator. @param due {@link Duties#NEVER} for no deadline */
    public static void step(
            Connection connection, Place place, String party, String duty, String words, Instant due, Instant now)
            throws SQLException {
        SqlText sql = new SqlText(
                "insert into hw.case_step (case_id, company_id, party, duty, words, begun_at, order_id, due_at) values (?, ?, ?, ?, ?, ?,",
                place.id,
                place.companyId,
                party,
                duty,
                words,
                now);
        orNull(sql, place.orderId);
        if (due.equals(Duties.NEVER)) {
            sql.add(", 'infinity')");
        } else {
            sql.add(", ?)", due);
        }
        sql.run(connection);
    }

    /** Adds a row to the trail. @param userId null for the clock */
    static void event(
            Connection connection,
            long id,
            int companyId,
            @Nullable Integer userId,
            String kind,
            String note,
            Instant now)
            throws SQLException {
        event(connection, new Place(id, companyId, null), userId, kind, note, now);
    }

    /** Adds a row to the trail, perhaps of an order of the regulator. @param userId null for the clock */
    public static void event(
            Connection connection, Place place, @Nullable Integer userId, String kind, String note, Instant now)
            throws SQLException {
        SqlText sql = new SqlText(
                "insert into hw.case_event (case_id, company_id, at, kind, note, order_id, user_id) values (?, ?, ?, ?, ?,",
                place.id,
                place.companyId,
                now,
                kind,
                note);
        orNull(sql, place.orderId);
        sql.add(",");
        orNull(sql, userId);
        sql.add(")").run(connection);
    }

    private static void orNull(SqlText sql, @Nullable Object value) {
        if (value == null) {
            sql.add("null");
        } else {
            sql.add("?", value);
        }
    }

    List<CaseRow> list(
            Connection connection,
            Scope scope,
            @Nullable Boolean open,
            @Nullable String escalatedTo,
            @Nullable Integer company,
            @Nullable Long before,
            int limit)
            throws SQLException {
        SqlText sql = new SqlText(CASE).within(scope, "k.company_id = any (?)");
        if (open != null) {
            sql.and("k.state = ?", open ? "open" : "closed");
        }
        if (company != null) {
            sql.and("k.company_id = ?", company);
        }
        if (escalatedTo != null) {
            sql.and(
                    "exists (select from hw.case_step s where s.case_id = k.case_id and s.done_at is null and s.escalated_to = ?)",
                    escalatedTo);
        }
        if (before != null) {
            sql.and("k.case_id < ?", before);
        }
        return sql.add("order by k.case_id desc limit ?", limit).list(connection, CaseBook::row);
    }

    /** The open cases of alarms. */
    public static List<Long> openOf(Connection connection, Scope scope, List<UUID> alarms) throws SQLException {
        return new SqlText(
                        "select distinct a.case_id from hw.case_alarm a join hw.safety_case k on k.case_id = a.case_id where k.state = 'open'")
                .within(scope, "a.company_id = any (?)")
                .and(
                        "a.episode_id = any (?::uuid[])",
                        alarms.stream().map(UUID::toString).toList())
                .add("order by 1")
                .list(connection, row -> row.getLong(1));
    }

    /** Whether nothing waits in a case and it holds no alarm. */
    public static boolean isEmpty(Connection connection, long id) throws SQLException {
        return new SqlText(
                        "select not exists (select from hw.case_alarm where case_id = ?)"
                                + " and not exists (select from hw.case_step where case_id = ? and done_at is null)",
                        id,
                        id)
                .first(connection, row -> row.getBoolean(1))
                .orElseThrow();
    }

    Optional<CaseRow> one(Connection connection, Scope scope, long id) throws SQLException {
        return new SqlText(CASE)
                .within(scope, "k.company_id = any (?)")
                .and("k.case_id = ?", id)
                .first(connection, CaseBook::row);
    }

    /** Holds the case until the transaction ends. */
    public static Optional<Held> hold(Connection connection, Scope scope, long id) throws SQLException {
        return new SqlText("select company_id, state, severity from hw.safety_case where true")
                .within(scope, "company_id = any (?)")
                .and("case_id = ?", id)
                .add("for update")
                .first(connection, row -> new Held(id, row.getInt(1), row.getString(2), row.getInt(3)));
    }

    List<StepRow> steps(Connection connection, Scope scope, long id, Instant now) throws SQLException {
        return new SqlText("""
                select s.step_id, s.party, s.duty, s.words, s.begun_at, nullif(s.due_at, 'infinity'), coalesce(u.display_name, u.username),
                    s.done_at, s.result, s.escalated_to, s.escalated_at, s.order_id
                from hw.case_step s left join hw.app_user u on u.user_id = s.done_by where true
                """)
                .within(scope, "s.company_id = any (?)")
                .and("s.case_id = ?", id)
                .add("order by s.step_id")
                .list(connection, row -> {
                    Timestamp due = row.getTimestamp(6);
                    Timestamp done = row.getTimestamp(8);
                    Instant until = done == null ? now : done.toInstant();
                    return new StepRow(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            Json.time(row.getTimestamp(5).toInstant()),
                            time(due),
                            due != null && until.isAfter(due.toInstant()),
                            row.getString(7),
                            time(done),
                            row.getString(9),
                            row.getString(10),
                            time(row.getTimestamp(11)),
                            row.getObject(12, Long.class));
                });
    }

    List<EventRow> events(Connection connection, Scope scope, long id) throws SQLException {
        return events(connection, scope, "e.case_id = ?", id);
    }

    /** The part of a case's trail that belongs to an order of the regulator. */
    public static List<EventRow> eventsOfOrder(Connection connection, Scope scope, long orderId) throws SQLException {
        return events(connection, scope, "e.order_id = ?", orderId);
    }

    private static List<EventRow> events(Connection connection, Scope scope, String of, long id) throws SQLException {
        return new SqlText("""
                select e.at, coalesce(u.display_name, u.username), e.kind, e.note
                from hw.case_event e left join hw.app_user u on u.user_id = e.user_id where true
                """)
                .within(scope, "e.company_id = any (?)")
                .and(of, id)
                .add("order by e.event_id limit 500")
                .list(
                        connection,
                        row -> new EventRow(
                                Json.time(row.getTimestamp(1).toInstant()),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4)));
    }

    List<UUID> alarms(Connection connection, Scope scope, long id) throws SQLException {
        return new SqlText("select episode_id from hw.case_alarm where true")
                .within(scope, "company_id = any (?)")
                .and("case_id = ?", id)
                .add("order by episode_id")
                .list(connection, row -> row.getObject(1, UUID.class));
    }

    /** The case that an alarm belongs to. */
    Optional<Long> ofAlarm(Connection connection, Scope scope, UUID alarm) throws SQLException {
        return new SqlText("select case_id from hw.case_alarm where true")
                .within(scope, "company_id = any (?)")
                .and("episode_id = ?", alarm)
                .first(connection, row -> row.getLong(1));
    }

    private static CaseRow row(ResultSet row) throws SQLException {
        int driverId = row.getInt("driver_id");
        boolean known = !row.wasNull();
        String driver = row.getString("driver_name");
        String plate = row.getString("plate");
        String company = row.getString("company_name");
        return new CaseRow(
                row.getLong("case_id"),
                row.getString("title"),
                row.getInt("severity"),
                row.getString("state"),
                row.getInt("company_id"),
                company == null ? "" : company,
                row.getObject("vehicle_id", Integer.class),
                plate == null ? "" : plate,
                known ? new Person(driverId, driver == null ? "" : driver) : null,
                row.getString("opened_by"),
                Json.time(row.getTimestamp("opened_at").toInstant()),
                row.getString("closed_by"),
                time(row.getTimestamp("closed_at")),
                row.getString("conclusion"),
                row.getInt("alarms"),
                row.getInt("open_steps"),
                time(row.getTimestamp("next_due")),
                row.getString("escalated_to"));
    }

    private static @Nullable String time(@Nullable Timestamp moment) {
        return moment == null ? null : Json.time(moment.toInstant());
    }

    /** Where a step or a line of the trail stands. @param orderId of the regulator's order that it belongs to, or null */
    public record Place(long id, int companyId, @Nullable Long orderId) {}

    /** A case that is held. */
    public record Held(long id, int companyId, String state, int severity) {}

    /** A driver. */
    record Person(int id, @DriverName String name) {}

    /**
     * A case.
     *
     * @param title given by hand, else the rule of its heaviest alarm
     * @param vehicleId null if it is about the company itself
     * @param nextDue of the steps that are not done
     * @param escalatedTo where the newest overdue step went
     */
    record CaseRow(
            long id,
            String title,
            int severity,
            String state,
            int companyId,
            String companyName,
            @Nullable Integer vehicleId,
            String plate,
            @Nullable Person driver,
            @Nullable String openedBy,
            String openedAt,
            @Nullable String closedBy,
            @Nullable String closedAt,
            @Nullable String conclusion,
            int alarms,
            int openSteps,
            @Nullable String nextDue,
            @Nullable String escalatedTo) {}

    /**
     * A step.
     *
     * @param overdue now, or when it was done
     * @param orderId of the regulator's order whose step it is, which is done by answering or judging that
     */
    record StepRow(
            long id,
            String party,
            String duty,
            String words,
            String begunAt,
            @Nullable String dueAt,
            boolean overdue,
            @Nullable String doneBy,
            @Nullable String doneAt,
            @Nullable String result,
            @Nullable String escalatedTo,
            @Nullable String escalatedAt,
            @Nullable Long orderId) {}

    /** Who did what, when. @param user null for the clock */
    public record EventRow(String at, @Nullable String user, String kind, String note) {}
}

package io.haulwatch.console.cases;

import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.desk.Trail;
import io.haulwatch.console.desk.Trail.Doer;
import io.haulwatch.console.handling.Change;
import io.haulwatch.console.handling.Duties;
import io.haulwatch.console.handling.Handling;
import io.haulwatch.console.handling.Step;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.handling.WorkTable;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of appeals, and how an alarm is contested: by its company, or by its driver on his phone. */
public final class Appeals {
    private static final int LONGEST = 1_000;
    private static final int SHORTEST = 5;

    static final String APPEAL = """
            select p.appeal_id, p.episode_id, p.company_id, c.name as company_name, v.plate, e.rule, e.severity, e.started_at, p.reason,
                coalesce(b.display_name, b.username) as by, p.appealed_at, coalesce(d.display_name, d.username) as decider, p.decided_at,
                p.accepted, p.note, p.settled_before, b.driver_id is not null as by_driver
            from hw.appeal p join hw.episode e on e.episode_id = p.episode_id
                left join hw.company c on c.company_id = p.company_id
                left join hw.vehicle v on v.vehicle_id = e.vehicle_id
                left join hw.app_user b on b.user_id = p.appealed_by
                left join hw.app_user d on d.user_id = p.decided_by
            where true
            """;

    private final Trail trail;
    private final InstantSource clock;

    public Appeals(Trail trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /** What was done, and what to tell the others. */
    public record Done(AlarmNews news, AppealRow appeal) {}

    /** Why somebody contests an alarm, as he wrote it. */
    public static String reason(Call call) {
        return call.text("reason", SHORTEST, LONGEST).strip();
    }

    /**
     * Contests an alarm.
     *
     * @param his whether whoever calls may contest this one; an alarm that he may not is answered like one that is not there
     * @param reason read once the alarm is there
     */
    public Done contest(
            Connection connection, Scope scope, UUID id, Predicate<Work> his, Supplier<String> reason, Doer doer)
            throws SQLException {
        Work work = held(connection, scope, id, his);
        String why = reason.get();
        if (!work.stands()) {
            throw Refusal.conflict(
                    "alarm-withdrawn", "The rules do not stand by this alarm any more: state=" + work.state() + ".");
        }
        if (!Step.APPEAL.isOpenTo(work.handling())) {
            throw Refusal.conflict(
                    work.handling().isOpen() ? "alarm-waits" : "alarm-settled",
                    "An alarm that is " + work.handling().word() + " cannot be contested now.");
        }
        Instant now = clock.instant();
        new SqlText(
                        "insert into hw.appeal (company_id, episode_id, reason, appealed_by, appealed_at, settled_before)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        work.companyId(),
                        id,
                        why,
                        doer.userId(),
                        now,
                        work.handling() == Handling.RESOLVED)
                .run(connection);
        AlarmNews news = trail.step(
                connection,
                work,
                Step.APPEAL,
                Change.to(Handling.APPEALED)
                        .due(Duties.VERIFY, Duties.read(connection).due(Duties.VERIFY, work.severity(), now)),
                doer,
                "appeal",
                why,
                now);
        return new Done(news, newest(connection, scope, id));
    }

    static Work held(Connection connection, Scope scope, UUID id, Predicate<Work> his) throws SQLException {
        return WorkTable.hold(connection, scope, id)
                .filter(his)
                .orElseThrow(
                        () -> Refusal.notFound("There is no such alarm among those that you may see: id=" + id + "."));
    }

    static AppealRow newest(Connection connection, Scope scope, UUID id) throws SQLException {
        return new SqlText(APPEAL)
                .within(scope, "p.company_id = any (?)")
                .and("p.episode_id = ?", id)
                .add("order by p.appeal_id desc limit 1")
                .first(connection, Appeals::row)
                .orElseThrow();
    }

    static AppealRow row(ResultSet row) throws SQLException {
        String plate = row.getString("plate");
        String company = row.getString("company_name");
        Timestamp decided = row.getTimestamp("decided_at");
        boolean accepted = row.getBoolean("accepted");
        return new AppealRow(
                row.getLong("appeal_id"),
                row.getString("episode_id"),
                row.getInt("company_id"),
                company == null ? "" : company,
                plate == null ? "" : plate,
                row.getString("rule"),
                row.getInt("severity"),
                Json.time(row.getTimestamp("started_at").toInstant()),
                row.getString("reason"),
                row.getString("by"),
                Json.time(row.getTimestamp("appealed_at").toInstant()),
                row.getString("decider"),
                decided == null ? null : Json.time(decided.toInstant()),
                decided == null ? null : accepted,
                row.getString("note"),
                row.getBoolean("settled_before"),
                row.getBoolean("by_driver"));
    }

    /**
     * An appeal.
     *
     * @param accepted null while nobody has decided
     * @param settledBefore whether the alarm was resolved when it was contested
     * @param byDriver whether its driver contested it himself
     */
    public record AppealRow(
            long id,
            String alarmId,
            int companyId,
            String companyName,
            String plate,
            String rule,
            int severity,
            String startedAt,
            String reason,
            @Nullable String by,
            String appealedAt,
            @Nullable String decidedBy,
            @Nullable String decidedAt,
            @Nullable Boolean accepted,
            @Nullable String note,
            boolean settledBefore,
            boolean byDriver) {}
}

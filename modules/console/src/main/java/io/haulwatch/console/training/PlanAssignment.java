package io.haulwatch.console.training;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the tasks of plans, some thousand drivers at a time, one plan after the other; a plan that begins later waits for its day. A batch is one
 * transaction and each task is there once, so that a restart in the middle loses nothing and repeats nothing. Once an hour it looks again at plans
 * that run, for drivers who came since; and it closes what somebody had to learn for a company that he no longer drives for.
 */
final class PlanAssignment {
    private static final Logger LOG = LoggerFactory.getLogger(PlanAssignment.class);
    /** Drivers of one transaction. */
    static final int BATCH = 2_000;

    private static final Duration AGAIN = Duration.ofHours(1);
    private static final Duration LEAVERS = Duration.ofMinutes(1);
    /** Kinds that concern whoever comes while they run. */
    private static final List<String> FOR_LATECOMERS = List.of("monthly", "prejob");

    // Who drives what at the moment decides by the goods; a retired company has no drivers to teach.
    private static final String WANTED = """
            d.retired_at is null and d.company_id > 0
            and exists (select from hw.company c where c.company_id = d.company_id and c.retired_at is null)
            and (p.company_ids = '{}' or d.company_id = any (p.company_ids))
            and (p.hired_from is null or d.created_at >= p.hired_from::timestamp at time zone 'Asia/Shanghai')
            and (p.cargo = '{}' or exists (
                select from hw.assignment a join hw.vehicle v using (vehicle_id)
                where a.driver_id = d.driver_id and a.effective_from <= ? and a.effective_to > ? and v.retired_at is null
                    and v.vehicle_class = any (p.cargo)))
            """;

    private final ScopedDatabase database;
    private final InstantSource clock;
    private @Nullable Instant lookedAgain;
    private @Nullable Instant sentOff;

    PlanAssignment(ScopedDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Does what is to be done; called again and again by one thread. */
    void look() {
        try {
            Instant now = clock.instant();
            assignNew(now);
            if (isOver(lookedAgain, AGAIN, now)) {
                assignLatecomers(now);
                lookedAgain = now;
            }
            if (isOver(sentOff, LEAVERS, now)) {
                sendOff(now);
                sentOff = now;
            }
        } catch (SQLException e) {
            LOG.debug("plans wait until the database answers: {}", e.getMessage());
        }
    }

    private static boolean isOver(@Nullable Instant last, Duration every, Instant now) {
        return last == null || !last.plus(every).isAfter(now);
    }

    private void assignNew(Instant now) throws SQLException {
        LocalDate today = TrainingDays.today(now);
        while (true) {
            Optional<Integer> plan = database.read(
                    Scope.ALL,
                    ScopedDatabase.NO_USER,
                    connection -> new SqlText(
                                    "select plan_id from hw.training_plan where assigned_at is null and withdrawn_at is null"
                                            + " and begins_on <= ? order by plan_id limit 1",
                                    today)
                            .first(connection, row -> row.getInt(1)));
            if (plan.isEmpty()) {
                return;
            }
            int made = assign(plan.get(), now);
            LOG.info("training plan {}: assigned to {} drivers", plan.get(), made);
        }
    }

    private void assignLatecomers(Instant now) throws SQLException {
        LocalDate today = TrainingDays.today(now);
        List<Integer> running = database.read(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection -> new SqlText(
                                "select plan_id from hw.training_plan where assigned_at is not null and withdrawn_at is null"
                                        + " and due_on >= ? and kind = any (?::text[]) order by plan_id",
                                today,
                                FOR_LATECOMERS)
                        .list(connection, row -> row.getInt(1)));
        for (int plan : running) {
            int made = assign(plan, now);
            if (made > 0) {
                LOG.info("training plan {}: assigned to {} drivers who came later", plan, made);
            }
        }
    }

    /** Where a batch ended. @param last driver of it @param made drivers who got tasks */
    private record Batch(int drivers, int last, int made) {
        static final Batch NONE = new Batch(0, 0, 0);
    }

    private int assign(int plan, Instant now) throws SQLException {
        int made = 0;
        int after = 0;
        Batch batch;
        do {
            int from = after;
            batch = database.write(
                    Scope.ALL, ScopedDatabase.NO_USER, connection -> batch(connection, plan, from, BATCH, now));
            made += batch.made;
            after = batch.last;
        } while (batch.drivers == BATCH);
        return made;
    }

    /** Makes the tasks of some drivers and counts them, unless the plan was withdrawn meanwhile: whoever withdraws it waits for this. */
    private static Batch batch(Connection connection, int plan, int after, int most, Instant now) throws SQLException {
        Optional<Boolean> counted = new SqlText(
                        "select wanted is not null from hw.training_plan where plan_id = ? and withdrawn_at is null for update",
                        plan)
                .first(connection, row -> row.getBoolean(1));
        if (counted.isEmpty()) {
            return Batch.NONE;
        }
        if (!counted.get()) {
            new SqlText(
                            "update hw.training_plan p set wanted = (select count(*) from hw.driver d where " + WANTED
                                    + ") where plan_id = ?",
                            now,
                            now,
                            plan)
                    .run(connection);
        }
        Batch batch = new SqlText("""
                        with chosen as materialized (
                            select d.driver_id, d.company_id, p.plan_id, p.kind, p.course_ids,
                                (p.due_on + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 second' as due_at
                            from hw.training_plan p cross join hw.driver d
                            where p.plan_id = ? and d.driver_id > ? and
                        """ + WANTED + """
                            order by d.driver_id limit ?),
                        made as (
                            insert into hw.training_task (company_id, driver_id, course_id, plan_id, kind, assigned_at, due_at)
                            select c.company_id, c.driver_id, course, c.plan_id, c.kind, ?, c.due_at
                            from chosen c cross join unnest(c.course_ids) course
                            where not exists (select from hw.training_task t
                                where t.plan_id = c.plan_id and t.driver_id = c.driver_id and t.course_id = course)
                            on conflict do nothing
                            returning task_id, company_id, driver_id),
                        told as (
                            insert into hw.driver_message (company_id, driver_id, kind, task_id, at)
                            select company_id, driver_id, 'assigned', task_id, ? from made)
                        select (select count(*) from chosen), (select coalesce(max(driver_id), 0) from chosen),
                            (select count(distinct driver_id) from made)
                        """, plan, after, now, now, most, now, now)
                .first(connection, row -> new Batch(row.getInt(1), row.getInt(2), row.getInt(3)))
                .orElseThrow();
        boolean last = batch.drivers < most;
        new SqlText(
                        "update hw.training_plan set assigned = assigned + ?, wanted = greatest(wanted, assigned + ?),"
                                + " assigned_at = case when ? then coalesce(assigned_at, ?) else assigned_at end where plan_id = ?",
                        batch.made,
                        batch.made,
                        last,
                        now,
                        plan)
                .run(connection);
        return batch;
    }

    /**
     * Whoever has left learns nothing more for that company; what he did learn stays in its ledger. Where the plan is also for the company that he
     * drives for now, he goes on with what he began: content is studied once, and each company has the days that he drove for it.
     */
    private void sendOff(Instant now) throws SQLException {
        int moved = database.write(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection ->
                        new SqlText("""
                                with moved as (
                                    update hw.training_task t set company_id = d.company_id from hw.driver d, hw.training_plan p
                                    where t.driver_id = d.driver_id and p.plan_id = t.plan_id and t.closed_at is null and p.withdrawn_at is null
                                        and d.retired_at is null and d.company_id > 0 and d.company_id <> t.company_id
                                        and (p.company_ids = '{}' or d.company_id = any (p.company_ids))
                                    returning t.task_id, t.company_id),
                                studies as (update hw.study s set company_id = m.company_id from moved m where s.task_id = m.task_id)
                                select count(*) from moved
                                """).first(connection, row -> row.getInt(1)).orElseThrow());
        if (moved > 0) {
            LOG.info("training: {} tasks went with their drivers to another company", moved);
        }
        int closed = database.write(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection -> TaskClosing.close(
                        connection,
                        new SqlText(
                                "select t.task_id, case when d.retired_at is null then ? else ? end as reason"
                                        + " from hw.training_task t join hw.driver d using (driver_id) where t.closed_at is null"
                                        + " and (d.retired_at is not null or d.company_id <> t.company_id)",
                                TaskClosing.MOVED,
                                TaskClosing.LEFT),
                        TaskClosing.As.EXCUSED,
                        "",
                        ScopedDatabase.NO_USER,
                        now));
        if (closed > 0) {
            LOG.info("training: {} tasks of drivers who left are closed", closed);
        }
    }
}

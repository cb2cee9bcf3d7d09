package io.haulwatch.console.training;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.study.MonthlyDuty;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reminds drivers of what they have not learnt yet: of a month's training on the 25th, the 28th and its last day, of the rest two days before and on
 * the day, and once when it is over. A day on which nothing ran is made up for by the next one, once. Nobody is told between 21:00 and 07:00, at the
 * wheel, or in a rest that he needs: he is told when it is over.
 */
final class TrainingReminders {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingReminders.class);
    private static final LocalTime MORNING = LocalTime.of(7, 0);
    private static final LocalTime NIGHT = LocalTime.of(21, 0);
    private static final int BATCH = 2_000;
    /** What is overdue for longer was told of when it was. */
    private static final int FORGOTTEN_DAYS = 30;

    private static final String REMIND = """
            with day as (select ?::date as today, ?::date as month_step),
            open as (
                select task_id, company_id, driver_id, reminded_on, kind, due_at < ? as over,
                    (assigned_at at time zone 'Asia/Shanghai')::date as assigned_on, (due_at at time zone 'Asia/Shanghai')::date as due_on
                from hw.training_task where closed_at is null and due_at > ? and due_at < ? and driver_id <> all (?::integer[])),
            stepped as (
                select o.*, case
                    when o.over then o.due_on + 1
                    when today >= o.due_on then o.due_on
                    when o.kind <> 'monthly' and today >= o.due_on - 2 then o.due_on - 2
                    when o.kind = 'monthly' and date_trunc('month', o.due_on) = date_trunc('month', today) then month_step
                    end as step
                from open o, day),
            chosen as (
                select task_id, company_id, driver_id, over from stepped, day
                where step <= today and (reminded_on is null or reminded_on < step) and assigned_on < step
                order by task_id limit ?),
            done as (
                update hw.training_task t set reminded_on = today from chosen c, day where t.task_id = c.task_id and t.closed_at is null
                returning t.task_id, t.company_id, t.driver_id, c.over),
            told as (
                insert into hw.driver_message (company_id, driver_id, kind, task_id, at)
                select company_id, driver_id, case when over then 'overdue' else 'reminder' end, task_id, ? from done)
            select count(*) from done
            """;

    private final ScopedDatabase database;
    private final Supplier<Set<Integer>> undisturbed;
    private final InstantSource clock;

    /** @param undisturbed drivers who are not told anything just now */
    TrainingReminders(ScopedDatabase database, Supplier<Set<Integer>> undisturbed, InstantSource clock) {
        this.database = database;
        this.undisturbed = undisturbed;
        this.clock = clock;
    }

    /** Reminds whoever is to be reminded by now; called again and again. */
    void look() throws SQLException {
        Instant now = clock.instant();
        ZonedDateTime local = now.atZone(PaperState.ZONE);
        if (local.toLocalTime().isBefore(MORNING) || !local.toLocalTime().isBefore(NIGHT)) {
            return;
        }
        LocalDate today = local.toLocalDate();
        Set<Integer> left = undisturbed.get();
        int told;
        int all = 0;
        do {
            told = database.write(
                    Scope.ALL,
                    ScopedDatabase.NO_USER,
                    connection -> new SqlText(
                                    REMIND,
                                    today,
                                    MonthlyDuty.newestReminder(today),
                                    now,
                                    TrainingDays.begin(today.minusDays(FORGOTTEN_DAYS)),
                                    TrainingDays.begin(
                                            YearMonth.from(today).plusMonths(1).atEndOfMonth()),
                                    left,
                                    BATCH,
                                    now)
                            .first(connection, row -> row.getInt(1))
                            .orElseThrow());
            all += told;
        } while (told == BATCH);
        if (all > 0) {
            LOG.info("training: {} reminders", all);
        }
    }
}

package io.haulwatch.console.papers;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperCalendar;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reminds companies of papers that run out, once for each version and each warning step of its kind, in the morning of the day on which the
 * step is reached. A day on which nothing ran is made up for by the next one: whoever is reminded late is reminded of the step that counts by
 * then. Reminders, the mark of the day and what is told of them are one transaction.
 */
public final class PaperReminders {
    private static final Logger LOG = LoggerFactory.getLogger(PaperReminders.class);
    /** Nobody is told at midnight. */
    private static final LocalTime MORNING = LocalTime.of(8, 0);

    private static final int LONGEST_LEAD = Arrays.stream(PaperKind.values())
            .flatMap(kind -> kind.leadDays().stream())
            .max(Integer::compare)
            .orElseThrow();

    // What counts of each kind, unless one that lasts longer has begun or follows without a gap. Who is retired has no
    // papers to renew, and whoever is laid up renews them afterwards.
    private static final String RUNNING_OUT = """
            select p.paper_id, p.company_id, p.kind, p.expires,
                (select min(r.lead_days) from hw.paper_reminder r where r.paper_id = p.paper_id) as reminded
            from hw.paper_counted_on(?) p
            where p.expires between ? and ? and not p.held
                and not exists (
                    select from hw.paper_counted q where q.owner_kind = p.owner_kind and q.owner_id = p.owner_id and q.kind = p.kind
                        and (q.issued is null or q.issued <= p.expires + 1)
                        and (q.last_day > p.last_day or q.last_day = p.last_day and q.paper_id > p.paper_id))
                and case p.owner_kind
                    when 'COMPANY' then exists (select from hw.company c where c.company_id = p.owner_id and c.retired_at is null)
                    when 'VEHICLE' then exists (select from hw.vehicle v where v.vehicle_id = p.owner_id and v.retired_at is null)
                    else exists (select from hw.driver d where d.driver_id = p.owner_id and d.retired_at is null) end
            """;

    private final ScopedDatabase database;
    private final InstantSource clock;

    public PaperReminders(ScopedDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Does what this day asks for, unless it is done; called again and again. */
    public void look() {
        try {
            Instant now = clock.instant();
            ZonedDateTime local = now.atZone(PaperState.ZONE);
            if (local.toLocalTime().isBefore(MORNING)) {
                return;
            }
            int made = database.write(
                    Scope.ALL, ScopedDatabase.NO_USER, connection -> remind(connection, local.toLocalDate()));
            if (made > 0) {
                LOG.info("papers that run out: {} reminders", made);
            }
        } catch (SQLException e) {
            LOG.debug("reminders wait until the database answers: {}", e.getMessage());
        }
    }

    private record RunningOut(long paperId, int companyId, int step) {}

    private static int remind(Connection connection, LocalDate today) throws SQLException {
        boolean done = new SqlText("select true from hw.paper_reminder_day where day = ?", today)
                .first(connection, row -> true)
                .orElse(false);
        if (done) {
            return 0;
        }
        List<RunningOut> due = new ArrayList<>(new SqlText(RUNNING_OUT, today, today, today.plusDays(LONGEST_LEAD))
                .list(connection, row -> {
                    PaperKind kind = PaperKind.of(row.getString(3));
                    int reminded = row.getInt(5);
                    boolean before = !row.wasNull();
                    int step = kind == null
                            ? 0
                            : PaperCalendar.step(kind, row.getDate(4).toLocalDate(), today)
                                    .orElse(0);
                    // A lighter step than one that was told already would be none.
                    return new RunningOut(row.getLong(1), row.getInt(2), before && step >= reminded ? 0 : step);
                }));
        due.removeIf(each -> each.step == 0);
        int made = new SqlText(
                        "insert into hw.paper_reminder (company_id, paper_id, lead_days, reminded_on)"
                                + " select c, p, l, ? from unnest(?::integer[], ?::bigint[], ?::integer[]) v (c, p, l)"
                                + " on conflict (paper_id, lead_days) do nothing",
                        today,
                        due.stream().map(RunningOut::companyId).toList(),
                        due.stream().map(each -> Long.toString(each.paperId)).toList(),
                        due.stream().map(RunningOut::step).toList())
                .run(connection);
        TreeSet<Integer> companies =
                due.stream().map(RunningOut::companyId).collect(Collectors.toCollection(TreeSet::new));
        new SqlText("insert into hw.paper_reminder_day (day, reminders) values (?, ?)", today, made).run(connection);
        new SqlText("""
                insert into hw.outbox (company_id, event, object)
                select c, 'papers_due', c || ':' || ?::text from unnest(?::integer[]) c, hw.outbox_switch where wanted order by c
                """, today.toString(), companies).run(connection);
        return made;
    }
}

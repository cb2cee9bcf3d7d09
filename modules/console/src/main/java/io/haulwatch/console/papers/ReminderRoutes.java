package io.haulwatch.console.papers;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.personal.OfSomebody;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Of what a company was reminded, newest first, and whether it is settled since. */
public final class ReminderRoutes {
    private final ScopedDatabase database;
    private final Cursors cursors;
    private final InstantSource clock;

    public ReminderRoutes(ScopedDatabase database, Cursors cursors, InstantSource clock) {
        this.database = database;
        this.cursors = cursors;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/companies/:id/reminders", Right.WATCH, this::list));
    }

    private Answer list(Call call) throws SQLException {
        int id = call.pathId("id");
        int limit = call.limit();
        LocalDate today = clock.instant().atZone(PaperState.ZONE).toLocalDate();
        String listName = call.user().userId() + "|reminders|" + id;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        SqlText sql =
                new SqlText("""
                select r.reminder_id, r.reminded_on, r.lead_days, p.paper_id, p.owner_kind, p.owner_id,
                    case p.owner_kind when 'COMPANY' then (select name from hw.company where company_id = p.owner_id)
                        when 'VEHICLE' then (select plate from hw.vehicle where vehicle_id = p.owner_id)
                        else (select name from hw.driver where driver_id = p.owner_id) end as owner_label,
                    p.kind, p.expires, exists (select from hw.paper_counted q where q.owner_kind = p.owner_kind and q.owner_id = p.owner_id
                        and q.kind = p.kind and q.last_day > p.expires) as renewed
                from hw.paper_reminder r join hw.paper p on p.paper_id = r.paper_id where true
                """).within(call.scope(), "r.company_id = any (?)").and("r.company_id = ?", id);
        if (after != null) {
            sql.and("r.reminder_id < ?", after.get(0).longValue());
        }
        sql.add("order by r.reminder_id desc limit ?", limit + 1);
        List<Reminder> rows = database.read(call.scope(), call.user().userId(), connection -> {
            if (PaperOwner.find(connection, call.scope(), Owner.COMPANY, id).isEmpty()) {
                throw Refusal.notFound("There is no such company among those that you may see: id=" + id + ".");
            }
            return sql.list(connection, row -> reminder(row, today));
        });
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    private static Reminder reminder(ResultSet row, LocalDate today) throws SQLException {
        LocalDate expires = row.getObject("expires", LocalDate.class);
        String label = row.getString("owner_label");
        return new Reminder(
                row.getLong("reminder_id"),
                row.getString("reminded_on"),
                row.getInt("lead_days"),
                row.getLong("paper_id"),
                row.getString("owner_kind"),
                row.getInt("owner_id"),
                label == null ? "" : label,
                row.getString("kind"),
                expires.toString(),
                ChronoUnit.DAYS.between(today, expires),
                row.getBoolean("renewed"));
    }

    /**
     * One reminder.
     *
     * @param leadDays the warning step that the paper had reached
     * @param days until it runs out, negative since it did
     * @param renewed whether one that lasts longer counts now
     */
    record Reminder(
            long id,
            String remindedOn,
            int leadDays,
            long paperId,
            String ownerKind,
            int ownerId,
            @DriverName String ownerLabel,
            String kind,
            String expires,
            long days,
            boolean renewed)
            implements OfSomebody {
        @Override
        public boolean isOfDriver() {
            return ownerKind.equals("DRIVER");
        }
    }
}
